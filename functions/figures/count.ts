import { lifecycles } from '../../machines/lifecycles.ts';
import type { LifecycleName } from '../../machines/decision.ts';
import type { Desk } from '../cases/act.ts';
import { leafPartition, type Head } from '../store/case.ts';
import { caseKey, count, key, type Item } from '../store/keys.ts';
import { casesIn, type Page, type Place } from '../store/lists.ts';
import { eventsAfter, loadHeads, nameOf, readItems } from '../store/load.ts';
import { pack, unpack } from '../store/pack.ts';
import { put } from '../store/put.ts';
import type { Table } from '../store/table.ts';
import { addCase, emptyTally } from './add-case.ts';
import { kept, latestKey, type Counted } from './latest.ts';
import { advance, noStays, type Stays } from './stays.ts';
import type { Tally } from './tally.ts';

/** A run over all cases: where it is, what it has added up, and when it began. */
interface Run {
  readonly place: Place;
  readonly tally: Tally;
  readonly startedAt: string;
}

const runKey = key('FIGURES', 'RUN');
const caseFigures = 'FIG';
const pageSize = 100;

/** Every phase of every lifecycle, final ones too: all cases there are. */
const partitions = (Object.keys(lifecycles) as LifecycleName[]).flatMap((lifecycle) => Object.keys(lifecycles[lifecycle].machine.root.states).map((phase) => leafPartition(lifecycle, phase)));

/**
 * Counts the programme's figures a page of cases at a time; what a case's log says is kept beside it and read on from there, so that a run
 * costs a look at each head and the events since the last one. After `budget` milliseconds it puts down what it has; the next run goes on.
 */
export async function countFigures(desk: Desk, budget = 200_000): Promise<{ readonly looked: number; readonly done: boolean }> {
  const until = performance.now() + budget;
  const run = (await kept<Run>(desk.table, runKey)) ?? { place: { partition: 0 }, tally: emptyTally(), startedAt: new Date(desk.now).toISOString() };
  let looked = 0;
  for (let place: Place | undefined = run.place; place !== undefined; ) {
    if (looked > 0 && performance.now() > until) {
      await keep(desk.table, runKey, { ...run, place });
      return { looked, done: false };
    }
    const page: Page<string> = await casesIn(desk.table, 'byLeaf', partitions, pageSize, place, true);
    for (const [head, stays] of await staysOf(desk.table, page.items)) addCase(run.tally, head.snapshot, stays, run.startedAt);
    looked += page.items.length;
    place = page.next;
  }
  await keep(desk.table, latestKey, { at: run.startedAt, tally: run.tally } satisfies Counted);
  await keep(desk.table, runKey, null);
  return { looked, done: true };
}

async function staysOf(table: Table, ids: readonly string[]): Promise<(readonly [Head, Stays])[]> {
  if (ids.length === 0) return [];
  const [heads, before] = await Promise.all([loadHeads(table, ids), readItems(table, ids.map((id) => caseKey(id, caseFigures)))]);
  return Promise.all(heads.map(async (head) => [head, await readOn(table, head, before.get(nameOf(caseKey(head.id, caseFigures))))] as const));
}

/** The stays of a case up to its head, from where they were kept. */
async function readOn(table: Table, head: Head, item: Item | undefined): Promise<Stays> {
  let stays = item ? { ...unpack<Omit<Stays, 'n'>>(item['stays']), n: count(item, 'n') } : noStays;
  if (stays.n === head.version) return stays;
  for await (const { event } of eventsAfter(table, head.id, stays.n)) {
    if (event.n > head.version) break;
    stays = advance(stays, event);
  }
  const { n, ...rest } = stays;
  await put(table, { ...caseKey(head.id, caseFigures), n: { N: String(n) }, stays: pack(rest) });
  return stays;
}

function keep(table: Table, at: Item, content: unknown): Promise<void> {
  return put(table, { ...at, content: pack(content) });
}
