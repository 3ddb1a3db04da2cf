import * as z from 'zod/mini';
import { inspectionChecks, inspectionResults, resourceKinds, technologyKinds, verdicts } from '../../shared/contracts/building-kinds.ts';

const day = z.string();
const fen = z.int();
const percent = z.number();

/** How a construction stands against its approval and its first plan (art. 11(5)): the budget, what was spent, which share of it, which share of the work is done, the day of completion as planned and expected, and how many days lie between. */
export const progress = z.strictObject({
  budgetFen: z.nullable(fen),
  costFen: z.nullable(fen),
  leftFen: z.nullable(fen),
  costPercent: z.nullable(percent),
  donePercent: z.nullable(percent),
  reportedOn: z.nullable(day),
  baselineOn: z.nullable(day),
  forecastOn: z.nullable(day),
  completedOn: z.nullable(day),
  slipDays: z.nullable(z.int()),
  milestones: z.array(z.strictObject({ name: z.string(), baselineOn: day, forecastOn: day, doneOn: z.nullable(day), slipDays: z.int(), state: z.enum(['done', 'open', 'overdue']) })),
});

const technology = z.strictObject({
  name: z.string(), technologyKind: z.enum(technologyKinds), supplier: z.optional(z.string()),
  securityNo: z.optional(z.string()), xinchuangNo: z.optional(z.string()), cryptographyNo: z.optional(z.string()),
  attachment: z.optional(z.string()), reason: z.optional(z.string()),
});

const rectification = z.strictObject({ on: day, reason: z.string(), demands: z.array(z.string()), report: z.optional(z.string()), reportedOn: z.optional(day) });

const round = z.strictObject({
  round: z.int(),
  checks: z.array(z.strictObject({ check: z.enum(inspectionChecks), result: z.enum(inspectionResults), on: day, remark: z.string(), by: z.string() })),
  opinions: z.array(z.strictObject({ expert: z.string(), name: z.string(), orgName: z.string(), verdict: z.enum(verdicts), comment: z.string(), on: day })),
  rectification: z.optional(rectification),
  returned: z.optional(z.strictObject({ on: day, by: z.string(), reason: z.string(), lacking: z.array(z.string()) })),
});

/**
 * What the log says of a construction and its acceptance: stage reports, technologies with their certificates, the place in IRS, the
 * application, each round of inspection with the panel's opinions, and how it ended. `quorum` and `checks` are the policy's;
 * `documents` are those of completion, with how many files there are of each.
 */
export const building = z.strictObject({
  reports: z.array(z.strictObject({ on: day, by: z.string(), period: z.string(), progress: z.string(), percent: z.nullable(z.int()), costFen: fen, effect: z.optional(z.string()), risks: z.optional(z.string()), completionOn: z.optional(day) })),
  technologies: z.array(technology),
  irs: z.nullable(z.strictObject({ code: z.string(), on: day, resources: z.array(z.strictObject({ resourceKind: z.enum(resourceKinds), name: z.string() })), reason: z.optional(z.string()) })),
  application: z.nullable(z.strictObject({ on: day, by: z.string(), achieved: z.string(), absent: z.array(z.strictObject({ part: z.string(), reason: z.string() })) })),
  appliedOn: z.nullable(day),
  quorum: z.int(),
  checks: z.array(z.enum(inspectionChecks)),
  documents: z.array(z.strictObject({ part: z.string(), title: z.string(), files: z.int(), wanted: z.boolean() })),
  panel: z.array(z.strictObject({ expert: z.string(), name: z.string(), standing: z.enum(['invited', 'declared', 'submitted', 'alternate', 'recused']) })),
  rounds: z.array(round),
  ending: z.nullable(z.strictObject({ result: z.enum(['passed', 'failed']), on: day, by: z.string(), orgName: z.string(), conclusion: z.string(), inspectedOn: z.optional(day), finalAccountsFen: z.optional(fen) })),
});
