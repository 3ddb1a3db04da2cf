import type { Json } from '../../machines/decision.ts';
import { addDays, dayOf } from '../../shared/days.ts';
import type { CommandType } from '../../shared/contracts/commands.ts';
import { policyOf } from '../../shared/policy.ts';
import { inspectionChecks } from '../../shared/contracts/building-kinds.ts';
import { inspectionOf } from '../../machines/scenario/inspection.ts';
import { panelAtWork } from '../../machines/scenario/panel.ts';
import { advanceFen, basisOf, caseCeiling, outstandingFen, remainderFen, unprovedFen } from '../../machines/scenario/money.ts';
import type { ScenarioContext } from '../../machines/scenario/context.ts';
import type { ListContext } from '../../machines/list/context.ts';
import { governmentFormFixture } from '../fixtures/forms.ts';
import { openPromises, type DemandContext } from '../../machines/demand/rules.ts';
import { openFen, type RecoveryContext } from '../../machines/recovery/rules.ts';
import { pick } from './random.ts';

/** What a sample is made for: the case's context, the cloud's time, the policy, and the walk's dice. `world` names who can be asked. */
export interface Occasion {
  readonly context: { readonly [key: string]: Json };
  readonly now: string;
  readonly policy: string;
  readonly random: () => number;
  /** Who asks, where somebody does. */
  readonly actor?: string;
  readonly world: World;
}

/** The people and organisations a sample may name, and the forms it may file. */
export interface World {
  readonly expertsFor: (context: ScenarioContext, today: string) => readonly string[];
  readonly bureau: readonly string[];
  readonly departments: readonly string[];
  readonly orgOf: (person: string) => string;
  readonly handlerFor: (context: ScenarioContext) => string;
  readonly formFor: (context: ScenarioContext, random: () => number) => Json;
  readonly formAs: (context: ScenarioContext) => Json;
}

type Args = { readonly [key: string]: Json };
type Sample = (occasion: Occasion) => Args;

const scenarioOf = ({ context }: Occasion) => context as unknown as ScenarioContext;
const recoveryOf = ({ context }: Occasion) => context as unknown as RecoveryContext;
const listOf = ({ context }: Occasion) => context as unknown as ListContext;
const today = ({ now }: Occasion) => dayOf(now);
const number = ({ random }: Occasion) => `GX-${Math.floor(random() * 1e9)}`;
const because: Sample = () => ({ reason: '随机走查：按程序办理' });
const nothing: Sample = () => ({});
const score = ({ random }: Occasion) => 55 + Math.floor(random() * 45);

