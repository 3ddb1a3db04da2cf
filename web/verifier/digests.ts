import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { sm3 } from 'sm-crypto-v2';
import type { Digests } from '../../shared/evidence.ts';

/** Both digests in plain script: a page that was opened from a disk has no crypto of the browser's everywhere. */
export function digestsOf(text: string): Digests {
  const bytes = new TextEncoder().encode(text);
  return { sha256: bytesToHex(sha256(bytes)), sm3: sm3(bytes) };
}

/** The same over a file's bytes. */
export function digestsOfBytes(bytes: Uint8Array): Digests {
  return { sha256: bytesToHex(sha256(bytes)), sm3: sm3(bytes) };
}
