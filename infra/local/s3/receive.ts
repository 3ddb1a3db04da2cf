import type { IncomingMessage } from 'node:http';
import { framingOf, unframe } from './aws-chunked.ts';
import type { Asked, Parts } from './asked.ts';
import type { Draft } from './blobs.ts';
import { algorithmNamed, checksumAlgorithms, checksumBytes, startDigest } from './checksums.ts';
import type { Checksum, ChecksumAlgorithm } from './checksums.ts';
import { S3Error } from './errors.ts';

/** The largest body of a single request: 5 GiB. */
export const largestUpload = 5 * 1024 ** 3;

/** Requests whose client waits for a word before it sends the body; reading the body is that word. */
export const awaitingContinue = new WeakMap<IncomingMessage, () => void>();

/** What a body turned out to be. `md5` is hex; the checksum is the one that was asked for, or CRC-64/NVME as S3 does. */
export interface Received {
  readonly size: number;
  readonly md5: string;
  readonly checksum: Checksum;
}

/** How many bytes a body may have where its length is not known before. */
export interface SizeLimits {
  readonly least: number;
  readonly most: number;
}

/** What a request promises about its body; without a length it must stay within the limits. */
interface Promised {
  readonly length?: number;
  readonly limits: SizeLimits;
  readonly algorithm: ChecksumAlgorithm;
  readonly checksum?: string;
  readonly trailer: boolean;
  readonly md5?: string;
  readonly sha256?: string;
}

/** Receives a body into a draft; on any failure the draft is gone. Throws all that `receive` throws. */
export async function receiveDraft(parts: Parts, asked: Asked, algorithm?: ChecksumAlgorithm): Promise<Received & { readonly draft: Draft }> {
  const promised = promisedBy(asked, algorithm);
  const draft = await parts.blobs.draft();
  try {
    return { ...(await receive(bodyOf(asked), promised, (chunk) => draft.write(chunk))), draft };
  } catch (error) {
    await draft.discard();
    throw error;
  }
}

/** Receives the file of a form, whose length nobody told; throws EntityTooSmall and EntityTooLarge beyond the limits. */
export async function receiveFile(parts: Parts, asked: Asked, file: AsyncIterable<Uint8Array>, limits: SizeLimits): Promise<Received & { readonly draft: Draft }> {
  const { length: _ofTheForm, md5: _alsoOfTheForm, sha256: _and, ...promised } = promisedBy(asked);
  const draft = await parts.blobs.draft();
  try {
    return { ...(await receive({ chunks: file, trailers: new Map() }, { ...promised, limits }, (chunk) => draft.write(chunk))), draft };
  } catch (error) {
    await draft.discard();
    throw error;
  }
}

/** Receives a small document as text, verified like any body; throws EntityTooLarge over `most` bytes. */
export async function receiveText(asked: Asked, most = 2 * 1024 * 1024): Promise<string> {
  const promised = promisedBy(asked);
  if ((promised.length ?? 0) > most) throw new S3Error('EntityTooLarge', `This document may have at most ${most} bytes`);
  const chunks: Uint8Array[] = [];
  await receive(bodyOf(asked), promised, (chunk) => void chunks.push(chunk));
  return Buffer.concat(chunks).toString('utf8');
}

/** Whether the request says anything about its body's checksum; object lock and DeleteObjects demand that it does. */
export function hasChecksum(asked: Asked): boolean {
  return asked.header('content-md5') !== undefined || declaredChecksum(asked) !== undefined || trailerChecksum(asked) !== undefined;
}

interface Body {
  readonly chunks: AsyncIterable<Uint8Array>;
  readonly trailers: ReadonlyMap<string, string>;
}

/** The body without its frames. Leaving it early must not close the connection: the refusal still has to go out. */
function bodyOf(asked: Asked): Body {
  const framing = framingOf(asked.signature.payloadHash, asked.signature.chain);
  const trailers = new Map<string, string>();
  awaitingContinue.get(asked.request)?.();
  const raw = asked.request.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>;
  return { chunks: framing ? unframe(raw, framing, trailers) : raw, trailers };
}

async function receive({ chunks, trailers }: Body, promised: Promised, write: (chunk: Uint8Array) => void | Promise<void>): Promise<Received> {
  const md5 = startDigest('md5');
  const sum = startDigest(promised.algorithm);
  const payload = promised.sha256 === undefined ? undefined : startDigest('sha256');
  let size = 0;
  for await (const chunk of connected(chunks)) {
    size += chunk.length;
    checkGrowth(size, promised);
    md5.update(chunk);
    sum.update(chunk);
    payload?.update(chunk);
    await write(chunk);
  }
  if (promised.length !== undefined && size !== promised.length) throw new S3Error('IncompleteBody');
  if (size < promised.limits.least) throw new S3Error('EntityTooSmall', undefined, { extra: { ProposedSize: String(size), MinSizeAllowed: String(promised.limits.least) } });

  const found = { md5: Buffer.from(await md5.end()), checksum: (await sum.end()).toString('base64'), sha256: payload && Buffer.from(await payload.end()).toString('hex') };
  compare(promised, found, trailers);
  return { size, md5: found.md5.toString('hex'), checksum: { algorithm: promised.algorithm, value: found.checksum, type: 'FULL_OBJECT' } };
}

