import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { openListArgs } from '../../shared/contracts/commands.ts';
import { documentKinds, workbookType } from '../documents/names.ts';
import { collections } from '../http/routes.ts';
import * as answers from './answers.ts';
import * as listAnswers from './list-answers.ts';
import { body, bodyProblems, read } from './operation.ts';
import { parameters } from './parameters.ts';
import { fileResponse, jsonResponse, problemResponses, signedIn } from './responses.ts';

const tag = '清单汇总';
const decisionProblems = ['wrong-state', 'conflict', 'rule-refused', 'not-found'] as const;

/** The paths of lists of annex 1, beside those that every kind of case has. */
export const listPaths: ZodOpenApiPathsObject = {
  '/lists': {
    get: read('场景清单列表（单位看到可提出场景的清单）', tag, answers.casePage, parameters.listOf(collections.lists)),
    post: {
      summary: '新建一份场景清单（附件1），由设区市或行业主管部门汇总',
      tags: [tag],
      requestParams: parameters.create,
      requestBody: body(openListArgs),
      responses: { 201: jsonResponse('已建立清单', answers.caseAnswer, true), ...problemResponses([...signedIn, ...bodyProblems, 'conflict']) },
    },
  },
  '/lists/{id}/rows': { get: read('清单各行（单位只看到本单位的行）', tag, listAnswers.rowPage, { ...parameters.oneCase, ...parameters.rows }, true) },
  '/lists/{id}/rows/{row}': { get: read('一行的来历：谁提出、谁改了什么', tag, listAnswers.rowHistory, parameters.oneRow) },
  '/lists/{id}/import': {
    post: {
      summary: '导入填好的清单（Excel）：全部各行，或一行也不导入',
      description: '有任何一格有误，则逐格列出（errors、wrong），什么也不保存。',
      tags: [tag],
      requestParams: { ...parameters.oneCase, ...parameters.write, ...parameters.forUnit },
      requestBody: { required: true, content: { [workbookType]: { schema: { type: 'string', format: 'binary' } } } },
      responses: { 200: jsonResponse('已导入', answers.caseAnswer, true), ...problemResponses([...signedIn, ...bodyProblems, ...decisionProblems, 'stale-version', 'version-required']) },
    },
  },
  '/lists/{id}/documents/{name}': {
    get: {
      summary: '打印清单（盖章前为草稿，盖章后带核验码）',
      tags: [tag],
      requestParams: parameters.oneSceneListFile,
      responses: { 200: fileResponse('清单', [workbookType, documentKinds['annex1.docx'].type]), ...problemResponses([...signedIn, 'not-found', 'too-large']) },
    },
  },
};
