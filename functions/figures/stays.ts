import { phaseOf } from '../store/leaves.ts';

/** What the figures read of an event. */
export interface Step {
  readonly n: number;
  readonly at: string;
  readonly leaves: readonly string[];
}

/** How long a case stayed where, up to its event `n`: since when it is in its leaves, the whole days of each stay that is over, and when it came into each phase first. */
export interface Stays {
  readonly n: number;
  readonly at: Readonly<Record<string, string>>;
  readonly days: Readonly<Record<string, readonly number[]>>;
  readonly phases: Readonly<Record<string, string>>;
}

/** A case of which nothing has been read yet. */
export const noStays: Stays = { n: 0, at: {}, days: {}, phases: {} };

const dayMilliseconds = 86_400_000;

/** Whole days between two instants. */
export function daysBetween(from: string, to: string): number {
  return Math.max(0, Math.floor((Date.parse(to) - Date.parse(from)) / dayMilliseconds));
}

/** What one more event makes of the stays; an event that was read already changes nothing. */
export function advance(stays: Stays, { n, at, leaves }: Step): Stays {
  if (n <= stays.n) return stays;
  const left = Object.entries(stays.at).filter(([leaf]) => !leaves.includes(leaf));
  const days = Object.fromEntries(left.map(([leaf, since]) => [leaf, [...(stays.days[leaf] ?? []), daysBetween(since, at)]]));
  const phases = Object.fromEntries(leaves.map(phaseOf).map((phase) => [phase, stays.phases[phase] ?? at]));
  return { n, at: Object.fromEntries(leaves.map((leaf) => [leaf, stays.at[leaf] ?? at])), days: { ...stays.days, ...days }, phases: { ...stays.phases, ...phases } };
}
