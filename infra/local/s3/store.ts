import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { SQLInputValue, SQLOutputValue } from 'node:sqlite';
import { S3Error } from './errors.ts';
import type { Bucket, NewVersion, Part, Upload, Version } from './records.ts';

/** The tables. Keys are bytes, so that SQLite orders them as S3 does; `rank` falls with age, so that the newest version comes first. */
const schema = `
  PRAGMA locking_mode = EXCLUSIVE;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  CREATE TABLE IF NOT EXISTS buckets (name TEXT PRIMARY KEY, record TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS versions (
    bucket TEXT NOT NULL, key BLOB NOT NULL, rank INTEGER NOT NULL, id TEXT NOT NULL, latest INTEGER NOT NULL,
    marker INTEGER NOT NULL, record TEXT NOT NULL, PRIMARY KEY (bucket, key, rank)
  );
  CREATE INDEX IF NOT EXISTS latest ON versions (bucket, key, rank) WHERE latest = 1 AND marker = 0;
  CREATE TABLE IF NOT EXISTS uploads (id TEXT PRIMARY KEY, bucket TEXT NOT NULL, record TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS parts (upload TEXT NOT NULL, number INTEGER NOT NULL, record TEXT NOT NULL, PRIMARY KEY (upload, number)) WITHOUT ROWID;
`;

/** A place in a bucket's list: entries after it have a greater key, or the same key and a greater rank. */
export interface Cursor {
  readonly key: Uint8Array;
  readonly rank: number;
}

type Row = Record<string, SQLOutputValue>;

/** What S3 knows about its objects; every method is one step that is durable when it answers. Bytes are elsewhere (`Blobs`). */
export interface Store {
  /** Runs steps as one; all or none of them last. */
  together<T>(steps: () => T): T;
  buckets(): readonly Bucket[];
  bucket(name: string): Bucket | undefined;
  saveBucket(bucket: Bucket): void;
  /** Throws BucketNotEmpty. */
  deleteBucket(name: string): void;
  /** The newest version, which may be a delete marker. */
  latest(bucket: string, key: string): Version | undefined;
  version(bucket: string, key: string, id: string): Version | undefined;
  /** Adds a version and answers it with the version it replaced, if the bucket's state says that it replaces one. */
  add(version: NewVersion, marker: boolean): { readonly added: Version; readonly replaced?: Version };
  /** Changes tags, retention or hold of a version. */
  amend(version: Version): void;
  removeVersion(version: Version): void;
  /** The objects (newest versions that are no markers) after a cursor, in order. */
  objects(bucket: string, after: Cursor): Iterable<Version>;
  versions(bucket: string, after: Cursor): Iterable<Version>;
  saveUpload(upload: Upload): void;
  upload(id: string): Upload | undefined;
  uploads(bucket: string): readonly Upload[];
  removeUpload(id: string): void;
  /** Adds a part and answers the part of that number it replaced. */
  savePart(upload: string, part: Part): Part | undefined;
  parts(upload: string): readonly Part[];
  /** The ids of all blobs that something refers to. */
  knownBlobs(): ReadonlySet<string>;
  close(): void;
}

