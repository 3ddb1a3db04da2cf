import { ConditionalCheckFailedException, PutItemCommand, type PutItemCommandInput } from '@aws-sdk/client-dynamodb';
import type { Item } from './keys.ts';
import { counted, meter, type Table } from './table.ts';

/** On what a put depends, as DynamoDB says it. */
export type Condition = Pick<PutItemCommandInput, 'ConditionExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'>;

/** Holds where no item of that key is. */
export const isNew: Condition = { ConditionExpression: 'attribute_not_exists(pk)' };

/** Holds where the item's number is the one before `next`; for the first, where there is none. */
export function follows(attribute: string, next: number): Condition {
  if (next === 1) return isNew;
  return { ConditionExpression: '#number = :before', ExpressionAttributeNames: { '#number': attribute }, ExpressionAttributeValues: { ':before': { N: String(next - 1) } } };
}

/** Puts an item, whatever was there. */
export async function put(table: Table, item: Item, condition: Condition = {}): Promise<void> {
  const answer = await table.client.send(new PutItemCommand({ TableName: table.name, Item: item, ...condition, ...counted(table) }));
  meter(table, answer.ConsumedCapacity);
}

/** Puts an item where the condition holds; answers whether it did. */
export async function putIf(table: Table, item: Item, condition: Condition): Promise<boolean> {
  try {
    await put(table, item, condition);
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
