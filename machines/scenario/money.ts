import type { Json } from '../decision.ts';
import type { PaymentLevel, Policy, Tier } from '../../shared/policy.ts';
import { percentOf } from '../../shared/money.ts';
import type { FundingClass, ScenarioContext } from './context.ts';

/** A ceiling with everything that explains it; amounts in fen. `tier` counts from 1. */
export interface Ceiling {
  readonly article: string;
  readonly policy: string;
  readonly basis: 'declared' | 'approved' | 'finalAccounts';
  readonly investmentFen: number;
  readonly tier: number;
  readonly percent: number;
  readonly capFen: number;
  readonly capped: boolean;
  readonly ceilingFen: number;
  /** Just above a tier's limit: the jump in ceiling invites padding or splitting (requirements 3 [R]). */
  readonly nearTier: boolean;
}

/** The most that may be awarded for an investment: the whole amount at its tier's rate, floored, then capped (art. 12(2), art. 15(1)). */
export function ceilingOf(funding: FundingClass, investmentFen: number, policy: Policy, basis: Ceiling['basis'] = 'declared'): Ceiling {
  const government = funding === 'governmentInvestment';
  const tiers = government ? policy.governmentTiers.value : policy.socialTiers.value;
  const index = tierIndex(tiers, investmentFen);
  const percent = tiers[index]?.percent ?? 0;
  const byRate = investmentFen <= 0 ? 0 : percentOf(investmentFen, percent);
  const capFen = policy.capFen.value;
  return {
    article: government ? 'art. 12(2)' : 'art. 15(1)',
    policy: policy.id,
    basis,
    investmentFen,
    tier: index + 1,
    percent,
    capFen,
    capped: byRate > capFen,
    ceilingFen: Math.min(byRate, capFen),
    nearTier: isNearTier(tiers[index - 1], investmentFen, policy),
  };
}

function tierIndex(tiers: readonly Tier[], fen: number): number {
  return tiers.findIndex((tier) => tier.upToFen === null || fen <= tier.upToFen);
}

function isNearTier(below: Tier | undefined, fen: number, policy: Policy): boolean {
  if (!below || below.upToFen === null) return false;
  return fen - below.upToFen <= percentOf(below.upToFen, policy.nearTierPercent.value);
}

/** Splits an award into what is paid in advance and what remains; the odd fen goes to the second payment. */
export function splitAward(awardFen: number, policy: Policy): { readonly first: number; readonly second: number } {
  const first = percentOf(awardFen, policy.advancePercent.value);
  return { first, second: awardFen - first };
}

/** The investment that counts now: final accounts, else the approved total, else what was declared. */
export function basisOf(context: ScenarioContext): { readonly fen: number; readonly basis: Ceiling['basis'] } {
  if (context.accountsFen !== null) return { fen: lower(context.accountsFen, context.approval?.fen), basis: 'finalAccounts' };
  if (context.approval !== null) return { fen: context.approval.fen, basis: 'approved' };
  return { fen: context.investmentFen, basis: 'declared' };
}

// A building that cost more than was approved earns no more than the approval: the award was tiered by it.
function lower(fen: number, limit: number | undefined): number {
  return limit === undefined ? fen : Math.min(fen, limit);
}

/** The ceiling of a case as it stands. */
export function caseCeiling(context: ScenarioContext, policy: Policy): Ceiling {
  const { fen, basis } = basisOf(context);
  return ceilingOf(context.funding, fen, policy, basis);
}

/** The award after final accounts: never more than awarded, never more than the new ceiling. */
export function settledAward(context: ScenarioContext, policy: Policy): number {
  if (context.award === null) return 0;
  return Math.min(context.award.fen, caseCeiling(context, policy).ceilingFen);
}

/** Everything paid on a case, in fen. */
export function paidFen(context: ScenarioContext): number {
  return (context.paid.advance ?? 0) + (context.paid.remainder ?? 0) + (context.paid.oneOff ?? 0);
}

/** What of the award is neither paid nor given back: the fund holds it ready, or the award waits for it (fen). */
export function committedFen(context: ScenarioContext): number {
  return context.award === null ? 0 : Math.max(0, context.award.fen - paidFen(context) - (context.releasedFen ?? 0));
}

/** What was paid, has not come back and is not proved to be spent on the scenario (fen): ear-marked use (art. 19(1)). */
export function unprovedFen(context: ScenarioContext): number {
  return Math.max(0, paidFen(context) - recoveredFen(context) - (context.expensesFen ?? 0));
}

/** Everything recovered on a case, in fen. */
export function recoveredFen(context: ScenarioContext): number {
  return Object.values(context.recoveries).reduce((sum, recovery) => sum + recovery.recoveredFen, 0);
}

/** What was paid and has neither come back nor been given up, nor is being asked back, in fen. */
export function outstandingFen(context: ScenarioContext): number {
  const asked = Object.values(context.recoveries).reduce((sum, each) => sum + (each.open ? each.fen : each.recoveredFen + (each.writtenOffFen ?? 0)), 0);
  return Math.max(0, paidFen(context) - asked);
}

/** What the second payment comes to after final accounts; negative when the advance was too much. Money that came back is not paid out again. */
export function remainderFen(context: ScenarioContext, policy: Policy): number {
  return settledAward(context, policy) - paidFen(context);
}

/** The advance half of the award as it stands; before acceptance the award itself, after it the settled one. */
export function advanceFen(context: ScenarioContext, policy: Policy): number {
  return splitAward(settledAward(context, policy), policy).first;
}

/** The role that has to approve the payment order next; undefined when there is no order, or nobody is left (levels by amount, art. 19(2)). */
export function nextApprover({ order }: ScenarioContext, policy: Policy): PaymentLevel['by'][number] | undefined {
  if (!order) return undefined;
  const level = policy.paymentLevels.value.find(({ upToFen }) => upToFen === null || order.fen <= upToFen);
  return level?.by[order.approvals.length];
}

/** A ceiling as plain JSON, for events and refusals. */
export function asFigures(ceiling: Ceiling): { readonly [name: string]: Json } {
  return { ...ceiling };
}
