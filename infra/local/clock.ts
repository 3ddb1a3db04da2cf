import { readFileSync } from 'node:fs';
import { writeDurably } from './data-folder.ts';

/** What tells the time: milliseconds since 1970, by the cloud's clock. */
export interface Clock {
  now(): number;
}

/**
 * A part of the cloud with work that waits for an instant. `nextDue` answers the earliest one (ms) or undefined, `fireDue`
 * does everything due at `now`; `passing` says that the clock is on its way further. `nextStop`, where given, is what a move of the clock stops at instead: parts that tick by
 * rate leave their ticks out, because half a year of five-minute ticks is 52,000 runs of the same repair.
 */
export interface Due {
  nextDue(): number | undefined;
  nextStop?(): number | undefined;
  fireDue(now: number, passing?: boolean): void | Promise<void>;
}

/** The cloud's one clock: real time plus an offset that only grows and that survives a restart. */
export interface MovableClock extends Clock {
  /** Shared with worker threads: one float64, the offset in ms. */
  readonly shared: SharedArrayBuffer;
  register(due: Due): void;
  /** Fires what falls due between now and `to` (ms) in order of time, calls `settle` after each stop; throws RangeError when `to` is past. */
  moveTo(to: number, settle: () => Promise<void>): Promise<void>;
  /** Looks at the due instants soon, after one was added: once for all that are added at a time, because each look asks every part. */
  changed(): void;
  start(): void;
  stop(): Promise<void>;
}

/** How long the clock sleeps at most before it asks its parts again, in ms. */
const longestNap = 200;

/** A clock of real time that nothing can move, for tools and unit tests. */
export const realClock: Clock = { now: () => Date.now() };

/** Opens the clock whose offset is kept in `file`; it does not tick before `start`. */
export function openClock(file: string): MovableClock {
  const shared = new SharedArrayBuffer(8);
  const offset = new Float64Array(shared);
  offset[0] = readOffset(file);
  const parts: Due[] = [];
  const now = () => Math.floor(Date.now() + (offset[0] ?? 0));
  let timer: NodeJS.Timeout | undefined;
  let asked: NodeJS.Immediate | undefined;
  let running = false;
  let moving = false;
  let firing: Promise<void> = Promise.resolve();

  const setAtLeast = (instant: number) => {
    if (instant <= now()) return;
    offset[0] = instant - Date.now();
    writeDurably(file, `${JSON.stringify({ offsetMs: offset[0] })}\n`);
  };
  const fire = async (passing = false) => {
    for (const part of parts) if ((part.nextDue() ?? Infinity) <= now()) await part.fireDue(now(), passing);
  };
  const tick = () => {
    if (!running || moving) return;
    firing = fire().catch((error: unknown) => console.error('clock: a part failed to fire', error)).then(arm);
  };
  const arm = () => {
    clearTimeout(timer);
    asked = undefined;
    if (!running || moving) return;
    const wait = Math.max(0, Math.min(earliest(parts, (part) => part.nextDue()) - now(), longestNap));
    timer = setTimeout(tick, wait);
  };

  return {
    now,
    shared,
    register: (due) => void parts.push(due),
    changed: () => void (asked ??= setImmediate(arm)),
    start: () => {
      running = true;
      arm();
    },
    stop: async () => {
      running = false;
      clearTimeout(timer);
      await firing;
    },
    moveTo: async (to, settle) => {
      if (to < now()) throw new RangeError('the clock only moves forward');
      if (moving) throw new RangeError('the clock is being moved already');
      moving = true;
      try {
        await firing;
        await settle();
        await walk(parts, to, { now, setAtLeast, fire, settle });
      } finally {
        moving = false;
        arm();
      }
    },
  };
}

interface Steps {
  now(): number;
  setAtLeast(instant: number): void;
  fire(passing?: boolean): Promise<void>;
  settle(): Promise<void>;
}

async function walk(parts: readonly Due[], to: number, { now, setAtLeast, fire, settle }: Steps): Promise<void> {
  for (;;) {
    const stop = earliest(parts, (part) => (part.nextStop ? part.nextStop() : part.nextDue()));
    if (stop > to) break;
    setAtLeast(stop);
    await fire(true);
    await settle();
  }
  setAtLeast(to);
  await fire();
  await settle();
  if (now() < to) throw new Error('the clock did not reach its goal');
}

function earliest(parts: readonly Due[], of: (part: Due) => number | undefined): number {
  let first = Infinity;
  for (const part of parts) first = Math.min(first, of(part) ?? Infinity);
  return first;
}

function readOffset(file: string): number {
  try {
    const stored = JSON.parse(readFileSync(file, 'utf8')) as { offsetMs?: unknown };
    return typeof stored.offsetMs === 'number' ? stored.offsetMs : 0;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
    throw new Error(`${file} cannot be read; the clock's offset is kept there`, { cause: error });
  }
}
