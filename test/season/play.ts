import type { SFNClient } from '@aws-sdk/client-sfn';
import type { Table } from '../../functions/store/table.ts';
import { addDays, type Day } from '../../shared/days.ts';
import type { Moment } from './args.ts';
import { ListDesk } from './batches.ts';
import { instantOf, meetingFor, type Calendar } from './calendar.ts';
import type { Clerk } from './clerk.ts';
import { Comparison } from './comparison.ts';
import { Dice } from './dice.ts';
import type { Fate } from './fate.ts';
import { Followed } from './followed.ts';
import { formOf } from './forms.ts';
import { FundKeeper } from './fund.ts';
import { Gathering } from './gathering.ts';
import { inTurn, overseer } from './people.ts';
import type { Phase } from './phase.ts';
import { sideBySide } from './side-by-side.ts';
import { isDue, visit } from './visits.ts';

/** What a season is played with. `records` and `states` are for comparing record and execution of what has ended, past the API. */
export interface Stage {
  readonly clerk: Clerk;
  readonly records: Table;
  readonly states: SFNClient;
  readonly seed: number;
  readonly parallel: number;
  readonly calendar: Calendar;
  readonly plan: readonly Fate[];
  readonly tell: (line: string) => void;
}

/** A season as it is played: meeting by meeting, everybody who has something to do by then does it, and the clock moves for all together. */
export class Play {
  readonly #stage: Stage;
  readonly #lists: ListDesk;
  readonly #gathering: Gathering;
  readonly #fund: FundKeeper;
  readonly cases: Followed[] = [];
  readonly comparison: Comparison;
  readonly #known = new Set<string>();
  #today: Day;
  #unfiled: Fate[];

  constructor(stage: Stage) {
    this.#stage = stage;
    const settle = () => stage.clerk.story.settle();
    this.#lists = new ListDesk(stage.clerk, settle);
    this.#gathering = new Gathering(stage.clerk, settle);
    this.#fund = new FundKeeper(stage.clerk, stage.plan, stage.calendar.opens);
    this.comparison = new Comparison(stage);
    this.#today = stage.calendar.opens;
    this.#unfiled = [...stage.plan].sort((a, b) => a.filedAfter - b.filedAfter || a.number - b.number);
  }

  get today(): Day {
    return this.#today;
  }

  get batches(): ListDesk['batches'] {
    return this.#lists.batches;
  }

  /** Lists of annex 1 that are over, by id, and the paths of those that are not. */
  get lists(): Gathering['over'] {
    return this.#gathering.over;
  }

  get gathered(): readonly string[] {
    return this.#gathering.underWay;
  }

  /** How many scenarios of the plan were filed. */
  get filed(): number {
    return this.cases.filter(({ lifecycle }) => lifecycle.endsWith('Investment')).length;
  }

  /** Plays until the season closes. */
  async run(): Promise<void> {
    for (let day: Day | undefined = this.#stage.calendar.opens; day !== undefined && day <= this.#stage.calendar.closes; day = this.#nextMeeting()) await this.#meet(day);
    await this.#close();
  }

  /** What was refused before the last meeting is tried again at it, until nothing moves any more: a debt may have been settled that day, and whoever waited for it would else be left with a reason that is none. */
  async #close(): Promise<void> {
    const { clerk } = this.#stage;
    for (let round = 0; round < mostRounds; round += 1) {
      const before = clerk.taken;
      for (const one of this.cases) one.tryAgain(this.#today);
      await this.#round(this.#moment());
      if (clerk.taken === before) return;
    }
  }

  #nextMeeting(): Day | undefined {
    const [first] = [this.#nextFiling(), this.#gathering.nextDay, this.#fund.nextDay, ...this.cases.map(({ nextDay }) => nextDay)].filter((day) => day !== undefined).sort();
    return first && meetingFor(first, this.#today, this.#stage.calendar);
  }

  #nextFiling(): Day | undefined {
    const [next] = this.#unfiled;
    return next && this.#filingDay(next);
  }

  #filingDay({ filedAfter }: Fate): Day {
    return addDays(this.#stage.calendar.opens, filedAfter);
  }

  async #meet(day: Day): Promise<void> {
    const { clerk } = this.#stage;
    this.#today = day;
    await clerk.story.moveClock({ to: instantOf(day) });
    if ((await this.#lists.sign()) > 0) this.#stage.tell(this.#progress());
    await this.#round(this.#moment());
  }

  #moment(): Moment {
    return { clerk: this.#stage.clerk, now: instantOf(this.#today), today: this.#today };
  }

  async #round(moment: Moment): Promise<void> {
    const day = moment.today;
    await this.#part(this.cases.filter(({ lifecycle }) => lifecycle === 'recovery'), 'life', moment);
    const scenarios = this.cases.filter(({ lifecycle }) => lifecycle.endsWith('Investment'));
    await this.#part(scenarios, 'proposal', moment);
    await this.#fund.keep(day, scenarios.some(({ context }) => context.proposal?.outcome === 'award' || context.award !== null));
    await this.#part(scenarios, 'approval', moment, 1);
    await this.#part(scenarios, 'payment', moment);
    await this.#file(day);
    await this.#part(this.cases.filter(({ lifecycle }) => lifecycle !== 'recovery'), 'life', moment);
    await moment.clerk.story.settle();
    await this.#followWhatOpened();
    await this.#compareEnded();
  }

  async #part(cases: readonly Followed[], phase: Phase, moment: Moment, parallel = this.#stage.parallel): Promise<void> {
    await sideBySide(cases.filter((one) => isDue(one, phase, moment.today)).sort((a, b) => a.fate.number - b.fate.number), parallel, (one) => visit(one, phase, moment));
  }

