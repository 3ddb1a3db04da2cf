import { QueryCommand, type TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Accepted } from '../../machines/decision.ts';
import { key } from './keys.ts';
import { counted, meter, type Table } from './table.ts';

const prefix = 'R#';

/**
 * A mark beside a unit for each recovery that is open, written and taken away in the transactions that open and close it: an
 * index would answer a moment later, and a payment must not slip through that moment.
 */
export function recoveryMarks(table: Table, id: string, { snapshot, event }: Accepted): TransactWriteItem[] {
  if (snapshot.lifecycle !== 'recovery') return [];
  const unit = (snapshot.context['unit'] as { readonly id: string }).id;
  const mark = key(`ORG#${unit}`, `${prefix}${id}`);
  if (snapshot.status === 'done') return [{ Delete: { TableName: table.name, Key: mark } }];
  return event.command === 'open' ? [{ Put: { TableName: table.name, Item: mark } }] : [];
}

/** How many recoveries of a unit are open, over all its cases; strongly consistent. */
export async function openRecoveries(table: Table, unit: string): Promise<number> {
  const answer = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      ConsistentRead: true,
      Select: 'COUNT',
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
      ExpressionAttributeValues: { ':pk': { S: `ORG#${unit}` }, ':sk': { S: prefix } },
      ...counted(table),
    }),
  );
  meter(table, answer.ConsumedCapacity);
  return answer.Count ?? 0;
}
