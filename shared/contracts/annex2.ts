import * as z from 'zod/mini';
import { later } from '../later.ts';
import { directions, socialSystemFields } from './system-fields.ts';
import { annex2Limits, countOf } from './annex2-counts.ts';
import { day, fen, line, month, paragraph, phone, several, text } from './text.ts';

/** The 12 technical fields of part 1, multiple choice. */
export const technicalFields = [
  'aerospace', 'ultraHdVideo', 'highEndManufacturing', 'internetOfThings', 'energyEnvironment', 'autonomousDriving',
  'blockchain', 'private5g', 'robotics', 'bigDataCloud', 'artificialIntelligence', 'other',
] as const;

/** The building progress as annex 2 prints it. */
export const progress = ['new', 'underConstruction', 'built'] as const;

const cover = later(() => z.strictObject({
  name: line,
  directions: several(z.enum(directions), 3),
  applicant: line,
  projectLead: line,
  phone,
  filedOn: day,
}));

const basic = later(() => z
  .strictObject({
    name: line,
    address: line,
    constructUnit: line,
    cooperatingUnits: z.optional(z.array(line).check(z.maxLength(20))),
    technicalFields: several(z.enum(technicalFields), 12),
    otherTechnicalField: z.optional(line),
    period: z.strictObject({ from: month, to: month }),
    progress: z.literal('built', { error: '社会投资类场景应为已建场景（办法第十三条），请选“已建”' }),
    fundingSource: line,
    fundingReceivedFen: fen,
    fundingRequestedFen: z.optional(fen),
    sameKindFunding: paragraph,
  })
  .check(
    z.refine((form) => form.period.to >= form.period.from, { path: ['period', 'to'], error: '建设周期的结束不能早于开始' }),
    z.refine((form) => !form.technicalFields.includes('other') || form.otherTechnicalField !== undefined, { path: ['otherTechnicalField'], error: '选了“其他”，请写明技术领域' }),
  ));

const planLimit = annex2Limits['/annex2/plan'];
const ofPlan = later(() => text(planLimit));

const plan = later(() => z
  .strictObject({ goals: ofPlan, content: ofPlan, innovation: ofPlan, technology: ofPlan, operation: ofPlan })
  .check(z.refine((headings) => countOf(headings) <= planLimit, { error: (issue) => `建设方案五项合计最多${planLimit}字，现有${countOf(issue.input)}字` })));

const opinion = later(() => z.strictObject({
  truthful: z.literal(true, { error: '须确认申报材料真实、准确、完整' }),
  signedBy: line,
  sealed: z.literal(true, { error: '须加盖单位公章' }),
  signedOn: day,
}));

const report = later(() => z.strictObject({
  background: paragraph,
  goals: paragraph,
  implementation: text(annex2Limits['/annex2/report/implementation']),
  funding: paragraph,
  benefits: paragraph,
  team: paragraph,
  independence: paragraph,
  innovation: paragraph,
  results: paragraph,
  industry: paragraph,
  promotion: paragraph,
}));

/** Annex 2 (广西数字应用场景申报书): cover, part 1 with its limits of 300, 500 and 100 字, part 2 with 5000 字 for 一.3. Part 3 are attachments. */
export const annex2 = later(() => z
  .strictObject({ cover, basic, necessity: text(annex2Limits['/annex2/necessity']), plan, benefits: text(annex2Limits['/annex2/benefits']), opinion, report })
  .check(
    z.refine((form) => form.cover.name === form.basic.name, { path: ['basic', 'name'], error: '场景名称须与封面一致' }),
    z.refine((form) => form.basic.period.to <= form.cover.filedOn.slice(0, 7), { path: ['basic', 'period', 'to'], error: '场景已建成：建设周期的结束不能晚于报送的月份（办法第十三条）' }),
  ));

/** What a social-investment scenario files: annex 2 and the system fields. */
export const socialForm = later(() => z.strictObject({ system: socialSystemFields, annex2 }));
