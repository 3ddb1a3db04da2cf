import type { crossDimensions, subFields } from './system-fields.ts';

/** The sub-fields that art. 6 names, in its words. */
export const subFieldWords = {
  collaborativeOffice: '协同办公',
  administrativeSupervision: '行政监督',
  openGovernment: '政务公开',
  smartHealth: '智慧医疗',
  smartEducation: '智慧教育',
  smartElderlyCare: '智慧养老',
  digitalConsumption: '数字消费',
  urbanSensing: '城市物联感知',
  smartRegulation: '智慧监管',
  smartAgriculture: '智慧农业',
  smartManufacturing: '智能制造',
  smartLogistics: '智慧物流',
  digitalFinance: '数字金融',
  digitalCommerce: '数字商贸',
  platformEconomy: '平台经济',
  transport: '交通运输',
  scienceInnovation: '科技创新',
  cultureTourism: '文化旅游',
  greenLowCarbon: '绿色低碳',
  other: '其他',
} as const satisfies Record<(typeof subFields)[number], string>;

/** The five dimensions of a cross-cutting scenario (art. 5(2)). */
export const crossDimensionWords = {
  departments: '跨部门',
  levels: '跨层级',
  regions: '跨地域',
  systems: '跨系统',
  business: '跨业务',
} as const satisfies Record<(typeof crossDimensions)[number], string>;

/** Whether a scenario is still to be built (art. 10, art. 13). */
export const stageWords = { proposed: '拟建', built: '已建' } as const;
