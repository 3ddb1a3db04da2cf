import type { Catcher, Retrier, State } from './definition.ts';
import { StateFailure, errorNames, type Failure } from './errors.ts';
import { evaluate } from './evaluate.ts';
import { type Frame, childrenOf } from './frames.ts';
import type { EventType } from './history.ts';
import { type Run, checkSize, close, closeFailed, emit, letGo, scopeOf, stateOf } from './run.ts';
import { type JsonObject, textOf } from './values.ts';

/** How a state is left: what it assigns and answers, and where it leads (`next` absent: the end of its flow). */
export interface Completion {
  /** `result` or `errorOutput`, as its expressions see it. */
  readonly states: JsonObject;
  readonly assign: JsonObject | undefined;
  readonly output: unknown;
  /** The output when there is no Output field. */
  readonly fallback: unknown;
  readonly next: string | undefined;
  /** Field prefix for messages: '' or 'Catch[0]/'. */
  readonly field?: string;
}

/** Evaluates Assign and Output, writes the exit, and goes on. Throws StateFailure before anything was written. */
export async function complete(run: Run, frame: Frame, completion: Completion): Promise<void> {
  const { assign, output, field = '' } = completion;
  const scope = scopeOf(run, frame, completion.states);
  const assigned = assign === undefined ? {} : ((await evaluate(scope, `${field}Assign`, assign)) as Record<string, unknown>);
  const value = output === undefined ? completion.fallback : await evaluate(scope, `${field}Output`, output);
  checkSize(frame.state, value);
  checkSize(frame.state, assigned);
  const names = Object.keys(assigned);
  const variables = names.length === 0 ? {} : { assignedVariables: Object.fromEntries(names.map((name) => [name, textOf(assigned[name])])) };
  const exited = `${stateOf(run, frame).Type}StateExited` as EventType;
  frame.previous = emit(run, exited, { name: frame.state, output: textOf(value), ...variables }, frame.previous);
  Object.assign(frame.vars, assigned);
  if (completion.next === undefined) return endFrame(run, frame, value);
  Object.assign(frame, { state: completion.next, input: value, doing: { kind: 'enter' }, retryCount: 0, retries: [] });
  run.ready.push(frame.id);
}

/** A flow has come to its end with an output: the execution's end, or one result for the state around it. */
function endFrame(run: Run, frame: Frame, output: unknown): void {
  if (frame.parent === null) {
    emit(run, 'ExecutionSucceeded', { output: textOf(output) }, frame.previous);
    return close(run, { status: 'SUCCEEDED', output: textOf(output) });
  }
  const parent = parentOf(run, frame);
  if (parent.doing.kind === 'map') parent.doing.succeededId = emit(run, 'MapIterationSucceeded', { name: parent.state, index: frame.slot }, frame.previous);
  if (parent.doing.kind === 'map' || parent.doing.kind === 'parallel') parent.doing.results[frame.slot] = { value: output };
  parent.previous = frame.previous;
  run.doc.frames.delete(frame.id);
  run.ready.unshift(parent.id);
}

function parentOf(run: Run, frame: Frame): Frame {
  const parent = run.doc.frames.get(frame.parent ?? -1);
  if (!parent) throw new Error(`frame ${frame.id} of ${run.facts.arn} has lost its parent`);
  return parent;
}

/** A state has failed: retry it, catch it, or let the failure go up. `before` is the event that an EvaluationFailed follows. */
export async function fail(run: Run, frame: Frame, failure: Failure, before = frame.previous): Promise<void> {
  if (failure.evaluation) writeEvaluationFailed(run, frame, failure, before);
  const state = stateOf(run, frame);
  const retrier = retrierFor(state, frame, failure);
  if (retrier >= 0) return backOff(run, frame, state, retrier);
  if (state.Type === 'Parallel' || state.Type === 'Map') frame.previous = emit(run, `${state.Type}StateFailed`, undefined, frame.previous);
  const catcher = catcherFor(state, failure);
  if (catcher < 0) return propagate(run, frame, failure);
  try {
    await leaveByCatch(run, frame, state.Catch?.[catcher] as Catcher, catcher, failure);
  } catch (error) {
    if (!(error instanceof StateFailure)) throw error;
    if (error.failure.evaluation) writeEvaluationFailed(run, frame, error.failure, frame.previous);
    await propagate(run, frame, error.failure);
  }
}

function writeEvaluationFailed(run: Run, frame: Frame, { error, cause, evaluation }: Failure, before: number): void {
  const details = { error, cause, ...evaluation, state: frame.state };
  frame.previous = emit(run, 'EvaluationFailed', details, before);
}

/** The number of the retrier that takes an error and has attempts left, or -1. The first that names the error decides. */
function retrierFor(state: State, frame: Frame, failure: Failure): number {
  const index = (state.Retry ?? []).findIndex((retrier) => matches(retrier.ErrorEquals, failure));
  const retrier = state.Retry?.[index];
  return retrier && (frame.retries[index] ?? 0) < attempts(retrier) ? index : -1;
}

const attempts = (retrier: Retrier) => retrier.MaxAttempts ?? 3;

