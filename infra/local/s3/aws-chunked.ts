import { createHash } from 'node:crypto';
import { hmac, sha256Hex } from '../iam/canonical.ts';
import { sameSignature } from '../iam/sigv4.ts';
import type { SignatureChain } from '../iam/sigv4.ts';
import { S3Error } from './errors.ts';

/** How the body of a streamed upload is framed; `chain` is set when each chunk is signed. */
export interface Framing {
  readonly chain?: SignatureChain;
  readonly trailer: boolean;
}

/** What the payload word of a request means for its body; undefined for a plain body. Throws NotImplemented for words that are not done. */
export function framingOf(payloadHash: string, chain: SignatureChain): Framing | undefined {
  switch (payloadHash) {
    case 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD':
      return { chain, trailer: false };
    case 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER':
      return { chain, trailer: true };
    case 'STREAMING-UNSIGNED-PAYLOAD-TRAILER':
      return { trailer: true };
    default:
      if (payloadHash.startsWith('STREAMING-')) throw new S3Error('NotImplemented', `x-amz-content-sha256: ${payloadHash.slice(0, 80)} is not implemented`);
      return undefined;
  }
}

/** The SHA-256 of nothing, part of every chunk's string to sign. */
const emptyDigest = sha256Hex('');
/** The longest line between chunks: a size, a signature, or a trailer. */
const longestLine = 8192;

/**
 * Takes the frames off an aws-chunked body and yields the data as it arrives; a chunk's signature is checked when the chunk
 * ends, so the caller must not keep anything before the generator has ended. Trailers are put in `trailers`, lower case.
 * Throws IncompleteBody, InvalidRequest or SignatureDoesNotMatch. Source: S3 API Reference, "Signature calculations:
 * transferring payload in multiple chunks".
 */
export async function* unframe(source: AsyncIterable<Uint8Array>, framing: Framing, trailers: Map<string, string>): AsyncGenerator<Uint8Array> {
  const reader = new FrameReader(source);
  let previous = framing.chain?.seed ?? '';
  for (;;) {
    const { size, signature } = readHeader(await reader.line());
    const hash = createHash('sha256');
    for await (const piece of reader.take(size)) {
      if (framing.chain) hash.update(piece);
      yield piece;
    }
    if (framing.chain) previous = checkChunk(framing.chain, previous, hash.digest('hex'), signature);
    if (size === 0) break;
    if ((await reader.line()) !== '') throw new S3Error('InvalidRequest', 'A chunk of the aws-chunked body is longer than its size says');
  }
  await readTrailers(reader, framing, previous, trailers);
  await reader.expectEnd();
}

function readHeader(line: string): { size: number; signature: string } {
  const parts = /^([0-9a-f]{1,12})(?:;chunk-signature=([0-9a-f]{64}))?$/i.exec(line);
  if (!parts) throw new S3Error('InvalidRequest', 'A chunk header of the aws-chunked body is malformed');
  return { size: parseInt(parts[1] ?? '', 16), signature: parts[2] ?? '' };
}

function checkChunk(chain: SignatureChain, previous: string, digest: string, signature: string): string {
  const toSign = ['AWS4-HMAC-SHA256-PAYLOAD', chain.stamp, chain.scope, previous, emptyDigest, digest].join('\n');
  if (!sameSignature(hmac(chain.key, toSign).toString('hex'), signature)) throw new S3Error('SignatureDoesNotMatch', 'The signature of a chunk does not match its data');
  return signature;
}

async function readTrailers(reader: FrameReader, framing: Framing, previous: string, trailers: Map<string, string>): Promise<void> {
  let signed = '';
  let signature = '';
  for (let line = await reader.line(); line !== ''; line = await reader.line()) {
    const colon = line.indexOf(':');
    if (!framing.trailer || colon <= 0 || trailers.size > 10) throw new S3Error('InvalidRequest', 'The aws-chunked body has trailers that its header does not announce');
    const [name, value] = [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    if (name === 'x-amz-trailer-signature') signature = value;
    else {
      trailers.set(name, value);
      signed += `${name}:${value}\n`;
    }
  }
  if (!framing.chain || !framing.trailer) return;
  const toSign = ['AWS4-HMAC-SHA256-TRAILER', framing.chain.stamp, framing.chain.scope, previous, sha256Hex(signed)].join('\n');
  if (!sameSignature(hmac(framing.chain.key, toSign).toString('hex'), signature)) throw new S3Error('SignatureDoesNotMatch', 'The signature of the trailer does not match it');
}

/** Reads lines and runs of bytes from a stream of buffers, keeping no more than one buffer. */
class FrameReader {
  readonly #source: AsyncIterator<Uint8Array>;
  #held: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** The next line without its CRLF. */
  async line(): Promise<string> {
    for (;;) {
      const end = this.#held.indexOf('\r\n');
      if (end >= 0) {
        const line = this.#held.subarray(0, end).toString('latin1');
        this.#held = this.#held.subarray(end + 2);
        return line;
      }
      if (this.#held.length > longestLine) throw new S3Error('InvalidRequest', 'A line of the aws-chunked body is too long');
      if (!(await this.#more())) throw new S3Error('IncompleteBody', 'The aws-chunked body ends before its last chunk');
    }
  }

  /** The next `size` bytes, piece by piece. */
  async *take(size: number): AsyncGenerator<Uint8Array> {
    let left = size;
    while (left > 0) {
      if (this.#held.length === 0 && !(await this.#more())) throw new S3Error('IncompleteBody', 'The aws-chunked body ends inside a chunk');
      const piece = this.#held.subarray(0, left);
      this.#held = this.#held.subarray(piece.length);
      left -= piece.length;
      yield piece;
    }
  }

  /** Refuses bytes after the last chunk; reading on also lets the connection be used again. */
  async expectEnd(): Promise<void> {
    if (this.#held.length > 0 || (await this.#more())) throw new S3Error('InvalidRequest', 'The aws-chunked body goes on after its last chunk');
  }

  async #more(): Promise<boolean> {
    const next = await this.#source.next();
    if (next.done === true) return false;
    const piece = Buffer.from(next.value.buffer, next.value.byteOffset, next.value.byteLength);
    this.#held = this.#held.length === 0 ? piece : Buffer.concat([this.#held, piece]);
    return true;
  }
}
