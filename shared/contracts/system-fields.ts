import * as z from 'zod/mini';
import { later } from '../later.ts';
import { divisionName } from '../divisions.ts';
import { departmentOf } from '../sectors.ts';
import { fen, line, phone, several, uscc } from './text.ts';

/** The three directions of art. 6; a scenario may have several, and they say nothing about who pays. */
export const directions = ['digitalGovernment', 'digitalSociety', 'digitalEconomy'] as const;

/** The five dimensions of a cross-cutting (多跨) scenario (art. 5(2)). */
export const crossDimensions = ['departments', 'levels', 'regions', 'systems', 'business'] as const;

/** The sub-fields that art. 6(1) to (3) name, 19, and `other`, because each list ends with 等. */
export const subFields = [
  'collaborativeOffice', 'administrativeSupervision', 'openGovernment',
  'smartHealth', 'smartEducation', 'smartElderlyCare', 'digitalConsumption', 'urbanSensing', 'smartRegulation',
  'smartAgriculture', 'smartManufacturing', 'smartLogistics', 'digitalFinance', 'digitalCommerce', 'platformEconomy',
  'transport', 'scienceInnovation', 'cultureTourism', 'greenLowCarbon', 'other',
] as const;

/** A unit that takes part, with its credit code where known: recusal and duplicate checks compare these. */
export const unitRef = later(() => z.strictObject({
  name: line,
  uscc: z.optional(uscc),
}));

/** Whom to ask about a filing. */
export const contact = later(() => z.strictObject({ name: line, phone }));

const shared = () => ({
  name: line,
  directions: several(z.enum(directions), 3),
  subFields: z.optional(several(z.enum(subFields), 20)),
  crossCutting: z.array(z.enum(crossDimensions)).check(z.maxLength(5)),
  totalInvestmentFen: fen,
  localFiscalFen: fen,
  nonSecret: z.literal(true, { error: '须确认本场景不涉密；涉密场景不得申报（办法第四条）' }),
  registeredInGuangxi: z.optional(z.boolean()),
  division: z.string().check(z.refine((code) => divisionName(code) !== undefined, { error: '请选择广西的行政区划' })),
  sectors: z.optional(several(z.string().check(z.refine((sector) => departmentOf(sector) !== undefined, { error: '没有这个行业主管部门' })), 5)),
  constructUnit: unitRef,
  cooperatingUnits: z.optional(z.array(unitRef).check(z.maxLength(20))),
  contact,
  assessedProducts: z.optional(z.boolean()),
  technologyReason: z.optional(line),
});

// 「原则上」: a principle may be departed from in writing (art. 9, R-019, R-020).
const reasoned = later(() => z.refine<{ assessedProducts?: boolean | undefined; technologyReason?: string | undefined }>((fields) => fields.assessedProducts !== false || fields.technologyReason !== undefined, {
  path: ['technologyReason'],
  error: '未选用经安全测评、信创的产品，请说明理由（办法第九条）',
}));

/** The fields that the official forms lack and the rules need, for scenarios that fiscal money builds (requirements 0.1, 0.2 [R]). */
export const governmentSystemFields = later(() => z
  .strictObject({ ...shared(), stage: z.enum(['proposed', 'built']), irsResources: z.optional(z.array(line).check(z.maxLength(50))), irsReason: z.optional(line) })
  .check(
    reasoned,
    z.refine((fields) => (fields.irsResources ?? []).length > 0 || fields.irsReason !== undefined, { path: ['irsResources'], error: '请列出利用的IRS资源；没有利用的请说明理由（办法第十条）' }),
  ));

/** The same for scenarios that companies, institutes and associations have built: registered and taxpaying in Guangxi (letter), built only (art. 13). */
export const socialSystemFields = later(() => z
  .strictObject({
    ...shared(),
    stage: z.literal('built', { error: ({ input }) => (input === undefined ? undefined : '社会投资类场景应为已建场景（办法第十三条），新建、在建的请建成后再申报') }),
    registeredInGuangxi: z.literal(true, { error: '申报单位须在广西注册并纳税（承诺书）' }),
  })
  .check(reasoned));
