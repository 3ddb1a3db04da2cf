import { randomUUID } from 'node:crypto';
import type { State } from './definition.ts';
import { errorNames, type Failure } from './errors.ts';
import { evaluate, evaluateInteger } from './evaluate.ts';
import type { Frame, TaskDoing } from './frames.ts';
import { knownResource, type Resource } from './resource.ts';
import { type Run, checkSize, emit, scopeOf } from './run.ts';
import { type JsonObject, textOf, tooLarge } from './values.ts';

/** What a call came back with. */
export type Answer = { readonly output: unknown } | { readonly failure: Failure };

/** Schedules a Task: its arguments, deadlines and token are fixed here, the call is made when this turn is stored. */
export async function beginTask(run: Run, frame: Frame, state: State): Promise<void> {
  const resource = knownResource(state.Resource ?? '');
  const nonce = randomUUID();
  // Recorded on AWS: a `.sync` task has a token as well, and it may end the task before the child does.
  const token = resource.pattern === 'request' ? undefined : run.makeToken(frame.id, nonce);
  const scope = scopeOf(run, frame, {}, token === undefined ? {} : { Task: { Token: token } });
  const args = state.Arguments === undefined ? frame.input : await evaluate(scope, 'Arguments', state.Arguments);
  checkSize(frame.state, args);
  const timeout = await evaluateInteger(scope, 'TimeoutSeconds', state.TimeoutSeconds, 1);
  const heartbeat = await evaluateInteger(scope, 'HeartbeatSeconds', state.HeartbeatSeconds, 1);
  frame.doing = {
    kind: 'task',
    phase: 'call',
    nonce,
    resource: state.Resource ?? '',
    args,
    ...(token === undefined ? {} : { token }),
    ...(timeout === undefined ? {} : { timeoutDue: run.now + timeout * 1000 }),
    ...(heartbeat === undefined ? {} : { heartbeatSeconds: heartbeat, heartbeatDue: run.now + heartbeat * 1000 }),
  };
  const limits = { ...(timeout === undefined ? {} : { timeoutInSeconds: timeout }), ...(heartbeat === undefined ? {} : { heartbeatInSeconds: heartbeat }) };
  frame.previous = writeScheduled(run, frame, resource, args, limits);
  run.scheduled.push(frame.id);
}

function writeScheduled(run: Run, frame: Frame, resource: Resource, args: unknown, limits: JsonObject): number {
  if (resource.kind === 'function') {
    return emit(run, 'LambdaFunctionScheduled', { resource: resource.resource, input: textOf(args), ...limits }, frame.previous);
  }
  return emit(run, 'TaskScheduled', { ...named(resource), region: run.home.region, parameters: textOf(args), ...limits }, frame.previous);
}

const named = ({ resourceType, resource }: Resource) => ({ resourceType, resource });

/** Writes that the tasks of this turn have started: recorded on AWS, after all of them were scheduled. */
export function startTasks(run: Run): void {
  for (const id of run.scheduled.splice(0)) {
    const frame = run.doc.frames.get(id);
    if (frame?.doing.kind !== 'task') continue;
    const resource = knownResource(frame.doing.resource);
    if (resource.kind === 'function') frame.previous = emit(run, 'LambdaFunctionStarted', undefined, frame.previous);
    else frame.previous = emit(run, 'TaskStarted', named(resource), frame.previous);
    run.calls.push(id);
  }
}

/** The call has come back. */
export function answered(run: Run, frame: Frame, doing: TaskDoing, answer: Answer): void {
  const resource = knownResource(doing.resource);
  if ('failure' in answer) return failTask(run, frame, resource, answer.failure, resource.pattern === 'sync' ? 'TaskSubmitFailed' : 'TaskFailed');
  if (resource.pattern === 'request') return succeed(run, frame, resource, answer.output);
  frame.previous = emit(run, 'TaskSubmitted', { ...named(resource), output: textOf(answer.output) }, frame.previous);
  if (resource.pattern === 'token') frame.doing = { ...doing, phase: 'token', args: null };
  else frame.doing = { ...doing, phase: 'child', args: null, child: String((answer.output as JsonObject).ExecutionArn) };
}

/** The result that the task waited for is there: from its call, its token, or its child. */
export function succeed(run: Run, frame: Frame, resource: Resource, output: unknown): void {
  const text = textOf(output);
  if (tooLarge(text)) {
    const owner = resource.kind === 'function' ? resource.resource : resource.resourceType;
    const cause = `The state/task '${owner}' returned a result with a size exceeding the maximum number of bytes service limit.`;
    return failTask(run, frame, resource, { error: errorNames.dataLimit, cause });
  }
  if (resource.kind === 'function') frame.previous = emit(run, 'LambdaFunctionSucceeded', { output: text }, frame.previous);
  else frame.previous = emit(run, 'TaskSucceeded', { ...named(resource), output: text }, frame.previous);
  frame.doing = { kind: 'outcome', result: output, task: true };
  run.ready.push(frame.id);
}

/** The task has failed: by its call, its token, or its child. */
export function failTask(run: Run, frame: Frame, resource: Resource, failure: Failure, type: 'TaskFailed' | 'TaskSubmitFailed' = 'TaskFailed'): void {
  const details = { ...(failure.error === undefined ? {} : { error: failure.error }), ...(failure.cause === undefined ? {} : { cause: failure.cause }) };
  if (resource.kind === 'function') frame.previous = emit(run, 'LambdaFunctionFailed', details, frame.previous);
  else frame.previous = emit(run, type, { ...named(resource), ...details }, frame.previous);
  frame.doing = { kind: 'failure', failure };
  run.ready.push(frame.id);
}

/** Ends a task whose time is over; answers false when it is not over yet. */
export function expire(run: Run, frame: Frame, doing: TaskDoing): boolean {
  const isTimeout = doing.timeoutDue !== undefined && doing.timeoutDue <= run.now;
  const isHeartbeat = doing.heartbeatDue !== undefined && doing.heartbeatDue <= run.now;
  if (!isTimeout && !isHeartbeat) return false;
  // Recorded on AWS: a missed heartbeat is written as States.Timeout too.
  const failure: Failure = { error: errorNames.timeout, ...(isTimeout ? {} : { alias: errorNames.heartbeatTimeout }) };
  const resource = knownResource(doing.resource);
  const details = { error: errorNames.timeout };
  if (resource.kind === 'function') frame.previous = emit(run, 'LambdaFunctionTimedOut', details, frame.previous);
  else frame.previous = emit(run, 'TaskTimedOut', { ...named(resource), ...details }, frame.previous);
  if (doing.child !== undefined) run.orphans.push(doing.child);
  frame.doing = { kind: 'failure', failure };
  run.ready.push(frame.id);
  return true;
}