/** Arguments a person could give for each command that a person can send; chosen so that most are accepted and some are refused. */
export const sampleArgs: Partial<Record<CommandType, Sample>> = {
  // Goes through an upload and is confirmed by the server; see the walker.
  confirmAttachment: nothing,
  // Needs to know which attachment; see the walker.
  removeAttachment: nothing,
  saveForm: (occasion) => ({ form: occasion.world.formFor(scenarioOf(occasion), occasion.random) }),
  submit: (occasion) => ({ handler: occasion.world.handlerFor(scenarioOf(occasion)) }),
  resubmit: nothing,
  askFundingClass: because,
  decideFundingClass: ({ random }) => ({ keep: random() < 0.8, reason: '资金来源混合，经核查予以认定' }),
  returnForCorrection: (occasion) => ({ reason: '请补正', items: pick([['/system'], ['/attachments/auditReport'], ['/system', '/attachments/auditReport']], occasion.random).map((pointer) => ({ pointer, reason: '请核对' })) }),
  aggregate: () => ({ opinion: '同意汇总报送', sealed: true }),
  endorse: () => ({ opinion: '审核通过，同意报送', sealed: true }),
  decline: because,
  submitToBureau: nothing,
  passFormalCheck: nothing,
  rejectFiling: because,
  askCountersigns: (occasion) => ({ mode: pick(['any', 'all', 'inSequence'], occasion.random), signers: colleagues(occasion).slice(0, 1), reason: '请会签' }),
  countersign: () => ({ opinion: '同意' }),
  transferCountersign: (occasion) => ({ to: colleagues(occasion)[0] ?? 'nobody', reason: '请代为会签' }),
  addCountersigner: (occasion) => ({ signer: colleagues(occasion)[0] ?? 'nobody', place: pick(['before', 'after'], occasion.random), reason: '请一并会签' }),
  withdrawCountersign: because,
  recallCountersigns: because,
  assignExperts: (occasion) => withAlternates(fresh(occasion), occasion),
  dismissExpert: (occasion) => ({ expert: pick([...withoutSheet(scenarioOf(occasion)), 'nobody'], occasion.random), reason: '时间冲突' }),
  declareNoConflict: () => ({ conflictFree: true }),
  recuse: because,
  submitSheet: (occasion) => ({
    scores: { majorTask: score(occasion), innovation: score(occasion), expectedTarget: score(occasion), economicBenefit: score(occasion), socialBenefit: score(occasion) },
    comment: '目标明确，措施可行',
    conflictFree: true,
  }),
  closeReview: nothing,
  proposeSelection: because,
  proposeRejection: because,
  approveSelection: nothing,
  approveRejection: nothing,
  sendBack: because,
  proposeLeadUnit: ({ world }) => ({ leadUnit: world.departments[0] ?? '', departments: [...world.departments] }),
  replyOnLeadUnit: ({ random }) => ({ agree: random() < 0.9, comment: '无不同意见' }),
  confirmLeadUnit: () => ({ record: '各部门一致同意' }),
  fileObjection: () => ({ objector: '李某', phone: '0771-5550000', reason: '对成效有疑问' }),
  resolveObjection: () => ({ finding: '经核查，异议不成立' }),
  reopenReview: because,
  closeNotice: nothing,
  recordProjectApproval: (occasion) => ({ approvalNo: number(occasion), approvedOn: today(occasion), totalInvestmentFen: Math.max(100_000, scenarioOf(occasion).investmentFen) }),
  planMilestones: (occasion) => ({ milestones: [...new Set(['平台上线', ...scenarioOf(occasion).milestones.map(({ name }) => name)])].map((name) => ({ name, dueOn: today(occasion) })) }),
  completeMilestone: (occasion) => ({ name: scenarioOf(occasion).milestones.find(({ doneOn }) => doneOn === null)?.name ?? '没有', completedOn: today(occasion) }),
  fileStageReport: () => ({ period: '本季度', progress: '按计划推进', percent: 40, costFen: 100_000 }),
  reportCompletion: (occasion) => ({ completedOn: today(occasion), effect: '达到预期成效' }),
  proposeAward: (occasion) => ({ amountFen: awardable(occasion), reason: '按梯度标准核定' }),
  approveAward: nothing,
  returnAward: because,
  waiveAward: because,
  orderPayment: (occasion) => ({ amountFen: payable(occasion), payee: scenarioOf(occasion).unit.name, bank: '国库集中支付', account: '4501000012345678' }),
  approvePayment: nothing,
  returnPayment: because,
  deferAdvance: because,
  recordExpense: (occasion) => ({ amountFen: Math.max(1, Math.floor(unprovedFen(scenarioOf(occasion)) * 0.3)), spentOn: today(occasion), purpose: '设备采购', voucherNo: number(occasion) }),
  confirmPayment: (occasion) => ({ amountFen: payable(occasion), paidOn: today(occasion), voucherNo: number(occasion), fundSource: '数字广西建设资金' }),
  registerIrs: (occasion) => ({ appCode: number(occasion), registeredOn: today(occasion), resources: [{ resourceKind: 'cloud', name: '政务云' }] }),
  declareTechnologies: ({ random }) => ({ technologies: [{ name: '数据库', technologyKind: 'basicSoftware', ...(random() < 0.5 ? { securityNo: 'AK-1' } : { reason: '存量系统' }) }] }),
  applyForAcceptance: () => ({ achieved: '全部完成', absent: ['projectApproval', 'completionReport', 'finalAccounts'].map((part) => ({ part, reason: '现场查验原件' })) }),
  returnAcceptance: () => ({ reason: '竣工材料不全', lacking: ['补充竣工决算审计报告'] }),
  recordInspection: (occasion) => ({ check: checkFor(occasion), result: pick(['met', 'met', 'met', 'notApplicable', 'unmet'], occasion.random), checkedOn: today(occasion), remark: '已查验' }),
  giveOpinion: ({ random }) => ({ verdict: pick(['pass', 'pass', 'pass', 'pass', 'pass', 'pass', 'rectify', 'fail'], random), comment: '意见如上', signed: true }),
  passAcceptance: (occasion) => ({ conclusion: '合格', inspectedOn: today(occasion), finalAccountsFen: Math.max(1, Math.floor(basisOf(scenarioOf(occasion)).fen * pick([1, 1, 0.2], occasion.random))) }),
  orderRectification: () => ({ reason: '有一项待整改', demands: ['补充性能测试报告'] }),
  reportRectified: () => ({ report: '已全部整改' }),
  failAcceptance: because,
  stateIndicators: (occasion) => ({ indicators: [{ name: '日均办件量', measure: '件', goal: 'atLeast', target: '1000', dueOn: today(occasion) }] }),
  reportActuals: (occasion) => ({ year: evaluatedYear(occasion), actuals: (scenarioOf(occasion).indicators ?? []).map(({ name, target }) => ({ name, actual: target, evidence: '运行统计' })) }),
  recordEvaluation: (occasion) => judged(occasion, {
    year: evaluatedYear(occasion),
    grade: pick(['commended', 'ordinary', 'criticised'], occasion.random),
    targetMet: occasion.random() < 0.8,
    summary: '成效良好',
  }),
  reportToGovernment: (occasion) => ({ documentNo: number(occasion), sentOn: today(occasion) }),
  submitCaseText: () => ({ title: '可复制的经验', background: '以数据贯通业务，以业务带动应用。', practice: '以数据贯通业务。', effect: '办理时间缩短30%。', experience: '先统一标准，再推广。' }),
  acceptCase: nothing,
  returnCase: because,
  closeWithoutCase: because,
  recordCommitmentCheck: () => ({ kept: true, note: '在桂注册纳税，未搬离', proofs: [{ proof: 'registrationExtract', reference: '登记机关摘录' }] }),
  recordBreach: (occasion) => ({ reason: '已迁出广西', foundOn: today(occasion) }),
  releaseCommitment: because,
  requestChange: (occasion) => ({ reason: '合作单位调整', items: [{ pointer: scenarioOf(occasion).funding === 'governmentInvestment' ? '/annex1/architecture' : '/annex2/benefits', reason: '按实际情况调整' }] }),
  approveChange: nothing,
  refuseChange: because,
  amendForm: (occasion) => ({ form: occasion.world.formAs(scenarioOf(occasion)) }),
  withdraw: because,
  terminate: because,
  void: because,
  hold: because,
  resume: because,
  recordFinding: (occasion) => ({ finding: `F${Math.floor(occasion.random() * 1e6)}`, severity: pick(['ordinary', 'ordinary', 'severe'], occasion.random), reason: '存在安全隐患' }),
  resolveFinding: (occasion) => ({ finding: occasion.random() < 0.9 ? (ownFindings(occasion)[0] ?? 'none') : 'none', reason: '已整改' }),
  orderRecovery: (occasion) => ({ amountFen: Math.max(1, Math.floor(outstandingFen(scenarioOf(occasion)) * pick([1, 0.1, 0.1], occasion.random))), reason: '挪用' }),
  proposeRows: ({ random }) => ({ rows: [rowNamed(`走查场景${Math.floor(random() * 1e9)}`), rowNamed(`走查场景${Math.floor(random() * 1e9)}`)] }),
  editRow: (occasion) => ({ row: pick(rowsIn(occasion), occasion.random), content: rowNamed(`改名场景${Math.floor(occasion.random() * 1e9)}`) }),
  removeRow: (occasion) => ({ row: pick(rowsIn(occasion), occasion.random), reason: '随机走查：重复' }),
  assignRow: (occasion) => ({ row: rowsOf(occasion).find(({ unit }) => unit === null)?.id ?? pick(rowsIn(occasion), occasion.random), unit: unitFor(listOf(occasion)) }),
  orderRows: (occasion) => ({ order: [...rowsIn(occasion)].toReversed() }),
  // The digests come from the API; see the asker.
  sealList: () => ({ opinion: '内容属实，同意报送', sealed: true }),
  unsealList: because,
  cancelList: because,
  acceptList: nothing,
  checkList: (occasion) => ({ listSha256: String(occasion.context['listSha256'] ?? '0'.repeat(64)) }),
  signOff: (occasion) => ({ documentNo: number(occasion), listSha256: String(occasion.context['listSha256'] ?? '0'.repeat(64)) }),
  refreeze: because,
  cancelBatch: because,
  proposeAdjustment: (occasion) => ({ line: pick(['reward', 'subsidy'], occasion.random), direction: pick(['increase', 'decrease'], occasion.random), amountFen: 10_000_000, documentNo: number(occasion), reason: '按年度预算调整' }),
  approveAdjustment: nothing,
  rejectAdjustment: because,
  issueNotice: (occasion) => ({ documentNo: number(occasion), reason: '应收回预拨资金' }),
  fileStatement: () => ({ statement: '无异议' }),
  proposeRecovery: (occasion) => ({ amountFen: recoveryOf(occasion).amountFen, reason: '按规定收回' }),
  proposeDrop: because,
  approveRecovery: (occasion) => ({ documentNo: number(occasion) }),
  approveDrop: nothing,
  issueDemand: (occasion) => ({ documentNo: number(occasion), dueOn: today(occasion) }),
  recordRepayment: (occasion) => ({ amountFen: Math.max(1, Math.ceil(openFen(recoveryOf(occasion)) * pick([1, 0.5], occasion.random))), receiptNo: number(occasion), paidOn: today(occasion) }),
  proposeInstalments: (occasion) => ({ instalments: [{ dueOn: today(occasion), amountFen: Math.max(1, openFen(recoveryOf(occasion))) }], reason: '经营困难，分期缴回' }),
  approveInstalments: nothing,
  rejectInstalments: because,
  proposeOffset: (occasion) => ({ amountFen: Math.max(1, Math.ceil(openFen(recoveryOf(occasion)) * pick([1, 0.5], occasion.random))), against: '上级专项转移支付', documentNo: number(occasion), reason: '年终结算扣缴' }),
  approveOffset: nothing,
  rejectOffset: because,
  confirmRecovered: nothing,
  proposeWriteOff: because,
  approveWriteOff: nothing,
  rejectWriteOff: because,
  acceptDemand: ({ random }) => ({ provider: pick(['gx-market', 'gx-industry', 'gx-market', 'gx-finance'], random) }),
  returnDemand: because,
  transferDemand: ({ context, random }) => ({ handler: pick(['gx-info-center', 'nanning-data', 'liuzhou-data'].filter((id) => id !== context['handler']), random), reason: '请由持有数据的层级受理' }),
  refuseDemand: because,
  resubmitDemand: () => ({ dataTypes: ['企业登记'], scope: '近三年', purpose: '核验经营主体' }),
  offerData: (occasion) => ({ plan: '按月推送', promises: promised(occasion) }),
  raiseDifficulty: because,
  callMeeting: because,
  recordMeeting: (occasion) => ({ heldOn: today(occasion), participants: ['使用方', '提供方'], minutes: '商定提供方式与期限', promises: promised(occasion) }),
  signAsUser: () => ({ responsible: '某某', undertaken: true }),
  signAsProvider: () => ({ responsible: '某某', undertaken: true }),
  releaseData: nothing,
  recordDelivery: (occasion) => ({ name: openPromise(occasion), deliveredOn: today(occasion) }),
  recordProgress: () => ({ note: '已电话督办' }),
  reportDelivered: nothing,
  confirmUsable: () => ({ accuracy: 5, completeness: 4, timeliness: 5, comment: '满足使用需求' }),
  reportDefects: (occasion) => ({ reason: '部分数据缺失', items: [{ pointer: '/promises/目录', reason: '字段不全' }], dueOn: addDays(today(occasion), 5) }),
} as Partial<Record<CommandType, Sample>>;

