import { randomBytes } from 'node:crypto';
import { aboutOf, lockOf, tagsOf } from './about.ts';
import { bucketOf, isoTime, xmlAnswer } from './asked.ts';
import type { Answer, Asked, Parts } from './asked.ts';
import { algorithmNamed } from './checksums.ts';
import type { Checksum, ChecksumAlgorithm } from './checksums.ts';
import { checksumElement, partChecksumHeaders, result, sourceHeader, sourceOf, sourceRange } from './copies.ts';
import { S3Error } from './errors.ts';
import { ownerElement, pageSize } from './lists.ts';
import { checkKey } from './objects.ts';
import { cut } from './ranges.ts';
import { declaredChecksum, largestUpload, receiveDraft } from './receive.ts';
import type { Received } from './receive.ts';
import type { Part, Upload } from './records.ts';
import { element, xmlDocument } from './xml.ts';
import { startDigest } from './checksums.ts';

/** The highest part number. */
const mostParts = 10_000;

/** CreateMultipartUpload. */
export function createUpload(parts: Parts, asked: Asked): Answer {
  checkKey(asked.key);
  const bucket = bucketOf(parts, asked.bucket);
  const named = asked.header('x-amz-checksum-algorithm');
  const algorithm = named === undefined ? undefined : algorithmNamed(named);
  const checksumType = typeOf(asked, algorithm);
  const upload: Upload = {
    id: randomBytes(24).toString('base64url'),
    bucket: asked.bucket,
    key: asked.key,
    startedAt: parts.clock.now(),
    about: aboutOf(asked),
    tags: tagsOf(asked.header('x-amz-tagging')),
    ...(algorithm ? { algorithm } : {}),
    checksumType,
    ...lockOf(parts, asked, bucket),
  };
  parts.store.saveUpload(upload);
  const checksum: Record<string, string> = algorithm ? { 'x-amz-checksum-algorithm': algorithm.toUpperCase(), 'x-amz-checksum-type': checksumType } : {};
  const document = xmlDocument('InitiateMultipartUploadResult', [element('Bucket', upload.bucket), element('Key', upload.key), element('UploadId', upload.id)]);
  return xmlAnswer(document, { ...checksum, ...upload.about.encryption });
}

/** SHA digests are always of the parts' digests, CRC-64/NVME always of the whole; the others are as the uploader says. */
function typeOf(asked: Asked, algorithm: ChecksumAlgorithm | undefined): Checksum['type'] {
  const wanted = asked.header('x-amz-checksum-type');
  const natural = algorithm === undefined || algorithm === 'crc64nvme' ? 'FULL_OBJECT' : 'COMPOSITE';
  if (wanted === undefined || wanted === natural) return natural;
  const possible = wanted === 'FULL_OBJECT' && (algorithm === 'crc32' || algorithm === 'crc32c');
  if (!possible) throw new S3Error('InvalidRequest', `The ${wanted.slice(0, 20)} checksum type cannot be used with the ${algorithm ?? 'crc64nvme'} checksum algorithm.`);
  return 'FULL_OBJECT';
}

/** The algorithm an upload's parts are summed with. */
export function algorithmOf(upload: Upload): ChecksumAlgorithm {
  return upload.algorithm ?? 'crc64nvme';
}

/** UploadPart. */
export async function uploadPart(parts: Parts, asked: Asked): Promise<Answer> {
  const number = partNumber(asked);
  const upload = uploadOf(parts, asked);
  const algorithm = algorithmOf(upload);
  const declared = declaredChecksum(asked)?.algorithm;
  if (upload.algorithm && declared && declared !== upload.algorithm) {
    throw new S3Error('InvalidRequest', `Checksum Type mismatch occurred, expected checksum Type: ${upload.algorithm}, actual checksum Type: ${declared}`);
  }
  const { draft, ...received } = await receiveDraft(parts, asked, algorithm);
  await draft.keep();
  const checksum = await inAlgorithm(parts, draft.id, received, algorithm);
  await savePart(parts, upload, { number, size: received.size, etag: received.md5, modifiedAt: parts.clock.now(), blob: draft.id, checksum });
  return { status: 200, headers: { etag: `"${received.md5}"`, ...partChecksumHeaders(algorithm, checksum), ...upload.about.encryption } };
}

