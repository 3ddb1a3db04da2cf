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
  /** Where an activity is sent whose case has left the parallel state around it; only inside a region. */
  readonly left?: string;
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

/** A Choice that sends an execution to the states it is in: `places` lists the leaves that lead to each state. */
export function router(places: ReadonlyMap<string, readonly Leaf[]>, otherwise: string): AslState {
  const choices = [...places].map(([state, leaves]) => ({ Condition: expression(isAt(leaves)), Next: state }));
  return { Type: 'Choice', Choices: choices, Default: otherwise };
}

function isAt(leaves: readonly Leaf[]): string {
  if (leaves.length === 1) return `'${leaves[0]}' in $states.input.at`;
  return `$count($states.input.at[$ in [${leaves.map((leaf) => `'${leaf}'`).join(', ')}]]) > 0`;
}

// An execution may last 365 days. A wait ends ten days before at the latest, so that the leg can end at its leaf and the next one
// goes on there; a wait of a year costs one visit this way, and not one every few weeks.
const lastWaitEnds = 355 * 24 * 60 * 60;
const age = '$floor(($toMillis($states.context.State.EnteredTime) - $toMillis($states.context.Execution.StartTime)) / 1000)';

/** The three states of a leaf that waits: the wait itself, what happens when its time is over, and the Choice on the answer. */
export function waitingStates(leaf: Leaf, comment: string, answers: readonly Leaf[], around: Surroundings): Named[] {
  const payload = { ...leafPayload(leaf, around), startedAt: expression('$states.context.Execution.StartTime') };
  const wait: AslState = {
    Type: 'Task',
    Comment: comment,
    Resource: 'arn:${Partition}:states:::lambda:invoke.waitForTaskToken',
    Arguments: { FunctionName: '${AwaitLeafArn}', Payload: { ...payload, token: expression('$states.context.Task.Token') } },
    TimeoutSeconds: expression(`$max([1, $min([$lookup($states.input.waits, '${leaf}'), ${lastWaitEnds} - ${age}])])`),
    Retry: retry('States.TaskFailed'),
    Catch: [{ ErrorEquals: ['States.Timeout'], Output: expression('$states.input'), Next: `${leaf}.elapsed` }],
    Next: `${leaf}.next`,
  };
  const elapsed = call('${PassDeadlineArn}', payload, 'The time is over: deadlinePassed', `${leaf}.next`);
  return [[leaf, wait], [`${leaf}.elapsed`, elapsed], [`${leaf}.next`, next(leaf, answers, around)]];
}

/** A leaf that works: `name` is its Task's name, which differs from the leaf where a map comes first; `answers` are the leaves it can lead to. */
export interface Work {
  readonly leaf: Leaf;
  readonly name: string;
  readonly activity: string;
  readonly comment: string;
  readonly answers: readonly Leaf[];
}

/** The two states of a leaf that works: the activity, and the Choice on the answer. */
export function workingStates({ leaf, name, activity, comment, answers }: Work, around: Surroundings): Named[] {
  const work: AslState = {
    ...call('${RunActivityArn}', { ...leafPayload(leaf, around), activity }, comment, `${leaf}.next`),
    Catch: [...leaving(around), { ErrorEquals: ['States.ALL'], Next: around.failed }],
  };
  return [[name, work], [`${leaf}.next`, next(leaf, answers, around)]];
}

// On AWS a batch of 100 takes about half a second, and one partition of an index takes 1,000 writes a second (all of a phase are
// in one partition of byLeaf): four batches at a time stay below, more would only be throttled and tried again.
const batchesAtATime = 4;

/** A Distributed Map over the list that the leaf names, a file under `batches/<case>/`; its results go under `runs/<case>/`. Leads to `<leaf>.commit`. */
export function mapState(leaf: Leaf, listKey: string, comment: string, around: Surroundings): AslState {
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
      StartAt: `${leaf}.batch`,
      States: { [`${leaf}.batch`]: batch },
    },
    ResultWriter: {
      Resource: 'arn:${Partition}:states:::s3:putObject',
      Arguments: { Bucket: '${BucketName}', Prefix: expression("'runs/' & $case") },
    },
    Output: expression('$states.input'),
    Catch: [...leaving(around), { ErrorEquals: ['States.ALL'], Next: around.failed }],
    Next: `${leaf}.commit`,
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
  const states = new Map([...new Set([...answers, leaf])].map((answer) => [answer, answer]));
  return choice('to', states.set(nextLeg, around.rollOver), around.divergence);
}

function leaving(around: Surroundings): Json[] {
  return around.left === undefined ? [] : [{ ErrorEquals: [stepErrors.left], Output: expression('$states.errorOutput'), Next: around.left }];
}

function underCase(name: string): string {
  return expression(`'batches/' & $case & '/${name}'`);
}
