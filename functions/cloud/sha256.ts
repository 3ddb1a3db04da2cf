import { createHash, createHmac, createSecretKey, type Hash, type Hmac, type KeyObject } from 'node:crypto';

/** Bytes or text as the SDK hands them to a hash. */
type SourceData = string | ArrayBuffer | ArrayBufferView;

// The key that signs is good for a day; making Node's key object of it takes longer than the HMAC itself.
const secrets = new Map<string, KeyObject>();
const secretsKept = 16;

/** SHA-256, or with a secret HMAC-SHA-256, as the SDK wants it to sign requests (`ChecksumConstructor` of Smithy): half of what its own costs for each call. */
export class Sha256 {
  #hash: Hash | Hmac;
  readonly #secret: KeyObject | undefined;

  constructor(secret?: SourceData) {
    this.#secret = secret === undefined ? undefined : keyOf(bytesOf(secret));
    this.#hash = this.#fresh();
  }

  update(data: SourceData): void {
    this.#hash.update(bytesOf(data));
  }

  digest(): Promise<Uint8Array> {
    return Promise.resolve(this.#hash.digest());
  }

  reset(): void {
    this.#hash = this.#fresh();
  }

  #fresh(): Hash | Hmac {
    return this.#secret ? createHmac('sha256', this.#secret) : createHash('sha256');
  }
}

function keyOf(secret: Buffer): KeyObject {
  const name = secret.toString('latin1');
  const known = secrets.get(name);
  if (known) return known;
  if (secrets.size >= secretsKept) secrets.clear();
  const made = createSecretKey(secret);
  secrets.set(name, made);
  return made;
}

function bytesOf(data: SourceData): Buffer {
  if (typeof data === 'string') return Buffer.from(data);
  return ArrayBuffer.isView(data) ? Buffer.from(data.buffer, data.byteOffset, data.byteLength) : Buffer.from(data);
}
