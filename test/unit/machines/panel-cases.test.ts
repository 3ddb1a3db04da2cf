import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Organisation } from '../../../shared/actor.ts';
import type { Employment, Expertise } from '../../../shared/expert.ts';
import { gx2025Draft, policies, type Policy } from '../../../shared/policy.ts';
import { organisations } from '../../../infra/local/seed/people.ts';
import { decide } from '../../../machines/decide.ts';
import type { Json, Snapshot } from '../../../machines/decision.ts';
import { openTasks } from '../../../machines/open-tasks.ts';
import { conflictsOf } from '../../../machines/scenario/conflicts.ts';
import type { ScenarioContext } from '../../../machines/scenario/context.ts';
import { raterRecords } from '../../../machines/scenario/raters.ts';
import { socialFiling } from './steps.ts';
import { by, social } from './story.ts';

const now = '2025-03-10T02:00:00.000Z';
const outside: Organisation = organisations.find(({ id }) => id === 'gx-academy') as Organisation;
const applicant: Organisation = organisations.find(({ id }) => id === 'guiling-cement') as Organisation;
const partner: Organisation = { id: 'partner', name: '合作单位（甲）', kind: 'enterprise', office: 'none', division: '450200', uscc: '91450100MA5KA0001U' };

/** Whether somebody is tied to the filing, said from the requirement and not from the code: the day is 2025-03-10, three years back is 2022-03-10. */
interface Pooled {
  readonly org: Organisation;
  readonly expertise: Expertise;
  readonly tied: boolean;
}

const names = fc.constantFrom<readonly [string, boolean]>(['guiling-cement', true], [applicant.name, true], ['柳州桂岭矿业有限公司(演示)', true], ['91450200ma5ka00024', true], ['91450100MA5KA0001U', true], ['合作单位 (甲)', true], ['别的单位', false], ['gx-academy', false]);
const until = fc.constantFrom<readonly [string | null, boolean]>([null, true], ['2025-03-09', true], ['2022-03-10', true], ['2022-03-09', false], ['2010-01-01', false]);
const pooled = fc
  .record({ org: fc.constantFrom(outside, outside, outside, applicant, partner), works: fc.array(fc.tuple(names, until), { maxLength: 2 }), interests: fc.array(names, { maxLength: 1 }) })
  .map(({ org, works, interests }): Pooled => ({
    org,
    expertise: { fields: [], workedAt: works.map(([[unit], [last]]): Employment => ({ unit, until: last })), interests: interests.map(([unit]) => unit) },
    tied: org !== outside || works.some(([[, counts], [, recent]]) => counts && recent) || interests.some(([, counts]) => counts),
  }));

const cooperating = [partner.uscc ?? '', partner.name];
let started: Snapshot | undefined;
function reviewing(): Snapshot {
  const base = (started ??= social().all([...socialFiling, ['li-ning', 'passFormalCheck', {}]]).snapshot);
  return { ...base, context: { ...base.context, cooperating } };
}

describe('ties between experts and filings', () => {
  it('are found exactly where the requirement names them, however the unit is written', () => {
    fc.assert(fc.property(pooled, (each) => {
      const { unit } = reviewing().context as unknown as ScenarioContext;
      expect(conflictsOf(each, { unit, cooperating }, '2025-03-10', gx2025Draft).length > 0).toBe(each.tied);
    }), { numRuns: 300 });
  });
});

const free: Pooled = { org: outside, expertise: { fields: [], workedAt: [], interests: [] }, tied: false };
const members = fc.array(fc.oneof({ weight: 5, arbitrary: fc.constant(free) }, { weight: 1, arbitrary: pooled }), { minLength: 12, maxLength: 12 });

/** What a panel can go through; numbers choose somebody, of the panel (`inside`) or of the whole pool. */
const somebody = { who: fc.nat(11), inside: fc.integer({ min: 0, max: 9 }).map((dice) => dice > 1) };
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ does: fc.constant('assign' as const), who: fc.array(fc.nat(11), { minLength: 1, maxLength: 5 }), reserve: fc.array(fc.nat(11), { maxLength: 3 }) }) },
  { weight: 6, arbitrary: fc.record({ does: fc.constant('declare' as const), ...somebody }) },
  { weight: 6, arbitrary: fc.record({ does: fc.constant('sheet' as const), ...somebody, points: fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 5, maxLength: 5 }) }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constantFrom('recuse' as const, 'dismiss' as const), ...somebody }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('close' as const) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('policy' as const) }) },
);

const criteria = ['majorTask', 'innovation', 'expectedTarget', 'economicBenefit', 'socialBenefit'];
const weights = fc.constantFrom([20, 20, 20, 20, 20], [30, 30, 20, 10, 10], [60, 10, 10, 10, 10]);

