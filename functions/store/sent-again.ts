import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Item, Key } from './keys.ts';
import { nameOf, readItems } from './load.ts';
import type { Table } from './table.ts';

/** Holds where no item of that key is. */
export const absent = 'attribute_not_exists(pk)';

/** How often the SDK sent a call, as it notes it with each answer and each error. */
interface Answered {
  readonly $metadata?: { readonly attempts?: number | undefined } | undefined;
}

/**
 * Whether the SDK sent a call more than once. The answer to an earlier sending may have been lost after the store had written:
 * then the condition is false by our own hand, and nobody else was faster.
 */
export function wasSentAgain(answered: unknown): boolean {
  return ((answered as Answered | undefined)?.$metadata?.attempts ?? 1) > 1;
}

/** Whether a refused put of `item` was written by an earlier sending of the same call: it stands there to the last attribute. */
export async function isWrittenBefore(table: Table, refusal: unknown, item: Item): Promise<boolean> {
  return wasSentAgain(refusal) && (await stand(table, [item]));
}

/** The same for a transaction. It is known by its items that were not to be there before: those never change and were written with all the others or not at all. */
export async function isTransactedBefore(table: Table, refusal: unknown, writes: readonly TransactWriteItem[]): Promise<boolean> {
  if (!wasSentAgain(refusal)) return false;
  const fresh = writes.flatMap(({ Put }) => (Put?.Item && Put.ConditionExpression === absent ? [Put.Item] : []));
  return fresh.length > 0 && (await stand(table, fresh));
}

async function stand(table: Table, items: readonly Item[]): Promise<boolean> {
  const found = await readItems(table, items.map(({ pk, sk }) => ({ pk, sk }) as Key));
  return items.every((item) => written(found.get(nameOf(item)) ?? {}) === written(item));
}

/** An item as text: equal items are equal texts, whatever the order of their attributes. */
function written(item: Item): string {
  return JSON.stringify(Object.entries(item).map(([name, value]) => [name, value.B ? { B: Buffer.from(value.B).toString('base64') } : value]).sort());
}
