import { DeleteItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import type { StandIn } from '../../machines/stand-in.ts';
import { key, text, type Item } from './keys.ts';
import { listedItems } from './lists.ts';
import { nameOf, readItems } from './load.ts';
import { isNew, putIf } from './put.ts';
import { counted, meter, type Table } from './table.ts';

const standInKey = (person: string, id: string) => key(`PERSON#${person}`, `AWAY#${id}`);

/** The partition of byOwner in which stand-ins are listed for who stands in. */
const standInPartition = (by: string): string => `standIn#${by}`;

/** A stand-in as it is kept, with why. */
export interface StoredStandIn extends StandIn {
  readonly reason: string;
  readonly madeAt: string;
}

/** Keeps a stand-in; false when there is one of that id. */
export async function keepStandIn(table: Table, { id, person, by, from, until, reason, madeAt }: StoredStandIn): Promise<boolean> {
  const Item: Item = { ...standInKey(person, id), owner: { S: standInPartition(by) }, ownerKey: { S: `${from}#${id}` }, by: { S: by }, from: { S: from }, until: { S: until }, reason: { S: reason }, madeAt: { S: madeAt } };
  return putIf(table, Item, isNew);
}

/** Takes a stand-in back; whether there was one. */
export async function dropStandIn(table: Table, person: string, id: string): Promise<boolean> {
  const Key = standInKey(person, id);
  if (!(await readItems(table, [Key])).has(nameOf(Key))) return false;
  await table.client.send(new DeleteItemCommand({ TableName: table.name, Key }));
  return true;
}

/** Who stands in for somebody, strongly consistent: a stand-in that was taken back ends at once. */
export async function standInsFor(table: Table, person: string): Promise<StoredStandIn[]> {
  const answer = await table.client.send(
    new QueryCommand({
      TableName: table.name, ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)', ExpressionAttributeValues: { ':pk': { S: `PERSON#${person}` }, ':sk': { S: 'AWAY#' } },
      ...counted(table),
    }),
  );
  meter(table, answer.ConsumedCapacity);
  return (answer.Items ?? []).map(standInOf);
}

/** For whom somebody stands in; a moment behind, for lists. */
export async function standInsBy(table: Table, by: string): Promise<StoredStandIn[]> {
  return (await listedItems(table, { index: 'byOwner', partition: standInPartition(by) })).map(standInOf);
}

function standInOf(item: Item): StoredStandIn {
  const said = (name: string): string => text(item, name);
  return { id: said('sk').slice('AWAY#'.length), person: said('pk').slice('PERSON#'.length), by: said('by'), from: said('from'), until: said('until'), reason: said('reason'), madeAt: said('madeAt') };
}
