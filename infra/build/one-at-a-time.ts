import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** How long one build may keep the others waiting, ms; then its lock counts as left behind. */
const patience = 120_000;

/**
 * Runs `work` while no other process works under the same lock, a file with the process id; a lock whose process is
 * gone is taken over, so that kill -9 leaves nothing to clean up. Throws when the other takes over two minutes.
 */
export const oneAtATime = async <T>(lock: string, work: () => Promise<T>): Promise<T> => {
  await acquire(lock);
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
};

const acquire = async (lock: string): Promise<void> => {
  mkdirSync(dirname(lock), { recursive: true });
  const until = Date.now() + patience;
  while (!tryLock(lock)) {
    if (isAbandoned(lock)) rmSync(lock, { force: true });
    else if (Date.now() > until) throw new Error(`another build holds ${lock} for two minutes; end it, or remove the file`);
    else await pause(50);
  }
};

/** A link is made whole or not at all: whoever sees the lock can read whose it is. */
const tryLock = (lock: string): boolean => {
  const mine = `${lock}.${process.pid}`;
  writeFileSync(mine, String(process.pid));
  try {
    linkSync(mine, lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(mine, { force: true });
  }
};

const isAbandoned = (lock: string): boolean => {
  try {
    process.kill(Number(readFileSync(lock, 'utf8')), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
};
