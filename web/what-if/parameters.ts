import { parse } from '../../shared/contracts/parse.ts';
import { policyChanges, type PolicyChanges } from '../../shared/contracts/policy-changes.ts';
import type { Period, PeriodName, Policy } from '../../shared/policy.ts';

/** The parameters that may be tried out, all of them with a value. */
export interface Values {
  readonly governmentTiers: readonly Tier[];
  readonly socialTiers: readonly Tier[];
  readonly capFen: number;
  readonly advancePercent: number;
  readonly requireCrossCutting: boolean;
  readonly quorum: number;
  readonly passLine: number;
  readonly dropExtremesFrom: number;
  readonly publicNotice: boolean;
  readonly rectificationsAllowed: number;
  readonly periods: Readonly<Record<string, Period>>;
}

/** A tier: investments up to so many fen (null: without limit) earn at most so many percent. */
export interface Tier {
  readonly upToFen: number | null;
  readonly percent: number;
}

/** Chinese names of the parameters. */
export const parameterNames = {
  governmentTiers: '政府投资类奖励梯度', socialTiers: '社会投资类补助梯度', capFen: '单个场景上限', advancePercent: '首期拨付比例（%）', requireCrossCutting: '政府投资类须多跨',
  quorum: '最少评审专家数', passLine: '入选线（分）', dropExtremesFrom: '去掉最高最低分的最少专家数', publicNotice: '发布前公示', rectificationsAllowed: '允许整改次数', periods: '期限',
} as const satisfies Record<keyof Values, string>;

/** The parameters that are plain numbers. */
export const numberNames = ['advancePercent', 'quorum', 'passLine', 'dropExtremesFrom', 'rectificationsAllowed'] as const;

/** The parameters that are yes or no. */
export const switchNames = ['requireCrossCutting', 'publicNotice'] as const;

/** Chinese names of the periods, by the name that the policy knows them by. */
export const periodNames: Readonly<Record<string, string>> = {
  draft: '草稿保留', forwarding: '汇总或审核、报送', correction: '补正', formalCheck: '形式审查', review: '专家评审', decision: '遴选决定', leadUnit: '确认牵头单位', publicNotice: '公示', nextBatch: '等待批次',
  projectApproval: '项目立项', building: '建设', award: '核定奖补', payment: '拨付', irsRegistration: 'IRS登记', acceptanceApplication: '申请验收', acceptance: '验收', rectification: '整改', evaluation: '评估', report: '报送政府', caseText: '编写案例',
  commitmentCheck: '承诺核查', signOff: '签发', statement: '陈述申辩', recovery: '收回', fundReview: '专项资金年度核对',
  dataCheck: '数据需求核对', dataAnswer: '数据需求答复', dataMeeting: '数据需求协调', dataSigning: '数据责任确认', dataDelivery: '数据提供', dataFeedback: '数据反馈',
} satisfies Record<PeriodName, string>;

/** What a pack has for each parameter. */
export function valuesOf(pack: Policy): Values {
  const names = Object.keys(parameterNames) as (keyof Values)[];
  return Object.fromEntries(names.map((name) => [name, pack[name].value])) as unknown as Values;
}

/** What a pack with changes has for each parameter. */
export const changed = (base: Values, { periods, ...changes }: PolicyChanges): Values => ({ ...base, ...changes, periods: { ...base.periods, ...periods } }) as Values;

/** What is different in the wanted values; of the periods only those that are. */
export function changesTo(base: Values, wanted: Values): PolicyChanges {
  const names = (Object.keys(parameterNames) as (keyof Values)[]).filter((name) => name !== 'periods' && !same(base[name], wanted[name]));
  const periods = Object.entries(wanted.periods).filter(([name, period]) => !same(period, base.periods[name]));
  return { ...Object.fromEntries(names.map((name) => [name, wanted[name]])), ...(periods.length > 0 ? { periods: Object.fromEntries(periods) } : {}) };
}

/** The changes that an address holds; none where it holds nothing that could be tried. */
export function changesIn(text: string | null): PolicyChanges {
  const parsed = parse(policyChanges, fromJson(text ?? '{}'));
  return parsed.ok ? parsed.value : {};
}

/** What keeps changes from being tried, by the very schema that the API checks them with: the parameter's name, and a sentence. */
export function wrongIn(changes: PolicyChanges): readonly (readonly [string, string])[] {
  const parsed = parse(policyChanges, changes);
  return parsed.ok ? [] : parsed.errors.map(({ pointer, detail }) => {
    const [, name = '', inner = ''] = pointer.split('/');
    return [name === 'periods' ? (periodNames[inner] ?? inner) : (parameterNames[name as keyof Values] ?? name), detail];
  });
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
