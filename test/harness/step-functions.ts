import { openStepFunctions, type StepFunctions } from '../../infra/local/sfn/open.ts';
import type { IntegrationCall, LambdaCall, StatusChange } from '../../infra/local/sfn/ports.ts';

/** The account of the test machines. */
export const account = { region: 'ap-southeast-1', accountId: '111111111111' } as const;

/** The role that test machines run with. */
export const roleArn = `arn:aws:iam::${account.accountId}:role/machine`;

/** The ARN of a test function; its name decides what it does (see `functions`). */
export const functionArn = (name: string) => `arn:aws:lambda:${account.region}:${account.accountId}:function:${name}`;

/** An event of a history, as GetExecutionHistory has it. */
export interface Event {
  readonly id: number;
  readonly previousEventId: number;
  readonly type: string;
  readonly [details: string]: unknown;
}

/** What is known of an execution after it has come to rest. */
export interface Told {
  readonly arn: string;
  readonly status: string;
  readonly output: unknown;
  readonly error: string | undefined;
  readonly cause: string | undefined;
  readonly events: readonly Event[];
  readonly types: readonly string[];
}

/** What a test function does: it answers, throws a function error `{ errorType }`, or rejects like the service. */
export type TestFunction = (payload: unknown, call: LambdaCall) => unknown;

/** Thrown by a test function that fails by itself. */
export class FunctionError extends Error {}

/** Step Functions with a clock that only tests move, functions that are plain code, and integrations that are recorded. */
export interface Bench {
  readonly service: StepFunctions;
  readonly calls: IntegrationCall[];
  readonly invocations: LambdaCall[];
  readonly changes: StatusChange[];
  readonly objects: Map<string, string>;
  now(): number;
  /** Calls an operation; throws an Error named after AWS's error. */
  call<T = Record<string, unknown>>(operation: string, body: object): Promise<T>;
  create(definition: object, name?: string): Promise<string>;
  start(machine: string, input?: unknown, name?: string): Promise<string>;
  /** Lets time pass until nothing waits for it any more, or until `until` (ms). */
  passTime(until?: number): Promise<void>;
  tell(execution: string): Promise<Told>;
  /** Creates, starts and lets time pass. */
  run(definition: object, input?: unknown): Promise<Told>;
}

/** Opens Step Functions for a test; `functions` are its Lambdas by name. */
export function openBench(functions: Readonly<Record<string, TestFunction>> = {}, file = ':memory:', begin = Date.UTC(2026, 0, 1)): Bench {
  let now = begin;
  let machines = 0;
  const calls: IntegrationCall[] = [];
  const invocations: LambdaCall[] = [];
  const changes: StatusChange[] = [];
  const objects = new Map<string, string>();
  const service = openStepFunctions({
    file,
    clock: { now: () => now },
    ...account,
    invokeLambda: async (call) => {
      invocations.push(call);
      const name = call.functionArn.split(':')[6] ?? '';
      const work = functions[name];
      if (!work) throw Object.assign(new Error(`Function not found: ${call.functionArn}`), { name: 'ResourceNotFoundException', statusCode: 404 });
      try {
        return { payload: await work(call.payload, call) };
      } catch (error) {
        if (error instanceof FunctionError) return { payload: { errorType: error.message, errorMessage: 'as told' }, functionError: 'Unhandled' };
        throw error;
      }
    },
    integrations: {
      call: async (call) => {
        calls.push(call);
        return answerIntegration(call, objects);
      },
    },
    onStatusChange: (change) => changes.push(change),
    onError: (error) => {
      throw error;
    },
  });
  const call = async <T>(operation: string, body: object): Promise<T> => {
    const answer = await service.handle(`AWSStepFunctions.${operation}`, JSON.stringify(body));
    const parsed = JSON.parse(answer.body) as { __type?: string; message?: string };
    if (answer.status === 200) return parsed as T;
    throw Object.assign(new Error(parsed.message), { name: parsed.__type });
  };
  const create = async (definition: object, name = `machine-${++machines}`) =>
    (await call<{ stateMachineArn: string }>('CreateStateMachine', { name, definition: JSON.stringify({ QueryLanguage: 'JSONata', ...definition }), roleArn })).stateMachineArn;
  const start = async (machine: string, input: unknown = {}, name?: string) =>
    (await call<{ executionArn: string }>('StartExecution', { stateMachineArn: machine, input: JSON.stringify(input), name })).executionArn;
  const passTime = async (until = Infinity) => {
    for (;;) {
      await service.idle();
      const due = service.nextDue();
      if (due === undefined || due > until) break;
      now = Math.max(now, due);
      await service.fireDue(now);
    }
    if (until !== Infinity) now = Math.max(now, until);
  };
  const tell = async (arn: string): Promise<Told> => {
    const { status, output, error, cause } = await call<{ status: string; output?: string; error?: string; cause?: string }>('DescribeExecution', { executionArn: arn });
    const { events } = await call<{ events: Event[] }>('GetExecutionHistory', { executionArn: arn, maxResults: 1000 });
    return { arn, status, output: output === undefined ? undefined : JSON.parse(output), error, cause, events, types: events.map(({ type }) => type) };
  };
  const run = async (definition: object, input: unknown = {}) => {
    const arn = await start(await create(definition), input);
    await passTime();
    return tell(arn);
  };
  return { service, calls, invocations, changes, objects, now: () => now, call, create, start, passTime, tell, run };
}

function answerIntegration({ service, action, input }: IntegrationCall, objects: Map<string, string>): unknown {
  const key = `${String(input.Bucket)}/${String(input.Key)}`;
  if (service === 'dynamodb' && input.TableName === '') throw Object.assign(new Error('TableName is empty'), { name: 'ValidationException' });
  if (service !== 's3') return { called: `${service}:${action}` };
  if (action === 'putObject') objects.set(key, String(input.Body));
  if (action === 'listObjectsV2') {
    const keys = [...objects.keys()].filter((name) => name.startsWith(`${String(input.Bucket)}/`));
    return { Contents: keys.map((name) => ({ Key: name.slice(String(input.Bucket).length + 1), Size: objects.get(name)?.length })), IsTruncated: false };
  }
  const body = objects.get(key);
  if (body === undefined) throw Object.assign(new Error('The specified key does not exist.'), { name: 'NoSuchKey', statusCode: 404 });
  return action === 'getObject' ? { Body: body } : {};
}

/** A Task that invokes a test function. */
export const invoke = (name: string, more: object = {}) => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Arguments: { FunctionName: functionArn(name), Payload: '{% $states.input %}' },
  Output: '{% $states.result.Payload %}',
  ...more,
});

/** A Task that gives a test function its token and waits. */
export const waitForToken = (name: string, more: object = {}) => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
  Arguments: { FunctionName: functionArn(name), Payload: { token: '{% $states.context.Task.Token %}' } },
  ...more,
});

/** A machine of states that follow one another by name. */
export const machine = (states: Readonly<Record<string, object>>, more: object = {}) => ({ StartAt: Object.keys(states)[0], States: states, ...more });
