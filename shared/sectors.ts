/** A department of the region; `verified` tells whether the published name was checked. */
export interface Department {
  readonly id: string;
  readonly name: string;
  readonly short: string;
  readonly verified: boolean;
}

/** The departments of the region; a sector authority's `sector` is one of these ids. */
export const departments = [
  { id: 'dataBureau', name: '广西壮族自治区数据局', short: '自治区数据局', verified: true },
  { id: 'bigDataBureauOld', name: '广西壮族自治区大数据发展局', short: '（旧称，附件2落款）', verified: true },
  { id: 'leadingGroupOffice', name: '广西壮族自治区推进政府职能转变和数字广西建设领导小组办公室', short: '领导小组办公室', verified: true },
  { id: 'infoCenter', name: '广西壮族自治区信息中心（自治区大数据研究院）', short: '自治区信息中心', verified: true },
  { id: 'marketSupervision', name: '广西壮族自治区市场监督管理局', short: '自治区市场监管局', verified: true },
  { id: 'developmentReform', name: '广西壮族自治区发展和改革委员会', short: '自治区发展改革委', verified: true },
  { id: 'industryInformation', name: '广西壮族自治区工业和信息化厅', short: '自治区工业和信息化厅', verified: true },
  { id: 'agriculture', name: '广西壮族自治区农业农村厅', short: '自治区农业农村厅', verified: true },
  { id: 'housing', name: '广西壮族自治区住房和城乡建设厅', short: '自治区住房城乡建设厅', verified: true },
  { id: 'civilAffairs', name: '广西壮族自治区民政厅', short: '自治区民政厅', verified: true },
  { id: 'finance', name: '广西壮族自治区财政厅', short: '自治区财政厅', verified: true },
  { id: 'financialCommission', name: '广西壮族自治区党委金融委员会办公室', short: '自治区党委金融办', verified: true },
  { id: 'cultureTourism', name: '广西壮族自治区文化和旅游厅', short: '自治区文化和旅游厅', verified: true },
  { id: 'ecology', name: '广西壮族自治区生态环境厅', short: '自治区生态环境厅', verified: true },
  { id: 'commerce', name: '广西壮族自治区商务厅', short: '自治区商务厅', verified: true },
  { id: 'transport', name: '广西壮族自治区交通运输厅', short: '自治区交通运输厅', verified: true },
  { id: 'industrialParks', name: '广西壮族自治区产业园区改革发展办公室', short: '自治区园区办', verified: true },
  { id: 'forestry', name: '广西壮族自治区林业局', short: '自治区林业局', verified: true },
  { id: 'broadcasting', name: '广西壮族自治区广播电视局', short: '自治区广电局', verified: true },
  { id: 'education', name: '广西壮族自治区教育厅', short: '自治区教育厅', verified: true },
  { id: 'publicSecurity', name: '广西壮族自治区公安厅', short: '自治区公安厅', verified: true },
  { id: 'humanResources', name: '广西壮族自治区人力资源和社会保障厅', short: '自治区人力资源社会保障厅', verified: true },
  { id: 'science', name: '广西壮族自治区科学技术厅', short: '自治区科技厅', verified: true },
  { id: 'health', name: '广西壮族自治区卫生健康委员会', short: '自治区卫生健康委', verified: true },
  { id: 'medicalInsurance', name: '广西壮族自治区医疗保障局', short: '自治区医保局', verified: true },
  { id: 'intellectualProperty', name: '广西壮族自治区知识产权局', short: '自治区知识产权局', verified: true },
  { id: 'waterResources', name: '广西壮族自治区水利厅', short: '自治区水利厅', verified: true },
  { id: 'naturalResources', name: '广西壮族自治区自然资源厅', short: '自治区自然资源厅', verified: true },
  { id: 'cyberspace', name: '广西壮族自治区党委网络安全和信息化委员会办公室', short: '自治区党委网信办', verified: true },
  { id: 'justice', name: '广西壮族自治区司法厅', short: '自治区司法厅', verified: false },
  { id: 'emergency', name: '广西壮族自治区应急管理厅', short: '自治区应急管理厅', verified: false },
  { id: 'audit', name: '广西壮族自治区审计厅', short: '自治区审计厅', verified: false },
  { id: 'veterans', name: '广西壮族自治区退役军人事务厅', short: '自治区退役军人事务厅', verified: false },
  { id: 'ethnicAffairs', name: '广西壮族自治区民族宗教事务委员会', short: '自治区民族宗教事务委员会', verified: false },
  { id: 'foreignAffairs', name: '广西壮族自治区外事办公室', short: '自治区外事办公室', verified: false },
  { id: 'stateAssets', name: '广西壮族自治区国有资产监督管理委员会', short: '自治区国有资产监督管理委员会', verified: false },
  { id: 'sports', name: '广西壮族自治区体育局', short: '自治区体育局', verified: false },
  { id: 'statistics', name: '广西壮族自治区统计局', short: '自治区统计局', verified: false },
  { id: 'ocean', name: '广西壮族自治区海洋局', short: '自治区海洋局', verified: false },
  { id: 'drugs', name: '广西壮族自治区药品监督管理局', short: '自治区药品监督管理局', verified: false },
  { id: 'grain', name: '广西壮族自治区粮食和物资储备局', short: '自治区粮食和物资储备局', verified: false },
  { id: 'officesAdministration', name: '广西壮族自治区机关事务管理局', short: '自治区机关事务管理局', verified: false },
  { id: 'petitions', name: '广西壮族自治区信访局', short: '自治区信访局', verified: false },
  { id: 'civilAirDefence', name: '广西壮族自治区人民防空办公室', short: '自治区人民防空办公室', verified: false },
  { id: 'defenceMobilisation', name: '广西壮族自治区国防动员办公室', short: '自治区国防动员办公室', verified: false },
] as const satisfies readonly Department[];

/** The id of a sector. */
export type SectorId = (typeof departments)[number]['id'];

/** Finds a department by its id; undefined when there is none. */
export function departmentOf(id: string): Department | undefined {
  return departments.find((department) => department.id === id);
}
