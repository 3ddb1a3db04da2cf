import { demandTypeWords, projectTypeWords } from '../../shared/contracts/form-words.zh.ts';
import { stageWords } from '../../shared/contracts/system-words.zh.ts';
import type { FormPage } from './fields.ts';
import { systemFields } from './system.ts';

const annex = '附件1 多跨数字应用场景清单';
const most = 2000;

/** The pages of a government-investment filing: the 12 columns of annex 1 in their order, and the fields that the rules need beside them. */
export const governmentPages: readonly FormPage[] = [
  {
    id: 'scenario',
    title: '场景与单位',
    fields: [
      { pointer: '/system/name', label: '场景名称', kind: 'line' },
      { pointer: '/system/stage', label: '建设阶段', kind: 'one', options: stageWords },
      systemFields.directions, systemFields.subFields, systemFields.crossCutting, systemFields.division, systemFields.sectors,
      systemFields.constructUnit, systemFields.cooperatingUnits, systemFields.contactName, systemFields.contactPhone,
    ],
  },
  {
    id: 'money',
    title: '投资与技术',
    fields: [
      systemFields.investment, systemFields.fiscal, systemFields.nonSecret,
      { pointer: '/system/irsResources', label: '利用的IRS资源', kind: 'lines', optional: true, hint: '每行一项（第十条）。没有利用的请在下一项说明理由。' },
      { pointer: '/system/irsReason', label: '没有利用IRS资源的理由', kind: 'line', optional: true },
      systemFields.assessed, systemFields.technology,
    ],
  },
  {
    id: 'demand',
    title: '重大需求',
    official: annex,
    fields: [
      { pointer: '/annex1/seqNo', label: '1 序号', kind: 'number' },
      { pointer: '/annex1/demandName', label: '2 需求名称', kind: 'line', hint: '概括性词语或一句话描述' },
      { pointer: '/annex1/demandTypes', label: '3 需求类型', kind: 'many', options: demandTypeWords, hint: '可多选' },
      { pointer: '/annex1/demandContent', label: '4 需求内容', kind: 'text', limit: most, hint: '1.阐明重要性；2.阐明具体需求子项（重点）' },
    ],
  },
  {
    id: 'application',
    title: '多跨场景应用',
    official: annex,
    fields: [
      { pointer: '/annex1/applicationName', label: '5 应用名称', kind: 'line', from: { pointer: '/system/name' } },
      { pointer: '/annex1/planningBasis', label: '6 谋划基础', kind: 'text', limit: most, hint: '相关场景参考' },
      { pointer: '/annex1/projectType', label: '7 项目类型', kind: 'one', options: projectTypeWords },
      { pointer: '/annex1/architecture', label: '8 基本架构', kind: 'text', limit: most },
      { pointer: '/annex1/smallEntryScenarios', label: '9 小切口子场景', kind: 'lines', hint: '近期急用先建的子场景，每行一项' },
      { pointer: '/annex1/responsibleUnit', label: '10 责任单位', kind: 'line', hint: '建议的责任单位' },
    ],
  },
  {
    id: 'reform',
    title: '改革任务',
    official: annex,
    fields: [
      { pointer: '/annex1/reformProject', label: '11 改革项目', kind: 'line', hint: '概括性词语或一句话描述' },
      { pointer: '/annex1/reformTasks', label: '12 改革任务', kind: 'reforms', hint: '按所选方面逐项描述' },
    ],
  },
];
