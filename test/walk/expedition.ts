import type { SFNClient } from '@aws-sdk/client-sfn';
import { casesIn } from '../../functions/store/lists.ts';
import { eventsAfter } from '../../functions/store/load.ts';
import type { LifecycleName } from '../../machines/decision.ts';
import { fundId } from '../../machines/fund/context.ts';
import { admin } from '../harness/api-client.ts';
import { statesClient } from '../demo/promises.ts';
import { divergenceOf } from './agreement.ts';
import type { Gear } from './asker.ts';
import { newly, note, type Followed } from './followed.ts';
import { closeFund, refillFund } from './fund.ts';
import { pick } from './random.ts';
import { Walker } from './walker.ts';

/** What a walk adds up to. */
export interface Figures {
  events: number;
  cases: number;
  compared: number;
  readonly divergences: string[];
  readonly surprises: string[];
  readonly refusals: Map<string, number>;
}

const phases = { publication: ['freezing', 'awaitingSignOff', 'publishing'], recovery: ['noticing', 'awaitingStatement', 'deciding', 'demanding', 'collecting', 'writingOff'], dataDemand: ['checking', 'returned', 'answering', 'coordinating', 'signing', 'delivering', 'accepting'], fund: ['keeping', 'approving'] };
const partitions = Object.entries(phases).flatMap(([lifecycle, names]) => names.map((phase) => `${lifecycle}#${phase}`));
const stepsPerRound = 10;
const workers = 8;
/** So many scenarios at most are open at once; all that wait get reminders when the clock moves. */
const openAtMost = 80;
/** Demands for data that are open at once. */
const demandsAtMost = 6;
/** Step Functions forgets an execution 90 days after its end: each is looked at before that. */
const longestMove = 85 * 24 * 3600 * 1000;

/** Many cases walked at once through one cloud, in rounds: some steps each, rest, a look at every log and execution, and time. */
export class Expedition {
  readonly #gear: Gear;
  readonly #figures: Figures;
  readonly #live: number;
  readonly #walker: Walker;
  readonly #states: SFNClient;
  readonly #followed = new Map<string, Followed>();

  constructor(gear: Gear, figures: Figures, live: number) {
    this.#gear = gear;
    this.#figures = figures;
    this.#live = live;
    this.#walker = new Walker(gear);
    this.#states = statesClient(gear.story.endpoints);
  }

