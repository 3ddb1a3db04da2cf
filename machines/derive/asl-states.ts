import type { Json } from '../decision.ts';
import type { Leaf } from '../../shared/step.ts';
import { nextLeg, stepErrors } from '../../shared/step.ts';

/** One state of a definition in Amazon States Language, JSONata mode. */
export type AslState = { readonly Type: string } & { readonly [field: string]: Json };

/** States by name; names are unique in the whole definition, branches included. */
export type AslStates = Record<string, AslState>;

/** A state with its name, as the builders below hand them over. */
export type Named = readonly [name: string, state: AslState];

/** What every builder needs to know: the lifecycle, and the names of the states that end an execution or a branch here. */
export interface Surroundings {
  readonly lifecycle: string;
  /** Where `NextLeg` leads. */
  readonly rollOver: string;
  /** Where an answer that is not on the list leads. */
  readonly divergence: string;
  /** Where an activity that failed for good leads. */
  readonly failed: string;
  /** The state of a leaf, or of what an answer leads to: an answer leads to the state of its name, unless it is called otherwise here. */
  readonly called: (leaf: Leaf) => string;
  /** Catches of `Lifecycle.Left`: of a Task that waits or asks for a deadline, and of one that works, which catches everything else, too. */
  readonly leaving: { readonly waiting: readonly Json[]; readonly working: readonly Json[] };
}

/** Seconds that a function has for its answer; three times the longest time-out a function is given (`infra/aws`). */
const answerSeconds = 300;

/** `Lifecycle.*` are answers, not failures; everything else is tried again for about two minutes with full jitter. */
const retry = (...errors: string[]): Json => [
  { ErrorEquals: [stepErrors.left, stepErrors.rollOver], MaxAttempts: 0 },
  { ErrorEquals: errors, IntervalSeconds: 1, BackoffRate: 2, MaxAttempts: 8, MaxDelaySeconds: 60, JitterStrategy: 'FULL' },
];

/** A JSONata expression as ASL writes it. */
export function expression(jsonata: string): string {
  return `{% ${jsonata} %}`;
}

/** A Choice on one field of the Step: `answers` maps each possible value to the state that it leads to. */
export function choice(field: 'to' | 'then', answers: ReadonlyMap<Leaf, string>, otherwise: string): AslState {
  const choices = [...answers].map(([answer, next]) => ({ Condition: expression(`$states.input.${field} = '${answer}'`), Next: next }));
  return { Type: 'Choice', Choices: choices, Default: otherwise };
}

/** A way into a state: an execution goes there when it is in one of `leaves`, and in none of `but`. The first way that fits is taken. */
export interface Way {
  readonly to: string;
  readonly leaves: readonly Leaf[];
  readonly but?: readonly Leaf[];
}

/** A Choice that sends an execution to the states it is in; `assign` is what it keeps on every way, as variables. */
export function router(ways: readonly Way[], otherwise: string, assign?: Json): AslState {
  const kept = assign === undefined ? {} : { Assign: assign };
  const choices = ways.map(({ to, leaves, but = [] }) => ({ Condition: expression(isAt(leaves) + isNotAt(but)), ...kept, Next: to }));
  return { Type: 'Choice', Choices: choices, Default: otherwise };
}

function isAt(leaves: readonly Leaf[]): string {
  return leaves.length === 1 ? `'${leaves[0]}' in $states.input.at` : `${countOf(leaves)} > 0`;
}

function isNotAt(leaves: readonly Leaf[]): string {
  return leaves.length === 0 ? '' : ` and ${countOf(leaves)} = 0`;
}

function countOf(leaves: readonly Leaf[]): string {
  return `$count($states.input.at[$ in [${leaves.map((leaf) => `'${leaf}'`).join(', ')}]])`;
}

// An execution may last 365 days. A wait ends ten days before at the latest, so that the leg can end at its leaf and the next one
// goes on there; a wait of a year costs one visit this way, and not one every few weeks.
const lastWaitEnds = 355 * 24 * 60 * 60;
const age = '$floor(($toMillis($states.context.State.EnteredTime) - $toMillis($states.context.Execution.StartTime)) / 1000)';

