import { ownerPartition, titleOf, unitOf } from './about.ts';
import { normalisedName } from './names.ts';
import type { Head } from '../store/case.ts';
import { casesIn, type Place } from '../store/lists.ts';
import { loadHeads } from '../store/load.ts';
import type { Table } from '../store/table.ts';

/** The other cases of a filing's unit that are of the same scenario by name: those under way, drafts aside, and those that were published before. */
export async function sameProject(table: Table, head: Head): Promise<{ readonly duplicates: readonly string[]; readonly repeats: readonly string[] }> {
  const duplicates: string[] = [];
  const repeats: string[] = [];
  for await (const other of casesOfUnit(table, head)) {
    if (other.id === head.id || normalisedName(titleOf(head.snapshot)) !== normalisedName(titleOf(other.snapshot))) continue;
    if (other.snapshot.status === 'active' && !isDraft(other)) duplicates.push(other.id);
    if (typeof other.snapshot.context['batch'] === 'string') repeats.push(other.id);
  }
  return { duplicates: duplicates.slice(0, 10), repeats: repeats.slice(0, 10) };
}

function isDraft(head: Head): boolean {
  return 'declaration.draft' in head.at;
}

async function* casesOfUnit(table: Table, head: Head): AsyncGenerator<Head> {
  let place: Place | undefined = { partition: 0 };
  while (place) {
    const page: Awaited<ReturnType<typeof casesIn>> = await casesIn(table, 'byOwner', [ownerPartition(head.lifecycle, unitOf(head.snapshot))], 100, place);
    yield* await loadHeads(table, page.items);
    place = page.next;
  }
}
