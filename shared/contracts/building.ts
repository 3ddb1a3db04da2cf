import * as z from 'zod/mini';
import { day, fen, id, line, paragraph, several, text } from './text.ts';

/** The kinds of IRS resources that a scenario builds on (art. 10). */
export const resourceKinds = ['cloud', 'network', 'data', 'component'] as const;
/** The kinds of products and services whose safety is looked at (art. 9). */
export const technologyKinds = ['hardware', 'basicSoftware', 'applicationSoftware', 'cloudService', 'cryptography', 'otherTechnology'] as const;
/** What an acceptance looks at: documents, a live demonstration, a visit to the site. */
export const inspectionChecks = ['documents', 'demonstration', 'siteVisit'] as const;
/** What came of one of them. */
export const inspectionResults = ['met', 'unmet', 'notApplicable'] as const;
/** What a member of the panel thinks. */
export const verdicts = ['pass', 'rectify', 'fail'] as const;
/** The documents that an acceptance may ask for, by attachment part. */
export const completionDocuments = ['projectApproval', 'completionReport', 'finalAccounts', 'acceptanceFile', 'securityCertificate'] as const;

/** One thing that an acceptance looks at. */
export type InspectionCheck = (typeof inspectionChecks)[number];
/** What came of it. */
export type InspectionResult = (typeof inspectionResults)[number];
/** An opinion of the panel in a word. */
export type Verdict = (typeof verdicts)[number];

const reason = text(500);
const percent = z.int().check(z.minimum(0, { error: '进度为0至100' }), z.maximum(100, { error: '进度为0至100' }));
const number = z.optional(line);

/** The arguments of what a unit and the Bureau do from the approval of a project to its acceptance. */
export const buildingArgs = {
  recordProjectApproval: z.strictObject({ approvalNo: line, approvedOn: day, totalInvestmentFen: fen, attachment: z.optional(id) }),
  planMilestones: z.strictObject({ milestones: several(z.strictObject({ name: line, dueOn: day }), 12), completionOn: z.optional(day) }),
  completeMilestone: z.strictObject({ name: line, completedOn: day }),
  fileStageReport: z.strictObject({
    period: line, progress: paragraph, percent, costFen: fen, effect: z.optional(paragraph), risks: z.optional(paragraph),
    completionOn: z.optional(day), forecasts: z.optional(several(z.strictObject({ name: line, expectedOn: day }), 12)),
  }),
  reportCompletion: z.strictObject({ completedOn: day, effect: paragraph }),
  registerIrs: z.strictObject({ appCode: line, registeredOn: day, resources: z.optional(several(z.strictObject({ resourceKind: z.enum(resourceKinds), name: line }), 40)), reason: z.optional(reason) }),
  declareTechnologies: z.strictObject({
    technologies: several(z.strictObject({ name: line, technologyKind: z.enum(technologyKinds), supplier: z.optional(line), securityNo: number, xinchuangNo: number, cryptographyNo: number, attachment: z.optional(id), reason: z.optional(reason) }), 40),
  }),
  applyForAcceptance: z.strictObject({ achieved: paragraph, proposedOn: z.optional(day), absent: z.optional(several(z.strictObject({ part: z.enum(completionDocuments), reason }), completionDocuments.length)) }),
  recordInspection: z.strictObject({ check: z.enum(inspectionChecks), result: z.enum(inspectionResults), checkedOn: day, remark: reason }),
  giveOpinion: z.strictObject({ verdict: z.enum(verdicts), comment: reason, signed: z.literal(true, { error: '须本人署名确认' }) }),
  passAcceptance: z.strictObject({ conclusion: reason, inspectedOn: day, finalAccountsFen: fen }),
  orderRectification: z.strictObject({ reason, demands: several(reason, 20) }),
  reportRectified: z.strictObject({ report: paragraph }),
  failAcceptance: z.strictObject({ reason }),
} as const;
