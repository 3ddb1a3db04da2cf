import type { FundingClass } from '../../machines/scenario/context.ts';
import type { Fate, Incident } from './fate.ts';

/** One kind of life that a scenario may have: how often among all, and what sets it apart. */
export interface Strain {
  readonly name: string;
  readonly weight: number;
  readonly funding: FundingClass;
  readonly fate: Partial<Fate>;
  readonly incidents?: readonly Incident[];
}

const building = 'construction.project.building';
const watching = 'support.commitment.watching';
const government = (name: string, weight: number, fate: Partial<Fate>, incidents: readonly Incident[] = []): Strain => ({ name: `government, ${name}`, weight, funding: 'governmentInvestment', fate, incidents });
const social = (name: string, weight: number, fate: Partial<Fate>, incidents: readonly Incident[] = []): Strain => ({ name: `social, ${name}`, weight, funding: 'socialInvestment', fate, incidents });
const reason = (text: string) => ({ reason: text });
const rectify: Incident = { leaf: 'acceptance.inspecting', command: 'orderRectification', by: 'bureauOfficer', args: { reason: '性能测试未达标', demands: ['补充性能测试报告', '修复两项缺陷'] } };
const giveBack: Incident = { leaf: 'acceptance.inspecting', command: 'returnAcceptance', by: 'bureauOfficer', args: { reason: '竣工材料不全', lacking: ['补充竣工决算审计报告'] } };
const fail: Incident = { leaf: 'acceptance.inspecting', command: 'failAcceptance', by: 'bureauLeader', args: reason('整改后仍未达到批复的建设内容') };
const rejection = { score: 48 };

/** All kinds of lives. Each comes once before any comes twice, the rest by weight. */
export const strains: readonly Strain[] = [
  government('commended, in the library', 10, { grades: ['commended'] }),
  government('ordinary, in the library', 8, { grades: ['ordinary'] }),
  government('built already', 8, { stage: 'built', grades: ['ordinary'] }),
  government('through the list of its authority', 6, { listed: true, grades: ['ordinary'] }),
  government('measured by indicators, year after year', 4, { measured: true, grades: ['criticised', 'ordinary'] }),
  government('criticised, then improved', 5, { grades: ['criticised', 'ordinary'] }),
  government('missed its targets', 5, { grades: ['criticised'], measured: true, missesTarget: true, library: false }),
  government('rectified, then accepted', 6, {}, [giveBack, rectify]),
  government('cost far less than approved', 3, { accountsPercent: 30, awardPercent: 100 }),
  government('failed, paid back by instalments', 4, { recovery: recovery({ instalments: 4, plan: 'approved' }) }, [rectify, fail]),
  government('failed, partly written off', 3, { recovery: recovery({ instalments: 3, writtenOffAfter: 1 }) }, [rectify, fail]),
  government('terminated while building', 4, { library: false }, [{ leaf: building, command: 'terminate', by: 'bureauLeader', args: reason('建设单位撤并，项目终止'), on: 120 }]),
  government('papers untrue', 3, { library: false }, [{ leaf: building, command: 'void', by: 'bureauLeader', args: reason('经查申报材料不实'), on: 90 }]),
  government('money misused', 3, { recovery: recovery({ instalments: 2 }) }, [{ leaf: 'acceptance.inspecting', command: 'recordFinding', by: 'supervisor', args: { severity: 'ordinary', reason: '审计发现挪用资金' } }, { leaf: 'acceptance.inspecting', command: 'orderRecovery', by: 'bureauLeader' }]),
  government('not selected', 8, rejection),
  government('refused at the formal check', 3, {}, [{ leaf: 'intake.formalCheck', command: 'rejectFiling', by: 'bureauOfficer', args: reason('不属于征集范围') }]),
  government('declined by its authority', 3, {}, [{ leaf: 'declaration.withAggregator', command: 'decline', by: 'aggregator', args: reason('与本市已建平台重复') }]),
  government('withdrawn in review', 3, {}, [{ leaf: 'selection.reviewing', command: 'withdraw', by: 'applicant', args: reason('建设条件变化'), on: 5 }]),
  government('never submitted', 2, { liesIn: 'declaration.draft', listed: false }),
  government('waived its reward', 2, { waives: true }),
  government('objected to', 5, { objection: 'reviewAgain' }),
  government('on hold for good', 1, { holdDays: null }, [{ leaf: 'construction.project.approval', command: 'hold', by: 'bureauLeader', args: reason('等待主管部门统筹意见') }]),
  government('finding never resolved', 1, { findingDays: null }, [{ leaf: building, command: 'recordFinding', by: 'supervisor', args: { severity: 'severe', reason: '等级保护测评未通过' }, on: 30 }]),
  social('kept, in the library', 12, {}),
  social('kept, without a case', 5, { library: false }),
  social('moved away, paid back', 4, { breachYear: 2, recovery: recovery({ instalments: 2, plan: 'rejected' }) }),
  social('moved away, written off', 3, { breachYear: 4, recovery: recovery({ instalments: 3, writtenOffAfter: 1, writeOffRefused: true }) }),
  social('moved away, recovery dropped', 2, { breachYear: 5, recovery: recovery({ dropped: true, sentBack: true }) }),
  social('waived its subsidy', 3, { waives: true }),
  social('not selected', 6, rejection),
  social('endorsement refused', 3, {}, [{ leaf: 'declaration.withEndorser', command: 'decline', by: 'aggregator', args: reason('现场核实未建成') }]),
  social('withdrawn in review', 2, {}, [{ leaf: 'selection.reviewing', command: 'withdraw', by: 'applicant', args: reason('改为申报其他专项'), on: 5 }]),
  social('voided after its end', 2, { voidedLate: true }),
  social('mixed money', 3, { mixedMoney: true }),
  social('terminated under watch', 2, {}, [{ leaf: watching, command: 'terminate', by: 'bureauLeader', args: reason('单位注销'), on: 500 }]),
  social('money misused', 2, { recovery: recovery({ instalments: 3 }) }, [{ leaf: watching, command: 'orderRecovery', by: 'bureauLeader', on: 200 }]),
];

function recovery(other: Partial<Fate['recovery']>): Fate['recovery'] {
  return { states: true, dropped: false, sentBack: false, instalments: 1, plan: 'none', writtenOffAfter: null, writeOffRefused: false, ...other };
}
