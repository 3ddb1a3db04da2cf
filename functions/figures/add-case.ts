import type { Snapshot } from '../../machines/decision.ts';
import { openFen, type RecoveryContext } from '../../machines/recovery/rules.ts';
import type { ScenarioContext } from '../../machines/scenario/context.ts';
import { basisOf, outstandingFen, paidFen, recoveredFen } from '../../machines/scenario/money.ts';
import { cityOf, region } from '../../shared/divisions.ts';
import { leavesOf, phaseOf } from '../store/leaves.ts';
import { daysBetween, type Stays } from './stays.ts';
import { dimensions, type Days, type Dimension, type Sum, type Tally } from './tally.ts';

/** A tally of nothing. */
export function emptyTally(): Tally {
  return { groups: { class: {}, phase: {}, stage: {}, city: {}, sector: {}, direction: {} }, stays: {}, reviewers: {}, towardsPool: {}, underway: {}, batches: {}, waiting: 0, openRecoveries: 0, recoveryOpenFen: 0 };
}

/** The phase in which selected scenarios wait for their batch. */
const pool = 'awaitingBatch';
const before: readonly string[] = ['declaration', 'intake', 'selection', 'leadUnit', 'publicNotice'];

/** Adds one case, as it stands at `now`, to a tally. */
export function addCase(tally: Tally, snapshot: Snapshot, stays: Stays, now: string): void {
  addStays(tally, snapshot, stays, now);
  if (snapshot.lifecycle.endsWith('Investment')) addScenario(tally, snapshot, stays, now);
  if (snapshot.lifecycle === 'recovery' && snapshot.status === 'active') {
    tally.openRecoveries += 1;
    tally.recoveryOpenFen += openFen(snapshot.context as unknown as RecoveryContext);
  }
}

function addStays(tally: Tally, { lifecycle, status }: Snapshot, stays: Stays, now: string): void {
  const row = (leaf: string) => (tally.stays[`${lifecycle}/${leaf}`] ??= { over: {}, going: {} });
  for (const [leaf, days] of Object.entries(stays.days)) for (const each of days) count(row(leaf).over, each);
  if (status === 'active') for (const [leaf, since] of Object.entries(stays.at)) count(row(leaf).going, daysBetween(since, now));
}

function addScenario(tally: Tally, snapshot: Snapshot, stays: Stays, now: string): void {
  const context = snapshot.context as unknown as ScenarioContext;
  const phase = phaseOf(leavesOf(snapshot.value)[0] ?? '');
  const keys: Record<Dimension, readonly string[]> = {
    class: [context.funding], phase: [`${context.funding}/${phase}`], stage: [context.stage], city: [cityOf(context.division) ?? region.code],
    sector: context.sectors.length > 0 ? context.sectors : ['none'], direction: context.directions.length > 0 ? context.directions : ['none'],
  };
  for (const dimension of dimensions) for (const key of keys[dimension]) addMoney((tally.groups[dimension][key] ??= emptySum()), context, snapshot.status === 'active');
  addReviews(tally, context, snapshot.status === 'active' && phase === 'selection');
  if (context.batch !== null) tally.batches[context.batch] = (tally.batches[context.batch] ?? 0) + 1;
  if (phase === pool && snapshot.status === 'active') tally.waiting += 1;
  addWay(tally, phase, stays, snapshot.status === 'done', now);
}

/** The investment is the one that counts now (final accounts, approved, declared); of an award what is not given back to the fund. */
function addMoney(sum: Sum, context: ScenarioContext, open: boolean): void {
  sum.cases += 1;
  sum.open += open ? 1 : 0;
  sum.investmentFen += basisOf(context).fen;
  sum.awardFen += (context.award?.fen ?? 0) - (context.releasedFen ?? 0);
  sum.paidFen += paidFen(context);
  sum.recoveredFen += recoveredFen(context);
  sum.owedFen += Object.values(context.recoveries).some((each) => each.open) ? outstandingFen(context) : 0;
}

function addReviews(tally: Tally, { experts, sheets, recused }: ScenarioContext, underReview: boolean): void {
  const row = (expert: string) => (tally.reviewers[expert] ??= { open: 0, submitted: 0, recused: 0 });
  for (const expert of Object.keys(sheets)) row(expert).submitted += 1;
  for (const expert of recused) row(expert).recused += 1;
  if (underReview) for (const expert of experts) if (sheets[expert] === undefined) row(expert).open += 1;
}

function addWay(tally: Tally, phase: string, { phases }: Stays, done: boolean, now: string): void {
  const reached = phases[pool];
  for (const each of before) {
    const since = phases[each];
    if (since === undefined) continue;
    const row = (tally.towardsPool[each] ??= { days: {}, never: 0 });
    if (reached !== undefined) count(row.days, daysBetween(since, reached));
    else if (done) row.never += 1;
  }
  const since = phases[phase];
  if (!done && reached === undefined && since !== undefined && before.includes(phase)) count((tally.underway[phase] ??= {}), daysBetween(since, now));
}

function emptySum(): Sum {
  return { cases: 0, open: 0, investmentFen: 0, awardFen: 0, paidFen: 0, recoveredFen: 0, owedFen: 0 };
}

function count(days: Days, day: number): void {
  days[day] = (days[day] ?? 0) + 1;
}