function checkGrowth(size: number, { length, limits }: Promised): void {
  if (length !== undefined && size > length) throw new S3Error('IncompleteBody', 'The body is longer than announced');
  if (size > limits.most) throw new S3Error('EntityTooLarge', undefined, { extra: { ProposedSize: String(size), MaxSizeAllowed: String(limits.most) } });
}

/** A client that hangs up in the middle is a short body, not a fault of ours. */
async function* connected(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* source;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ERR_STREAM_DESTROYED') throw new S3Error('IncompleteBody');
    throw error;
  }
}

function compare(promised: Promised, found: { md5: Buffer; checksum: string; sha256: string | undefined }, trailers: ReadonlyMap<string, string>): void {
  if (promised.sha256 !== undefined && promised.sha256 !== found.sha256) {
    throw new S3Error('XAmzContentSHA256Mismatch', undefined, { extra: { ClientComputedContentSHA256: promised.sha256, S3ComputedContentSHA256: found.sha256 ?? '' } });
  }
  if (promised.md5 !== undefined && promised.md5 !== found.md5.toString('base64')) {
    throw new S3Error('BadDigest', 'The Content-MD5 you specified did not match what we received.');
  }
  const name = `x-amz-checksum-${promised.algorithm}`;
  const expected = promised.trailer ? trailers.get(name) : promised.checksum;
  if (promised.trailer && expected === undefined) throw new S3Error('InvalidRequest', `The trailer ${name} was announced but did not come`);
  if (expected !== undefined && expected !== found.checksum) {
    throw new S3Error('BadDigest', `The ${promised.algorithm.toUpperCase()} you specified did not match the calculated checksum.`);
  }
}

function promisedBy(asked: Asked, wanted?: ChecksumAlgorithm): Promised {
  const declared = declaredChecksum(asked);
  const trailer = trailerChecksum(asked);
  if (declared && trailer) throw new S3Error('InvalidRequest', 'Expecting a single x-amz-checksum- header: a header and a trailer were given');
  const named = asked.header('x-amz-sdk-checksum-algorithm');
  const algorithm = declared?.algorithm ?? trailer ?? wanted ?? (named === undefined ? 'crc64nvme' : algorithmNamed(named));
  const md5 = asked.header('content-md5');
  if (md5 !== undefined && Buffer.from(md5, 'base64').length !== 16) throw new S3Error('InvalidDigest', 'The Content-MD5 you specified was invalid.');
  const { payloadHash } = asked.signature;
  return {
    length: lengthOf(asked),
    limits: { least: 0, most: largestUpload },
    algorithm,
    trailer: trailer !== undefined,
    ...(declared ? { checksum: declared.value } : {}),
    ...(md5 === undefined ? {} : { md5 }),
    ...(/^[0-9a-f]{64}$/.test(payloadHash) ? { sha256: payloadHash } : {}),
  };
}

/** The one checksum header of a request; throws InvalidRequest for several, or for one that cannot be read. */
export function declaredChecksum(asked: Asked): { readonly algorithm: ChecksumAlgorithm; readonly value: string } | undefined {
  const given = checksumAlgorithms.flatMap((algorithm) => {
    const value = asked.header(`x-amz-checksum-${algorithm}`);
    return value === undefined ? [] : [{ algorithm, value }];
  });
  if (given.length > 1) throw new S3Error('InvalidRequest', 'Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.');
  const [one] = given;
  if (one) checksumBytes(one.algorithm, one.value);
  return one;
}

function trailerChecksum(asked: Asked): ChecksumAlgorithm | undefined {
  const names = (asked.header('x-amz-trailer') ?? '').split(',').map((name) => name.trim().toLowerCase()).filter((name) => name !== '');
  if (names.length === 0) return undefined;
  const algorithm = /^x-amz-checksum-(\w+)$/.exec(names[0] ?? '')?.[1];
  if (names.length > 1 || algorithm === undefined) throw new S3Error('InvalidRequest', `The value specified in the x-amz-trailer header is not supported: ${names.join(', ').slice(0, 80)}`);
  return algorithmNamed(algorithm);
}

function lengthOf(asked: Asked): number {
  const streamed = asked.signature.payloadHash.startsWith('STREAMING-');
  const text = asked.header(streamed ? 'x-amz-decoded-content-length' : 'content-length');
  if (text === undefined && !streamed && asked.header('transfer-encoding') === undefined) return 0;
  if (text === undefined || !/^\d{1,15}$/.test(text)) throw new S3Error('MissingContentLength');
  const length = Number(text);
  if (length > largestUpload) throw new S3Error('EntityTooLarge', undefined, { extra: { ProposedSize: text, MaxSizeAllowed: String(largestUpload) } });
  return length;
}
