import { lifecycles } from '../../machines/lifecycles.ts';
import type { LifecycleName } from '../../machines/decision.ts';
import type { Desk } from '../cases/act.ts';
import { leafPartition } from '../store/case.ts';
import { casesIn, type Page } from '../store/lists.ts';
import { joinedReads, type ReadItem } from '../store/load.ts';
import { messagesOf, overdueMessages } from '../store/outbox.ts';
import { keepPlace, sweepPlace } from '../store/sweep-place.ts';
import { deliver } from './deliver.ts';
import { isInOrder, repair, type Repair } from './repair.ts';
import type { Waker } from './wake.ts';

/** What a sweep did, for the log and the alarms. */
export interface SweepResult {
  readonly looked: number;
  readonly delivered: number;
  readonly repaired: Readonly<Record<string, number>>;
}

// What is younger may simply be on its way: the relay answers within seconds, and retries for minutes.
const graceSeconds = 120;

/** Cases looked at together: fifty heads and fifty legs are one call, and nearly all of them are fine. */
const sideBySide = 50;

/** Repairs what an outage left (design 4): messages not delivered, waits without a live token, legs that never started or have to end. Looks at up to `most` open cases and goes on from there the next time. */
export async function sweep(desk: Desk & Waker, most = 1000): Promise<SweepResult> {
  const before = new Date(desk.now - graceSeconds * 1000).toISOString();
  const delivered = await deliverOverdue(desk, before);
  const place = await sweepPlace(desk.table, partitions.length);
  const page: Page<string> = await casesIn(desk.table, 'byLeaf', partitions, most, place, true);
  const read = joinedReads(desk.table);
  const repaired: Record<string, number> = {};
  for (let at = 0; at < page.items.length; at += sideBySide) {
    for (const done of await Promise.all(page.items.slice(at, at + sideBySide).map((id) => tried(() => look(desk, read, id, before), id)))) repaired[done] = (repaired[done] ?? 0) + 1;
  }
  await keepPlace(desk.table, page.next ?? { partition: 0 });
  return { looked: page.items.length, delivered, repaired };
}

async function look(desk: Desk & Waker, read: ReadItem, id: string, before: string): Promise<Repair> {
  return (await isInOrder(read, id, desk.now)) ? 'fine' : repair(desk, id, before);
}

// Every phase of every lifecycle that is not final: where open cases are listed.
const partitions = (Object.keys(lifecycles) as LifecycleName[]).flatMap((lifecycle) =>
  Object.values(lifecycles[lifecycle].machine.root.states)
    .filter((state) => state.type !== 'final')
    .map((state) => leafPartition(lifecycle, state.key)),
);

async function deliverOverdue(desk: Desk & Waker, before: string): Promise<number> {
  let delivered = 0;
  for (const { id, n } of await overdueMessages(desk.table, before))
    for (const message of await messagesOf(desk.table, id, n)) {
      await deliver(desk, message);
      delivered += 1;
    }
  return delivered;
}

// One broken case must not keep the others from being looked at; its failure is logged and counted.
async function tried<T extends string>(work: () => Promise<T>, id: string): Promise<T | 'failed'> {
  try {
    return await work();
  } catch (error) {
    console.error(JSON.stringify({ sweep: 'failed', case: id, error: error instanceof Error ? `${error.name}: ${error.message}` : String(error) }));
    return 'failed';
  }
}