/** People of the Bureau whom somebody could still ask to sign. */
export function colleagues({ context, actor, world }: { readonly context: unknown } & Pick<Occasion, 'actor' | 'world'>): string[] {
  const { countersign, proposal } = context as ScenarioContext;
  const taken = [actor, countersign?.askedBy, proposal?.by, ...(countersign?.signers ?? []).map(({ person }) => person)];
  return world.bureau.filter((id) => !taken.includes(id));
}

/** Findings of a case that somebody may resolve: those of their own office. */
export function ownFindings({ context, actor, world }: { readonly context: unknown } & Pick<Occasion, 'actor' | 'world'>): string[] {
  const { findings = [], findingNotes } = context as Partial<ScenarioContext>;
  return findings.filter((id) => actor === undefined || (findingNotes?.[id]?.org ?? world.orgOf(actor)) === world.orgOf(actor));
}

/** Now and then the last two stand by instead. */
function withAlternates(experts: string[], { random }: Occasion): Args {
  return experts.length > 4 && random() < 0.5 ? { experts: experts.slice(0, -2), alternates: experts.slice(-2) } : { experts };
}

/** The rows of a list; everybody may try on any case, so there may be none. */
function rowsOf({ context }: Occasion): ListContext['rows'] {
  return (context as { readonly rows?: unknown }).rows === undefined ? [] : (context as unknown as ListContext).rows;
}

