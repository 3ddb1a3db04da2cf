import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, renameSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** Writes `text` to `file` so that after a crash the file is either the old one or the new one. */
export function writeDurably(file: string, text: string, mode = 0o600): void {
  const draft = `${file}.${process.pid}.draft`;
  const descriptor = openSync(draft, 'w', mode);
  try {
    writeSync(descriptor, text);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(draft, file);
}

/** Reads a JSON file of ours; undefined when it does not exist yet. */
export function readJson<T>(file: string): T | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Error(`${file} cannot be read as JSON`, { cause: error });
  }
}

/** What a process shows of itself in /proc: its command line and start time; undefined when it is gone. */
export function processIdentity(pid: number): { command: string; startedAt: string } | undefined {
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // Fields after the last parenthesis: state is the first, the start time the twentieth (proc(5), field 22).
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : { command, startedAt: fields[19] ?? '' };
  } catch {
    return withoutProc(pid);
  }
}

/** Where there is no /proc (macOS) a signal 0 at least tells whether the process lives. */
function withoutProc(pid: number): { command: string; startedAt: string } | undefined {
  if (process.platform === 'linux') return undefined;
  try {
    process.kill(pid, 0);
    return { command: '', startedAt: '' };
  } catch {
    return undefined;
  }
}

/** Takes the data folder for this process and returns how to give it back; throws with the holder's pid when another one has it. */
export function lockFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, 'lock.json');
  const draft = join(folder, `lock.${process.pid}.draft`);
  writeDurably(draft, JSON.stringify({ pid: process.pid, startedAt: processIdentity(process.pid)?.startedAt ?? '' }));
  try {
    claim(draft, file, folder);
  } finally {
    unlinkSync(draft);
  }
  return () => unlinkSync(file);
}

/** A hard link either succeeds or says that the lock exists: no moment in between. */
function claim(draft: string, file: string, folder: string): void {
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      linkSync(draft, file);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const holder = readJson<{ pid: number; startedAt: string }>(file);
      if (holder && holderLives(holder)) throw new FolderInUse(folder, holder.pid);
      if (holder) unlinkSync(file);
    }
  }
  throw new FolderInUse(folder, 0);
}

function holderLives(holder: { pid: number; startedAt: string }): boolean {
  return processIdentity(holder.pid)?.startedAt === holder.startedAt;
}

/** The data folder belongs to a running cloud; the message says so in Chinese and English. */
export class FolderInUse extends Error {
  constructor(folder: string, pid: number) {
    super(`数据目录 ${folder} 正被进程 ${pid} 使用，请先停止它，或用 GUIJING_DATA 另选目录。 / The data folder is in use by process ${pid}.`);
    this.name = 'FolderInUse';
  }
}
