import { QueryCommand, type AttributeValue, type QueryCommandInput } from '@aws-sdk/client-dynamodb';
import type { Office, Organisation } from '../../shared/actor.ts';
import { listedIn, type Listing } from './case.ts';
import { stepIn, type Step } from './desk.ts';
import { caseOf, casePk, key, text, type Item, type Key } from './keys.ts';
import { nameOf, readItems } from './load.ts';
import { expertQueue, orgOf, organisationQueue, peoplePartition, personOf, type Person } from './people.ts';
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

/** One entry of a list with its own place: whoever stops there goes on after it. */
export interface Placed<T> {
  readonly value: T;
  readonly place: Place;
}

/** Part of an index: its partitions one after the other, in each only the keys between two (both included) where they are given. */
export interface Span {
  readonly index: Index;
  readonly partitions: readonly string[];
  readonly between?: readonly [string, string] | undefined;
  readonly forward: boolean;
}

/** Ids of the cases of some partitions of byOwner or byLeaf: the newest first, or the oldest (`oldestFirst`). */
export async function casesIn(table: Table, index: 'byOwner' | 'byLeaf', partitions: readonly string[], limit: number, from: Place, oldestFirst = false): Promise<Page<string>> {
  const { items, next } = await pageOver(table, { index, partitions, forward: oldestFirst }, limit, from, caseIn);
  return { items: items.map(({ value }) => value), ...(next ? { next } : {}) };
}

/** The same with the place of each. */
export async function placedCases(table: Table, span: Span, limit: number, from: Place): Promise<Page<Placed<string>>> {
  return pageOver(table, span, limit, from, caseIn);
}

/** What some span lists, read by its keys. */
export async function placedItems<T>(table: Table, span: Span, limit: number, from: Place, read: (item: Item) => T): Promise<Page<Placed<T>>> {
  return pageOver(table, span, limit, from, read);
}

const caseIn = (item: Item): string => caseOf(text(item, 'pk'));
const keyIn = (item: Item): Key => key(text(item, 'pk'), text(item, 'sk'));

/** A to-do as the index shows it: of which case, and how it is listed. */
export interface Listed extends Listing {
  readonly case: string;
}

/** The to-dos listed in some queues, what is due first in each queue first; `between` are instants. */
export async function placedTasks(table: Table, queues: readonly string[], between: Span['between'], limit: number, from: Place): Promise<Page<Placed<Listed>>> {
  const keys = between && ([between[0], `${between[1]}#\uffff`] as const);
  return pageOver(table, { index: 'byQueue', partitions: queues, between: keys, forward: true }, limit, from, (item) => ({ case: caseIn(item), ...listedIn(item) }));
}

/** What stands on the list of a person's work, the newest first. */
export async function placedSteps(table: Table, partition: string, limit: number, from: Place): Promise<Page<Placed<Step>>> {
  const read = (item: Item): Step => stepIn(text(item, 'pk'), text(item, 'sk'), text(item, 'ownerKey'));
  return pageOver(table, { index: 'byOwner', partitions: [partition], forward: false }, limit, from, read);
}

/** How many entries a span has, counted up to `most`. */
export async function countIn(table: Table, { index, partitions, between }: Omit<Span, 'forward'>, most: number): Promise<number> {
  let count = 0;
  for (const partition of partitions) {
    let start: Item | undefined;
    do {
      const answer = await table.client.send(new QueryCommand({ ...query(table, index, partition, between), Select: 'COUNT', ExclusiveStartKey: start, ...(most === Infinity ? {} : { Limit: most - count }) }));
      meter(table, answer.ConsumedCapacity);
      count += answer.Count ?? 0;
      start = answer.LastEvaluatedKey;
      if (count >= most) return most;
    } while (start);
  }
  return count;
}

/** The organisations that hold an office, by id. */
export async function organisationsIn(table: Table, office: Office): Promise<readonly Organisation[]> {
  return (await directory(table, organisationQueue, `${office}#`)).map(orgOf);
}

/** The organisations that the records know in pages, by office and id, each with its place. At most 100. */
export async function placedOrganisations(table: Table, limit: number, from: Place): Promise<Page<Placed<Organisation>>> {
  const { items, next } = await pageOver(table, { index: 'byQueue', partitions: [organisationQueue], forward: true }, limit, from, keyIn);
  const found = await readItems(table, items.map(({ value }) => value));
  const organisations = items.flatMap(({ value, place }) => {
    const item = found.get(nameOf(value));
    return item ? [{ value: orgOf(item), place }] : [];
  });
  return { items: organisations, ...(next ? { next } : {}) };
}

