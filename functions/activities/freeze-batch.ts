import type { Command } from '../../machines/decision.ts';
import { linesOf, readObject, writeObject } from '../files/bucket.ts';
import type { FileDesk } from '../files/desk.ts';
import type { Head } from '../store/case.ts';
import { awaitingScenarios } from './awaiting.ts';
import { asCsv, asJsonLines, batchKeys, entriesIn, entryOf, type ListEntry } from './batch-list.ts';

/** Freezes the list of a batch: every scenario that waits now, numbered, as JSON for the run and as CSV for people (art. 11(4), art. 14(4)). An empty half-year gives an empty list. */
export async function freezeBatch(desk: FileDesk, head: Head): Promise<Command> {
  const half = halfOf(head);
  let count = 0;
  const entries = async function* (): AsyncGenerator<ListEntry> {
    for await (const scenario of awaitingScenarios(desk.table)) yield entryOf(scenario, half, (count += 1));
  };
  const frozen = batchKeys.frozen(head.id);
  const { sha256 } = await writeObject(desk.bucket, frozen, 'application/json; charset=utf-8', asJsonLines(entries()));
  await writeObject(desk.bucket, batchKeys.readable(head.id), 'text/csv; charset=utf-8', asCsv(frozenEntries(desk, head.id)));
  return { type: 'finishFreeze', args: { count, number: `GX-${half}`, listKey: frozen, listSha256: sha256 } };
}

/** The entries of a batch's frozen list, one by one; throws when the list is not there. */
export async function* frozenEntries(desk: FileDesk, id: string): AsyncGenerator<ListEntry> {
  const object = await readObject(desk.bucket, batchKeys.frozen(id));
  if (!object) throw new Error(`the frozen list of ${id} is not in the bucket`);
  yield* entriesIn<ListEntry>(linesOf(object.pieces));
}

/** The half-year a batch is for: `2025-H1`. */
export function halfOf(head: Head): string {
  const { half } = head.snapshot.context;
  if (typeof half !== 'string') throw new Error(`batch ${head.id} has no half-year`);
  return half;
}
