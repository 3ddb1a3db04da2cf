import { addYears, dayOf } from '../../shared/days.ts';
import type { Question } from '../question.ts';
import type { CaseRecovery, RecoveryCause, ScenarioContext } from './context.ts';
import { summarize } from './form.ts';
import { committedFen, outstandingFen, remainderFen } from './money.ts';
import { countersignChanges } from './countersigning.ts';
import { inspectionChanges } from './inspection.ts';
import { panelChanges } from './panel.ts';
import { trackingChanges } from './tracking.ts';

type Ask = Question<ScenarioContext>;
type Change = (ask: Ask) => Partial<ScenarioContext>;

/** What commands change in a scenario's context, by the name of the action in the charts; pure and total. */
export const scenarioChanges = {
  keepForm: ({ args, context }) => summarize(args.form, context),
  // What replaces an earlier file counts in its place.
  addAttachment: ({ args, context }) => ({
    ...(args.replaces === undefined && { parts: { ...context.parts, [args.part ?? '']: (context.parts[args.part ?? ''] ?? 0) + 1 } }),
    ...(context.quarantined?.includes(args.part ?? '') && { quarantined: context.quarantined.filter((part) => part !== args.part) }),
  }),
  lockAttachmentAway: ({ args, context }) => ({
    ...(args.counted && { parts: withoutOne(context.parts, args.part ?? '') }),
    quarantined: [...new Set([...(context.quarantined ?? []), args.part ?? ''])],
  }),
  dropAttachment: ({ args, context }) => ({ parts: withoutOne(context.parts, args.part ?? '') }),
  chooseHandler: ({ args, context, now }) => ({ handler: args.handler ?? null, marks: [], filedOn: context.filedOn ?? dayOf(now) }),
  askClass: () => ({ classDoubt: { asked: true, keptFen: null } }),
  settleClass: ({ args, context }) => ({ classDoubt: args.keep ? { asked: false, keptFen: context.localFiscalFen } : null }),
  clearMarks: () => ({ marks: [] }),
  markForCorrection: ({ args, context }) => ({ marks: (args.items ?? []).map((item) => item.pointer), returns: context.returns + 1 }),
  keepPreflight: ({ args }) => ({ duplicates: (args.duplicates ?? []).slice(0, 10), repeats: (args.repeats ?? []).slice(0, 10) }),

  ...panelChanges,
  ...countersignChanges,
  noteSelectionProposal: ({ actor }) => ({ proposal: { by: actor.person, outcome: 'select', amountFen: null } }),
  noteRejectionProposal: ({ actor }) => ({ proposal: { by: actor.person, outcome: 'reject', amountFen: null } }),
  clearProposal: () => ({ proposal: null }),
  noteLeadUnit: ({ args }) => ({ leadUnit: { unit: args.leadUnit ?? '', departments: args.departments ?? [], agreed: [], refused: [], confirmed: false } }),
  noteReply: ({ args, actor, context: { leadUnit } }) => {
    if (leadUnit === null) return {};
    const side = args.agree ? 'agreed' : 'refused';
    return { leadUnit: { ...leadUnit, [side]: [...leadUnit[side], actor.org.id] } };
  },
  settleLeadUnit: ({ context: { leadUnit } }) => ({ leadUnit: leadUnit && { ...leadUnit, confirmed: true } }),
  addObjection: ({ context }) => ({ objections: context.objections + 1 }),
  dropObjection: ({ context }) => ({ objections: context.objections - 1 }),
  noteBatch: ({ args }) => ({ batch: args.batch ?? null, listNumber: args.number ?? null }),

  ...trackingChanges,
  ...inspectionChanges,

  noteAwardProposal: ({ args, actor }) => ({ proposal: { by: actor.person, outcome: 'award', amountFen: args.amountFen ?? 0 } }),
  noteAward: ({ actor, context: { proposal } }) => ({
    award: { fen: proposal?.amountFen ?? 0, proposedBy: proposal?.by ?? '', approvedBy: actor.person },
    proposal: null,
  }),
  noteWaiver: () => ({ waived: true, proposal: null }),
  noteOrder: ({ args, actor, now }) => ({ order: { by: actor.person, fen: args.amountFen ?? 0, approvals: [], on: dayOf(now) } }),
  noteOrderApproval: ({ actor, context: { order }, now }) => ({ order: order ? { ...order, approvals: [...order.approvals, actor.person], on: dayOf(now) } : undefined }),
  dropOrder: () => ({ order: undefined }),
  noteAdvance: ({ args, context }) => ({ paid: { ...context.paid, advance: args.amountFen ?? 0 }, order: undefined }),
  noteRemainder: ({ args, context }) => ({ paid: { ...context.paid, remainder: args.amountFen ?? 0 }, order: undefined }),
  noteExpense: ({ args, context }) => ({ expensesFen: (context.expensesFen ?? 0) + (args.amountFen ?? 0) }),
  releaseSurplus: ({ context, policy }) => released(context, committedFen(context) - Math.max(0, remainderFen(context, policy))),
  releaseAll: ({ context }) => released(context, committedFen(context)),
  noteSubsidy: ({ args, context, policy }) => ({
    paid: { ...context.paid, oneOff: args.amountFen ?? 0 },
    order: undefined,
    commitmentUntil: addYears(args.paidOn ?? '', policy.commitmentYears.value),
  }),

  noteIndicators: ({ args }) => ({ indicators: args.indicators ?? [] }),
  noteActuals: ({ args }) => ({ ownResult: { year: args.year ?? 0, actuals: (args.actuals ?? []).map(({ name, actual }) => ({ name, actual })) } }),
  noteEvaluation: ({ args, now }) => ({
    evaluation: { year: args.year ?? 0, grade: args.grade ?? 'ordinary', targetMet: args.targetMet ?? true, on: dayOf(now), reportedOn: null, ...(args.judgements && { judgements: args.judgements.map(({ name, actual, met }) => ({ name, actual, met })) }) },
  }),
  noteReport: ({ args, context: { evaluation } }) => ({ evaluation: evaluation && { ...evaluation, reportedOn: args.sentOn ?? null } }),
  noteCaseText: () => ({ caseText: true }),
  enterLibrary: () => ({ inCaseLibrary: true }),
  noteCheck: ({ context }) => ({ commitmentChecks: context.commitmentChecks + 1 }),
  noteKept: () => ({ commitment: 'kept' }),
  noteBroken: () => ({ commitment: 'broken' }),

  noteChangeRequest: ({ args }) => ({ change: { pointers: (args.items ?? []).map((item) => item.pointer), granted: false } }),
  grantChange: ({ context: { change } }) => ({ change: change ? { ...change, granted: true } : null }),
  dropChange: () => ({ change: null }),

  putOnHold: () => ({ held: true }),
  takeOffHold: () => ({ held: false }),
  addFinding: ({ args, context, actor, now }) => ({
    findings: [...context.findings, args.finding ?? ''],
    findingNotes: { ...context.findingNotes, [args.finding ?? '']: { severity: args.severity ?? 'ordinary', org: actor.org.id, office: actor.org.name, on: dayOf(now) } },
  }),
  dropFinding: ({ args, context }) => ({
    findings: context.findings.filter((id) => id !== args.finding),
    findingNotes: Object.fromEntries(Object.entries(context.findingNotes ?? {}).filter(([id]) => id !== args.finding)),
  }),
  remind: ({ args, context, now }) => (isDue(context, args.leaf, now) ? { reminders: context.reminders + 1, ...(args.leaf === 'publicNotice' && { noticeOver: true }) } : {}),

  recoverAfterFailure: (ask) => recover(ask, 'acceptanceFailed', outstandingFen(ask.context)),
  recoverAfterTermination: (ask) => recover(ask, 'terminated', outstandingFen(ask.context)),
  recoverAfterVoiding: (ask) => recover(ask, 'voided', outstandingFen(ask.context)),
  recoverAfterBreach: (ask) => recover(ask, 'commitmentBroken', outstandingFen(ask.context)),
  recoverMisuse: (ask) => recover(ask, 'misuse', ask.args.amountFen ?? 0),
  recoverAfterAccounts: (ask) => (ask.context.award === null ? {} : recover(ask, 'finalAccounts', Math.min(outstandingFen(ask.context), -remainderFen(ask.context, ask.policy)))),
  recoverMissedTarget: (ask) => (ask.args.targetMet === false ? recover(ask, 'targetMissed', outstandingFen(ask.context)) : {}),
  settleRecovery: ({ args, context }) => ({ recoveries: advanced(context.recoveries, args.recovery ?? '', { recoveredFen: args.recoveredFen ?? 0, open: !(args.closed ?? false), ...(args.writtenOffFen !== undefined && { writtenOffFen: args.writtenOffFen }) }) }),
} as const satisfies Record<string, Change>;

