import type { ArgsOf, CommandType } from '../shared/contracts/commands.ts';

/** One command: the past-tense name of its event, whether it stays possible while the case is on hold or after its end, whether only the system sends it, and whether it is `quiet`: it keeps what somebody works on and deals with nothing (no 已办). */
export interface CommandRow {
  readonly event: string;
  readonly quiet?: true;
  readonly whileHeld?: true;
  readonly afterEnd?: true;
  readonly system?: true;
}

/** Every command of every lifecycle; its arguments are in `commandArgs`, its Chinese words in `labels.zh.ts`, who may send it on the transitions. */
export const commands = {
  saveForm: { event: 'formSaved', quiet: true },
  confirmAttachment: { event: 'attachmentConfirmed', quiet: true },
  removeAttachment: { event: 'attachmentRemoved', quiet: true },
  quarantineAttachment: { event: 'attachmentQuarantined', system: true, whileHeld: true, afterEnd: true },
  submit: { event: 'submitted' },
  resubmit: { event: 'resubmitted' },
  askFundingClass: { event: 'fundingClassAsked' },
  decideFundingClass: { event: 'fundingClassDecided' },
  returnForCorrection: { event: 'returnedForCorrection' },
  aggregate: { event: 'aggregated' },
  endorse: { event: 'endorsed' },
  decline: { event: 'declined' },
  submitToBureau: { event: 'submittedToBureau' },
  finishPreflight: { event: 'preflightFinished', system: true, whileHeld: true },
  passFormalCheck: { event: 'formalCheckPassed' },
  rejectFiling: { event: 'filingRejected' },
  assignExperts: { event: 'expertsAssigned' },
  dismissExpert: { event: 'expertDismissed' },
  declareNoConflict: { event: 'noConflictDeclared' },
  recuse: { event: 'expertRecused' },
  submitSheet: { event: 'sheetSubmitted' },
  closeReview: { event: 'reviewClosed' },
  proposeSelection: { event: 'selectionProposed' },
  proposeRejection: { event: 'rejectionProposed' },
  approveSelection: { event: 'selectionApproved' },
  approveRejection: { event: 'rejectionApproved' },
  sendBack: { event: 'sentBack' },
  proposeLeadUnit: { event: 'leadUnitProposed' },
  replyOnLeadUnit: { event: 'leadUnitReplied' },
  confirmLeadUnit: { event: 'leadUnitConfirmed' },
  fileObjection: { event: 'objectionFiled' },
  resolveObjection: { event: 'objectionResolved' },
  reopenReview: { event: 'reviewReopened' },
  closeNotice: { event: 'noticeClosed' },
  publish: { event: 'published', system: true },
  recordProjectApproval: { event: 'projectApproved' },
  planMilestones: { event: 'milestonesPlanned' },
  completeMilestone: { event: 'milestoneCompleted' },
  fileStageReport: { event: 'stageReportFiled' },
  reportCompletion: { event: 'completionReported' },
  proposeAward: { event: 'awardProposed' },
  approveAward: { event: 'awardApproved' },
  returnAward: { event: 'awardReturned' },
  waiveAward: { event: 'awardWaived' },
  orderPayment: { event: 'paymentOrdered' },
  approvePayment: { event: 'paymentApproved' },
  returnPayment: { event: 'paymentReturned' },
  confirmPayment: { event: 'paymentConfirmed' },
  recordExpense: { event: 'expenseRecorded' },
  registerIrs: { event: 'irsRegistered' },
  passAcceptance: { event: 'acceptancePassed' },
  orderRectification: { event: 'rectificationOrdered' },
  reportRectified: { event: 'rectificationReported' },
  failAcceptance: { event: 'acceptanceFailed' },
  recordEvaluation: { event: 'evaluated' },
  reportToGovernment: { event: 'evaluationReported' },
  submitCaseText: { event: 'caseTextSubmitted' },
  acceptCase: { event: 'caseAccepted' },
  returnCase: { event: 'caseReturned' },
  closeWithoutCase: { event: 'closedWithoutCase' },
  finishArchive: { event: 'caseArchived', system: true, whileHeld: true },
  recordCommitmentCheck: { event: 'commitmentChecked' },
  recordBreach: { event: 'commitmentBroken' },
  releaseCommitment: { event: 'commitmentReleased' },
  requestChange: { event: 'changeRequested' },
  approveChange: { event: 'changeApproved' },
  refuseChange: { event: 'changeRefused' },
  amendForm: { event: 'formAmended' },
  withdraw: { event: 'withdrawn', whileHeld: true },
  terminate: { event: 'terminated', whileHeld: true },
  void: { event: 'voided', whileHeld: true, afterEnd: true },
  hold: { event: 'held', whileHeld: true },
  resume: { event: 'resumed', whileHeld: true },
  recordFinding: { event: 'findingRecorded', whileHeld: true },
  resolveFinding: { event: 'findingResolved', whileHeld: true },
  orderRecovery: { event: 'recoveryOrdered', whileHeld: true, afterEnd: true },
  noteRecovery: { event: 'recoveryNoted', system: true, whileHeld: true, afterEnd: true },
  deadlinePassed: { event: 'deadlinePassed', system: true, whileHeld: true },
  proposeRows: { event: 'rowsProposed' },
  editRow: { event: 'rowEdited' },
  removeRow: { event: 'rowRemoved' },
  assignRow: { event: 'rowAssigned' },
  orderRows: { event: 'rowsOrdered' },
  sealList: { event: 'listSealed' },
  unsealList: { event: 'sealBroken' },
  cancelList: { event: 'listCancelled' },
  acceptList: { event: 'listAccepted' },
  finishOpening: { event: 'scenariosOpened', system: true },
  finishFreeze: { event: 'listFrozen', system: true },
  checkList: { event: 'listChecked' },
  signOff: { event: 'signedOff' },
  refreeze: { event: 'refreezeOrdered' },
  cancelBatch: { event: 'batchCancelled' },
  finishPublication: { event: 'batchPublished', system: true },
  requestFunds: { event: 'fundsRequested', system: true },
  returnFunds: { event: 'fundsReturned', system: true, afterEnd: true },
  proposeAdjustment: { event: 'adjustmentProposed' },
  approveAdjustment: { event: 'adjustmentApproved' },
  rejectAdjustment: { event: 'adjustmentRejected' },
  closeFund: { event: 'fundClosed' },
  issueNotice: { event: 'noticeIssued' },
  fileStatement: { event: 'statementFiled' },
  proposeRecovery: { event: 'recoveryProposed' },
  proposeDrop: { event: 'dropProposed' },
  approveRecovery: { event: 'recoveryApproved' },
  approveDrop: { event: 'dropApproved' },
  issueDemand: { event: 'demandIssued' },
  recordRepayment: { event: 'repaymentRecorded' },
  confirmRecovered: { event: 'recoveryConfirmed' },
  proposeWriteOff: { event: 'writeOffProposed' },
  approveWriteOff: { event: 'writeOffApproved' },
  rejectWriteOff: { event: 'writeOffRejected' },
  acceptDemand: { event: 'demandAccepted' },
  returnDemand: { event: 'demandReturned' },
  transferDemand: { event: 'demandTransferred' },
  refuseDemand: { event: 'demandRefused' },
  resubmitDemand: { event: 'demandResubmitted' },
  offerData: { event: 'dataOffered' },
  raiseDifficulty: { event: 'difficultyRaised' },
  callMeeting: { event: 'meetingCalled' },
  recordMeeting: { event: 'meetingRecorded' },
  signAsUser: { event: 'signedAsUser' },
  signAsProvider: { event: 'signedAsProvider' },
  releaseData: { event: 'dataReleased' },
  recordDelivery: { event: 'deliveryRecorded' },
  recordProgress: { event: 'progressRecorded' },
  reportDelivered: { event: 'deliveryReported' },
  confirmUsable: { event: 'dataConfirmed' },
  reportDefects: { event: 'defectsReported' },
} as const satisfies Record<CommandType, CommandRow>;

/** Whether a text names a command; `xstate.*` and inherited names do not. */
export function isCommand(type: string): type is CommandType {
  return Object.hasOwn(commands, type);
}

/** The row of a command with its optional flags. */
export function commandRow(type: CommandType): CommandRow {
  return commands[type];
}

type Union = { [K in CommandType]: ArgsOf<K> }[CommandType];
// A command without arguments infers as a record of nothing, which has no keys to offer.
type KeyIn<T> = T extends unknown ? (string extends keyof T ? never : keyof T) : never;
type ValueIn<T, K extends PropertyKey> = T extends unknown ? (string extends keyof T ? never : K extends keyof T ? T[K] : never) : never;

/** The arguments of any command seen at once: every member optional, because a rule shared by commands reads only what it knows. */
export type AnyArgs = { readonly [K in KeyIn<Union>]?: ValueIn<Union, K> | undefined };