function backOff(run: Run, frame: Frame, state: State, index: number): void {
  const retrier = state.Retry?.[index] as Retrier;
  const used = frame.retries[index] ?? 0;
  while (frame.retries.length <= index) frame.retries.push(0);
  frame.retries[index] = used + 1;
  frame.retryCount += 1;
  const full = Math.min((retrier.IntervalSeconds ?? 1) * (retrier.BackoffRate ?? 2) ** used, retrier.MaxDelaySeconds ?? Infinity);
  const seconds = retrier.JitterStrategy === 'FULL' ? Math.random() * full : full;
  frame.doing = { kind: 'backoff', due: run.now + Math.round(seconds * 1000) };
}

const catcherFor = (state: State, failure: Failure) => (state.Catch ?? []).findIndex((catcher) => matches(catcher.ErrorEquals, failure));

async function leaveByCatch(run: Run, frame: Frame, catcher: Catcher, index: number, failure: Failure): Promise<void> {
  // Recorded on AWS: a time-out is caught with an empty cause, other failures without one with null.
  const errorOutput = { Error: failure.error ?? null, Cause: failure.cause ?? (failure.error === errorNames.timeout ? '' : null) };
  const { Assign: assign, Output: output, Next: next } = catcher;
  await complete(run, frame, { states: { errorOutput }, assign, output, fallback: errorOutput, next, field: `Catch[${index}]/` });
}

function matches(names: readonly string[], failure: Failure): boolean {
  const error = failure.error ?? '';
  if (names.includes(error) || (failure.alias !== undefined && names.includes(failure.alias))) return true;
  // Recorded on AWS: States.ALL takes States.DataLimitExceeded, which the documentation denies, but not States.Runtime.
  if (error === errorNames.runtime) return false;
  return names.includes(errorNames.all) || (error !== errorNames.timeout && names.includes(errorNames.taskFailed));
}

/** Takes an unhandled failure to the state around the frame, or ends the execution. */
async function propagate(run: Run, frame: Frame, failure: Failure): Promise<void> {
  if (frame.parent === null) {
    markFailed(run, frame);
    return closeFailed(run, failure, frame.previous);
  }
  const parent = parentOf(run, frame);
  const { error, cause, alias } = failure;
  const bare: Failure = { ...(error === undefined ? {} : { error }), ...(cause === undefined ? {} : { cause }), ...(alias === undefined ? {} : { alias }) };
  abortBranches(run, parent, frame);
  if (isHandledAbove(run, parent, bare)) for (const child of childrenOf(run.doc, parent.id)) remove(run, child);
  else markFailed(run, frame);
  parent.previous = frame.previous;
  await fail(run, parent, bare);
}

/** Leaves a frame as a redrive needs to find it: those with frames inside keep the results they have. */
function markFailed(run: Run, frame: Frame): void {
  if (childrenOf(run.doc, frame.id).length > 0) return;
  frame.doing = frame.doing.kind === 'mapRun' ? { kind: 'failed', mapRun: frame.doing } : { kind: 'failed' };
}

function isHandledAbove(run: Run, from: Frame, failure: Failure): boolean {
  for (let at: Frame | undefined = from; at; at = at.parent === null ? undefined : run.doc.frames.get(at.parent)) {
    const state = stateOf(run, at);
    if (retrierFor(state, at, failure) >= 0 || catcherFor(state, failure) >= 0) return true;
  }
  return false;
}

/** Writes the events of the branches that end because `failed` did: recorded on AWS, all of them follow the failing event. */
function abortBranches(run: Run, parent: Frame, failed: Frame): void {
  const name = parent.state;
  for (const child of childrenOf(run.doc, parent.id)) {
    if (parent.doing.kind === 'map') {
      const type = child.id === failed.id ? 'MapIterationFailed' : 'MapIterationAborted';
      emit(run, type, { name, index: child.slot }, failed.previous);
    }
    abortStates(run, child, child.id === failed.id, failed.previous);
  }
}

function abortStates(run: Run, frame: Frame, isFailed: boolean, previous: number): void {
  const { Type: type } = stateOf(run, frame);
  if (frame.doing.kind === 'enter') return;
  if (type === 'Task' || type === 'Wait') emit(run, `${type}StateAborted`, undefined, previous);
  if (isFailed || (type !== 'Parallel' && type !== 'Map')) return;
  for (const child of childrenOf(run.doc, frame.id)) abortStates(run, child, false, previous);
  emit(run, `${type}StateAborted`, undefined, previous);
}

/** Ends everything that runs inside a Parallel or Map which fails by itself. */
export function abandonInside(run: Run, frame: Frame): void {
  abortBranches(run, frame, frame);
  for (const child of childrenOf(run.doc, frame.id)) remove(run, child);
}

/** Takes a frame and everything inside it out of the execution. */
function remove(run: Run, frame: Frame): void {
  for (const child of childrenOf(run.doc, frame.id)) remove(run, child);
  letGo(run, frame);
  run.doc.frames.delete(frame.id);
  for (const list of [run.ready, run.scheduled, run.calls]) {
    const at = list.indexOf(frame.id);
    if (at >= 0) list.splice(at, 1);
  }
}
