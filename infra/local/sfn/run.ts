import type { ArnHome } from './arns.ts';
import type { Graph, Machine, State } from './definition.ts';
import { StateFailure, errorNames, type Failure } from './errors.ts';
import type { Scope } from './evaluate.ts';
import { type Doc, type Frame, itemOf, lookUp } from './frames.ts';
import { type EventType, type HistoryEvent, maxEvents } from './history.ts';
import { type JsonObject, parseJson, textOf, tooLarge } from './values.ts';

/** What stays the same while an execution runs. */
export interface ExecutionFacts {
  readonly id: number;
  readonly arn: string;
  readonly name: string;
  readonly machineId: number;
  readonly machineArn: string;
  readonly roleArn: string;
  readonly input: string;
  readonly started: number;
  readonly redrives: number;
  readonly redriven: number | null;
  readonly place: string;
}

/** How an execution ended. */
export interface Closing {
  readonly status: 'SUCCEEDED' | 'FAILED' | 'ABORTED' | 'TIMED_OUT';
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
}

/** A map run that a Map state wants to begin; see map-runs.ts. */
export interface MapRunWish {
  readonly frame: number;
  readonly nonce: string;
  readonly state: string;
  readonly label: string;
  readonly place: string;
  readonly arn: string;
  readonly maxConcurrency: number;
  readonly toleratedCount: number;
  readonly toleratedPercentage: number;
  /** Everything its reader, batcher and writer need, as JSON. */
  readonly plan: JsonObject;
  /** Inputs known already: absent when a reader has to fetch them. */
  readonly inputs: readonly { readonly input: string; readonly items: number }[] | undefined;
}

/** One turn of one execution: from what came in to where nothing more can happen now. It decides; engine.ts stores and acts. */
export interface Run {
  readonly home: ArnHome;
  readonly facts: ExecutionFacts;
  readonly machine: Machine;
  readonly doc: Doc;
  readonly now: number;
  /** Events of this turn. */
  readonly events: HistoryEvent[];
  /** Frames with a step to take, first come first served. */
  readonly ready: number[];
  /** Tasks scheduled in this turn, which get their "started" event at its end. */
  readonly scheduled: number[];
  /** Frames whose call must be made once the turn is stored. */
  readonly calls: number[];
  /** `.sync` children whose parent gave up. */
  readonly orphans: string[];
  readonly mapRuns: MapRunWish[];
  /** Map runs whose parent gave up. */
  readonly abandonedMapRuns: number[];
  /** Map runs that a redrive takes up again. */
  readonly redrivenMapRuns: number[];
  /** The version and alias that it was started through, for its first event. */
  readonly startedBy: JsonObject;
  readonly makeToken: (frame: number, nonce: string) => string;
  closing: Closing | undefined;
}

/** Thrown when the next event would be number 25,000. */
export class HistoryFull extends Error {}

/** Writes an event and answers its number; throws HistoryFull when only the final event still fits. */
export function emit(run: Run, type: EventType, details: JsonObject | undefined, previous: number): number {
  const id = run.doc.nextEvent;
  if (id >= maxEvents && !type.startsWith('Execution')) throw new HistoryFull();
  run.doc.nextEvent = id + 1;
  run.events.push({ id, previous, at: run.now, type, details });
  return id;
}

/** The flow that a frame runs. */
export function graphOf(run: Run, frame: Frame): Graph {
  const graph = run.machine.graphs.get(frame.place);
  if (!graph) throw new Error(`${run.facts.arn} runs '${frame.place}', which its definition does not have`);
  return graph;
}

/** The state that a frame is in. */
export function stateOf(run: Run, frame: Frame): State {
  const state = graphOf(run, frame).States[frame.state];
  if (!state) throw new Error(`${run.facts.arn} is in '${frame.state}', which its definition does not have`);
  return state;
}

/** Throws States.DataLimitExceeded when a value of a state or task (`owner`) is over 256 KiB. */
export function checkSize(owner: string, value: unknown): void {
  if (!tooLarge(textOf(value))) return;
  const cause = `The state/task '${owner}' returned a result with a size exceeding the maximum number of bytes service limit.`;
  throw new StateFailure({ error: errorNames.dataLimit, cause });
}

/** What the expressions of a frame's state can see; `more` adds `result`, `errorOutput`. */
export function scopeOf(run: Run, frame: Frame, more: JsonObject = {}, context: JsonObject = {}): Scope {
  return {
    stateName: frame.state,
    enteredId: frame.enteredId,
    now: run.now,
    states: {
      input: frame.input,
      ...more,
      get context() {
        return { ...contextOf(run, frame), ...context };
      },
    },
    variable: (name) => lookUp(run.doc, frame, name),
  };
}

/** The Context object: docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html. */
export function contextOf(run: Run, frame: Frame): JsonObject {
  const { facts } = run;
  const withRetry = ['Task', 'Parallel', 'Map'].includes(stateOf(run, frame).Type);
  const item = itemOf(run.doc, frame);
  return {
    Execution: {
      Id: facts.arn,
      Input: parseJson(facts.input),
      StartTime: new Date(facts.started).toISOString(),
      Name: facts.name,
      RoleArn: facts.roleArn,
      RedriveCount: facts.redrives,
      ...(facts.redriven === null ? {} : { RedriveTime: new Date(facts.redriven).toISOString() }),
    },
    StateMachine: { Id: facts.machineArn, Name: facts.machineArn.split(':')[6] ?? '' },
    State: {
      Name: frame.state,
      EnteredTime: new Date(frame.enteredAt).toISOString(),
      ...(withRetry ? { RetryCount: frame.retryCount } : {}),
    },
    ...(item ? { Map: { Item: { Index: item.index, Value: item.value } } } : {}),
  };
}

/** Ends the execution; what is left of its frames stays for a redrive unless it succeeded. */
export function close(run: Run, closing: Closing): void {
  run.closing = closing;
  run.ready.length = 0;
  run.scheduled.length = 0;
  if (closing.status === 'SUCCEEDED') run.doc.frames.clear();
  else for (const frame of run.doc.frames.values()) letGo(run, frame);
}

/** Stops what a frame has going outside: a `.sync` child, a map run. */
export function letGo(run: Run, frame: Frame): void {
  const { doing } = frame;
  if (doing.kind === 'task' && doing.child !== undefined) run.orphans.push(doing.child);
  if (doing.kind === 'mapRun') run.abandonedMapRuns.push(doing.mapRun);
}

/** Ends the execution as failed, with its last event. */
export function closeFailed(run: Run, failure: Failure, previous: number): void {
  const details = { ...(failure.error === undefined ? {} : { error: failure.error }), ...(failure.cause === undefined ? {} : { cause: failure.cause }) };
  emit(run, 'ExecutionFailed', details, previous);
  close(run, { status: 'FAILED', ...details });
}
