import { queryNumber, cursorText, placeOf, queryValue } from '../http/cursor.ts';
import { Problem } from '../http/problem.ts';
import type { HttpRequest } from '../http/shell.ts';
import type { Bucket } from '../files/bucket.ts';
import { leafPartition } from '../store/case.ts';
import { casesIn } from '../store/lists.ts';
import { loadHeads } from '../store/load.ts';
import type { Table } from '../store/table.ts';
import { editionIn, editionsOf, halfShape, type Edition } from './editions.ts';
import { stretchOf } from './entries.ts';

const limits = { least: 1, most: 100, otherwise: 20 };
const listName = 'published';

/** The partition of byLeaf in which published runs stand. */
export const publishedPartition = leafPartition('publication', 'published');

/** A page of what was published, the newest first, corrected editions beside those they correct; public. */
export async function publishedBatches(table: Table, request: HttpRequest): Promise<Record<string, unknown>> {
  const page = await casesIn(table, 'byLeaf', [publishedPartition], queryNumber(request, 'limit', limits), placeOf(request, listName));
  const editions = (await loadHeads(table, page.items)).flatMap((head) => editionIn(head) ?? []);
  return { items: editions.map(editionAnswer), ...(page.next ? { next: cursorText(listName, page.next) } : {}) };
}

/** The editions of one half-year's list, the first one first, each with what it changed and why; public. Throws `not-found` when nothing was published. */
export async function editionList(table: Table, half: string): Promise<Record<string, unknown>> {
  const editions = halfShape.test(half) ? await editionsOf(table, half) : [];
  if (editions.length === 0) throw notPublished(half);
  return { batch: half, items: editions.map(editionAnswer) };
}

/** An edition as the API answers it; nothing of who proposed or signed it. */
export function editionAnswer({ batch, edition, case: id, number, documentNo, count, publishedAt, correction, proof }: Edition): Record<string, unknown> {
  return {
    batch, edition, case: id, number, documentNo, count, publishedAt,
    ...(correction ? { reason: correction.reason, changes: correction.changes } : {}),
    ...(proof ? { code: proof.code, sha256: proof.content.sha256, sm3: proof.content.sm3 } : {}),
  };
}

/** The edition that a request means: the one it names, else the newest. Throws `not-found`. */
export async function editionAsked(table: Table, request: HttpRequest, half: string): Promise<{ readonly edition: Edition; readonly newest: Edition }> {
  const asked = queryNumber(request, 'edition', { least: 1, most: 999, otherwise: 0 });
  const editions = halfShape.test(half) ? await editionsOf(table, half) : [];
  const newest = editions.at(-1);
  if (!newest) throw notPublished(half);
  const edition = asked === 0 ? newest : editions.find((one) => one.edition === asked);
  if (!edition) throw new Problem('not-found', `批次 ${half} 没有第${asked}版；最新为第${newest.edition}版`);
  return { edition, newest };
}

// A read of this size holds about 400 entries and stays far below the 6 MB that a function may answer.
const windowBytes = 128 * 1024;

/** A page of a published list, as it was written for good: of the newest edition, or of the one asked for; public. The cursor is the byte where the next entry's line begins. */
export async function publishedList(table: Table, bucket: Bucket, request: HttpRequest, half: string): Promise<Record<string, unknown>> {
  const { from, edition: begun } = placeIn(request);
  // Who reads on stays in the edition begun with, whatever is published meanwhile.
  const asked = begun === undefined ? (await editionAsked(table, request, half)).edition.edition : begun;
  if (!halfShape.test(half)) throw notPublished(half);
  const stretch = await stretchOf(bucket, half, asked, from, windowBytes).catch((error: unknown) => {
    if (error instanceof SyntaxError) throw badCursor(); // the offset lies inside a line
    throw error;
  });
  if (!stretch) throw from > 0 ? badCursor() : notPublished(half);
  return { batch: half, edition: asked, items: stretch.items.map(({ entry }) => entry), ...(stretch.next === undefined ? {} : { next: Buffer.from(`${asked}:${stretch.next}`).toString('base64url') }) };
}

function placeIn(request: HttpRequest): { readonly from: number; readonly edition?: number } {
  const text = queryValue(request, 'cursor');
  if (text === undefined) return { from: 0 };
  const [, edition, offset] = /^(\d{1,3}):(\d{1,12})$/.exec(Buffer.from(text, 'base64url').toString('latin1')) ?? [];
  if (edition === undefined || offset === undefined) throw badCursor();
  return { from: Number(offset), edition: Number(edition) };
}

/** What a cursor that is none is told. */
export function badCursor(): Problem {
  return new Problem('invalid-input', '翻页标记无效，请从第一页重新开始', { errors: [{ pointer: '/cursor', detail: '翻页标记无效' }] });
}

/** What is told about a batch that was not published. */
export function notPublished(half: string): Problem {
  return new Problem('not-found', `没有已发布的批次 ${half.slice(0, 20)}；批次编号形如 2025-H1`);
}
