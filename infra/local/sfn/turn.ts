import { WireError } from './errors.ts';
import { type Frame, childrenOf, dueOf, type TaskDoing } from './frames.ts';
import { knownResource } from './resource.ts';
import { type Run, HistoryFull, close, closeFailed, emit, stateOf } from './run.ts';
import { endMapRun, type MapRunOutcome } from './step-map.ts';
import { type Answer, answered, expire, failTask, succeed } from './step-task.ts';
import { leaveWait, runOn } from './steps.ts';
import { parseJson } from './values.ts';

/** Tells the sender of a message that it was stored, or why it was refused. */
export interface Ack {
  resolve(): void;
  reject(error: unknown): void;
}

/** What the holder of a task token says. */
export type TokenAct =
  | { readonly act: 'success'; readonly output: string }
  | { readonly act: 'failure'; readonly error?: string; readonly cause?: string }
  | { readonly act: 'heartbeat' };

/** Something that happened to an execution. */
export type Message =
  | { readonly kind: 'go' }
  | { readonly kind: 'timer' }
  | { readonly kind: 'answer'; readonly frame: number; readonly nonce: string; readonly answer: Answer }
  | { readonly kind: 'child'; readonly frame: number; readonly nonce: string; readonly answer: Answer }
  | { readonly kind: 'mapRun'; readonly frame: number; readonly mapRun: number; readonly outcome: MapRunOutcome }
  | { readonly kind: 'token'; readonly frame: number; readonly nonce: string; readonly say: TokenAct; readonly ack: Ack }
  | { readonly kind: 'stop'; readonly error?: string; readonly cause?: string; readonly ack?: Ack }
  | { readonly kind: 'redrive'; readonly ack: Ack };

/** Applies messages to a running execution and takes every step that follows. Acks refused here are rejected at once. */
export async function takeTurn(run: Run, messages: readonly Message[], pause: () => Promise<void>): Promise<void> {
  try {
    for (const message of messages) if (!run.closing) await apply(run, message);
    if (!run.closing) await runOn(run, pause);
  } catch (error) {
    if (!(error instanceof HistoryFull)) throw error;
    const cause = 'The execution reached the maximum number of history events (25000).';
    closeFailed(run, { error: 'States.Runtime', cause }, run.doc.nextEvent - 1);
  }
}

async function apply(run: Run, message: Message): Promise<void> {
  switch (message.kind) {
    case 'go':
      return go(run);
    case 'timer':
      return fireTimers(run);
    case 'answer':
      return withTask(run, message, (frame, doing) => doing.phase === 'call' && answered(run, frame, doing, message.answer));
    case 'child':
      return withTask(run, message, (frame, doing) => doing.phase === 'child' && settle(run, frame, doing, message.answer));
    case 'mapRun':
      return applyMapRun(run, message);
    case 'token':
      return applyToken(run, message);
    case 'stop':
      return stop(run, message);
    case 'redrive':
      return redrive(run);
  }
}

/** The start, and the same after a restart: frames with a step to take are ready, calls in progress are made again. */
function go(run: Run): void {
  if (run.doc.nextEvent === 1) {
    const { roleArn, input } = run.facts;
    emit(run, 'ExecutionStarted', { input, roleArn, ...run.startedBy }, 0);
    // The stored frame has lost how the input was written; AWS passes it on as it came.
    for (const frame of run.doc.frames.values()) frame.input = parseJson(input);
  }
  for (const frame of run.doc.frames.values()) {
    const { kind } = frame.doing;
    if (kind === 'enter' || kind === 'again' || kind === 'outcome' || kind === 'failure') run.ready.push(frame.id);
    if (frame.doing.kind === 'task' && frame.doing.phase === 'call') run.calls.push(frame.id);
  }
}

async function fireTimers(run: Run): Promise<void> {
  if (run.doc.deadline !== null && run.doc.deadline <= run.now) {
    emit(run, 'ExecutionTimedOut', {}, 0);
    return close(run, { status: 'TIMED_OUT' });
  }
  const due = [...run.doc.frames.values()].filter((frame) => (dueOf(frame) ?? Infinity) <= run.now);
  due.sort((a, b) => (dueOf(a) ?? 0) - (dueOf(b) ?? 0));
  for (const frame of due) {
    const { doing } = frame;
    if (doing.kind === 'task') expire(run, frame, doing);
    else if (doing.kind === 'wait') await leaveWait(run, frame);
    else {
      frame.doing = { kind: 'again' };
      run.ready.push(frame.id);
    }
  }
}

