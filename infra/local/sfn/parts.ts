import type { Machine } from './definition.ts';
import type { ExecutionRow } from './executions.ts';
import type { MapRunWish } from './run.ts';
import type { Message } from './turn.ts';

/** Runs executions: one turn at a time, each stored before anything outside hears of it. */
export interface Engine {
  /** Hands a message to an execution; it is taken up soon. */
  deliver(execution: number, message: Message): void;
  /** Takes up everything that was under way when the file was last closed. */
  recover(): void;
  /** Wakes every execution with a timer due at `now`. */
  wake(now: number): Promise<void>;
  /** Resolves when nothing is in flight: no turn, no call, no map run's reading or writing. */
  settled(): Promise<void>;
  /** Keeps `settled` waiting while something else is in flight. */
  track<T>(work: Promise<T>): Promise<T>;
  machineOf(definition: number): Machine;
  /** Lets a stored execution that was closed run again. */
  reopen(execution: number): void;
  close(): Promise<void>;
}

/** Distributed Maps: their items are rows, their iterations executions of their own. */
export interface MapRuns {
  /** Stores a new map run inside the current transaction; answers its number. */
  create(execution: ExecutionRow, wish: MapRunWish): number;
  /** Begins to read or to run it. */
  start(id: number): void;
  /** Notes, inside the current transaction, that a child has ended. */
  childClosed(id: number, position: number, status: string, items: number): void;
  /** Ends a map run whose parent gave up. */
  abort(id: number): void;
  /** Runs what did not succeed again. */
  redrive(id: number, now: number): void;
  /** Looks again at how many children may run. */
  advance(id: number): void;
  recover(): void;
}
