import { and, setup, type AnyStateMachine } from 'xstate';
import { actionsOf, by, guardsOf, waiting } from '../chart.ts';
import type { StateMeta, TransitionMeta } from '../define.ts';
import type { CommandEvent } from '../question.ts';
import { recoveryChanges, recoveryEffects } from './changes.ts';
import { instalmentRules } from './instalments.ts';
import { offsetRules } from './offset.ts';
import { recoveryRules, type RecoveryContext } from './rules.ts';

/** Every rule of a recovery by name. */
export const allRecoveryRules = { ...recoveryRules, ...instalmentRules, ...offsetRules } as const;

const clawback = setup({
  types: {
    context: {} as RecoveryContext,
    events: {} as CommandEvent,
    input: {} as RecoveryContext,
    meta: {} as StateMeta,
    transitionMeta: {} as TransitionMeta,
  },
  guards: guardsOf<RecoveryContext, keyof typeof allRecoveryRules>(allRecoveryRules),
  actions: actionsOf<RecoveryContext, keyof typeof recoveryChanges, keyof typeof recoveryEffects>(recoveryChanges, recoveryEffects),
});

const article = 'art. 12(2), policy A-12';
const officer = by(['bureauOfficer'], 'anyCase', article);
const leader = by(['bureauLeader'], 'anyCase', article);
const finance = by(['finance'], 'anyCase', article);
const unit = by(['applicant', 'unitAdmin'], 'ownUnit', 'policy A-12 (hearing)');

/** Asking money back: notice, the unit's statement, a decision by two people, demand, instalments, offset, end (art. 12(2), art. 19(1), A-12). */
export function recovery(): AnyStateMachine {
  return clawback.createMachine({
    id: 'recovery',
    initial: 'noticing',
    context: ({ input }) => input,
    on: { deadlinePassed: { actions: 'remind', meta: by(['system'], 'anyCase', 'policy requirements 0.8') } },
    states: {
      noticing: {
        meta: waiting('bureauOfficer', 'decision', article),
        on: { issueNotice: { target: 'awaitingStatement', meta: officer } },
      },
      awaitingStatement: {
        meta: waiting('applicant', 'statement', 'policy A-12 (hearing)'),
        on: {
          fileStatement: { target: 'deciding', meta: unit },
          deadlinePassed: { target: 'deciding', guard: and(['statementPeriodIsOver']), meta: by(['system'], 'anyCase', 'policy A-12 (hearing)') },
        },
      },
      deciding: {
        id: 'deciding',
        initial: 'proposing',
        states: {
          proposing: {
            meta: waiting('bureauOfficer', 'decision', article),
            on: {
              proposeRecovery: { target: 'approving', guard: and(['amountFitsTheCause']), actions: 'noteRecoveryProposal', meta: officer },
              proposeDrop: { target: 'approving', guard: and(['mayBeDropped']), actions: 'noteDropProposal', meta: officer },
            },
          },
          approving: {
            meta: waiting('bureauLeader', 'decision', article),
            on: {
              approveRecovery: { target: '#demanding', guard: and(['recoveryIsProposed', 'isAnotherPerson']), actions: 'noteDecision', meta: leader },
              approveDrop: { target: '#dropped', guard: and(['dropIsProposed', 'isAnotherPerson']), actions: ['clearProposal', 'tellClosed'], meta: leader },
              sendBack: { target: 'proposing', actions: 'clearProposal', meta: leader },
            },
          },
        },
      },
      demanding: {
        id: 'demanding',
        meta: waiting('bureauOfficer', 'decision', article),
        on: { issueDemand: { target: 'collecting', guard: and(['dueDayIsNotPast']), actions: 'noteDemand', meta: officer } },
      },
      collecting: {
        meta: waiting('finance', 'recovery', article),
        on: {
          recordRepayment: { guard: and(['repaymentIsOwed', 'dayIsNotInTheFuture', 'repaymentFollowsTheOpening']), actions: ['noteRepayment', 'recordRecovered', 'tellProgress', 'returnToFund'], meta: finance },
          proposeInstalments: { guard: and(['somethingIsOpen', 'planFitsWhatIsOwed']), actions: 'notePlanProposal', meta: officer },
          approveInstalments: { target: 'collecting', reenter: true, guard: and(['planIsProposed', 'planIsOfAnother', 'planStillFits']), actions: 'notePlan', meta: leader },
          rejectInstalments: { guard: and(['planIsProposed']), actions: 'dropPlanProposal', meta: leader },
          proposeOffset: { guard: and(['somethingIsOpen', 'repaymentIsOwed']), actions: 'noteOffsetProposal', meta: finance },
          approveOffset: { guard: and(['offsetIsProposed', 'offsetIsOfAnother', 'offsetStillFits']), actions: ['noteOffset', 'recordOffset', 'tellProgress', 'returnOffsetToFund'], meta: leader },
          rejectOffset: { guard: and(['offsetIsProposed']), actions: 'dropOffsetProposal', meta: leader },
          confirmRecovered: { target: 'recovered', guard: and(['everythingCameBack']), actions: 'tellClosed', meta: finance },
          proposeWriteOff: { target: 'writingOff', guard: and(['somethingIsOpen']), actions: 'noteWriteOffProposal', meta: officer },
        },
      },
      writingOff: {
        meta: waiting('bureauLeader', 'decision', article),
        on: {
          approveWriteOff: { target: 'writtenOff', guard: and(['isAnotherPerson']), actions: ['clearProposal', 'tellWrittenOff'], meta: leader },
          rejectWriteOff: { target: 'collecting', actions: 'clearProposal', meta: leader },
        },
      },
      recovered: { type: 'final' },
      dropped: { id: 'dropped', type: 'final' },
      writtenOff: { type: 'final' },
    },
  });
}
