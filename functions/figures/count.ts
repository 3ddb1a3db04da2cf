import { lifecycles } from '../../machines/lifecycles.ts';
import { phasesOf } from '../../machines/state-paths.ts';
import type { LifecycleName } from '../../machines/decision.ts';
import type { Desk } from '../cases/act.ts';
import { eventOf, leafPartition, type Head } from '../store/case.ts';
import { caseKey, count, key, sk, type Item } from '../store/keys.ts';
import { casesIn, type Page, type Place } from '../store/lists.ts';
import { joinedReads, loadHeads, nameOf, readItems } from '../store/load.ts';
import { pack, unpack } from '../store/pack.ts';
import { joinedPuts, put } from '../store/put.ts';
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

const runAt = ({ now }: Desk): Run => ({ place: { partition: 0 }, tally: emptyTally(), startedAt: new Date(now).toISOString() });

const runKey = key('FIGURES', 'RUN');
const caseFigures = 'FIG';
const pageSize = 100;

/** Every phase of every lifecycle, final ones too: all cases there are. Asked for and not kept: whoever only loads this needs no chart. */
const allPartitions = (): string[] => (Object.keys(lifecycles) as LifecycleName[]).flatMap((lifecycle) => phasesOf(lifecycle).map((phase) => leafPartition(lifecycle, phase)));

/**
 * Counts the programme's figures a page of cases at a time; what a case's log says is kept beside it and read on from there, so that a run
 * costs a look at each head and the events since the last one. After `budget` milliseconds it puts down what it has; the next run goes on.
 */
export async function countFigures(desk: Desk, budget = 200_000): Promise<{ readonly looked: number; readonly done: boolean }> {
  const run = (await kept<Run>(desk.table, runKey)) ?? runAt(desk);
  const { looked, place } = await goOn(desk.table, run, budget, (cases) => keepStays(desk.table, cases));
  if (place) await keep(desk.table, runKey, { ...run, place });
  else {
    await keep(desk.table, latestKey, { at: run.startedAt, tally: run.tally } satisfies Counted);
    await keep(desk.table, runKey, null);
  }
  return { looked, done: place === undefined };
}

/** Counts without writing anything down, for who asks before the first run; `undefined` where there is more than `budget` milliseconds can count. */
export async function countUnkept(desk: Desk, budget = 5_000): Promise<Counted | undefined> {
  const run = runAt(desk);
  const { place } = await goOn(desk.table, run, budget, async () => undefined);
  return place ? undefined : { at: run.startedAt, tally: run.tally };
}

/** Adds up page after page; answers how many cases it looked at, and where it is when the budget was used. */
async function goOn(table: Table, run: Run, budget: number, seen: (cases: readonly Counting[]) => Promise<void>): Promise<{ readonly looked: number; readonly place?: Place | undefined }> {
  const until = performance.now() + budget;
  const partitions = allPartitions();
  let looked = 0;
  for (let place: Place | undefined = run.place; place !== undefined; ) {
    if (looked > 0 && performance.now() > until) return { looked, place };
    const page: Page<string> = await casesIn(table, 'byLeaf', partitions, pageSize, place, true);
    const cases = await staysOf(table, page.items);
    await seen(cases);
    for (const { head, stays } of cases) addCase(run.tally, head.snapshot, stays, run.startedAt);
    looked += page.items.length;
    place = page.next;
  }
  return { looked };
}

// Four calls side by side, each of as many keys as it takes; an event is seldom more than some KB.
const eventsAtOnce = 400;

/** A case with its stays: those that were kept, and those that its log makes of them. */
interface Counting {
  readonly head: Head;
  readonly before: Stays;
  stays: Stays;
}

/** The cases of a page with their stays up to their heads. */
async function staysOf(table: Table, ids: readonly string[]): Promise<readonly Counting[]> {
  if (ids.length === 0) return [];
  const [heads, items] = await Promise.all([loadHeads(table, ids), readItems(table, ids.map((id) => caseKey(id, caseFigures)))]);
  const cases = heads.map((head): Counting => {
    const before = staysIn(items.get(nameOf(caseKey(head.id, caseFigures))));
    return { head, before, stays: before };
  });
  await readOn(table, cases);
  return cases;
}

/** Keeps what was read of the logs of cases for the next run. */
async function keepStays(table: Table, cases: readonly Counting[]): Promise<void> {
  const keepItem = joinedPuts(table);
  await Promise.all(cases.map(({ head, before, stays }) => (stays === before ? undefined : keepItem(itemFor(head.id, stays)))));
}

/** Reads on in the logs of cases up to their heads, by the events' numbers: those of many cases in one call. */
async function readOn(table: Table, cases: readonly Counting[]): Promise<void> {
  const unread = cases.flatMap((each) => Array.from({ length: Math.max(0, each.head.version - each.before.n) }, (_, index) => ({ each, n: each.before.n + index + 1 })));
  const read = joinedReads(table);
  for (let at = 0; at < unread.length; at += eventsAtOnce) {
    const some = unread.slice(at, at + eventsAtOnce);
    const items = await Promise.all(some.map(({ each, n }) => read(caseKey(each.head.id, sk.event(n)))));
    for (const [index, { each }] of some.entries()) {
      const item = items[index];
      if (item) each.stays = advance(each.stays, eventOf(item).event);
    }
  }
}

function staysIn(item: Item | undefined): Stays {
  return item ? { ...unpack<Omit<Stays, 'n'>>(item['stays']), n: count(item, 'n') } : noStays;
}

function itemFor(id: string, { n, ...stays }: Stays): Item {
  return { ...caseKey(id, caseFigures), n: { N: String(n) }, stays: pack(stays) };
}

function keep(table: Table, at: Item, content: unknown): Promise<void> {
  return put(table, { ...at, content: pack(content) });
}
