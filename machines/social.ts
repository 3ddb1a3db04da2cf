import type { AnyStateMachine } from 'xstate';
import { by, waiting } from './chart.ts';
import { anytime } from './scenario/anytime.ts';
import { change } from './scenario/change.ts';
import { socialDeclaration } from './scenario/declaration.ts';
import { archivingAndClosing } from './scenario/evaluation.ts';
import { socialIntake } from './scenario/intake.ts';
import { leadUnit, publicNotice, selection } from './scenario/selection.ts';
import { scenario } from './scenario/setup.ts';
import { support } from './scenario/support.ts';

/** Scenarios that companies and other social bodies built with their own money, from draft to the end of the commitment (art. 13 to 15). */
export function socialInvestment(): AnyStateMachine {
  return scenario.createMachine({
    id: 'socialInvestment',
    initial: 'declaration',
    context: ({ input }) => input,
    ...anytime,
    states: {
      declaration: socialDeclaration,
      intake: socialIntake,
      selection,
      leadUnit,
      publicNotice,
      awaitingBatch: {
        id: 'awaitingBatch',
        meta: waiting('bureauLeader', 'nextBatch', 'art. 14(4)'),
        on: {
          ...change,
          publish: { target: 'support', actions: 'noteBatch', meta: by(['system'], 'anyCase', 'art. 14(4)') },
        },
      },
      support,
      archiving: archivingAndClosing,
      closed: { id: 'closed', type: 'final' },
      declined: { id: 'declined', type: 'final' },
      rejected: { id: 'rejected', type: 'final' },
      notSelected: { id: 'notSelected', type: 'final' },
      withdrawn: { id: 'withdrawn', type: 'final' },
      terminated: { id: 'terminated', type: 'final' },
      voided: { id: 'voided', type: 'final' },
    },
  });
}
