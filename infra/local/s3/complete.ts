import { createHash } from 'node:crypto';
import { xmlAnswer } from './asked.ts';
import type { Answer, Asked, Parts } from './asked.ts';
import { compositeOf, joinCrcs } from './checksums.ts';
import type { Checksum } from './checksums.ts';
import { checksumElement } from './copies.ts';
import { S3Error } from './errors.ts';
import { algorithmOf, uploadOf } from './multipart.ts';
import { saveVersion, written } from './objects.ts';
import { receiveText } from './receive.ts';
import type { Part, Upload, Version } from './records.ts';
import { childrenOf, childText, element, onlyChildren, parseXml, xmlDocument } from './xml.ts';
import type { XmlNode } from './xml.ts';

/** The least size of every part but the last: 5 MiB. */
const smallestPart = 5 * 1024 ** 2;
/** The largest object: 5 TiB, by the classic limit; a part is at most 5 GiB. */
const largestObject = 5 * 1024 ** 4;

/**
 * CompleteMultipartUpload: checks the list against the parts and makes them the object without copying a byte. Asked a second
 * time (the answer was lost), it answers the same while the object it made is there.
 */
export async function completeUpload(parts: Parts, asked: Asked): Promise<Answer> {
  const list = parseXml(await receiveText(asked), 'CompleteMultipartUpload');
  const before = madeBefore(parts, asked);
  if (before) return answer(parts, before);
  const upload = uploadOf(parts, asked);
  const kept = parts.store.parts(upload.id);
  const chosen = chosenParts(list, kept, upload);
  const size = chosen.reduce((sum, part) => sum + part.size, 0);
  checkSize(asked, size);
  const checksum = await checksumOf(upload, chosen);
  checkChecksum(asked, checksum);

  const version = await saveVersion(
    parts,
    asked.header,
    {
      bucket: upload.bucket,
      key: upload.key,
      size,
      etag: etagOf(chosen),
      modifiedAt: parts.clock.now(),
      about: upload.about,
      segments: chosen.map((part) => ({ blob: part.blob, size: part.size })),
      parts: chosen.map((part, index) => ({ number: index + 1, size: part.size, checksum: part.checksum })),
      checksum,
      upload: upload.id,
      tags: upload.tags,
      ...(upload.retention ? { retention: upload.retention } : {}),
      hold: upload.hold,
    },
    () => takeUpload(parts, upload, chosen),
  );
  const used = new Set(chosen.map(({ blob }) => blob));
  await parts.blobs.remove(kept.map(({ blob }) => blob).filter((blob) => !used.has(blob)));
  return answer(parts, version);
}

/** Inside the transaction: of two completions at once, or one beside an abort or a new part, one finds the parts changed. */
function takeUpload(parts: Parts, upload: Upload, chosen: readonly Part[]): void {
  if (!parts.store.upload(upload.id)) throw new S3Error('NoSuchUpload', undefined, { extra: { UploadId: upload.id } });
  const now = new Set(parts.store.parts(upload.id).map(({ blob }) => blob));
  if (!chosen.every(({ blob }) => now.has(blob))) throw new S3Error('InvalidPart');
  parts.store.removeUpload(upload.id);
}

function madeBefore(parts: Parts, asked: Asked): Version | undefined {
  const id = asked.query.get('uploadId') ?? '';
  const latest = parts.store.latest(asked.bucket, asked.key);
  return latest?.upload !== undefined && latest.upload === id ? latest : undefined;
}

function chosenParts(list: XmlNode, kept: readonly Part[], upload: Upload): readonly Part[] {
  onlyChildren(list, ['Part']);
  const byNumber = new Map(kept.map((part) => [part.number, part]));
  const chosen = childrenOf(list, 'Part').map((node) => checkedPart(node, byNumber, upload));
  if (chosen.length === 0) throw new S3Error('MalformedXML', 'You must specify at least one part');
  if (chosen.some((part, index) => index > 0 && part.number <= (chosen[index - 1]?.number ?? 0))) throw new S3Error('InvalidPartOrder');
  const small = chosen.slice(0, -1).find((part) => part.size < smallestPart);
  if (small) throw new S3Error('EntityTooSmall', undefined, { extra: { PartNumber: String(small.number), ProposedSize: String(small.size), MinSizeAllowed: String(smallestPart) } });
  return chosen;
}

function checkedPart(node: XmlNode, kept: ReadonlyMap<number, Part>, upload: Upload): Part {
  const number = Number(childText(node, 'PartNumber') ?? NaN);
  const etag = (childText(node, 'ETag') ?? '').trim().replace(/^"|"$/g, '');
  const part = kept.get(number);
  if (!part || part.etag !== etag) throw new S3Error('InvalidPart', undefined, { extra: { UploadId: upload.id, PartNumber: String(number), ETag: etag.slice(0, 80) } });
  const checksum = childText(node, `Checksum${algorithmOf(upload).toUpperCase()}`);
  if (checksum !== undefined && checksum !== part.checksum) throw new S3Error('InvalidPart', 'The checksum given for a part is not the one it was received with', { extra: { PartNumber: String(number) } });
  if (checksum === undefined && upload.algorithm && upload.checksumType === 'COMPOSITE') {
    throw new S3Error('InvalidRequest', `The upload was created using a ${upload.algorithm} checksum. The complete request must include the checksum for each part. It was missing for part ${number} in the request.`);
  }
  return part;
}

function checkSize(asked: Asked, size: number): void {
  if (size > largestObject) throw new S3Error('EntityTooLarge');
  const promised = asked.header('x-amz-mp-object-size');
  if (promised !== undefined && promised !== String(size)) throw new S3Error('InvalidRequest', `The provided 'x-amz-mp-object-size' header value ${promised.slice(0, 20)} does not match what was computed: ${size}`);
}

function etagOf(parts: readonly Part[]): string {
  const md5s = Buffer.concat(parts.map(({ etag }) => Buffer.from(etag, 'hex')));
  return `${createHash('md5').update(md5s).digest('hex')}-${parts.length}`;
}

async function checksumOf(upload: Upload, chosen: readonly Part[]): Promise<Checksum> {
  const algorithm = algorithmOf(upload);
  const type = upload.checksumType;
  const value = type === 'COMPOSITE' ? await compositeOf(algorithm, chosen.map(({ checksum }) => checksum)) : joinCrcs(algorithm, chosen.map(({ checksum, size }) => ({ value: checksum, size })));
  return { algorithm, value, type };
}

function checkChecksum(asked: Asked, checksum: Checksum): void {
  const promised = asked.header(`x-amz-checksum-${checksum.algorithm}`);
  // A composite value may be given without the number of parts.
  if (promised !== undefined && promised !== checksum.value && promised !== checksum.value.replace(/-\d+$/, '')) {
    throw new S3Error('BadDigest', `The ${checksum.algorithm} you specified did not match the calculated checksum.`);
  }
  const type = asked.header('x-amz-checksum-type');
  if (type !== undefined && type !== checksum.type) throw new S3Error('InvalidRequest', `The upload was created using the ${checksum.type} checksum mode. The complete request must use the same checksum mode.`);
}

function answer(parts: Parts, version: Version): Answer {
  const { etag: _etag, ...headers } = written(parts, version);
  return xmlAnswer(xmlDocument('CompleteMultipartUploadResult', [
    element('Location', `/${version.bucket}/${encodeURI(version.key)}`),
    element('Bucket', version.bucket),
    element('Key', version.key),
    element('ETag', `"${version.etag}"`),
    checksumElement(version.checksum),
    element('ChecksumType', version.checksum?.type),
  ]), headers);
}
