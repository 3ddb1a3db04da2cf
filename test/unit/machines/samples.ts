import type { CommandType } from '../../../shared/contracts/commands.ts';
import type { ScenarioContext } from '../../../machines/scenario/context.ts';
import { panelAtWork } from '../../../machines/scenario/panel.ts';
import { advanceFen, caseCeiling, outstandingFen, remainderFen, unprovedFen } from '../../../machines/scenario/money.ts';
import type { ListContext } from '../../../machines/list/context.ts';
import { governmentFormFixture } from '../../fixtures/forms.ts';
import { openFen, type RecoveryContext } from '../../../machines/recovery/rules.ts';
import type { DemandContext } from '../../../machines/demand/rules.ts';
import { policyOf } from '../../../shared/policy.ts';
import { policy } from './story.ts';

const digest = 'c'.repeat(64);
const reason = { reason: '情况属实' };
const pack = policyOf(policy);

/** What a sample may look at: the case, the leaves it is in, its form. */
export interface Situation {
  readonly context: ScenarioContext & RecoveryContext & ListContext & Pick<DemandContext, 'promises'>;
  readonly leaves: readonly string[];
  readonly form: unknown;
}

type Sample = (situation: Situation) => Record<string, unknown>;

/** One sensible set of arguments for every command: right for the case where the case decides what is right. */
export const samples: Readonly<Record<CommandType, Sample>> = {
  saveForm: ({ form }) => ({ form }),
  confirmAttachment: ({ context }) => ({ attachment: 'A1', part: context.marks?.[0]?.startsWith('/attachments/') ? context.marks[0].slice(13) : 'projectApproval', name: 'a.pdf', size: 1, sha256: digest, sm3: digest }),
  quarantineAttachment: () => ({ attachment: 'A1', part: 'projectApproval', name: 'a.pdf', signature: 'Eicar-Test-Signature', counted: false }),
  removeAttachment: () => ({ attachment: 'A1', part: 'projectApproval' }),
  submit: ({ context }) => ({ handler: context.unit.division === '450100' ? 'nanning-data' : 'gx-industry' }),
  resubmit: () => ({}),
  askFundingClass: () => reason,
  decideFundingClass: () => ({ keep: true, ...reason }),
  returnForCorrection: () => ({ ...reason, items: [{ pointer: '/system/name', reason: '名称过长' }] }),
  aggregate: () => ({ opinion: '同意', sealed: true }),
  endorse: () => ({ opinion: '同意', sealed: true }),
  decline: () => reason,
  submitToBureau: () => ({}),
  finishPreflight: () => ({ gaps: 0, duplicates: [], similar: [] }),
  passFormalCheck: () => ({}),
  rejectFiling: () => reason,
  askCountersigns: () => ({ mode: 'all', signers: ['he-ping'], ...reason }),
  countersign: () => ({ opinion: '同意' }),
  transferCountersign: () => ({ to: 'liang-shan', ...reason }),
  addCountersigner: () => ({ signer: 'liang-shan', place: 'after', ...reason }),
  withdrawCountersign: () => reason,
  recallCountersigns: () => reason,
  assignExperts: ({ context }) => ({ experts: ['expert-chen', 'expert-zhou', 'expert-wu', 'expert-lin', 'expert-xie'].filter((id) => !panelAtWork(context).experts.includes(id) && !panelAtWork(context).recused.includes(id)).slice(0, 4) }),
  dismissExpert: ({ context }) => ({ expert: panelAtWork(context).experts.find((id) => !panelAtWork(context).answered.includes(id)) ?? 'nobody', ...reason }),
  declareNoConflict: () => ({ conflictFree: true }),
  recuse: () => reason,
  submitSheet: () => ({ scores: { majorTask: 90, innovation: 80, expectedTarget: 70, economicBenefit: 85, socialBenefit: 95 }, comment: '可行', conflictFree: true }),
  closeReview: () => ({}),
  proposeSelection: () => reason,
  proposeRejection: () => reason,
  approveSelection: () => ({}),
  approveRejection: () => ({}),
  sendBack: () => reason,
  proposeLeadUnit: () => ({ leadUnit: 'gx-market', departments: ['gx-market', 'gx-industry'] }),
  replyOnLeadUnit: () => ({ agree: true, comment: '同意' }),
  confirmLeadUnit: () => ({ record: '确认' }),
  fileObjection: () => ({ objector: '某人', phone: '0771-1', ...reason }),
  resolveObjection: () => ({ finding: '不成立' }),
  reopenReview: () => reason,
  closeNotice: () => ({}),
  publish: () => ({ batch: '2025-H1', batchCase: 'B-2025-H1', number: '1' }),
  recordProjectApproval: () => ({ approvalNo: '12', approvedOn: '2025-03-01', totalInvestmentFen: 1_200_000_000 }),
  planMilestones: ({ context }) => ({ milestones: [...context.milestones.filter((each) => each.doneOn !== null).map(({ name, dueOn }) => ({ name, dueOn })), { name: `里程碑${context.milestones.length + 1}`, dueOn: '2025-09-01' }] }),
  completeMilestone: ({ context }) => ({ name: context.milestones.find((each) => each.doneOn === null)?.name ?? '无', completedOn: '2025-03-10' }),
  fileStageReport: () => ({ period: '2025年一季度', progress: '按计划', percent: 50, costFen: 1 }),
  reportCompletion: () => ({ completedOn: '2025-03-10', effect: '好' }),
  proposeAward: ({ context }) => ({ amountFen: caseCeiling(context, pack).ceilingFen, ...reason }),
  approveAward: () => ({}),
  returnAward: () => reason,
  waiveAward: () => reason,
  orderPayment: ({ context, leaves }) => ({ amountFen: amountDue(context, leaves), payee: '某单位', bank: '某银行', account: '12345678' }),
  approvePayment: () => ({}),
  returnPayment: () => reason,
  deferAdvance: () => reason,
  recordExpense: ({ context }) => ({ amountFen: unprovedFen(context), spentOn: '2025-03-04', purpose: '设备采购', voucherNo: 'E' }),
  requestFunds: () => ({ scenario: 'S-1', line: 'reward', amountFen: 100 }),
  returnFunds: () => ({ scenario: 'S-1', line: 'reward', amountFen: 50, because: 'repaid' }),
  proposeAdjustment: () => ({ line: 'reward', direction: 'increase', amountFen: 100, documentNo: '1', ...reason }),
  approveAdjustment: () => ({}),
  rejectAdjustment: () => reason,
  closeFund: () => reason,
  confirmPayment: ({ context, leaves }) => ({ amountFen: amountDue(context, leaves), paidOn: '2025-03-10', voucherNo: 'V', fundSource: '统筹' }),
  registerIrs: () => ({ appCode: 'A', registeredOn: '2025-03-04', reason: '不使用' }),
  declareTechnologies: () => ({ technologies: [{ name: '数据库', technologyKind: 'basicSoftware', reason: '在用' }] }),
  applyForAcceptance: () => ({ achieved: '已完成', absent: ['projectApproval', 'completionReport', 'finalAccounts'].map((part) => ({ part, reason: '随后补交' })) }),
  returnAcceptance: () => ({ ...reason, lacking: ['补充决算'] }),
  recordInspection: ({ context }) => ({ check: ['documents', 'demonstration', 'siteVisit'].find((check) => (context.acceptance?.checks as Record<string, unknown> | undefined)?.[check] === undefined) ?? 'documents', result: 'met', checkedOn: '2025-03-10', remark: '符合' }),
  giveOpinion: () => ({ verdict: 'pass', comment: '同意', signed: true }),
  passAcceptance: () => ({ conclusion: '合格', inspectedOn: '2025-03-10', finalAccountsFen: 1_100_000_000 }),
  orderRectification: () => ({ ...reason, demands: ['整改'] }),
  reportRectified: () => ({ report: '已整改' }),
  failAcceptance: () => reason,
  stateIndicators: () => ({ indicators: [{ name: '办件量', measure: '万件', goal: 'atLeast', target: '10', dueOn: '2026-12-31' }] }),
  reportActuals: ({ context }) => ({ year: (context.evaluation?.year ?? 2024) + 1, actuals: (context.indicators ?? []).map(({ name, target }) => ({ name, actual: target, evidence: '系统截图' })) }),
  recordEvaluation: ({ context }) => ({ year: (context.evaluation?.year ?? 2024) + 1, grade: 'ordinary', targetMet: true, summary: '一般', ...(context.indicators && { judgements: context.indicators.map(({ name, target }) => ({ name, actual: target, met: true })) }) }),
  reportToGovernment: () => ({ documentNo: '1', sentOn: '2025-03-10' }),
  submitCaseText: () => ({ title: '案例', background: '内容', practice: '以数据贯通业务。', effect: '办理时间缩短30%。', experience: '先统一标准，再推广。' }),
  acceptCase: () => ({}),
  returnCase: () => reason,
  closeWithoutCase: () => reason,
  finishArchive: () => ({ key: 'k', sha256: digest }),
  recordCommitmentCheck: () => ({ kept: true, note: '在', proofs: [{ proof: 'registrationExtract', reference: '登记机关摘录' }] }),
  recordBreach: () => ({ ...reason, foundOn: '2025-03-10' }),
  releaseCommitment: () => reason,
  requestChange: () => ({ ...reason, items: [{ pointer: '/system/contact', reason: '联系人变更' }] }),
  approveChange: () => ({}),
  refuseChange: () => reason,
  amendForm: ({ form }) => ({ form }),
  withdraw: () => reason,
  terminate: () => reason,
  void: () => reason,
  hold: () => reason,
  resume: () => reason,
  recordFinding: ({ context }) => ({ finding: `F${context.findings.length + 1}`, severity: 'ordinary', ...reason }),
  resolveFinding: ({ context }) => ({ finding: context.findings[0] ?? 'none', ...reason }),
  orderRecovery: ({ context }) => ({ amountFen: outstandingFen(context), ...reason }),
  noteRecovery: ({ context }) => ({ recovery: Object.keys(context.recoveries).at(-1) ?? 'none', recoveredFen: Object.values(context.recoveries).at(-1)?.fen ?? 0, closed: true }),
  deadlinePassed: ({ leaves }) => ({ leaf: leaves.at(-1) ?? '' }),
  proposeRows: ({ context }) => ({ rows: [listRowNamed(`场景${context.proposed + 1}`)], unit: 'nanning-logistics' }),
  editRow: ({ context }) => ({ row: context.rows[0]?.id ?? 'r1', content: listRowNamed(context.rows[0]?.name ?? '场景') }),
  removeRow: ({ context }) => ({ row: context.rows[0]?.id ?? 'r1', ...reason }),
  assignRow: ({ context }) => ({ row: context.rows[0]?.id ?? 'r1', unit: 'nanning-logistics' }),
  orderRows: ({ context }) => ({ order: context.rows.map(({ id }) => id).toReversed() }),
  sealList: () => ({ opinion: '同意报送', sealed: true, listSha256: digest, listSm3: digest }),
  unsealList: () => reason,
  cancelList: () => reason,
  acceptList: () => ({}),
  finishOpening: ({ context }) => ({ opened: context.rows.length }),
  finishFreeze: () => ({ count: 2, number: '2025-1', listKey: 'batches/B/frozen.json', listSha256: digest }),
  checkList: () => ({ listSha256: digest }),
  signOff: () => ({ documentNo: '桂数发1号', listSha256: digest }),
  refreeze: () => reason,
  cancelBatch: () => reason,
  finishPublication: () => ({ published: 2, refused: 0 }),
  issueNotice: () => ({ documentNo: '1', ...reason }),
  fileStatement: () => ({ statement: '陈述' }),
  proposeRecovery: ({ context }) => ({ amountFen: context.amountFen, ...reason }),
  proposeDrop: () => reason,
  approveRecovery: () => ({ documentNo: '1' }),
  approveDrop: () => ({}),
  issueDemand: () => ({ documentNo: '1', dueOn: '2025-05-01' }),
  recordRepayment: ({ context }) => ({ amountFen: openFen(context), receiptNo: 'R', paidOn: '2025-03-10' }),
  proposeInstalments: ({ context }) => ({ instalments: [{ dueOn: '2026-01-31', amountFen: openFen(context) }], ...reason }),
  approveInstalments: () => ({}),
  rejectInstalments: () => reason,
  proposeOffset: ({ context }) => ({ amountFen: openFen(context), against: '转移支付', documentNo: '桂财抵〔2026〕1号', ...reason }),
  approveOffset: () => ({}),
  rejectOffset: () => reason,
  confirmRecovered: () => ({}),
  proposeWriteOff: () => reason,
  approveWriteOff: () => ({}),
  rejectWriteOff: () => reason,
  acceptDemand: () => ({ provider: 'gx-market' }),
  returnDemand: () => reason,
  transferDemand: ({ context }) => ({ handler: context.handler === 'gx-info-center' ? 'nanning-data' : 'gx-info-center', ...reason }),
  refuseDemand: () => reason,
  resubmitDemand: () => ({ dataTypes: ['市场主体登记'], scope: '全区', purpose: '核验' }),
  offerData: () => ({ plan: '接口', promises: [{ name: '接口', dueOn: '2025-04-30' }] }),
  raiseDifficulty: () => reason,
  callMeeting: () => reason,
  recordMeeting: () => ({ heldOn: '2025-03-10', participants: ['双方'], minutes: '商定', promises: [{ name: '接口', dueOn: '2025-04-30' }] }),
  signAsUser: () => ({ responsible: '某人', undertaken: true }),
  signAsProvider: () => ({ responsible: '某人', undertaken: true }),
  releaseData: () => ({}),
  recordDelivery: ({ context }) => ({ name: context.promises.find(({ doneOn }) => doneOn === null)?.name ?? '无', deliveredOn: '2025-03-10' }),
  recordProgress: () => ({ note: '已催办' }),
  reportDelivered: () => ({}),
  confirmUsable: () => ({ accuracy: 5, completeness: 4, timeliness: 5, comment: '可用' }),
  reportDefects: () => ({ ...reason, items: [{ pointer: '/promises/接口', reason: '缺字段' }], dueOn: '2025-05-30' }),
};

function amountDue(context: ScenarioContext, leaves: readonly string[]): number {
  if (context.funding === 'socialInvestment') return context.award?.fen ?? 0;
  return leaves.some((leaf) => leaf.endsWith('remainderPayable')) ? remainderFen(context, pack) : advanceFen(context, pack);
}

/** A row of a list: the regulation's example under another name. */
export function listRowNamed(applicationName: string): Record<string, unknown> {
  const { seqNo: _seqNo, ...content } = governmentFormFixture().annex1;
  return { ...content, applicationName };
}