function rowsIn(occasion: Occasion): readonly string[] {
  const ids = rowsOf(occasion).map(({ id }) => id);
  return ids.length > 0 ? ids : ['r1'];
}

function rowNamed(applicationName: string): Json {
  const { seqNo: _seqNo, ...content } = governmentFormFixture().annex1;
  return { ...content, applicationName } as Json;
}

/** A unit that files through an authority. */
function unitFor({ unit }: ListContext): string {
  return { 'liuzhou-data': 'guiling-cement', 'gx-industry': 'guiling-cement' }[unit.id] ?? 'nanning-logistics';
}

/** What the provider still owes; everybody may try on any case, so there may be none. */
function openPromise({ context }: Occasion): string {
  return 'promises' in context ? (openPromises(context as unknown as DemandContext)[0]?.name ?? '没有') : '没有';
}

function promised(occasion: Occasion): Json {
  return ['目录', '接口'].map((name, index) => ({ name, dueOn: addDays(today(occasion), 5 + index) }));
}

function fresh(occasion: Occasion): string[] {
  const context = scenarioOf(occasion);
  const { experts, recused, alternates = [] } = panelAtWork(context);
  const free = occasion.world.expertsFor(context, today(occasion)).filter((id) => !experts.includes(id) && !recused.includes(id) && !alternates.includes(id));
  return free.length === 0 ? ['nobody'] : free.slice(0, 3 + Math.floor(occasion.random() * 3));
}

