import { checkExecutionArn, checkMapRunArn } from './arns.ts';
import { WireError } from './errors.ts';
import { type ExecutionRow, eventsOf, executionByArn, executionById } from './executions.ts';
import { maxEvents, toWire } from './history.ts';
import { needMachine } from './machines.ts';
import type { MapRunRow } from './map-run-rows.ts';
import { type Operation, present, seconds, type Service } from './operations.ts';
import { describeDefinition } from './ops-machines.ts';
import { redriveReason, redriveStatus } from './redrive.ts';
import { pageLimit, readPageToken, rules, writePageToken } from './requests.ts';
import { startExecution } from './start.ts';
import type { JsonObject } from './values.ts';

const statuses = ['SUCCEEDED', 'TIMED_OUT', 'PENDING_REDRIVE', 'ABORTED', 'FAILED', 'RUNNING'];

/** Operations on executions. */
export const executionOperations = {
  StartExecution: { rules: { stateMachineArn: rules.needArn, name: rules.name, input: rules.text, traceHeader: { type: 'string', max: 256 } }, run: start },
  StartSyncExecution: { rules: { stateMachineArn: rules.needArn }, run: startSync },
  StopExecution: { rules: { executionArn: rules.needArn, error: rules.error, cause: rules.cause }, run: stop },
  RedriveExecution: { rules: { executionArn: rules.needArn, clientToken: { type: 'string', min: 1, max: 64 } }, run: redrive },
  DescribeExecution: { rules: { executionArn: rules.needArn, includedData: rules.includedData }, run: describe },
  DescribeStateMachineForExecution: { rules: { executionArn: rules.needArn, includedData: rules.includedData }, run: describeMachine },
  ListExecutions: {
    rules: {
      stateMachineArn: rules.arn,
      statusFilter: { type: 'string', values: statuses },
      maxResults: rules.pageSize,
      nextToken: { type: 'string', min: 1, max: 3096 },
      mapRunArn: rules.longArn,
      redriveFilter: { type: 'string', values: ['REDRIVEN', 'NOT_REDRIVEN'] },
    },
    run: list,
  },
  GetExecutionHistory: {
    rules: { executionArn: rules.needArn, maxResults: rules.pageSize, reverseOrder: rules.flag, nextToken: rules.pageToken, includeExecutionData: rules.flag },
    run: history,
  },
} as const satisfies Readonly<Record<string, Operation>>;

function start(service: Service, body: JsonObject): JsonObject {
  const input = (body.input as string | null | undefined) ?? '{}';
  const trace = (body.traceHeader as string | undefined) ?? null;
  const row = startExecution(service, { stateMachineArn: String(body.stateMachineArn), name: (body.name as string | null | undefined) ?? undefined, input, trace });
  return { executionArn: row.arn, startDate: seconds(row.started) };
}

function startSync({ db }: Service, body: JsonObject): JsonObject {
  needMachine(db, String(body.stateMachineArn));
  throw new WireError('StateMachineTypeNotSupported', 'This operation is not supported by this type of state machine');
}

/** The execution of an ARN. Throws InvalidArn, ExecutionDoesNotExist. */
export function needExecution({ db }: Service, arn: string): ExecutionRow {
  const row = executionByArn(db, checkExecutionArn(arn));
  if (!row) throw new WireError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
  return row;
}

async function stop(service: Service, body: JsonObject): Promise<JsonObject> {
  const { db, engine } = service;
  const row = needExecution(service, String(body.executionArn));
  if (row.status === 'RUNNING') {
    const said = present({ error: body.error, cause: body.cause }) as { error?: string; cause?: string };
    await new Promise<void>((resolve, reject) => engine.deliver(row.id, { kind: 'stop', ...said, ack: { resolve, reject } }));
  }
  return { stopDate: seconds(executionById(db, row.id)?.stopped ?? service.around.clock.now()) };
}

async function redrive(service: Service, body: JsonObject): Promise<JsonObject> {
  const { db, engine, around } = service;
  const row = needExecution(service, String(body.executionArn));
  const now = around.clock.now();
  const token = (body.clientToken as string | undefined) ?? null;
  if (row.status === 'RUNNING' && token !== null && row.redrive_token === token) return { redriveDate: seconds(row.redriven ?? now) };
  const reason = redriveReason(row, now);
  if (reason !== undefined) throw new WireError('ExecutionNotRedrivable', reason);
  db.run(
    "UPDATE executions SET status = 'RUNNING', output = NULL, error = NULL, cause = NULL, stopped = NULL, redrives = redrives + 1, redriven = ?, redrive_token = ?, busy = 1 WHERE id = ?",
    now, token, row.id,
  );
  engine.reopen(row.id);
  await new Promise<void>((resolve, reject) => engine.deliver(row.id, { kind: 'redrive', ack: { resolve, reject } }));
  return { redriveDate: seconds(now) };
}

function mapRunArnOf({ db }: Service, row: ExecutionRow): { arn: string; label: string } | undefined {
  return row.map_run === null ? undefined : db.get<MapRunRow>('SELECT * FROM map_runs WHERE id = ?', row.map_run);
}

