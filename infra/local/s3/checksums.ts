import { Crc32c, Crc64NvmeJs } from '@aws-sdk/checksums/crc';
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { S3Error } from './errors.ts';

/** The checksum algorithms of S3 that this one computes, as they appear in header names. */
export const checksumAlgorithms = ['crc32', 'crc32c', 'crc64nvme', 'sha1', 'sha256'] as const;

/** One checksum algorithm. */
export type ChecksumAlgorithm = (typeof checksumAlgorithms)[number];

/** A checksum as it is stored: base64; `COMPOSITE` values are checksums of the parts' checksums and end in `-<parts>`. */
export interface Checksum {
  readonly algorithm: ChecksumAlgorithm;
  readonly value: string;
  readonly type: 'FULL_OBJECT' | 'COMPOSITE';
}

/** A running digest. */
export interface Digest {
  update(chunk: Uint8Array): void;
  /** The digest's bytes; called once. */
  end(): Promise<Buffer> | Buffer;
}

const lengths = { crc32: 4, crc32c: 4, crc64nvme: 8, sha1: 20, sha256: 32 } as const satisfies Record<ChecksumAlgorithm, number>;

/** Starts a digest of one algorithm, or of MD5. */
export function startDigest(algorithm: ChecksumAlgorithm | 'md5'): Digest {
  switch (algorithm) {
    case 'crc32':
      return crc32Digest();
    case 'crc32c':
      return crcDigest(new Crc32c());
    case 'crc64nvme':
      return crcDigest(new Crc64NvmeJs());
    default: {
      const hash = createHash(algorithm);
      return { update: (chunk) => void hash.update(chunk), end: () => hash.digest() };
    }
  }
}

function crc32Digest(): Digest {
  let value = 0;
  return {
    update: (chunk) => {
      value = crc32(chunk, value);
    },
    end: () => {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32BE(value);
      return bytes;
    },
  };
}

function crcDigest(crc: { update(chunk: Uint8Array): void; digest(): Promise<Uint8Array> }): Digest {
  return { update: (chunk) => crc.update(chunk), end: async () => Buffer.from(await crc.digest()) };
}

/** Reads the name of an algorithm as headers give it (`CRC64NVME`, `sha256`); throws InvalidRequest for an unknown one. */
export function algorithmNamed(name: string): ChecksumAlgorithm {
  const found = checksumAlgorithms.find((algorithm) => algorithm === name.toLowerCase());
  if (!found) throw new S3Error('InvalidRequest', `Checksum algorithm "${name.slice(0, 40)}" is not supported; use one of ${checksumAlgorithms.join(', ').toUpperCase()}`);
  return found;
}

/** Reads a base64 checksum of the right length; throws InvalidRequest. */
export function checksumBytes(algorithm: ChecksumAlgorithm, value: string): Buffer {
  const bytes = Buffer.from(value, 'base64');
  if (bytes.length !== lengths[algorithm] || bytes.toString('base64') !== value) throw new S3Error('InvalidRequest', `Value for x-amz-checksum-${algorithm} header is invalid.`);
  return bytes;
}

/** The checksum of the parts' checksums, the way S3 makes a composite one. */
export async function compositeOf(algorithm: ChecksumAlgorithm, parts: readonly string[]): Promise<string> {
  const digest = startDigest(algorithm);
  for (const part of parts) digest.update(Buffer.from(part, 'base64'));
  return `${(await digest.end()).toString('base64')}-${parts.length}`;
}

/** Reflected polynomials and widths of the CRCs that can be joined. */
const polynomials = {
  crc32: { width: 32n, poly: 0xedb88320n },
  crc32c: { width: 32n, poly: 0x82f63b78n },
  crc64nvme: { width: 64n, poly: 0x9a6c9329ac4bc9b5n },
} as const;

/** The checksum of a whole made of parts in order, from the parts' CRCs and sizes in bytes; SHA digests cannot be joined and throw. */
export function joinCrcs(algorithm: ChecksumAlgorithm, parts: readonly { readonly value: string; readonly size: number }[]): string {
  if (algorithm === 'sha1' || algorithm === 'sha256') throw new S3Error('InvalidRequest', `The FULL_OBJECT checksum type cannot be used with the ${algorithm} checksum algorithm.`);
  const { width, poly } = polynomials[algorithm];
  let whole = 0n;
  for (const part of parts) {
    const crc = BigInt(`0x${Buffer.from(part.value, 'base64').toString('hex')}`);
    whole = multiply(whole, powerOfX(BigInt(part.size) * 8n, poly, width), poly, width) ^ crc;
  }
  return Buffer.from(whole.toString(16).padStart(Number(width) / 4, '0'), 'hex').toString('base64');
}

/** x^n modulo the polynomial, in reflected order: appending n zero bits to a message multiplies its CRC by this. */
function powerOfX(n: bigint, poly: bigint, width: bigint): bigint {
  let result = 1n << (width - 1n);
  let square = 1n << (width - 2n);
  for (let left = n; left > 0n; left >>= 1n) {
    if (left & 1n) result = multiply(result, square, poly, width);
    square = multiply(square, square, poly, width);
  }
  return result;
}

function multiply(a: bigint, b: bigint, poly: bigint, width: bigint): bigint {
  let product = 0n;
  let shifted = b;
  for (let bit = 1n << (width - 1n); bit > 0n; bit >>= 1n) {
    if (a & bit) product ^= shifted;
    shifted = shifted & 1n ? (shifted >> 1n) ^ poly : shifted >> 1n;
  }
  return product;
}
