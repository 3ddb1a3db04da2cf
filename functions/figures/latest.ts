import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { key, type Item } from '../store/keys.ts';
import { unpack } from '../store/pack.ts';
import type { Table } from '../store/table.ts';
import type { Tally } from './tally.ts';

/** Figures of a run that is over; `at` is when it began. */
export interface Counted {
  readonly at: string;
  readonly tally: Tally;
}

/** Where the figures of the newest run stand. */
export const latestKey = key('FIGURES', 'LATEST');

/** The figures of the newest run that is over; nothing before the first. */
export function latestFigures(table: Table): Promise<Counted | undefined> {
  return kept<Counted>(table, latestKey);
}

/** What was put down under a key. */
export async function kept<T>(table: Table, at: Item): Promise<T | undefined> {
  const { Item: item } = await table.client.send(new GetItemCommand({ TableName: table.name, Key: at, ConsistentRead: true }));
  return item ? (unpack<T | null>(item['content']) ?? undefined) : undefined;
}
