import { addYears, dayOf } from '../../../shared/days.ts';
import type { Policy } from '../../../shared/policy.ts';
import type { Rule } from '../../question.ts';
import type { ScenarioContext } from '../context.ts';

/** Rules about building, IRS, acceptance, evaluation, promotion and the commitment (art. 10 to 12, art. 14(5), art. 15, letter). */
export const buildingRules = {
  isProposed: {
    article: 'art. 10',
    reads: 'case',
    sentence: '拟建场景发布后进入建设，已建场景发布后办理IRS登记和验收',
    holds: ({ context }) => context.stage === 'proposed',
  },
  milestonesHaveOwnNames: {
    article: 'art. 11(5)',
    reads: 'args',
    sentence: '里程碑名称不能重复，已完成的里程碑须保留在新计划中',
    holds: ({ args, context }) => {
      const names = (args.milestones ?? []).map((milestone) => milestone.name);
      return args.milestones === undefined || (new Set(names).size === names.length && context.milestones.every((milestone) => milestone.doneOn === null || names.includes(milestone.name)));
    },
  },
  milestoneIsOpen: {
    article: 'art. 11(5)',
    reads: 'args',
    sentence: '计划中没有这个里程碑，或它已经完成',
    holds: ({ args, context }) => args.name === undefined || context.milestones.some((milestone) => milestone.name === args.name && milestone.doneOn === null),
  },
  milestonesAreDone: {
    article: 'art. 11(5)',
    reads: 'case',
    sentence: '还有里程碑没有完成，请先登记完成情况再报竣工',
    holds: ({ context }) => context.milestones.every((milestone) => milestone.doneOn !== null),
    figures: ({ context }) => ({ open: context.milestones.filter((milestone) => milestone.doneOn === null).map((milestone) => milestone.name) }),
  },
  forecastsAreOfOpenMilestones: {
    article: 'art. 11(5)',
    reads: 'args',
    sentence: '只能填写计划中尚未完成的里程碑的最新预计，请核对名称',
    holds: ({ args, context }) => (args.forecasts ?? []).every(({ name }) => context.milestones.some((milestone) => milestone.name === name && milestone.doneOn === null)),
  },
  resourcesAreNamed: {
    article: 'art. 10, policy R-022',
    reads: 'args',
    sentence: '请列明使用的IRS云网、数据、组件资源；没有使用的，请说明理由',
    holds: ({ args }) => args.appCode === undefined || args.resources !== undefined || args.reason !== undefined,
  },
  isInIrs: {
    article: 'art. 10',
    reads: 'case',
    sentence: '场景还没有纳入IRS管理，请先登记IRS应用编码',
    holds: ({ context }) => context.irs !== null,
  },
  noFindingIsOpen: {
    article: 'policy R-011',
    reads: 'case',
    sentence: '还有未整改的安全监管问题，整改销号后才能验收',
    holds: ({ context }) => context.findings.length === 0,
    figures: ({ context }) => ({ findings: [...context.findings] }),
  },
  yearIsNew: {
    article: 'art. 11(7), policy A-25',
    reads: 'args',
    sentence: '该年度已经评估过，请核对年度',
    holds: ({ args, context }) => args.year === undefined || context.evaluation === null || args.year > context.evaluation.year,
  },
  effectIsShown: {
    article: 'art. 12(4)',
    reads: 'case',
    sentence: '最近一次评估为通报的场景不纳入案例库，请改进后重新评估',
    holds: ({ context }) => context.evaluation?.grade !== 'criticised',
  },
  subsidyIsWaived: {
    article: 'annex 2 letter, policy A-17',
    reads: 'case',
    sentence: '已领取或待领取补助的单位须履行5年承诺，不能解除',
    holds: ({ context }) => context.waived,
  },
  subsidyIsPaid: {
    article: 'annex 2 letter, policy A-17',
    reads: 'case',
    sentence: '补助尚未拨付，承诺期还没有开始',
    holds: ({ context }) => context.commitmentUntil !== null,
  },
  checkOfTheYearIsOpen: {
    article: 'annex 2 letter, policy A-17',
    reads: 'case',
    sentence: '本承诺年度已经检查，请在下一年度再登记',
    holds: ({ context, now, policy }) => context.commitmentUntil === null || dayOf(now) >= yearOfCommitment(context.commitmentUntil, context.commitmentChecks, policy),
    figures: ({ context }) => ({ until: context.commitmentUntil, checks: context.commitmentChecks }),
  },
  commitmentPeriodIsOver: {
    article: 'annex 2 letter, policy A-17',
    reads: 'case',
    sentence: '承诺期未满',
    holds: ({ context, now }) => context.commitmentUntil !== null && dayOf(now) >= context.commitmentUntil,
    figures: ({ context }) => ({ until: context.commitmentUntil }),
  },
} as const satisfies Record<string, Rule<ScenarioContext>>;

/** The day on which a year of the commitment begins, counted from payment; `year` 0 is the first. */
function yearOfCommitment(until: string, year: number, policy: Policy): string {
  return addYears(until, year - policy.commitmentYears.value);
}
