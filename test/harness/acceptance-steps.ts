/** One thing that somebody does. */
export type Step = readonly [who: string, command: string, args: Readonly<Record<string, unknown>>];

/** The experts of an acceptance in the seeded pool. */
export const panel = ['expert-chen', 'expert-zhou', 'expert-wu'] as const;

/** All that the result of an acceptance rests on: application, panel, inspection, opinions; on one day. Documents that are not uploaded are explained. */
export function acceptanceSteps(day: string, applicant = 'wei-lan'): readonly Step[] {
  const checks = [['documents', '竣工材料齐全，内容与批复一致。'], ['demonstration', '逐项演示建设内容，运行稳定。'], ['siteVisit', '到现场核实，设备和人员到位。']] as const;
  return [
    [applicant, 'declareTechnologies', { technologies: [{ name: '数据库管理系统', technologyKind: 'basicSoftware', supplier: '某软件公司', securityNo: 'AK2025-018', xinchuangNo: 'XC2025-7' }, { name: '票证识别组件', technologyKind: 'applicationSoftware', reason: '自研组件，尚无对应测评类别，已做代码审计。' }] }],
    [applicant, 'applyForAcceptance', { achieved: '批复的建设内容全部完成，达到预期成效。', absent: ['projectApproval', 'completionReport', 'finalAccounts'].map((part) => ({ part, reason: '纸质原件现场查验。' })) }],
    ['li-ning', 'assignExperts', { experts: panel }],
    ...panel.map((expert): Step => [expert, 'declareNoConflict', { conflictFree: true }]),
    ...checks.map(([check, remark]): Step => ['li-ning', 'recordInspection', { check, result: 'met', checkedOn: day, remark }]),
    ...opinionsOf(panel),
  ];
}

/** What each of some experts thinks. */
export function opinionsOf(experts: readonly string[], verdict = 'pass'): readonly Step[] {
  return experts.map((expert) => [expert, 'giveOpinion', { verdict, comment: '建设内容完整，指标达到批复要求。', signed: true }]);
}