function taskOf(run: Run, frame: number, nonce: string): readonly [Frame, TaskDoing] | undefined {
  const it = run.doc.frames.get(frame);
  return it?.doing.kind === 'task' && it.doing.nonce === nonce ? [it, it.doing] : undefined;
}

/** Hands a message to the try of the task that it belongs to; an older try's message is late and means nothing any more. */
function withTask(run: Run, message: { readonly frame: number; readonly nonce: string }, use: (frame: Frame, doing: TaskDoing) => unknown): void {
  const task = taskOf(run, message.frame, message.nonce);
  if (task) use(...task);
}

function settle(run: Run, frame: Frame, doing: TaskDoing, answer: Answer): void {
  const resource = knownResource(doing.resource);
  if ('failure' in answer) failTask(run, frame, resource, answer.failure);
  else succeed(run, frame, resource, answer.output);
}

async function applyMapRun(run: Run, message: Extract<Message, { kind: 'mapRun' }>): Promise<void> {
  const frame = run.doc.frames.get(message.frame);
  if (frame?.doing.kind === 'mapRun' && frame.doing.mapRun === message.mapRun) await endMapRun(run, frame, message.outcome);
}

/** AWS's answer to the token of a task that is over. */
export const tokenIsOver = () => new WireError('TaskTimedOut', "Task Timed Out: 'Provided task does not exist anymore'");

function applyToken(run: Run, { frame: id, nonce, say, ack }: Extract<Message, { kind: 'token' }>): void {
  const [frame, doing] = taskOf(run, id, nonce) ?? [];
  if (!frame || doing?.token === undefined) return ack.reject(tokenIsOver());
  if (say.act === 'heartbeat') {
    if (doing.heartbeatSeconds !== undefined) frame.doing = { ...doing, heartbeatDue: run.now + doing.heartbeatSeconds * 1000 };
    return;
  }
  const { error, cause } = say.act === 'failure' ? say : {};
  const failure = { ...(error === undefined ? {} : { error }), ...(cause === undefined ? {} : { cause }) };
  settle(run, frame, doing, say.act === 'success' ? { output: parseJson(say.output) } : { failure });
}

function stop(run: Run, { error, cause }: Extract<Message, { kind: 'stop' }>): void {
  const details = { ...(error === undefined ? {} : { error }), ...(cause === undefined ? {} : { cause }) };
  emit(run, 'ExecutionAborted', details, 0);
  close(run, { status: 'ABORTED', ...details });
}

/** Runs what did not succeed again, with fresh retry counters: docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html. */
function redrive(run: Run): void {
  const redriven = emit(run, 'ExecutionRedriven', { redriveCount: run.facts.redrives }, run.doc.nextEvent - 1);
  if (run.machine.timeoutSeconds !== undefined) run.doc.deadline = run.now + run.machine.timeoutSeconds * 1000;
  for (const frame of run.doc.frames.values()) {
    if (childrenOf(run.doc, frame.id).length === 0 && frame.doing.kind !== 'enter') redriveFrame(run, frame, redriven);
  }
  for (const frame of run.doc.frames.values()) if (['enter', 'again'].includes(frame.doing.kind)) run.ready.push(frame.id);
}

function redriveFrame(run: Run, frame: Frame, redriven: number): void {
  const { Type: type } = stateOf(run, frame);
  Object.assign(frame, { previous: redriven, retryCount: 0, retries: [] });
  const mapRun = frame.doing.kind === 'mapRun' ? frame.doing : frame.doing.kind === 'failed' ? frame.doing.mapRun : undefined;
  if (!mapRun) {
    frame.doing = { kind: type === 'Task' || type === 'Parallel' || type === 'Map' ? 'again' : 'enter' };
    return;
  }
  const startedId = emit(run, 'MapRunRedriven', { mapRunArn: mapRun.arn, redriveCount: run.facts.redrives }, redriven);
  frame.previous = startedId;
  frame.doing = { ...mapRun, startedId };
  run.redrivenMapRuns.push(mapRun.mapRun);
}
