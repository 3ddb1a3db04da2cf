import type { Effect } from '../decision.ts';
import { fundId } from '../fund/context.ts';
import type { Question } from '../question.ts';
import { instalmentChanges } from './instalments.ts';
import { offsetChanges, offsetEffects } from './offset.ts';
import { openFen, type RecoveryContext } from './rules.ts';

type Ask = Question<RecoveryContext>;

/** Changes of a recovery by action name. */
export const recoveryChanges = {
  noteRecoveryProposal: ({ actor, args }) => ({ proposal: { by: actor.person, outcome: 'recover', amountFen: args.amountFen ?? 0 } }),
  noteDropProposal: ({ actor }) => ({ proposal: { by: actor.person, outcome: 'drop', amountFen: null } }),
  noteWriteOffProposal: ({ actor }) => ({ proposal: { by: actor.person, outcome: 'writeOff', amountFen: null } }),
  ...instalmentChanges,
  ...offsetChanges,
  noteDemand: ({ args }) => ({ demandedBy: args.dueOn ?? null }),
  noteDecision: ({ context }) => ({ decidedFen: context.proposal?.amountFen ?? context.amountFen, proposal: null }),
  clearProposal: () => ({ proposal: null }),
  noteRepayment: ({ args, context }) => ({ recoveredFen: context.recoveredFen + (args.amountFen ?? 0), repayments: context.repayments + 1 }),
  remind: ({ args, context, now }) => (now >= (context.due[args.leaf ?? ''] ?? now) ? { reminders: context.reminders + 1 } : {}),
} as const satisfies Record<string, (ask: Ask) => Partial<RecoveryContext>>;

/** Effects of a recovery by action name: the ledger's line, and word to the scenario it came from. */
export const recoveryEffects = {
  recordRecovered: ({ args, context, policy }) => [
    {
      type: 'recordPayment',
      kind: 'recovered',
      amountFen: args.amountFen ?? 0,
      explanation: { article: 'art. 12(2)', policy: policy.id, scenario: context.scenario, cause: context.cause, receiptNo: args.receiptNo ?? '', paidOn: args.paidOn ?? '' },
    },
  ],
  returnToFund: ({ args, context }) => [{ type: 'tellCase', id: fundId, command: 'returnFunds', args: { scenario: context.scenario, line: context.line ?? 'reward', amountFen: args.amountFen ?? 0, because: 'repaid', ...(args.receiptNo !== undefined && { receiptNo: args.receiptNo }), ...(args.paidOn !== undefined && { paidOn: args.paidOn }) } }],
  ...offsetEffects,
  tellProgress: (_, after) => [tell(after, false)],
  tellClosed: (_, after) => [tell(after, true)],
  tellWrittenOff: (_, after) => [tell(after, true, openFen(after))],
} as const satisfies Record<string, (ask: Ask, after: RecoveryContext) => readonly Effect[]>;

function tell(after: RecoveryContext, closed: boolean, writtenOffFen = 0): Effect {
  return { type: 'tellCase', id: after.scenario, command: 'noteRecovery', args: { recovery: after.id, recoveredFen: after.recoveredFen, closed, ...(writtenOffFen > 0 && { writtenOffFen }) } };
}
