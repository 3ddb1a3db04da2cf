import { fundId, type FundContext } from '../../machines/fund/context.ts';
import { accounts, fundLines, trialBalance, type Account, type FundLineName } from '../../machines/ledger/accounts.ts';
import { fundLineLabels } from '../../machines/labels.zh.ts';
import type { Actor } from '../../shared/actor.ts';
import { dayOf } from '../../shared/days.ts';
import { policyOf } from '../../shared/policy.ts';
import type { Role } from '../../shared/roles.ts';
import { titleOf } from '../cases/about.ts';
import type { Desk } from '../cases/act.ts';
import { queryNumber, queryValue } from '../http/cursor.ts';
import { Problem } from '../http/problem.ts';
import type { HttpRequest } from '../http/shell.ts';
import { loadCase, loadHeads } from '../store/load.ts';
import { entriesOf, entryName, type PostedEntry } from '../store/ledger.ts';
import { inHundreds } from './in-hundreds.ts';

const readers: readonly Role[] = ['bureauOfficer', 'bureauLeader', 'leadingGroupOffice', 'finance', 'supervisor'];

/** Refuses whoever has no business with the books of the fund (art. 19(2)). Throws `Problem`. */
export function mustReadLedger({ roles }: Actor): void {
  if (!roles.some((role) => readers.includes(role))) throw new Problem('not-allowed', '资金总账只供自治区数据局、领导小组办公室、资金拨付和监督人员查阅', { needs: [...readers] });
}

/** The years (Asia/Shanghai) that the ledger may have entries of: from the one the policy took effect in to the present one. */
export function ledgerYears({ policy, now }: Pick<Desk, 'policy' | 'now'>): number[] {
  const first = Number(policyOf(policy).effectiveOn.value.slice(0, 4));
  const last = Number(dayOf(new Date(now).toISOString()).slice(0, 4));
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
}

/**
 * What stands on each account of each budget line after all entries, in fen; `totalFen` is nothing, whatever happened.
 * `agrees` says whether the fund itself knows the same appropriation and the same available money as the books.
 */
export async function trialBalanceAnswer(desk: Desk): Promise<Record<string, unknown>> {
  // The fund is read first: an entry of it that comes after is left out of the comparison.
  const fund = await loadCase(desk.table, fundId);
  const entries: PostedEntry[] = [];
  for (const year of ledgerYears(desk)) for await (const entry of entriesOf(desk.table, year)) entries.push(entry);
  const { balances, totalFen } = trialBalance(entries);
  const then = trialBalance(entries.filter((entry) => entry.case !== fundId || entry.n <= (fund?.version ?? 0))).balances;
  const known = (fund?.snapshot.context as unknown as FundContext | undefined)?.lines;
  return {
    at: new Date(desk.now).toISOString(),
    entries: entries.length,
    totalFen,
    agrees: fundLines.every((line) => agreesWith(then[line], known?.[line])),
    lines: fundLines.map((line) => ({ line, title: fundLineLabels[line], accounts: (Object.keys(accounts) as Account[]).map((account) => ({ account, title: accounts[account], fen: balances[line][account] })) })),
  };
}

function agreesWith(books: Readonly<Record<Account, number>>, fund: FundContext['lines'][FundLineName] | undefined): boolean {
  return -books.appropriated === (fund?.appropriatedFen ?? 0) && books.available === (fund?.availableFen ?? 0);
}

const pageLimits = { least: 1, most: 200, otherwise: 50 };

/** A page of the journal of a year, in the order of time, each entry with the name of its scenario where it has one; `next` is the name of the entry to go on after. */
export async function journalPage(desk: Desk, request: HttpRequest): Promise<Record<string, unknown>> {
  const year = askedYear(desk, request);
  const limit = queryNumber(request, 'limit', pageLimits);
  const after = queryValue(request, 'after');
  if (after !== undefined && !/^\d{4}-[\dT:.Z-]{19}#[\w.-]{1,80}#\d{1,10}$/.test(after)) throw new Problem('invalid-input', '翻页标记无效，请从第一页重新开始', { errors: [{ pointer: '/after', detail: '翻页标记无效' }] });
  const items: PostedEntry[] = [];
  let more = false;
  for await (const entry of entriesOf(desk.table, year, after)) {
    more = items.length === limit;
    if (more) break;
    items.push(entry);
  }
  const last = items.at(-1);
  const titles = await titlesOf(desk, items);
  const named = items.map((entry) => ({ ...entry, ...titles.get(scenarioOf(entry) ?? '') }));
  return { year, items: named, ...(more && last ? { next: entryName(last) } : {}) };
}

const scenarioOf = ({ lines }: PostedEntry): string | undefined => lines.find(({ scenario }) => scenario !== undefined)?.scenario;

async function titlesOf({ table }: Desk, entries: readonly PostedEntry[]): Promise<ReadonlyMap<string, { readonly title: string }>> {
  const ids = [...new Set(entries.flatMap((entry) => scenarioOf(entry) ?? []))];
  const heads = await inHundreds(ids, (some) => loadHeads(table, some));
  return new Map(heads.map((head) => [head.id, { title: titleOf(head.snapshot) }]));
}

/** The year that a request asks about: the present one unless it names another. */
export function askedYear(desk: Pick<Desk, 'now'>, request: HttpRequest): number {
  return queryNumber(request, 'year', { least: 2025, most: 2099, otherwise: Number(dayOf(new Date(desk.now).toISOString()).slice(0, 4)) });
}
