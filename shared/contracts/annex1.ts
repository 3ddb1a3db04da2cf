import * as z from 'zod/mini';
import { later } from '../later.ts';
import { governmentSystemFields } from './system-fields.ts';
import { line, paragraph, several } from './text.ts';

/** Column 3 of annex 1, multiple choice. */
export const demandTypes = ['publicConcern', 'enterpriseNeed', 'politicalCapacity', 'governanceCapacity', 'flagshipBrand', 'riskPrevention'] as const;

/** Column 7 of annex 1, single choice; not the stage, and not the building progress of annex 2. */
export const projectTypes = ['incremental', 'upgrade'] as const;

/** Column 12 of annex 1, multiple choice with a text each. */
export const reformOptions = ['legalBreakthrough', 'institutionalInnovation', 'policySupply', 'processReengineering', 'dataSharing'] as const;

/** One row of annex 1 with its 12 columns (多跨数字应用场景清单). */
export const annex1Row = later(() => z.strictObject({
  seqNo: z.int().check(z.minimum(1, { error: '序号从1开始' }), z.maximum(9999, { error: '序号过大' })),
  demandName: line,
  demandTypes: several(z.enum(demandTypes), 6),
  demandContent: paragraph,
  applicationName: line,
  planningBasis: paragraph,
  projectType: z.enum(projectTypes),
  architecture: paragraph,
  smallEntryScenarios: several(line, 30),
  responsibleUnit: line,
  reformProject: line,
  reformTasks: several(z.strictObject({ option: z.enum(reformOptions), text: paragraph }), 5),
}));

/** What a government-investment scenario files: its row of annex 1 and the system fields. */
export const governmentForm = later(() => z.strictObject({ system: governmentSystemFields, annex1: annex1Row }));