/** The three states of a leaf that waits: the wait itself, what happens when its time is over, and the Choice on the answer. */
export function waitingStates(leaf: Leaf, comment: string, answers: readonly Leaf[], around: Surroundings): Named[] {
  const name = around.called(leaf);
  const { waiting } = around.leaving;
  const payload = { ...leafPayload(leaf, around), startedAt: expression('$states.context.Execution.StartTime') };
  const wait: AslState = {
    Type: 'Task',
    Comment: comment,
    Resource: 'arn:${Partition}:states:::lambda:invoke.waitForTaskToken',
    Arguments: { FunctionName: '${AwaitLeafArn}', Payload: { ...payload, token: expression('$states.context.Task.Token') } },
    TimeoutSeconds: expression(`$max([1, $min([$lookup($states.input.waits, '${leaf}'), ${lastWaitEnds} - ${age}])])`),
    Retry: retry('States.TaskFailed'),
    Catch: [...waiting, { ErrorEquals: ['States.Timeout'], Output: expression('$states.input'), Next: `${name}.elapsed` }],
    Next: `${name}.next`,
  };
  const elapsed = call('${PassDeadlineArn}', payload, 'The time is over: deadlinePassed', `${name}.next`);
  const caught = waiting.length === 0 ? elapsed : { ...elapsed, Catch: waiting };
  return [[name, wait], [`${name}.elapsed`, caught], [`${name}.next`, next(leaf, answers, around)]];
}

/** A leaf that works: `name` is its Task's name, which differs from the leaf's state where a map comes first; `answers` are the leaves it can lead to. */
export interface Work {
  readonly leaf: Leaf;
  readonly name: string;
  readonly activity: string;
  readonly comment: string;
  readonly answers: readonly Leaf[];
}

/** The two states of a leaf that works: the activity, and the Choice on the answer. */
export function workingStates({ leaf, name, activity, comment, answers }: Work, around: Surroundings): Named[] {
  const after = `${around.called(leaf)}.next`;
  const work: AslState = {
    ...call('${RunActivityArn}', { ...leafPayload(leaf, around), activity }, comment, after),
    Catch: [...around.leaving.working, { ErrorEquals: ['States.ALL'], Next: around.failed }],
  };
  return [[name, work], [after, next(leaf, answers, around)]];
}

// On AWS a batch of 100 takes about half a second, and one partition of an index takes 1,000 writes a second (all of a phase are
// in one partition of byLeaf): four batches at a time stay below, more would only be throttled and tried again.
const batchesAtATime = 4;

/** A Distributed Map over the list that the leaf names, a file under `batches/<case>/`; its results go under `runs/<case>/`. Leads to `<leaf>.commit`. */
export function mapState(leaf: Leaf, listKey: string, comment: string, around: Surroundings): AslState {
  const name = around.called(leaf);
  const batch = call('${PublishScenariosArn}', expression('$states.input'), 'One batch: { BatchInput, Items }', undefined);
  return {
    Type: 'Map',
    Comment: comment,
    ItemReader: {
      Resource: 'arn:${Partition}:states:::s3:getObject',
      ReaderConfig: { InputType: 'JSON' },
      Arguments: { Bucket: '${BucketName}', Key: underCase(listKey) },
    },
    ItemBatcher: { MaxItemsPerBatch: 100, BatchInput: leafPayload(leaf, around) },
    MaxConcurrency: batchesAtATime,
    ItemProcessor: {
      ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
      StartAt: `${name}.batch`,
      States: { [`${name}.batch`]: batch },
    },
    ResultWriter: {
      Resource: 'arn:${Partition}:states:::s3:putObject',
      Arguments: { Bucket: '${BucketName}', Prefix: expression("'runs/' & $case") },
    },
    Output: expression('$states.input'),
    Catch: [...around.leaving.working, { ErrorEquals: ['States.ALL'], Next: around.failed }],
    Next: `${name}.commit`,
  };
}

/** A Task that calls a function and hands on its answer; retried with back-off and jitter. Ends its branch when `next` is not given. */
export function call(functionName: string, payload: Json, comment: string, next: string | undefined): AslState {
  return {
    Type: 'Task',
    Comment: comment,
    Resource: 'arn:${Partition}:states:::lambda:invoke',
    Arguments: { FunctionName: functionName, Payload: payload },
    Output: expression('$states.result.Payload'),
    TimeoutSeconds: answerSeconds,
    Retry: retry('States.TaskFailed', 'States.Timeout'),
    ...(next === undefined ? { End: true } : { Next: next }),
  };
}

/** A Fail state under its error name. */
export function fail(error: string, comment: string): AslState {
  return { Type: 'Fail', Comment: comment, Error: error, Cause: expression('$string($states.input)') };
}

function leafPayload(leaf: Leaf, around: Surroundings): { readonly [key: string]: Json } {
  return { case: expression('$case'), leg: expression('$leg'), leaf, n: expression('$states.input.n'), lifecycle: around.lifecycle };
}

/** The leaf itself is always a possible answer: a reminder leaves no leaf, and the wait goes on. */
function next(leaf: Leaf, answers: readonly Leaf[], around: Surroundings): AslState {
  const states = new Map([...new Set([...answers, leaf])].map((answer) => [answer, around.called(answer)]));
  return choice('to', states.set(nextLeg, around.rollOver), around.divergence);
}

function underCase(name: string): string {
  return expression(`'batches/' & $case & '/${name}'`);
}
