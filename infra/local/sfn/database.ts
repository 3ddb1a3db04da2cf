import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { openSyncing, type Waiter } from './syncing.ts';

const schema = `
  CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS definitions (id INTEGER PRIMARY KEY, text TEXT NOT NULL, hash TEXT NOT NULL UNIQUE);
  CREATE TABLE IF NOT EXISTS machines (
    id INTEGER PRIMARY KEY, arn TEXT NOT NULL, name TEXT NOT NULL, definition INTEGER NOT NULL, role_arn TEXT NOT NULL,
    logging TEXT NOT NULL, tracing TEXT NOT NULL, created INTEGER NOT NULL, updated INTEGER NOT NULL, revision TEXT,
    next_version INTEGER NOT NULL DEFAULT 1, live INTEGER NOT NULL DEFAULT 1);
  CREATE UNIQUE INDEX IF NOT EXISTS machines_by_arn ON machines (arn) WHERE live = 1;
  CREATE TABLE IF NOT EXISTS versions (
    machine INTEGER NOT NULL, number INTEGER NOT NULL, definition INTEGER NOT NULL, role_arn TEXT NOT NULL, description TEXT,
    created INTEGER NOT NULL, revision TEXT, logging TEXT NOT NULL, tracing TEXT NOT NULL, PRIMARY KEY (machine, number)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS aliases (
    machine INTEGER NOT NULL, name TEXT NOT NULL, description TEXT, routing TEXT NOT NULL, created INTEGER NOT NULL,
    updated INTEGER NOT NULL, PRIMARY KEY (machine, name)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS tags (machine INTEGER NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (machine, key)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS executions (
    id INTEGER PRIMARY KEY, arn TEXT NOT NULL, machine INTEGER NOT NULL, machine_arn TEXT NOT NULL, name TEXT NOT NULL,
    status TEXT NOT NULL, definition INTEGER NOT NULL, role_arn TEXT NOT NULL, version_arn TEXT, alias_arn TEXT,
    revision TEXT, input TEXT NOT NULL, output TEXT, error TEXT, cause TEXT, started INTEGER NOT NULL, stopped INTEGER,
    redrives INTEGER NOT NULL DEFAULT 0, redriven INTEGER, redrive_token TEXT, trace TEXT, place TEXT NOT NULL DEFAULT '',
    doc TEXT, busy INTEGER NOT NULL DEFAULT 0, parent INTEGER, parent_frame INTEGER, parent_nonce TEXT,
    map_run INTEGER, map_index INTEGER, item_count INTEGER);
  CREATE INDEX IF NOT EXISTS executions_by_arn ON executions (arn);
  CREATE INDEX IF NOT EXISTS executions_by_machine ON executions (machine, started, id) WHERE map_run IS NULL;
  CREATE INDEX IF NOT EXISTS executions_by_map_run ON executions (map_run, started, id) WHERE map_run IS NOT NULL;
  CREATE INDEX IF NOT EXISTS executions_busy ON executions (id) WHERE busy = 1;
  CREATE INDEX IF NOT EXISTS executions_with_parent ON executions (parent) WHERE parent IS NOT NULL;
  CREATE INDEX IF NOT EXISTS executions_stopped ON executions (stopped) WHERE stopped IS NOT NULL;
  CREATE TABLE IF NOT EXISTS history (
    execution INTEGER NOT NULL, id INTEGER NOT NULL, previous INTEGER NOT NULL, at INTEGER NOT NULL, type INTEGER NOT NULL,
    details TEXT, PRIMARY KEY (execution, id)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS timers (execution INTEGER NOT NULL, frame INTEGER NOT NULL, due INTEGER NOT NULL, PRIMARY KEY (execution, frame)) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS timers_by_due ON timers (due);
  CREATE TABLE IF NOT EXISTS map_runs (
    id INTEGER PRIMARY KEY, arn TEXT NOT NULL UNIQUE, execution INTEGER NOT NULL, frame INTEGER NOT NULL, nonce TEXT NOT NULL,
    state TEXT NOT NULL, label TEXT NOT NULL, place TEXT NOT NULL, phase TEXT NOT NULL, status TEXT NOT NULL, plan TEXT NOT NULL,
    max_concurrency INTEGER NOT NULL, tolerated_count INTEGER NOT NULL, tolerated_percentage REAL NOT NULL,
    started INTEGER NOT NULL, stopped INTEGER, redrives INTEGER NOT NULL DEFAULT 0, redriven INTEGER, written INTEGER NOT NULL DEFAULT 0,
    error TEXT, cause TEXT);
  CREATE INDEX IF NOT EXISTS map_runs_by_execution ON map_runs (execution);
  CREATE INDEX IF NOT EXISTS map_runs_running ON map_runs (id) WHERE status = 'RUNNING';
  CREATE TABLE IF NOT EXISTS map_items (
    map_run INTEGER NOT NULL, position INTEGER NOT NULL, items INTEGER NOT NULL, input TEXT NOT NULL, status TEXT NOT NULL,
    execution INTEGER, PRIMARY KEY (map_run, position)) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS map_items_by_status ON map_items (map_run, status, position);
`;

