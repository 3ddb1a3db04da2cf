import type { Database } from './database.ts';
import type { MapRunOutcome } from './step-map.ts';

/** A map run as stored. */
export interface MapRunRow {
  readonly id: number;
  readonly arn: string;
  readonly execution: number;
  readonly frame: number;
  readonly nonce: string;
  readonly state: string;
  readonly label: string;
  readonly place: string;
  readonly phase: 'reading' | 'running' | 'ending' | 'writing' | 'done';
  readonly status: string;
  readonly plan: string;
  readonly max_concurrency: number;
  readonly tolerated_count: number;
  readonly tolerated_percentage: number;
  readonly started: number;
  readonly stopped: number | null;
  readonly redrives: number;
  readonly redriven: number | null;
  readonly written: number;
  readonly error: string | null;
  readonly cause: string | null;
}

/** Stores, inside the parent's turn, how a map run ended. */
export function concludeMapRun(db: Database, id: number, outcome: MapRunOutcome, now: number): void {
  const [status, error, cause] = 'error' in outcome ? ['FAILED', outcome.error, outcome.cause] : ['SUCCEEDED', null, null];
  db.run("UPDATE map_runs SET status = ?, phase = 'done', error = ?, cause = ?, stopped = ? WHERE id = ?", status, error, cause, now, id);
}

/** Which count a child's status belongs to. */
export const tallyNames = { PENDING: 'pending', RUNNING: 'running', SUCCEEDED: 'succeeded', FAILED: 'failed', TIMED_OUT: 'timedOut', ABORTED: 'aborted' } as const;

/** Counts that are kept up to date. */
export type Tally = { -readonly [state in keyof Counts]: Counts[state] };

/** How many children and items are in each state. */
export type Counts = Readonly<Record<'pending' | 'running' | 'succeeded' | 'failed' | 'timedOut' | 'aborted', { readonly executions: number; readonly items: number }>>;

/** Counts a map run's children and items. */
export function countsOf(db: Database, id: number): Tally {
  const none = { executions: 0, items: 0 };
  const counts: Tally = { pending: none, running: none, succeeded: none, failed: none, timedOut: none, aborted: none };
  for (const row of db.all<{ status: keyof typeof tallyNames; executions: number; items: number }>(
    'SELECT status, COUNT(*) AS executions, SUM(items) AS items FROM map_items WHERE map_run = ? GROUP BY status', id,
  )) counts[tallyNames[row.status]] = { executions: row.executions, items: row.items };
  return counts;
}

/** Whether more items failed than the map run tolerates; a percentage alone leaves the count out of account. */
export function isOverThreshold(row: MapRunRow, counts: Counts): boolean {
  const failed = counts.failed.items + counts.timedOut.items;
  const total = Object.values(counts).reduce((sum, { items }) => sum + items, 0);
  const { tolerated_count: count, tolerated_percentage: percentage } = row;
  const isOverPercentage = percentage > 0 && failed * 100 > percentage * total;
  return percentage > 0 && count === 0 ? isOverPercentage : failed > count || isOverPercentage;
}
