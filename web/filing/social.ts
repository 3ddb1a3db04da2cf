import { directionWords, progressWords, technicalFieldWords } from '../../shared/contracts/form-words.zh.ts';
import { stageWords } from '../../shared/contracts/system-words.zh.ts';
import type { Json } from '../api/types.ts';
import type { Field, FormPage } from './fields.ts';
import { systemFields } from './system.ts';

const cover = '附件2 封面';
const partOne = '附件2 第一部分 基本情况表';
const partTwo = '附件2 第二部分 申报报告';
const wholePlan = '建设方案五项合计';
const most = 2000;
const mustBeBuilt = '社会投资类场景应为已建场景（第十三条）';

const report = (name: string, label: string, hint?: string, limit = most): Field => ({ pointer: `/annex2/report/${name}`, label, kind: 'text', limit, ...(hint ? { hint } : {}) });
const plan = (name: string, label: string, hint?: string): Field => ({ pointer: `/annex2/plan/${name}`, label, kind: 'text', limit: 500, together: wholePlan, ...(hint ? { hint } : {}) });

const nameIn = (unit: Json | undefined): Json | undefined => (typeof unit === 'object' && unit !== null && 'name' in unit ? unit['name'] : undefined);
const namesIn = (units: Json | undefined): Json | undefined => (Array.isArray(units) ? units.flatMap((unit: Json) => nameIn(unit) ?? []) : undefined);