/** A row as SQLite gives it. */
export type Row = Readonly<Record<string, unknown>>;

/**
 * One SQLite file in which writes gather: the first write of a turn opens a transaction, the end of the turn commits it.
 * Reads see what was written; nobody outside may be told of it before `committed` resolves.
 */
export interface Database {
  run(sql: string, ...values: SQLInputValue[]): number;
  get<T = Row>(sql: string, ...values: SQLInputValue[]): T | undefined;
  all<T = Row>(sql: string, ...values: SQLInputValue[]): T[];
  /** Resolves when everything written so far is on disk; rejects when it could not be. */
  committed(): Promise<void>;
  /** Commits now. */
  flush(): void;
  close(): void;
}

/** Opens the file for this process alone, in WAL mode; a commit counts when the log is synced. Throws when another process has it. */
export function openDatabase(file: string): Database {
  const db = openFile(file);
  const statements = new Map<string, StatementSync>();
  const prepare = (sql: string) => {
    let statement = statements.get(sql);
    if (!statement) statements.set(sql, (statement = db.prepare(sql)));
    return statement;
  };
  let open = false;
  let waiters: Waiter[] = [];
  const syncing = file === ':memory:' ? undefined : openSyncing(`${file}-wal`);
  const commit = () => {
    if (!open) return;
    open = false;
    const told = waiters;
    waiters = [];
    try {
      db.exec('COMMIT');
    } catch (error) {
      for (const waiter of told) waiter.reject(error);
      throw error;
    }
    if (syncing) syncing.wrote(told);
    else for (const waiter of told) waiter.resolve();
  };
  const begin = () => {
    if (open) return;
    db.exec('BEGIN IMMEDIATE');
    open = true;
    setImmediate(commit);
  };
  return {
    run: (sql, ...values) => {
      begin();
      return Number(prepare(sql).run(...values).lastInsertRowid);
    },
    get: <T>(sql: string, ...values: SQLInputValue[]) => prepare(sql).get(...values) as T | undefined,
    all: <T>(sql: string, ...values: SQLInputValue[]) => prepare(sql).all(...values) as T[],
    committed: () =>
      new Promise((resolve, reject) => {
        if (open) waiters.push({ resolve, reject });
        else if (syncing) syncing.wait({ resolve, reject });
        else resolve();
      }),
    flush: commit,
    close: () => {
      commit();
      // Closing brings everything from the log into the file, synced.
      db.close();
      syncing?.close();
    },
  };
}

function openFile(file: string): DatabaseSync {
  const db = new DatabaseSync(file);
  try {
    db.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -4000; PRAGMA wal_autocheckpoint = 4000; PRAGMA temp_store = MEMORY;');
    db.exec(schema);
  } catch (error) {
    db.close();
    const isLocked = (error as Error).message.includes('locked');
    throw new Error(isLocked ? `${file} is in use by another process; stop that one first` : `${file} cannot be opened: ${(error as Error).message}`, { cause: error });
  }
  return db;
}
