import type { Step } from './story.ts';

const digest = 'a'.repeat(64);

/** One confirmed attachment. */
export function attachment(part: string): Step {
  return ['qin-hai', 'confirmAttachment', { attachment: `A-${part}`, part, name: `${part}.pdf`, size: 1000, sha256: digest, sm3: digest }];
}

/** One document of a government scenario, uploaded and confirmed. */
export function evidence(part: string): Step {
  const [, command, args = {}] = attachment(part);
  return ['wei-lan', command, args];
}

/** The parts an enterprise needs. */
export const enterpriseParts = ['legalRepresentativeId', 'projectLeadId', 'businessLicence', 'approvalDocument', 'auditReport', 'fundingProof', 'spendingProof', 'commitmentLetter'];

const reason = { reason: '材料真实，符合要求' };

/** A sheet whose five scores are all the same. */
export function sheet(expert: string, points: number): Step {
  const scores = { majorTask: points, innovation: points, expectedTarget: points, economicBenefit: points, socialBenefit: points };
  return [expert, 'submitSheet', { scores, comment: '目标明确', conflictFree: true }];
}

/** An expert's declaration, which opens the file to them. */
export function declaration(expert: string): Step {
  return [expert, 'declareNoConflict', { conflictFree: true }];
}

/** The declarations and the sheets of some experts, each with one score for all criteria. */
export function sheets(points: { readonly [expert: string]: number }): readonly Step[] {
  return Object.entries(points).flatMap(([expert, score]) => [declaration(expert), sheet(expert, score)]);
}

/** From a draft to the Bureau's formal check, annex 1. */
export const governmentFiling: readonly Step[] = [
  ['wei-lan', 'submit', { handler: 'nanning-data' }],
  ['lu-fang', 'aggregate', { opinion: '同意报送', sealed: true }],
  ['lu-fang', 'submitToBureau', {}],
  ['system', 'finishPreflight', { gaps: 0, duplicates: [], similar: [] }],
];

/** From a draft to the Bureau's formal check, annex 2. */
export const socialFiling: readonly Step[] = [
  ...enterpriseParts.map(attachment),
  ['qin-hai', 'submit', { handler: 'gx-industry' }],
  ['tan-jun', 'endorse', { opinion: '审核通过', sealed: true }],
  ['tan-jun', 'submitToBureau', {}],
  ['system', 'finishPreflight', { gaps: 0, duplicates: [], similar: [] }],
];

/** Formal check and the sheets of three experts. */
export const review: readonly Step[] = [
  ['li-ning', 'passFormalCheck', {}],
  ['li-ning', 'assignExperts', { experts: ['expert-chen', 'expert-zhou', 'expert-wu'] }],
  ...sheets({ 'expert-chen': 90, 'expert-zhou': 80, 'expert-wu': 85 }),
  ['li-ning', 'closeReview', {}],
];

/** The decision of two people. */
export const selectionDecision: readonly Step[] = [
  ['li-ning', 'proposeSelection', reason],
  ['liang-shan', 'approveSelection', {}],
];

/** Two departments agree to the lead unit, the office confirms it. */
export const leadUnitSteps: readonly Step[] = [
  ['zhao-wen', 'proposeLeadUnit', { leadUnit: 'gx-market', departments: ['gx-market', 'gx-industry'] }],
  ['nong-min', 'replyOnLeadUnit', { agree: true, comment: '同意牵头' }],
  ['tan-jun', 'replyOnLeadUnit', { agree: true, comment: '同意' }],
  ['zhao-wen', 'confirmLeadUnit', { record: '确认自治区市场监管局为牵头单位' }],
];

/** What the publication run does to each scenario. */
export const publish: Step = ['system', 'publish', { batch: '2025-H1', batchCase: 'B-2025-H1', number: '桂景2025-1-001' }];

/** A scenario in the Bureau's pool: draft to awaiting the batch. */
export const toPool: readonly Step[] = [...governmentFiling, ...review, ...selectionDecision, ...leadUnitSteps];

/** The same for a social scenario, which crosses nothing. */
export const socialToPool: readonly Step[] = [...socialFiling, ...review, ...selectionDecision];

/** Construction with an award at the ceiling of 12 million yuan (2.4 million yuan). */
export const approveProject: Step = ['wei-lan', 'recordProjectApproval', { approvalNo: '桂发改数〔2025〕12号', approvedOn: '2025-03-01', totalInvestmentFen: 1_200_000_000 }];

