import type { ExecutionRow } from './executions.ts';

// AWS: docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html.
const redrivableMs = 14 * 24 * 3600 * 1000;

/** Why an execution cannot be redriven; undefined when it can be. */
export function redriveReason(row: ExecutionRow, now: number): string | undefined {
  if (row.map_run !== null) return 'Execution is a child of a map run; redrive the parent execution';
  if (row.status === 'RUNNING' || row.status === 'SUCCEEDED') return `Execution is ${row.status} and cannot be redriven`;
  if (now - row.started > 365 * 24 * 3600 * 1000) return 'Execution start date exceeds one year and cannot be redriven';
  return now - (row.stopped ?? now) > redrivableMs ? 'Execution redrivable period exceeded' : undefined;
}

/** The redriveStatus of DescribeExecution. */
export function redriveStatus(row: ExecutionRow, now: number): string {
  if (row.map_run !== null && row.status !== 'RUNNING' && row.status !== 'SUCCEEDED') return 'REDRIVABLE_BY_MAP_RUN';
  return redriveReason(row, now) === undefined ? 'REDRIVABLE' : 'NOT_REDRIVABLE';
}
