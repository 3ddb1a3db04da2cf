import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forecastOf } from '../../../functions/figures/forecast.ts';
import { advance, noStays, type Step } from '../../../functions/figures/stays.ts';
import { addCase, emptyTally } from '../../../functions/figures/add-case.ts';
import { percentile, type Days } from '../../../functions/figures/tally.ts';
import { accept, approveProject, award, finishBuilding, paying, publish, toPool } from '../machines/steps.ts';
import { government, type Story } from '../machines/story.ts';

const on = (day: number): string => new Date(Date.UTC(2025, 2, 1 + day, 2)).toISOString();

describe('time in each state', () => {
  it('counts whole days per visit, keeps what goes on, and reads no event twice', () => {
    const steps: Step[] = [
      { n: 1, at: on(0), leaves: ['declaration.draft'] },
      { n: 2, at: on(3), leaves: ['declaration.draft'] },
      { n: 3, at: on(5), leaves: ['declaration.withAggregator'] },
      { n: 4, at: on(9), leaves: ['declaration.draft'] },
      { n: 5, at: on(10), leaves: ['construction.project.building', 'construction.irs.registering'] },
    ];
    const stays = [...steps, ...steps].reduce(advance, noStays);
    expect(stays).toEqual({
      n: 5,
      at: { 'construction.project.building': on(10), 'construction.irs.registering': on(10) },
      days: { 'declaration.draft': [5, 1], 'declaration.withAggregator': [4] },
      phases: { declaration: on(0), construction: on(10) },
    });
  });

  it('has percentiles that a sorted list has, whatever the days', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(400), { minLength: 1, maxLength: 60 }), fc.constantFrom(0.5, 0.9, 1), (list, share) => {
        const days: Days = {};
        for (const day of list) days[day] = (days[day] ?? 0) + 1;
        const sorted = list.toSorted((a, b) => a - b);
        expect(percentile(days, share)).toBe(sorted[Math.ceil(share * sorted.length) - 1]);
      }),
    );
    expect(percentile({}, 0.5)).toBe(null);
  });
});

describe('the tally', () => {
  const told = (story: Story) => story.decisions.reduce((stays, decision, index) => advance(stays, { n: index + 1, at: on(index), leaves: Object.keys(decision.snapshot.context['due'] as object) }), noStays);

  it('adds up scenarios by class, city, sector, direction and money', () => {
    const tally = emptyTally();
    const waiting = government().all(toPool);
    const published = government().all([...toPool, publish]);
    for (const story of [waiting, published]) addCase(tally, story.snapshot, told(story), on(100));
    expect(tally.groups.class).toMatchObject({ governmentInvestment: { cases: 2, open: 2, investmentFen: 2_400_000_000 } });
    expect(tally.groups.city).toMatchObject({ '450100': { cases: 2 } });
    expect(tally.groups.phase).toMatchObject({ 'governmentInvestment/awaitingBatch': { cases: 1 }, 'governmentInvestment/construction': { cases: 1 } });
    expect([tally.waiting, Object.values(tally.batches)]).toEqual([1, [1]]);
    expect(Object.values(tally.reviewers).every(({ open, submitted }) => open === 0 && submitted === 2)).toBe(true);
    // Both came into the pool: the past knows how long that takes from each phase.
    expect(Object.values(tally.towardsPool['declaration']?.days ?? {})).toEqual([2]);
  });
});

describe('the money of the tally', () => {
  it('rests on what counts now: the final accounts, and the award without what went back to the fund', () => {
    const tally = emptyTally();
    const story = government().all([...toPool, publish, approveProject, ...award(240_000_000), ...paying(120_000_000), ...finishBuilding, accept(1_100_000_000)]);
    addCase(tally, story.snapshot, noStays, on(100));
    expect(tally.groups.class['governmentInvestment']).toMatchObject({ investmentFen: 1_100_000_000, awardFen: 220_000_000, paidFen: 120_000_000 });
  });
});

describe('the forecast of the next batch', () => {
  const tally = (days: Days, never: number, ages: Days, waiting = 4) => ({ ...emptyTally(), waiting, towardsPool: { selection: { days, never } }, underway: { selection: ages } });

  it('takes those in that the past says will be there in time', () => {
    // Of ten, eight came after 20 days, two after 200; the batch is 91 days away.
    const forecast = forecastOf(tally({ 20: 8, 200: 2 }, 0, { 0: 10 }), ['06-30', '12-31'], '2025-03-31T02:00:00.000Z');
    expect(forecast).toMatchObject({ half: '2025-H1', publishOn: '2025-06-30', daysLeft: 91, waiting: 4, underway: 10, expected: 12, history: 10 });
    expect(forecast.low).toBeLessThan(12);
    expect(forecast.high).toBeGreaterThan(12);
    expect(forecast.high).toBeLessThanOrEqual(14);
  });

  it('learns from how long a case has been there: whoever has missed the quick way is slow', () => {
    expect(forecastOf(tally({ 20: 8, 200: 2 }, 0, { 50: 10 }), ['06-30', '12-31'], '2025-03-31T02:00:00.000Z')).toMatchObject({ expected: 4, low: 4, high: 4 });
  });

  it('counts those that never came, and says nothing of what it never saw', () => {
    expect(forecastOf(tally({ 20: 5 }, 5, { 0: 10 }), ['06-30', '12-31'], '2025-03-31T02:00:00.000Z').expected).toBe(9);
    expect(forecastOf({ ...tally({}, 0, {}), underway: { intake: { 3: 7 } } }, ['06-30', '12-31'], '2025-12-31T02:00:00.000Z')).toMatchObject({ half: '2025-H2', daysLeft: 0, expected: 4, low: 4, high: 11, history: 0 });
  });

  it('stays between what waits and everything underway', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.nat(300).map(String), fc.integer({ min: 1, max: 9 })), fc.nat(9), fc.dictionary(fc.nat(300).map(String), fc.integer({ min: 1, max: 9 })), fc.nat(9), (days, never, ages, waiting) => {
        const { expected, low, high, underway } = forecastOf(tally(days, never, ages, waiting), ['06-30', '12-31'], '2025-03-31T02:00:00.000Z');
        expect(low >= waiting && high <= waiting + underway && expected >= waiting && expected <= waiting + underway + 0.05).toBe(true);
      }),
    );
  });
});