  async #file(day: Day): Promise<void> {
    const due = this.#unfiled.filter((fate) => this.#filingDay(fate) <= day);
    this.#unfiled = this.#unfiled.slice(due.length);
    for (const { fate, view } of await this.#gathering.forward(day)) this.#remember(this.#followed('/scenarios', view, fate));
    await this.#gathering.gather(due.filter(({ listed }) => listed), day);
    await this.#fileAlone(due.filter(({ listed }) => !listed));
  }

  async #fileAlone(now: readonly Fate[]): Promise<void> {
    const opened = new Map<number, Followed>();
    await sideBySide(now, this.#stage.parallel, async (fate) => {
      const view = await this.#stage.clerk.open(fate.filer, '/scenarios', { lifecycle: fate.funding, form: formOf(fate) });
      opened.set(fate.number, this.#followed('/scenarios', view, fate));
    });
    for (const fate of now) this.#remember(opened.get(fate.number));
  }

  #followed(path: string, view: ConstructorParameters<typeof Followed>[1], fate: Fate): Followed {
    const one = new Followed(path, view, fate, new Dice(this.#stage.seed, path, fate.number, this.cases.filter((other) => other.fate === fate).length));
    one.note(view, this.#today);
    return one;
  }

  #remember(one: Followed | undefined): void {
    if (!one) return;
    this.cases.push(one);
    this.#known.add(one.id);
  }

  /** Recoveries open by themselves, and demands for data when their scenario has come far enough. */
  async #followWhatOpened(): Promise<void> {
    const { clerk } = this.#stage;
    for (const one of this.cases.filter(({ lifecycle }) => lifecycle.endsWith('Investment'))) {
      for (const id of Object.keys(one.context.recoveries ?? {}).sort()) if (!this.#known.has(id)) this.#remember(this.#followed('/recoveries', await clerk.look(overseer, `/recoveries/${id}`), one.fate));
      if (one.fate.demand !== null && !one.notes.has('demand') && one.view.state.some((leaf) => demanding.includes(leaf))) await this.#demand(one);
      if (one.over && one.fate.voidedLate && !one.notes.has('voided')) await this.#voidLate(one);
    }
  }

  async #demand(one: Followed): Promise<void> {
    one.notes.set('demand', 'yes');
    const { filer } = one.fate;
    const { id } = await this.#stage.clerk.open(filer, '/demands', { scenario: one.id, level: 'region', handler: 'gx-info-center', dataTypes: ['企业登记'], scope: '全区近三年', purpose: '核验经营主体' });
    this.#remember(this.#followed('/demands', await this.#stage.clerk.look(overseer, `/demands/${id}`), one.fate));
  }

  async #voidLate(one: Followed): Promise<void> {
    one.notes.set('voided', 'yes');
    const outcome = await this.#stage.clerk.take(inTurn('bureauLeader', one.fate.number), one.path, 'void', { reason: '事后查实申报材料不实' });
    if ('refused' in outcome) throw new Error(`${one.id} cannot be voided after its end: ${outcome.refused}`);
    one.note(outcome.taken, this.#today);
  }

  async #compareEnded(): Promise<void> {
    await this.comparison.ended(this.cases, [...this.batches.keys(), ...this.lists.keys()]);
  }

  /** Compares record and execution of all cases that are open, and of those that have ended since. */
  async compareAll(): Promise<void> {
    await this.#compareEnded();
    await this.comparison.open(this.cases);
  }

  #progress(): string {
    const scenarios = this.cases.filter(({ lifecycle }) => lifecycle.endsWith('Investment'));
    const { commands } = this.#stage.clerk;
    return `${this.#today}: ${scenarios.length} of ${this.#stage.plan.length} filed, ${scenarios.filter(({ over }) => over).length} over, ${this.#lists.batches.size} lists, ${commands} commands, ${this.comparison.divergences.length} divergences`;
  }
}

// A scenario that is paid at last may open a debt, and that one stop another; what still moves then is judged as it stands.
const mostRounds = 20;
const demanding: readonly string[] = ['construction.project.approval', 'construction.project.building', 'support.promotion.drafting'];

