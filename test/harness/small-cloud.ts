import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { CreateStateMachineAliasCommand, CreateStateMachineCommand, SFNClient } from '@aws-sdk/client-sfn';
import type { DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { archiveCase } from '../../functions/activities/archive-case.ts';
import { finishPublication } from '../../functions/activities/finish-publication.ts';
import { freezeBatch } from '../../functions/activities/freeze-batch.ts';
import { openScenarios } from '../../functions/activities/open-scenarios.ts';
import { importRows } from '../../functions/import-rows.ts';
import { preflight } from '../../functions/activities/preflight.ts';
import { publishScenarios, type PublishCall } from '../../functions/activities/publish-scenarios.ts';
import { attachments } from '../../functions/attachments.ts';
import { documents } from '../../functions/documents.ts';
import { personalDesk } from '../../functions/desk.ts';
import { exportsOf } from '../../functions/exports.ts';
import { s3Client, type Bucket } from '../../functions/files/bucket.ts';
import type { ScanDesk } from '../../functions/files/desk.ts';
import type { Scanner } from '../../functions/scan/verdict.ts';
import { httpShell, type HttpAnswer, type HttpRequest } from '../../functions/http/shell.ts';
import { Problem } from '../../functions/http/problem.ts';
import { rehearsals } from '../../functions/rehearsals.ts';
import { readCases } from '../../functions/read-cases.ts';
import { boards } from '../../functions/boards.ts';
import { sendCommand } from '../../functions/send-command.ts';
import { awaitLeaf, type AwaitCall } from '../../functions/steps/await-leaf.ts';
import { openBatch, type OpenBatchCall } from '../../functions/steps/open-batch.ts';
import { passDeadline } from '../../functions/steps/pass-deadline.ts';
import { relay } from '../../functions/steps/relay.ts';
import { runActivity, type ActivityCall } from '../../functions/steps/run-activity.ts';
import { stepFunctions, type Steps } from '../../functions/steps/step-functions.ts';
import type { LeafCall } from '../../functions/steps/step.ts';
import { sweep, type SweepResult } from '../../functions/steps/sweep.ts';
import type { Item } from '../../functions/store/keys.ts';
import { orgItem, personItem } from '../../functions/store/people.ts';
import type { Table } from '../../functions/store/table.ts';
import { followForPeople } from '../../functions/notices/follow.ts';
import { remindOfTheDay, type Reminded } from '../../functions/notices/remind.ts';
import type { Channel } from '../../functions/store/deliveries.ts';
import { documentFonts } from '../../infra/build/document-fonts.ts';
import { openS3 } from '../../infra/local/s3/open.ts';
import { organisations, people } from '../../infra/local/seed/people.ts';
import { listen } from '../../infra/local/sfn/listen.ts';
import { openStepFunctions } from '../../infra/local/sfn/open.ts';
import { lifecycles } from '../../machines/lifecycles.ts';
import { mustConform } from './conformance.ts';
import { freshTable, startDynoxide } from './dynoxide.ts';

const credentials = { accessKeyId: 'test', secretAccessKey: 'test-secret' };
const region = 'ap-southeast-1';
const accountId = '000000000000';
const functionArn = (name: string): string => `arn:aws:lambda:${region}:${accountId}:function:${name}`;

/** An answer of a handler as a client sees it. */
export interface Reply<T = Record<string, unknown>> {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: T;
}

/** The functions around real engines in one process, without gateway, template and threads: what a flow test of the shell needs. */
export interface SmallCloud {
  readonly table: Table;
  readonly bucket: Bucket;
  readonly steps: Steps;
  readonly states: SFNClient;
  now(): number;
  /** What each store call of the functions consumed since the last time somebody asked, in order. */
  consumed(): { readonly units: number }[];
  /** Moves the clock; executions whose time is over go on. */
  moveTo(instant: string): Promise<void>;
  desk(): ScanDesk & { readonly steps: Steps };
  /** Sends a request as a person; throws when the answer is not as the OpenAPI document says. */
  send<T = Record<string, unknown>>(person: string, method: string, path: string, options?: { body?: unknown; headers?: Record<string, string> }): Promise<Reply<T>>;
  /** Sends whatever it is given as the event. */
  raw(event: unknown): Promise<HttpAnswer>;
  /** Carries every event that no relay has seen to the relay, until executions rest. `lost` events are only marked as seen. */
  settle(options?: { readonly lost?: boolean }): Promise<void>;
  sweep(): Promise<SweepResult>;
  /** What the hourly look at the calendar does. */
  calendar(): Promise<Reminded | undefined>;
  /** The ways out of the house that notices take; none at first. */
  readonly channels: Channel[];
  stop(): Promise<void>;
}

/** Starts the engines, seeds the people, creates the state machines from docs/derived. */
export async function startSmallCloud(start = '2025-03-03T01:00:00.000Z', scanner: Scanner = { kind: 'none' }): Promise<SmallCloud> {
  const folder = await mkdtemp(join(tmpdir(), 'guijing-flow-'));
  let now = Date.parse(start);
  const engine = await startDynoxide();
  const calls: { units: number }[] = [];
  const table = await freshTable(engine.endpoint, 'records', (used) => void calls.push({ units: used.CapacityUnits ?? 0 }));
  for (const org of organisations) await put(table, orgItem(org));
  for (const person of people) await put(table, personItem(person));

  const s3 = openS3({ folder: join(folder, 's3'), clock: { now: () => Date.now() }, region, keys: { secretFor: (id) => (id === credentials.accessKeyId ? { secret: credentials.secretAccessKey, principal: `arn:aws:iam::${accountId}:root` } : undefined) } });
  const bucket: Bucket = { name: 'files', client: s3Client({ endpoint: await s3.listen(), region, credentials }) };
  s3.ensureBucket('files', { versioning: 'Enabled' });

  const machine = openStepFunctions({
    file: ':memory:', region, accountId, clock: { now: () => now },
    invokeLambda: async ({ functionArn: arn, payload }) => invoke(arn.split(':').at(-1) ?? '', payload),
    integrations: { call: async ({ action, input }) => filesFor(bucket, action, input) },
  });
  const wire = await listen(machine);
  const states = new SFNClient({ endpoint: wire.url, region, credentials });
  const steps = stepFunctions(states, await createMachines(states));

  const desk = () => ({ table, bucket, steps, scanner, policy: 'gx-2025-draft', now });
  const functions: Readonly<Record<string, (payload: never) => Promise<unknown>>> = {
    'await-leaf': (call: AwaitCall) => awaitLeaf({ table, steps }, call, now),
    'pass-deadline': (call: LeafCall) => passDeadline(desk(), call),
    'run-activity': (call: ActivityCall) => runActivity(desk(), call, { preflight, freezeBatch, finishPublication, archiveCase, openScenarios }),
    'open-batch': (call: OpenBatchCall) => openBatch(desk(), call),
    'publish-scenarios': (call: PublishCall) => publishScenarios(desk(), call),
  };
  const invoke = async (name: string, payload: unknown) => {
    try {
      return { payload: JSON.parse(JSON.stringify((await functions[name]?.(payload as never)) ?? {})) as unknown };
    } catch (error) {
      const { name: errorType, message: errorMessage } = error as Error;
      return { payload: { errorType, errorMessage, trace: [] }, functionError: 'Unhandled' };
    }
  };

  const channels: Channel[] = [];
  const handler = httpShell((request) => route(desk(), request));
  const seen = new Set<string>();
  const unseen = async (): Promise<DynamoDBRecord[]> => {
    const items = await scan(table);
    const events = items.filter((item) => item['sk']?.S?.startsWith('E#') && !seen.has(`${item['pk']?.S}${item['sk']?.S}`));
    for (const item of events) seen.add(`${item['pk']?.S}${item['sk']?.S}`);
    return events.toSorted((a, b) => String(a['sk']?.S).localeCompare(String(b['sk']?.S))).map(asRecord);
  };
  const settle = async ({ lost = false } = {}): Promise<void> => {
    for (let records = await unseen(); ; records = await unseen()) {
      if (records.length > 0 && !lost) {
        const { batchItemFailures } = await relay(desk(), { Records: records } as DynamoDBStreamEvent);
        if (batchItemFailures.length > 0) throw new Error(`the relay failed on ${JSON.stringify(batchItemFailures)}`);
        const told = await followForPeople({ ...desk(), channels }, { Records: records } as DynamoDBStreamEvent);
        if (told.batchItemFailures.length > 0) throw new Error(`notices failed on ${JSON.stringify(told.batchItemFailures)}`);
      }
      await machine.idle();
      if (records.length === 0) return;
    }
  };
  const raw = async (event: unknown): Promise<HttpAnswer> => (await handler(event as HttpRequest, {} as never)) as HttpAnswer;

  return {
    table, bucket, steps, states, desk, settle, raw,
    consumed: () => calls.splice(0),
    now: () => now,
    moveTo: async (instant) => {
      const goal = Date.parse(instant);
      await settle();
      for (let due = machine.nextDue(); due !== undefined && due <= goal; due = machine.nextDue()) {
        now = Math.max(now, due);
        await machine.fireDue(now);
        await settle();
      }
      now = goal;
    },
    send: async <T>(person: string, method: string, path: string, { body, headers = {} }: { body?: unknown; headers?: Record<string, string> } = {}) => {
      const reply = replyOf<T>(await raw(requestOf(person, method, path, body, headers)));
      mustConform(method, path.split('?', 1)[0] ?? path, reply.status, reply.body);
      return reply;
    },
    channels,
    sweep: () => sweep(desk()),
    calendar: () => remindOfTheDay({ ...desk(), channels }),
    stop: async () => {
      states.destroy();
      await wire.stop();
      await machine.close();
      bucket.client.destroy();
      await s3.close();
      await engine.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A request as API Gateway hands it over, for a person whose token was checked. */
export function requestOf(person: string | undefined, method: string, target: string, body?: unknown, headers: Record<string, string> = {}): HttpRequest {
  const url = new URL(target, 'http://api');
  const jwt = person === undefined ? {} : { authorizer: { jwt: { claims: { sub: person }, scopes: [] } } };
  return {
    version: '2.0', routeKey: `${method} ${url.pathname}`, rawPath: url.pathname, rawQueryString: url.search.slice(1),
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(url.search ? { queryStringParameters: Object.fromEntries(url.searchParams) } : {}),
    requestContext: { requestId: 'test-request', http: { method, path: url.pathname, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'test' }, ...jwt } as unknown as HttpRequest['requestContext'],
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    isBase64Encoded: false,
  };
}

function replyOf<T>(answer: HttpAnswer): Reply<T> {
  return { status: answer.statusCode ?? 0, headers: answer.headers ?? {}, body: JSON.parse(answer.body ?? 'null') as T };
}

// The gateway's routes in short: the first handler that knows the path answers.
async function route(desk: ScanDesk, request: HttpRequest): Promise<HttpAnswer> {
  const path = String(request?.rawPath ?? '');
  if (path.includes('/attachments')) return attachments(desk, request);
  if (/\/documents|^\/published\/.+\/extracts\/|^\/annex1\/|^\/casebook|^\/evaluations\.|^\/selection-summary|\/evaluation-notices\/|^\/verify\/|^\/ledger\/disbursements\.xlsx/.test(path)) return documents({ ...desk, fonts: documentFonts }, request);
  if (/^\/(desk|done|mine|digest|notices|deliveries|colleagues|organisations|stand-ins|selection-meetings|unit-accounts|units)\b/.test(path)) return personalDesk(desk, request);
  if (path.endsWith('/import')) return importRows(desk, request);
  if (path.startsWith('/exports/') || path === '/figures.xlsx') return exportsOf(desk, request);
  if (path.startsWith('/rehearsals')) return rehearsals(desk, request);
  const method = request?.requestContext?.http?.method;
  if (/^\/(policy-what-if|demand-board|data-authorities|figures|evaluations|library)(\/|$)/.test(path)) return boards(desk, request);
  if (method === 'POST') return sendCommand(desk, request);
  if (method === 'GET') return readCases(desk, request);
  throw new Problem('not-found', '没有这个地址');
}

async function put(table: Table, item: Item): Promise<void> {
  await table.client.send(new PutItemCommand({ TableName: table.name, Item: item }));
}

async function scan(table: Table): Promise<Item[]> {
  const items: Item[] = [];
  let start: Item | undefined;
  do {
    const page = await table.client.send(new ScanCommand({ TableName: table.name, ExclusiveStartKey: start, ConsistentRead: true }));
    items.push(...(page.Items ?? []));
    start = page.LastEvaluatedKey;
  } while (start);
  return items;
}

// A stream record is JSON: bytes travel as base64 text.
function asRecord(item: Item): DynamoDBRecord {
  const image = JSON.parse(JSON.stringify(item, (_, value: unknown) => (value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value))) as Record<string, { B?: unknown }>;
  return { eventID: `${item['pk']?.S}${item['sk']?.S}`, eventName: 'INSERT', dynamodb: { Keys: { pk: item['pk'], sk: item['sk'] } as never, NewImage: image as never, SequenceNumber: '1' } };
}

async function filesFor(bucket: Bucket, action: string, input: Readonly<Record<string, unknown>>): Promise<unknown> {
  if (action === 'getObject') return { Body: await (await bucket.client.send(new GetObjectCommand(input as never))).Body?.transformToString() };
  if (action === 'putObject') return bucket.client.send(new PutObjectCommand(input as never)).then(({ ETag }) => ({ ETag }));
  throw new Error(`no ${action} here`);
}

async function createMachines(states: SFNClient): Promise<Record<string, string>> {
  const blanks: Readonly<Record<string, string>> = {
    Partition: 'aws', BucketName: 'files', AwaitLeafArn: functionArn('await-leaf'), RunActivityArn: functionArn('run-activity'),
    PassDeadlineArn: functionArn('pass-deadline'), OpenBatchArn: functionArn('open-batch'), PublishScenariosArn: functionArn('publish-scenarios'),
  };
  const aliases: Record<string, string> = {};
  for (const name of Object.keys(lifecycles)) {
    const text = await readFile(new URL(`../../docs/derived/${name}.asl.json`, import.meta.url), 'utf8');
    const definition = text.replaceAll(/\$\{(\w+)\}/g, (blank, key: string) => blanks[key] ?? blank);
    const made = await states.send(new CreateStateMachineCommand({ name, definition, roleArn: `arn:aws:iam::${accountId}:role/machine`, publish: true }));
    const alias = await states.send(new CreateStateMachineAliasCommand({ name: 'live', routingConfiguration: [{ stateMachineVersionArn: made.stateMachineVersionArn, weight: 100 }] }));
    aliases[name] = alias.stateMachineAliasArn ?? '';
  }
  return aliases;
}
