import { DeleteItemCommand, GetItemCommand, QueryCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';
import type { NoticeKind } from '../../machines/notices.ts';
import { key, text, type Item, type Key } from './keys.ts';
import { put, putIf } from './put.ts';
import { counted, meter, type Table } from './table.ts';

/** A notice as it is kept: once per desk, however many people sit there. `id` is the same however often it is derived. */
export interface StoredNotice {
  readonly id: string;
  readonly queue: string;
  readonly at: string;
  readonly kind: NoticeKind;
  readonly subject: string;
  readonly case: string;
  readonly lifecycle: string;
  readonly leaf?: string | undefined;
  readonly dueAt?: string | undefined;
}

const noticePk = (queue: string): string => `N#${queue}`;

/** The sort key of a notice: a desk's notices lie in order of time. */
export const noticeSk = ({ at, id }: Pick<StoredNotice, 'at' | 'id'>): string => `${at}#${id}`;

/** A notice as its item, kept until it expires (epoch seconds); putting the same notice again changes nothing. */
export function noticeItem(notice: StoredNotice, expiresAt: number): Item {
  const { queue, at: _, id: __, ...said } = notice;
  return { ...key(noticePk(queue), noticeSk(notice)), said: { S: JSON.stringify(said) }, expiresAt: { N: String(expiresAt) } };
}

function noticeOf(item: Item): StoredNotice {
  const sk = text(item, 'sk');
  const cut = sk.indexOf('#');
  return { ...(JSON.parse(text(item, 'said')) as Omit<StoredNotice, 'id' | 'at' | 'queue'>), at: sk.slice(0, cut), id: sk.slice(cut + 1), queue: text(item, 'pk').slice('N#'.length) };
}

/** The notices of some desks, the newest first, at most `limit`, before a sort key where one is given. */
export async function noticesBefore(table: Table, queues: readonly string[], limit: number, before?: string): Promise<StoredNotice[]> {
  const found = await Promise.all(
    queues.map(async (queue) => {
      const answer = await table.client.send(new QueryCommand({ TableName: table.name, ...range(noticePk(queue), undefined, before), ScanIndexForward: false, Limit: before === undefined ? limit : limit + 1, ...counted(table) }));
      meter(table, answer.ConsumedCapacity);
      // A range includes its end: the notice that was shown last.
      return (answer.Items ?? []).map(noticeOf).filter((notice) => noticeSk(notice) !== before);
    }),
  );
  return found.flat().sort((a, b) => (noticeSk(a) < noticeSk(b) ? 1 : -1)).slice(0, limit);
}

/** How many notices of some desks are newer than an instant and were not marked as seen by a person, counted up to `most`. */
export async function unseenCount(table: Table, person: string, queues: readonly string[], most: number): Promise<number> {
  const since = await seenUpTo(table, person);
  const [marks, ...counts] = await Promise.all([countFrom(table, seenPk(person), since, most * 2), ...queues.map((queue) => countFrom(table, noticePk(queue), since, most * 2))]);
  return Math.min(most, Math.max(0, counts.reduce((sum, count) => sum + count, 0) - marks));
}

const seenPk = (person: string): string => `SEEN#${person}`;
// Before every instant, so that ranges of marks do not meet it.
const upToKey = (person: string): Key => key(seenPk(person), '!');

/** Up to which instant a person has seen everything; the beginning of time when they never said so. */
export async function seenUpTo(table: Table, person: string): Promise<string> {
  const answer = await table.client.send(new GetItemCommand({ TableName: table.name, Key: upToKey(person), ConsistentRead: true, ...counted(table) }));
  meter(table, answer.ConsumedCapacity);
  return answer.Item ? text(answer.Item, 'upTo') : '0000';
}

/** Notes that a person has seen everything up to an instant; never goes back. */
export async function markAllSeen(table: Table, person: string, upTo: string): Promise<void> {
  await putIf(table, { ...upToKey(person), upTo: { S: upTo } }, { ConditionExpression: 'attribute_not_exists(upTo) OR upTo < :upTo', ExpressionAttributeValues: { ':upTo': { S: upTo } } });
}

/** Notes that a person has seen one notice; twice is once. The mark goes with the notice. */
export async function markSeen(table: Table, person: string, place: string, expiresAt: number): Promise<void> {
  await put(table, { ...key(seenPk(person), place), expiresAt: { N: String(expiresAt) } });
}

/** Which of some places (`noticeSk` and desk) a person has marked, between the oldest and the newest of them. */
export async function marksBetween(table: Table, person: string, oldest: string, newest: string): Promise<ReadonlySet<string>> {
  const marks = new Set<string>();
  let start: Record<string, AttributeValue> | undefined;
  do {
    const answer = await table.client.send(new QueryCommand({ TableName: table.name, ...range(seenPk(person), oldest, `${newest}\uffff`), ExclusiveStartKey: start, ConsistentRead: true, ...counted(table) }));
    meter(table, answer.ConsumedCapacity);
    for (const item of answer.Items ?? []) marks.add(text(item, 'sk'));
    start = answer.LastEvaluatedKey;
  } while (start);
  return marks;
}

/** Where a person's mark of a notice stands: the same notice may lie on two desks of theirs. */
export const markPlace = (notice: StoredNotice): string => `${noticeSk(notice)}#${notice.queue}`;

async function countFrom(table: Table, pk: string, since: string, most: number): Promise<number> {
  const answer = await table.client.send(new QueryCommand({ TableName: table.name, ...range(pk, `${since}\uffff`, undefined), Select: 'COUNT', Limit: most, ...counted(table) }));
  meter(table, answer.ConsumedCapacity);
  return answer.Count ?? 0;
}

// Instants begin with a digit.
function range(pk: string, from: string | undefined, to: string | undefined) {
  return {
    KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
    ExpressionAttributeValues: { ':pk': { S: pk }, ':from': { S: from ?? '0' }, ':to': { S: to ?? ':' } },
  };
}

const remindedKey = key('NOTICES', 'REMINDED');

/** The last day (Asia/Shanghai) whose reminders went out. */
export async function remindedOn(table: Table): Promise<string | undefined> {
  const { Item } = await table.client.send(new GetItemCommand({ TableName: table.name, Key: remindedKey, ConsistentRead: true }));
  return Item && text(Item, 'day');
}

/** Notes that the reminders of a day went out. */
export async function keepReminded(table: Table, day: string): Promise<void> {
  await put(table, { ...remindedKey, day: { S: day } });
}

/** How a person wants to be told beside the list in the console: where to, at once or by a daily digest. */
export interface NoticeWishes {
  readonly mail?: string | undefined;
  readonly atOnce: boolean;
  readonly digest: boolean;
}

/** The key of what a person wishes, for reading many at once. */
export const wishesKey = (person: string): Key => key(`PERSON#${person}`, 'NOTICES');

/** The partition of byOwner in which those stand who want a digest. */
export const digestPartition = 'digest';

/** A person's wishes; nothing but the list in the console when they never said. */
export async function wishesOf(table: Table, person: string): Promise<NoticeWishes> {
  const { Item } = await table.client.send(new GetItemCommand({ TableName: table.name, Key: wishesKey(person), ConsistentRead: true }));
  return wishesIn(Item);
}

/** The wishes inside their item. */
export function wishesIn(item: Item | undefined): NoticeWishes {
  return { ...(item?.['mail']?.S === undefined ? {} : { mail: item['mail'].S }), atOnce: item?.['atOnce']?.BOOL === true, digest: item?.['digest']?.BOOL === true };
}

/** Keeps a person's wishes; who wants nothing has none. */
export async function keepWishes(table: Table, person: string, { mail, atOnce, digest }: NoticeWishes): Promise<void> {
  if (mail === undefined && !atOnce && !digest) return void (await table.client.send(new DeleteItemCommand({ TableName: table.name, Key: wishesKey(person) })));
  const listed = digest ? { owner: { S: digestPartition }, ownerKey: { S: person } } : {};
  const Item = { ...wishesKey(person), ...listed, ...(mail === undefined ? {} : { mail: { S: mail } }), atOnce: { BOOL: atOnce }, digest: { BOOL: digest } };
  await put(table, Item);
}