/** A part that was summed with an algorithm the upload does not keep is read again. */
async function inAlgorithm(parts: Parts, blob: string, received: Received, algorithm: ChecksumAlgorithm): Promise<string> {
  if (received.checksum.algorithm === algorithm) return received.checksum.value;
  const digest = startDigest(algorithm);
  for await (const chunk of parts.blobs.read([{ blob, start: 0, end: received.size }])) digest.update(chunk);
  return (await digest.end()).toString('base64');
}

/** UploadPartCopy: a part made of an object or of a range of one. */
export async function uploadPartCopy(parts: Parts, asked: Asked): Promise<Answer> {
  const number = partNumber(asked);
  const upload = uploadOf(parts, asked);
  const source = sourceOf(parts, asked);
  const range = sourceRange(asked, source);
  const size = range.end - range.start;
  if (size > largestUpload) throw new S3Error('EntityTooLarge');
  const algorithm = algorithmOf(upload);
  const release = parts.blobs.hold(source.segments.map(({ blob }) => blob));
  const draft = await parts.blobs.draft();
  const [md5, sum] = [startDigest('md5'), startDigest(algorithm)];
  try {
    for await (const chunk of parts.blobs.read(cut(source.segments, range))) {
      md5.update(chunk);
      sum.update(chunk);
      await draft.write(chunk);
    }
    await draft.keep();
  } catch (error) {
    await draft.discard();
    throw error;
  } finally {
    release();
  }
  const etag = Buffer.from(await md5.end()).toString('hex');
  const checksum = { algorithm, value: (await sum.end()).toString('base64') };
  const modifiedAt = parts.clock.now();
  await savePart(parts, upload, { number, size, etag, modifiedAt, blob: draft.id, checksum: checksum.value });
  return xmlAnswer(xmlDocument('CopyPartResult', [result(etag, modifiedAt, undefined), checksumElement(checksum)]), { ...sourceHeader(parts, source), ...upload.about.encryption });
}

/** The upload may have been completed or aborted while the bytes came in; then they go. */
async function savePart(parts: Parts, upload: Upload, part: Part): Promise<void> {
  const outcome = parts.store.together(() => (parts.store.upload(upload.id) ? { replaced: parts.store.savePart(upload.id, part) } : 'gone'));
  if (outcome === 'gone') {
    await parts.blobs.remove([part.blob]);
    throw new S3Error('NoSuchUpload', undefined, { extra: { UploadId: upload.id } });
  }
  if (outcome.replaced) await parts.blobs.remove([outcome.replaced.blob]);
}

/** AbortMultipartUpload. */
export async function abortUpload(parts: Parts, asked: Asked): Promise<Answer> {
  const upload = uploadOf(parts, asked);
  const blobs = parts.store.parts(upload.id).map(({ blob }) => blob);
  parts.store.removeUpload(upload.id);
  await parts.blobs.remove(blobs);
  return { status: 204 };
}

