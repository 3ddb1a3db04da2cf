import { BatchWriteItemCommand } from '@aws-sdk/client-dynamodb';
import type { Item } from '../../functions/store/keys.ts';
import type { Table } from '../../functions/store/table.ts';

const atOnce = 8;

/** Puts items, 25 a call and some calls at once. */
export async function putMany(table: Table, items: Iterable<Item>): Promise<void> {
  const source = items[Symbol.iterator]();
  const worker = async (): Promise<void> => {
    for (let some = next(source, 25); some.length > 0; some = next(source, 25)) await putAll(table, some);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

function next(source: Iterator<Item>, count: number): Item[] {
  const some: Item[] = [];
  for (let step = source.next(); !step.done; step = source.next()) if (some.push(step.value) === count) break;
  return some;
}

async function putAll(table: Table, items: readonly Item[]): Promise<void> {
  let open = items.map((item) => ({ PutRequest: { Item: item } }));
  while (open.length > 0) {
    const { UnprocessedItems } = await table.client.send(new BatchWriteItemCommand({ RequestItems: { [table.name]: open } }));
    open = (UnprocessedItems?.[table.name] ?? []) as typeof open;
  }
}
