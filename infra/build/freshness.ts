import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** All files under a folder, as sorted paths from it; an absent folder has none. */
export const filesUnder = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((path) => statSync(join(folder, path)).isFile())
        .sort()
    : [];

/** The SHA-256 (hex) over the paths and contents of files, given as paths from `root`; a missing file counts as such. */
export const hashOfFiles = (root: string, paths: readonly string[]): string => {
  const hash = createHash('sha256');
  for (const path of paths) {
    const file = join(root, path);
    hash.update(`${path}\0`).update(existsSync(file) ? readFileSync(file) : 'missing').update('\0');
  }
  return hash.digest('hex');
};

/** What an output was made from: the inputs (paths from the root) and their hash at that time. */
export interface Stamp {
  readonly inputs: readonly string[];
  readonly hash: string;
}

/** Whether the output recorded in `stampFile` was made from what is there now, files in `expected` that are new since included; packages count by the lock file. */
export const isFresh = (root: string, stampFile: string, expected: readonly string[] = []): boolean => {
  if (!existsSync(stampFile)) return false;
  const stamp = JSON.parse(readFileSync(stampFile, 'utf8')) as Stamp;
  return expected.every((path) => stamp.inputs.includes(path)) && hashOfFiles(root, stamp.inputs) === stamp.hash;
};

/** Records what an output was made from. */
export const stamp = (root: string, stampFile: string, inputs: readonly string[]): void => {
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, JSON.stringify({ inputs, hash: hashOfFiles(root, inputs) } satisfies Stamp));
};
