import type { Stretch } from './blobs.ts';
import { S3Error } from './errors.ts';
import type { Segment } from './records.ts';

/** The bytes from `start` up to but not including `end`. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * Reads a Range header against an object's size (bytes). Undefined means the whole object: no header, a unit other than
 * bytes, more than one range, or a range that makes no sense (RFC 9110 section 14.2). Throws InvalidRange beyond the end.
 */
export function readRange(header: string | undefined, size: number): ByteRange | undefined {
  const parts = /^bytes=(\d{0,15})-(\d{0,15})$/.exec((header ?? '').trim());
  const [, first = '', last = ''] = parts ?? [];
  if (!parts || (first === '' && last === '') || (first !== '' && last !== '' && Number(last) < Number(first))) return undefined;
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size : Math.min(size, Number(last) + 1);
  if (start >= size || (first === '' && Number(last) === 0)) {
    throw new S3Error('InvalidRange', undefined, { extra: { RangeRequested: String(header), ActualObjectSize: String(size) }, headers: { 'content-range': `bytes */${size}` } });
  }
  return { start, end };
}

/** Cuts a range out of an object's segments. */
export function cut(segments: readonly Segment[], range: ByteRange): readonly Stretch[] {
  const stretches: Stretch[] = [];
  let offset = 0;
  for (const { blob, size } of segments) {
    const start = Math.max(0, range.start - offset);
    const end = Math.min(size, range.end - offset);
    if (start < end) stretches.push({ blob, start, end });
    offset += size;
  }
  return stretches;
}