/** The name of a change of the scenario lifecycles. */
export type ScenarioChangeName = keyof typeof scenarioChanges;

function isDue(context: ScenarioContext, leaf: string | undefined, now: string): boolean {
  return now >= (context.due[leaf ?? ''] ?? now);
}

function withoutOne(parts: ScenarioContext['parts'], part: string): ScenarioContext['parts'] {
  const { [part]: count = 0, ...others } = parts;
  return count > 1 ? { ...others, [part]: count - 1 } : others;
}

/** An award that is not paid whole any more gives its rest back to the fund. */
function released(context: ScenarioContext, fen: number): Partial<ScenarioContext> {
  return context.award === null || fen <= 0 ? {} : { releasedFen: (context.releasedFen ?? 0) + fen };
}

/** Opens a recovery; its id is made of this case's and a running number, so that opening it twice is opening it once. */
function recover({ context }: Ask, cause: RecoveryCause, fen: number): Partial<ScenarioContext> {
  if (fen <= 0) return {};
  const id = `${context.id}-R${Object.keys(context.recoveries).length + 1}`;
  return { recoveries: { ...context.recoveries, [id]: { cause, fen, recoveredFen: 0, open: true } } };
}

function advanced(recoveries: ScenarioContext['recoveries'], id: string, told: Pick<CaseRecovery, 'recoveredFen' | 'writtenOffFen' | 'open'>): { readonly [id: string]: CaseRecovery } {
  const recovery = recoveries[id];
  return recovery ? { ...recoveries, [id]: { ...recovery, ...told } } : recoveries;
}
