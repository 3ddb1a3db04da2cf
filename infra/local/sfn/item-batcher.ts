import type { State } from './definition.ts';
import { type Scope, evaluate, evaluateInteger, queryFailure } from './evaluate.ts';
import { type JsonObject, isObject, textOf } from './values.ts';

/** How items are put together, as JSON; null when each item is its own child's input. */
export interface Batching {
  readonly maxItems: number | null;
  readonly maxBytes: number | null;
  readonly batchInput: unknown;
}

/** One child's input and how many items it has. */
export interface ChildInput {
  readonly input: string;
  readonly items: number;
}

/** Evaluates an ItemBatcher; null when the state has none. */
export async function readBatching(scope: Scope, state: State): Promise<Batching | null> {
  const batcher = state.ItemBatcher;
  if (!batcher) return null;
  const maxItems = (await evaluateInteger(scope, 'ItemBatcher/MaxItemsPerBatch', batcher.MaxItemsPerBatch, 1)) ?? null;
  const maxBytes = (await evaluateInteger(scope, 'ItemBatcher/MaxInputBytesPerBatch', batcher.MaxInputBytesPerBatch, 1)) ?? null;
  const batchInput = batcher.BatchInput === undefined ? null : await evaluate(scope, 'ItemBatcher/BatchInput', batcher.BatchInput);
  if (batchInput !== null && !isObject(batchInput)) throw queryFailure(scope, `The field 'ItemBatcher/BatchInput' must be an object but was: ${textOf(batchInput)}`, 'ItemBatcher/BatchInput');
  return { maxItems, maxBytes, batchInput };
}

/** The children's inputs, one batch after the other: `{ BatchInput, Items }`, or the item itself without a batcher. */
export async function* batchesOf(items: AsyncIterable<unknown>, batching: Batching | null): AsyncGenerator<ChildInput> {
  if (!batching) {
    for await (const item of items) yield { input: textOf(item), items: 1 };
    return;
  }
  const head = headOf(batching.batchInput);
  let texts: string[] = [];
  let bytes = 0;
  for await (const item of items) {
    const text = textOf(item);
    const size = Buffer.byteLength(text) + 1;
    const isFull = texts.length >= (batching.maxItems ?? Infinity) || (texts.length > 0 && head.length + bytes + size > (batching.maxBytes ?? Infinity));
    if (isFull) {
      yield { input: `${head}${texts.join(',')}]}`, items: texts.length };
      [texts, bytes] = [[], 0];
    }
    texts.push(text);
    bytes += size;
  }
  if (texts.length > 0) yield { input: `${head}${texts.join(',')}]}`, items: texts.length };
}

function headOf(batchInput: unknown): string {
  return batchInput === null ? '{"Items":[' : `{"BatchInput":${textOf(batchInput as JsonObject)},"Items":[`;
}
