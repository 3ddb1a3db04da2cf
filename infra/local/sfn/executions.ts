import type { Database } from './database.ts';
import { type Doc, duesOf, isBusy, newDoc, readDoc, writeDoc } from './frames.ts';
import { codeOf, type HistoryEvent, typeOf } from './history.ts';
import type { Closing, ExecutionFacts } from './run.ts';
import { type JsonObject, parseJson } from './values.ts';

/** An execution as stored, without its document. */
export interface ExecutionRow {
  readonly id: number;
  readonly arn: string;
  readonly machine: number;
  readonly machine_arn: string;
  readonly name: string;
  readonly status: string;
  readonly definition: number;
  readonly role_arn: string;
  readonly version_arn: string | null;
  readonly alias_arn: string | null;
  readonly revision: string | null;
  readonly input: string;
  readonly output: string | null;
  readonly error: string | null;
  readonly cause: string | null;
  readonly started: number;
  readonly stopped: number | null;
  readonly redrives: number;
  readonly redriven: number | null;
  readonly redrive_token: string | null;
  readonly trace: string | null;
  readonly place: string;
  readonly parent: number | null;
  readonly parent_frame: number | null;
  readonly parent_nonce: string | null;
  readonly map_run: number | null;
  readonly map_index: number | null;
  readonly item_count: number | null;
}

const columns =
  'id, arn, machine, machine_arn, name, status, definition, role_arn, version_arn, alias_arn, revision, input, output, error, cause, started, stopped, redrives, redriven, redrive_token, trace, place, parent, parent_frame, parent_nonce, map_run, map_index, item_count';

/** What a new execution starts from. */
export interface NewExecution {
  readonly arn: string;
  readonly machine: number;
  readonly machineArn: string;
  readonly name: string;
  readonly definition: number;
  readonly roleArn: string;
  readonly versionArn: string | null;
  readonly aliasArn: string | null;
  readonly revision: string | null;
  readonly input: string;
  readonly started: number;
  readonly deadline: number | null;
  readonly trace: string | null;
  readonly place: string;
  readonly startAt: string;
  readonly parent?: { readonly execution: number; readonly frame: number; readonly nonce: string };
  readonly mapRun?: { readonly id: number; readonly index: number; readonly items: number };
}

/** Stores a new running execution and answers its number. */
export function insertExecution(db: Database, it: NewExecution): number {
  const doc = writeDoc(newDoc(it.place, it.startAt, parseJson(it.input), it.deadline));
  return db.run(
    `INSERT INTO executions (arn, machine, machine_arn, name, status, definition, role_arn, version_arn, alias_arn, revision, input, started, trace, place,
      doc, busy, parent, parent_frame, parent_nonce, map_run, map_index, item_count) VALUES (?, ?, ?, ?, 'RUNNING', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?)`,
    it.arn, it.machine, it.machineArn, it.name, it.definition, it.roleArn, it.versionArn, it.aliasArn, it.revision, it.input, it.started, it.trace, it.place,
    doc, it.parent?.execution ?? null, it.parent?.frame ?? null, it.parent?.nonce ?? null, it.mapRun?.id ?? null, it.mapRun?.index ?? null, it.mapRun?.items ?? null,
  );
}

/** The execution of a number, or undefined. */
export function executionById(db: Database, id: number): ExecutionRow | undefined {
  return db.get<ExecutionRow>(`SELECT ${columns} FROM executions WHERE id = ?`, id);
}

/** The newest execution of an ARN, or undefined. */
export function executionByArn(db: Database, arn: string): ExecutionRow | undefined {
  return db.get<ExecutionRow>(`SELECT ${columns} FROM executions WHERE arn = ? ORDER BY id DESC LIMIT 1`, arn);
}

/** The document of an execution; undefined when it is closed for good. */
export function docOf(db: Database, id: number): Doc | undefined {
  const stored = db.get<{ doc: string | null }>('SELECT doc FROM executions WHERE id = ?', id);
  return stored?.doc ? readDoc(stored.doc) : undefined;
}

