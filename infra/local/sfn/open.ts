import type { ArnHome } from './arns.ts';
import type { Caller } from './calls.ts';
import { openDatabase } from './database.ts';
import { openEngine } from './engine.ts';
import { WireError } from './errors.ts';
import { executionById, forgetClosedBefore, retentionMs } from './executions.ts';
import { openMapRuns } from './map-runs.ts';
import type { Operation, Service } from './operations.ts';
import type { Engine } from './parts.ts';
import { executionOperations } from './ops-executions.ts';
import { machineOperations } from './ops-machines.ts';
import { mapRunOperations } from './ops-map-runs.ts';
import { tagOperations } from './ops-tags.ts';
import { taskOperations } from './ops-tasks.ts';
import { versionOperations } from './ops-versions.ts';
import type { Surroundings } from './ports.ts';
import { checkRequest } from './requests.ts';
import { startExecution } from './start.ts';
import { openTokens } from './tokens.ts';
import { type JsonObject, isObject, textOf } from './values.ts';

const operations: Readonly<Record<string, Operation>> = {
  ...machineOperations, ...versionOperations, ...executionOperations, ...taskOperations, ...mapRunOperations, ...tagOperations,
};

const refusedOperations: ReadonlyMap<string, string> = new Map([
  ...['CreateActivity', 'DeleteActivity', 'DescribeActivity', 'GetActivityTask', 'ListActivities'].map((name) => [name, `${name}: activities are not offered by this Step Functions`] as const),
  ['TestState', 'TestState is not offered by this Step Functions'],
]);

/** An answer of the wire protocol: `body` is JSON text; `errorType` goes into the header x-amzn-errortype. */
export interface WireAnswer {
  readonly status: number;
  readonly body: string;
  readonly errorType?: string;
}

/** Step Functions for one machine: the wire protocol, and the hooks of the cloud's clock. */
export interface StepFunctions {
  /** Carries out one request; `target` is the header X-Amz-Target. It never rejects for what a caller can cause. */
  handle(target: string, body: string): Promise<WireAnswer>;
  /** The ARN of the state machine whose execution a task token belongs to, for permission checks; undefined for a token that was not made here. */
  stateMachineOfToken(token: string): string | undefined;
  /** The earliest instant (ms) that something waits for. */
  nextDue(): number | undefined;
  /** Does what is due at `now`; resolves when it has been done, without waiting for the calls that follow. */
  fireDue(now: number): Promise<void>;
  /** Resolves when nothing is in flight: what is left waits for tokens or for time. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

/** Opens Step Functions over its database file and takes up what was under way when it was last closed or killed. */
export function openStepFunctions(around: Surroundings): StepFunctions {
  const db = openDatabase(around.file);
  const home: ArnHome = { partition: around.partition ?? 'aws', region: around.region, accountId: around.accountId };
  const tokens = openTokens(db);
  // The engine's calls and map runs need the service that is made of them: both are asked for only once all is open.
  const own = (action: string, input: JsonObject, caller: Caller, isSync: boolean) => callOwn(service, action, input, caller, isSync);
  const engine: Engine = openEngine({ db, around, home, tokens, own, mapRuns: () => service.mapRuns });
  const service: Service = { db, around, home, engine, mapRuns: openMapRuns(db, around, home, engine), tokens };
  engine.recover();
  return {
    handle: (target, body) => handle(service, target, body),
    stateMachineOfToken: (token) => {
      const target = tokens.read(token);
      return target && executionById(db, target.execution)?.machine_arn;
    },
    nextDue: () => db.get<{ due: number | null }>('SELECT MIN(due) AS due FROM timers')?.due ?? undefined,
    fireDue: async (now) => {
      await engine.wake(now);
      forgetClosedBefore(db, now - retentionMs, 500);
      await db.committed();
    },
    idle: () => engine.settled(),
    close: async () => {
      await engine.close();
      db.close();
    },
  };
}

async function handle(service: Service, target: string, text: string): Promise<WireAnswer> {
  try {
    const answer = await perform(service, target, text);
    // Nothing is acknowledged, and nothing shown, before it is on disk.
    await service.db.committed();
    return { status: 200, body: JSON.stringify(answer) };
  } catch (error) {
    if (error instanceof WireError) return refusal(400, error.type, error.message);
    service.around.onError?.(error);
    return refusal(500, 'InternalFailure', 'The request could not be carried out; the log has the reason');
  }
}

function refusal(status: number, type: string, message: string): WireAnswer {
  return { status, errorType: type, body: JSON.stringify({ __type: type, message }) };
}

async function perform(service: Service, target: string, text: string): Promise<JsonObject> {
  const name = target.startsWith('AWSStepFunctions.') ? target.slice('AWSStepFunctions.'.length) : '';
  const refused = refusedOperations.get(name);
  if (refused !== undefined) throw new WireError('UnsupportedOperation', refused);
  const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
  if (!operation) throw new WireError('UnknownOperationException', `Unknown operation: ${target}`);
  const body = parseBody(text);
  checkRequest(body, operation.rules);
  return operation.run(service, body);
}

function parseBody(text: string): JsonObject {
  let body: unknown;
  try {
    body = text.trim() === '' ? {} : (JSON.parse(text) as unknown);
  } catch (error) {
    throw new WireError('SerializationException', `The request body is not JSON: ${(error as Error).message}`);
  }
  if (!isObject(body)) throw new WireError('SerializationException', 'The request body must be a JSON object');
  return body;
}

const lowerFirst = (name: string) => name.charAt(0).toLowerCase() + name.slice(1);
const upperFirst = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);

/** What a Task asks of Step Functions itself, allowed by the state machine's role. */
async function callOwn(service: Service, action: string, input: JsonObject, caller: Caller, isSync: boolean): Promise<JsonObject> {
  const body = Object.fromEntries(Object.entries(input).map(([name, value]) => [lowerFirst(name), value]));
  const resource = String(body.stateMachineArn ?? body.executionArn ?? '*');
  await service.around.authorize?.({ roleArn: caller.roleArn, action: `states:${upperFirst(action)}`, resource });
  if (action !== 'startExecution') return performOwn(service, action, body);
  if (typeof body.stateMachineArn !== 'string') throw new WireError('States.Runtime', "The field 'StateMachineArn' is required but was missing");
  // Without a name of its own, a start that is repeated after a kill must find the execution that it made before.
  const name = typeof body.name === 'string' ? body.name : caller.startedBy.nonce;
  const given = body.input === undefined || body.input === null ? '{}' : typeof body.input === 'string' ? body.input : textOf(body.input);
  const row = startExecution(service, { stateMachineArn: body.stateMachineArn, name, input: given, trace: null, ...(isSync ? { parent: caller.startedBy } : {}) });
  await service.db.committed();
  return { ExecutionArn: row.arn, StartDate: row.started };
}

async function performOwn(service: Service, action: string, body: JsonObject): Promise<JsonObject> {
  const sent = { ...body, ...(body.output === undefined || typeof body.output === 'string' ? {} : { output: textOf(body.output) }) };
  const answer = await perform(service, `AWSStepFunctions.${upperFirst(action)}`, JSON.stringify(sent));
  const inMs = (name: string, value: unknown) => (name.endsWith('Date') ? Number(value) * 1000 : value);
  return Object.fromEntries(Object.entries(answer).map(([name, value]) => [upperFirst(name), inMs(name, value)]));
}