/** ListParts. */
export function listParts(parts: Parts, asked: Asked): Answer {
  const upload = uploadOf(parts, asked);
  const most = pageSize(asked.query, 'max-parts');
  const marker = Number(asked.query.get('part-number-marker') ?? 0);
  if (!Number.isInteger(marker) || marker < 0) throw new S3Error('InvalidArgument', 'part-number-marker must be a part number');
  const after = parts.store.parts(upload.id).filter(({ number }) => number > marker);
  const page = after.slice(0, most);
  const algorithm = algorithmOf(upload);
  return xmlAnswer(xmlDocument('ListPartsResult', [
    element('Bucket', upload.bucket),
    element('Key', upload.key),
    element('UploadId', upload.id),
    ownerElement(parts, 'Initiator'),
    ownerElement(parts),
    element('StorageClass', 'STANDARD'),
    element('PartNumberMarker', marker),
    element('NextPartNumberMarker', page.at(-1)?.number ?? 0),
    element('MaxParts', most),
    element('IsTruncated', after.length > page.length && most > 0),
    element('ChecksumAlgorithm', upload.algorithm?.toUpperCase()),
    element('ChecksumType', upload.algorithm && upload.checksumType),
    page.map((part) => element('Part', [element('PartNumber', part.number), element('LastModified', isoTime(part.modifiedAt)), element('ETag', `"${part.etag}"`), element('Size', part.size), checksumElement({ algorithm, value: part.checksum })])),
  ]));
}

/** ListMultipartUploads, ordered by key and then by start. */
export function listUploads(parts: Parts, asked: Asked): Answer {
  bucketOf(parts, asked.bucket);
  const { query } = asked;
  if (query.has('delimiter')) throw new S3Error('NotImplemented', 'ListMultipartUploads with a delimiter is not implemented');
  const most = pageSize(query, 'max-uploads');
  const [prefix, keyMarker, idMarker] = [query.get('prefix') ?? '', query.get('key-marker') ?? '', query.get('upload-id-marker') ?? ''];
  const all = parts.store.uploads(asked.bucket).filter(({ key }) => key.startsWith(prefix)).sort((a, b) => Buffer.compare(placeOf(a), placeOf(b)));
  const seen = all.findIndex(({ id, key }) => id === idMarker && key === keyMarker);
  const rest = seen >= 0 ? all.slice(seen + 1) : all.filter(({ key }) => Buffer.compare(Buffer.from(key), Buffer.from(keyMarker)) > 0);
  const page = rest.slice(0, most);
  const truncated = rest.length > page.length && most > 0;
  return xmlAnswer(xmlDocument('ListMultipartUploadsResult', [
    element('Bucket', asked.bucket),
    element('Prefix', prefix),
    element('KeyMarker', keyMarker),
    element('UploadIdMarker', idMarker),
    element('NextKeyMarker', truncated ? page.at(-1)?.key : undefined),
    element('NextUploadIdMarker', truncated ? page.at(-1)?.id : undefined),
    element('MaxUploads', most),
    element('IsTruncated', truncated),
    page.map((upload) => element('Upload', [element('Key', upload.key), element('UploadId', upload.id), ownerElement(parts, 'Initiator'), ownerElement(parts), element('StorageClass', 'STANDARD'), element('Initiated', isoTime(upload.startedAt))])),
  ]));
}

function placeOf(upload: Upload): Buffer {
  return Buffer.concat([Buffer.from(upload.key), Buffer.from([0]), Buffer.from(String(upload.startedAt).padStart(16, '0'))]);
}

/** The upload a request names; it must be of the request's bucket and key. Throws NoSuchUpload. */
export function uploadOf(parts: Parts, asked: Asked): Upload {
  bucketOf(parts, asked.bucket);
  const id = asked.query.get('uploadId') ?? '';
  const upload = parts.store.upload(id);
  if (!upload || upload.bucket !== asked.bucket || upload.key !== asked.key) throw new S3Error('NoSuchUpload', undefined, { extra: { UploadId: id.slice(0, 100) } });
  return upload;
}

function partNumber(asked: Asked): number {
  const text = asked.query.get('partNumber') ?? '';
  const number = Number(text);
  if (!/^\d{1,5}$/.test(text) || number < 1 || number > mostParts) throw new S3Error('InvalidArgument', 'Part number must be an integer between 1 and 10000, inclusive', { extra: { ArgumentName: 'partNumber', ArgumentValue: text.slice(0, 40) } });
  return number;
}
