import { closeSync, fdatasync, openSync } from 'node:fs';

/** Somebody who waits until what was written is on disk. */
export interface Waiter {
  resolve(): void;
  reject(error: unknown): void;
}

/** Brings a file's written bytes to disk beside the event loop; whoever comes while it is at it is served by the next round. */
export interface Syncing {
  /** Something was written; tells the waiters when it is on disk. */
  wrote(waiters: readonly Waiter[]): void;
  /** Tells the waiter when all that was written is on disk, at once when it is there. */
  wait(waiter: Waiter): void;
  /** All is on disk by other means. */
  close(): void;
}

/**
 * Syncs the write-ahead log of a SQLite file in a thread of Node's pool. SQLite's own sync at COMMIT would hold the event loop
 * for as long as the disk takes, which was half of all its time under load.
 */
export function openSyncing(log: string): Syncing {
  let file: number | undefined;
  let next: Waiter[] = [];
  let current: Waiter[] | undefined;
  let isDirty = false;
  let isClosed = false;
  const tell = (waiters: readonly Waiter[], error: unknown) => {
    for (const waiter of waiters) {
      if (error) waiter.reject(error);
      else waiter.resolve();
    }
  };
  const round = () => {
    if (current || !isDirty || isClosed) return;
    // The log is there after the first commit, and stays until the database is closed.
    file ??= openSync(log, 'r+');
    const told = next;
    current = told;
    next = [];
    isDirty = false;
    fdatasync(file, (error) => {
      current = undefined;
      tell(told, isClosed ? null : error);
      if (isClosed && file !== undefined) closeSync(file);
      else round();
    });
  };
  return {
    wrote: (waiters) => {
      next.push(...waiters);
      isDirty = true;
      round();
    },
    wait: (waiter) => {
      if (isDirty) next.push(waiter);
      else if (current) current.push(waiter);
      else waiter.resolve();
    },
    close: () => {
      isClosed = true;
      tell(next.splice(0), null);
      if (!current && file !== undefined) closeSync(file);
    },
  };
}
