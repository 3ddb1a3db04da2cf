/** How often which number of whole days occurred; it stays small however many cases there are, and adds up. */
export type Days = Record<string, number>;

/** Cases and money (fen) of one group. */
export interface Sum {
  cases: number;
  open: number;
  investmentFen: number;
  awardFen: number;
  paidFen: number;
  recoveredFen: number;
  owedFen: number;
}

/** What scenarios are grouped by; one scenario may stand in several directions and sectors. */
export const dimensions = ['class', 'phase', 'stage', 'city', 'sector', 'direction'] as const;

/** One way to group. */
export type Dimension = (typeof dimensions)[number];

/** Everything that the figures are made from, added up over all cases: plain JSON that a run can put down and take up again. */
export interface Tally {
  readonly groups: Record<Dimension, Record<string, Sum>>;
  /** By `<lifecycle>/<leaf>`: days of stays that are over, and of those that go on. */
  readonly stays: Record<string, { over: Days; going: Days }>;
  readonly reviewers: Record<string, { open: number; submitted: number; recused: number }>;
  /** By phase before the pool: days from entering it to entering the pool, and how many cases ended on the way. */
  readonly towardsPool: Record<string, { days: Days; never: number }>;
  /** By phase before the pool: how long open cases have been in it. */
  readonly underway: Record<string, Days>;
  readonly batches: Record<string, number>;
  waiting: number;
  openRecoveries: number;
  recoveryOpenFen: number;
}

/** The number of days that a share of all stays does not exceed (nearest rank); nothing when there were none. */
export function percentile(days: Days, share: number): number | null {
  const sorted = Object.entries(days).map(([day, times]) => [Number(day), times] as const).sort(([a], [b]) => a - b);
  const rank = Math.ceil(share * sorted.reduce((sum, [, times]) => sum + times, 0));
  let passed = 0;
  for (const [day, times] of sorted) {
    passed += times;
    if (passed >= rank) return day;
  }
  return null;
}

/** How many there are. */
export function size(days: Days): number {
  return Object.values(days).reduce((sum, times) => sum + times, 0);
}
