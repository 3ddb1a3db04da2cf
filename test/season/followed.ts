import type { CaseAnswer } from '../../functions/cases/view.ts';
import type { LifecycleName } from '../../machines/decision.ts';
import type { ScenarioContext } from '../../machines/scenario/context.ts';
import { addDays, type Day } from '../../shared/days.ts';
import type { Dice } from './dice.ts';
import type { Fate, Incident } from './fate.ts';
import { overseer } from './people.ts';

/** Why a leaf was left as it is: the rule that stood against the next step, since when (a day). */
export interface Standstill {
  readonly rule: string;
  readonly since: Day;
}

/** One case of the season: as the API last showed it, when its people will turn to each of its leaves, and what they have done already. */
export class Followed {
  readonly id: string;
  readonly path: string;
  readonly fate: Fate;
  readonly dice: Dice;
  view: CaseAnswer;
  /** Who was shown the case like this. */
  seenBy = overseer;
  /** A day on which somebody turns to the case as a whole. */
  wake: Day | undefined;
  /** The day on which the people of a leaf turn to it, by leaf. */
  readonly ready = new Map<string, Day>();
  /** The day since which each leaf is active, as the season saw it. */
  readonly entered = new Map<string, Day>();
  readonly standstills = new Map<string, Standstill>();
  readonly done = new Set<Incident>();
  /** What its people remember: days and counts by name. */
  readonly notes = new Map<string, string>();

  constructor(path: string, view: CaseAnswer, fate: Fate, dice: Dice) {
    this.id = view.id;
    this.path = `${path}/${view.id}`;
    this.view = view;
    this.fate = fate;
    this.dice = dice;
  }

  get lifecycle(): LifecycleName {
    return this.view.lifecycle;
  }

  get over(): boolean {
    return this.view.status === 'done';
  }

  /** The facts of a scenario, as the Bureau sees them. */
  get context(): ScenarioContext {
    return this.view.context as unknown as ScenarioContext;
  }

  /** Takes note of the case as it is now: its people turn to what is new in it after some days. */
  note(view: CaseAnswer, today: Day, seenBy: string = overseer): void {
    this.view = view;
    this.seenBy = seenBy;
    const leaves = new Set<string>(view.status === 'done' ? [] : view.state);
    for (const leaf of this.ready.keys()) if (!leaves.has(leaf)) this.#forget(leaf);
    for (const leaf of leaves) if (!this.ready.has(leaf)) this.#enter(leaf, today);
  }

  /** The leaf's people turn to it again on a day. */
  later(leaf: string, day: Day, standstill?: Standstill): void {
    this.ready.set(leaf, day);
    if (standstill === undefined) this.standstills.delete(leaf);
    else this.standstills.set(leaf, { ...standstill, since: this.standstills.get(leaf)?.since ?? standstill.since });
  }

  /** Whatever a rule stood against is turned to on a day at the latest. */
  tryAgain(today: Day): void {
    for (const leaf of this.standstills.keys()) if ((this.ready.get(leaf) ?? today) > today) this.ready.set(leaf, today);
  }

  /** The first day on which somebody turns to the case; none when it is over. */
  get nextDay(): Day | undefined {
    return this.over ? undefined : [...this.ready.values(), ...(this.wake === undefined ? [] : [this.wake])].sort()[0];
  }

  #enter(leaf: string, today: Day): void {
    this.entered.set(leaf, today);
    this.ready.set(leaf, addDays(today, daysBefore(leaf, this.dice)));
  }

  #forget(leaf: string): void {
    this.ready.delete(leaf);
    this.entered.delete(leaf);
    this.standstills.delete(leaf);
  }
}

/** How long people leave something lying, by leaf (days, at least and at most); most steps are done at once or some days later. */
const lying: Readonly<Record<string, readonly [number, number]>> = {
  'declaration.draft': [0, 20],
  'selection.reviewing': [3, 25],
  publicNotice: [1, 3],
  'construction.project.approval': [10, 120],
  'construction.funding.awardProposing': [5, 40],
  'construction.irs.registering': [10, 60],
  irsRegistration: [10, 60],
  'acceptance.inspecting': [10, 50],
  'acceptance.rectifying': [10, 40],
  'evaluation.evaluating': [60, 300],
  'promotion.drafting': [10, 60],
  'support.promotion.drafting': [20, 120],
  'support.subsidy.awardProposing': [5, 40],
};
const otherwise = [0, 9] as const;

function daysBefore(leaf: string, dice: Dice): number {
  const [least, most] = lying[leaf] ?? otherwise;
  return dice.between(least, most);
}
