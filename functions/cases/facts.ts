import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { fundId, placeInQueue, type FundContext } from '../../machines/fund/context.ts';
import type { Organisation } from '../../shared/actor.ts';
import { factsOf } from '../../machines/facts.ts';
import type { Asked, Command, Json, Snapshot } from '../../machines/decision.ts';
import { fullRows, listContext, listDigests } from '../lists/contents.ts';
import { orgKey, personKey, type Item } from '../store/keys.ts';
import { formAt } from '../store/forms.ts';
import { loadCase, nameOf, readItems } from '../store/load.ts';
import { orgOf, personOf } from '../store/people.ts';
import { noneOpenedSince, recoveriesOf } from '../store/recoveries.ts';
import type { Table } from '../store/table.ts';

// What is proposed or ordered is looked at once more before it is granted or paid.
const grantingMoney: ReadonlySet<string> = new Set(['approveAward', 'confirmPayment']);

/** What the core needs to know from outside a case, and what of it must be so still when the decision is written. */
interface Known {
  readonly facts?: Asked['facts'];
  readonly holds?: readonly TransactWriteItem[];
}

/** Loads what the core needs to know from outside a case for one command; most commands need nothing and cost nothing. */
export async function loadFacts(table: Table, snapshot: Snapshot, command: Command): Promise<Known> {
  const needs = factsOf(snapshot, command);
  if (Object.keys(needs).length === 0) return {};
  const holds: TransactWriteItem[] = [];
  const facts: Record<string, Json> = {};
  if (needs.organisations) facts['organisations'] = (await loadOrganisations(table, needs.organisations)) as unknown as Json;
  if (needs.people) facts['people'] = await people(table, needs.people);
  if (needs.openRecoveriesOfUnit !== undefined) {
    const recoveries = await recoveriesOf(table, needs.openRecoveriesOfUnit);
    facts['openRecoveriesOfUnit'] = recoveries.open;
    if (grantingMoney.has(command.type)) holds.push(noneOpenedSince(table, needs.openRecoveriesOfUnit, recoveries));
  }
  if (needs.listDigests) facts['listDigests'] = { ...listDigests(await fullRows(table, listContext(snapshot))) };
  if (needs.placeInFund !== undefined) facts['placeInFund'] = await placeInFund(table, needs.placeInFund);
  if (needs.latestForm) facts['latestForm'] = await formOf(table, snapshot);
  return { facts, holds };
}

/** Organisations by id; ids that do not exist are absent. */
export async function loadOrganisations(table: Table, ids: readonly string[]): Promise<Readonly<Record<string, Organisation>>> {
  const items = await readItems(table, [...new Set(ids)].map(orgKey));
  return Object.fromEntries([...items.values()].map(orgOf).map((org) => [org.id, { ...org }]));
}

async function people(table: Table, ids: readonly string[]): Promise<Json> {
  const found = [...(await readItems(table, [...new Set(ids)].map(personKey))).values()].map(personOf);
  const orgs = await readItems(table, [...new Set(found.map((person) => person.org))].map(orgKey));
  const known = found.flatMap((person) => {
    const item: Item | undefined = orgs.get(nameOf(orgKey(person.org)));
    const { expertise, roles } = person;
    return item ? [[person.id, { org: { ...orgOf(item) }, expert: roles.includes('expert'), roles: [...roles], ...(expertise ? { expertise: expertise as unknown as Json } : {}) }] as const] : [];
  });
  return Object.fromEntries(known);
}

async function placeInFund(table: Table, scenario: string): Promise<number> {
  const head = await loadCase(table, fundId);
  return head ? placeInQueue(head.snapshot.context as unknown as FundContext, scenario) : 0;
}

async function formOf(table: Table, snapshot: Snapshot): Promise<Json> {
  return (await formAt(table, String(snapshot.context['id'])))?.form ?? null;
}
