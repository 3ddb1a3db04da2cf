import { moneySteps } from './money-steps.ts';

/** The parts of a round: awards are proposed, then approved one after the other (the fund serves who comes first), then paid; all the rest is life. */
export type Phase = 'proposal' | 'approval' | 'payment' | 'life';

/** Which part of a round a leaf belongs to. */
export function phaseOf(leaf: string): Phase {
  if (!(leaf in moneySteps)) return 'life';
  return leaf.endsWith('awardProposing') ? 'proposal' : leaf.endsWith('awardApproving') ? 'approval' : 'payment';
}
