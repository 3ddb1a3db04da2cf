import { checkMapRunArn } from './arns.ts';
import { WireError } from './errors.ts';
import { type Counts, countsOf, type MapRunRow } from './map-run-rows.ts';
import { type Operation, present, seconds, type Service } from './operations.ts';
import { needExecution } from './ops-executions.ts';
import { pageLimit, readPageToken, rules, writePageToken } from './requests.ts';
import type { JsonObject } from './values.ts';

/** Operations on map runs. */
export const mapRunOperations = {
  DescribeMapRun: { rules: { mapRunArn: rules.needLongArn }, run: describe },
  ListMapRuns: { rules: { executionArn: rules.needArn, maxResults: rules.pageSize, nextToken: rules.pageToken }, run: list },
  UpdateMapRun: {
    rules: { mapRunArn: rules.needLongArn, maxConcurrency: { type: 'integer', min: 0 }, toleratedFailureCount: { type: 'integer', min: 0 } },
    run: update,
  },
} as const satisfies Readonly<Record<string, Operation>>;

function needMapRun({ db }: Service, arn: string): MapRunRow {
  const row = db.get<MapRunRow>('SELECT * FROM map_runs WHERE arn = ?', checkMapRunArn(arn));
  if (!row) throw new WireError('ResourceNotFound', `Resource not found: '${arn}'`);
  return row;
}

function describe(service: Service, body: JsonObject): JsonObject {
  const row = needMapRun(service, String(body.mapRunArn));
  const counts = countsOf(service.db, row.id);
  return present({
    mapRunArn: row.arn,
    executionArn: service.db.get<{ arn: string }>('SELECT arn FROM executions WHERE id = ?', row.execution)?.arn,
    status: row.status,
    startDate: seconds(row.started),
    stopDate: row.stopped === null ? null : seconds(row.stopped),
    maxConcurrency: row.max_concurrency,
    toleratedFailurePercentage: row.tolerated_percentage,
    toleratedFailureCount: row.tolerated_count,
    itemCounts: shown(row, counts, 'items'),
    executionCounts: shown(row, counts, 'executions'),
    redriveCount: row.redrives,
    redriveDate: row.redriven === null ? null : seconds(row.redriven),
  });
}

function shown(row: MapRunRow, counts: Counts, of: 'items' | 'executions'): JsonObject {
  const numbers = Object.fromEntries(Object.entries(counts).map(([state, count]) => [state, count[of]]));
  const total = Object.values(numbers).reduce((sum, count) => sum + count, 0);
  return { ...numbers, total, resultsWritten: row.status === 'SUCCEEDED' ? (numbers.succeeded ?? 0) : 0, failuresNotRedrivable: 0, pendingRedrive: 0 };
}

function list(service: Service, body: JsonObject): JsonObject {
  const execution = needExecution(service, String(body.executionArn));
  const limit = pageLimit(body);
  const [before = Number.MAX_SAFE_INTEGER] = readPageToken(body, 1) ?? [];
  const rows = service.db.all<MapRunRow>('SELECT * FROM map_runs WHERE execution = ? AND id < ? ORDER BY id DESC LIMIT ?', execution.id, before, limit + 1);
  const page = rows.slice(0, limit);
  return present({
    mapRuns: page.map((row) => present({
      executionArn: execution.arn,
      mapRunArn: row.arn,
      stateMachineArn: `${execution.machine_arn.split('/')[0] ?? ''}/${row.label}`,
      startDate: seconds(row.started),
      stopDate: row.stopped === null ? null : seconds(row.stopped),
    })),
    nextToken: rows.length > limit ? writePageToken([page.at(-1)?.id ?? 0]) : undefined,
  });
}

function update(service: Service, body: JsonObject): JsonObject {
  const row = needMapRun(service, String(body.mapRunArn));
  const percentage = body.toleratedFailurePercentage;
  if (percentage !== undefined && (typeof percentage !== 'number' || percentage < 0 || percentage > 100)) {
    throw new WireError('ValidationException', `1 validation error detected: Value '${String(percentage)}' at 'toleratedFailurePercentage' failed to satisfy constraint: Member must be a number from 0 to 100`);
  }
  service.db.run(
    'UPDATE map_runs SET max_concurrency = ?, tolerated_count = ?, tolerated_percentage = ? WHERE id = ?',
    (body.maxConcurrency as number | undefined) ?? row.max_concurrency, (body.toleratedFailureCount as number | undefined) ?? row.tolerated_count, percentage ?? row.tolerated_percentage, row.id,
  );
  if (row.status === 'RUNNING') service.mapRuns.advance(row.id);
  return {};
}
