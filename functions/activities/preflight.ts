import type { Command } from '../../machines/decision.ts';
import { ownerPartition, titleOf, unitOf } from '../cases/about.ts';
import type { Desk } from '../cases/act.ts';
import { likeness, normalisedName } from '../cases/names.ts';
import { leafPartition, type Head } from '../store/case.ts';
import { casesIn, type Place } from '../store/lists.ts';
import { loadHeads } from '../store/load.ts';

// Names with at least this share of neighbouring characters in common are shown to the reviewer as similar; nobody is refused for it.
const similarFrom = 0.7;
const mostSimilar = 10;
// Looking further back costs reads on every filing and finds little: same-unit duplicates are searched completely, others among the newest.
const mostCompared = 300;

/** Checks a filing before people do: what the form lacks, open duplicates and earlier published filings of the same unit, similar names elsewhere (A-14, A-41, requirements 7). */
export async function preflight(desk: Desk, head: Head): Promise<Command> {
  const duplicates: string[] = [];
  const repeats: string[] = [];
  for await (const other of casesOfUnit(desk, head)) {
    if (other.id === head.id || !isSameProject(head, other)) continue;
    if (other.snapshot.status === 'active' && !isDraft(other)) duplicates.push(other.id);
    if (typeof other.snapshot.context['batch'] === 'string') repeats.push(other.id);
  }
  const similar: string[] = [];
  for await (const other of recentFilings(desk)) {
    if (similar.length < mostSimilar && other.id !== head.id && !duplicates.includes(other.id) && isSimilar(head, other)) similar.push(other.id);
  }
  const { gaps } = head.snapshot.context;
  return { type: 'finishPreflight', args: { gaps: typeof gaps === 'number' ? gaps : 0, duplicates: duplicates.slice(0, 10), similar, repeats: repeats.slice(0, 10) } };
}

function isSameProject(head: Head, other: Head): boolean {
  return normalisedName(titleOf(other.snapshot)) === normalisedName(titleOf(head.snapshot));
}

function isSimilar(head: Head, other: Head): boolean {
  return likeness(titleOf(head.snapshot), titleOf(other.snapshot)) >= similarFrom;
}

function isDraft(head: Head): boolean {
  return 'declaration.draft' in head.at;
}

async function* casesOfUnit(desk: Desk, head: Head): AsyncGenerator<Head> {
  yield* heads(desk, 'byOwner', [ownerPartition(head.lifecycle, unitOf(head.snapshot))], Number.POSITIVE_INFINITY);
}

async function* recentFilings(desk: Desk): AsyncGenerator<Head> {
  const phases = (['governmentInvestment', 'socialInvestment'] as const).flatMap((lifecycle) => ['intake', 'selection', 'awaitingBatch'].map((phase) => leafPartition(lifecycle, phase)));
  for (const phase of phases) yield* heads(desk, 'byLeaf', [phase], mostCompared / phases.length);
}

async function* heads(desk: Desk, index: 'byOwner' | 'byLeaf', partitions: readonly string[], most: number): AsyncGenerator<Head> {
  let place: Place | undefined = { partition: 0 };
  for (let seen = 0; place && seen < most; ) {
    const page: Awaited<ReturnType<typeof casesIn>> = await casesIn(desk.table, index, partitions, Math.min(100, most - seen), place);
    yield* await loadHeads(desk.table, page.items);
    seen += page.items.length;
    place = page.next;
  }
}
