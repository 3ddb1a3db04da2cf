import { departmentOf } from '../shared/sectors.ts';
import type { CommandType } from '../shared/contracts/commands.ts';
import type { Role } from '../shared/roles.ts';
import type { LifecycleName } from './decision.ts';
import { accounts, type Account } from './ledger/accounts.ts';
import type { ConflictKind } from './scenario/conflicts.ts';
import { demandStates, fundStates, listStates, publicationStates, recoveryStates, scenarioStates } from './state-labels.zh.ts';

/** Chinese names of the roles. */
export const roleLabels = {
  applicant: '申报人',
  unitAdmin: '单位管理员',
  aggregator: '设区市或行业主管部门',
  bureauOfficer: '自治区数据局经办人',
  bureauLeader: '自治区数据局负责人',
  expert: '评审专家',
  leadingGroupOffice: '领导小组办公室',
  finance: '资金拨付人员',
  dataAuthority: '数据主管部门',
  supervisor: '监督人员',
  public: '公众',
  system: '系统',
} as const satisfies Record<Role, string>;

/** Chinese names of the lifecycles. */
export const lifecycleLabels = {
  governmentInvestment: '政府投资类场景',
  socialInvestment: '社会投资类场景',
  publication: '清单发布批次',
  recovery: '资金收回',
  scenarioList: '场景清单汇总',
  fund: '专项资金',
  dataDemand: '数据需求',
} as const satisfies Record<LifecycleName, string>;

/** Chinese names of the commands, as verbs for buttons. */
export const commandLabels = {
  saveForm: '保存表单',
  confirmAttachment: '确认附件',
  removeAttachment: '删除附件',
  quarantineAttachment: '隔离带病毒的附件',
  submit: '提交申报',
  resubmit: '重新提交',
  askFundingClass: '申请认定资金类别',
  decideFundingClass: '认定资金类别',
  returnForCorrection: '退回补正',
  aggregate: '汇总',
  endorse: '审核通过',
  decline: '不予报送',
  submitToBureau: '报送自治区数据局',
  finishPreflight: '完成自动预检',
  passFormalCheck: '通过形式审查',
  rejectFiling: '不予受理',
  askCountersigns: '发起会签',
  countersign: '会签',
  transferCountersign: '转办会签',
  addCountersigner: '加签',
  withdrawCountersign: '撤回会签意见',
  recallCountersigns: '撤销会签',
  assignExperts: '指派专家',
  dismissExpert: '取消指派',
  declareNoConflict: '声明无利害关系',
  recuse: '申请回避',
  submitSheet: '提交评分表',
  closeReview: '结束评审',
  proposeSelection: '建议入选',
  proposeRejection: '建议不入选',
  approveSelection: '批准入选',
  approveRejection: '批准不入选',
  sendBack: '退回经办人',
  proposeLeadUnit: '提出牵头单位',
  replyOnLeadUnit: '回复牵头单位意见',
  confirmLeadUnit: '确认牵头单位',
  fileObjection: '登记异议',
  resolveObjection: '处理异议',
  reopenReview: '重新评审',
  closeNotice: '结束公示',
  publish: '发布',
  recordProjectApproval: '登记立项批复',
  planMilestones: '制定里程碑计划',
  completeMilestone: '完成里程碑',
  fileStageReport: '报送阶段报告',
  reportCompletion: '报告竣工',
  proposeAward: '建议奖补金额',
  approveAward: '批准奖补金额',
  returnAward: '退回奖补建议',
  waiveAward: '放弃奖补',
  orderPayment: '开具拨付单',
  approvePayment: '审核拨付单',
  returnPayment: '退回拨付单',
  confirmPayment: '确认拨付',
  deferAdvance: '暂缓首期拨付',
  recordExpense: '登记资金支出',
  registerIrs: '登记IRS应用',
  declareTechnologies: '填报技术和产品清单',
  applyForAcceptance: '申请验收',
  returnAcceptance: '退回验收申请',
  recordInspection: '登记验收检查',
  giveOpinion: '签署验收意见',
  passAcceptance: '验收合格',
  orderRectification: '要求整改',
  reportRectified: '报告整改完成',
  failAcceptance: '验收不合格',
  stateIndicators: '填报绩效指标',
  reportActuals: '报送自评实际值',
  recordEvaluation: '登记评估结果',
  reportToGovernment: '报送自治区人民政府',
  submitCaseText: '提交案例材料',
  acceptCase: '纳入案例库',
  returnCase: '退回案例材料',
  closeWithoutCase: '不纳入案例库并办结',
  finishArchive: '完成归档',
  recordCommitmentCheck: '登记承诺检查',
  recordBreach: '记录违诺',
  releaseCommitment: '解除承诺跟踪',
  requestChange: '申请变更',
  approveChange: '同意变更',
  refuseChange: '不同意变更',
  amendForm: '提交变更内容',
  withdraw: '撤回申报',
  terminate: '终止',
  void: '认定无效',
  hold: '暂停办理',
  resume: '恢复办理',
  recordFinding: '登记监管问题',
  resolveFinding: '问题销号',
  orderRecovery: '责令收回资金',
  noteRecovery: '更新收回进展',
  deadlinePassed: '期限届满',
  proposeRows: '提出清单行',
  editRow: '修改清单行',
  removeRow: '撤下清单行',
  assignRow: '指明建设主体单位',
  orderRows: '调整清单顺序',
  sealList: '清单盖章',
  unsealList: '启封清单',
  cancelList: '作废清单',
  acceptList: '接收清单',
  finishOpening: '完成场景建档',
  finishFreeze: '冻结清单',
  checkList: '核对清单',
  signOff: '签发清单',
  refreeze: '重新冻结清单',
  cancelBatch: '取消批次',
  finishPublication: '完成发布',
  requestFunds: '申请安排资金',
  returnFunds: '资金退回预算',
  proposeAdjustment: '提出预算调整',
  approveAdjustment: '批准预算调整',
  rejectAdjustment: '不同意预算调整',
  closeFund: '结清专项资金',
  issueNotice: '发出收回告知',
  fileStatement: '提交陈述申辩',
  proposeRecovery: '建议收回',
  proposeDrop: '建议不予收回',
  approveRecovery: '批准收回',
  approveDrop: '批准不予收回',
  issueDemand: '发出收回通知书',
  recordRepayment: '登记退回款项',
  proposeInstalments: '拟定分期缴回方案',
  approveInstalments: '批准分期缴回方案',
  rejectInstalments: '退回分期缴回方案',
  proposeOffset: '提出抵扣',
  approveOffset: '批准抵扣',
  rejectOffset: '退回抵扣',
  confirmRecovered: '确认收齐',
  proposeWriteOff: '建议核销',
  approveWriteOff: '批准核销',
  rejectWriteOff: '不同意核销',
  acceptDemand: '受理数据需求',
  returnDemand: '退回补充',
  transferDemand: '转其他数据主管部门',
  refuseDemand: '不予支持',
  resubmitDemand: '补充后重新提交',
  offerData: '答复可以提供',
  raiseDifficulty: '答复有困难',
  callMeeting: '召集协调会议',
  recordMeeting: '登记会议纪要',
  signAsUser: '签署使用责任',
  signAsProvider: '签署提供责任',
  releaseData: '同意提供数据',
  recordDelivery: '登记数据提供',
  recordProgress: '登记督办情况',
  reportDelivered: '报告提供完成',
  confirmUsable: '确认数据可用',
  reportDefects: '反馈数据问题',
} as const satisfies Record<CommandType, string>;

