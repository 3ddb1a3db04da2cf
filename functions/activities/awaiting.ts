import { leafPartition, type Head } from '../store/case.ts';
import { casesIn, type Place } from '../store/lists.ts';
import { loadHeads } from '../store/load.ts';
import type { Table } from '../store/table.ts';

/** The phase in which selected scenarios wait for their batch. */
export const awaitingPhase = 'awaitingBatch';

const partitions = [leafPartition('governmentInvestment', awaitingPhase), leafPartition('socialInvestment', awaitingPhase)];

/** The scenarios that wait for publication, government class first, who waited longest first; page by page, so memory stays flat however many wait. */
export async function* awaitingScenarios(table: Table): AsyncGenerator<Head> {
  let place: Place | undefined = { partition: 0 };
  while (place) {
    const page: Awaited<ReturnType<typeof casesIn>> = await casesIn(table, 'byLeaf', partitions, 100, place, true);
    for (const head of await loadHeads(table, page.items)) if (isAwaiting(head)) yield head;
    place = page.next;
  }
}

/** Whether a scenario waits for its batch and is not on hold. */
export function isAwaiting(head: Head): boolean {
  return awaitingPhase in head.at && head.snapshot.context['held'] !== true;
}