  /** One round of every open case. */
  async round(round: number): Promise<void> {
    await this.#replenish();
    await this.#follow();
    if (this.#followed.has(fundId) && !this.#walker.missions.areBoundFor('deferAdvance')) await refillFund(this.#gear.story);
    await this.#stepAll();
    await this.#gear.story.settle();
    await this.#look(round % 4 === 0);
    await this.#passTime();
    await this.#look(false);
  }

  /** The fund's end, and a last look at everything. */
  async end(): Promise<void> {
    const { story } = this.#gear;
    await story.settle();
    const kept = this.#followed.has(fundId) ? await closeFund(story) : undefined;
    if (kept !== undefined) this.#figures.surprises.push(kept);
    await story.settle();
    await this.#look(true);
    this.#figures.surprises.push(...this.#walker.asker.surprises);
    for (const [why, count] of this.#walker.asker.refusals) this.#figures.refusals.set(why, (this.#figures.refusals.get(why) ?? 0) + count);
  }

  get #open(): Followed[] {
    return [...this.#followed.values()].filter(({ over }) => !over);
  }

  // While the last rows are on their way, a few cases are enough beside them.
  async #replenish(): Promise<void> {
    const scenarios = this.#open.filter(isScenario);
    const busy = scenarios.filter(({ came }) => came === 'accepted' || came === 'refused').length;
    const { missions } = this.#walker;
    const live = missions.areOpen() && missions.unclaimed() === undefined ? Math.ceil(this.#live / 3) : this.#live;
    const room = Math.max(0, Math.min(live - busy, openAtMost - scenarios.length));
    await sideBySide([...Array(room).keys()], async () => this.#remember(await this.#walker.open()));
    const demands = this.#open.filter(({ id }) => id.startsWith('d-')).length;
    if (this.#gear.coverage.missing('dataDemand').length > demands && demands < demandsAtMost && scenarios[0]) this.#remember(await this.#walker.openDemand(scenarios[0].id));
  }

  // Batches and recoveries open by themselves; they are walked like everything else.
  async #follow(): Promise<void> {
    const { items } = await casesIn(this.#gear.table, 'byLeaf', partitions, 500, { partition: 0 });
    for (const id of items) this.#remember(id);
  }

  #remember(id: string): void {
    if (this.#followed.has(id)) return;
    this.#followed.set(id, newly(id));
    this.#figures.cases += 1;
  }

  // Whoever owes money gets none: recoveries go first, and what was paid already goes last, or every unit would always owe.
  async #stepAll(): Promise<void> {
    const now = await this.#now();
    const scenarios = this.#open.filter(isScenario);
    const isPaid = ({ id }: Followed) => this.#walker.missions.isPaid(id);
    await sideBySide(this.#open.filter((each) => !isScenario(each)), (followed) => this.#stepOne(followed, now));
    await this.#gear.story.settle();
    await sideBySide(scenarios.filter((each) => !isPaid(each)), (followed) => this.#stepOne(followed, now));
    await sideBySide(scenarios.filter(isPaid), (followed) => this.#stepOne(followed, now));
  }

  async #stepOne(followed: Followed, now: string): Promise<void> {
    followed.came = 'accepted';
    for (let step = 0; step < stepsPerRound && (followed.came === 'accepted' || followed.came === 'refused'); step += 1) followed.came = await this.#walker.step(followed.id, now);
  }

  async #now(): Promise<string> {
    return (await admin<{ now: string }>(this.#gear.story.endpoints, '/clock')).now;
  }

  /** To the first instant that a case waits for; at random where nothing is left to find. */
  async #passTime(): Promise<void> {
    const { random, story, coverage } = this.#gear;
    if (!this.#walker.missions.areOpen()) return void (random() < 0.5 && (await story.moveClock({ advance: pick(['P1D', 'P6D', 'P20D', 'P45D', 'P85D'], random) })));
    const now = await this.#now();
    const wishes = this.#open.flatMap(({ came }) => (came === 'waitsForBatch' ? [nextBatch(now)] : typeof came === 'object' ? [came.until] : []));
    if (coverage.missing('publication').length > 0) wishes.push(nextBatch(now));
    const [first = new Date(Date.parse(now) + 24 * 3600 * 1000).toISOString()] = wishes.filter((wish) => wish > now).sort();
    await story.moveClock({ to: new Date(Math.min(Date.parse(first) + 2000, Date.parse(now) + longestMove)).toISOString() });
  }

  /** Counts what the logs say, and compares record and execution of what has just ended, with `all` of everything open that has moved. */
  async #look(all: boolean): Promise<void> {
    await sideBySide(this.#open, (followed) => this.#count(followed));
    this.#walker.missions.counted();
    const moved = [...this.#followed.values()].filter(({ over, counted, compared }) => compared < counted && (over || all));
    await sideBySide(moved, (followed) => this.#compare(followed));
  }

  async #count(followed: Followed): Promise<void> {
    for await (const { event } of eventsAfter(this.#gear.table, followed.id, followed.counted)) {
      this.#gear.coverage.count(event.definition.split('@')[0] as LifecycleName, followed.leaves, event);
      note(followed, event);
      this.#figures.events += 1;
    }
    if (followed.over) this.#walker.missions.over(followed.id);
  }

  async #compare(followed: Followed): Promise<void> {
    const divergence = await divergenceOf(this.#gear.table, this.#states, followed.id);
    followed.compared = followed.counted;
    this.#figures.compared += 1;
    if (divergence !== undefined) this.#figures.divergences.push(divergence);
  }
}

function isScenario({ id }: Followed): boolean {
  return id.startsWith('s-') && !/-R\d+$/.test(id);
}

/** The next half-year's end at which a batch opens, in the morning of Guangxi. */
function nextBatch(now: string): string {
  const year = Number(now.slice(0, 4));
  return [`${year}-06-30T02:00:00.000Z`, `${year}-12-31T02:00:00.000Z`, `${year + 1}-06-30T02:00:00.000Z`].find((instant) => instant > now) ?? now;
}

async function sideBySide<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items];
  const worker = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) await work(next);
  };
  await Promise.all(Array.from({ length: workers }, worker));
}
