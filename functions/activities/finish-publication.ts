import type { Command } from '../../machines/decision.ts';
import { linesOf, readObject, writeObject } from '../files/bucket.ts';
import type { FileDesk } from '../files/desk.ts';
import type { Head } from '../store/case.ts';
import { loadHeads } from '../store/load.ts';
import { asJsonLines, batchKeys, entriesIn, type ListEntry } from './batch-list.ts';
import { frozenEntries, halfOf } from './freeze-batch.ts';

/** Writes the published list, once and for good: the frozen entries whose scenario really carries this batch, as the records say. What was written first counts, also when this runs again. */
export async function finishPublication(desk: FileDesk, head: Head): Promise<Command> {
  const half = halfOf(head);
  let frozen = 0;
  const counted = async function* (): AsyncGenerator<ListEntry> {
    for await (const entry of frozenEntries(desk, head.id)) {
      frozen += 1;
      yield entry;
    }
  };
  await writeObject(desk.bucket, batchKeys.published(half), 'application/json; charset=utf-8', asJsonLines(inBatch(desk, counted(), half)), true);
  const published = await publishedCount(desk, half);
  return { type: 'finishPublication', args: { published, refused: frozen - published } };
}

async function* inBatch(desk: FileDesk, entries: AsyncIterable<ListEntry>, half: string): AsyncGenerator<ListEntry> {
  for await (const some of inGroups(entries, 100)) {
    const heads = await loadHeads(desk.table, some.map((entry) => entry.case));
    const carrying = new Set(heads.filter(({ snapshot }) => snapshot.context['batch'] === half).map(({ id }) => id));
    yield* some.filter((entry) => carrying.has(entry.case));
  }
}

async function publishedCount(desk: FileDesk, half: string): Promise<number> {
  const object = await readObject(desk.bucket, batchKeys.published(half));
  if (!object) throw new Error(`the published list of ${half} is not in the bucket`);
  let count = 0;
  for await (const entry of entriesIn<ListEntry>(linesOf(object.pieces))) count += Number(entry.case !== '');
  return count;
}

async function* inGroups<T>(items: AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
  let group: T[] = [];
  for await (const item of items) {
    group.push(item);
    if (group.length < size) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}
