import { and } from 'xstate';
import { by, waiting } from '../chart.ts';
import { countersigning } from './countersigning.ts';
import { withdraw } from './declaration.ts';
import { scenario } from './setup.ts';

const review = 'art. 11(3), art. 14(3)';
const officer = by(['bureauOfficer'], 'anyCase', review);
const leader = by(['bureauLeader'], 'anyCase', review);
const expert = by(['expert'], 'appointed', review);
const office = by(['leadingGroupOffice'], 'anyCase', 'art. 5(2)');
const department = by(['aggregator'], 'appointed', 'art. 5(2)');

const proposeLeadUnit = { guard: and(['needsLeadUnit', 'leadUnitIsKnown']), actions: 'noteLeadUnit', meta: office } as const;
const replyOnLeadUnit = { guard: and(['needsLeadUnit', 'departmentHasNotReplied']), actions: 'noteReply', meta: department } as const;

/** Expert review on arrival, then a decision that one officer proposes and a leader approves; the lead unit can be settled meanwhile. */
export const selection = scenario.createStateConfig({
  id: 'selection',
  initial: 'reviewing',
  on: {
    proposeLeadUnit,
    replyOnLeadUnit,
    confirmLeadUnit: { guard: and(['needsLeadUnit', 'everyDepartmentAgreed']), actions: 'settleLeadUnit', meta: office },
  },
  states: {
    reviewing: {
      meta: waiting('bureauOfficer', 'review', review),
      on: {
        withdraw,
        assignExperts: { guard: and(['expertsAreNew', 'panelIsNotTooLarge', 'expertsAreKnown', 'expertsAreIndependent']), actions: 'addExperts', meta: officer },
        dismissExpert: { guard: and(['expertMayLeave']), actions: 'dropExpert', meta: officer },
        declareNoConflict: { guard: and(['sheetIsOpen', 'hasNotDeclared']), actions: 'noteDeclaration', meta: expert },
        recuse: { guard: and(['sheetIsOpen']), actions: 'noteRecusal', meta: expert },
        submitSheet: { guard: and(['sheetIsOpen', 'hasDeclared']), actions: 'noteSheet', meta: expert },
        closeReview: { target: 'proposing', guard: and(['quorumIsReached']), actions: ['noteScore', 'recordReview'], meta: officer },
      },
    },
    proposing: {
      meta: waiting('bureauOfficer', 'decision', review),
      on: {
        withdraw,
        proposeSelection: { target: 'approving', guard: and(['scoreReachesPassLine']), actions: ['noteSelectionProposal', 'carryCountersign'], meta: officer },
        proposeRejection: { target: 'approving', actions: ['noteRejectionProposal', 'carryCountersign'], meta: officer },
      },
    },
    approving: {
      meta: waiting('bureauLeader', 'decision', review),
      on: {
        withdraw,
        approveSelection: { target: 'selected', guard: and(['selectionIsProposed', 'isAnotherPerson', 'countersignIsComplete']), actions: ['clearProposal', 'closeCountersign'], meta: leader },
        approveRejection: { target: '#notSelected', guard: and(['rejectionIsProposed', 'isAnotherPerson', 'countersignIsComplete']), actions: ['clearProposal', 'closeCountersign'], meta: leader },
        sendBack: { target: 'proposing', actions: ['clearProposal', 'voidCountersigns'], meta: leader },
        ...countersigning,
      },
    },
    selected: { type: 'final' },
  },
  onDone: [
    { guard: and(['leadUnitIsOpen']), target: '#leadUnit' },
    { guard: and(['publicNoticeIsOn']), target: '#publicNotice' },
    { target: '#awaitingBatch' },
  ],
});

/** A cross-cutting scenario that was selected waits here until its lead unit is confirmed: this blocks publication, not review. */
export const leadUnit = scenario.createStateConfig({
  id: 'leadUnit',
  initial: 'confirming',
  states: {
    confirming: {
      meta: waiting('leadingGroupOffice', 'leadUnit', 'art. 5(2)'),
      on: {
        proposeLeadUnit,
        replyOnLeadUnit,
        confirmLeadUnit: { target: 'confirmed', guard: and(['needsLeadUnit', 'everyDepartmentAgreed']), actions: 'settleLeadUnit', meta: office },
      },
    },
    confirmed: { type: 'final' },
  },
  onDone: [{ guard: and(['publicNoticeIsOn']), target: '#publicNotice' }, { target: '#awaitingBatch' }],
});

/** Optional public notice with objections in real name. */
export const publicNotice = scenario.createStateConfig({
  id: 'publicNotice',
  meta: waiting('bureauOfficer', 'publicNotice', 'policy A-23'),
  on: {
    fileObjection: { actions: 'addObjection', meta: by(['bureauOfficer', 'supervisor'], 'anyCase', 'policy A-23') },
    resolveObjection: { guard: and(['objectionIsOpen']), actions: 'dropObjection', meta: by(['bureauOfficer'], 'anyCase', 'policy A-23') },
    reopenReview: { target: '#selection', guard: and(['objectionIsOpen']), actions: 'reopenPanel', meta: by(['bureauLeader'], 'anyCase', 'policy A-23') },
    closeNotice: { target: '#awaitingBatch', guard: and(['noticePeriodIsOver', 'noObjectionIsOpen']), meta: by(['bureauOfficer'], 'anyCase', 'policy A-23') },
    deadlinePassed: { target: '#awaitingBatch', guard: and(['isNotHeld', 'noticePeriodIsOver', 'noObjectionIsOpen']), meta: by(['system'], 'anyCase', 'policy A-23') },
  },
});
