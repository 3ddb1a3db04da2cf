import type { demandTypes, projectTypes, reformOptions } from './annex1.ts';
import type { progress, technicalFields } from './annex2.ts';
import type { directions } from './system-fields.ts';

/** Column 3 of annex 1 in the form's words, in the form's order: ① to ⑥. */
export const demandTypeWords = {
  publicConcern: '群众关注的高频事项',
  enterpriseNeed: '企业的共性需求',
  politicalCapacity: '提升政治能力的需求',
  governanceCapacity: '提升治理能力的需求',
  flagshipBrand: '打造金名片提升竞争力的需求',
  riskPrevention: '防范化解重大风险隐患的需求',
} as const satisfies Record<(typeof demandTypes)[number], string>;

/** Column 7 of annex 1, ① and ②. */
export const projectTypeWords = { incremental: '增量开发', upgrade: '迭代升级' } as const satisfies Record<(typeof projectTypes)[number], string>;

/** Column 12 of annex 1, ① to ⑤. */
export const reformOptionWords = {
  legalBreakthrough: '法律法规突破',
  institutionalInnovation: '体制机制创新',
  policySupply: '政策制度供给',
  processReengineering: '业务流程重塑',
  dataSharing: '数据开放共享',
} as const satisfies Record<(typeof reformOptions)[number], string>;

/** The directions as the cover of annex 2 prints them. */
export const directionWords = {
  digitalGovernment: '数字政府场景',
  digitalSociety: '数字社会场景',
  digitalEconomy: '数字经济场景',
} as const satisfies Record<(typeof directions)[number], string>;

/** The technical fields of annex 2, part 1; the form's broken boxes (£) are plain ones here. */
export const technicalFieldWords = {
  aerospace: '空天产业',
  ultraHdVideo: '超高清视频',
  highEndManufacturing: '高端装备与智能制造',
  internetOfThings: '物联网',
  energyEnvironment: '能源环保',
  autonomousDriving: '自动驾驶',
  blockchain: '区块链',
  private5g: '5G专网',
  robotics: '机器人',
  bigDataCloud: '大数据与云计算',
  artificialIntelligence: '人工智能',
  other: '其他',
} as const satisfies Record<(typeof technicalFields)[number], string>;

/** The building progress of annex 2, part 1. */
export const progressWords = { new: '新建', underConstruction: '在建', built: '已建' } as const satisfies Record<(typeof progress)[number], string>;
