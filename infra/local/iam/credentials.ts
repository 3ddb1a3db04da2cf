import { createHmac, randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { readJson, writeDurably } from '../data-folder.ts';
import type { KeyStore } from './sigv4.ts';

/** An access key as SDKs want it. */
export interface AccessKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** The keys of one data folder. */
export interface Credentials extends KeyStore {
  /** The key of people and tools on this machine; it may do everything. Its id is `guijing`. */
  readonly root: AccessKey;
  readonly rootPrincipal: string;
  /** The one key of a principal (a role's ARN), the same after each restart. */
  keyFor(principal: string): AccessKey;
}

interface Stored {
  readonly seed: string;
  readonly principals: readonly string[];
}

/** The access key id that people and tools use. */
export const rootKeyId = 'guijing';

/**
 * Opens `<folder>/credentials.json` (mode 0600), making it when it is not there. Keys are derived from the folder's random
 * seed and the principal, so that a link presigned by a function before a restart is still good after it.
 */
export function openCredentials(folder: string, account: { readonly accountId: string; readonly partition: string }): Credentials {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, 'credentials.json');
  const stored = readJson<Stored>(file) ?? { seed: randomBytes(32).toString('hex'), principals: [] };
  const seed = checkedSeed(stored, file);
  const rootPrincipal = `arn:${account.partition}:iam::${account.accountId}:root`;
  const principals = new Set(stored.principals);
  const save = () => {
    writeDurably(file, `${JSON.stringify({ seed: stored.seed, principals: [...principals] }, null, 2)}\n`);
    chmodSync(file, 0o600);
  };
  save();

  const root = { accessKeyId: rootKeyId, secretAccessKey: derive(seed, 'secret', 'root') };
  const byId = new Map([[root.accessKeyId, { secret: root.secretAccessKey, principal: rootPrincipal }]]);
  const keyFor = (principal: string): AccessKey => {
    if (principal === rootPrincipal) return root;
    const key = { accessKeyId: `AKIA${idOf(seed, principal)}`, secretAccessKey: derive(seed, 'secret', principal) };
    byId.set(key.accessKeyId, { secret: key.secretAccessKey, principal });
    if (!principals.has(principal)) {
      principals.add(principal);
      save();
    }
    return key;
  };
  for (const principal of principals) keyFor(principal);
  return { root, rootPrincipal, keyFor, secretFor: (id) => byId.get(id) };
}

function checkedSeed(stored: Stored, file: string): Buffer {
  const seed = Buffer.from(stored.seed ?? '', 'hex');
  if (seed.length !== 32 || !Array.isArray(stored.principals)) throw new Error(`${file} is damaged: it must hold a 32-byte seed and a list of principals. Delete it to make new keys.`);
  return seed;
}

function derive(seed: Buffer, use: string, principal: string): string {
  return createHmac('sha256', seed).update(`${use}:${principal}`).digest('base64').slice(0, 40);
}

function idOf(seed: Buffer, principal: string): string {
  const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bytes = createHmac('sha256', seed).update(`id:${principal}`).digest().subarray(0, 16);
  return [...bytes].map((byte) => digits[byte % 32]).join('');
}