/** A panel as this test keeps it: by the words of the requirements alone. */
class Book {
  panel: string[] = [];
  reserve: string[] = [];
  readonly declared = new Set<string>();
  readonly recused = new Set<string>();
  readonly sheets = new Map<string, number>();
  pack: Policy | undefined;

  leave(who: string): void {
    this.panel = this.panel.filter((each) => each !== who);
    this.declared.delete(who);
    const next = this.reserve.shift();
    if (next !== undefined) this.panel.push(next);
  }

  score(pack: Policy): number {
    const sorted = [...this.sheets.values()].toSorted((a, b) => a - b);
    const counted = sorted.length >= pack.dropExtremesFrom.value ? sorted.slice(1, -1) : sorted;
    return Math.floor(counted.reduce((sum, each) => sum + each, 0) / counted.length);
  }
}

type StepOf<D extends string> = Extract<Act, { readonly does: D }>;
type Act = typeof step extends fc.Arbitrary<infer A> ? A : never;

/** A panel that goes through what is asked of it, in the core and in the book at once: they must agree on what may happen, and on what it leads to. */
class Trial {
  readonly book = new Book();
  readonly #pool: readonly Pooled[];
  readonly #ids: readonly string[];
  readonly #packs: Readonly<Record<string, Policy>>;
  #policy = 'panel-first';
  #snapshot = reviewing();
  closed = false;

  constructor(pool: readonly Pooled[], packs: Readonly<Record<string, Policy>>) {
    this.#pool = pool;
    this.#ids = pool.map((_, index) => `e-${index}`);
    this.#packs = packs;
    Object.assign(policies, packs);
  }

