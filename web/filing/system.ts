import { directionWords } from '../../shared/contracts/form-words.zh.ts';
import { crossDimensionWords, subFieldWords } from '../../shared/contracts/system-words.zh.ts';
import type { Field } from './fields.ts';

/** Fields that both classes have beside the official form. */
export const systemFields = {
  directions: { pointer: '/system/directions', label: '申报方向', kind: 'many', options: directionWords, hint: '可多选，至少一项。申报方向与资金来源无关。' },
  subFields: { pointer: '/system/subFields', label: '细分领域', kind: 'many', options: subFieldWords, optional: true },
  crossCutting: { pointer: '/system/crossCutting', label: '多跨', kind: 'many', options: crossDimensionWords, hint: '系统字段，不在官方表上。涉及哪些就选哪些；政府投资类至少一项。', mayBeNone: true },
  division: { pointer: '/system/division', label: '实施地', kind: 'division', hint: '系统字段，不在官方表上。' },
  sectors: { pointer: '/system/sectors', label: '行业主管部门', kind: 'sectors', optional: true, hint: '系统字段，不在官方表上。可以由所选部门受理申报。' },
  constructUnit: { pointer: '/system/constructUnit', label: '建设主体单位', kind: 'unit' },
  cooperatingUnits: { pointer: '/system/cooperatingUnits', label: '合作单位', kind: 'units', optional: true, hint: '如有请填写；用于评审专家回避。' },
  contactName: { pointer: '/system/contact/name', label: '项目负责人', kind: 'line' },
  contactPhone: { pointer: '/system/contact/phone', label: '联系电话', kind: 'line' },
  investment: { pointer: '/system/totalInvestmentFen', label: '总投资', kind: 'fen', hint: '系统字段，不在官方表上。奖补上限按总投资计算。' },
  fiscal: { pointer: '/system/localFiscalFen', label: '其中：地方财政资金', kind: 'fen', hint: '系统字段，不在官方表上。它决定资金类别（第七条）；没有请填0。' },
  nonSecret: { pointer: '/system/nonSecret', label: '不涉密', kind: 'confirm', sentence: '本场景不涉及国家秘密（第四条：涉密场景不得申报）' },
  assessed: { pointer: '/system/assessedProducts', label: '选用经安全测评、信创的产品', kind: 'yesNo', optional: true, hint: '第九条的原则；未选用的请说明理由。' },
  technology: { pointer: '/system/technologyReason', label: '未选用的理由', kind: 'line', optional: true },
} as const satisfies Record<string, Field>;
