import { BatchWriteItemCommand, type BatchWriteItemCommandOutput, ConditionalCheckFailedException, PutItemCommand, type PutItemCommandInput, type WriteRequest } from '@aws-sdk/client-dynamodb';
import DataLoader from 'dataloader';
import type { Item } from './keys.ts';
import { nameOf } from './load.ts';
import { absent, isWrittenBefore } from './sent-again.ts';
import { counted, meter, type Table } from './table.ts';

/** On what a put depends, as DynamoDB says it. */
export type Condition = Pick<PutItemCommandInput, 'ConditionExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'>;

/** Holds where no item of that key is. */
export const isNew = { ConditionExpression: absent } as const satisfies Condition;

/** Holds where the item's number is the one before `next`; for the first, where there is none. */
export function follows(attribute: string, next: number): Condition & { readonly ConditionExpression: string } {
  if (next === 1) return isNew;
  return { ConditionExpression: '#number = :before', ExpressionAttributeNames: { '#number': attribute }, ExpressionAttributeValues: { ':before': { N: String(next - 1) } } };
}

/** Puts an item, whatever was there. */
export async function put(table: Table, item: Item, condition: Condition = {}): Promise<void> {
  const answer = await table.client.send(new PutItemCommand({ TableName: table.name, Item: item, ...condition, ...counted(table) }));
  meter(table, answer.ConsumedCapacity);
}

/** Puts an item where the condition holds; answers whether it did. A put whose answer was lost on the way counts as done. */
export async function putIf(table: Table, item: Item, condition: Condition): Promise<boolean> {
  try {
    await put(table, item, condition);
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return isWrittenBefore(table, error, item);
    throw error;
  }
}

/** Puts an item, whatever was there. */
export type PutItem = (item: Item) => Promise<void>;

// What one BatchWriteItem takes.
const mostInOneCall = 25;

/** A putter that writes what is put in the same moment in as few calls as it takes: a call costs a store more than what is in it. */
export function joinedPuts(table: Table): PutItem {
  const loader = new DataLoader<Item, true>(
    async (items) => {
      // A batch that names a key twice is refused; the last one would have stayed.
      await writeBatch(table, [...new Map(items.map((Item) => [nameOf(Item), { PutRequest: { Item } }])).values()]);
      return items.map(() => true as const);
    },
    { cache: false, maxBatchSize: mostInOneCall },
  );
  return async (item) => void (await loader.load(item));
}

// A busy table leaves some of a batch out and says which.
async function writeBatch(table: Table, requests: readonly WriteRequest[]): Promise<void> {
  for (let open: WriteRequest[] | undefined = [...requests]; open && open.length > 0; ) {
    const answer: BatchWriteItemCommandOutput = await table.client.send(new BatchWriteItemCommand({ RequestItems: { [table.name]: open }, ...counted(table) }));
    meter(table, answer.ConsumedCapacity);
    open = answer.UnprocessedItems?.[table.name];
  }
}
