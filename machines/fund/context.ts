import type { FundLineName } from '../ledger/accounts.ts';
import type { Policy } from '../../shared/policy.ts';

/** The fund that pays rewards and subsidies is one case of this id (art. 19, R-062). */
export const fundId = 'fund';

/** What the fund keeps; amounts in fen. What was committed, paid and asked back stands in the ledger. */
export interface FundContext {
  readonly id: string;
  readonly title: string;
  readonly lines: Readonly<Record<FundLineName, FundLine>>;
  /** Awards that are approved and not funded (已批未拨), first come first; who waits longest is served first when money returns. */
  readonly queue: readonly Claim[];
  readonly proposal: Adjustment | null;
  readonly reminders: number;
  readonly policy: string;
  readonly due: { readonly [leaf: string]: string };
}

/** A budget line: what was appropriated in all, and what of it nobody has a claim to. */
export interface FundLine {
  readonly appropriatedFen: number;
  readonly availableFen: number;
}

/** An approved award that waits for money. `since` is the UTC instant of its approval. */
export interface Claim {
  readonly scenario: string;
  readonly line: FundLineName;
  readonly fen: number;
  readonly since: string;
}

/** A change of the budget that one person proposed and another has to approve. */
export interface Adjustment {
  readonly by: string;
  readonly line: FundLineName;
  readonly fen: number;
  readonly documentNo: string;
}

/** What the fund becomes when money comes to a line: who waits longest is served first, and nobody overtakes who waits for more. */
export interface Served {
  readonly lines: FundContext['lines'];
  readonly queue: readonly Claim[];
  readonly funded: readonly Claim[];
}

/** Serves those who wait, as far as the money of each line reaches. */
export function served({ lines, queue }: Pick<FundContext, 'lines' | 'queue'>): Served {
  const left = { reward: lines.reward.availableFen, subsidy: lines.subsidy.availableFen };
  const stuck = new Set<FundLineName>();
  const funded: Claim[] = [];
  for (const claim of queue) {
    if (stuck.has(claim.line) || claim.fen > left[claim.line]) stuck.add(claim.line);
    else {
      left[claim.line] -= claim.fen;
      funded.push(claim);
    }
  }
  return {
    lines: { reward: { ...lines.reward, availableFen: left.reward }, subsidy: { ...lines.subsidy, availableFen: left.subsidy } },
    queue: queue.filter((claim) => !funded.includes(claim)),
    funded,
  };
}

/** The lines after an amount (fen, may be negative) came to one of them; `appropriated` also changes what was appropriated. */
export function withMoney(lines: FundContext['lines'], line: FundLineName, fen: number, appropriated = false): FundContext['lines'] {
  const { appropriatedFen, availableFen } = lines[line];
  return { ...lines, [line]: { appropriatedFen: appropriatedFen + (appropriated ? fen : 0), availableFen: availableFen + fen } };
}

/** What the budget lines open with under a policy. */
export function openingLines({ openingBudgetFen: { value } }: Policy): Readonly<Record<FundLineName, number>> {
  return { reward: value.reward, subsidy: value.subsidy };
}

/** The place of a scenario among those that wait for money of its line, from 1; 0 when its award does not wait. */
export function placeInQueue({ queue }: Pick<FundContext, 'queue'>, scenario: string): number {
  const claim = queue.find((each) => each.scenario === scenario);
  return claim ? queue.filter(({ line }) => line === claim.line).indexOf(claim) + 1 : 0;
}
