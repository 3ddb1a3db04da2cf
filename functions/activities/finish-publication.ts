import type { Command } from '../../machines/decision.ts';
import { linesOf, readObject, writeObject } from '../files/bucket.ts';
import type { FileDesk } from '../files/desk.ts';
import type { Head } from '../store/case.ts';
import type { Digests } from '../../shared/evidence.ts';
import { runningDigest } from '../store/digest.ts';
import { loadHeads } from '../store/load.ts';
import { asJsonLines, batchKeys, entriesIn, type ListEntry } from './batch-list.ts';
import { editionOf, frozenEntries, halfOf } from './freeze-batch.ts';

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
  const file = batchKeys.published(half, editionOf(head));
  await writeObject(desk.bucket, file, 'application/json; charset=utf-8', asJsonLines(inBatch(desk, counted(), half)), true);
  const { published, sha256, sm3 } = await asPublished(desk, file);
  return { type: 'finishPublication', args: { published, refused: frozen - published, sha256, sm3 } };
}

async function* inBatch(desk: FileDesk, entries: AsyncIterable<ListEntry>, half: string): AsyncGenerator<ListEntry> {
  for await (const some of inGroups(entries, 100)) {
    const heads = await loadHeads(desk.table, some.map((entry) => entry.case));
    const carrying = new Set(heads.filter(({ snapshot }) => snapshot.context['batch'] === half).map(({ id }) => id));
    yield* some.filter((entry) => carrying.has(entry.case));
  }
}

/** How many entries the published file has, and its digests: what stands there, not what this run would have written. */
async function asPublished(desk: FileDesk, file: string): Promise<Digests & { readonly published: number }> {
  const object = await readObject(desk.bucket, file);
  if (!object) throw new Error(`the published list ${file} is not in the bucket`);
  const running = runningDigest();
  const pieces = async function* (): AsyncGenerator<Uint8Array> {
    for await (const piece of object.pieces) {
      running.update(piece);
      yield piece;
    }
  };
  let published = 0;
  for await (const entry of entriesIn<ListEntry>(linesOf(pieces()))) published += Number(entry.case !== '');
  return { published, ...running.digest() };
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
