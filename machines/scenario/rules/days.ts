import { addYears, dayOf, type Day } from '../../../shared/days.ts';
import type { Question, Rule } from '../../question.ts';
import type { ScenarioContext } from '../context.ts';
import { inspectionOf } from '../inspection.ts';

type Ask = Question<ScenarioContext>;

/** Rules about days that somebody types: what has happened happened by today, and not before what it follows from (art. 11(5) to (7), art. 12(2), letter). */
export const dayRules = {
  dayIsNotInTheFuture: {
    article: 'policy R-029',
    reads: 'args',
    sentence: '日期不能晚于今天，请核对',
    holds: (ask) => daysOf(ask).every((day) => day <= dayOf(ask.now)),
    figures: (ask) => ({ days: daysOf(ask), today: dayOf(ask.now) }),
  },
  dayFollowsTheCase: {
    article: 'policy R-029',
    reads: 'args',
    sentence: '日期早于它所依据的前一环节，请核对',
    holds: (ask) => tooEarly(ask).length === 0,
    figures: (ask) => ({ early: tooEarly(ask) }),
  },
  yearHasBegun: {
    article: 'art. 11(7), policy A-25',
    reads: 'args',
    sentence: '年度不能晚于今年，请核对',
    holds: ({ args, now }) => args.year === undefined || args.year <= Number(dayOf(now).slice(0, 4)),
    figures: ({ args, now }) => ({ year: args.year ?? null, today: dayOf(now) }),
  },
} as const satisfies Record<string, Rule<ScenarioContext>>;

function daysOf({ args }: Ask): Day[] {
  return [args.approvedOn, args.completedOn, args.paidOn, args.registeredOn, args.inspectedOn, args.sentOn, args.foundOn, args.spentOn, args.checkedOn].filter((day) => day !== undefined);
}

/** Days that lie before what they follow from, each with the earliest day that could be right. */
function tooEarly(ask: Ask): { readonly day: Day; readonly earliest: Day }[] {
  return bounds(ask).flatMap(([day, ...after]) => {
    const earliest = latest(after);
    return day !== undefined && earliest !== undefined && day < earliest ? [{ day, earliest }] : [];
  });
}

type Bound = readonly [day: Day | undefined, ...after: (Day | null | undefined)[]];

/** What each typed day follows from. A milestone may lie before the approval of the project (the approval may be one), the completion of the whole may not. */
function bounds({ args, context, policy }: Ask): readonly Bound[] {
  const { appliedOn, checks } = inspectionOf(context);
  const isMilestone = args.name !== undefined;
  return [
    [isMilestone ? undefined : args.completedOn, context.approval?.on, ...context.milestones.map(({ doneOn }) => doneOn)],
    [args.checkedOn, appliedOn],
    [args.inspectedOn, appliedOn, ...Object.values(checks).map(({ on }) => on)],
    [args.paidOn, context.order?.on],
    [args.sentOn, context.evaluation?.on],
    [args.foundOn, context.commitmentUntil && addYears(context.commitmentUntil, -policy.commitmentYears.value)],
  ];
}

function latest(days: readonly (Day | null | undefined)[]): Day | undefined {
  return days.flatMap((day) => day || []).toSorted().at(-1);
}
