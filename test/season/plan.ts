import type { Role } from '../../shared/roles.ts';
import { Dice } from './dice.ts';
import type { DemandFate, Fate, Incident, RecoveryFate } from './fate.ts';
import { strains, type Strain } from './strains.ts';

/** Filing goes on for a year and a half; what is slow in review comes on later lists. */
const filingDays = 540;
const investments = [90_000_000, 320_000_000, 500_000_000, 500_000_001, 826_000_000, 1_000_000_001, 1_500_000_000, 2_400_000_000];
const filers = { governmentInvestment: ['wei-lan', 'wei-lan', 'qin-hai', 'meng-jie'], socialInvestment: ['qin-hai', 'meng-jie'] } as const;
/** The cities and departments that may forward what somebody files. */
const handlers: Readonly<Record<string, readonly string[]>> = { 'wei-lan': ['nanning-data', 'gx-market'], 'qin-hai': ['liuzhou-data', 'gx-industry'], 'meng-jie': ['nanning-data', 'gx-industry'] };
const demands: readonly DemandFate[] = ['offered', 'offered', 'metAbout', 'returned', 'defects', 'refused', 'withdrawn', 'transferred'];

/** The whole season, scenario by scenario: who files what when, and what becomes of it. The same seed and number of scenarios give the same plan. */
export function planOf(seed: number, scenarios: number): Fate[] {
  return strainsFor(seed, scenarios).map((strain, number) => fateOf(strain, number, new Dice(seed, 'fate', number)));
}

function strainsFor(seed: number, scenarios: number): Strain[] {
  const dice = new Dice(seed, 'strains');
  const bag = strains.flatMap((strain) => Array.from({ length: strain.weight }, () => strain));
  const rest = Array.from({ length: Math.max(0, scenarios - strains.length) }, () => dice.one(bag));
  return dice.shuffled([...dice.shuffled(strains).slice(0, scenarios), ...rest]);
}

function fateOf({ name: strain, funding, fate, incidents = [] }: Strain, number: number, dice: Dice): Fate {
  const government = funding === 'governmentInvestment';
  const filer = dice.one(filers[funding]);
  return {
    number,
    strain,
    funding,
    filer,
    handler: dice.one(handlers[filer] ?? []),
    name: nameOf(number, dice),
    stage: government ? 'proposed' : 'built',
    crossCutting: government || dice.chance(40),
    investmentFen: dice.one(investments),
    mixedMoney: false,
    listed: government && dice.chance(35),
    filedAfter: dice.between(0, filingDays),
    experts: dice.one([3, 3, 4, 5]),
    score: dice.between(66, 92),
    grades: [dice.one(['commended', 'ordinary', 'ordinary'] as const)],
    missesTarget: false,
    measured: government && dice.chance(50),
    awardPercent: dice.one([60, 80, 100, 100]),
    waives: false,
    accountsPercent: dice.between(85, 104),
    milestones: Array.from({ length: dice.between(1, 3) }, (_, index) => ({ dueAfter: (index + 1) * dice.between(60, 150), slips: dice.one([0, 0, 10, 45]) })),
    leadUnitRefused: dice.chance(25),
    leadUnitLate: dice.chance(30),
    objection: dice.one(['none', 'none', 'none', 'none', 'resolved', 'reviewAgain'] as const),
    library: true,
    breachYear: 0,
    findingDays: dice.between(14, 60),
    holdDays: dice.between(14, 45),
    liesIn: null,
    voidedLate: false,
    recovery: recoveryOf(dice),
    demand: dice.chance(25) ? dice.one(demands) : null,
    ...fate,
    incidents: [...asides(government, dice), ...incidents],
  };
}

function recoveryOf(dice: Dice): RecoveryFate {
  const instalments = dice.between(1, 3);
  return { states: dice.chance(60), dropped: dice.chance(20), sentBack: dice.chance(20), instalments, plan: dice.one(['none', 'none', 'approved', 'rejected'] as const), writtenOffAfter: dice.chance(20) ? dice.between(0, instalments - 1) : null, writeOffRefused: dice.chance(30) };
}

