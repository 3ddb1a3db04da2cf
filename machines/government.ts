import { and, type AnyStateMachine } from 'xstate';
import { by, waiting } from './chart.ts';
import { acceptance, settlement } from './scenario/acceptance.ts';
import { anytime } from './scenario/anytime.ts';
import { change } from './scenario/change.ts';
import { construction, irsRegistration } from './scenario/construction.ts';
import { governmentDeclaration } from './scenario/declaration.ts';
import { archivingIntoLibrary, evaluation, promotion } from './scenario/evaluation.ts';
import { governmentIntake } from './scenario/intake.ts';
import { leadUnit, publicNotice, selection } from './scenario/selection.ts';
import { scenario } from './scenario/setup.ts';

const publish = by(['system'], 'anyCase', 'art. 11(4)');

/** Scenarios that local fiscal money builds, from draft to case library (art. 10 to 12). */
export function governmentInvestment(): AnyStateMachine {
  return scenario.createMachine({
    id: 'governmentInvestment',
    initial: 'declaration',
    context: ({ input }) => input,
    ...anytime,
    states: {
      declaration: governmentDeclaration,
      intake: governmentIntake,
      selection,
      leadUnit,
      publicNotice,
      awaitingBatch: {
        id: 'awaitingBatch',
        meta: waiting('bureauLeader', 'nextBatch', 'art. 11(4)'),
        on: {
          ...change,
          publish: [
            { target: 'construction', guard: and(['isProposed']), actions: 'noteBatch', meta: publish },
            { target: 'irsRegistration', actions: 'noteBatch', meta: publish },
          ],
        },
      },
      construction,
      irsRegistration,
      acceptance,
      settlement,
      evaluation,
      promotion,
      archiving: archivingIntoLibrary,
      inCaseLibrary: { id: 'inCaseLibrary', type: 'final' },
      closed: { id: 'closed', type: 'final' },
      declined: { id: 'declined', type: 'final' },
      rejected: { id: 'rejected', type: 'final' },
      notSelected: { id: 'notSelected', type: 'final' },
      acceptanceFailed: { id: 'acceptanceFailed', type: 'final' },
      withdrawn: { id: 'withdrawn', type: 'final' },
      terminated: { id: 'terminated', type: 'final' },
      voided: { id: 'voided', type: 'final' },
    },
  });
}
