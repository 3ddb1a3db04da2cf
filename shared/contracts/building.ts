import * as z from 'zod/mini';
import { later } from '../later.ts';
import { resourceKinds, technologyKinds, inspectionChecks, inspectionResults, verdicts, completionDocuments } from './building-kinds.ts';
import { day, fen, id, line, paragraph, several, someFen, text } from './text.ts';

const reason = later(() => text(500));
const percent = later(() => z.int().check(z.minimum(0, { error: '进度为0至100' }), z.maximum(100, { error: '进度为0至100' })));
const number = later(() => z.optional(line));

/** The arguments of what a unit and the Bureau do from the approval of a project to its acceptance, each made when it is asked for. */
export const buildingArgs = {
  recordProjectApproval: () => z.strictObject({ approvalNo: line, approvedOn: day, totalInvestmentFen: someFen, attachment: z.optional(id) }),
  planMilestones: () => z.strictObject({ milestones: several(z.strictObject({ name: line, dueOn: day }), 12), completionOn: z.optional(day) }),
  completeMilestone: () => z.strictObject({ name: line, completedOn: day }),
  fileStageReport: () => z.strictObject({
    period: line, progress: paragraph, percent, costFen: fen, effect: z.optional(paragraph), risks: z.optional(paragraph),
    completionOn: z.optional(day), forecasts: z.optional(several(z.strictObject({ name: line, expectedOn: day }), 12)),
  }),
  reportCompletion: () => z.strictObject({ completedOn: day, effect: paragraph }),
  registerIrs: () => z.strictObject({ appCode: line, registeredOn: day, resources: z.optional(several(z.strictObject({ resourceKind: z.enum(resourceKinds), name: line }), 40)), reason: z.optional(reason) }),
  declareTechnologies: () => z.strictObject({
    technologies: several(z.strictObject({ name: line, technologyKind: z.enum(technologyKinds), supplier: z.optional(line), securityNo: number, xinchuangNo: number, cryptographyNo: number, attachment: z.optional(id), reason: z.optional(reason) }), 40),
  }),
  applyForAcceptance: () => z.strictObject({ achieved: paragraph, proposedOn: z.optional(day), absent: z.optional(several(z.strictObject({ part: z.enum(completionDocuments), reason }), completionDocuments.length)) }),
  returnAcceptance: () => z.strictObject({ reason, lacking: several(reason, 20) }),
  recordInspection: () => z.strictObject({ check: z.enum(inspectionChecks), result: z.enum(inspectionResults), checkedOn: day, remark: reason }),
  giveOpinion: () => z.strictObject({ verdict: z.enum(verdicts), comment: reason, signed: z.literal(true, { error: '须本人署名确认' }) }),
  passAcceptance: () => z.strictObject({ conclusion: reason, inspectedOn: day, finalAccountsFen: fen }),
  orderRectification: () => z.strictObject({ reason, demands: several(reason, 20) }),
  reportRectified: () => z.strictObject({ report: paragraph }),
  failAcceptance: () => z.strictObject({ reason }),
} as const;
