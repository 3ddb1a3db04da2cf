import type { ZodOpenApiOperationObject, ZodOpenApiPathsObject } from 'zod-openapi';
import type * as z from 'zod/mini';
import { exportKinds } from '../exports/kinds.ts';
import { standInArgs } from '../cases/stand-in-args.ts';
import { seenArgs, wishesArgs } from '../notices/args.ts';
import * as answers from './desk-answers.ts';
import { parameters } from './parameters.ts';
import { fileResponse, jsonResponse, problemResponses, signedIn } from './responses.ts';

const tag = '个人';

function read(summary: string, schema: z.core.$ZodType, requestParams: ZodOpenApiOperationObject['requestParams']): ZodOpenApiOperationObject {
  return { summary, tags: [tag], ...(requestParams ? { requestParams } : {}), responses: { 200: jsonResponse(summary, schema), ...problemResponses([...signedIn]) } };
}

/** A write that may be repeated as it is: it needs neither key nor version. */
function write(summary: string, body: z.core.$ZodType, schema: z.core.$ZodType): ZodOpenApiOperationObject {
  return {
    summary, tags: [tag],
    requestBody: { required: true, content: { 'application/json': { schema: body } } },
    responses: { 200: jsonResponse(summary, schema), ...problemResponses([...signedIn, 'too-large', 'unsupported-type']) },
  };
}

/** The paths of a person's own desk, and the lists as files. */
export const deskPaths: ZodOpenApiPathsObject = {
  '/desk': { get: read('我的桌面：待办、已办、我发起的各有多少', answers.desk, undefined) },
  '/done': { get: read('我的已办（最近的在前）', answers.workPage, parameters.steps) },
  '/mine': { get: read('我发起的（最近的在前）', answers.workPage, parameters.steps) },
  '/digest': { get: read('我的待办摘要', answers.digest, undefined) },
  '/notices': { get: read('我的通知（最近的在前）与未读数', answers.noticePage, parameters.page) },
  '/notices/seen': { post: write('标记通知为已读（逐条，或到某一时刻为止的全部）', seenArgs, answers.unseen) },
  '/notices/settings': { get: read('我的通知方式', answers.noticeSettings, undefined), post: write('修改我的通知方式', wishesArgs, answers.noticeSettings) },
  '/deliveries': { get: read('对外发送记录（邮件、网关）', answers.deliveryPage, parameters.deliveries) },
  '/deliveries/{id}/retry': {
    post: { summary: '重新发送未能送达的通知', tags: [tag], requestParams: parameters.oneDelivery, responses: { 200: jsonResponse('已重新排队', answers.revived), ...problemResponses([...signedIn, 'wrong-state', 'not-found']) } },
  },
  '/colleagues': { get: read('可以代我办理的同事（同单位、同角色）', answers.colleagueList, undefined) },
  '/organisations': { get: read('单位名录：按名称或统一社会信用代码查找', answers.organisationList, parameters.named) },
  '/stand-ins': {
    get: read('代办委托：我委托的，与委托我的', answers.standInList, undefined),
    post: {
      summary: '外出期间委托同事代办',
      description: '受托人办理时在请求头 On-Behalf-Of 写明委托人；办理记录写明“代谁办理”。双方都能办理的事项才能代办，评审与监督不能委托。',
      tags: [tag],
      requestParams: parameters.create,
      requestBody: { required: true, content: { 'application/json': { schema: standInArgs } } },
      responses: { 200: jsonResponse('已委托', answers.standIn), ...problemResponses([...signedIn, 'too-large', 'unsupported-type', 'rule-refused', 'conflict']) },
    },
  },
  '/stand-ins/{id}/revoke': {
    post: { summary: '撤销代办委托（立即生效）', tags: [tag], requestParams: parameters.oneStandIn, responses: { 200: jsonResponse('已撤销', answers.revoked), ...problemResponses([...signedIn, 'not-found']) } },
  },
  '/exports/{file}': {
    get: {
      summary: '把列表导出为 Excel 或 CSV（与列表相同的筛选条件）',
      description: '一个文件最多一万行；还有更多时，响应头 link（rel="next"）是下一个文件的地址。以 = + - @ 等开头的文字前加单引号，不会被当作公式。',
      tags: ['文件'],
      requestParams: parameters.exported,
      responses: { 200: fileResponse('列表文件', new Set(Object.values(exportKinds).map(({ type }) => type))), ...problemResponses([...signedIn, 'not-found']) },
    },
  },
};