function describe(service: Service, body: JsonObject): JsonObject {
  const row = needExecution(service, String(body.executionArn));
  const now = service.around.clock.now();
  return present({
    executionArn: row.arn,
    stateMachineArn: row.machine_arn,
    name: row.name,
    status: row.status,
    startDate: seconds(row.started),
    stopDate: row.stopped === null ? null : seconds(row.stopped),
    input: row.input,
    inputDetails: { included: true },
    output: row.output,
    outputDetails: row.output === null ? null : { included: true },
    error: row.error,
    cause: row.cause,
    traceHeader: row.trace,
    mapRunArn: mapRunArnOf(service, row)?.arn,
    stateMachineVersionArn: row.version_arn,
    stateMachineAliasArn: row.alias_arn,
    redriveCount: row.redrives,
    redriveDate: row.redriven === null ? null : seconds(row.redriven),
    redriveStatus: redriveStatus(row, now),
    redriveStatusReason: redriveReason(row, now),
  });
}

function describeMachine(service: Service, body: JsonObject): JsonObject {
  const { db } = service;
  const row = needExecution(service, String(body.executionArn));
  const machine = db.get<{ name: string; logging: string; tracing: string; updated: number }>('SELECT * FROM machines WHERE id = ?', row.machine);
  const mapRun = mapRunArnOf(service, row);
  return present({
    stateMachineArn: row.machine_arn,
    name: machine?.name,
    roleArn: row.role_arn,
    updateDate: seconds(machine?.updated ?? row.started),
    loggingConfiguration: JSON.parse(machine?.logging ?? '{}') as unknown,
    tracingConfiguration: JSON.parse(machine?.tracing ?? '{}') as unknown,
    mapRunArn: mapRun?.arn,
    label: mapRun?.label,
    revisionId: row.revision,
    ...describeDefinition(db, row.definition, body.includedData),
  });
}

function list(service: Service, body: JsonObject): JsonObject {
  const limit = pageLimit(body);
  const { where, values } = listFilter(service, body);
  const [started = Number.MAX_SAFE_INTEGER, id = Number.MAX_SAFE_INTEGER] = readPageToken(body, 2) ?? [];
  const rows = service.db.all<ExecutionRow>(
    `SELECT * FROM executions WHERE ${where.join(' AND ')} AND (started, id) < (?, ?) ORDER BY started DESC, id DESC LIMIT ?`, ...values, started, id, limit + 1,
  );
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const mapRunArn = body.mapRunArn;
  return present({
    executions: page.map((row) => present({
      executionArn: row.arn,
      stateMachineArn: row.machine_arn,
      name: row.name,
      status: row.status,
      startDate: seconds(row.started),
      stopDate: row.stopped === null ? null : seconds(row.stopped),
      mapRunArn,
      itemCount: row.map_run === null ? null : row.item_count,
      stateMachineVersionArn: row.version_arn,
      stateMachineAliasArn: row.alias_arn,
      redriveCount: row.redrives,
      redriveDate: row.redriven === null ? null : seconds(row.redriven),
    })),
    nextToken: rows.length > limit && last ? writePageToken([last.started, last.id]) : undefined,
  });
}

function listFilter(service: Service, body: JsonObject): { where: string[]; values: (string | number)[] } {
  const { stateMachineArn, mapRunArn, statusFilter, redriveFilter } = body;
  if ((stateMachineArn === undefined) === (mapRunArn === undefined)) {
    throw new WireError('ValidationException', 'Exactly one of stateMachineArn and mapRunArn must be specified');
  }
  const where: string[] = [];
  const values: (string | number)[] = [];
  if (mapRunArn !== undefined) {
    const mapRun = service.db.get<{ id: number }>('SELECT id FROM map_runs WHERE arn = ?', checkMapRunArn(String(mapRunArn)));
    if (!mapRun) throw new WireError('ResourceNotFound', `Resource not found: '${String(mapRunArn)}'`);
    where.push('map_run = ?');
    values.push(mapRun.id);
  } else {
    const machine = needMachine(service.db, String(stateMachineArn));
    where.push('map_run IS NULL', 'machine = ?');
    values.push(machine.id);
    if (machine.ref.qualifier !== undefined) {
      where.push('(version_arn = ? OR alias_arn = ?)');
      values.push(String(stateMachineArn), String(stateMachineArn));
    }
  }
  if (statusFilter !== undefined) {
    where.push('status = ?');
    values.push(String(statusFilter));
  }
  if (redriveFilter !== undefined) where.push(redriveFilter === 'REDRIVEN' ? 'redrives > 0' : 'redrives = 0');
  return { where, values };
}

function history(service: Service, body: JsonObject): JsonObject {
  const row = needExecution(service, String(body.executionArn));
  const limit = pageLimit(body);
  const isReversed = body.reverseOrder === true;
  const [from = isReversed ? maxEvents + 1 : 0] = readPageToken(body, 1) ?? [];
  const events = eventsOf(service.db, row.id, Number(from), limit + 1, isReversed);
  const page = events.slice(0, limit);
  return present({
    events: page.map((event) => toWire(event, body.includeExecutionData !== false)),
    nextToken: events.length > limit ? writePageToken([page.at(-1)?.id ?? 0]) : undefined,
  });
}
