import { DatabaseSync } from 'node:sqlite';

/** Forgets stream records that every reader has passed. */
export interface StreamTrimmer {
  /** Drops the table's records up to `sequenceNumber`, but for the newest; answers how many went. A busy store keeps them until the next call. */
  trim(table: string, sequenceNumber: string): number;
  close(): void;
}

// dynoxide finds the next sequence number as the MAX of a cast over the table's whole stream, and its readers look from a cast
// on: without an index over that very cast each write slows down with every record there is (512 writes a second after 200
// records, 161 after 1,600), with it neither does. AWS keeps 24 hours of records; here the event source mappings are the only
// readers, and what they have passed can go at once.
const columns = ['id', 'table_name', 'sequence_number'];
const atOnce = 2_000;
const number = 'CAST(sequence_number AS INTEGER)';

/** Opens the engine's file beside the engine itself (WAL lets both in) and gives its stream the index it lacks. A file whose stream table looks otherwise is left alone: `undefined`. */
export function openTrimmer(file: string): StreamTrimmer | undefined {
  const db = new DatabaseSync(file, { timeout: 5_000 });
  const known = db.prepare("SELECT name FROM pragma_table_info('_stream_records')").all().map((row) => row['name']);
  if (!columns.every((column) => known.includes(column))) {
    db.close();
    return undefined;
  }
  // The engine's own commits are what must be durable; a trim that is lost is done again. It never waits for a busy engine.
  db.exec(`PRAGMA synchronous = OFF; CREATE INDEX IF NOT EXISTS stream_by_number ON _stream_records (table_name, ${number}); PRAGMA busy_timeout = 0`);
  const drop = db.prepare(
    `DELETE FROM _stream_records WHERE id IN (
       SELECT id FROM _stream_records WHERE table_name = :table AND ${number} <= CAST(:upTo AS INTEGER)
       AND ${number} < (SELECT MAX(${number}) FROM _stream_records WHERE table_name = :table) ORDER BY ${number} LIMIT ${atOnce})`,
  );
  return {
    trim: (table, upTo) => tried(() => Number(drop.run({ table, upTo }).changes)),
    close: () => db.close(),
  };
}

/** Up to where all readers of a stream have read, by their sequence numbers; none while one of them has not begun. */
export function passedByAll(positions: readonly (string | undefined)[]): string | undefined {
  const [first, ...rest] = positions;
  // Sequence numbers are longer than a float takes.
  return rest.reduce((least, each) => (least === undefined || each === undefined ? undefined : BigInt(each) < BigInt(least) ? each : least), first);
}

// SQLITE_BUSY: the engine is writing just now.
function tried(drop: () => number): number {
  try {
    return drop();
  } catch (error) {
    if (error instanceof Error && /locked|busy/i.test(error.message)) return 0;
    throw error;
  }
}
