import { and } from 'xstate';
import { by, waiting } from '../chart.ts';
import { change } from './change.ts';
import { ordering, payer, paysOut, preconditions } from './payment.ts';
import { scenario } from './setup.ts';

const mine = (article: string) => by(['applicant', 'unitAdmin'], 'ownUnit', article);
const officer = by(['bureauOfficer'], 'anyCase', 'art. 12(2), policy A-08');
const leader = by(['bureauLeader'], 'anyCase', 'art. 12(2), policy A-08');

const planAndReport = {
  planMilestones: { guard: and(['milestonesHaveOwnNames']), actions: 'noteMilestones', meta: mine('art. 11(5)') },
  fileStageReport: { guard: and(['forecastsAreOfOpenMilestones']), actions: 'noteStageReport', meta: mine('art. 11(5)') },
} as const;

const declareTechnologies = { actions: 'noteTechnologies', meta: mine('art. 9, policy R-019, R-020') } as const;
const irsGuards = and(['resourcesAreNamed', 'dayIsNotInTheFuture']);

/** Building of a proposed scenario: the project, its money and its place in IRS go on side by side (art. 11(5), art. 12, art. 10). */
export const construction = scenario.createStateConfig({
  id: 'construction',
  type: 'parallel',
  states: {
    project: {
      initial: 'approval',
      on: { ...change, declareTechnologies },
      states: {
        approval: {
          meta: waiting('applicant', 'projectApproval', 'art. 12(1)'),
          on: {
            ...planAndReport,
            recordProjectApproval: { target: 'building', guard: and(['dayIsNotInTheFuture']), actions: 'noteApproval', meta: mine('art. 12(1), policy A-27') },
          },
        },
        building: {
          meta: waiting('applicant', 'building', 'art. 11(5)'),
          on: {
            ...planAndReport,
            completeMilestone: { guard: and(['milestoneIsOpen', 'dayIsNotInTheFuture']), actions: 'noteMilestoneDone', meta: mine('art. 11(5)') },
            reportCompletion: { target: 'completed', guard: and(['milestonesAreDone', 'dayIsNotInTheFuture', 'dayFollowsTheCase']), actions: 'noteCompletion', meta: mine('art. 11(5)') },
          },
        },
        completed: { type: 'final' },
      },
    },
    funding: {
      initial: 'awardProposing',
      states: {
        awardProposing: {
          meta: waiting('bureauOfficer', 'award', 'art. 12(2)'),
          on: {
            proposeAward: {
              target: 'awardApproving',
              guard: and(['noAwardYet', 'projectIsApproved', 'caseHasNoOpenRecovery', 'awardIsPositive', 'awardWithinCeiling', 'unitHasNoOpenRecovery']),
              actions: ['noteAwardProposal', 'openFund'],
              meta: officer,
            },
            waiveAward: { target: 'waived', actions: 'noteWaiver', meta: mine('policy A-08') },
          },
        },
        awardApproving: {
          meta: waiting('bureauLeader', 'award', 'art. 12(2)'),
          on: {
            approveAward: {
              target: 'advancePayable',
              guard: and(['isAnotherPerson', 'noAwardYet', 'caseHasNoOpenRecovery', 'proposedAwardWithinCeiling', 'unitHasNoOpenRecovery']),
              actions: ['noteAward', 'askForFunds'],
              meta: leader,
            },
            returnAward: { target: 'awardProposing', actions: 'clearProposal', meta: leader },
          },
        },
        advancePayable: {
          meta: waiting('finance', 'payment', 'art. 12(2), art. 19'),
          on: {
            ...ordering(preconditions.advanceWhileBuilding, 'art. 12(2), art. 19'),
            confirmPayment: { target: 'advancePaid', guard: paysOut(preconditions.advanceWhileBuilding), actions: ['noteAdvance', 'payAdvance'], meta: payer('art. 12(2), art. 19') },
            // Money that is not there must not keep a finished building from being accepted: both halves follow after it.
            deferAdvance: { target: 'advanceDeferred', guard: and(['noOrderIsOpen', 'awardIsUnfunded']), meta: payer('art. 19, policy R-062') },
          },
        },
        advancePaid: { type: 'final' },
        advanceDeferred: { type: 'final' },
        waived: { type: 'final' },
      },
    },
    irs: {
      initial: 'registering',
      states: {
        registering: {
          meta: waiting('applicant', 'irsRegistration', 'art. 10'),
          on: { registerIrs: { target: 'registered', guard: irsGuards, actions: 'noteIrs', meta: mine('art. 10') } },
        },
        registered: { type: 'final' },
      },
    },
  },
  onDone: { target: '#acceptance' },
});

/** A scenario that is built already skips construction, but has to be in IRS before it is accepted (art. 10, A-10). */
export const irsRegistration = scenario.createStateConfig({
  id: 'irsRegistration',
  meta: waiting('applicant', 'irsRegistration', 'art. 10, policy A-10'),
  on: { declareTechnologies, registerIrs: { target: '#acceptance', guard: irsGuards, actions: 'noteIrs', meta: mine('art. 10') } },
});
