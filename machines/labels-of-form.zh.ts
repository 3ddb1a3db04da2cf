/** What a filing must fill in, as its form calls it, by pointer; a section where all of it may be missing. */
const filledIn: { readonly [pointer: string]: string } = {
  '/system': '场景、单位与投资', '/system/name': '场景名称', '/system/constructUnit': '建设主体单位', '/system/cooperatingUnits': '合作单位',
  '/system/contact': '项目负责人和联系电话', '/system/contact/name': '项目负责人', '/system/contact/phone': '联系电话',
  '/system/totalInvestmentFen': '总投资', '/system/localFiscalFen': '其中：地方财政资金', '/system/irsResources': '利用的IRS资源', '/system/irsReason': '没有利用IRS资源的理由', '/system/technologyReason': '未选用的理由',
  '/annex1': '附件1 多跨数字应用场景清单', '/annex1/seqNo': '1 序号', '/annex1/demandName': '2 需求名称', '/annex1/demandContent': '4 需求内容', '/annex1/applicationName': '5 应用名称', '/annex1/planningBasis': '6 谋划基础',
  '/annex1/architecture': '8 基本架构', '/annex1/smallEntryScenarios': '9 小切口子场景', '/annex1/responsibleUnit': '10 责任单位', '/annex1/reformProject': '11 改革项目', '/annex1/reformTasks': '12 改革任务',
  '/annex2': '附件2 申报书', '/annex2/cover': '封面', '/annex2/cover/name': '数字应用场景名称', '/annex2/cover/applicant': '申报单位（盖章）', '/annex2/cover/projectLead': '项目负责人', '/annex2/cover/phone': '联系电话', '/annex2/cover/filedOn': '报送日期',
  '/annex2/basic': '基本信息', '/annex2/basic/name': '场景名称', '/annex2/basic/address': '场景实施地址', '/annex2/basic/constructUnit': '场景建设主体单位', '/annex2/basic/cooperatingUnits': '场景合作单位', '/annex2/basic/otherTechnicalField': '其他领域',
  '/annex2/basic/period': '建设周期', '/annex2/basic/period/from': '建设周期：开始', '/annex2/basic/period/to': '建设周期：结束', '/annex2/basic/fundingSource': '场景扶持资金来源', '/annex2/basic/fundingReceivedFen': '场景扶持资金金额（已获得）',
  '/annex2/basic/sameKindFunding': '近两年内申请、获得自治区同类财政资金支持的情况', '/annex2/necessity': '建设背景及必要性',
  '/annex2/plan': '建设方案', '/annex2/plan/goals': '建设目标', '/annex2/plan/content': '建设内容', '/annex2/plan/innovation': '创新性', '/annex2/plan/technology': '技术先进性', '/annex2/plan/operation': '运营模式',
  '/annex2/benefits': '经济效益和社会效益', '/annex2/opinion': '申报单位意见', '/annex2/opinion/signedBy': '法定代表人（签字）', '/annex2/opinion/signedOn': '日期',
  '/annex2/report': '申报报告', '/annex2/report/background': '1 建设背景', '/annex2/report/goals': '2 建设目标', '/annex2/report/implementation': '3 实施方案', '/annex2/report/funding': '4 资金情况', '/annex2/report/benefits': '5 经济效益和社会效益分析',
  '/annex2/report/team': '二 团队情况', '/annex2/report/independence': '三.1 自主研发与知识产权', '/annex2/report/innovation': '三.2 创新性及先进性', '/annex2/report/results': '四.1 落地场景与效果', '/annex2/report/industry': '四.2 产业链带动', '/annex2/report/promotion': '四.3 推广情况',
};

/** The same for what is chosen and not written. */
const chosen: { readonly [pointer: string]: string } = {
  '/system/stage': '建设阶段', '/system/directions': '申报方向', '/system/crossCutting': '多跨', '/system/division': '实施地',
  '/annex1/demandTypes': '3 需求类型', '/annex1/projectType': '7 项目类型', '/annex2/cover/directions': '申报方向', '/annex2/basic/technicalFields': '应用场景技术所属领域',
};

/** Asks for what is missing at a pointer of a form, in Chinese and by the form's own name of it; a member of a list's item by that of the list. */
export function askFor(pointer: string): string {
  if (pointer in chosen) return `请选择“${chosen[pointer]}”`;
  if (pointer in filledIn) return `请填写“${filledIn[pointer]}”`;
  return pointer === '' ? '请填写表单' : askFor(pointer.slice(0, pointer.lastIndexOf('/')));
}
