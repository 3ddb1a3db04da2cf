import { aboutOf, headersBack, lockHeaders, lockOf, tagsOf } from './about.ts';
import { bucketOf, versionAsked, versionHeader } from './asked.ts';
import type { Answer, Asked, Parts } from './asked.ts';
import type { Checksum } from './checksums.ts';
import { checkRead, checkWrite } from './conditions.ts';
import type { ReadHeader } from './conditions.ts';
import { S3Error } from './errors.ts';
import { cut, readRange } from './ranges.ts';
import type { ByteRange } from './ranges.ts';
import { hasChecksum, receiveDraft } from './receive.ts';
import type { NewVersion, Version } from './records.ts';

/** The longest key, in bytes of UTF-8. */
const longestKey = 1024;

/** Refuses keys that S3 would refuse. */
export function checkKey(key: string): void {
  const size = Buffer.byteLength(key);
  if (size > longestKey) throw new S3Error('KeyTooLongError', undefined, { extra: { Size: String(size), MaxSizeAllowed: String(longestKey) } });
}

/** PutObject: the body goes to a draft, everything it promised is checked, and one transaction makes it the object. */
export async function putObject(parts: Parts, asked: Asked): Promise<Answer> {
  checkKey(asked.key);
  const bucket = bucketOf(parts, asked.bucket);
  const about = aboutOf(asked);
  const tags = tagsOf(asked.header('x-amz-tagging'));
  const lock = lockOf(parts, asked, bucket);
  if (bucket.lock && !hasChecksum(asked)) throw new S3Error('InvalidRequest', 'Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object Lock parameters');
  checkWrite(asked.header, parts.store.latest(asked.bucket, asked.key));

  const { draft, size, md5, checksum } = await receiveDraft(parts, asked);
  await draft.keep();
  const version = await saveVersion(parts, asked.header, {
    bucket: asked.bucket,
    key: asked.key,
    size,
    etag: md5,
    modifiedAt: parts.clock.now(),
    about,
    segments: [{ blob: draft.id, size }],
    checksum,
    tags,
    ...lock,
  });
  return { status: 200, headers: { ...written(parts, version), ...checksumHeaders(checksum) } };
}

/**
 * Makes a version the newest of its key, if the conditions of the request still hold at that moment; the bytes it replaces
 * go, and so do its own when it may not be saved. Throws what `checkWrite` and `bucketOf` throw.
 */
export async function saveVersion(parts: Parts, header: ReadHeader, version: NewVersion, alongside: () => void = () => undefined): Promise<Version> {
  try {
    const { added, replaced } = parts.store.together(() => {
      bucketOf(parts, version.bucket);
      checkWrite(header, parts.store.latest(version.bucket, version.key));
      alongside();
      return parts.store.add(version, false);
    });
    await parts.blobs.remove(replaced?.segments.map(({ blob }) => blob) ?? []);
    return added;
  } catch (error) {
    await discardOrphans(parts, version);
    throw error;
  }
}

/** The bytes of a multipart upload are not ours to remove: they belong to the upload, or to whoever completed or aborted it meanwhile. */
async function discardOrphans(parts: Parts, version: NewVersion): Promise<void> {
  if (version.upload === undefined) await parts.blobs.remove(version.segments.map(({ blob }) => blob));
}

/** What every answer to a write of an object has. */
export function written(parts: Parts, version: Version): Record<string, string> {
  return { etag: `"${version.etag}"`, ...versionHeader(parts, version), ...version.about.encryption };
}

/** The headers that carry a checksum. */
export function checksumHeaders(checksum: Checksum | undefined): Record<string, string> {
  return checksum ? { [`x-amz-checksum-${checksum.algorithm}`]: checksum.value, 'x-amz-checksum-type': checksum.type } : {};
}

/** GetObject and HeadObject: conditions, ranges or one part, overrides; the bytes are streamed. */
export function getObject(parts: Parts, asked: Asked): Answer {
  const version = versionAsked(parts, asked.bucket, asked.key, asked.query.get('versionId'));
  const headers = { etag: `"${version.etag}"`, 'last-modified': new Date(version.modifiedAt).toUTCString(), ...versionHeader(parts, version) };
  if (checkRead(asked.header, version) === 'notModified') return { status: 304, headers };

  const part = partAsked(asked, version);
  const whole = { start: 0, end: version.size };
  const range = part ?? rangeAsked(asked, version);
  const wants = range ?? whole;
  const withSum = asked.header('x-amz-checksum-mode')?.toUpperCase() === 'ENABLED' && range === undefined;
  const tagCount = Object.keys(version.tags).length;
  const all = {
    ...headersBack(version, asked.query),
    ...headers,
    ...lockHeaders(version),
    'accept-ranges': 'bytes',
    'content-length': String(wants.end - wants.start),
    ...(range ? { 'content-range': `bytes ${range.start}-${range.end - 1}/${version.size}` } : {}),
    ...(tagCount > 0 ? { 'x-amz-tagging-count': String(tagCount) } : {}),
    ...(part && version.parts ? { 'x-amz-mp-parts-count': String(version.parts.length) } : {}),
    ...(withSum ? checksumHeaders(version.checksum) : {}),
  };
  const status = range ? 206 : 200;
  if (asked.method === 'HEAD') return { status, headers: all };
  const stretches = cut(version.segments, wants);
  const done = parts.blobs.hold(stretches.map(({ blob }) => blob));
  return { status, headers: all, body: parts.blobs.read(stretches), done };
}

function rangeAsked(asked: Asked, version: Version): ByteRange | undefined {
  const onlyIf = asked.header('if-range');
  if (onlyIf !== undefined && onlyIf.replace(/^"|"$/g, '') !== version.etag) return undefined;
  return readRange(asked.header('range'), version.size);
}

function partAsked(asked: Asked, version: Version): ByteRange | undefined {
  const text = asked.query.get('partNumber');
  if (text === undefined || (version.size === 0 && text === '1')) return undefined;
  if (asked.header('range') !== undefined) throw new S3Error('InvalidRequest', 'Cannot specify both Range header and partNumber query parameter');
  const number = Number(text);
  const facts = version.parts ?? [{ number: 1, size: version.size }];
  const index = facts.findIndex((fact) => fact.number === number);
  const found = facts[index];
  if (!found) throw new S3Error('InvalidRange', 'The requested partnumber is not satisfiable', { extra: { PartNumberRequested: text.slice(0, 20), ActualPartCount: String(facts.length) } });
  const start = facts.slice(0, index).reduce((sum, fact) => sum + fact.size, 0);
  return { start, end: start + found.size };
}
