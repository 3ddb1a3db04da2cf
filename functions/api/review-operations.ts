import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { bulkArgs } from '../../shared/contracts/bulk.ts';
import { sheetDraftArgs } from '../../shared/contracts/sheet-draft.ts';
import { building } from './building-answers.ts';
import { body, bodyProblems, read } from './operation.ts';
import { parameters } from './parameters.ts';
import { jsonResponse, problemResponses, signedIn } from './responses.ts';
import * as answers from './review-answers.ts';

/** The paths of review: the pool, its candidates for a case, the sheets side by side, an expert's own draft, and decisions on many cases. */
export const reviewPaths: ZodOpenApiPathsObject = {
  '/experts': { get: read('专家库：专业领域、在评数量、评分宽严与离散（自治区数据局）', '评审', answers.expertList, undefined) },
  '/signers': { get: read('本单位的其他人员（会签时选择）', '个人', answers.signerList, undefined) },
  '/scenarios/{id}/candidates': { get: read('本场景可指派的专家：回避事由、专业匹配、在评数量（自治区数据局）', '评审', answers.candidateList, parameters.oneCase) },
  '/scenarios/{id}/review': { get: read('评审情况：评分表对照、权重、综合得分与分歧（自治区数据局、监督）', '评审', answers.review, parameters.oneCase) },
  '/scenarios/{id}/building': { get: read('建设与验收：阶段报告、技术清单、竣工材料、验收检查与专家意见、结论', '建设与验收', building, parameters.oneCase) },
  '/scenarios/{id}/sheet-draft': {
    get: read('我的评分草稿', '评审', answers.sheetDraft, parameters.oneCase, true),
    post: {
      summary: '保存我的评分草稿（不是提交；只有本人可见）',
      description: 'If-Match 为所见草稿的版本，第一次保存为 "0"。',
      tags: ['评审'],
      requestParams: { ...parameters.oneCase, ...parameters.version },
      requestBody: body(sheetDraftArgs),
      responses: { 200: jsonResponse('已保存', answers.sheetDraft, true), ...problemResponses([...signedIn, ...bodyProblems, 'not-found', 'rule-refused', 'wrong-state', 'stale-version', 'version-required']) },
    },
  },
  '/decisions': {
    post: {
      summary: '批量办理：同一事项、同一理由，逐个场景分别生效',
      description: '每个场景带所见版本；一个场景不能办理，不影响其他场景。同一请求重发，得到同样的结果。',
      tags: ['评审'],
      requestParams: parameters.create,
      requestBody: body(bulkArgs),
      responses: { 200: jsonResponse('逐个场景的办理结果', answers.bulkResults), ...problemResponses([...signedIn, ...bodyProblems]) },
    },
  },
};
