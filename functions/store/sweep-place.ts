import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { key, text } from './keys.ts';
import type { Place } from './lists.ts';
import { put } from './put.ts';
import type { Table } from './table.ts';

const placeKey = key('SWEEP', 'PLACE');

/** Where the last sweep stopped; the beginning when there was none, or when the list of partitions has become shorter since. */
export async function sweepPlace(table: Table, partitions: number): Promise<Place> {
  const { Item } = await table.client.send(new GetItemCommand({ TableName: table.name, Key: placeKey, ConsistentRead: true }));
  const place = Item ? (JSON.parse(text(Item, 'place')) as Place) : { partition: 0 };
  return place.partition < partitions ? place : { partition: 0 };
}

/** Remembers where the next sweep goes on. */
export async function keepPlace(table: Table, place: Place): Promise<void> {
  await put(table, { ...placeKey, place: { S: JSON.stringify(place) } });
}
