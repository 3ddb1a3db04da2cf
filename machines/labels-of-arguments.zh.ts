import { projectTypeWords, reformOptionWords } from '../shared/contracts/form-words.zh.ts';

/** Chinese names of the arguments of commands, by member name: one name means the same in every command. */
export const argumentLabels: { readonly [name: string]: string } = {
  form: '表单', attachment: '附件', part: '附件类别', replaces: '替换的附件', signature: '查出的病毒', counted: '原已计入材料', size: '大小', sha256: 'SHA-256 摘要', sm3: 'SM3 摘要',
  reason: '理由', opinion: '意见', note: '备注', comment: '意见', record: '确认记录', finding: '问题编号', severity: '严重程度', conclusion: '验收结论', summary: '评估情况', report: '整改报告', statement: '陈述申辩内容',
  items: '逐项意见', pointer: '涉及的内容', handler: '受理单位', sealed: '已加盖公章', keep: '维持申报类别',
  gaps: '缺项数', duplicates: '重复申报', similar: '相似申报', repeats: '此前申报',
  experts: '专家', alternates: '候补专家（按次序递补）', mode: '会签方式', signers: '会签人', to: '转给', signer: '加签人', place: '加签位置', expert: '专家', scores: '评分（0至100）', conflictFree: '本人与申报单位无利害关系',
  majorTask: '重大任务牵引', innovation: '创新突破', expectedTarget: '预期目标', economicBenefit: '经济效益', socialBenefit: '社会效益',
  leadUnit: '牵头单位', departments: '征求意见的部门', agree: '同意', objector: '异议人', phone: '联系电话',
  batch: '批次', batchCase: '批次编号', number: '编号', name: '名称', title: '标题', text: '正文', background: '背景（为什么做）', practice: '做法', experience: '可供借鉴的经验',
  approvalNo: '批复文号', approvedOn: '批复日期', totalInvestmentFen: '批复总投资', milestones: '里程碑', dueOn: '期限', completedOn: '完成日期', completionOn: '预计竣工日期', forecasts: '里程碑最新预计', expectedOn: '预计完成日期',
  period: '报告期', progress: '进展情况', percent: '累计完成进度（0至100，%）', costFen: '开工以来累计费用', effect: '实施成效', risks: '风险和困难', amountFen: '金额', paidOn: '款项日期', voucherNo: '凭证号', fundSource: '资金来源',
  payee: '收款单位', bank: '开户银行', account: '收款账号', spentOn: '支出日期', purpose: '用途（使用目的）', line: '预算科目', direction: '调整方向', scenario: '场景编号', because: '退回原因',
  appCode: 'IRS应用编码', registeredOn: '登记日期', resources: '使用的IRS资源（没有使用的，请在“理由”中说明）', resourceKind: '资源类别',
  technologies: '技术和产品', technologyKind: '技术或产品类别', supplier: '提供单位', securityNo: '安全可靠测评证书编号', xinchuangNo: '信创证明编号', cryptographyNo: '密评报告编号',
  achieved: '建设内容完成情况', proposedOn: '希望验收日期', absent: '未能提供的材料（逐项说明理由）', check: '验收检查事项', result: '检查结果', checkedOn: '检查日期', remark: '检查情况', verdict: '验收意见', signed: '本人署名确认以上意见',
  inspectedOn: '验收日期', finalAccountsFen: '竣工决算金额', demands: '整改要求', lacking: '需要补充或更正的内容',
  year: '评估年度', grade: '评估等次', targetMet: '达到预算绩效目标', documentNo: '文号', sentOn: '报送日期', key: '文件位置', kept: '承诺得到遵守', foundOn: '发现日期',
  indicators: '绩效指标', measure: '计量单位', goal: '目标方向', target: '目标值', actuals: '各项实际值', actual: '实际值', evidence: '佐证材料', judgements: '逐项评价', met: '达标', proofs: '核查依据', proof: '依据类别', reference: '文号或说明', instalments: '各期款项',
  rows: '清单各行', row: '清单行', content: '本行内容', unit: '建设主体单位', order: '各行的顺序', listSm3: '清单摘要（SM3）', opened: '建档的场景数',
  demandName: '需求名称', demandTypes: '需求类型', demandContent: '需求内容', applicationName: '应用名称', planningBasis: '谋划基础', projectType: '项目类型', architecture: '基本架构', smallEntryScenarios: '小切口子场景', responsibleUnit: '责任单位', reformProject: '改革项目', reformTasks: '改革任务', option: '改革任务类别',
  level: '数据层级', dataTypes: '数据类型', scope: '数据范围', provider: '数据提供方', plan: '提供方案', promises: '承诺事项', heldOn: '会议日期', participants: '参会单位', minutes: '会议纪要',
  responsible: '责任人', undertaken: '已确认责任', deliveredOn: '提供日期', accuracy: '准确性（1至5分）', completeness: '完整性（1至5分）', timeliness: '时效性（1至5分）',
  recovery: '收回编号', recoveredFen: '已收回金额', writtenOffFen: '已核销金额', closed: '已办结', leaf: '环节', count: '数量', listKey: '清单位置', listSha256: '清单摘要（SHA-256）', published: '已发布数', refused: '未发布数', receiptNo: '收款凭证号', against: '抵扣的款项',
};

