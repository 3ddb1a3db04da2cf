import { QueryCommand } from '@aws-sdk/client-dynamodb';
import type { Json } from '../../machines/decision.ts';
import { casePk, count, sk, text, type Item } from './keys.ts';
import { eventsNumbered } from './load.ts';
import { unpack } from './pack.ts';
import { counted, meter, type Table } from './table.ts';

/** A saved form: the event that saved it is also its number; when (UTC ISO instant), and who saved it. */
export interface Revision {
  readonly n: number;
  readonly at: string;
  readonly person: string;
  readonly form: Json;
}

const lastOfAll = 9_999_999_999;

/** The form in force after event `n` (the newest by default): the revision saved by it or last before it; `undefined` when there was none. */
export async function formAt(table: Table, id: string, n: number = lastOfAll): Promise<Revision | undefined> {
  return (await revisionsDown(table, id, n, 1))[0];
}

/** Revisions of a form from number `from` downwards, newest first, at most `limit`. */
export function revisionsDown(table: Table, id: string, from: number, limit: number): Promise<Revision[]> {
  return revisions(table, id, { from: 0, to: from }, limit, false);
}

/** Revisions of a form numbered `from` to `to`, oldest first, at most `limit`. */
export function revisionsBetween(table: Table, id: string, from: number, to: number, limit: number): Promise<Revision[]> {
  return revisions(table, id, { from, to }, limit, true);
}

/** Numbers of events, both ends included. */
interface Range {
  readonly from: number;
  readonly to: number;
}

async function revisions(table: Table, id: string, range: Range, limit: number, forward: boolean): Promise<Revision[]> {
  const marked = await markedRevisions(table, id, range, limit, forward);
  if (range.from > 1 || range.to < 1 || marked.some(({ n }) => n === 1) || (!forward && marked.length === limit)) return marked;
  const first = await firstRevision(table, id);
  return (forward ? [...first, ...marked] : [...marked, ...first]).slice(0, limit);
}

// A case that begins with a form has no mark for it; records of before November 2026 have one.
async function firstRevision(table: Table, id: string): Promise<Revision[]> {
  const events = await eventsNumbered(table, id, [1]);
  return events.flatMap(({ event: { n, at, actor, args } }) => (args['form'] === undefined ? [] : [{ n, at, person: actor.person, form: args['form'] }]));
}

async function markedRevisions(table: Table, id: string, range: Range, limit: number, forward: boolean): Promise<Revision[]> {
  const found: Revision[] = [];
  let start: Item | undefined;
  if (range.to < range.from) return found;
  do {
    const answer = await table.client.send(
      new QueryCommand({
        TableName: table.name,
        ConsistentRead: true,
        ScanIndexForward: forward,
        Limit: limit - found.length,
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
        ExpressionAttributeValues: { ':pk': { S: casePk(id) }, ':from': { S: sk.revision(range.from) }, ':to': { S: sk.revision(range.to) } },
        ExclusiveStartKey: start,
        ...counted(table),
      }),
    );
    meter(table, answer.ConsumedCapacity);
    found.push(...(await revisionsOf(table, id, answer.Items ?? [])));
    start = answer.LastEvaluatedKey;
  } while (start && found.length < limit);
  return found;
}

// A form stands in its event and nowhere else; records from before that carry it themselves.
async function revisionsOf(table: Table, id: string, items: readonly Item[]): Promise<Revision[]> {
  const bare = items.filter((item) => !item['form']).map((item) => count(item, 'n'));
  const forms = new Map((await eventsNumbered(table, id, bare)).map(({ event }) => [event.n, event.args['form'] ?? null]));
  return items.map((item) => {
    const n = count(item, 'n');
    return { n, at: text(item, 'at'), person: text(item, 'person'), form: item['form'] ? unpack<Json>(item['form']) : (forms.get(n) ?? null) };
  });
}
