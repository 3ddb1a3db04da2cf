import type { Organisation } from '../../../shared/actor.ts';
import type { Expertise } from '../../../shared/expert.ts';
import type { Role } from '../../../shared/roles.ts';

/** A person of the demonstration records; `org` is an id of `organisations`. */
export interface SeedPerson {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly org: string;
  readonly roles: readonly Role[];
  readonly expertise?: Expertise;
}

/** What there is to try in each role, as the page for signing in says it. */
export const tries: Readonly<Record<Role, string>> = {
  applicant: '新建申报、填写、上传附件、提交、补正；入选后登记立项、里程碑、IRS和竣工',
  unitAdmin: '查看和办理本单位的全部申报',
  aggregator: '汇总或审核、退回补正、报送自治区数据局',
  bureauOfficer: '形式审查、指派专家、提出遴选与奖补意见',
  bureauLeader: '审批遴选与奖补、签发清单',
  expert: '评分或申请回避',
  leadingGroupOffice: '确认牵头单位',
  finance: '确认拨付、登记退回款项',
  dataAuthority: '受理数据需求、召集协调会议、督办数据提供；自治区一级还可查看已提交的场景与IRS登记',
  supervisor: '查看全部场景、登记监管问题',
  public: '查看已发布清单',
  system: '',
};

/** Organisations to try the programme with. Offices carry their real names; units that apply are invented. */
export const organisations: readonly Organisation[] = [
  { id: 'gx-bureau', name: '广西壮族自治区数据局', kind: 'government', office: 'bureau', division: '450000', sector: 'dataBureau' },
  { id: 'gx-leading-group-office', name: '广西壮族自治区推进政府职能转变和数字广西建设领导小组办公室', kind: 'government', office: 'leadingGroupOffice', division: '450000' },
  { id: 'gx-finance', name: '广西壮族自治区财政厅', kind: 'government', office: 'finance', division: '450000', sector: 'finance' },
  { id: 'gx-info-center', name: '广西壮族自治区信息中心（自治区大数据研究院）', kind: 'publicInstitution', office: 'dataAuthority', division: '450000', sector: 'infoCenter' },
  { id: 'gx-cyberspace', name: '广西壮族自治区党委网络安全和信息化委员会办公室', kind: 'government', office: 'supervision', division: '450000', sector: 'cyberspace' },
  { id: 'gx-public-security', name: '广西壮族自治区公安厅', kind: 'government', office: 'supervision', division: '450000', sector: 'publicSecurity' },
  { id: 'gx-audit', name: '广西壮族自治区审计厅', kind: 'government', office: 'supervision', division: '450000', sector: 'audit' },
  { id: 'gx-market', name: '广西壮族自治区市场监督管理局', kind: 'government', office: 'sectorAuthority', division: '450000', sector: 'marketSupervision' },
  { id: 'gx-industry', name: '广西壮族自治区工业和信息化厅', kind: 'government', office: 'sectorAuthority', division: '450000', sector: 'industryInformation' },
  { id: 'nanning-data', name: '南宁市大数据发展局', kind: 'government', office: 'city', division: '450100' },
  { id: 'liuzhou-data', name: '柳州市大数据发展局', kind: 'government', office: 'city', division: '450200' },
  { id: 'nanning-logistics', name: '南宁市农产品流通服务中心（演示）', kind: 'publicInstitution', office: 'none', division: '450100', sector: 'marketSupervision', uscc: '12450000MB0000001G' },
  { id: 'guiling-cement', name: '柳州桂岭矿业有限公司（演示）', kind: 'enterprise', office: 'none', division: '450222', sector: 'industryInformation', uscc: '91450200MA5KA00024' },
  { id: 'yongjiang-tech', name: '南宁邕江智联科技有限公司（演示）', kind: 'enterprise', office: 'none', division: '450103', sector: 'industryInformation', uscc: '91450100MA5KA0001U' },
  { id: 'gx-academy', name: '广西数字技术研究院（演示）', kind: 'research', office: 'none', division: '450103' },
  { id: 'gx-association', name: '广西数字经济促进会（演示）', kind: 'socialOrganisation', office: 'none', division: '450103', uscc: '52450000MJ00000031' },
];

