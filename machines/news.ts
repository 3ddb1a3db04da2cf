/** What the unit is told when others do it to its case; what opens a to-do for the unit is told by the to-do. */
export const outcomes: readonly string[] = [
  'aggregate', 'endorse', 'decline', 'submitToBureau', 'passFormalCheck', 'rejectFiling', 'approveSelection', 'approveRejection', 'confirmLeadUnit', 'publish',
  'approveAward', 'waiveAward', 'deferAdvance', 'confirmPayment', 'passAcceptance', 'failAcceptance', 'recordEvaluation', 'acceptCase', 'refuseChange', 'terminate', 'void', 'hold', 'resume',
  'recordFinding', 'resolveFinding', 'orderRecovery', 'recordBreach', 'releaseCommitment', 'issueNotice', 'issueDemand', 'confirmRecovered', 'approveInstalments', 'approveOffset', 'approveDrop', 'approveWriteOff',
];

/** What may raise an early warning of a construction. */
export const warned: readonly string[] = ['planMilestones', 'completeMilestone', 'fileStageReport'];

/** Whether an event may be news for a desk though it opens no to-do: for the unit by its outcome, for the Bureau by a warning. */
export function isNews(command: string): boolean {
  return outcomes.includes(command) || warned.includes(command);
}
