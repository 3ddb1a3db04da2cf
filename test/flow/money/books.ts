import { expect } from 'vitest';
import type { Head } from '../../../functions/store/case.ts';
import { entriesOf, entryName, type PostedEntry } from '../../../functions/store/ledger.ts';
import { eventsAfter, loadCase } from '../../../functions/store/load.ts';
import type { Table } from '../../../functions/store/table.ts';
import { fundId, placeInQueue, type FundContext } from '../../../machines/fund/context.ts';
import { fundLines, trialBalance, type Account } from '../../../machines/ledger/accounts.ts';
import type { ScenarioContext } from '../../../machines/scenario/context.ts';
import { caseCeiling, committedFen, paidFen } from '../../../machines/scenario/money.ts';
import { policyOf } from '../../../shared/policy.ts';

/** Every entry of the ledger. */
export async function allEntries(table: Table, year = 2025): Promise<PostedEntry[]> {
  const entries: PostedEntry[] = [];
  for await (const entry of entriesOf(table, year)) entries.push(entry);
  return entries;
}

/** Holds the books against the log: an entry for each event that carries one, once and unchanged, and none besides; all of them add up to nothing. */
export async function booksFollowTheLog(table: Table, cases: readonly string[]): Promise<void> {
  const entries = await allEntries(table);
  const logged: PostedEntry[] = [];
  for (const id of cases) for await (const { event } of eventsAfter(table, id)) if (event.entry) logged.push({ case: id, n: event.n, at: event.at, command: event.command, lines: event.entry.lines });
  const byName = (a: PostedEntry, b: PostedEntry) => entryName(a).localeCompare(entryName(b));
  expect(entries.toSorted(byName)).toEqual(logged.toSorted(byName));
  expect(trialBalance(entries).totalFen).toBe(0);
}

/** Holds the fund against the books once nothing is under way: what it has, what it committed, and nothing that it had not. */
export async function fundFollowsTheBooks(table: Table): Promise<void> {
  const { balances } = trialBalance(await allEntries(table));
  const fund = (await loadCase(table, fundId))?.snapshot.context as unknown as FundContext;
  for (const line of fundLines) {
    expect([line, -balances[line].appropriated, balances[line].available]).toEqual([line, fund.lines[line].appropriatedFen, fund.lines[line].availableFen]);
    for (const account of ['available', 'committed', 'spent', 'receivable', 'writtenOff'] as const) expect(balances[line][account]).toBeGreaterThanOrEqual(0);
  }
}

/** Holds a scenario against the books: paid as often and as much as it says, within award and ceiling, and what is committed to it. */
export async function scenarioFollowsTheBooks(table: Table, id: string): Promise<void> {
  const { snapshot } = (await loadCase(table, id)) as Head;
  const context = snapshot.context as unknown as ScenarioContext;
  const fund = (await loadCase(table, fundId))?.snapshot.context as unknown as FundContext | undefined;
  const entries = await allEntries(table);
  const on = (account: Account, only?: string) => entries.filter(({ command }) => only === undefined || command === only).flatMap(({ lines }) => lines).filter((line) => line.scenario === id && line.account === account).reduce((sum, { fen }) => sum + fen, 0);
  const waits = fund ? placeInQueue(fund, id) > 0 : false;
  expect([id, on('spent', 'confirmPayment'), on('committed')]).toEqual([id, paidFen(context), waits ? 0 : committedFen(context)]);
  expect(paidFen(context)).toBeLessThanOrEqual(context.award?.fen ?? 0);
  expect(context.award?.fen ?? 0).toBeLessThanOrEqual(caseCeiling({ ...context, accountsFen: null }, policyOf(context.policy)).ceilingFen);
  const payments = entries.filter((entry) => entry.case === id && entry.command === 'confirmPayment');
  expect(payments.length).toBe(Object.values(context.paid).filter((fen) => fen !== null).length);
}