/** The pages of a social-investment filing: annex 2 in its order, and the fields that the rules need beside it. */
export const socialPages: readonly FormPage[] = [
  {
    id: 'cover',
    title: '封面',
    official: cover,
    fields: [
      { pointer: '/annex2/cover/name', label: '数字应用场景名称', kind: 'line' },
      { pointer: '/annex2/cover/directions', label: '申报方向', kind: 'many', options: directionWords, hint: '可多选，至少一项。申报方向与资金来源无关。' },
      { pointer: '/annex2/cover/applicant', label: '申报单位（盖章）', kind: 'line' },
      { pointer: '/annex2/cover/projectLead', label: '项目负责人', kind: 'line' },
      { pointer: '/annex2/cover/phone', label: '联系电话', kind: 'line' },
      { pointer: '/annex2/cover/filedOn', label: '报送日期', kind: 'day' },
    ],
  },
  {
    id: 'basic',
    title: '基本信息',
    official: '附件2 第一部分 基本情况表（一）',
    fields: [
      { pointer: '/annex2/basic/name', label: '场景名称', kind: 'line', from: { pointer: '/annex2/cover/name' } },
      { pointer: '/annex2/basic/address', label: '场景实施地址', kind: 'line' },
      systemFields.division,
      { pointer: '/annex2/basic/constructUnit', label: '场景建设主体单位', kind: 'line', from: { pointer: '/system/constructUnit', as: nameIn } },
      { ...systemFields.constructUnit, label: '场景建设主体单位（含信用代码）' },
      { pointer: '/annex2/basic/cooperatingUnits', label: '场景合作单位', kind: 'lines', optional: true, from: { pointer: '/system/cooperatingUnits', as: namesIn } },
      { ...systemFields.cooperatingUnits, label: '场景合作单位（含信用代码）' },
      { pointer: '/annex2/basic/technicalFields', label: '应用场景技术所属领域', kind: 'many', options: technicalFieldWords },
      { pointer: '/annex2/basic/otherTechnicalField', label: '其他领域', kind: 'line', optional: true, hint: '选了“其他”的请写明' },
      { pointer: '/annex2/basic/period/from', label: '建设周期：开始', kind: 'month' },
      { pointer: '/annex2/basic/period/to', label: '建设周期：结束', kind: 'month' },
      { pointer: '/annex2/basic/progress', label: '场景建设进度', kind: 'one', options: progressWords, barred: { new: mustBeBuilt, underConstruction: mustBeBuilt } },
      { pointer: '/annex2/basic/fundingSource', label: '场景扶持资金来源', kind: 'line', hint: '没有的请填“无”' },
      { pointer: '/annex2/basic/fundingReceivedFen', label: '场景扶持资金金额（已获得）', kind: 'fen', hint: '没有的请填0' },
      { pointer: '/annex2/basic/fundingRequestedFen', label: '本次申请的补助金额', kind: 'fen', optional: true },
      { pointer: '/annex2/basic/sameKindFunding', label: '近两年内申请、获得自治区同类财政资金支持的情况', kind: 'text', limit: most, hint: '没有的请填“无”' },
    ],
  },
  {
    id: 'necessity',
    title: '建设背景及必要性',
    official: '附件2 第一部分 基本情况表（二）',
    fields: [{ pointer: '/annex2/necessity', label: '建设背景及必要性', kind: 'text', limit: 300 }],
  },
  {
    id: 'plan',
    title: '建设方案',
    official: '附件2 第一部分 基本情况表（三）',
    about: '五项合计不超过500字。',
    fields: [
      plan('goals', '建设目标', '请写明量化指标'),
      plan('content', '建设内容'),
      plan('innovation', '创新性', '创新点'),
      plan('technology', '技术先进性', '关键技术'),
      plan('operation', '运营模式', '如何应用、应用效果（量化指标）'),
    ],
  },
  {
    id: 'benefits',
    title: '经济效益和社会效益',
    official: '附件2 第一部分 基本情况表（四）',
    fields: [{ pointer: '/annex2/benefits', label: '经济效益和社会效益', kind: 'text', limit: 100 }],
  },
  {
    id: 'opinion',
    title: '申报单位意见',
    official: partOne,
    fields: [
      { pointer: '/annex2/opinion/truthful', label: '真实性', kind: 'confirm', sentence: '申报材料真实、准确、完整' },
      { pointer: '/annex2/opinion/signedBy', label: '法定代表人（签字）', kind: 'line' },
      { pointer: '/annex2/opinion/sealed', label: '单位（盖章）', kind: 'confirm', sentence: '已加盖单位公章' },
      { pointer: '/annex2/opinion/signedOn', label: '日期', kind: 'day' },
    ],
  },
  {
    id: 'report',
    title: '一、项目情况',
    official: partTwo,
    fields: [
      report('background', '1 建设背景', '所属领域、必要性、用途意义、核心技术来源、知识产权状况'),
      report('goals', '2 建设目标', '技术创新性、产业协同性、可推广性'),
      report('implementation', '3 实施方案', '5000字以内：内容、任务分工、完成节点、量化指标', 5000),
      report('funding', '4 资金情况', '投资估算、资金来源、使用方案'),
      report('benefits', '5 经济效益和社会效益分析'),
    ],
  },
  {
    id: 'team',
    title: '二、团队；三、技术',
    official: partTwo,
    fields: [report('team', '二 团队情况'), report('independence', '三.1 自主研发与知识产权', '软硬件是否自主研发、独立知识产权'), report('innovation', '三.2 创新性及先进性')],
  },
  {
    id: 'results',
    title: '四、应用与推广',
    official: partTwo,
    fields: [report('results', '四.1 落地场景与效果'), report('industry', '四.2 产业链带动'), report('promotion', '四.3 推广情况')],
  },
  {
    id: 'money',
    title: '投资、单位与技术',
    fields: [
      { pointer: '/system/name', label: '场景名称', kind: 'line', from: { pointer: '/annex2/cover/name' } },
      { pointer: '/system/stage', label: '建设阶段', kind: 'one', options: stageWords, from: { pointer: '/annex2/basic/progress' } },
      { ...systemFields.directions, from: { pointer: '/annex2/cover/directions' } },
      systemFields.investment, systemFields.fiscal, systemFields.nonSecret,
      { pointer: '/system/registeredInGuangxi', label: '在广西注册并纳税', kind: 'confirm', sentence: '申报单位在广西注册并纳税（承诺书）' },
      systemFields.subFields, systemFields.crossCutting, systemFields.sectors,
      { ...systemFields.contactName, from: { pointer: '/annex2/cover/projectLead' } },
      { ...systemFields.contactPhone, from: { pointer: '/annex2/cover/phone' } },
      systemFields.assessed, systemFields.technology,
    ],
  },
];
