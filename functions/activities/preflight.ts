import type { Command } from '../../machines/decision.ts';
import type { Desk } from '../cases/act.ts';
import { sameProject } from '../cases/same-project.ts';
import { similarFilings, sketchesOf } from '../cases/similar.ts';
import type { Head } from '../store/case.ts';
import { formAt } from '../store/forms.ts';
import { keepSketches } from '../store/sketches.ts';

/** Checks a filing before people do: what the form lacks, open duplicates and earlier published filings of the same unit, similar texts and names among all filings (A-14, A-41, requirements 7). */
export async function preflight(desk: Desk, head: Head): Promise<Command> {
  const { duplicates, repeats } = await sameProject(desk.table, head);
  const sketches = sketchesOf(head, (await formAt(desk.table, head.id))?.form);
  const similar = (await similarFilings(desk.table, head.id, sketches)).map(({ id }) => id).filter((id) => !duplicates.includes(id));
  await keepSketches(desk.table, head.id, sketches);
  const { gaps } = head.snapshot.context;
  return { type: 'finishPreflight', args: { gaps: typeof gaps === 'number' ? gaps : 0, duplicates, similar, repeats } };
}
