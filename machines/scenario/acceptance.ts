import { and } from 'xstate';
import { by, waiting } from '../chart.ts';
import { ordering, payer, paysOut, preconditions } from './payment.ts';
import { scenario } from './setup.ts';

const officer = (article: string) => by(['bureauOfficer'], 'anyCase', article);
const leader = (article: string) => by(['bureauLeader'], 'anyCase', article);

/** Acceptance by the Bureau with experts; one rectification by policy, failure asks the advance back (art. 11(6), art. 12(2), A-13). */
export const acceptance = scenario.createStateConfig({
  id: 'acceptance',
  initial: 'inspecting',
  states: {
    inspecting: {
      meta: waiting('bureauOfficer', 'acceptance', 'art. 11(6)'),
      on: {
        passAcceptance: {
          target: 'accepted',
          guard: and(['isInIrs', 'noFindingIsOpen', 'accountsArePositive', 'dayIsNotInTheFuture']),
          actions: ['noteAccounts', 'recoverAfterAccounts', 'openRecovery', 'releaseSurplus', 'releaseFunds'],
          meta: officer('art. 11(6)'),
        },
        orderRectification: { target: 'rectifying', guard: and(['rectificationIsAllowed']), actions: 'noteRectification', meta: officer('policy A-13') },
        failAcceptance: { target: '#acceptanceFailed', actions: ['recoverAfterFailure', 'openRecovery', 'releaseAll', 'releaseFunds'], meta: leader('art. 12(2)') },
      },
    },
    rectifying: {
      meta: waiting('applicant', 'rectification', 'policy A-13'),
      on: {
        reportRectified: { target: 'inspecting', meta: by(['applicant', 'unitAdmin'], 'ownUnit', 'policy A-13') },
        failAcceptance: { target: '#acceptanceFailed', actions: ['recoverAfterFailure', 'openRecovery', 'releaseAll', 'releaseFunds'], meta: leader('art. 12(2)') },
      },
    },
    accepted: { type: 'final' },
  },
  onDone: [
    { guard: and(['awardIsMissing']), target: '#settlement' },
    { guard: and(['remainderIsDue']), target: '#settlement.remainderPayable' },
    { target: '#evaluation' },
  ],
});

/** What is paid after acceptance: the remaining half, or, for a scenario that was built already, the award and both halves (art. 12(2), A-09, A-10). */
export const settlement = scenario.createStateConfig({
  id: 'settlement',
  initial: 'awardProposing',
  states: {
    awardProposing: {
      meta: waiting('bureauOfficer', 'award', 'art. 12(2), policy A-10'),
      on: {
        proposeAward: {
          target: 'awardApproving',
          guard: and(['noAwardYet', 'caseHasNoOpenRecovery', 'awardIsPositive', 'awardWithinCeiling', 'unitHasNoOpenRecovery']),
          actions: ['noteAwardProposal', 'openFund'],
          meta: officer('art. 12(2), policy A-08'),
        },
        waiveAward: { target: 'settled', actions: 'noteWaiver', meta: by(['applicant', 'unitAdmin'], 'ownUnit', 'policy A-08') },
      },
    },
    awardApproving: {
      meta: waiting('bureauLeader', 'award', 'art. 12(2), policy A-10'),
      on: {
        approveAward: {
          target: 'advancePayable',
          guard: and(['isAnotherPerson', 'noAwardYet', 'caseHasNoOpenRecovery', 'proposedAwardWithinCeiling', 'unitHasNoOpenRecovery']),
          actions: ['noteAward', 'askForFunds'],
          meta: leader('art. 12(2), policy A-08'),
        },
        returnAward: { target: 'awardProposing', actions: 'clearProposal', meta: leader('art. 12(2), policy A-08') },
      },
    },
    advancePayable: {
      meta: waiting('finance', 'payment', 'art. 12(2), policy A-10'),
      on: {
        ...ordering(preconditions.advance, 'art. 12(2), art. 19'),
        confirmPayment: { target: 'remainderPayable', guard: paysOut(preconditions.advance), actions: ['noteAdvance', 'payAdvance'], meta: payer('art. 12(2), art. 19') },
      },
    },
    remainderPayable: {
      meta: waiting('finance', 'payment', 'art. 12(2)'),
      on: {
        ...ordering(preconditions.remainder, 'art. 12(2), art. 19'),
        confirmPayment: { target: 'settled', guard: paysOut(preconditions.remainder), actions: ['noteRemainder', 'payRemainder'], meta: payer('art. 12(2), art. 19') },
      },
    },
    settled: { type: 'final' },
  },
  onDone: { target: '#evaluation' },
});
