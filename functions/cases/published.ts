import type { Json } from '../../machines/decision.ts';
import { batchKeys, type ListEntry } from '../activities/batch-list.ts';
import { readObject, type Bucket } from '../files/bucket.ts';
import { cursorText, placeOf, queryNumber, queryValue } from '../http/cursor.ts';
import { Problem } from '../http/problem.ts';
import type { HttpRequest } from '../http/shell.ts';
import { leafPartition, type Head } from '../store/case.ts';
import { casesIn } from '../store/lists.ts';
import { loadHeads } from '../store/load.ts';
import type { Desk } from './act.ts';

const limits = { least: 1, most: 100, otherwise: 20 };
const listName = 'published';

/** A page of the published batches, the newest first; public. */
export async function publishedBatches(desk: Desk, request: HttpRequest): Promise<Record<string, unknown>> {
  const page = await casesIn(desk.table, 'byLeaf', [leafPartition('publication', 'published')], queryNumber(request, 'limit', limits), placeOf(request, listName));
  const heads = await loadHeads(desk.table, page.items);
  return { items: heads.map(batchRow), ...(page.next ? { next: cursorText(listName, page.next) } : {}) };
}

function batchRow({ id, snapshot, changedAt }: Head): Record<string, Json> {
  const { half, number, published } = snapshot.context;
  return { batch: half ?? '', case: id, number: number ?? '', count: published ?? 0, publishedAt: changedAt };
}

// A read of this size holds about 500 entries and stays far below the 6 MB that a function may answer.
const windowBytes = 128 * 1024;

/** A page of a published list, as it was written for good; public. The cursor is the byte where the next entry's line begins. */
export async function publishedList(bucket: Bucket, request: HttpRequest, half: string): Promise<Record<string, unknown>> {
  if (!/^\d{4}-H[12]$/.test(half)) throw notPublished(half);
  const from = offsetOf(request);
  const object = await readObject(bucket, batchKeys.published(half), { from, to: from + windowBytes - 1 }).catch((error: unknown) => {
    if (error instanceof Error && error.name === 'InvalidRange') throw badCursor();
    throw error;
  });
  if (!object) throw notPublished(half);
  const bytes = await collected(object.pieces);
  const full = bytes.length === windowBytes;
  const whole = full ? bytes.subarray(0, bytes.lastIndexOf(0x0a) + 1) : bytes;
  return { batch: half, items: entriesOf(whole.toString('utf8')), ...(full ? { next: Buffer.from(String(from + whole.length)).toString('base64url') } : {}) };
}

function entriesOf(text: string): ListEntry[] {
  try {
    return text.split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line.replace(/,$/, '')) as ListEntry);
  } catch {
    throw badCursor(); // the offset lies inside a line
  }
}

function offsetOf(request: HttpRequest): number {
  const text = queryValue(request, 'cursor');
  if (text === undefined) return 0;
  const offset = Buffer.from(text, 'base64url').toString('latin1');
  if (!/^\d{1,12}$/.test(offset)) throw badCursor();
  return Number(offset);
}

function badCursor(): Problem {
  return new Problem('invalid-input', '翻页标记无效，请从第一页重新开始', { errors: [{ pointer: '/cursor', detail: '翻页标记无效' }] });
}

function notPublished(half: string): Problem {
  return new Problem('not-found', `没有已发布的批次 ${half.slice(0, 20)}；批次编号形如 2025-H1`);
}

async function collected(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const found: Uint8Array[] = [];
  for await (const piece of pieces) found.push(piece);
  return Buffer.concat(found);
}
