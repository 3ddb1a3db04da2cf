import { ConditionalCheckFailedException, QueryCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { StandIn } from '../../machines/stand-in.ts';
import { count, key, text, type Item } from './keys.ts';
import { listedItems } from './lists.ts';
import { follows, isNew } from './put.ts';
import { isWritten } from './save.ts';
import { counted, meter, type Table } from './table.ts';

const standInKey = (person: string, id: string) => key(`PERSON#${person}`, `AWAY#${id}`);
/** How many stand-ins somebody had a part in: what a new one is held against. */
const partsKey = (person: string) => key(`PERSON#${person}`, 'AWAY');

/** The partition of byOwner in which stand-ins are listed for who stands in. */
const standInPartition = (by: string): string => `standIn#${by}`;

/** A stand-in as it is kept, with why. */
export interface StoredStandIn extends StandIn {
  readonly reason: string;
  readonly madeAt: string;
  /** Since when it holds no more; it stays, or the request that made it would make it again when it arrives late. */
  readonly revokedAt?: string;
}

/** Somebody's stand-ins, those taken back included, and in how many they have had a part. */
export interface StandInsOf {
  readonly all: readonly StoredStandIn[];
  readonly parts: number;
}

/** Keeps a stand-in that was weighed against those of both people; false when there is one of that id, or either has a part in another one since. */
export async function keepStandIn(table: Table, { id, person, by, from, until, reason, madeAt }: StoredStandIn, parts: { readonly person: number; readonly by: number }): Promise<boolean> {
  const Item: Item = { ...standInKey(person, id), owner: { S: standInPartition(by) }, ownerKey: { S: `${from}#${id}` }, by: { S: by }, from: { S: from }, until: { S: until }, reason: { S: reason }, madeAt: { S: madeAt } };
  const another = (who: string, before: number) => ({ Put: { TableName: table.name, Item: { ...partsKey(who), n: { N: String(before + 1) } }, ...follows('n', before + 1) } });
  return isWritten(table, [{ Put: { TableName: table.name, Item, ...isNew } }, another(person, parts.person), another(by, parts.by)]);
}

/** Takes a stand-in back, once; whether there is one. */
export async function revokeStandIn(table: Table, person: string, id: string, now: string): Promise<boolean> {
  try {
    await table.client.send(
      new UpdateItemCommand({
        TableName: table.name, Key: standInKey(person, id),
        UpdateExpression: 'SET revokedAt = if_not_exists(revokedAt, :now) REMOVE #owner, ownerKey', ConditionExpression: 'attribute_exists(pk)',
        ExpressionAttributeNames: { '#owner': 'owner' }, ExpressionAttributeValues: { ':now': { S: now } },
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

/** Who stands in for somebody, strongly consistent: a stand-in that was taken back ends at once. */
export async function standInsFor(table: Table, person: string): Promise<StoredStandIn[]> {
  return (await standInsOf(table, person)).all.filter(isHeld);
}

/** Whether a stand-in was not taken back. */
export const isHeld = ({ revokedAt }: StoredStandIn): boolean => revokedAt === undefined;

/** All that was ever said of who stands in for somebody, strongly consistent. */
export async function standInsOf(table: Table, person: string): Promise<StandInsOf> {
  const answer = await table.client.send(
    new QueryCommand({
      TableName: table.name, ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)', ExpressionAttributeValues: { ':pk': { S: `PERSON#${person}` }, ':sk': { S: 'AWAY' } },
      ...counted(table),
    }),
  );
  meter(table, answer.ConsumedCapacity);
  const items = answer.Items ?? [];
  const isStandIn = (item: Item): boolean => text(item, 'sk') !== partsKey(person).sk.S;
  return { all: items.filter(isStandIn).map(standInOf), parts: items.filter((item) => !isStandIn(item)).map((item) => count(item, 'n'))[0] ?? 0 };
}

/** For whom somebody stands in; a moment behind, for lists. */
export async function standInsBy(table: Table, by: string): Promise<StoredStandIn[]> {
  return (await listedItems(table, { index: 'byOwner', partition: standInPartition(by) })).map(standInOf).filter(isHeld);
}

function standInOf(item: Item): StoredStandIn {
  const said = (name: string): string => text(item, name);
  return { id: said('sk').slice('AWAY#'.length), person: said('pk').slice('PERSON#'.length), by: said('by'), from: said('from'), until: said('until'), reason: said('reason'), madeAt: said('madeAt'), ...(item['revokedAt']?.S === undefined ? {} : { revokedAt: item['revokedAt'].S }) };
}
