import { blockersOf, type Blocker } from '../../machines/blockers.ts';
import { dayOf, halfYearOf } from '../../shared/days.ts';
import { awaitingPhase, awaitingScenarios, isAwaiting } from '../activities/awaiting.ts';
import { asJsonLines, entriesIn, entryOf, type ListEntry } from '../activities/batch-list.ts';
import { titleOf } from '../cases/about.ts';
import { linesOf, readObject, writeObject } from '../files/bucket.ts';
import type { FileDesk } from '../files/desk.ts';
import { batchId } from '../published/editions.ts';
import { leafPartition, phaseOfCase, type Head } from '../store/case.ts';
import { casesIn, type Place } from '../store/lists.ts';
import { loadCase, loadHeads } from '../store/load.ts';
import { systemActor } from '../store/people.ts';
import { rehearsalKeys, type Rehearsal } from './records.ts';

/** A scenario that would not be on the list, and what keeps it from it. */
export interface Blocked {
  readonly case: string;
  readonly name: string;
  readonly unitName: string;
  readonly lifecycle: string;
  readonly phase: string;
  readonly blockers: readonly Blocker[];
}

// Every filing that has reached the Bureau and is not published yet.
const phases = ['intake', 'selection', 'leadUnit', 'publicNotice', awaitingPhase];
const partitions = (['governmentInvestment', 'socialInvestment'] as const).flatMap((kind) => phases.map((phase) => leafPartition(kind, phase)));

/** Rehearses the next publication as it would run at this moment: numbers and order are those that a freeze would give. Decides nothing; both lists are written beside those of the batches. */
export async function rehearse(desk: FileDesk, about: Pick<Rehearsal, 'id' | 'by'>, before: Rehearsal | undefined): Promise<Rehearsal> {
  const half = await nextHalf(desk);
  const names = new Map<string, string>();
  const reasons = new Map<string, { sentence: string; count: number }>();
  await writeObject(desk.bucket, rehearsalKeys.list(about.id), 'application/json; charset=utf-8', asJsonLines(listed(desk, half, names)));
  const why = new Map<string, string>();
  await writeObject(desk.bucket, rehearsalKeys.blocked(about.id), 'application/json; charset=utf-8', asJsonLines(noted(blocked(desk), reasons, why)));
  return {
    ...about,
    half,
    at: new Date(desk.now).toISOString(),
    listed: names.size,
    blocked: why.size,
    reasons: [...reasons.values()].toSorted((a, b) => b.count - a.count).slice(0, 30),
    ...(before ? { difference: { since: before.id, at: before.at, ...(await difference(desk, before, names, why)) } } : {}),
  };
}

/** The half-year whose batch is still to come. */
async function nextHalf(desk: FileDesk): Promise<string> {
  const half = halfYearOf(dayOf(new Date(desk.now).toISOString()));
  if (!(await loadCase(desk.table, batchId(half)))) return half;
  const year = Number(half.slice(0, 4));
  return half.endsWith('H1') ? `${year}-H2` : `${year + 1}-H1`;
}

async function* listed(desk: FileDesk, half: string, names: Map<string, string>): AsyncGenerator<ListEntry> {
  for await (const scenario of awaitingScenarios(desk.table)) {
    names.set(scenario.id, titleOf(scenario.snapshot));
    yield entryOf(scenario, half, names.size);
  }
}

async function* blocked(desk: FileDesk): AsyncGenerator<Blocked> {
  const asked = { actor: systemActor, now: new Date(desk.now).toISOString(), policy: desk.policy };
  for (let place: Place | undefined = { partition: 0 }; place; ) {
    const page: Awaited<ReturnType<typeof casesIn>> = await casesIn(desk.table, 'byLeaf', partitions, 100, place, true);
    for (const head of await loadHeads(desk.table, page.items)) if (isBlocked(head)) yield { ...aboutScenario(head), blockers: blockersOf(head.snapshot, asked) };
    place = page.next;
  }
}

// The index is a moment behind: what has moved on meanwhile stands elsewhere.
function isBlocked(head: Head): boolean {
  return head.snapshot.status === 'active' && phases.includes(phaseOfCase(head.snapshot)) && !isAwaiting(head);
}

function aboutScenario({ id, lifecycle, snapshot }: Head): Omit<Blocked, 'blockers'> {
  const unit = snapshot.context['unit'] as { readonly name?: string } | undefined;
  return { case: id, name: titleOf(snapshot), unitName: unit?.name ?? '', lifecycle, phase: phaseOfCase(snapshot) };
}

async function* noted(scenarios: AsyncIterable<Blocked>, reasons: Map<string, { sentence: string; count: number }>, why: Map<string, string>): AsyncGenerator<Blocked> {
  for await (const scenario of scenarios) {
    const [first] = scenario.blockers;
    why.set(scenario.case, first?.sentence ?? '');
    const known = reasons.get(first?.sentence ?? '') ?? { sentence: first?.sentence ?? '', count: 0 };
    known.count += 1;
    reasons.set(known.sentence, known);
    yield scenario;
  }
}

// Who wants to see more compares the two lists, which are kept.
const mostNamed = 100;

async function difference(desk: FileDesk, before: Rehearsal, now: ReadonlyMap<string, string>, why: ReadonlyMap<string, string>): Promise<Omit<NonNullable<Rehearsal['difference']>, 'since' | 'at'>> {
  const earlier = new Map<string, string>();
  const object = await readObject(desk.bucket, rehearsalKeys.list(before.id));
  if (object) for await (const entry of entriesIn<ListEntry>(linesOf(object.pieces))) earlier.set(entry.case, entry.name);
  const joined = [...now].filter(([id]) => !earlier.has(id)).map(([id, name]) => ({ case: id, name }));
  const gone = [...earlier].filter(([id]) => !now.has(id));
  const left = await Promise.all(gone.slice(0, mostNamed).map(async ([id, name]) => ({ case: id, name, why: why.get(id) ?? (await whereabouts(desk, id)) })));
  return { joinedCount: joined.length, leftCount: gone.length, joined: joined.slice(0, mostNamed), left };
}

async function whereabouts(desk: FileDesk, id: string): Promise<string> {
  const { batch } = (await loadCase(desk.table, id))?.snapshot.context ?? {};
  return typeof batch === 'string' ? `已在 ${batch} 批次发布` : '已撤回、终止或认定无效';
}
