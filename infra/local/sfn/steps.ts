import type { Rule, State } from './definition.ts';
import { StateFailure, errorNames } from './errors.ts';
import { evaluateAs, queryFailure } from './evaluate.ts';
import { complete, fail } from './flow.ts';
import type { Frame } from './frames.ts';
import type { EventType } from './history.ts';
import { instantOf } from './instant.ts';
import { type Run, emit, scopeOf, stateOf } from './run.ts';
import { advanceMap, beginMap, resumeMapRun } from './step-map.ts';
import { advanceParallel, beginParallel } from './step-parallel.ts';
import { beginTask, startTasks } from './step-task.ts';
import { textOf } from './values.ts';

/** Takes steps until no frame of the execution can take another one, then starts the tasks that were scheduled. */
export async function runOn(run: Run, pause: () => Promise<void>): Promise<void> {
  for (;;) {
    const id = run.ready.shift();
    if (id === undefined) break;
    const frame = run.doc.frames.get(id);
    if (frame) await step(run, frame);
    await pause();
  }
  if (!run.closing) startTasks(run);
}

async function step(run: Run, frame: Frame): Promise<void> {
  const { doing } = frame;
  switch (doing.kind) {
    case 'enter':
      return enter(run, frame);
    case 'again':
      return begin(run, frame, frame.previous);
    case 'outcome':
      return guarded(run, frame, frame.previous, () => leaveWith(run, frame, doing.result));
    case 'failure':
      return fail(run, frame, doing.failure);
    case 'parallel':
      return guarded(run, frame, frame.previous, () => advanceParallel(run, frame, doing));
    case 'map':
      return guarded(run, frame, frame.previous, () => advanceMap(run, frame, doing));
    case 'mapRun':
      return resumeMapRun(run, frame);
    case 'wait':
    case 'backoff':
    case 'task':
    case 'failed':
      return;
  }
}

async function enter(run: Run, frame: Frame): Promise<void> {
  const state = stateOf(run, frame);
  frame.beforeId = frame.previous;
  frame.enteredAt = run.now;
  frame.enteredId = emit(run, `${state.Type}StateEntered` as EventType, { name: frame.state, input: textOf(frame.input) }, frame.previous);
  frame.previous = frame.enteredId;
  await begin(run, frame, frame.beforeId);
}

/** Runs a state; `before` is the event that an EvaluationFailed would follow: recorded on AWS, the one before the state was entered. */
async function begin(run: Run, frame: Frame, before: number): Promise<void> {
  const state = stateOf(run, frame);
  await guarded(run, frame, before, () => beginners[state.Type](run, frame, state));
}

async function guarded(run: Run, frame: Frame, before: number, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof StateFailure)) throw error;
    await fail(run, frame, error.failure, before);
  }
}

async function leaveWith(run: Run, frame: Frame, result: unknown): Promise<void> {
  const { Assign: assign, Output: output, Next: next } = stateOf(run, frame);
  await complete(run, frame, { states: { result }, assign, output, fallback: result, next });
}

const beginners: Readonly<Record<State['Type'], (run: Run, frame: Frame, state: State) => Promise<void>>> = {
  Pass: pass,
  Succeed: pass,
  Choice: choose,
  Wait: wait,
  Fail: failOnPurpose,
  Task: beginTask,
  Parallel: beginParallel,
  Map: beginMap,
};

async function pass(run: Run, frame: Frame, state: State): Promise<void> {
  await complete(run, frame, { states: {}, assign: state.Assign, output: state.Output, fallback: frame.input, next: state.Next });
}

async function choose(run: Run, frame: Frame, state: State): Promise<void> {
  for (const [index, rule] of (state.Choices ?? []).entries()) {
    if (await holds(run, frame, rule, index)) {
      const { Assign: assign, Output: output, Next: next } = rule;
      return complete(run, frame, { states: {}, assign, output, fallback: frame.input, next, field: `Choices[${index}]/` });
    }
  }
  if (state.Default === undefined) throw noChoice(frame);
  await complete(run, frame, { states: {}, assign: state.Assign, output: state.Output, fallback: frame.input, next: state.Default });
}

async function holds(run: Run, frame: Frame, rule: Rule, index: number): Promise<boolean> {
  return (await evaluateAs(scopeOf(run, frame), `Choices[${index}]/Condition`, rule.Condition, 'boolean')) === true;
}

function noChoice(frame: Frame): StateFailure {
  return new StateFailure({ error: errorNames.noChoice, cause: about(frame, "Failed to transition out of the state. The state's choices did not match, and it has no Default.") });
}

/** A sentence as AWS introduces it. */
const about = (frame: Frame, detail: string) => `An error occurred while executing the state '${frame.state}' (entered at the event id #${frame.enteredId}). ${detail}`;

async function wait(run: Run, frame: Frame, state: State): Promise<void> {
  // Recorded on AWS: the EvaluationFailed of a Wait follows its entering event, unlike that of the other states.
  frame.beforeId = frame.enteredId;
  const due = await guardedDue(run, frame, state);
  if (due === undefined) return;
  if (due > run.now) frame.doing = { kind: 'wait', due };
  else await leaveWait(run, frame);
}

async function guardedDue(run: Run, frame: Frame, state: State): Promise<number | undefined> {
  try {
    return await dueAt(run, frame, state);
  } catch (error) {
    if (!(error instanceof StateFailure)) throw error;
    await fail(run, frame, error.failure, frame.enteredId);
    return undefined;
  }
}

// AWS's longest wait.
const maxWaitSeconds = 99_999_999;
// Recorded on AWS: 24,855 days ahead are taken, 24,856 are not.
const maxAheadMs = (2 ** 31 - 1) * 1000;

async function dueAt(run: Run, frame: Frame, state: State): Promise<number> {
  const scope = scopeOf(run, frame);
  if (state.Seconds !== undefined) {
    const seconds = (await evaluateAs(scope, 'Seconds', state.Seconds, 'number')) as number;
    if (Number.isInteger(seconds) && seconds >= 0 && seconds <= maxWaitSeconds) return frame.enteredAt + seconds * 1000;
    throw queryFailure(scope, `The Seconds field must be a whole number from 0 to ${maxWaitSeconds} but was: ${seconds}`, 'Seconds');
  }
  const text = (await evaluateAs(scope, 'Timestamp', state.Timestamp, 'string')) as string;
  const instant = instantOf(text);
  if (instant !== undefined && instant - run.now <= maxAheadMs) return instant;
  if (instant !== undefined) throw new StateFailure({ error: errorNames.runtime, cause: about(frame, 'Wait state delay is too long.') });
  throw queryFailure(scope, `The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: ${text}`, 'Timestamp');
}

/** A Wait state's time has come. */
export async function leaveWait(run: Run, frame: Frame): Promise<void> {
  const state = stateOf(run, frame);
  await guarded(run, frame, frame.previous, () => pass(run, frame, state));
}

async function failOnPurpose(run: Run, frame: Frame, state: State): Promise<void> {
  const scope = scopeOf(run, frame);
  const read = async (field: 'Error' | 'Cause') => (state[field] === undefined ? undefined : ((await evaluateAs(scope, field, state[field], 'string')) as string));
  const error = await read('Error');
  const cause = await read('Cause');
  await fail(run, frame, { ...(error === undefined ? {} : { error }), ...(cause === undefined ? {} : { cause }) });
}

