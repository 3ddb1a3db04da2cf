import { addDays, dayOf } from '../../shared/days.ts';
import { size, type Days, type Tally } from './tally.ts';

/** What the next batch will probably be: what waits now, what will have come by then, and how sure that is (90 %). */
export interface Forecast {
  readonly half: string;
  readonly publishOn: string;
  readonly daysLeft: number;
  readonly waiting: number;
  readonly underway: number;
  readonly expected: number;
  readonly low: number;
  readonly high: number;
  /** How many cases of the past it rests on. */
  readonly history: number;
}

// Nine of ten: 1.64 standard deviations on both sides.
const spread = 1.64;

/**
 * Forecasts the next batch from the programme's own past: a case that has been in a phase for some days reaches the pool in time as often as
 * those did that had been there as long. Where the past knows nothing of a phase the case is not counted, and `high` allows for it.
 */
export function forecastOf(tally: Tally, publicationDays: readonly string[], now: string): Forecast {
  const today = dayOf(now);
  const publishOn = nextOf(publicationDays, today);
  const daysLeft = daysUntil(today, publishOn);
  const cases = Object.entries(tally.underway).flatMap(([phase, ages]) => Object.entries(ages).map(([age, times]) => ({ chance: chanceOf(tally.towardsPool[phase], Number(age), daysLeft), times })));
  const mean = sum(cases.map(({ chance, times }) => (chance ?? 0) * times));
  const variance = sum(cases.map(({ chance, times }) => (chance === undefined ? 0 : chance * (1 - chance) * times)));
  const unknown = sum(cases.map(({ chance, times }) => (chance === undefined ? times : 0)));
  const underway = sum(cases.map(({ times }) => times));
  return {
    half: `${publishOn.slice(0, 4)}-${publishOn.slice(5) <= '06-30' ? 'H1' : 'H2'}`,
    publishOn,
    daysLeft,
    waiting: tally.waiting,
    underway,
    expected: Math.round((tally.waiting + mean) * 10) / 10,
    low: Math.max(tally.waiting, Math.floor(tally.waiting + mean - spread * Math.sqrt(variance))),
    high: Math.min(tally.waiting + underway, Math.ceil(tally.waiting + mean + spread * Math.sqrt(variance)) + unknown),
    history: Math.max(0, ...Object.values(tally.towardsPool).map(({ days, never }) => size(days) + never)),
  };
}

/** How often a case that had been in a phase for `age` days reached the pool within `left` more; undefined when none had. */
function chanceOf(past: { readonly days: Days; readonly never: number } | undefined, age: number, left: number): number | undefined {
  if (!past) return undefined;
  const later = Object.entries(past.days).filter(([day]) => Number(day) >= age);
  const known = sum(later.map(([, times]) => times)) + past.never;
  return known === 0 ? undefined : sum(later.filter(([day]) => Number(day) <= age + left).map(([, times]) => times)) / known;
}

function nextOf(publicationDays: readonly string[], today: string): string {
  const year = Number(today.slice(0, 4));
  const days = [year, year + 1].flatMap((each) => publicationDays.map((day) => `${each}-${day}`)).sort();
  return days.find((day) => day >= today) ?? addDays(today, 184);
}

function daysUntil(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
