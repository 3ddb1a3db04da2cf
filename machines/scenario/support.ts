import { and } from 'xstate';
import { by, waiting } from '../chart.ts';
import { ordering, payer, paysOut, preconditions } from './payment.ts';
import { scenario } from './setup.ts';

const officer = (article: string) => by(['bureauOfficer'], 'anyCase', article);
const leader = by(['bureauLeader'], 'anyCase', 'art. 15(1), policy A-08');
const mine = (article: string) => by(['applicant', 'unitAdmin'], 'ownUnit', article);
const letter = 'annex 2 letter, policy A-17';

/** After publication of a social scenario: the one-off subsidy, the case for the library, and five years of watch over the commitment (art. 14(5), art. 15, letter). */
export const support = scenario.createStateConfig({
  id: 'support',
  type: 'parallel',
  states: {
    subsidy: {
      initial: 'awardProposing',
      states: {
        awardProposing: {
          meta: waiting('bureauOfficer', 'award', 'art. 15(1)'),
          on: {
            proposeAward: {
              target: 'awardApproving',
              guard: and(['noAwardYet', 'caseHasNoOpenRecovery', 'awardIsPositive', 'awardWithinCeiling', 'unitHasNoOpenRecovery']),
              actions: ['noteAwardProposal', 'openFund'],
              meta: officer('art. 15(1), policy A-08'),
            },
            waiveAward: { target: 'waived', actions: 'noteWaiver', meta: mine('policy A-08') },
          },
        },
        awardApproving: {
          meta: waiting('bureauLeader', 'award', 'art. 15(1)'),
          on: {
            approveAward: {
              target: 'payable',
              guard: and(['isAnotherPerson', 'noAwardYet', 'caseHasNoOpenRecovery', 'proposedAwardWithinCeiling', 'unitHasNoOpenRecovery']),
              actions: ['noteAward', 'askForFunds'],
              meta: leader,
            },
            returnAward: { target: 'awardProposing', actions: 'clearProposal', meta: leader },
          },
        },
        payable: {
          meta: waiting('finance', 'payment', 'art. 15(1), art. 19'),
          on: {
            ...ordering(preconditions.subsidy, 'art. 15(1), art. 19'),
            confirmPayment: { target: 'paid', guard: paysOut(preconditions.subsidy), actions: ['noteSubsidy', 'paySubsidy'], meta: payer('art. 15(1), art. 19') },
          },
        },
        paid: { type: 'final' },
        waived: { type: 'final' },
      },
    },
    promotion: {
      initial: 'drafting',
      states: {
        drafting: {
          meta: waiting('applicant', 'caseText', 'art. 14(5)'),
          on: { submitCaseText: { target: 'reviewing', actions: 'noteCaseText', meta: mine('art. 14(5)') } },
        },
        reviewing: {
          meta: waiting('bureauOfficer', 'caseText', 'art. 15(2)'),
          on: {
            acceptCase: { target: 'inCaseLibrary', actions: 'enterLibrary', meta: officer('art. 15(2)') },
            returnCase: { target: 'drafting', meta: officer('art. 15(2)') },
            closeWithoutCase: { target: 'closed', meta: by(['bureauLeader'], 'anyCase', 'art. 15(2)') },
          },
        },
        inCaseLibrary: { type: 'final' },
        closed: { type: 'final' },
      },
    },
    commitment: {
      initial: 'watching',
      states: {
        watching: {
          meta: waiting('bureauOfficer', 'commitmentCheck', letter),
          on: {
            recordCommitmentCheck: { target: 'watching', reenter: true, guard: and(['subsidyIsPaid', 'checkOfTheYearIsOpen']), actions: 'noteCheck', meta: officer(letter) },
            recordBreach: { target: 'broken', guard: and(['subsidyIsPaid', 'dayIsNotInTheFuture', 'dayFollowsTheCase']), actions: ['noteBroken', 'recoverAfterBreach', 'openRecovery'], meta: officer(letter) },
            releaseCommitment: { target: 'released', guard: and(['subsidyIsWaived']), meta: officer(letter) },
            deadlinePassed: { target: 'kept', guard: and(['isNotHeld', 'commitmentPeriodIsOver']), actions: 'noteKept', meta: by(['system'], 'anyCase', letter) },
          },
        },
        kept: { type: 'final' },
        broken: { type: 'final' },
        released: { type: 'final' },
      },
    },
  },
  onDone: { target: '#archiving' },
});