/** Everybody who may be asked to review, by id. */
export async function expertsIn(table: Table): Promise<readonly Person[]> {
  return (await directory(table, expertQueue)).map(personOf);
}

/** How many to-dos each of some queues lists; a moment behind the table, as lists are. */
export async function openTodos(table: Table, queues: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const found = new Map<string, number>();
  for (let at = 0; at < queues.length; at += queriesAtOnce) {
    await Promise.all(queues.slice(at, at + queriesAtOnce).map(async (queue) => void found.set(queue, await countIn(table, { index: 'byQueue', partitions: [queue] }, Infinity))));
  }
  return found;
}

// A pool of some hundred experts is counted in a few rounds.
const queriesAtOnce = 20;

/** The people who act for an organisation, by id; who was suspended is left out. */
export async function peopleIn(table: Table, org: string): Promise<readonly Person[]> {
  return (await everybodyIn(table, org)).filter(({ suspendedAt }) => suspendedAt === undefined);
}

/** Everybody of an organisation, by id, who was suspended too. */
export async function everybodyIn(table: Table, org: string): Promise<readonly Person[]> {
  return (await listedItems(table, { index: 'byOwner', partition: peoplePartition(org) })).map(personOf);
}

/** Every organisation, by office and id. */
export async function allOrganisations(table: Table): Promise<readonly Organisation[]> {
  return (await directory(table, organisationQueue)).map(orgOf);
}

/** All items of a directory, in the order of their keys, which begin with `prefix` where one is given. */
async function directory(table: Table, name: string, prefix?: string): Promise<Item[]> {
  return listedItems(table, { index: 'byQueue', partition: name, prefix });
}

/** All items that a partition of an index lists, in the order of their keys: for directories, which stay small. */
export async function listedItems(table: Table, { index, partition, prefix }: { readonly index: Index; readonly partition: string; readonly prefix?: string | undefined }): Promise<Item[]> {
  const found: Key[] = [];
  let start: Item | undefined;
  do {
    const between = prefix === undefined ? undefined : ([prefix, `${prefix}\uffff`] as const);
    const answer = await table.client.send(new QueryCommand({ ...query(table, index, partition, between), ExclusiveStartKey: start }));
    meter(table, answer.ConsumedCapacity);
    found.push(...(answer.Items ?? []).map(keyIn));
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
async function pageOver<T>(table: Table, span: Span, limit: number, from: Place, read: (item: Item) => T): Promise<Page<Placed<T>>> {
  const { partitions } = span;
  const items: Placed<T>[] = [];
  let place: Place | undefined = from;
  while (place && place.partition < partitions.length && items.length < limit) {
    const found: Page<Placed<T>> = await onePage(table, span, limit - items.length, place, read);
    items.push(...found.items);
    place = found.next ?? (place.partition + 1 < partitions.length ? { partition: place.partition + 1 } : undefined);
  }
  return { items, ...(place && place.partition < partitions.length ? { next: place } : {}) };
}

async function onePage<T>(table: Table, { index, partitions, between, forward }: Span, limit: number, place: Place, read: (item: Item) => T): Promise<Page<Placed<T>>> {
  const [hash, range] = indexKeys[index];
  const partition = partitions[place.partition] as string;
  const start: Record<string, AttributeValue> | undefined = place.after && {
    pk: { S: place.after.pk }, sk: { S: place.after.sk }, [hash]: { S: partition }, [range]: { S: place.after.range },
  };
  const answer = await table.client.send(new QueryCommand({ ...query(table, index, partition, between), Limit: limit, ScanIndexForward: forward, ExclusiveStartKey: start }));
  meter(table, answer.ConsumedCapacity);
  const placeOf = (item: Item): Place => ({ partition: place.partition, after: { pk: text(item, 'pk'), sk: text(item, 'sk'), range: text(item, range) } });
  const items = (answer.Items ?? []).map((item) => ({ value: read(item), place: placeOf(item) }));
  return { items, ...(answer.LastEvaluatedKey ? { next: placeOf(answer.LastEvaluatedKey) } : {}) };
}

function query(table: Table, index: Index, partition: string, between: Span['between']): QueryCommandInput {
  const [hash, range] = indexKeys[index];
  return {
    TableName: table.name, IndexName: index,
    KeyConditionExpression: between ? '#hash = :hash AND #range BETWEEN :from AND :to' : '#hash = :hash',
    ExpressionAttributeNames: { '#hash': hash, ...(between ? { '#range': range } : {}) },
    ExpressionAttributeValues: { ':hash': { S: partition }, ...(between ? { ':from': { S: between[0] }, ':to': { S: between[1] } } : {}) },
    ...counted(table),
  };
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
