import type { ZodOpenApiOperationObject, ZodOpenApiPathsObject } from 'zod-openapi';
import * as z from 'zod/mini';
import { pdfType, wordType, workbookType } from '../documents/names.ts';
import { documentList } from './answers.ts';
import { read } from './operation.ts';
import { parameters } from './parameters.ts';
import { fileResponse, problemResponses, signedIn } from './responses.ts';

const day = z.iso.date();
const grade = z.enum(['commended', 'ordinary', 'criticised']);
const year = z.optional(z.int().check(z.minimum(2025), z.maximum(2099)));
const ofYear = { query: z.object({ year, grade: z.optional(grade) }) };
const named = { path: z.object({ id: z.string(), name: z.string() }) };

/** The evaluations of a year (art. 11(7)): what was found of each scenario, and whether the regional government was told in time. */
export const evaluationList = z.strictObject({
  year: z.int(),
  at: z.iso.datetime(),
  items: z.array(z.strictObject({
    case: z.string(), title: z.string(), unit: z.string(), division: z.string(), year: z.int(), grade, targetMet: z.boolean(), summary: z.string(),
    indicators: z.array(z.strictObject({ name: z.string(), measure: z.string(), goal: z.enum(['atLeast', 'atMost']), target: z.string(), actual: z.string(), met: z.boolean(), remark: z.string() })),
    evaluatedOn: day, reportDueOn: day, documentNo: z.nullable(z.string()), sentOn: z.nullable(day), overdue: z.boolean(),
  })),
  grade: z.optional(grade),
  cut: z.boolean(),
});

/** Evaluations across cases, their report and notices, and the letters of recoveries. */
export const evaluationPaths: ZodOpenApiPathsObject = {
  '/evaluations': { get: read('一个年度的成效评估（可按等次筛选）', '评估', evaluationList, ofYear) },
  '/evaluations.xlsx': { get: file('成效评估汇总（Excel）', workbookType, ofYear) },
  '/evaluations.docx': { get: file('成效评估报告（Word）', wordType, ofYear) },
  '/evaluations.pdf': { get: file('成效评估报告（PDF）', pdfType, ofYear) },
  '/scenarios/{id}/evaluation-notices/{name}': { get: file('一个场景的表扬或通报（文件名如 2026.docx、2026.pdf）', [wordType, pdfType], named) },
  '/recoveries/{id}/documents': { get: read('收回文书的清单：已经办到的告知书、决定书、缴回通知书', '文件', documentList, parameters.oneCase) },
  '/recoveries/{id}/documents/{name}': { get: file('收回的告知书、决定书、缴回通知书（notice、decision、demand，.docx 或 .pdf）', [wordType, pdfType], named) },
};

function file(summary: string, types: string | readonly string[], requestParams: NonNullable<ZodOpenApiOperationObject['requestParams']>): ZodOpenApiOperationObject {
  return { summary, tags: ['评估'], requestParams, responses: { 200: fileResponse(summary, [types].flat()), ...problemResponses([...signedIn, 'not-found']) } };
}
