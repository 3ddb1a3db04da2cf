import type { Failure } from './errors.ts';

/** What a frame does at the moment; everything an execution must remember to go on after a kill. */
export type Doing =
  /** About to enter its state. */
  | { readonly kind: 'enter' }
  /** About to run its state (again) without entering it: after a back-off or a redrive. */
  | { readonly kind: 'again' }
  /** Waits for an instant (ms): a Wait state, or the back-off before a retry. */
  | { readonly kind: 'wait' | 'backoff'; readonly due: number }
  | TaskDoing
  /** The state's work is over. `previous` overrules the chain for the next event. */
  | { readonly kind: 'outcome'; readonly result: unknown; readonly task: boolean }
  | { readonly kind: 'failure'; readonly failure: Failure }
  /** Branches run in frames of their own. */
  | { readonly kind: 'parallel'; readonly results: (Result | null)[] }
  | MapDoing
  | MapRunDoing
  /** Ended the execution unhandled; kept for a redrive. */
  | { readonly kind: 'failed'; readonly mapRun?: MapRunDoing };

/** A distributed Map in progress: the number and ARN of its map run. */
export interface MapRunDoing {
  readonly kind: 'mapRun';
  readonly mapRun: number;
  readonly arn: string;
  readonly startedId: number;
}

/** A result, boxed, because null is a result too. */
export interface Result {
  readonly value: unknown;
}

/** A Task in progress: `call` means that the resource is being called, `token` and `child` what is awaited after that. */
export interface TaskDoing {
  readonly kind: 'task';
  readonly phase: 'call' | 'token' | 'child';
  /** Sets one try apart from the next: answers to an older one are ignored. */
  readonly nonce: string;
  readonly resource: string;
  readonly args: unknown;
  readonly token?: string;
  readonly timeoutDue?: number;
  readonly heartbeatSeconds?: number;
  readonly heartbeatDue?: number;
  /** The execution that a `.sync` task waits for. */
  readonly child?: string;
}

/** An inline Map in progress. */
export interface MapDoing {
  readonly kind: 'map';
  readonly items: readonly unknown[];
  readonly limit: number;
  next: number;
  /** The latest MapIterationSucceeded: the Map's own end follows the last of them, the next iteration does not. */
  succeededId?: number;
  readonly results: (Result | null)[];
}

/** One line of states in progress: the machine's own, a Parallel's branch, or a Map's iteration. */
export interface Frame {
  readonly id: number;
  readonly parent: number | null;
  /** Branch or item number inside the parent. */
  readonly slot: number;
  /** Which flow of the definition it runs: see innerPlace. */
  readonly place: string;
  state: string;
  input: unknown;
  vars: Record<string, unknown>;
  /** The last event of its line. */
  previous: number;
  enteredId: number;
  /** What the event before the entering one was. */
  beforeId: number;
  enteredAt: number;
  retryCount: number;
  /** Attempts used per retrier. */
  retries: number[];
  doing: Doing;
  readonly item?: { readonly index: number; readonly value: unknown };
}

/** The mutable state of a running execution; one JSON document in the database. */
export interface Doc {
  nextEvent: number;
  nextFrame: number;
  /** When the whole execution times out, in ms. */
  deadline: number | null;
  readonly frames: Map<number, Frame>;
}

/** A new document with the first frame of a flow, before its first event. */
export function newDoc(place: string, startAt: string, input: unknown, deadline: number | null): Doc {
  const frame = newFrame({ id: 1, parent: null, slot: 0, place, state: startAt, input, previous: 0 });
  return { nextEvent: 1, nextFrame: 2, deadline, frames: new Map([[1, frame]]) };
}

/** A frame that is about to enter its first state. */
export function newFrame(begin: Pick<Frame, 'id' | 'parent' | 'slot' | 'place' | 'state' | 'input' | 'previous' | 'item'>): Frame {
  return { ...begin, vars: {}, enteredId: 0, beforeId: 0, enteredAt: 0, retryCount: 0, retries: [], doing: { kind: 'enter' } };
}

/** When a frame wants to be woken (ms), or undefined. */
export function dueOf(frame: Frame): number | undefined {
  const doing = frame.doing;
  if (doing.kind === 'wait' || doing.kind === 'backoff') return doing.due;
  if (doing.kind !== 'task') return undefined;
  const due = Math.min(doing.timeoutDue ?? Infinity, doing.heartbeatDue ?? Infinity);
  return due === Infinity ? undefined : due;
}

/** The frame number under which the execution's own time-out is kept. */
export const wholeExecution = 0;

/** All instants that a document waits for, by frame number. */
export function duesOf(doc: Doc): Map<number, number> {
  const dues = new Map<number, number>();
  if (doc.deadline !== null) dues.set(wholeExecution, doc.deadline);
  for (const frame of doc.frames.values()) {
    const due = dueOf(frame);
    if (due !== undefined) dues.set(frame.id, due);
  }
  return dues;
}

/** Whether a document has work that must be taken up again after a restart: a call in progress or a step to take. */
export function isBusy(doc: Doc): boolean {
  for (const { doing } of doc.frames.values()) {
    if (doing.kind === 'enter' || doing.kind === 'again' || doing.kind === 'outcome' || doing.kind === 'failure') return true;
    if (doing.kind === 'task' && doing.phase === 'call') return true;
  }
  return false;
}

/** The document as stored. */
export function writeDoc(doc: Doc): string {
  return JSON.stringify({ ...doc, frames: [...doc.frames.values()] });
}

/** A stored document. */
export function readDoc(text: string): Doc {
  const stored = JSON.parse(text) as Omit<Doc, 'frames'> & { frames: Frame[] };
  return { ...stored, frames: new Map(stored.frames.map((frame) => [frame.id, frame])) };
}

/** The frames directly inside a frame, in the order of their slots. */
export function childrenOf(doc: Doc, id: number): Frame[] {
  const children: Frame[] = [];
  for (const frame of doc.frames.values()) if (frame.parent === id) children.push(frame);
  return children.sort((a, b) => a.slot - b.slot);
}

/** A variable as a frame sees it: its own first, then those of the frames around it. */
export function lookUp(doc: Doc, frame: Frame, name: string): unknown {
  for (let at: Frame | undefined = frame; at; at = at.parent === null ? undefined : doc.frames.get(at.parent)) {
    if (Object.hasOwn(at.vars, name)) return at.vars[name];
  }
  return undefined;
}

/** The Map iteration that a frame is in, or undefined. */
export function itemOf(doc: Doc, frame: Frame): Frame['item'] {
  for (let at: Frame | undefined = frame; at; at = at.parent === null ? undefined : doc.frames.get(at.parent)) {
    if (at.item) return at.item;
  }
  return undefined;
}

