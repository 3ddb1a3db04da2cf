import type { Milestone, ScenarioContext } from './context.ts';

/** How a construction stands against its approval and its first plan; amounts in fen, shares in percent with one decimal, days in Asia/Shanghai. */
export interface Progress {
  readonly budgetFen: number | null;
  readonly costFen: number | null;
  readonly leftFen: number | null;
  /** What was spent of the approved total. */
  readonly costPercent: number | null;
  /** What was done of the work, as last reported. */
  readonly donePercent: number | null;
  readonly reportedOn: string | null;
  /** The day of completion as first planned and as expected now. */
  readonly baselineOn: string | null;
  readonly forecastOn: string | null;
  readonly completedOn: string | null;
  /** Days between the two; of a completed project, until its completion. */
  readonly slipDays: number | null;
  readonly milestones: readonly MilestoneProgress[];
}

/** A milestone against its first plan. */
export interface MilestoneProgress {
  readonly name: string;
  readonly baselineOn: string;
  readonly forecastOn: string;
  readonly doneOn: string | null;
  readonly slipDays: number;
  readonly state: 'done' | 'open' | 'overdue';
}

/** Compares a construction with its approval and its plan on a day; null where there is nothing to compare. */
export function progressOf(context: ScenarioContext, today: string): Progress | null {
  const { approval, milestones, completedOn } = context;
  const report = (context.stageReports ?? []).at(-1);
  if (approval === null && milestones.length === 0 && report === undefined) return null;
  const { baselineOn, forecastOn } = completionOf(context);
  const end = completedOn ?? forecastOn;
  return {
    ...spendingOf(approval?.fen ?? null, report?.costFen ?? null),
    donePercent: report?.percent ?? null,
    reportedOn: report?.on ?? null,
    baselineOn,
    forecastOn,
    completedOn,
    slipDays: baselineOn === null || end === null ? null : daysBetween(baselineOn, end),
    milestones: milestones.map((each) => milestoneOf(each, today)),
  };
}

function spendingOf(budgetFen: number | null, costFen: number | null): Pick<Progress, 'budgetFen' | 'costFen' | 'leftFen' | 'costPercent'> {
  if (budgetFen === null || costFen === null) return { budgetFen, costFen, leftFen: null, costPercent: null };
  return { budgetFen, costFen, leftFen: budgetFen - costFen, costPercent: budgetFen === 0 ? null : Math.round((costFen / budgetFen) * 1000) / 10 };
}

/** The day of completion as planned and as expected: what a plan named, else the last milestone's. */
function completionOf({ completionPlan, milestones }: ScenarioContext): { readonly baselineOn: string | null; readonly forecastOn: string | null } {
  const last = (days: readonly string[]): string | null => days.toSorted().at(-1) ?? null;
  const expected = last(milestones.map(expectedOn));
  const forecast = completionPlan?.forecastOn ?? expected;
  // Nothing is complete before its last milestone.
  return { baselineOn: completionPlan?.baselineOn ?? last(milestones.map(({ dueOn }) => dueOn)), forecastOn: forecast !== null && expected !== null && expected > forecast ? expected : forecast };
}

function expectedOn({ dueOn, forecastOn, doneOn }: Milestone): string {
  return doneOn ?? forecastOn ?? dueOn;
}

function milestoneOf(each: Milestone, today: string): MilestoneProgress {
  const { name, dueOn, doneOn } = each;
  return { name, baselineOn: dueOn, forecastOn: each.forecastOn ?? dueOn, doneOn, slipDays: daysBetween(dueOn, expectedOn(each)), state: doneOn !== null ? 'done' : dueOn < today ? 'overdue' : 'open' };
}

/** Whole days from one day to another; negative when the second is earlier. */
function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}
