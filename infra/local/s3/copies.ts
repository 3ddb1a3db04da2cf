import { sourceNeeds } from '../iam/s3-needs.ts';
import { aboutOf, lockOf, refuseNotDone, tagsOf } from './about.ts';
import { bucketOf, isoTime, versionAsked, versionHeader, xmlAnswer } from './asked.ts';
import type { Answer, Asked, Parts } from './asked.ts';
import { algorithmNamed, startDigest } from './checksums.ts';
import type { Checksum, ChecksumAlgorithm } from './checksums.ts';
import { checkRead } from './conditions.ts';
import { S3Error } from './errors.ts';
import { checkKey, checksumHeaders, saveVersion, written } from './objects.ts';
import { cut, readRange } from './ranges.ts';
import { largestUpload } from './receive.ts';
import type { Segment, Version } from './records.ts';
import { element, xmlDocument } from './xml.ts';
import type { Markup } from './xml.ts';

/** CopyObject: the copy shares the bytes of its source, so its cost does not grow with size. */
export async function copyObject(parts: Parts, asked: Asked): Promise<Answer> {
  checkKey(asked.key);
  const bucket = bucketOf(parts, asked.bucket);
  const source = sourceOf(parts, asked);
  if (source.size > largestUpload) throw new S3Error('InvalidRequest', 'The specified copy source is larger than the maximum allowable size for a copy source: 5368709120');
  const newHeaders = directive(asked, 'x-amz-metadata-directive') === 'REPLACE';
  const newTags = directive(asked, 'x-amz-tagging-directive') === 'REPLACE';
  const onItself = source.bucket === asked.bucket && source.key === asked.key && source.latest;
  if (onItself && !newHeaders && !newTags && asked.header('x-amz-server-side-encryption') === undefined) {
    throw new S3Error('InvalidRequest', "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.");
  }
  refuseNotDone(asked);
  const about = aboutOf(asked);
  const lock = lockOf(parts, asked, bucket);
  const wanted = asked.header('x-amz-checksum-algorithm');
  const release = parts.blobs.hold(source.segments.map(({ blob }) => blob));
  try {
    const checksum = await checksumOf(parts, source, wanted === undefined ? undefined : algorithmNamed(wanted));
    const segments: Segment[] = [];
    for (const { blob, size } of source.segments) segments.push({ blob: await parts.blobs.share(blob), size });
    const version = await saveVersion(parts, asked.header, {
      bucket: asked.bucket,
      key: asked.key,
      size: source.size,
      etag: source.etag,
      modifiedAt: parts.clock.now(),
      about: newHeaders ? about : { ...source.about, encryption: about.encryption },
      segments,
      ...(checksum ? { checksum } : {}),
      tags: newTags ? tagsOf(asked.header('x-amz-tagging')) : source.tags,
      ...lock,
    });
    const headers = { ...written(parts, version), ...sourceHeader(parts, source) };
    return xmlAnswer(xmlDocument('CopyObjectResult', result(version.etag, version.modifiedAt, version.checksum)), headers);
  } finally {
    release();
  }
}

/** The source that `x-amz-copy-source` names, after its permission and conditions were checked; throws InvalidArgument, NoSuchKey, PreconditionFailed. */
export function sourceOf(parts: Parts, asked: Asked): Version {
  const header = asked.header('x-amz-copy-source') ?? '';
  const named = /^\/?([^/?]+)\/([^?]+)(?:\?versionId=([\w.-]+))?$/.exec(header);
  if (!named) throw new S3Error('InvalidArgument', 'Invalid copy source: it must be <bucket>/<key>, percent-encoded, with ?versionId=… if need be', { extra: { ArgumentName: 'x-amz-copy-source' } });
  const [bucket, key] = [decodeSource(named[1] ?? ''), decodeSource(named[2] ?? '')];
  asked.demand(sourceNeeds({ partition: parts.partition, bucket, key, versioned: named[3] !== undefined }));
  const version = versionAsked(parts, bucket, key, named[3]);
  // Of a copy's source even "not modified" is a failed precondition.
  if (checkRead(asked.header, version, 'x-amz-copy-source-') === 'notModified') throw new S3Error('PreconditionFailed', undefined, { extra: { Condition: 'x-amz-copy-source-If-None-Match' } });
  return version;
}

function decodeSource(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new S3Error('InvalidArgument', 'The copy source is not percent-encoded UTF-8');
  }
}

/** The header that tells which version was copied. */
export function sourceHeader(parts: Parts, source: Version): Record<string, string> {
  const id = versionHeader(parts, source)['x-amz-version-id'];
  return id === undefined ? {} : { 'x-amz-copy-source-version-id': id };
}

/** The range of the source that an UploadPartCopy takes; throws InvalidArgument. */
export function sourceRange(asked: Asked, source: Version): { readonly start: number; readonly end: number } {
  const text = asked.header('x-amz-copy-source-range');
  if (text === undefined) return { start: 0, end: source.size };
  const last = /^bytes=\d+-(\d+)$/.exec(text)?.[1];
  const range = last === undefined || Number(last) >= source.size ? undefined : readRange(text, source.size);
  if (!range) throw new S3Error('InvalidArgument', `Range specified is not valid for source object of size: ${source.size}`);
  return range;
}

/** A copy keeps its source's checksum, unless another algorithm is wanted or the source's is one of parts. */
async function checksumOf(parts: Parts, source: Version, wanted: ChecksumAlgorithm | undefined): Promise<Checksum | undefined> {
  const algorithm = wanted ?? source.checksum?.algorithm;
  if (algorithm === undefined || (source.checksum?.algorithm === algorithm && source.checksum.type === 'FULL_OBJECT')) return source.checksum;
  const digest = startDigest(algorithm);
  for await (const chunk of parts.blobs.read(cut(source.segments, { start: 0, end: source.size }))) digest.update(chunk);
  return { algorithm, value: (await digest.end()).toString('base64'), type: 'FULL_OBJECT' };
}

function directive(asked: Asked, name: string): string {
  const value = asked.header(name) ?? 'COPY';
  if (value !== 'COPY' && value !== 'REPLACE') throw new S3Error('InvalidArgument', `Unknown directive in ${name}; use COPY or REPLACE`);
  return value;
}

/** What a copy's document holds; shared by objects and parts. */
export function result(etag: string, modifiedAt: number, checksum: Checksum | undefined): readonly (Markup | undefined)[] {
  return [element('LastModified', isoTime(modifiedAt)), element('ETag', `"${etag}"`), checksumElement(checksum), element('ChecksumType', checksum?.type)];
}

/** A checksum as documents carry it: `<ChecksumSHA256>…`. */
export function checksumElement(checksum: Pick<Checksum, 'algorithm' | 'value'> | undefined): Markup | undefined {
  return checksum && element(`Checksum${checksum.algorithm.toUpperCase()}`, checksum.value);
}

/** The headers of an answer that carries the checksum of one part. */
export function partChecksumHeaders(algorithm: ChecksumAlgorithm, value: string): Record<string, string> {
  const { [`x-amz-checksum-${algorithm}`]: header = value } = checksumHeaders({ algorithm, value, type: 'FULL_OBJECT' });
  return { [`x-amz-checksum-${algorithm}`]: header };
}