/** What helps to fill in an argument, by member name: units, where a figure comes from, what happens with it. */
export const argumentHints: { readonly [name: string]: string } = {
  percent: '按工作量估算的累计完成比例，填写整数。',
  costFen: '从开工到报告期末实际支付的全部费用，不是本期费用；与批复总投资对照。',
  completionOn: '第一次填写的日期作为竣工基准；以后填写的是最新预计，晚于基准时系统会预警。',
  milestones: '第一次填写的期限作为基准；调整计划时保留原基准，新的期限记为最新预计。已完成的里程碑请原样保留。',
  forecasts: '只填写日期有变化、尚未完成的里程碑。',
  technologies: '逐项填写。原则上应有安全可靠测评、信创或密评证明；没有的请写明理由，不影响提交。证明文件请先在“附件”中上传。',
  resources: '逐项列明所依托的云资源、网络、数据资源和公共组件。',
  attachment: '请先在“附件”中上传，再在这里选择。',
  achieved: '对照批复逐项说明建设内容、指标和试运行情况。',
  absent: '竣工材料请先在“附件”中上传。确实不能提供的，在这里逐项说明理由；没有缺项的不填。',
  checkedOn: '不能晚于今天。',
  signed: '勾选即以本人实名签署，签署后不能修改，并印在验收证书上。',
  against: '写明扣下的是哪一笔应付财政资金和拨款单位。不能是本专项资金的奖励、补助：欠款收回办结前，这些本来就不核定、不拨付。',
  finalAccountsFen: '据此复核奖励上限，低于已批奖励的部分不再拨付或收回。',
};

/** Chinese names of the choices of arguments, by member name and value. */
export const choiceLabels: { readonly [name: string]: { readonly [value: string]: string } } = {
  severity: { ordinary: '一般', severe: '严重（整改销号前不能拨付）' },
  projectType: projectTypeWords,
  option: reformOptionWords,
  line: { reward: '政府投资类奖励', subsidy: '社会投资类补助' },
  direction: { increase: '调增', decrease: '调减' },
  because: { released: '承诺释放', repaid: '资金收回' },
  mode: { one: '单人会签', any: '任一人签署即可', all: '全部签署', inSequence: '依次签署' },
  place: { before: '本人之前', after: '本人之后' },
  resourceKind: { cloud: '云资源', network: '网络资源', data: '数据资源', component: '公共组件' },
  technologyKind: { hardware: '硬件设备', basicSoftware: '基础软件', applicationSoftware: '应用软件', cloudService: '云服务', cryptography: '密码产品', otherTechnology: '其他' },
  check: { documents: '审阅竣工材料', demonstration: '现场演示', siteVisit: '实地考察' },
  result: { met: '符合要求', unmet: '不符合要求', notApplicable: '不适用' },
  verdict: { pass: '同意通过验收', rectify: '整改后复验', fail: '不同意通过验收' },
  goal: { atLeast: '不低于目标值', atMost: '不高于目标值' },
  proof: { registrationExtract: '工商登记信息', taxProof: '完税证明', siteVisit: '实地走访' },
  grade: { commended: '表扬', ordinary: '一般', criticised: '通报' },
};

/** The Chinese name of an argument; the name itself where there is none (a test forbids that). */
export function argumentLabel(name: string): string {
  return argumentLabels[name] ?? name;
}
