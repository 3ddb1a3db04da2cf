import { and } from 'xstate';
import { by, waiting } from '../chart.ts';
import { ordering, payer, paysOut, preconditions } from './payment.ts';
import { scenario } from './setup.ts';

const officer = (article: string) => by(['bureauOfficer'], 'anyCase', article);
const leader = (article: string) => by(['bureauLeader'], 'anyCase', article);

const mine = (article: string) => by(['applicant', 'unitAdmin'], 'ownUnit', article);
const expert = by(['expert'], 'appointed', 'art. 11(6)');
const declareTechnologies = { actions: 'noteTechnologies', meta: mine('art. 9, policy R-019, R-020') } as const;
const failAcceptance = { target: '#acceptanceFailed', actions: ['noteFailed', 'recoverAfterFailure', 'openRecovery', 'releaseAll', 'releaseFunds'], meta: leader('art. 12(2)') } as const;

/** The panel of the acceptance works like that of the review: the same commands, declarations and recusals, on a panel of its own. */
const panel = {
  assignExperts: { guard: and(['expertsAreNew', 'panelIsNotTooLarge', 'expertsAreKnown', 'expertsAreIndependent']), actions: 'addExperts', meta: officer('art. 11(6)') },
  dismissExpert: { guard: and(['expertMayLeave']), actions: 'dropExpert', meta: officer('art. 11(6)') },
  declareNoConflict: { guard: and(['sheetIsOpen', 'hasNotDeclared']), actions: 'noteDeclaration', meta: expert },
  recuse: { guard: and(['sheetIsOpen']), actions: 'noteRecusal', meta: expert },
  giveOpinion: { guard: and(['sheetIsOpen', 'hasDeclared']), actions: 'noteOpinion', meta: expert },
} as const;

/** Acceptance by the Bureau with experts; one rectification by policy, failure asks the advance back (art. 11(6), art. 12(2), A-13). */
export const acceptance = scenario.createStateConfig({
  id: 'acceptance',
  initial: 'applying',
  states: {
    applying: {
      meta: waiting('applicant', 'acceptanceApplication', 'art. 11(6)'),
      on: {
        declareTechnologies,
        applyForAcceptance: { target: 'inspecting', guard: and(['completionDocumentsAreThere']), actions: 'noteApplication', meta: mine('art. 11(6)') },
      },
    },
    inspecting: {
      meta: waiting('bureauOfficer', 'acceptance', 'art. 11(6)'),
      on: {
        ...panel,
        recordInspection: { guard: and(['dayIsNotInTheFuture', 'dayFollowsTheCase']), actions: 'noteInspection', meta: officer('art. 11(6)') },
        passAcceptance: {
          target: 'accepted',
          guard: and(['isInIrs', 'noFindingIsOpen', 'inspectionIsComplete', 'inspectionIsMet', 'opinionsReachQuorum', 'mostOpinionsPass', 'accountsArePositive', 'accountsFitTheInvestment', 'dayIsNotInTheFuture', 'dayFollowsTheCase']),
          actions: ['notePassed', 'noteAccounts', 'recoverAfterAccounts', 'openRecovery', 'releaseSurplus', 'releaseFunds'],
          meta: officer('art. 11(6)'),
        },
        returnAcceptance: { target: 'applying', guard: and(['onlyDocumentsAreInspected']), actions: ['openNextRound', 'noteReturned'], meta: officer('art. 11(6)') },
        orderRectification: { target: 'rectifying', guard: and(['rectificationIsAllowed']), actions: 'noteRectification', meta: officer('policy A-13') },
        failAcceptance,
      },
    },
    rectifying: {
      meta: waiting('applicant', 'rectification', 'policy A-13'),
      on: {
        declareTechnologies,
        reportRectified: { target: 'inspecting', actions: 'openNextRound', meta: mine('policy A-13') },
        failAcceptance,
      },
    },
    accepted: { type: 'final' },
  },
  onDone: [
    { guard: and(['awardIsMissing']), target: '#settlement' },
    { guard: and(['advanceIsDue']), target: '#settlement.advancePayable' },
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
