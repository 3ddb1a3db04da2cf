import type { Command } from '../../machines/decision.ts';
import { ownerPartition, titleOf, unitOf } from '../cases/about.ts';
import type { Desk } from '../cases/act.ts';
import { normalisedName } from '../cases/names.ts';
import { similarFilings, sketchesOf } from '../cases/similar.ts';
import type { Head } from '../store/case.ts';
import { formAt } from '../store/forms.ts';
import { casesIn, type Place } from '../store/lists.ts';
import { loadHeads } from '../store/load.ts';
import { keepSketches } from '../store/sketches.ts';

/** Checks a filing before people do: what the form lacks, open duplicates and earlier published filings of the same unit, similar texts and names among all filings (A-14, A-41, requirements 7). */
export async function preflight(desk: Desk, head: Head): Promise<Command> {
  const { duplicates, repeats } = await sameProject(desk, head);
  const sketches = sketchesOf(head, (await formAt(desk.table, head.id))?.form);
  const similar = (await similarFilings(desk.table, head.id, sketches)).map(({ id }) => id).filter((id) => !duplicates.includes(id));
  await keepSketches(desk.table, head.id, sketches);
  const { gaps } = head.snapshot.context;
  return { type: 'finishPreflight', args: { gaps: typeof gaps === 'number' ? gaps : 0, duplicates: duplicates.slice(0, 10), similar, repeats: repeats.slice(0, 10) } };
}

async function sameProject(desk: Desk, head: Head): Promise<{ readonly duplicates: string[]; readonly repeats: string[] }> {
  const duplicates: string[] = [];
  const repeats: string[] = [];
  for await (const other of casesOfUnit(desk, head)) {
    if (other.id === head.id || normalisedName(titleOf(head.snapshot)) !== normalisedName(titleOf(other.snapshot))) continue;
    if (other.snapshot.status === 'active' && !isDraft(other)) duplicates.push(other.id);
    if (typeof other.snapshot.context['batch'] === 'string') repeats.push(other.id);
  }
  return { duplicates, repeats };
}

function isDraft(head: Head): boolean {
  return 'declaration.draft' in head.at;
}

async function* casesOfUnit(desk: Desk, head: Head): AsyncGenerator<Head> {
  let place: Place | undefined = { partition: 0 };
  while (place) {
    const page: Awaited<ReturnType<typeof casesIn>> = await casesIn(desk.table, 'byOwner', [ownerPartition(head.lifecycle, unitOf(head.snapshot))], 100, place);
    yield* await loadHeads(desk.table, page.items);
    place = page.next;
  }
}
