import { QueryCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Office, Organisation } from '../../shared/actor.ts';
import { listedIn, type Listing } from './case.ts';
import { caseOf, casePk, key, text, type Item, type Key } from './keys.ts';
import { nameOf, readItems } from './load.ts';
import { expertQueue, orgOf, organisationQueue, personOf, type Person } from './people.ts';
import { counted, meter, type Table } from './table.ts';

/** Where a list over several index partitions stands: the partition's number, and the key after which it goes on. */
export interface Place {
  readonly partition: number;
  readonly after?: { readonly pk: string; readonly sk: string; readonly range: string } | undefined;
}

/** One page of a list and where the next one begins; no `next` means the list is over. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next?: Place | undefined;
}

/** An index of docs/contract.md section 6. */
export type Index = 'byQueue' | 'byOwner' | 'byLeaf';

const indexKeys = { byQueue: ['queue', 'queueKey'], byOwner: ['owner', 'ownerKey'], byLeaf: ['leaf', 'leafKey'] } as const satisfies Record<Index, readonly [string, string]>;

/** Ids of the cases of some partitions of byOwner or byLeaf: the newest first, or the oldest (`oldestFirst`). */
export async function casesIn(table: Table, index: 'byOwner' | 'byLeaf', partitions: readonly string[], limit: number, from: Place, oldestFirst = false): Promise<Page<string>> {
  return pageOver(table, index, partitions, limit, from, (item) => caseOf(text(item, 'pk')), oldestFirst);
}

/** A to-do as the index shows it: of which case, and how it is listed. */
export interface Listed extends Listing {
  readonly case: string;
}

/** The to-dos listed in some queues, what is due first in each queue first. */
export async function tasksIn(table: Table, queues: readonly string[], limit: number, from: Place): Promise<Page<Listed>> {
  return pageOver(table, 'byQueue', queues, limit, from, (item) => ({ case: caseOf(text(item, 'pk')), ...listedIn(item) }), true);
}

/** The organisations that hold an office, by id. */
export async function organisationsIn(table: Table, office: Office): Promise<readonly Organisation[]> {
  return (await directory(table, organisationQueue, `${office}#`)).map(orgOf);
}

/** Everybody who may be asked to review, by id. */
export async function expertsIn(table: Table): Promise<readonly Person[]> {
  return (await directory(table, expertQueue)).map(personOf);
}

/** How many to-dos each of some queues lists; a moment behind the table, as lists are. */
export async function openTodos(table: Table, queues: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const found = new Map<string, number>();
  for (let at = 0; at < queues.length; at += queriesAtOnce) {
    await Promise.all(queues.slice(at, at + queriesAtOnce).map(async (queue) => void found.set(queue, await countIn(table, queue))));
  }
  return found;
}

// A pool of some hundred experts is counted in a few rounds.
const queriesAtOnce = 20;

async function countIn(table: Table, queue: string): Promise<number> {
  const answer = await table.client.send(
    new QueryCommand({ TableName: table.name, IndexName: 'byQueue', Select: 'COUNT', KeyConditionExpression: 'queue = :queue', ExpressionAttributeValues: { ':queue': { S: queue } }, ...counted(table) }),
  );
  meter(table, answer.ConsumedCapacity);
  return answer.Count ?? 0;
}

/** All items of a directory, in the order of their keys, which begin with `prefix` where one is given. */
async function directory(table: Table, name: string, prefix?: string): Promise<Item[]> {
  const found: Key[] = [];
  let start: Item | undefined;
  do {
    const answer = await table.client.send(
      new QueryCommand({
        TableName: table.name, IndexName: 'byQueue', ExclusiveStartKey: start,
        KeyConditionExpression: prefix === undefined ? '#hash = :hash' : '#hash = :hash AND begins_with(#range, :prefix)',
        ExpressionAttributeNames: { '#hash': 'queue', ...(prefix === undefined ? {} : { '#range': 'queueKey' }) },
        ExpressionAttributeValues: { ':hash': { S: name }, ...(prefix === undefined ? {} : { ':prefix': { S: prefix } }) },
        ...counted(table),
      }),
    );
    meter(table, answer.ConsumedCapacity);
    found.push(...(answer.Items ?? []).map((item) => key(text(item, 'pk'), text(item, 'sk'))));
    start = answer.LastEvaluatedKey;
  } while (start);
  return itemsAt(table, found);
}

// The index has the keys only, and one BatchGetItem takes a hundred.
async function itemsAt(table: Table, keys: readonly Key[]): Promise<Item[]> {
  const items: Item[] = [];
  for (let at = 0; at < keys.length; at += 100) {
    const some = keys.slice(at, at + 100);
    const read = await readItems(table, some);
    for (const one of some) {
      const item = read.get(nameOf(one));
      if (item) items.push(item);
    }
  }
  return items;
}

/** A page over several partitions of an index, one after the other. */
async function pageOver<T>(table: Table, index: Index, partitions: readonly string[], limit: number, from: Place, read: (item: Item) => T, forward: boolean): Promise<Page<T>> {
  const items: T[] = [];
  let place: Place | undefined = from;
  while (place && place.partition < partitions.length && items.length < limit) {
    const found: Page<T> = await onePage(table, index, partitions[place.partition] as string, limit - items.length, place, read, forward);
    items.push(...found.items);
    place = found.next ?? (place.partition + 1 < partitions.length ? { partition: place.partition + 1 } : undefined);
  }
  return { items, ...(place && place.partition < partitions.length ? { next: place } : {}) };
}

async function onePage<T>(table: Table, index: Index, partition: string, limit: number, place: Place, read: (item: Item) => T, forward: boolean): Promise<Page<T>> {
  const [hash, range] = indexKeys[index];
  const start: Record<string, AttributeValue> | undefined = place.after && {
    pk: { S: place.after.pk }, sk: { S: place.after.sk }, [hash]: { S: partition }, [range]: { S: place.after.range },
  };
  const answer = await table.client.send(
    new QueryCommand({
      TableName: table.name, IndexName: index, Limit: limit, ScanIndexForward: forward, ExclusiveStartKey: start,
      KeyConditionExpression: '#hash = :hash', ExpressionAttributeNames: { '#hash': hash }, ExpressionAttributeValues: { ':hash': { S: partition } },
      ...counted(table),
    }),
  );
  meter(table, answer.ConsumedCapacity);
  const last = answer.LastEvaluatedKey;
  const next = last && { partition: place.partition, after: { pk: text(last, 'pk'), sk: text(last, 'sk'), range: text(last, range) } };
  return { items: (answer.Items ?? []).map(read), ...(next ? { next } : {}) };
}

/** The items of a case whose sort key begins with a prefix, all of them: for kinds that stay few (attachments, payments, sheets, revisions). */
export async function itemsOf(table: Table, id: string, prefix: string): Promise<Item[]> {
  const found: Item[] = [];
  let start: Item | undefined;
  do {
    const answer = await table.client.send(
      new QueryCommand({
        TableName: table.name, ConsistentRead: true, ExclusiveStartKey: start,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)', ExpressionAttributeValues: { ':pk': { S: casePk(id) }, ':sk': { S: prefix } },
        ...counted(table),
      }),
    );
    meter(table, answer.ConsumedCapacity);
    found.push(...(answer.Items ?? []));
    start = answer.LastEvaluatedKey;
  } while (start);
  return found;
}
