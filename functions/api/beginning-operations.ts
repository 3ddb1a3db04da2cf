import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { unitProfile } from '../../shared/contracts/profile.ts';
import * as lineageAnswers from './lineage-answers.ts';
import { body, bodyProblems, read } from './operation.ts';
import { parameters } from './parameters.ts';
import { unitProfileAnswer } from './profile-answers.ts';
import { jsonResponse, problemResponses, signedIn } from './responses.ts';

/** The paths of what filings begin from: the unit's profile, earlier filings, cases of the library. */
export const beginningPaths: ZodOpenApiPathsObject = {
  '/unit-profile': {
    get: read('本单位资料（新申报可套用）', '个人', unitProfileAnswer, undefined, true),
    post: {
      summary: '保存本单位资料；不影响已有的申报',
      tags: ['个人'],
      requestParams: parameters.version,
      requestBody: body(unitProfile),
      responses: { 200: jsonResponse('已保存', unitProfileAnswer, true), ...problemResponses([...signedIn, ...bodyProblems, 'stale-version', 'version-required']) },
    },
  },
  '/reuse': { get: read('案例库场景的复制推广统计', '场景', lineageAnswers.reuse, undefined) },
  '/scenarios/{id}/lineage': { get: read('来历与复制：从哪个场景来，又有哪些场景由此而来', '场景', lineageAnswers.lineage, parameters.oneCase) },
};