function withoutSheet(context: ScenarioContext): readonly string[] {
  const { experts, answered } = panelAtWork(context);
  return experts.filter((id) => !answered.includes(id));
}

/** What is not inspected yet comes first, then what was found wanting. */
function checkFor(occasion: Occasion): string {
  const { checks } = inspectionOf(scenarioOf(occasion));
  return inspectionChecks.find((check) => checks[check] === undefined) ?? inspectionChecks.find((check) => checks[check]?.result === 'unmet') ?? 'documents';
}

function awardable(occasion: Occasion): number {
  const { ceilingFen } = caseCeiling(scenarioOf(occasion), policyOf(occasion.policy));
  return Math.floor(ceilingFen * pick([1, 1, 0.5], occasion.random));
}

/** The first year that can be evaluated: a walk that evaluates often must not wait for a new year each time. */
const firstYear = 2025;

/** The year that the next evaluation is of. */
function evaluatedYear(occasion: Occasion): number {
  return (scenarioOf(occasion).evaluation?.year ?? firstYear - 1) + 1;
}

/** An evaluation with a judgement of every indicator; where the target is missed, the first of them is not met. */
function judged(occasion: Occasion, args: Args): Args {
  const { indicators } = scenarioOf(occasion);
  const fair = args['targetMet'] === false && args['grade'] === 'commended' ? { ...args, grade: 'ordinary' } : args;
  return indicators === undefined ? fair : { ...fair, judgements: indicators.map(({ name, target }, index) => ({ name, actual: target, met: args['targetMet'] === true || index > 0 })) };
}

function payable(occasion: Occasion): number {
  const context = scenarioOf(occasion);
  const policy = policyOf(occasion.policy);
  if (context.funding === 'socialInvestment') return context.award?.fen ?? 0;
  return context.paid.advance === null ? advanceFen(context, policy) : remainderFen(context, policy);
}