/** The facts that a run works with. */
export function factsOf(row: ExecutionRow): ExecutionFacts {
  const { id, arn, name, started, redrives, redriven, place, input } = row;
  return { id, arn, name, machineId: row.machine, machineArn: row.machine_arn, roleArn: row.role_arn, input, started, redrives, redriven, place };
}

/** Stores what a turn has changed: the document, the events, the timers. `armed` are the timers as stored; it is brought up to date. */
export function storeTurn(db: Database, id: number, doc: Doc, events: readonly HistoryEvent[], armed: Map<number, number>): void {
  appendEvents(db, id, events);
  db.run('UPDATE executions SET doc = ?, busy = ? WHERE id = ?', writeDoc(doc), isBusy(doc) ? 1 : 0, id);
  const dues = duesOf(doc);
  for (const frame of armed.keys()) {
    if (dues.has(frame)) continue;
    db.run('DELETE FROM timers WHERE execution = ? AND frame = ?', id, frame);
    armed.delete(frame);
  }
  for (const [frame, due] of dues) {
    if (armed.get(frame) === due) continue;
    db.run('INSERT OR REPLACE INTO timers (execution, frame, due) VALUES (?, ?, ?)', id, frame, due);
    armed.set(frame, due);
  }
}

/** Stores the end of an execution at `now` (ms). Its document stays for a redrive, unless it succeeded. */
export function storeClosing(db: Database, { id, doc, events, closing, now }: { id: number; doc: Doc; events: readonly HistoryEvent[]; closing: Closing; now: number }): void {
  appendEvents(db, id, events);
  const kept = closing.status === 'SUCCEEDED' ? null : writeDoc(doc);
  const { status, output = null, error = null, cause = null } = closing;
  db.run('UPDATE executions SET status = ?, output = ?, error = ?, cause = ?, stopped = ?, doc = ?, busy = 0 WHERE id = ?', status, output, error, cause, now, kept, id);
  db.run('DELETE FROM timers WHERE execution = ?', id);
}

function appendEvents(db: Database, id: number, events: readonly HistoryEvent[]): void {
  for (const event of events) {
    const details = event.details === undefined ? null : JSON.stringify(event.details);
    db.run('INSERT INTO history (execution, id, previous, at, type, details) VALUES (?, ?, ?, ?, ?, ?)', id, event.id, event.previous, event.at, codeOf(event.type), details);
  }
}

/** Events of an execution after (or, reversed, before) a number. */
export function eventsOf(db: Database, id: number, from: number, limit: number, isReversed: boolean): HistoryEvent[] {
  const order = isReversed ? 'id < ? ORDER BY id DESC' : 'id > ? ORDER BY id';
  const rows = db.all<{ id: number; previous: number; at: number; type: number; details: string | null }>(
    `SELECT id, previous, at, type, details FROM history WHERE execution = ? AND ${order} LIMIT ?`, id, from, limit,
  );
  return rows.map((row) => ({ ...row, type: typeOf(row.type), details: row.details === null ? undefined : (JSON.parse(row.details) as JsonObject) }));
}

/** AWS keeps closed executions for 90 days. */
export const retentionMs = 90 * 24 * 3600 * 1000;

/** Forgets up to `limit` executions that were closed before an instant; answers how many. */
export function forgetClosedBefore(db: Database, instant: number, limit: number): number {
  const old = db.all<{ id: number }>('SELECT id FROM executions WHERE stopped IS NOT NULL AND stopped < ? ORDER BY stopped LIMIT ?', instant, limit);
  for (const { id } of old) {
    db.run('DELETE FROM history WHERE execution = ?', id);
    db.run('DELETE FROM map_items WHERE map_run IN (SELECT id FROM map_runs WHERE execution = ?)', id);
    db.run('DELETE FROM map_runs WHERE execution = ?', id);
    db.run('DELETE FROM executions WHERE id = ?', id);
  }
  return old.length;
}