/** The Chinese name of an event by the command it came from: what a timeline shows. */
export function eventLabel(command: string): string {
  if (command === 'open') return '已建立';
  if (command === 'deadlinePassed') return '期限已届满';
  return `已${commandLabels[command as CommandType] ?? command}`;
}

const stateTables: Readonly<Record<LifecycleName, { readonly [path: string]: string }>> = {
  governmentInvestment: scenarioStates,
  socialInvestment: scenarioStates,
  publication: publicationStates,
  recovery: recoveryStates,
  scenarioList: listStates,
  fund: fundStates,
  dataDemand: demandStates,
};

/** The Chinese name of a state by its path; the path itself where the table has none (a test forbids that). */
export function stateLabel(lifecycle: string, path: string): string {
  return stateTables[lifecycle as LifecycleName]?.[path] ?? path;
}

/** The Chinese name of a recovery's cause. */
export const causeLabels = {
  acceptanceFailed: '验收不合格',
  targetMissed: '未达预算绩效目标',
  terminated: '场景终止',
  voided: '材料不实，申报无效',
  finalAccounts: '决算后奖励调减',
  misuse: '资金挤占、挪用',
  commitmentBroken: '违反5年不搬离承诺',
} as const;

/** Why an expert cannot be asked about a case, in Chinese. */
export const conflictLabels = {
  ownUnit: '属于申报单位',
  cooperatingUnit: '属于合作单位',
  declaredInterest: '已申报与该单位有利害关系',
  workedThere: '现在或近年在该单位任职',
} as const satisfies Record<ConflictKind, string>;

/** The Chinese names of the budget lines of the fund (art. 12(2), art. 15(1), art. 19). */
export const fundLineLabels = { reward: '政府投资类奖励', subsidy: '社会投资类补助' } as const;

/** The Chinese names of the accounts of the fund's books. */
export const accountLabels: Readonly<Record<Account, string>> = accounts;

/** The short Chinese name of a sector. */
export function sectorLabel(id: string): string {
  return departmentOf(id)?.short ?? id;
}
