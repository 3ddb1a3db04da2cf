import { S3Error } from './errors.ts';
import type { Version } from './records.ts';

/** How a request's headers are read. */
export type ReadHeader = (name: string) => string | undefined;

/** Checks the conditions of a read, in the order of RFC 9110 section 13.2.2; answers `notModified` or throws PreconditionFailed. `prefix` is that of CopyObject's headers. */
export function checkRead(header: ReadHeader, version: Version, prefix = ''): 'proceed' | 'notModified' {
  const match = header(`${prefix}if-match`);
  const noneMatch = header(`${prefix}if-none-match`);
  const since = instant(header(`${prefix}if-modified-since`));
  const until = instant(header(`${prefix}if-unmodified-since`));
  const modifiedAt = Math.floor(version.modifiedAt / 1000) * 1000;
  if (match !== undefined && !names(match, version.etag)) throw failed('If-Match');
  if (match === undefined && until !== undefined && modifiedAt > until) throw failed('If-Unmodified-Since');
  if (noneMatch !== undefined) return names(noneMatch, version.etag) ? 'notModified' : 'proceed';
  return since !== undefined && modifiedAt <= since ? 'notModified' : 'proceed';
}

/** Checks the conditions of a write against what is there now (a delete marker is nothing); throws PreconditionFailed, NoSuchKey or NotImplemented. */
export function checkWrite(header: ReadHeader, current: Version | undefined): void {
  const there = current && !current.marker ? current : undefined;
  const noneMatch = header('if-none-match');
  if (noneMatch !== undefined && noneMatch !== '*') throw new S3Error('NotImplemented', 'If-None-Match with an entity tag is not implemented for writes; only * is');
  if (noneMatch === '*' && there) throw failed('If-None-Match');
  const match = header('if-match');
  if (match === undefined) return;
  if (!there) throw new S3Error('NoSuchKey');
  if (!names(match, there.etag)) throw failed('If-Match');
}

function names(condition: string, etag: string): boolean {
  return condition.trim() === '*' || condition.split(',').some((one) => one.trim().replace(/^"|"$/g, '') === etag);
}

function instant(text: string | undefined): number | undefined {
  const at = text === undefined ? NaN : Date.parse(text);
  return Number.isNaN(at) ? undefined : at;
}

function failed(condition: string): S3Error {
  return new S3Error('PreconditionFailed', undefined, { extra: { Condition: condition } });
}
