import * as z from 'zod/mini';
import { later } from '../later.ts';
import { day, id, line, paragraph, several, text } from './text.ts';

/** What a yearly check of the commitment rests on. */
export const commitmentProofs = ['registrationExtract', 'taxProof', 'siteVisit'] as const;

const reason = later(() => text(500));
const year = later(() => z.int().check(z.minimum(2025), z.maximum(2099)));
// A decimal text, not a number: what was stated is printed as it was stated, and digests do not depend on how numbers are written.
const quantity = later(() => z.string().check(z.regex(/^-?\d{1,12}(\.\d{1,4})?$/, { error: '请填写数字，最多4位小数' })));
const withFigures = later(() => text(2000).check(z.regex(/\d/, { error: '成效须有量化数据，请至少写一个数字' })));

/** The arguments of what comes after acceptance: indicators, self-evaluation, evaluation and report, the case for the library, the watch over the commitment; each made when it is asked for. */
export const effectArgs = {
  stateIndicators: () => z.strictObject({ indicators: several(z.strictObject({ name: line, measure: text(20), goal: z.enum(['atLeast', 'atMost']), target: quantity, dueOn: day }), 20) }),
  reportActuals: () => z.strictObject({ year, actuals: several(z.strictObject({ name: line, actual: quantity, evidence: line, attachment: z.optional(id) }), 20), note: z.optional(reason) }),
  recordEvaluation: () => z.strictObject({
    year, grade: z.enum(['commended', 'ordinary', 'criticised']), targetMet: z.boolean(), summary: paragraph,
    judgements: z.optional(several(z.strictObject({ name: line, actual: quantity, met: z.boolean(), remark: z.optional(reason) }), 20)),
  }),
  reportToGovernment: () => z.strictObject({ documentNo: line, sentOn: day }),
  submitCaseText: () => z.strictObject({ title: line, background: paragraph, practice: paragraph, effect: withFigures, experience: paragraph }),
  acceptCase: () => z.strictObject({ reason: z.optional(reason) }),
  returnCase: () => z.strictObject({ reason }),
  closeWithoutCase: () => z.strictObject({ reason }),
  recordCommitmentCheck: () => z.strictObject({
    kept: z.literal(true, { error: '发现违反承诺的，请使用“记录违诺”' }), note: reason,
    proofs: several(z.strictObject({ proof: z.enum(commitmentProofs), reference: line, attachment: z.optional(id) }), 5),
  }),
  recordBreach: () => z.strictObject({ reason, foundOn: day, evidence: z.optional(line), attachment: z.optional(id) }),
  releaseCommitment: () => z.strictObject({ reason }),
} as const;
