import { inspectionOf } from '../../machines/scenario/inspection.ts';
import { panelAtWork } from '../../machines/scenario/panel.ts';
import { inspectionChecks } from '../../shared/contracts/building-kinds.ts';
import type { ListContext } from '../../machines/list/context.ts';
import { openFen, type RecoveryContext } from '../../machines/recovery/rules.ts';
import type { ScenarioContext } from '../../machines/scenario/context.ts';
import { outstandingFen, unprovedFen } from '../../machines/scenario/money.ts';
import { missingParts } from '../../shared/contracts/attachments.ts';
import type { Actor } from '../../shared/actor.ts';
import { graphFor, type Row } from './coverage.ts';
import { pick } from './random.ts';
import { compassTo, isWaitingForLeadUnit, type Traveller } from './ways.ts';

/** Something one person could ask for now. */
export interface Choice {
  readonly actor: Actor;
  readonly command: string;
}

/** What a helm looks at: the case, where it is, what can be asked now, where it is bound, and the dice. */
export interface Course {
  readonly traveller: Traveller;
  readonly leaves: readonly string[];
  readonly choices: readonly Choice[];
  readonly row: Row;
  readonly random: () => number;
}

/** The next step towards a row; undefined when the case has to wait for the cloud, for others or for a time. */
export function steer(course: Course): Choice | undefined {
  const { traveller, leaves, row, random } = course;
  const context = contextOf(course);
  const choices = course.choices.filter(({ command }) => command === row.command || !isHeldBack(row, context, leaves, command));
  const first = (lists: readonly (() => Choice[])[]) => lists.map((list) => list()).find((list) => list.length > 0) ?? [];
  const useful = () => choices.filter(({ command }) => (command !== row.command || !leaves.includes(row.leaf)) && (work[command]?.(context) ?? false));
  if (leaves.includes(row.leaf)) {
    const stays = (command: string) => !graphFor(traveller.lifecycle).edges.some((edge) => edge.command === command && edge.from === row.leaf && edge.kind !== 'stays');
    const ripe = isRipe(row, context);
    return oneOf(first([
      () => (ripe ? choices.filter(({ command }) => command === row.command) : []),
      () => (ripe && isOfTheSystem(row.command) ? [] : choices.filter(({ command }) => (means(row, context)).includes(command))),
      () => (ripe && isOfTheSystem(row.command) ? [] : useful().filter(({ command }) => stays(command))),
    ]), random);
  }
  const compass = compassTo(traveller, row.leaf);
  const nearer = choices.filter(({ command }) => compass(leaves, command) === 'nearer');
  return oneOf(first([
    () => choices.filter(({ command }) => command === 'resume' || command === needed(row, leaves, context)),
    () => nearer.filter(({ command }) => !ends.has(command) && !back.has(command)),
    useful,
    () => nearer,
    () => choices.filter(({ command }) => command === 'sendBack' || (command === 'recordEvaluation' && context.evaluation?.grade === 'criticised')),
  ]), random);
}

/** Which way a case waits that has nothing to do: until a leaf's wait is over, for the half-year's batch, or for others. */
export function waitsFor({ traveller, leaves, row }: Pick<Course, 'traveller' | 'leaves' | 'row'>): { readonly leaf: string } | 'batch' | undefined {
  const compass = compassTo(traveller, row.leaf);
  // A notice is closed by hand where an objection has outlasted its period.
  const awaited = row.command === 'closeNotice' ? 'deadlinePassed' : row.command;
  const leads = (leaf: string, command: string) => (leaf === row.leaf ? awaited === command : compass([leaf], command) === 'nearer');
  if (leaves.some((leaf) => leads(leaf, 'publish'))) return 'batch';
  const leaf = leaves.find((each) => leads(each, 'deadlinePassed'));
  return leaf === undefined ? undefined : { leaf };
}

/** Commands that end a case or close ways for good: taken for their own sake, or where nothing else leads on. */
export const ends: ReadonlySet<string> = new Set(['withdraw', 'terminate', 'void', 'decline', 'rejectFiling', 'proposeRejection', 'cancelBatch', 'waiveAward', 'deferAdvance', 'closeWithoutCase', 'failAcceptance', 'recordBreach', 'releaseCommitment', 'hold', 'proposeDrop', 'proposeWriteOff', 'cancelList', 'refuseDemand']);

/** Commands that lead back to where another try begins: never the way on while there is another. */
export const back: ReadonlySet<string> = new Set(['returnAward', 'sendBack', 'returnCase', 'returnForCorrection', 'rejectWriteOff', 'reopenReview', 'unsealList', 'returnDemand', 'reportDefects', 'returnAcceptance']);

