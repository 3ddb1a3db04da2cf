import { and } from 'xstate';
import { by } from '../chart.ts';
import { scenario } from './setup.ts';

const bureau = by(['bureauOfficer', 'bureauLeader'], 'anyCase', 'policy A-40');

/** What the root of both scenario charts answers in every state: supervision, hold, exits, evidence, recoveries, late timers. */
export const anytime = scenario.createStateConfig({
  on: {
    confirmAttachment: { guard: and(['attachmentIsEvidence']), actions: 'addAttachment', meta: by(['applicant', 'unitAdmin'], 'ownUnit', 'policy R-068') },
    quarantineAttachment: { actions: 'lockAttachmentAway', meta: by(['system'], 'anyCase', 'art. 19(2), policy requirements 8.4') },
    hold: { guard: and(['isNotHeld']), actions: 'putOnHold', meta: bureau },
    resume: { guard: and(['isHeld']), actions: 'takeOffHold', meta: bureau },
    recordFinding: { guard: and(['findingIsNew']), actions: 'addFinding', meta: by(['supervisor'], 'anyCase', 'art. 5 (supervision)') },
    resolveFinding: { guard: and(['findingIsOpen', 'findingIsOwn']), actions: 'dropFinding', meta: by(['supervisor'], 'anyCase', 'art. 5 (supervision)') },
    recordExpense: { guard: and(['expenseIsCovered', 'dayIsNotInTheFuture']), actions: 'noteExpense', meta: by(['applicant', 'unitAdmin'], 'ownUnit', 'art. 19(1), policy R-063') },
    orderRecovery: {
      guard: and(['somethingIsOutstanding', 'caseHasNoOpenRecovery', 'amountIsOutstanding', 'findingIsOpen']),
      actions: ['recoverMisuse', 'openRecovery'],
      meta: by(['bureauLeader'], 'anyCase', 'art. 19(1), policy R-063'),
    },
    noteRecovery: { guard: and(['recoveryIsKnown']), actions: 'settleRecovery', meta: by(['system'], 'anyCase', 'policy A-12') },
    terminate: { target: '#terminated', actions: ['recoverAfterTermination', 'openRecovery', 'releaseAll', 'releaseFunds'], meta: by(['bureauLeader'], 'anyCase', 'policy A-40') },
    void: { target: '#voided', actions: ['recoverAfterVoiding', 'openRecovery', 'releaseAll', 'releaseFunds'], meta: by(['bureauLeader'], 'anyCase', 'annex 2 letter, policy R-073') },
    deadlinePassed: { actions: 'remind', meta: by(['system'], 'anyCase', 'policy requirements 0.8') },
  },
});
