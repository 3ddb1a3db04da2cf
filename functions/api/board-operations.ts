import type { ZodOpenApiOperationObject, ZodOpenApiPathsObject } from 'zod-openapi';
import type * as z from 'zod/mini';
import { openDemandArgs } from '../../shared/contracts/commands.ts';
import { whatIfArgs } from '../../shared/contracts/policy-changes.ts';
import { pdfType, wordType, workbookType } from '../documents/names.ts';
import { collections } from '../http/routes.ts';
import * as answers from './answers.ts';
import * as demandAnswers from './demand-answers.ts';
import * as figureAnswers from './figure-answers.ts';
import * as libraryAnswers from './library-answers.ts';
import { body, bodyProblems, read } from './operation.ts';
import { parameters } from './parameters.ts';
import * as policyAnswers from './policy-answers.ts';
import { fileResponse, jsonResponse, problemResponses, signedIn } from './responses.ts';

/** What is looked at across cases: demands for data and their board, figures, what a policy would change, the case library and its books. */
export const boardPaths: ZodOpenApiPathsObject = {
  '/demands': {
    get: read('数据需求列表', '数据需求', answers.casePage, parameters.listOf(collections.demands)),
    post: {
      summary: '提出数据需求（类型、范围、使用目的）', tags: ['数据需求'], requestParams: parameters.create, requestBody: body(openDemandArgs),
      responses: { 201: jsonResponse('已提出', answers.caseAnswer, true), ...problemResponses([...signedIn, ...bodyProblems, 'conflict', 'rule-refused', 'not-found']) },
    },
  },
  '/data-authorities': { get: read('受理数据需求的数据主管部门', '数据需求', demandAnswers.dataAuthorityList, parameters.dataAuthorities) },
  '/demand-board': { get: read('数据需求督办：谁在等谁', '数据需求', demandAnswers.demandBoard, undefined) },
  '/policy-what-if': {
    post: {
      summary: '政策推演：参数变化对在办场景的影响（不保存）', tags: ['统计'], requestBody: body(whatIfArgs),
      responses: { 200: jsonResponse('推演结果', policyAnswers.whatIf), ...problemResponses([...signedIn, ...bodyProblems]) },
    },
  },
  '/figures': { get: { ...read('统计：分类、资金、环节用时、评审工作量与下一批预测', '统计', figureAnswers.figures, undefined), responses: { 200: jsonResponse('统计', figureAnswers.figures), ...problemResponses([...signedIn, 'unavailable']) } } },
  '/figures.xlsx': { get: { summary: '统计（Excel）', tags: ['统计'], responses: { 200: fileResponse('统计', [workbookType]), ...problemResponses([...signedIn, 'unavailable']) } } },
  '/casebook.docx': { get: casebookOf(wordType) },
  '/casebook.pdf': { get: casebookOf(pdfType) },
  '/library': { get: open('案例库检索（中文全文）', libraryAnswers.libraryPage, parameters.library) },
  '/library/{id}': { get: open('案例库中的一个案例', libraryAnswers.libraryText, parameters.oneCase) },
};

function casebookOf(type: string): ZodOpenApiOperationObject {
  return { summary: '一个年度的案例集', tags: ['文件'], requestParams: parameters.ofYear, responses: { 200: fileResponse('案例集', [type]), ...problemResponses([...signedIn, 'not-found', 'too-large']) } };
}

function open(summary: string, schema: z.core.$ZodType, requestParams: NonNullable<ZodOpenApiOperationObject['requestParams']>): ZodOpenApiOperationObject {
  return { summary, tags: ['公开'], security: [], requestParams, responses: { 200: jsonResponse(summary, schema), ...problemResponses(['not-found']) } };
}
