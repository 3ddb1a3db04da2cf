import { createHash, getHashes } from 'node:crypto';
import { sm3 as sm3InScript } from 'sm-crypto-v2';

/** Both digests that evidence carries, in lower-case hex: SHA-256, and SM3 as art. 9 asks for commercial cryptography. */
export interface Digests {
  readonly sha256: string;
  readonly sm3: string;
}

/** A digest that is fed piece by piece. */
export interface RunningDigest {
  update(piece: Uint8Array): void;
  digest(): Digests;
}

// OpenSSL may be built without SM3 (distributions differ); the same answer then comes from the library, which wants all bytes at once.
const sm3IsNative = getHashes().includes('sm3');

/** Both digests of a text or of bytes. */
export function digestsOf(data: string | Uint8Array): Digests {
  return {
    sha256: createHash('sha256').update(data).digest('hex'),
    sm3: sm3IsNative ? createHash('sm3').update(data).digest('hex') : sm3InScript(data),
  };
}

/** Both digests of a stream of pieces; memory stays flat where SM3 is native. */
export function runningDigest(): RunningDigest {
  const sha256 = createHash('sha256');
  const sm3 = sm3IsNative ? createHash('sm3') : undefined;
  const kept: Uint8Array[] = [];
  return {
    update(piece) {
      sha256.update(piece);
      if (sm3) sm3.update(piece);
      else kept.push(piece);
    },
    digest: () => ({ sha256: sha256.digest('hex'), sm3: sm3 ? sm3.digest('hex') : sm3InScript(new Uint8Array(Buffer.concat(kept))) }),
  };
}
