import type { ZodOpenApiPathsObject } from 'zod-openapi';
import * as z from 'zod/mini';
import { meetingArgs } from '../../shared/contracts/meeting.ts';
import { pdfType, wordType } from '../documents/names.ts';
import * as answers from './meeting-answers.ts';
import { body, bodyProblems, read } from './operation.ts';
import { parameters } from './parameters.ts';
import { fileResponse, jsonResponse, problemResponses, signedIn } from './responses.ts';

const tag = '评审';
const id = z.string().check(z.regex(/^m-\d{8}-[0-9a-f]{12}$/));
const pages = { query: z.object({ before: z.optional(id), limit: z.optional(z.int().check(z.minimum(1), z.maximum(50))) }) };

/** The paths of meetings of selection: what is put before them, their records and minutes. */
export const meetingPaths: ZodOpenApiPathsObject = {
  '/selection-meetings': {
    get: read('遴选会议记录（最近的在前）', tag, answers.meetingList, pages),
    post: {
      summary: '登记遴选会议：与会人员和所审议的场景（均已作出决定），记录后不能改动，只能另立更正', tags: [tag], requestParams: parameters.create, requestBody: body(meetingArgs),
      responses: { 200: jsonResponse('已登记', answers.meeting), ...problemResponses([...signedIn, ...bodyProblems, 'conflict']) },
    },
  },
  '/selection-meetings/{id}': { get: read('一份遴选会议记录', tag, answers.meeting, { path: z.object({ id }) }) },
  '/selection-meetings/{id}/documents/{name}': { get: file('遴选会议纪要（minutes.docx、minutes.pdf，带核验码）', [wordType, pdfType], { path: z.object({ id, name: z.enum(['minutes.docx', 'minutes.pdf']) }) }) },
  '/selection-summary.docx': { get: file('所选场景的评审情况汇总（会议材料，Word）', [wordType], parameters.listedInBulk) },
  '/selection-summary.pdf': { get: file('所选场景的评审情况汇总（会议材料，PDF）', [pdfType], parameters.listedInBulk) },
};

function file(summary: string, types: readonly string[], requestParams: NonNullable<Parameters<typeof read>[3]>) {
  return { summary, tags: [tag], requestParams, responses: { 200: fileResponse(summary, types), ...problemResponses([...signedIn, 'not-found']) } };
}
