import type { ZodOpenApiOperationObject, ZodOpenApiPathsObject } from 'zod-openapi';
import * as z from 'zod/mini';
import { accountChangeArgs, newAccountArgs, newUnitArgs } from '../../shared/contracts/accounts.ts';
import * as answers from './account-answers.ts';
import { body, bodyProblems, read } from './operation.ts';
import { jsonResponse, problemResponses, signedIn } from './responses.ts';

const tag = '单位账号';
const id = z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/));

/** The paths of a unit's accounts: looked after by its administrator, recovered by the authority above it. Each write may be repeated as it is. */
export const accountPaths: ZodOpenApiPathsObject = {
  '/unit-accounts': {
    get: read('一个单位的人员账号和变更记录（管理员看本单位，主管部门看所辖单位）', tag, answers.unitAccounts, { query: z.object({ org: z.optional(id) }) }),
    post: write('为单位登记人员账号；主管部门可指定新的管理员', newAccountArgs, {}),
  },
  '/unit-accounts/{person}/change': { post: write('更改人员的角色，或停用、恢复账号（立即生效）', accountChangeArgs, { path: z.object({ person: z.string() }) }) },
  '/units': { post: write('登记新的单位及其管理员（由所在设区市、行业主管部门或自治区数据局办理）', newUnitArgs, {}) },
};

function write(summary: string, schema: z.core.$ZodType, requestParams: NonNullable<ZodOpenApiOperationObject['requestParams']>): ZodOpenApiOperationObject {
  return { summary, tags: [tag], requestParams, requestBody: body(schema), responses: { 200: jsonResponse(summary, answers.unitAccounts), ...problemResponses([...signedIn, ...bodyProblems, 'not-found', 'rule-refused', 'conflict']) } };
}
