import type { Question, Rule } from '../question.ts';
import type { Indicator, ScenarioContext } from './context.ts';

/** The indicators that an evaluation of a year has to answer: those due by its end. */
export function indicatorsOf({ indicators = [] }: Pick<ScenarioContext, 'indicators'>, year: number): readonly Indicator[] {
  return indicators.filter(({ dueOn }) => Number(dueOn.slice(0, 4)) <= year);
}

/** Whether a figure reaches a target, or stays within it. */
export function reaches({ goal, target }: Pick<Indicator, 'goal' | 'target'>, actual: string): boolean {
  return goal === 'atLeast' ? Number(actual) >= Number(target) : Number(actual) <= Number(target);
}

/** Rules about indicators and how they are judged (art. 11(7), art. 12(2), A-25). */
export const indicatorRules = {
  indicatorsAreNew: {
    article: 'art. 11(7), policy A-25',
    reads: 'case',
    sentence: '绩效指标已经填报，不能再改；实际情况请在自评中说明',
    holds: ({ context }) => context.indicators === undefined,
  },
  indicatorsHaveOwnNames: {
    article: 'art. 11(7), policy A-25',
    reads: 'args',
    sentence: '指标名称不能重复，请核对',
    holds: ({ args }) => namesDiffer(args.indicators ?? []),
  },
  indicatorsAreStated: {
    article: 'art. 11(7), policy A-25',
    reads: 'case',
    sentence: '还没有填报绩效指标，请先填报',
    holds: ({ context }) => context.indicators !== undefined,
  },
  everyActualIsGiven: {
    article: 'art. 11(7), policy A-25',
    reads: 'args',
    sentence: '该年度到期的指标须逐项填写实际值，不能有计划外的指标',
    holds: (ask) => ask.args.actuals === undefined || answersAll(ask, ask.args.actuals),
    figures: (ask) => ({ indicators: wanted(ask) }),
  },
  everyIndicatorIsJudged: {
    article: 'art. 11(7), policy A-25',
    reads: 'args',
    sentence: '该年度到期的绩效指标须逐项给出评价，不能有单位未填报的指标',
    holds: (ask) => ask.args.year === undefined || answersAll(ask, ask.args.judgements ?? []),
    figures: (ask) => ({ indicators: wanted(ask) }),
  },
  judgementsFollowFigures: {
    article: 'art. 12(2), policy A-25',
    reads: 'args',
    sentence: '实际值没有达到目标的指标不能评为达标，请核对',
    holds: ({ args, context }) => (args.judgements ?? []).every(({ name, actual, met }) => !met || (context.indicators ?? []).every((each) => each.name !== name || reaches(each, actual))),
    figures: ({ args, context }) => ({ missed: (args.judgements ?? []).filter(({ name, actual }) => (context.indicators ?? []).some((each) => each.name === name && !reaches(each, actual))).map(({ name, actual }) => ({ name, actual })) }),
  },
  commendedMeetsTarget: {
    article: 'art. 11(7), art. 12(2)',
    reads: 'args',
    sentence: '未达到预算绩效目标的场景不能评为通报表扬，请核对等次和结论',
    holds: ({ args }) => args.grade !== 'commended' || args.targetMet !== false,
  },
  verdictFollowsJudgements: {
    article: 'art. 12(2), policy A-25',
    reads: 'args',
    sentence: '“达到预算绩效目标”须与各项指标的评价一致：有一项不达标即为未达到',
    holds: ({ args }) => args.judgements === undefined || args.targetMet === args.judgements.every(({ met }) => met),
    figures: ({ args }) => ({ unmet: (args.judgements ?? []).filter(({ met }) => !met).map(({ name }) => name) }),
  },
} as const satisfies Record<string, Rule<ScenarioContext>>;

function wanted({ args, context }: Question<ScenarioContext>): readonly string[] {
  return indicatorsOf(context, args.year ?? 0).map(({ name }) => name);
}

function answersAll(ask: Question<ScenarioContext>, answers: readonly { readonly name: string }[]): boolean {
  const names = answers.map(({ name }) => name);
  const known = (ask.context.indicators ?? []).map(({ name }) => name);
  return namesDiffer(answers) && names.every((name) => known.includes(name)) && wanted(ask).every((name) => names.includes(name));
}

function namesDiffer(named: readonly { readonly name: string }[]): boolean {
  return new Set(named.map(({ name }) => name)).size === named.length;
}
