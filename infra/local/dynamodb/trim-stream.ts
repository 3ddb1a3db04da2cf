import { DatabaseSync } from 'node:sqlite';

/** Forgets stream records that every reader has passed. */
export interface StreamTrimmer {
  /** Drops the table's records up to `sequenceNumber`, but for the newest; answers how many went. A busy store keeps them until the next call. */
  trim(table: string, sequenceNumber: string): number;
  close(): void;
}

// dynoxide finds the next sequence number by a scan over the table's whole stream (MAX over a cast, which no index serves), so
// that each write slows down with every record ever written: 512 writes a second after 200 records, 161 after 1,600. AWS keeps
// 24 hours of records; here the event source mappings are the only readers, and what they have passed can go at once.
const columns = ['id', 'table_name', 'sequence_number'];
const atOnce = 2_000;

/** Opens the engine's file beside the engine itself (WAL lets both in). A file whose stream table looks otherwise is left alone: `undefined`. */
export function openTrimmer(file: string): StreamTrimmer | undefined {
  const db = new DatabaseSync(file, { timeout: 0 });
  const known = db.prepare("SELECT name FROM pragma_table_info('_stream_records')").all().map((row) => row['name']);
  if (!columns.every((column) => known.includes(column))) {
    db.close();
    return undefined;
  }
  // The engine's own commits are what must be durable; a trim that is lost is done again.
  db.exec('PRAGMA synchronous = OFF');
  const drop = db.prepare(
    `DELETE FROM _stream_records WHERE id IN (
       SELECT id FROM _stream_records WHERE table_name = :table AND CAST(sequence_number AS INTEGER) <= CAST(:upTo AS INTEGER)
       AND id < (SELECT MAX(id) FROM _stream_records WHERE table_name = :table) ORDER BY id LIMIT ${atOnce})`,
  );
  return {
    trim: (table, upTo) => tried(() => Number(drop.run({ table, upTo }).changes)),
    close: () => db.close(),
  };
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
