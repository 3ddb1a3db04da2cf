import { and, setup, type AnyStateMachine } from 'xstate';
import { actionsOf, by, guardsOf, waiting } from '../chart.ts';
import type { StateMeta, TransitionMeta } from '../define.ts';
import type { CommandEvent } from '../question.ts';
import { fundChanges } from './changes.ts';
import type { FundContext } from './context.ts';
import { fundRules } from './rules.ts';

const purse = setup({
  types: {
    context: {} as FundContext,
    events: {} as CommandEvent,
    input: {} as FundContext,
    meta: {} as StateMeta,
    transitionMeta: {} as TransitionMeta,
  },
  guards: guardsOf<FundContext, keyof typeof fundRules>(fundRules),
  actions: actionsOf<FundContext, keyof typeof fundChanges, never>(fundChanges, {}),
});

const article = 'art. 19, policy R-062';
const system = by(['system'], 'anyCase', article);
const finance = by(['finance'], 'anyCase', article);
const leader = by(['bureauLeader'], 'anyCase', article);

/** The fund of the programme: its budget lines, commitments to awards in the order of their approval, and what comes back (art. 19, R-062). */
export function fund(): AnyStateMachine {
  return purse.createMachine({
    id: 'fund',
    initial: 'keeping',
    context: ({ input }) => input,
    on: {
      requestFunds: { actions: 'noteClaim', meta: system },
      returnFunds: { actions: 'noteReturn', meta: system },
      deadlinePassed: { actions: 'remind', meta: by(['system'], 'anyCase', 'policy requirements 0.8') },
    },
    states: {
      keeping: {
        meta: waiting('finance', 'fundReview', article),
        on: {
          proposeAdjustment: { target: 'approving', guard: and(['adjustmentIsPositive', 'decreaseIsAvailable']), actions: 'noteAdjustmentProposal', meta: finance },
          closeFund: { target: 'closed', guard: and(['fundIsUsedUp']), meta: leader },
        },
      },
      approving: {
        meta: waiting('bureauLeader', 'decision', article),
        on: {
          approveAdjustment: { target: 'keeping', guard: and(['isAnotherPerson', 'decreaseIsStillAvailable']), actions: 'noteAdjustment', meta: leader },
          rejectAdjustment: { target: 'keeping', actions: 'clearProposal', meta: leader },
        },
      },
      closed: { type: 'final' },
    },
  });
}
