import { randomBytes } from 'node:crypto';
import { createReadStream, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { copyFile, link, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Bytes on their way to the disk. Until `keep` answers there is nothing; after it they are there for good. */
export interface Draft {
  readonly id: string;
  write(chunk: Uint8Array): Promise<void>;
  keep(): Promise<void>;
  discard(): Promise<void>;
}

/** A stretch of one blob: from `start` up to but not including `end`, in bytes. */
export interface Stretch {
  readonly blob: string;
  readonly start: number;
  readonly end: number;
}

/** Immutable files named by random ids; object keys never become paths. */
export interface Blobs {
  draft(): Promise<Draft>;
  /** A second name for the same bytes, without copying them. */
  share(id: string): Promise<string>;
  /** Yields the bytes of the stretches in order. Hold them (`hold`) as long as this runs. */
  read(stretches: readonly Stretch[]): AsyncGenerator<Uint8Array>;
  /** Keeps files on the disk until the returned function is called, even if they are removed meanwhile. */
  hold(ids: readonly string[]): () => void;
  /** Removes files nobody refers to any more. */
  remove(ids: readonly string[]): Promise<void>;
  /** Removes what a crash left: drafts, and files that `known` does not know. */
  sweep(known: ReadonlySet<string>): void;
}

/** How much is read at once, in bytes. */
const readSize = 256 * 1024;

/** Opens the blobs of a folder: `drafts/` and `data/00` to `data/ff`. */
export function openBlobs(folder: string): Blobs {
  const drafts = join(folder, 'drafts');
  mkdirSync(drafts, { recursive: true, mode: 0o700 });
  for (let shelf = 0; shelf < 256; shelf += 1) mkdirSync(join(folder, 'data', shelfName(shelf)), { recursive: true, mode: 0o700 });
  const shelfOf = (id: string) => join(folder, 'data', id.slice(0, 2));
  const fileOf = (id: string) => join(shelfOf(id), id);
  const holds = new Map<string, number>();
  const leaving = new Set<string>();
  const drop = (id: string) => rm(fileOf(id), { force: true });

  return {
    draft: () => startDraft(drafts, shelfOf),
    share: async (id) => {
      const copy = newId();
      await linkOrCopy(fileOf(id), fileOf(copy));
      await syncFolder(shelfOf(copy));
      return copy;
    },
    read: async function* (stretches) {
      for (const { blob, start, end } of stretches) {
        if (end > start) yield* createReadStream(fileOf(blob), { start, end: end - 1, highWaterMark: readSize });
      }
    },
    hold: (ids) => {
      for (const id of ids) holds.set(id, (holds.get(id) ?? 0) + 1);
      return () => ids.forEach((id) => release(id, holds, leaving, drop));
    },
    remove: async (ids) => {
      for (const id of ids) {
        if (holds.has(id)) leaving.add(id);
        else await drop(id);
      }
    },
    sweep: (known) => {
      for (const name of readdirSync(drafts)) rmSync(join(drafts, name), { force: true });
      for (let shelf = 0; shelf < 256; shelf += 1) {
        for (const id of readdirSync(join(folder, 'data', shelfName(shelf)))) if (!known.has(id)) rmSync(fileOf(id), { force: true });
      }
    },
  };
}

async function startDraft(drafts: string, shelfOf: (id: string) => string): Promise<Draft> {
  const id = newId();
  const file = join(drafts, id);
  const handle = await open(file, 'wx', 0o600);
  return {
    id,
    write: async (chunk) => {
      // One write may be short; a file that is shorter than promised would be a lie.
      for (let done = 0; done < chunk.length; ) done += (await handle.write(chunk, done)).bytesWritten;
    },
    keep: async () => {
      await handle.sync();
      await handle.close();
      await rename(file, join(shelfOf(id), id));
      await syncFolder(shelfOf(id));
    },
    discard: async () => {
      await handle.close().catch(() => undefined);
      await rm(file, { force: true });
    },
  };
}

async function linkOrCopy(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    // A file has room for 65,000 names on ext4, and some file systems have no links at all.
    if (!['EMLINK', 'EPERM', 'ENOTSUP'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    await copyFile(from, to);
    const handle = await open(to, 'r+');
    await handle.sync().finally(() => handle.close());
  }
}

function release(id: string, holds: Map<string, number>, leaving: Set<string>, drop: (id: string) => Promise<void>): void {
  const left = (holds.get(id) ?? 1) - 1;
  if (left > 0) {
    holds.set(id, left);
    return;
  }
  holds.delete(id);
  // A file that stays by failure is an orphan, and the next start sweeps it.
  if (leaving.delete(id)) drop(id).catch((error: unknown) => console.error(`s3: ${id} could not be removed`, error));
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}

function newId(): string {
  return randomBytes(16).toString('hex');
}

function shelfName(shelf: number): string {
  return shelf.toString(16).padStart(2, '0');
}
