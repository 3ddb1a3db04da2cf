import {
  AbortMultipartUploadCommand, CompleteMultipartUploadCommand, CreateMultipartUploadCommand, GetObjectCommand, HeadObjectCommand, NoSuchKey, PutObjectCommand, S3Client,
  UploadPartCommand, type CompletedPart, type S3ClientConfig,
} from '@aws-sdk/client-s3';
import type { Digests } from '../../shared/evidence.ts';
import { runningDigest } from '../store/digest.ts';

/** The bucket: a client and its name. */
export interface Bucket {
  readonly client: S3Client;
  readonly name: string;
}

/** An S3 client; path-style where a local endpoint is set, because bucket names do not resolve there. */
export function s3Client(config: S3ClientConfig = {}): S3Client {
  const local = process.env['AWS_ENDPOINT_URL_S3'] !== undefined || config.endpoint !== undefined;
  // Without this the presigner would sign a CRC32 of an empty body; our uploads sign their SHA-256 instead.
  return new S3Client({ forcePathStyle: local, requestChecksumCalculation: 'WHEN_REQUIRED', responseChecksumValidation: 'WHEN_REQUIRED', ...config });
}

/** What was written: size in bytes and both digests. */
export interface Written extends Digests {
  readonly size: number;
}

// S3 wants parts of at least 5 MiB, the last one excepted; one part is all that is in memory at a time.
const partBytes = 5 * 1024 * 1024;

// A bucket with object lock takes no object without a checksum, and the client computes none by itself (see above).
const withChecksum = { ChecksumAlgorithm: 'SHA256' } as const;

/**
 * Writes texts to an object piece by piece, memory flat. With `once` an object that is there already stays as it is (what is
 * final is immutable) and the answer tells what this call would have written.
 */
export async function writeObject(bucket: Bucket, key: string, contentType: string, pieces: AsyncIterable<string>, once = false): Promise<Written> {
  const running = runningDigest();
  let size = 0;
  const parts = inParts(pieces, (bytes) => {
    running.update(bytes);
    size += bytes.length;
  });
  const first = (await parts.next()).value ?? new Uint8Array();
  const condition = once ? ({ IfNoneMatch: '*' } as const) : {};
  const send = async (): Promise<void> => {
    // A full part goes out before the next one is gathered.
    if (first.length >= partBytes) await multipart(bucket, key, contentType, first, parts, condition);
    else await bucket.client.send(new PutObjectCommand({ Bucket: bucket.name, Key: key, Body: first, ContentType: contentType, ...withChecksum, ...condition }));
  };
  await (once ? butFor('PreconditionFailed', send) : send());
  return { size, ...running.digest() };
}

/** The bytes of an object as a stream of pieces, from `from` on; `undefined` when there is no such object (or version). */
export async function readObject(bucket: Bucket, key: string, range: { readonly from?: number; readonly to?: number; readonly version?: string } = {}): Promise<ObjectStream | undefined> {
  const header = range.from === undefined ? {} : { Range: `bytes=${range.from}-${range.to ?? ''}` };
  try {
    const answer = await bucket.client.send(new GetObjectCommand({ Bucket: bucket.name, Key: key, ...header, ...(range.version === undefined ? {} : { VersionId: range.version }) }));
    return { version: answer.VersionId, contentType: answer.ContentType, size: answer.ContentLength ?? 0, pieces: answer.Body as unknown as AsyncIterable<Uint8Array> };
  } catch (error) {
    if (error instanceof NoSuchKey) return undefined;
    throw error;
  }
}

/** An object on its way in. */
export interface ObjectStream {
  readonly version: string | undefined;
  readonly contentType: string | undefined;
  readonly size: number;
  readonly pieces: AsyncIterable<Uint8Array>;
}

/** Whether an object is there. */
export async function objectExists(bucket: Bucket, key: string): Promise<boolean> {
  return bucket.client.send(new HeadObjectCommand({ Bucket: bucket.name, Key: key })).then(
    () => true,
    (error: unknown) => {
      if (error instanceof Error && (error.name === 'NotFound' || error.name === 'NoSuchKey')) return false;
      throw error;
    },
  );
}

/** The lines of a text stream, without their ends; memory holds one line and one piece. */
export async function* linesOf(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const piece of pieces) {
    const lines = (rest + decoder.decode(piece, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
}

async function* inParts(pieces: AsyncIterable<string>, seen: (bytes: Uint8Array) => void): AsyncGenerator<Uint8Array, undefined> {
  let held: Buffer[] = [];
  let size = 0;
  for await (const piece of pieces) {
    const bytes = Buffer.from(piece, 'utf8');
    seen(bytes);
    held.push(bytes);
    size += bytes.length;
    if (size < partBytes) continue;
    const part = Buffer.concat(held);
    // Let go before the part is on its way, not after.
    held = [];
    size = 0;
    yield part;
  }
  if (size > 0) yield Buffer.concat(held);
  return undefined;
}

async function multipart(bucket: Bucket, key: string, contentType: string, first: Uint8Array, rest: AsyncIterable<Uint8Array>, condition: { readonly IfNoneMatch?: '*' }): Promise<void> {
  const target = { Bucket: bucket.name, Key: key };
  const { UploadId } = await bucket.client.send(new CreateMultipartUploadCommand({ ...target, ContentType: contentType, ...withChecksum }));
  const parts: CompletedPart[] = [];
  const upload = async (body: Uint8Array): Promise<void> => {
    const PartNumber = parts.length + 1;
    const { ETag, ChecksumSHA256 } = await bucket.client.send(new UploadPartCommand({ ...target, UploadId, PartNumber, Body: body, ...withChecksum }));
    parts.push({ ETag, PartNumber, ChecksumSHA256 });
  };
  try {
    await upload(first);
    for await (const body of rest) await upload(body);
    await bucket.client.send(new CompleteMultipartUploadCommand({ ...target, UploadId, MultipartUpload: { Parts: parts }, ...condition }));
  } catch (error) {
    // An upload that was completed, though the answer was lost, is none any more.
    await butFor('NoSuchUpload', () => bucket.client.send(new AbortMultipartUploadCommand({ ...target, UploadId })));
    throw error;
  }
}

/** Sends what may fail for one reason. */
async function butFor(reason: string, send: () => Promise<unknown>): Promise<void> {
  try {
    await send();
  } catch (error) {
    if (!(error instanceof Error) || error.name !== reason) throw error;
  }
}