/** Opens the store of a folder; throws when another process has it open. */
export function openStore(folder: string): Store {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const database = new DatabaseSync(join(folder, 'index.sqlite'));
  database.exec(schema);
  const query = prepared(database);
  let lowestRank = Number(query.one('SELECT min(rank) AS rank FROM versions')?.['rank'] ?? 0);

  const bucketOf = (name: string) => parse<Bucket>(query.one('SELECT record FROM buckets WHERE name = ?', name));
  const newest = (bucket: string, key: string) => versionOf(query.one('SELECT * FROM versions WHERE bucket = ? AND key = ? ORDER BY rank LIMIT 1', bucket, Buffer.from(key)));
  const version = (bucket: string, key: string, id: string) => versionOf(query.one('SELECT * FROM versions WHERE bucket = ? AND key = ? AND id = ?', bucket, Buffer.from(key), id));
  const write = (one: Version) =>
    query.run(
      'INSERT OR REPLACE INTO versions (bucket, key, rank, id, latest, marker, record) VALUES (?, ?, ?, ?, ?, ?, ?)',
      one.bucket, Buffer.from(one.key), one.rank, one.id, Number(one.latest), Number(one.marker), JSON.stringify({ ...one, bucket: undefined, key: undefined, rank: undefined, id: undefined, latest: undefined, marker: undefined }),
    );
  const remove = (one: Version) => query.run('DELETE FROM versions WHERE bucket = ? AND key = ? AND rank = ?', one.bucket, Buffer.from(one.key), one.rank);
  const together = <T>(steps: () => T): T => transaction(database, steps);

  return {
    together,
    buckets: () => query.all('SELECT record FROM buckets ORDER BY name').flatMap((row) => parse<Bucket>(row) ?? []),
    bucket: bucketOf,
    saveBucket: (bucket) => query.run('INSERT OR REPLACE INTO buckets (name, record) VALUES (?, ?)', bucket.name, JSON.stringify(bucket)),
    deleteBucket: (name) =>
      together(() => {
        const used = query.one('SELECT 1 AS used FROM versions WHERE bucket = ? LIMIT 1', name) ?? query.one('SELECT 1 AS used FROM uploads WHERE bucket = ? LIMIT 1', name);
        if (used) throw new S3Error('BucketNotEmpty');
        query.run('DELETE FROM buckets WHERE name = ?', name);
      }),
    latest: newest,
    version,
    add: (draft, marker) =>
      together(() => {
        const id = bucketOf(draft.bucket)?.versioning === 'Enabled' ? randomBytes(16).toString('hex') : 'null';
        const replaced = id === 'null' ? version(draft.bucket, draft.key, 'null') : undefined;
        if (replaced) remove(replaced);
        query.run('UPDATE versions SET latest = 0 WHERE bucket = ? AND key = ? AND latest = 1', draft.bucket, Buffer.from(draft.key));
        lowestRank -= 1;
        const added: Version = { ...draft, marker, id, rank: lowestRank, latest: true };
        write(added);
        return replaced ? { added, replaced } : { added };
      }),
    amend: write,
    removeVersion: (one) =>
      together(() => {
        remove(one);
        const next = newest(one.bucket, one.key);
        if (next && !next.latest) write({ ...next, latest: true });
      }),
    objects: (bucket, after) => versionsOf(query.each('SELECT * FROM versions WHERE bucket = ? AND latest = 1 AND marker = 0 AND (key, rank) > (?, ?) ORDER BY key, rank', bucket, after.key, after.rank)),
    versions: (bucket, after) => versionsOf(query.each('SELECT * FROM versions WHERE bucket = ? AND (key, rank) > (?, ?) ORDER BY key, rank', bucket, after.key, after.rank)),
    saveUpload: (upload) => query.run('INSERT INTO uploads (id, bucket, record) VALUES (?, ?, ?)', upload.id, upload.bucket, JSON.stringify(upload)),
    upload: (id) => parse<Upload>(query.one('SELECT record FROM uploads WHERE id = ?', id)),
    uploads: (bucket) => query.all('SELECT record FROM uploads WHERE bucket = ?', bucket).flatMap((row) => parse<Upload>(row) ?? []),
    removeUpload: (id) =>
      together(() => {
        query.run('DELETE FROM parts WHERE upload = ?', id);
        query.run('DELETE FROM uploads WHERE id = ?', id);
      }),
    savePart: (upload, part) =>
      together(() => {
        const replaced = parse<Part>(query.one('SELECT record FROM parts WHERE upload = ? AND number = ?', upload, part.number));
        query.run('INSERT OR REPLACE INTO parts (upload, number, record) VALUES (?, ?, ?)', upload, part.number, JSON.stringify(part));
        return replaced;
      }),
    parts: (upload) => query.all('SELECT record FROM parts WHERE upload = ? ORDER BY number', upload).flatMap((row) => parse<Part>(row) ?? []),
    knownBlobs: () => {
      const inVersions = query.each("SELECT json_extract(segment.value, '$.blob') AS blob FROM versions, json_each(record, '$.segments') AS segment");
      const inParts = query.each("SELECT json_extract(record, '$.blob') AS blob FROM parts");
      return new Set([...inVersions, ...inParts].map((row) => String(row['blob'])));
    },
    close: () => database.close(),
  };
}

/** Statements are compiled once each. A list that is left early must not share its statement, so `each` compiles its own. */
function prepared(database: DatabaseSync) {
  const kept = new Map<string, ReturnType<DatabaseSync['prepare']>>();
  const statement = (sql: string) => {
    const known = kept.get(sql) ?? database.prepare(sql);
    kept.set(sql, known);
    return known;
  };
  return {
    one: (sql: string, ...values: SQLInputValue[]): Row | undefined => statement(sql).get(...values),
    all: (sql: string, ...values: SQLInputValue[]): readonly Row[] => statement(sql).all(...values),
    each: (sql: string, ...values: SQLInputValue[]): Iterable<Row> => database.prepare(sql).iterate(...values),
    run: (sql: string, ...values: SQLInputValue[]): void => void statement(sql).run(...values),
  };
}

function transaction<T>(database: DatabaseSync, steps: () => T): T {
  if (database.isTransaction) return steps();
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = steps();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

function parse<T>(row: Row | undefined): T | undefined {
  return row ? (JSON.parse(String(row['record'])) as T) : undefined;
}

function versionOf(row: Row | undefined): Version | undefined {
  if (!row) return undefined;
  const record = JSON.parse(String(row['record'])) as Omit<Version, 'bucket' | 'key' | 'rank' | 'id' | 'latest' | 'marker'>;
  const key = Buffer.from(row['key'] as Uint8Array).toString('utf8');
  return { ...record, bucket: String(row['bucket']), key, rank: Number(row['rank']), id: String(row['id']), latest: row['latest'] === 1, marker: row['marker'] === 1 };
}

function* versionsOf(rows: Iterable<Row>): Generator<Version> {
  for (const row of rows) {
    const version = versionOf(row);
    if (version) yield version;
  }
}
