import { ListExecutionsCommand, ListStateMachinesCommand, type SFNClient } from '@aws-sdk/client-sfn';
import { verifyCase } from '../../functions/store/chain.ts';
import type { Table } from '../../functions/store/table.ts';
import { divergenceOf } from '../walk/agreement.ts';
import type { Evidence } from './evidence.ts';
import type { Outcome } from './stubborn.ts';

/** Whether an answer acknowledged an event: everything accepted but the mere announcement of a file. */
export const acknowledged = ({ status, path }: Outcome): boolean => status < 300 && !path.endsWith('/attachments');

/** Acknowledged writes whose outcome the records do not hold, in words. */
export function lostIn(cases: ReadonlyMap<string, Evidence>, outcomes: readonly Outcome[]): string[] {
  return outcomes.filter(acknowledged).flatMap((outcome) => {
    const why = whyLost(cases, outcome);
    return why === undefined ? [] : [`${outcome.path} under ${outcome.key}: ${why}`];
  });
}

function whyLost(cases: ReadonlyMap<string, Evidence>, { path, key, answer }: Outcome): string | undefined {
  const [, , inPath = '', what, attachment = ''] = path.split('/');
  const id = inPath === '' ? String(answer['id']) : inPath;
  const found = cases.get(id);
  if (!found) return `there is no case ${id}`;
  if (what === 'attachments') return lostFile(found, attachment, answer);
  const n = (answer['event'] as { n?: number } | undefined)?.n ?? Number.NaN;
  const stored = found.events[n - 1];
  if (!stored) return `event ${n} is not in the log of ${id}`;
  return stored.request?.key === key ? undefined : `event ${n} of ${id} came from ${stored.request?.key ?? 'no request'}`;
}

// An upload that was only announced is no event yet, and is forgotten after a week by design.
function lostFile({ attachments, events }: Evidence, confirmed: string, answer: Record<string, unknown>): string | undefined {
  if (confirmed === '') return undefined;
  const id = String((answer['attachment'] as { id?: unknown } | undefined)?.id);
  if (!attachments.includes(id)) return `attachment ${id} is not recorded`;
  const times = events.filter(({ event }) => event.command === 'confirmAttachment' && event.args['attachment'] === id).length;
  return times === 1 ? undefined : `attachment ${id} was registered ${times} times`;
}

/** What happened more than once, or after it had been refused, in words. */
export function duplicatesIn(cases: ReadonlyMap<string, Evidence>, outcomes: readonly Outcome[]): string[] {
  const all = [...cases.values()];
  const keys = Map.groupBy(all.flatMap(({ events }) => events.flatMap((stored) => (stored.request ? [{ ...stored.request, at: `${stored.event.case}/${stored.event.n}` }] : []))), ({ key, digest }) => `${key} ${digest}`);
  const again = [...keys].filter(([, uses]) => uses.length > 1).map(([key, uses]) => `key ${key} stands behind ${uses.map(({ at }) => at).join(', ')}`);
  const used = new Set(all.flatMap(({ events }) => events.flatMap(({ request }) => request?.key ?? [])));
  const refused = outcomes.filter(({ status, key }) => status >= 400 && used.has(key)).map(({ path, key, status }) => `${path} under ${key} was refused with ${status} and yet happened`);
  return [...all.flatMap(brokenLog), ...all.flatMap(paidTwice), ...again, ...refused];
}

function brokenLog({ head, events }: Evidence): string[] {
  const verified = verifyCase(events);
  if (!verified.ok) return [`${head.id}: event ${verified.n} breaks the log (${verified.reason})`];
  if (verified.events !== head.version) return [`${head.id}: version ${head.version}, ${verified.events} events`];
  return events.at(-1)?.digests.sha256 === head.digests.sha256 ? [] : [`${head.id}: the head ends another chain`];
}

const onceOnly = ['advance', 'remainder', 'oneOff'];

function paidTwice({ head, events, payments }: Evidence): string[] {
  const twice = onceOnly.filter((kind) => payments.filter((payment) => payment.kind === kind).length > 1);
  const unexplained = payments.filter(({ n }) => events[n - 1]?.event.money === undefined);
  return [...twice.map((kind) => `${head.id}: ${kind} was paid twice`), ...unexplained.map(({ n }) => `${head.id}: the payment of event ${n} has no event with money`)];
}

/** Cases with more than one execution alive, in words. */
export async function rivalsIn(states: SFNClient): Promise<string[]> {
  const { stateMachines = [] } = await states.send(new ListStateMachinesCommand({}));
  const names = (await Promise.all(stateMachines.map(({ stateMachineArn }) => running(states, stateMachineArn ?? '')))).flat();
  const byCase = Map.groupBy(names, (name) => name.replace(/-\d+$/, ''));
  return [...byCase].filter(([, some]) => some.length > 1).map(([id, some]) => `${id}: executions ${some.join(', ')} are all alive`);
}

async function running(states: SFNClient, stateMachineArn: string): Promise<string[]> {
  const names: string[] = [];
  let nextToken: string | undefined;
  do {
    const page = await states.send(new ListExecutionsCommand({ stateMachineArn, statusFilter: 'RUNNING', maxResults: 1000, ...(nextToken ? { nextToken } : {}) }));
    names.push(...(page.executions ?? []).map(({ name }) => name ?? ''));
    nextToken = page.nextToken;
  } while (nextToken);
  return names;
}

/** Cases whose execution is not where the record is, and messages that do not arrive, in words. */
export async function stuckIn(cases: ReadonlyMap<string, Evidence>, table: Table, states: SFNClient): Promise<string[]> {
  const stuck: string[] = [];
  for (const [id, { head, messages }] of cases) {
    if (messages > 0) stuck.push(`${id}: ${messages} messages have not arrived`);
    const apart = await divergenceOf(table, states, id).catch((error: Error) => (forgotten(error, head.snapshot.status) ? undefined : `${id}: ${error.name} ${error.message}`));
    if (apart !== undefined) stuck.push(apart);
  }
  return stuck;
}

// Step Functions forgets an execution 90 days after its end; a case that is over needs none.
const forgotten = (error: Error, status: string): boolean => error.name === 'ExecutionDoesNotExist' && status === 'done';
