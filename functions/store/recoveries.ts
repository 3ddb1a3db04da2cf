import { QueryCommand, type TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Accepted } from '../../machines/decision.ts';
import { count, key, text } from './keys.ts';
import { follows } from './put.ts';
import { counted, meter, type Table } from './table.ts';

const prefix = 'R#';
/** How many recoveries of a unit were ever opened; it lies before their marks. */
const openedKey = (unit: string) => key(`ORG#${unit}`, prefix);

/**
 * A mark beside a unit for each recovery that is open, written and taken away in the transactions that open and close it: an
 * index would answer a moment later, and a payment must not slip through that moment. Each opening is counted, too: what
 * rests on there being none is held against the count.
 */
export function recoveryMarks(table: Table, id: string, { snapshot, event }: Accepted): TransactWriteItem[] {
  if (snapshot.lifecycle !== 'recovery') return [];
  const unit = (snapshot.context['unit'] as { readonly id: string }).id;
  const mark = key(`ORG#${unit}`, `${prefix}${id}`);
  if (snapshot.status === 'done') return [{ Delete: { TableName: table.name, Key: mark } }];
  if (event.command !== 'open') return [];
  const opened = { TableName: table.name, Key: openedKey(unit), UpdateExpression: 'ADD n :one', ExpressionAttributeValues: { ':one': { N: '1' } } };
  return [{ Put: { TableName: table.name, Item: mark } }, { Update: opened }];
}

/** The recoveries of a unit: how many are open, over all its cases, and how many were ever opened. */
export interface Recoveries {
  readonly open: number;
  readonly opened: number;
}

/** The recoveries of a unit, strongly consistent. */
export async function recoveriesOf(table: Table, unit: string): Promise<Recoveries> {
  const answer = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
      ExpressionAttributeValues: { ':pk': { S: `ORG#${unit}` }, ':sk': { S: prefix } },
      ...counted(table),
    }),
  );
  meter(table, answer.ConsumedCapacity);
  const items = answer.Items ?? [];
  const opened = items.find((item) => text(item, 'sk') === prefix);
  return { open: items.length - (opened ? 1 : 0), opened: opened ? count(opened, 'n') : 0 };
}

/** Holds while no further recovery of a unit was opened. */
export function noneOpenedSince(table: Table, unit: string, { opened }: Recoveries): TransactWriteItem {
  return { ConditionCheck: { TableName: table.name, Key: openedKey(unit), ...follows('n', opened + 1) } };
}
