import { dayOf } from '../../shared/days.ts';
import type { Question } from '../question.ts';
import type { Milestone, Proof, ScenarioContext, StageReport, Technology } from './context.ts';

type Change = (ask: Question<ScenarioContext>) => Partial<ScenarioContext>;

/** What following a construction changes in a scenario's context: approval, plan and forecasts, stage reports, completion, IRS, technologies (art. 9 to 12). */
export const trackingChanges = {
  noteApproval: ({ args }) => ({ approval: { no: args.approvalNo ?? '', on: args.approvedOn ?? '', fen: args.totalInvestmentFen ?? 0, ...(args.attachment === undefined ? {} : { attachment: args.attachment }) } }),
  noteMilestones: ({ args, context }) => {
    const planned = args.milestones ?? [];
    const dropped = context.milestones.filter(({ name }) => !planned.some((each) => each.name === name));
    return {
      milestones: planned.map(({ name, dueOn }) => replanned(context.milestones.find((each) => each.name === name), name, dueOn)),
      ...(dropped.length > 0 && { droppedMilestones: [...(context.droppedMilestones ?? []), ...dropped] }),
      ...completionExpected(context, args.completionOn),
    };
  },
  noteMilestoneDone: ({ args, context }) => ({ milestones: context.milestones.map((each) => (each.name === args.name ? { ...each, doneOn: args.completedOn ?? null } : each)) }),
  noteStageReport: ({ args, context, now }) => ({
    stageReports: [...(context.stageReports ?? []), reportIn(args, dayOf(now))].slice(-reportsKept),
    milestones: context.milestones.map((each) => ({ ...each, ...forecastIn(args.forecasts?.find(({ name }) => name === each.name)?.expectedOn) })),
    ...completionExpected(context, args.completionOn),
  }),
  noteCompletion: ({ args }) => ({ completedOn: args.completedOn ?? null }),
  noteIrs: ({ args }) => ({ irs: { code: args.appCode ?? '', on: args.registeredOn ?? '', ...(args.resources === undefined ? {} : { resources: args.resources }) } }),
  noteTechnologies: ({ args }) => ({ technologies: (args.technologies ?? []).map(technologyIn) }),
} as const satisfies Record<string, Change>;

/** Ten years of quarterly reports; older ones stand in the events. */
const reportsKept = 40;

/** A milestone after another plan: its first day stays, what changes is when it is expected. */
function replanned(known: Milestone | undefined, name: string, expectedOn: string): Milestone {
  if (!known) return { name, dueOn: expectedOn, doneOn: null };
  return known.doneOn === null ? { ...known, forecastOn: expectedOn } : known;
}

function completionExpected({ completionPlan }: ScenarioContext, on: string | undefined): Partial<ScenarioContext> {
  return on === undefined ? {} : { completionPlan: { baselineOn: completionPlan?.baselineOn ?? on, forecastOn: on } };
}

function forecastIn(expectedOn: string | undefined): Partial<Milestone> {
  return expectedOn === undefined ? {} : { forecastOn: expectedOn };
}

function reportIn({ period, percent, costFen, completionOn }: Question<ScenarioContext>['args'], on: string): StageReport {
  return { on, period: period ?? '', percent: percent ?? 0, costFen: costFen ?? 0, ...(completionOn === undefined ? {} : { completionOn }) };
}

type TechnologyArgs = NonNullable<Question<ScenarioContext>['args']['technologies']>[number];

function technologyIn({ name, technologyKind, securityNo, xinchuangNo, cryptographyNo, reason }: TechnologyArgs): Technology {
  const numbers: readonly (readonly [Proof, string | undefined])[] = [['security', securityNo], ['xinchuang', xinchuangNo], ['cryptography', cryptographyNo]];
  return { name, technologyKind, proofs: numbers.filter(([, no]) => no !== undefined).map(([proof]) => proof), explained: reason !== undefined };
}
