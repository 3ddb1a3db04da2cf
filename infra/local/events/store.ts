import { DatabaseSync } from 'node:sqlite';

/** Work for a target, kept until it was taken. Times are ms of the cloud's clock. */
export interface Delivery {
  readonly id: string;
  /** `event` hands something to a target; `invoke` runs a function asynchronously. */
  readonly kind: 'event' | 'invoke';
  readonly arn: string;
  readonly payload: string;
  readonly roleArn?: string;
  /** Who delivers, for a function's permission: service principal and ARN of the rule, topic … */
  readonly from?: { readonly service: string; readonly arn: string };
  readonly retries: number;
  readonly expiresAt: number;
  readonly deadLetterArn?: string;
}

/** A delivery with its history. */
export interface StoredDelivery extends Delivery {
  readonly attempts: number;
  readonly dueAt: number;
}

/** What events, schedules, queues and stream readers must not forget. */
export interface EventStore {
  readonly database: DatabaseSync;
  addDelivery(delivery: Delivery, dueAt: number): void;
  deliveries(dueUntil: number, limit: number): StoredDelivery[];
  postpone(id: string, attempts: number, dueAt: number): void;
  removeDelivery(id: string): void;
  nextDelivery(): number | undefined;
  waiting(): number;
  position(key: string): string | undefined;
  setPosition(key: string, position: string): void;
  /** Runs several changes as one. */
  together(change: () => void): void;
  close(): void;
}

const schema = `
  CREATE TABLE IF NOT EXISTS deliveries (id TEXT PRIMARY KEY, body TEXT NOT NULL, attempts INTEGER NOT NULL, due_at INTEGER NOT NULL) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS deliveries_due ON deliveries (due_at);
  CREATE TABLE IF NOT EXISTS positions (key TEXT PRIMARY KEY, position TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS messages (
    number INTEGER PRIMARY KEY AUTOINCREMENT, queue TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL, attributes TEXT NOT NULL,
    sent_at INTEGER NOT NULL, visible_at INTEGER NOT NULL, receives INTEGER NOT NULL, first_at INTEGER, receipt TEXT);
  CREATE INDEX IF NOT EXISTS messages_visible ON messages (queue, visible_at);
`;

/** Opens the store at `file`. Positions are written without waiting for the disk: after a power cut work is repeated, never lost. */
export function openEventStore(file: string): EventStore {
  const database = new DatabaseSync(file);
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000;');
  database.exec(schema);
  const loose = new DatabaseSync(file);
  loose.exec('PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 5000;');
  const insert = database.prepare('INSERT OR IGNORE INTO deliveries (id, body, attempts, due_at) VALUES (?, ?, 0, ?)');
  const due = database.prepare('SELECT body, attempts, due_at FROM deliveries WHERE due_at <= ? ORDER BY due_at LIMIT ?');
  const later = database.prepare('UPDATE deliveries SET attempts = ?, due_at = ? WHERE id = ?');
  const remove = database.prepare('DELETE FROM deliveries WHERE id = ?');
  const first = database.prepare('SELECT min(due_at) AS at FROM deliveries');
  const count = database.prepare('SELECT count(*) AS n FROM deliveries');
  const getPosition = database.prepare('SELECT position FROM positions WHERE key = ?');
  const write = 'INSERT INTO positions (key, position) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET position = excluded.position';
  const put = { strict: database.prepare(write), loose: loose.prepare(write) };
  let inside = false;
  return {
    database,
    addDelivery: (delivery, dueAt) => void insert.run(delivery.id, JSON.stringify(delivery), dueAt),
    deliveries: (until, limit) =>
      due.all(until, limit).map((row) => ({ ...(JSON.parse(String(row['body'])) as Delivery), attempts: Number(row['attempts']), dueAt: Number(row['due_at']) })),
    postpone: (id, attempts, dueAt) => void later.run(attempts, dueAt, id),
    removeDelivery: (id) => void remove.run(id),
    nextDelivery: () => {
      const at = first.get()?.['at'];
      return typeof at === 'number' ? at : undefined;
    },
    waiting: () => Number(count.get()?.['n'] ?? 0),
    position: (key) => getPosition.get(key)?.['position'] as string | undefined,
    setPosition: (key, position) => void (inside ? put.strict : put.loose).run(key, position),
    together: (change) => {
      database.exec('BEGIN IMMEDIATE');
      inside = true;
      try {
        change();
        database.exec('COMMIT');
      } catch (error) {
        database.exec('ROLLBACK');
        throw error;
      } finally {
        inside = false;
      }
    },
    close: () => {
      loose.close();
      database.close();
    },
  };
}
