import { BatchGetItemCommand, GetItemCommand, QueryCommand, type BatchGetItemCommandOutput } from '@aws-sdk/client-dynamodb';
import DataLoader from 'dataloader';
import type { Actor } from '../../shared/actor.ts';
import { eventOf, headOf, type Head, type StoredEvent } from './case.ts';
import { caseKey, casePk, orgKey, personKey, sk, type Item, type Key } from './keys.ts';
import { actorOf, orgOf, personOf } from './people.ts';
import { counted, meter, type Table } from './table.ts';

/** Who asks and about which case, in the records' words; a part that is not there is missing. */
export interface Asking {
  readonly actor?: Actor | undefined;
  readonly head?: Head | undefined;
}

// Which organisation a person belongs to changes rarely, and only the person's item knows. The hint lets one call read all
// three items; the person's item, read in the same call, decides whether the hint was right.
const orgHints = new Map<string, string>();
const orgHintsKept = 10_000;

/** Reads person, organisation and (when asked) a case's head, strongly consistent, in one call once the person's organisation is known here. */
export async function loadAsking(table: Table, person: string, id?: string): Promise<Asking> {
  const hint = orgHints.get(person);
  const keys = [personKey(person), ...(hint === undefined ? [] : [orgKey(hint)]), ...(id === undefined ? [] : [caseKey(id, sk.head)])];
  const items = await readItems(table, keys);
  const personItem = items.get(nameOf(personKey(person)));
  const headItem = id === undefined ? undefined : items.get(nameOf(caseKey(id, sk.head)));
  const head = headItem && headOf(headItem);
  if (!personItem) return { head };
  const found = personOf(personItem);
  // Who was suspended is nobody from that moment on.
  if (found.suspendedAt !== undefined) return { head };
  const orgItem = items.get(nameOf(orgKey(found.org))) ?? (await readItems(table, [orgKey(found.org)])).get(nameOf(orgKey(found.org)));
  if (!orgItem) return { head };
  remember(person, found.org);
  return { actor: actorOf(found, orgOf(orgItem)), head };
}

/** A case's head, strongly consistent; `undefined` when there is no such case. */
export async function loadCase(table: Table, id: string): Promise<Head | undefined> {
  const answer = await table.client.send(new GetItemCommand({ TableName: table.name, Key: caseKey(id, sk.head), ConsistentRead: true, ...counted(table) }));
  meter(table, answer.ConsumedCapacity);
  return answer.Item && headOf(answer.Item);
}

/** One event of a case, strongly consistent; `undefined` when it has not happened. */
export async function loadEvent(table: Table, id: string, n: number): Promise<StoredEvent | undefined> {
  const answer = await table.client.send(new GetItemCommand({ TableName: table.name, Key: caseKey(id, sk.event(n)), ConsistentRead: true, ...counted(table) }));
  meter(table, answer.ConsumedCapacity);
  return answer.Item && eventOf(answer.Item);
}

/** Events of a case by their numbers, strongly consistent; numbers that have not happened are left out. */
export async function eventsNumbered(table: Table, id: string, numbers: readonly number[]): Promise<StoredEvent[]> {
  const found: StoredEvent[] = [];
  for (let at = 0; at < numbers.length; at += 100) {
    const items = await readItems(table, numbers.slice(at, at + 100).map((n) => caseKey(id, sk.event(n))));
    found.push(...[...items.values()].map(eventOf));
  }
  return found;
}

/** The events of a case after event `after`, in order, page by page: memory stays flat for whoever walks them. */
export function eventsAfter(table: Table, id: string, after = 0): AsyncGenerator<StoredEvent> {
  return events(table, id, after + 1, true);
}

/** The events of a case, newest first, page by page. */
export function eventsDown(table: Table, id: string): AsyncGenerator<StoredEvent> {
  return events(table, id, 1, false);
}

async function* events(table: Table, id: string, from: number, forward: boolean): AsyncGenerator<StoredEvent> {
  let start: Item | undefined;
  do {
    const answer = await table.client.send(
      new QueryCommand({
        TableName: table.name,
        ConsistentRead: true,
        ScanIndexForward: forward,
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
        ExpressionAttributeValues: { ':pk': { S: casePk(id) }, ':from': { S: sk.event(from) }, ':to': { S: sk.event(9_999_999_999) } },
        ExclusiveStartKey: start,
        ...counted(table),
      }),
    );
    meter(table, answer.ConsumedCapacity);
    for (const item of answer.Items ?? []) yield eventOf(item);
    start = answer.LastEvaluatedKey;
  } while (start);
}

/** Heads by id, strongly consistent, in the order asked; ids without a case are left out. At most 100 ids. */
export async function loadHeads(table: Table, ids: readonly string[]): Promise<Head[]> {
  if (ids.length === 0) return [];
  const items = await readItems(table, ids.map((id) => caseKey(id, sk.head)));
  return ids.flatMap((id) => {
    const item = items.get(nameOf(caseKey(id, sk.head)));
    return item ? [headOf(item)] : [];
  });
}

/** Items by key, strongly consistent, by `pk|sk`; asks again for keys a busy table left out. At most 100 keys. */
export async function readItems(table: Table, keys: readonly Key[]): Promise<Map<string, Item>> {
  const found = new Map<string, Item>();
  let open: Item[] | undefined = [...keys];
  while (open && open.length > 0) {
    const answer: BatchGetItemCommandOutput = await table.client.send(new BatchGetItemCommand({ RequestItems: { [table.name]: { Keys: open, ConsistentRead: true } }, ...counted(table) }));
    meter(table, answer.ConsumedCapacity);
    for (const item of answer.Responses?.[table.name] ?? []) found.set(nameOf(item), item);
    open = answer.UnprocessedKeys?.[table.name]?.Keys;
  }
  return found;
}

/** Reads one item by key, strongly consistent; `undefined` when it is not there. */
export type ReadItem = (key: Key) => Promise<Item | undefined>;

/** A reader that reads what is asked for in the same moment in one call, and nothing twice from memory. */
export function joinedReads(table: Table): ReadItem {
  const loader = new DataLoader<Key, Item | undefined>(
    async (keys) => {
      // A batch that names a key twice is refused.
      const items = await readItems(table, [...new Map(keys.map((key) => [nameOf(key), key])).values()]);
      return keys.map((key) => items.get(nameOf(key)));
    },
    { cache: false, maxBatchSize: 100 },
  );
  return (key) => loader.load(key);
}

/** How `readItems` names an item. */
export function nameOf(item: Item): string {
  return `${item['pk']?.S}|${item['sk']?.S}`;
}

function remember(person: string, org: string): void {
  if (orgHints.size >= orgHintsKept) orgHints.clear();
  orgHints.set(person, org);
}