/** What has to be done before a command is possible, where the chart's ways do not show it; by `command` or by `command → to`. */
export const before: Readonly<Record<string, readonly string[]>> = {
  approveSelection: ['proposeLeadUnit', 'replyOnLeadUnit', 'confirmLeadUnit', 'sendBack'],
  approveRejection: ['sendBack'],
  acceptCase: ['recordEvaluation'],
  approveDrop: ['sendBack'],
  approveRecovery: ['sendBack'],
  confirmLeadUnit: ['proposeLeadUnit', 'replyOnLeadUnit'],
  replyOnLeadUnit: ['proposeLeadUnit'],
  dismissExpert: ['assignExperts'],
  recuse: ['assignExperts'],
  submitSheet: ['declareNoConflict', 'assignExperts'],
  declareNoConflict: ['assignExperts'],
  giveOpinion: ['declareNoConflict', 'assignExperts'],
  returnAcceptance: ['orderRectification', 'reportRectified'],
  passAcceptance: ['recordInspection', 'giveOpinion', 'declareNoConflict', 'assignExperts', 'resolveFinding'],
  countersign: ['askCountersigns'],
  transferCountersign: ['askCountersigns'],
  addCountersigner: ['askCountersigns'],
  withdrawCountersign: ['countersign', 'askCountersigns'],
  recallCountersigns: ['askCountersigns'],
  askCountersigns: ['recallCountersigns'],
  resolveObjection: ['fileObjection'],
  reopenReview: ['fileObjection'],
  'deadlinePassed → publicNotice': ['fileObjection'],
  'deadlinePassed → awaitingBatch': ['resolveObjection'],
  approveChange: ['requestChange'],
  refuseChange: ['requestChange'],
  amendForm: ['approveChange', 'requestChange'],
  requestChange: ['amendForm'],
  resume: ['hold'],
  resolveFinding: ['recordFinding'],
  removeAttachment: ['confirmAttachment'],
  completeMilestone: ['planMilestones'],
  askFundingClass: ['saveForm'],
  decideFundingClass: ['saveForm'],
  noteRecovery: ['orderRecovery'],
  approvePayment: ['orderPayment'],
  returnPayment: ['orderPayment'],
  confirmPayment: ['orderPayment', 'approvePayment'],
  orderPayment: ['returnPayment'],
  approveInstalments: ['proposeInstalments'],
  rejectInstalments: ['proposeInstalments'],
  approveOffset: ['proposeOffset'],
  rejectOffset: ['proposeOffset'],
  reportActuals: ['stateIndicators'],
  releaseCommitment: ['waiveAward', 'returnAward'],
  signOff: ['checkList'],
  sealList: ['proposeRows', 'assignRow'],
  editRow: ['proposeRows'],
  removeRow: ['proposeRows'],
  assignRow: ['proposeRows'],
  orderRows: ['proposeRows'],
  releaseData: ['signAsUser', 'signAsProvider'],
  reportDelivered: ['recordDelivery'],
  approveAdjustment: ['proposeAdjustment'],
  rejectAdjustment: ['proposeAdjustment'],
};

function means(row: Row, context: ScenarioContext): readonly string[] {
  if (row.command === 'closeNotice') return context.objections === 0 ? ['fileObjection'] : context.noticeOver ? ['resolveObjection'] : [];
  return before[`${row.command} → ${row.to}`] ?? before[row.command] ?? [];
}

/** What is done in passing because nothing goes on without it. */
export const work: Readonly<Record<string, (context: ScenarioContext) => boolean>> = {
  saveForm: ({ gaps, classDoubt }) => gaps > 0 || classDoubt?.asked !== true,
  askFundingClass: () => true,
  decideFundingClass: () => true,
  confirmAttachment: ({ funding, handler, unit, parts, marks }) => funding === 'socialInvestment' && missingParts(unit.kind, Object.keys(parts)).some((part) => handler === null || marks.includes(`/attachments/${part}`)),
  assignExperts: (context) => Math.max(panelAtWork(context).experts.length, panelAtWork(context).answered.length) < 3,
  declareNoConflict: () => true,
  submitSheet: () => true,
  giveOpinion: () => true,
  recordInspection: (context) => inspectionChecks.some((check) => [undefined, 'unmet'].includes(inspectionOf(context).checks[check]?.result)),
  // Experts who are against it do not change their minds; the next round has new opinions.
  orderRectification: (context) => isVotedDown(context),
  countersign: () => true,
  proposeLeadUnit: ({ leadUnit }) => leadUnit === null || leadUnit.refused.length > 0,
  replyOnLeadUnit: () => true,
  confirmLeadUnit: () => true,
  resolveObjection: () => true,
  completeMilestone: () => true,
  proposeAward: () => true,
  approveAward: () => true,
  orderPayment: () => true,
  approvePayment: () => true,
  confirmPayment: () => true,
  recordProjectApproval: () => true,
  resolveFinding: ({ findings }) => findings.length > 0,
  amendForm: () => true,
  checkList: () => true,
  proposeRows: (context) => (context as unknown as ListContext).rows.length === 0,
  assignRow: (context) => (context as unknown as ListContext).rows.some(({ unit }) => unit === null),
  signAsUser: () => true,
  signAsProvider: () => true,
  recordDelivery: () => true,
  recordRepayment: (context) => openFen(context as unknown as RecoveryContext) > 0,
};