  /** Does one step, and looks whether core and book agree after it. */
  goesThrough(act: Act): void {
    this[act.does](act as never);
    if (this.closed) return;
    const context = this.#snapshot.context as unknown as ScenarioContext;
    const { panel, reserve, sheets } = this.book;
    expect([context.experts, context.alternates ?? [], Object.keys(context.sheets).toSorted()]).toEqual([panel, reserve, [...sheets.keys()].toSorted()]);
    expect([...context.experts, ...(context.alternates ?? [])].filter((id) => this.#isTied(id))).toEqual([]);
    // Everybody who is asked has a to-do, and nobody else.
    expect(openTasks(this.#snapshot).filter(({ queue }) => queue.startsWith('person#')).map(({ queue }) => queue.slice(7)).toSorted()).toEqual(panel.filter((id) => !sheets.has(id)).toSorted());
  }

  policy(): void {
    this.#policy = 'panel-second';
  }

  assign(act: StepOf<'assign'>): void {
    const [who, reserve] = [act.who, act.reserve].map((list) => [...new Set(list.map((index) => this.#ids[index] ?? ''))]) as [string[], string[]];
    const { book } = this;
    const isFree = (id: string) => !book.panel.includes(id) && !book.recused.has(id) && !this.#isTied(id);
    const fits = [...who, ...reserve].every(isFree) && reserve.every((id) => !who.includes(id) && !book.reserve.includes(id));
    if (!this.#take(fits, 'li-ning', 'assignExperts', { experts: who, ...(reserve.length > 0 ? { alternates: reserve } : {}) })) return;
    book.panel.push(...who);
    book.reserve = [...book.reserve, ...reserve].filter((id) => !who.includes(id));
    book.pack ??= this.#inForce();
  }

  declare(act: StepOf<'declare'>): void {
    const who = this.#chosen(act);
    if (this.#take(this.book.panel.includes(who) && !this.book.declared.has(who), who, 'declareNoConflict', { conflictFree: true })) this.book.declared.add(who);
  }

  sheet(act: StepOf<'sheet'>): void {
    const who = this.#chosen(act);
    const scores = Object.fromEntries(criteria.map((id, index) => [id, act.points[index] ?? 0]));
    if (!this.#take(this.book.declared.has(who) && !this.book.sheets.has(who), who, 'submitSheet', { scores, comment: '可行', conflictFree: true })) return;
    this.book.sheets.set(who, this.#pack().criteria.value.reduce((sum, { id, weight }) => sum + (scores[id] ?? 0) * weight, 0));
  }

  recuse(act: StepOf<'recuse'>): void {
    const who = this.#chosen(act);
    if (!this.#take(this.book.panel.includes(who) && !this.book.sheets.has(who), who, 'recuse', { reason: '有利害关系' })) return;
    this.book.recused.add(who);
    this.book.leave(who);
  }

  dismiss(act: StepOf<'dismiss'>): void {
    const who = this.#chosen(act);
    if (this.#take(this.book.panel.includes(who) && !this.book.sheets.has(who), 'li-ning', 'dismissExpert', { expert: who, reason: '时间冲突' })) this.book.leave(who);
  }

  close(): void {
    const pack = this.#pack();
    if (!this.#take(this.book.sheets.size >= pack.quorum.value, 'li-ning', 'closeReview', {})) return;
    this.closed = true;
    expect(this.#snapshot.context['scoreHundredths']).toBe(this.book.score(pack));
    this.#take(this.book.score(pack) >= pack.passLine.value * 100, 'li-ning', 'proposeSelection', { reason: '达标' });
  }

  /** Asks, and expects the answer that the book gives; answers whether it was taken. */
  #take(accepted: boolean, who: string, type: string, args: Record<string, Json>): boolean {
    const actor = who === 'li-ning' ? by('li-ning') : { ...by('expert-chen'), person: who, name: who };
    const people = Object.fromEntries(this.#ids.map((id, index) => [id, { org: this.#pool[index]?.org, expertise: this.#pool[index]?.expertise, expert: true } as unknown as Json]));
    const decision = decide(this.#snapshot, { type, args }, { actor, now, policy: this.#policy, facts: { people } });
    expect(decision.ok ? 'accepted' : `refused: ${decision.rule ?? decision.problem}`).toMatch(accepted ? /^accepted$/ : /^refused/);
    if (decision.ok) this.#snapshot = decision.snapshot;
    return accepted;
  }

  #chosen({ who, inside }: { readonly who: number; readonly inside: boolean }): string {
    const { panel } = this.book;
    return (inside ? panel[who % Math.max(panel.length, 1)] : undefined) ?? this.#ids[who] ?? '';
  }

  #isTied(id: string): boolean {
    return this.#pool[this.#ids.indexOf(id)]?.tied ?? true;
  }

  #inForce(): Policy {
    return this.#packs[this.#policy] as Policy; // both are there
  }

  #pack(): Policy {
    return this.book.pack ?? this.#inForce();
  }
}

function packs(quorum: number, extremes: number, weighting: readonly number[]): Readonly<Record<string, Policy>> {
  const given = <T>(value: T) => ({ value, source: 'test' });
  const weighed = criteria.map((id, index) => ({ id, weight: weighting[index] ?? 0 }));
  return {
    'panel-first': { ...gx2025Draft, id: 'panel-first', quorum: given(quorum), dropExtremesFrom: given(extremes), criteria: given(weighed) },
    'panel-second': { ...gx2025Draft, id: 'panel-second', quorum: given(1) },
  };
}

describe('a panel', () => {
  it('is never tied, never scores sealed, closes by its quorum, and scores by the pack it began under, whatever happens to it', () => {
    let closed = 0;
    fc.assert(
      fc.property(members, fc.array(step, { minLength: 15, maxLength: 50 }), fc.integer({ min: 1, max: 5 }), fc.integer({ min: 3, max: 6 }), weights, (pool, steps, quorum, extremes, weighting) => {
        const trial = new Trial(pool, packs(quorum, extremes, weighting));
        for (const act of steps) if (!trial.closed) trial.goesThrough(act);
        closed += trial.closed ? 1 : 0;
      }),
      { numRuns: 300, seed: 11 },
    );
    expect(closed).toBeGreaterThan(20);
  });
});

describe('the record of an expert', () => {
  it('is nought for whoever scores like the others, and as far from it as they are', () => {
    const review = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.integer({ min: 0, max: 10_000 }), { minKeys: 1 }).map((sheets) => ({ sheets }));
    fc.assert(fc.property(fc.array(review, { minLength: 1, maxLength: 8 }), fc.integer({ min: -2_000, max: 2_000 }), (reviews, more) => {
      const before = raterRecords(reviews);
      const given = reviews.filter(({ sheets }) => 'a' in sheets);
      expect(before.get('a')?.reviews ?? 0).toBe(given.length);
      // Whoever gives everybody so much more is so much more lenient, and spreads their scores as before.
      const after = raterRecords(reviews.map(({ sheets }) => ({ sheets: 'a' in sheets ? { ...sheets, a: (sheets['a'] ?? 0) + more } : sheets })));
      const was = before.get('a');
      const is = after.get('a');
      if (typeof was?.leniency === 'number') expect((is?.leniency ?? NaN) - was.leniency).toBeCloseTo(more / 100, 1);
      expect(is?.spread ?? null).toEqual(was?.spread ?? null);
      if (given.length === 1) expect(was?.spread).toBeNull();
    }));
    expect(raterRecords([{ sheets: { a: 8000, b: 8000, c: 8000 } }]).get('a')).toEqual({ reviews: 1, leniency: 0, spread: null });
  });
});
