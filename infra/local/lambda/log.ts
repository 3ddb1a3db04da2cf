import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Takes lines of text. */
export interface LineLog {
  write(text: string): void;
  close(): void;
}

/** One file holds at most this many bytes; one older file is kept beside it. */
const limitBytes = 2 * 1024 * 1024;

/** Opens `<folder>/<name>.log`: lines are kept in memory for a moment and appended together, at most 4 MB stay on disk. */
export function openLog(folder: string, name: string): LineLog {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, `${name.replaceAll(/[^\w.-]/g, '_')}.log`);
  let size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  let waiting: string[] = [];
  let timer: NodeJS.Timeout | undefined;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    if (waiting.length === 0) return;
    const text = waiting.join('');
    waiting = [];
    if (size > limitBytes) {
      renameSync(file, `${file}.1`);
      size = 0;
    }
    appendFileSync(file, text, { mode: 0o600 });
    size += Buffer.byteLength(text);
  };
  return {
    write: (text) => {
      waiting.push(text);
      timer ??= setTimeout(flush, 200).unref();
    },
    close: flush,
  };
}
