import { describe, expect, it } from 'vitest';
import { calendarAfter, instantOf, meetingFor } from '../../season/calendar.ts';
import { BadFlag, flagsFrom } from '../../season/flags.ts';
import { planOf } from '../../season/plan.ts';
import { strains } from '../../season/strains.ts';
import { quantile, staysOf } from '../../season/stays.ts';

describe('the plan of a season', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(planOf(3, 60)).toEqual(planOf(3, 60));
    expect(planOf(4, 60)).not.toEqual(planOf(3, 60));
  });

  it('has every kind of life once before any twice', () => {
    const drawn = new Set(planOf(1, strains.length).map(({ strain }) => strain));
    expect([...drawn].sort()).toEqual(strains.map(({ name }) => name).sort());
    expect(drawn.size).toBe(strains.length);
    expect(new Set(planOf(2, 10).map(({ strain }) => strain)).size).toBe(10);
  });

  it('has scenarios on lists of annex 1 and with indicators, those of the government alone', () => {
    const plan = planOf(3, 60);
    for (const some of [plan.filter(({ listed }) => listed), plan.filter(({ measured }) => measured)]) {
      expect(some.length).toBeGreaterThan(5);
      expect(new Set(some.map(({ funding }) => funding))).toEqual(new Set(['governmentInvestment']));
    }
  });

  it('gives every scenario a name of its own: a repeated one would be a duplicate filing', () => {
    expect(new Set(planOf(5, 300).map(({ name }) => name)).size).toBe(300);
  });
});

describe('the flags of a season', () => {
  it('have what the command says without any', () => {
    expect(flagsFrom([])).toEqual({ scenarios: 500, seed: 3, parallel: 12 });
    expect(flagsFrom(['--scenarios', '40', '--seed=1', '--parallel', '4'])).toEqual({ scenarios: 40, seed: 1, parallel: 4 });
  });

  it.each([[['--scenarios', 'many'], /--scenarios is a whole number from 1 to 5000, not "many"/], [['--scenarios', '0'], /from 1 to 5000/], [['--parallel', '65'], /from 1 to 64/], [['--seed', '-1'], /seed/], [['--speed', '3'], /--scenarios N, --seed N, --parallel N/], [['500'], /--scenarios N/]] as const)('%j are refused with a word', (argv, words) => {
    expect(() => flagsFrom(argv)).toThrow(BadFlag);
    expect(() => flagsFrom(argv)).toThrow(words);
  });
});

describe('the calendar of a season', () => {
  const calendar = calendarAfter('2026-11-27');

  it('opens on the first Monday of the coming year and closes seven years later', () => {
    expect(calendar).toEqual({ opens: '2027-01-04', closes: '2034-07-31' });
  });

  it('brings people together every third Monday, and on the days of the lists', () => {
    expect(meetingFor('2027-01-05', '2027-01-04', calendar)).toBe('2027-01-25');
    expect(meetingFor('2026-12-01', '2027-01-25', calendar)).toBe('2027-02-15');
    expect(meetingFor('2027-09-01', '2027-06-28', calendar)).toBe('2027-06-30');
    expect(instantOf('2027-06-30')).toBe('2027-06-30T03:00:00.000Z');
  });
});

describe('days in a state', () => {
  const event = (at: string, ...leaves: string[]) => ({ event: { at, leaves }, digests: {} }) as never;

  it('count from the entry to the exit, in days of Asia/Shanghai', () => {
    const { left, since } = staysOf([event('2027-01-04T03:00:00.000Z', 'a'), event('2027-01-05T17:00:00.000Z', 'a'), event('2027-01-09T17:00:00.000Z', 'b', 'c'), event('2027-01-10T03:00:00.000Z', 'b')]);
    expect(left).toEqual([{ leaf: 'a', days: 6 }, { leaf: 'c', days: 0 }]);
    expect([...since]).toEqual([['b', '2027-01-10']]);
  });

  it('have a median and a ninetieth percentile that are among them', () => {
    expect([quantile([5, 1, 3], 0.5), quantile([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.9), quantile([], 0.5)]).toEqual([3, 9, 0]);
  });
});
