import { corrected } from '../../machines/correction.ts';
import type { Command } from '../../machines/decision.ts';
import type { PublicationContext } from '../../machines/publication.ts';
import { linesOf, readObject, writeObject } from '../files/bucket.ts';
import type { FileDesk } from '../files/desk.ts';
import { entriesOf } from '../published/entries.ts';
import type { Head } from '../store/case.ts';
import { awaitingScenarios } from './awaiting.ts';
import { asCsv, asJsonLines, batchKeys, entriesIn, entryOf, type ListEntry } from './batch-list.ts';

/** Freezes the list of a batch: every scenario that waits now, numbered, as JSON for the run and as CSV for people (art. 11(4), art. 14(4)). An empty half-year gives an empty list. */
export async function freezeBatch(desk: FileDesk, head: Head): Promise<Command> {
  const half = halfOf(head);
  let count = 0;
  const entries = async function* (): AsyncGenerator<ListEntry> {
    for await (const entry of entriesFor(desk, head)) {
      count += 1;
      yield entry;
    }
  };
  const frozen = batchKeys.frozen(head.id);
  const { sha256 } = await writeObject(desk.bucket, frozen, 'application/json; charset=utf-8', asJsonLines(entries()));
  await writeObject(desk.bucket, batchKeys.readable(head.id), 'text/csv; charset=utf-8', asCsv(frozenEntries(desk, head.id)));
  return { type: 'finishFreeze', args: { count, number: `GX-${half}`, listKey: frozen, listSha256: sha256 } };
}

/** What stands on the list: who waits now, numbered; or, where a published list is corrected, the edition before with what changes. Numbers are never given twice. */
async function* entriesFor(desk: FileDesk, head: Head): AsyncGenerator<ListEntry> {
  const half = halfOf(head);
  const { correction } = head.snapshot.context as unknown as PublicationContext;
  if (correction) {
    for await (const entry of entriesOf(desk.bucket, half, editionOf(head) - 1)) {
      const now = corrected(entry, correction);
      if (now) yield now;
    }
    return;
  }
  let place = 0;
  for await (const scenario of awaitingScenarios(desk.table)) yield entryOf(scenario, half, (place += 1));
}

/** The entries of a batch's frozen list, one by one; throws when the list is not there. */
export async function* frozenEntries(desk: FileDesk, id: string): AsyncGenerator<ListEntry> {
  const object = await readObject(desk.bucket, batchKeys.frozen(id));
  if (!object) throw new Error(`the frozen list of ${id} is not in the bucket`);
  yield* entriesIn<ListEntry>(linesOf(object.pieces));
}

/** The edition of the list that a run makes. */
export function editionOf({ snapshot }: Head): number {
  const { edition } = snapshot.context;
  return typeof edition === 'number' ? edition : 1;
}

/** The half-year a batch is for: `2025-H1`. */
export function halfOf(head: Head): string {
  const { half } = head.snapshot.context;
  if (typeof half !== 'string') throw new Error(`batch ${head.id} has no half-year`);
  return half;
}