const happening = (percent: number, leaf: string, command: Incident['command'], by: Role, args?: Incident['args'], on?: number) => ({ percent, incident: { leaf, command, by, ...(args && { args }), ...(on !== undefined && { on }) } satisfies Incident });
const because = (reason: string) => ({ reason });

/** What may happen to any scenario on its way, and how often of a hundred times. */
function asides(government: boolean, dice: Dice): Incident[] {
  const [received, forwarded] = government ? ['declaration.withAggregator', 'declaration.aggregated'] : ['declaration.withEndorser', 'declaration.endorsed'];
  const item = government ? '/annex1/demandContent' : '/annex2/benefits';
  const returned = (reason: string, ...pointers: readonly string[]) => ({ reason, items: pointers.map((pointer) => ({ pointer, reason: '请补充说明' })) });
  const award = government ? 'construction.funding' : 'support.subsidy';
  const payable = government ? `${award}.advancePayable` : `${award}.payable`;
  const promoted = government ? 'promotion.reviewing' : 'support.promotion.reviewing';
  const list = [
    happening(30, received, 'returnForCorrection', 'aggregator', returned('内容不够具体', item)),
    happening(8, received, 'returnForCorrection', 'aggregator', returned('仍不够具体', item)),
    happening(8, forwarded, 'returnForCorrection', 'aggregator', returned('报送前复核发现问题', item)),
    happening(35, 'intake.formalCheck', 'returnForCorrection', 'bureauOfficer', returned('形式审查需补正', item, ...(government ? [] : ['/attachments/auditReport']))),
    happening(10, 'intake.formalCheck', 'returnForCorrection', 'bureauOfficer', returned('补正后仍有缺项', item)),
    happening(15, 'intake.formalCheck', 'askCountersigns', 'bureauOfficer'),
    happening(25, 'selection.reviewing', 'recuse', 'expert', because('近期参与过该单位的咨询项目')),
    happening(12, 'selection.approving', 'sendBack', 'bureauLeader', because('请补充评审说明')),
    happening(10, 'selection.approving', 'askCountersigns', 'bureauLeader'),
    happening(12, 'awaitingBatch', 'requestChange', 'applicant', { reason: '合作单位调整', items: [{ pointer: government ? '/annex1/architecture' : '/annex2/benefits', reason: '按实际情况调整' }] }),
    happening(15, `${award}.awardApproving`, 'returnAward', 'bureauLeader', because('请重新核定金额')),
    happening(10, payable, 'returnPayment', 'bureauLeader', because('收款账号有误')),
    happening(10, government ? 'construction.project.building' : 'support.commitment.watching', 'recordFinding', 'supervisor', { severity: 'ordinary', reason: '日志留存不足六个月' }, 20),
    happening(8, government ? 'construction.project.building' : 'support.promotion.drafting', 'hold', 'bureauOfficer', because('等待核查')),
    happening(60, 'construction.project.building', 'fileStageReport', 'applicant', { period: '本阶段', progress: '按计划推进', percent: 40, costFen: 30_000_000 }, 40),
    happening(50, government ? 'acceptance.inspecting' : 'support.commitment.watching', 'recordExpense', 'applicant', undefined, 5),
    happening(20, promoted, 'returnCase', 'bureauOfficer', because('请补充可复制的做法')),
  ];
  return list.filter(({ percent }) => dice.chance(percent)).map(({ incident }) => incident);
}

const syllables = [...'智慧农贸流通医养文旅物联矿山港口电力水利教育交通政务'];

// Two open filings of one unit under one name are a duplicate: the number keeps them apart.
function nameOf(number: number, dice: Dice): string {
  return `${Array.from({ length: 6 }, () => dice.one(syllables)).join('')}场景${number + 1}`;
}
