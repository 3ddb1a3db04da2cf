import { parseArgs } from 'node:util';
import { casesIn } from '../../functions/store/lists.ts';
import { eventsAfter } from '../../functions/store/load.ts';
import type { Table } from '../../functions/store/table.ts';
import type { LifecycleName } from '../../machines/decision.ts';
import { admin } from '../harness/api-client.ts';
import { startCloudProcess } from '../harness/cloud-process.ts';
import { statesClient } from '../demo/promises.ts';
import { Story } from '../demo/story.ts';
import { divergenceOf } from './agreement.ts';
import { Coverage } from './coverage.ts';
import { pick, randomFrom } from './random.ts';
import { Walker } from './walker.ts';
import { recordsOf } from './world.ts';

const { values } = parseArgs({ options: { events: { type: 'string', default: '20000' }, seed: { type: 'string', default: '7' }, live: { type: 'string', default: '32' }, json: { type: 'boolean', default: false } } });
const wanted = Number(values.events);
const seed = Number(values.seed);
const live = Number(values.live);

/** One case on the walk: how much of its log has been counted, and where that left it. */
interface Followed {
  readonly id: string;
  counted: number;
  leaves: readonly string[];
  over: boolean;
  /** Whether record and execution were compared after the case was over. */
  settled: boolean;
}

/** What the walk adds up to. */
interface Figures {
  events: number;
  cases: number;
  compared: number;
  readonly divergences: string[];
}

const coverage = new Coverage(['governmentInvestment', 'socialInvestment', 'publication', 'recovery']);
const figures: Figures = { events: 0, cases: 0, compared: 0, divergences: [] };
const surprises: string[] = [];
const refusals = new Map<string, number>();

const open = { publication: ['freezing', 'awaitingSignOff', 'publishing'], recovery: ['noticing', 'awaitingStatement', 'deciding', 'demanding', 'collecting', 'writingOff'] };
const partitions = Object.entries(open).flatMap(([lifecycle, phases]) => phases.map((phase) => `${lifecycle}#${phase}`));

// Public notice is a switch of the policy: the second part of the walk has it on, or its states would never be seen.
const parts = [{ policy: 'gx-2025-draft', until: Math.ceil(wanted * 0.8) }, { policy: 'gx-2025-draft-notice', until: wanted }];
for (const [index, part] of parts.entries()) await walkUnder(part.policy, part.until, randomFrom(seed + index));
report();

async function walkUnder(policy: string, until: number, random: () => number): Promise<void> {
  const cloud = await startCloudProcess({ env: { GUIJING_RULE_SET: policy } });
  try {
    const story = new Story(cloud.endpoints);
    const table = await recordsOf(cloud.endpoints);
    const walker = new Walker(story, table, coverage, random, policy);
    const followed = new Map<string, Followed>();
    for (let round = 1; figures.events < until; round += 1) {
      await replenish(walker, followed);
      await follow(table, followed);
      await stepAll(story, walker, [...followed.values()].filter(({ over }) => !over));
      await story.settle();
      await countAndCompare(story, table, followed, false);
      // Step Functions forgets an execution 90 days after its end: each is looked at before that.
      if (round % 2 === 0) await story.moveClock({ advance: pick(['P1D', 'P6D', 'P20D', 'P45D', 'P85D'], random) });
      await countAndCompare(story, table, followed, round % 4 === 0);
      progress(round);
    }
    await story.settle();
    await countAndCompare(story, table, followed, true);
    surprises.push(...walker.surprises);
    for (const [why, count] of walker.refusals) refusals.set(why, (refusals.get(why) ?? 0) + count);
  } finally {
    await cloud.remove();
  }
}

async function replenish(walker: Walker, followed: Map<string, Followed>): Promise<void> {
  const open = [...followed.values()].filter(({ over, id }) => !over && id.startsWith('s-')).length;
  for (let count = open; count < live; count += 1) remember(followed, await walker.open());
}

// Batches and recoveries open by themselves; they are walked like everything else.
async function follow(table: Table, followed: Map<string, Followed>): Promise<void> {
  const { items } = await casesIn(table, 'byLeaf', partitions, 500, { partition: 0 });
  for (const id of items) remember(followed, id);
}

function remember(followed: Map<string, Followed>, id: string): void {
  if (followed.has(id)) return;
  followed.set(id, { id, counted: 0, leaves: [], over: false, settled: false });
  figures.cases += 1;
}

async function stepAll(story: Story, walker: Walker, cases: readonly Followed[]): Promise<void> {
  const { now } = await admin<{ now: string }>(story.endpoints, '/clock');
  const queue = [...cases];
  const worker = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) await stepOne(walker, next, now);
  };
  await Promise.all(Array.from({ length: 8 }, worker));
}

async function stepOne(walker: Walker, followed: Followed, now: string): Promise<void> {
  for (let step = 0; step < 10; step += 1) {
    const outcome = await walker.step(followed.id, now);
    if (outcome === 'over' || outcome === 'nothingToDo') return;
  }
}

async function count(table: Table, followed: Map<string, Followed>): Promise<void> {
  for (const each of followed.values()) {
    if (each.over) continue;
    for await (const { event } of eventsAfter(table, each.id, each.counted)) {
      const lifecycle = event.definition.split('@')[0] as LifecycleName;
      coverage.count(lifecycle, each.leaves, event);
      each.counted = event.n;
      each.leaves = event.leaves;
      each.over = Object.keys(event.entered).length === 0 && event.leaves.length === 1 && !event.leaves.some((leaf) => leaf.includes('.')) && Object.keys(event.routes).length > 0;
      figures.events += 1;
    }
  }
}

/** Compares record and execution of what has just ended, and with `all` of everything that is still open. */
async function countAndCompare(story: Story, table: Table, followed: Map<string, Followed>, all: boolean): Promise<void> {
  await count(table, followed);
  const states = statesClient(story.endpoints);
  for (const each of followed.values()) {
    if (each.settled || (!each.over && !all)) continue;
    const divergence = await divergenceOf(table, states, each.id);
    each.settled = each.over;
    figures.compared += 1;
    if (divergence !== undefined) figures.divergences.push(divergence);
  }
}

function progress(round: number): void {
  const { taken, all } = coverage.figures();
  if (!values.json && round % 4 === 0) console.log(`round ${round}: ${figures.events} events, ${figures.cases} cases, ${taken}/${all} transitions, ${figures.divergences.length} divergences`);
}

function report(): void {
  const { taken, all, missing } = coverage.figures();
  const percent = Math.floor((taken / all) * 1000) / 10;
  const refused = [...refusals.values()].reduce((sum, count) => sum + count, 0);
  const sum = { seed, ...figures, refused, refusals: Object.fromEntries([...refusals].sort((a, b) => b[1] - a[1])), surprises, transitions: { taken, all, percent, missing } };
  if (values.json) console.log(JSON.stringify(sum, null, 2));
  else {
    for (const line of [...figures.divergences, ...surprises].slice(0, 20)) console.log(line);
    if (missing.length > 0) console.log(`never taken:\n  ${missing.join('\n  ')}`);
    console.log(`walk: ${figures.events} events, ${figures.cases} cases, ${figures.compared} comparisons, ${figures.divergences.length} divergences, ${percent} % of ${all} transitions, ${refused} refusals, ${surprises.length} surprises`);
  }
  if (figures.divergences.length + surprises.length > 0 || (wanted >= 20_000 && taken < all)) process.exitCode = 1;
}
