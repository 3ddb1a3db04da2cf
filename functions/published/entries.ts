import { batchKeys, type ListEntry } from '../activities/batch-list.ts';
import { readObject, type Bucket } from '../files/bucket.ts';

/** An entry of a list, and the byte at which the next one's line begins. */
export interface Placed<T = ListEntry> {
  readonly entry: T;
  readonly next: number;
}

/** A stretch of a published list. `next` is the byte where the following one begins; absent at the end of the list. */
export interface Stretch<T = ListEntry> {
  readonly items: readonly Placed<T>[];
  readonly next?: number;
}

/** How much of a list is read at once: about 1,500 entries. */
export const stretchBytes = 512 * 1024;

/** The entries that begin in a stretch of a published list; `undefined` when there is no such list or `from` lies behind its end. Throws `SyntaxError` when `from` lies inside a line. */
export async function stretchOf(bucket: Bucket, half: string, edition: number, from: number, bytes = stretchBytes): Promise<Stretch | undefined> {
  return stretchOfFile(bucket, batchKeys.published(half, edition), from, bytes);
}

/** The same of any file that was written line by line. */
export async function stretchOfFile<T = ListEntry>(bucket: Bucket, file: string, from: number, bytes = stretchBytes): Promise<Stretch<T> | undefined> {
  const read = await bytesOf(bucket, file, from, bytes);
  if (!read) return undefined;
  const full = read.length === bytes;
  const whole = full ? read.subarray(0, read.lastIndexOf(0x0a) + 1) : read;
  return { items: placed<T>(whole, from), ...(full ? { next: from + whole.length } : {}) };
}

/** All entries of a published list, one stretch after the other. */
export async function* entriesOf(bucket: Bucket, half: string, edition: number): AsyncGenerator<ListEntry> {
  for (let from: number | undefined = 0; from !== undefined; ) {
    const stretch: Stretch | undefined = await stretchOf(bucket, half, edition, from);
    if (!stretch) return;
    for (const { entry } of stretch.items) yield entry;
    from = stretch.next;
  }
}

/** The entry of one number; `undefined` when this edition has none. */
export async function entryNumbered(bucket: Bucket, half: string, edition: number, number: string): Promise<ListEntry | undefined> {
  for await (const entry of entriesOf(bucket, half, edition)) if (entry.number === number) return entry;
  return undefined;
}

async function bytesOf(bucket: Bucket, file: string, from: number, bytes: number): Promise<Buffer | undefined> {
  const object = await readObject(bucket, file, { from, to: from + bytes - 1 }).catch((error: unknown) => {
    if (error instanceof Error && error.name === 'InvalidRange') return undefined;
    throw error;
  });
  if (!object) return undefined;
  const found: Uint8Array[] = [];
  for await (const piece of object.pieces) found.push(piece);
  return Buffer.concat(found);
}

// One entry stands on each line; the first and the last line are the brackets of the array.
function placed<T>(bytes: Buffer, from: number): Placed<T>[] {
  const items: Placed<T>[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(0x0a, at);
    const next = end < 0 ? bytes.length : end + 1;
    const line = bytes.toString('utf8', at, next).trimEnd();
    if (line.startsWith('{')) items.push({ entry: JSON.parse(line.replace(/,$/, '')) as T, next: from + next });
    else if (line !== '[' && line !== ']' && line !== '[]') throw new SyntaxError('not the beginning of a line');
    at = next;
  }
  return items;
}