/** Proposal and approval of an award by two people. */
export function award(amountFen: number): readonly Step[] {
  return [
    ['li-ning', 'proposeAward', { amountFen, reason: '按梯度标准核定' }],
    ['liang-shan', 'approveAward', {}],
  ];
}

/** A payment order, approved by as many as its amount asks for. */
export function ordered(amountFen: number): readonly Step[] {
  return [
    ['pan-hong', 'orderPayment', { amountFen, payee: '南宁市农产品流通服务中心（演示）', bank: '国库集中支付', account: '450100000012345678' }],
    ['su-mei', 'approvePayment', {}],
    ...(amountFen > 50_000_000 ? [['liang-shan', 'approvePayment', {}] as const] : []),
  ];
}

/** One payment from its order to its voucher. */
export function paying(amountFen: number, paidOn?: string): readonly Step[] {
  return [...ordered(amountFen), pay(amountFen, paidOn)];
}

/** The last step of a payment: it left. */
export function pay(amountFen: number, paidOn = '2025-03-10'): Step {
  return ['pan-hong', 'confirmPayment', { amountFen, paidOn, voucherNo: 'V-1', fundSource: '数字广西建设资金' }];
}

/** The registration in IRS with what of it is used. */
export const registerIrs: Step = ['wei-lan', 'registerIrs', { appCode: 'A45000001', registeredOn: '2025-03-05', resources: [{ resourceKind: 'cloud', name: '自治区政务云' }] }];

/** The end of the building itself. */
export const reportCompletion: Step = ['wei-lan', 'reportCompletion', { completedOn: '2025-03-10', effect: '交易在线化率95%' }];

/** The documents of completion, the list of technologies, and the application for acceptance. */
export const application: readonly Step[] = [
  ...['projectApproval', 'completionReport', 'finalAccounts'].map(evidence),
  ['wei-lan', 'declareTechnologies', { technologies: [{ name: '政务云平台', technologyKind: 'cloudService', securityNo: 'AK-2025-1' }] }],
  ['wei-lan', 'applyForAcceptance', { achieved: '建设内容全部完成' }],
];

/** The experts of an acceptance. */
export const panel = ['expert-chen', 'expert-zhou', 'expert-wu'];

/** One inspection with its result. */
export function inspection(check: string, result = 'met'): Step {
  return ['li-ning', 'recordInspection', { check, result, checkedOn: '2025-03-10', remark: '情况属实' }];
}

/** An expert's opinion on the acceptance. */
export function opinion(expert: string, verdict = 'pass'): Step {
  return [expert, 'giveOpinion', { verdict, comment: '功能完整', signed: true }];
}

/** All that is inspected, and what the panel thinks of it. */
export const inspected: readonly Step[] = [...['documents', 'demonstration', 'siteVisit'].map((check) => inspection(check)), ...panel.map((expert) => opinion(expert))];

/** The panel named and free of conflicts. */
export const panelNamed: readonly Step[] = [['li-ning', 'assignExperts', { experts: panel }], ...panel.map(declaration)];

/** From the application to the last opinion: what a result rests on. */
export const readyForResult: readonly Step[] = [...application, ...panelNamed, ...inspected];

/** What ends construction beside the money, and prepares the acceptance. */
export const finishBuilding: readonly Step[] = [registerIrs, reportCompletion, ...readyForResult];

/** Acceptance with final accounts. */
export function accept(finalAccountsFen: number): Step {
  return ['li-ning', 'passAcceptance', { conclusion: '验收合格', inspectedOn: '2025-03-10', finalAccountsFen }];
}

/** Evaluation, report, case text, library. */
export const intoLibrary: readonly Step[] = [
  ['li-ning', 'recordEvaluation', { year: 2025, grade: 'commended', targetMet: true, summary: '成效明显' }],
  ['li-ning', 'reportToGovernment', { documentNo: '桂数报〔2025〕3号', sentOn: '2025-03-10' }],
  ['wei-lan', 'submitCaseText', { title: '数智大市场', background: '经验', practice: '以数据贯通业务。', effect: '办理时间缩短30%。', experience: '先统一标准，再推广。' }],
  ['li-ning', 'acceptCase', {}],
  ['system', 'finishArchive', { key: 'cases/GX-2025-0001.json', sha256: digest }],
];