/** People to sign in as, at least one per role; money and publication need two different ones. */
export const people: readonly SeedPerson[] = [
  { id: 'wei-lan', name: '韦岚', title: '流通服务中心经办', org: 'nanning-logistics', roles: ['applicant'] },
  { id: 'huang-yu', name: '黄宇', title: '流通服务中心管理员', org: 'nanning-logistics', roles: ['unitAdmin'] },
  { id: 'qin-hai', name: '覃海', title: '桂岭矿业项目负责人', org: 'guiling-cement', roles: ['applicant', 'unitAdmin'] },
  { id: 'meng-jie', name: '蒙洁', title: '邕江智联申报人', org: 'yongjiang-tech', roles: ['applicant', 'unitAdmin'] },
  { id: 'lu-fang', name: '陆芳', title: '南宁市经办', org: 'nanning-data', roles: ['aggregator'] },
  { id: 'mo-qiang', name: '莫强', title: '柳州市经办', org: 'liuzhou-data', roles: ['aggregator'] },
  { id: 'nong-min', name: '农敏', title: '自治区市场监管局经办', org: 'gx-market', roles: ['aggregator'] },
  { id: 'tan-jun', name: '谭军', title: '自治区工业和信息化厅经办', org: 'gx-industry', roles: ['aggregator'] },
  { id: 'li-ning', name: '李宁', title: '数据局经办一', org: 'gx-bureau', roles: ['bureauOfficer'] },
  { id: 'he-ping', name: '何平', title: '数据局经办二', org: 'gx-bureau', roles: ['bureauOfficer'] },
  { id: 'liang-shan', name: '梁山', title: '数据局负责人', org: 'gx-bureau', roles: ['bureauLeader'] },
  { id: 'ma-jun', name: '马骏', title: '数据局分管负责人', org: 'gx-bureau', roles: ['bureauLeader'] },
  { id: 'zhao-wen', name: '赵文', title: '领导小组办公室经办', org: 'gx-leading-group-office', roles: ['leadingGroupOffice'] },
  { id: 'pan-hong', name: '潘红', title: '财政拨付一', org: 'gx-finance', roles: ['finance'] },
  { id: 'su-mei', name: '苏梅', title: '财政拨付二', org: 'gx-finance', roles: ['finance'] },
  { id: 'deng-bo', name: '邓波', title: '数据主管部门', org: 'gx-info-center', roles: ['dataAuthority'] },
  { id: 'shi-qing', name: '石青', title: '南宁市数据主管', org: 'nanning-data', roles: ['dataAuthority'] },
  { id: 'ma-lin', name: '马琳', title: '柳州市数据主管', org: 'liuzhou-data', roles: ['dataAuthority'] },
  { id: 'long-fei', name: '龙飞', title: '网信监督', org: 'gx-cyberspace', roles: ['supervisor'] },
  { id: 'zhong-an', name: '钟安', title: '公安数据安全监督', org: 'gx-public-security', roles: ['supervisor'] },
  { id: 'ou-lin', name: '欧琳', title: '审计监督', org: 'gx-audit', roles: ['supervisor'] },
  { id: 'expert-chen', name: '陈思源', title: '专家（数据治理）', org: 'gx-academy', roles: ['expert'], expertise: { fields: ['digitalGovernment', 'openGovernment', 'collaborativeOffice', 'marketSupervision'], workedAt: [{ unit: '南宁市大数据发展局', until: '2019-12-31' }], interests: [] } },
  { id: 'expert-zhou', name: '周明', title: '专家（信息化）', org: 'gx-academy', roles: ['expert'], expertise: { fields: ['digitalGovernment', 'smartRegulation', 'urbanSensing', 'industryInformation'], workedAt: [], interests: [] } },
  { id: 'expert-wu', name: '吴秀兰', title: '专家（财务）', org: 'gx-association', roles: ['expert'], expertise: { fields: ['digitalFinance', 'finance'], workedAt: [], interests: [] } },
  { id: 'expert-lin', name: '林一帆', title: '专家（智能制造）', org: 'gx-academy', roles: ['expert'], expertise: { fields: ['digitalEconomy', 'smartManufacturing', 'industryInformation'], workedAt: [], interests: [] } },
  { id: 'expert-xie', name: '谢春燕', title: '专家（流通经济）', org: 'gx-association', roles: ['expert'], expertise: { fields: ['digitalEconomy', 'smartLogistics', 'digitalCommerce', 'marketSupervision'], workedAt: [], interests: [] } },
  { id: 'expert-lan', name: '蓝志远', title: '专家（曾任职于邕江智联）', org: 'gx-academy', roles: ['expert'], expertise: { fields: ['digitalEconomy', 'platformEconomy'], workedAt: [{ unit: 'yongjiang-tech', until: null }], interests: [] } },
  { id: 'expert-ban', name: '班玉梅', title: '专家（持有桂岭矿业股份）', org: 'gx-association', roles: ['expert'], expertise: { fields: ['smartManufacturing', 'greenLowCarbon'], workedAt: [], interests: ['91450200MA5KA00024'] } },
];