/** Whether as many experts as a panel needs have answered and too few of them let the acceptance pass. */
function isVotedDown(context: ScenarioContext): boolean {
  const verdicts = Object.values(inspectionOf(context).opinions);
  return verdicts.length >= 3 && verdicts.filter((verdict) => verdict === 'pass').length * 2 <= verdicts.length;
}

/** Whether the command would lead where the row does, or, for the system's own, whether time alone brings it. */
function isRipe({ command, to }: Row, context: ScenarioContext): boolean {
  switch (command) {
    case 'approveSelection':
      return isWaitingForLeadUnit(context) === (to === 'leadUnit.confirming');
    case 'noteRecovery':
      return false;
    case 'deadlinePassed':
      if (to === 'support.commitment.kept') return context.commitmentUntil !== null;
      return to === 'publicNotice' ? context.objections > 0 : to === 'awaitingBatch' ? context.objections === 0 : true;
    default:
      return true;
  }
}

/** Proposals that a row's approval does not fit. */
const opposed: ReadonlyMap<string, string> = new Map([['proposeSelection', 'approveRejection'], ['proposeRecovery', 'approveDrop']]);

function isHeldBack(row: Row, context: ScenarioContext, leaves: readonly string[], command: string): boolean {
  if (command === 'confirmLeadUnit') return row.leaf.startsWith('leadUnit.') || row.to === 'leadUnit.confirming';
  if (command === 'waiveAward') return ['orderRecovery', 'noteRecovery', 'recordExpense'].includes(row.command) || row.to === 'support.commitment.kept' || row.leaf === 'settlement.remainderPayable';
  if (command === 'proposeAward' || command === 'approveAward') return row.command === 'releaseCommitment';
  if (command === 'orderPayment') return isOfTheDeferred(row);
  if (command === 'resolveObjection') return row.command === 'closeNotice' && !context.noticeOver;
  if (opposed.has(command)) return row.command === opposed.get(command);
  if (command === 'recordRepayment') return row.leaf === 'writingOff' || row.command === 'proposeWriteOff';
  if (row.to === 'support.commitment.kept') return command === 'recordBreach';
  if (row.leaf !== 'archiving') return false;
  if (command === 'recordBreach') return row.command === 'orderRecovery';
  return (command === 'acceptCase' || command === 'closeWithoutCase') && !(leaves.length === 1 && isReadyForArchive(row, context));
}

/** Whether a row is taken by those alone who put their advance off. */
export function isOfTheDeferred({ command, to }: Row): boolean {
  return command === 'deferAdvance' || (command === 'passAcceptance' && to === 'settlement.advancePayable');
}

/** The archive is sealed within moments: what a row needs there has to be at hand before. */
function isReadyForArchive({ command }: Row, context: ScenarioContext): boolean {
  const open = Object.values(context.recoveries).some((each) => each.open);
  if (command === 'orderRecovery') return !open && outstandingFen(context) > 0;
  if (command === 'noteRecovery') return open;
  return command !== 'recordExpense' || unprovedFen(context) > 0;
}

/** What a row in the archive needs done shortly before. */
function needed({ leaf, command }: Row, leaves: readonly string[], { recoveries }: ScenarioContext): string | undefined {
  if (leaf !== 'archiving' || !leaves.some((each) => /(^|\.)promotion\./.test(each))) return undefined;
  return command === 'noteRecovery' && !Object.values(recoveries).some(({ open }) => open) ? 'orderRecovery' : undefined;
}

function isOfTheSystem(command: string): boolean {
  return command === 'deadlinePassed' || command === 'publish' || command.startsWith('finish');
}

function contextOf({ traveller }: Course): ScenarioContext {
  return traveller.context as unknown as ScenarioContext;
}

function oneOf(choices: readonly Choice[], random: () => number): Choice | undefined {
  return choices.length === 0 ? undefined : pick(choices, random);
}
