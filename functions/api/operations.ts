import type { ZodOpenApiOperationObject, ZodOpenApiPathsObject } from 'zod-openapi';
import type * as z from 'zod/mini';
import { commandLabels, lifecycleLabels } from '../../machines/labels.zh.ts';
import { commandArgs, openCorrectionArgs, openScenarioArgs, type CommandType } from '../../shared/contracts/commands.ts';
import type { ProblemType } from '../../shared/problems.ts';
import { documentKinds, publishedKinds, workbookType } from '../documents/names.ts';
import { collections, type Collection } from '../http/routes.ts';
import * as answers from './answers.ts';
import * as published from './published-answers.ts';
import { accountPaths } from './account-operations.ts';
import { evaluationPaths } from './evaluation-operations.ts';
import { boardPaths } from './board-operations.ts';
import { commandsOf } from './commands-of.ts';
import { deskPaths } from './desk-operations.ts';
import { body, bodyProblems, read } from './operation.ts';
import { ledgerPaths } from './ledger-operations.ts';
import { parameters } from './parameters.ts';
import { fileResponse, jsonResponse, problemResponses, signedIn } from './responses.ts';
import { listPaths } from './list-operations.ts';
import { beginningPaths } from './beginning-operations.ts';
import { meetingPaths } from './meeting-operations.ts';
import { reviewPaths } from './review-operations.ts';
import { announcement } from './uploads.ts';

const names: Readonly<Record<Collection, string>> = { scenarios: '场景', batches: '发布批次', recoveries: '资金收回', lists: '清单汇总', funds: '专项资金', demands: '数据需求' };
const decisionProblems: readonly ProblemType[] = ['wrong-state', 'conflict', 'rule-refused', 'not-found'];

/** Every path of the API that answers JSON. */
export function paths(): ZodOpenApiPathsObject {
  const kinds = Object.keys(collections) as Collection[];
  return { ...personPaths, ...deskPaths, ...accountPaths, ...scenarioPaths, ...correctionPaths, ...revisionPaths, ...reviewPaths, ...meetingPaths, ...boardPaths, ...evaluationPaths, ...Object.assign({}, ...kinds.map(readPaths)), ...Object.assign({}, ...kinds.map(commandPaths)), ...listPaths, ...beginningPaths, ...filePaths, ...documentPaths, ...ledgerPaths, ...publicPaths };
}

const personPaths: ZodOpenApiPathsObject = {
  '/me': { get: read('我的身份与角色', '个人', answers.me, undefined) },
  '/tasks': { get: read('我的待办', '个人', answers.taskPage, parameters.tasks) },
  '/authorities': { get: read('可以受理申报的设区市与行业主管部门', '个人', answers.authorityList, undefined) },
};

const scenarioPaths: ZodOpenApiPathsObject = {
  '/scenarios': {
    get: read('场景列表', '场景', answers.casePage, parameters.listOf(collections.scenarios)),
    post: {
      summary: '新建场景申报（草稿）',
      tags: ['场景'],
      requestParams: parameters.create,
      requestBody: body(openScenarioArgs),
      responses: { 201: jsonResponse('已建立草稿', answers.caseAnswer, true), ...problemResponses([...signedIn, ...bodyProblems, 'conflict', 'not-found', 'rule-refused']) },
    },
  },
};

const correctionPaths: ZodOpenApiPathsObject = {
  '/rehearsals': {
    get: read('最近的清单预演', names.batches, published.rehearsalList, undefined),
    post: { summary: '预演下一批清单（不作任何决定）', tags: [names.batches], requestParams: parameters.create, responses: { 201: jsonResponse('预演结果：将列入的、尚不能列入的及原因、与上次预演的差别', published.rehearsal), ...problemResponses([...signedIn, 'conflict']) } },
  },
  '/rehearsals/{id}': { get: read('一次清单预演', names.batches, published.rehearsal, parameters.oneCase) },
  '/rehearsals/{id}/{part}': { get: read('预演的两份名单：list 将列入清单的，blocked 尚不能列入的及原因与办法', names.batches, published.rehearsalPage, parameters.rehearsalPart) },
  '/batches/{id}/corrections': {
    post: {
      summary: '提出已发布清单的更正（另发新版，原版不改）',
      tags: [`${names.batches}办理`],
      requestParams: { ...parameters.oneCase, ...parameters.create },
      requestBody: body(openCorrectionArgs),
      responses: { 201: jsonResponse('已提出；新版清单冻结后须核对并签发', answers.caseAnswer, true), ...problemResponses([...signedIn, ...bodyProblems, ...decisionProblems]) },
    },
  },
};

const revisionPaths: ZodOpenApiPathsObject = {
  '/scenarios/{id}/revisions': { get: read('申报表单的历次保存', '场景', answers.revisionPage, { ...parameters.oneCase, ...parameters.revisions }) },
  '/scenarios/{id}/revisions/{revision}': { get: read('申报表单的一个版本', '场景', answers.revision, parameters.oneRevision) },
  '/scenarios/{id}/revisions/{revision}/changes': { get: read('两个版本之间改了什么、谁改的', '场景', answers.formChanges, { ...parameters.oneRevision, ...parameters.since }) },
  '/scenarios/{id}/correction': { get: read('最近一次退回的理由与之后的修改', '场景', answers.correction, parameters.oneCase) },
  '/scenarios/{id}/formal-check': { get: read('形式审查：逐项列出缺漏、依据与改正办法', '场景', answers.formalCheck, parameters.oneCase) },
  '/scenarios/{id}/similar': { get: read('查重：相近的申报与相同的段落，近两年获得的同类资金（申报书所填与台账所记）', '场景', answers.similarFilings, parameters.oneCase) },
};

function readPaths(collection: Collection): ZodOpenApiPathsObject {
  const name = names[collection];
  const list = collection === 'scenarios' || collection === 'lists' || collection === 'demands' ? {} : { [`/${collection}`]: { get: read(`${name}列表`, name, answers.casePage, parameters.listOf(collections[collection])) } };
  return {
    ...list,
    [`/${collection}/{id}`]: { get: read(`${name}详情与可办事项`, name, answers.caseAnswer, parameters.oneCase, true) },
    [`/${collection}/{id}/events`]: { get: read(`${name}办理记录`, name, answers.eventPage, { ...parameters.oneCase, ...parameters.events }) },
    [`/${collection}/{id}/case-file`]: { get: read(`${name}案卷（含校验结果）`, name, answers.caseFile, parameters.oneCase) },
  };
}

function commandPaths(collection: Collection): ZodOpenApiPathsObject {
  return Object.fromEntries(commandsOf(collection).map((type) => [`/${collection}/{id}/commands/${type}`, { post: commandOperation(collection, type) }]));
}

function commandOperation(collection: Collection, type: CommandType): ZodOpenApiOperationObject {
  const label = commandLabels[type];
  return {
    operationId: `${collection}-${type}`,
    summary: label,
    description: `${collections[collection].map((kind) => lifecycleLabels[kind]).join('、')}：${label}`,
    tags: [`${names[collection]}办理`],
    requestParams: { ...parameters.oneCase, ...parameters.write },
    requestBody: body(commandArgs[type]),
    responses: { 200: jsonResponse('已办理；返回办理后的情况', answers.caseAnswer, true), ...problemResponses([...signedIn, ...bodyProblems, ...decisionProblems, 'stale-version', 'version-required']) },
  };
}

const filePaths: ZodOpenApiPathsObject = {
  '/scenarios/{id}/attachments': {
    get: read('附件列表与缺少的材料', '附件', answers.attachmentList, parameters.oneCase),
    post: {
      summary: '登记附件并取得上传地址',
      tags: ['附件'],
      requestParams: { ...parameters.oneCase, ...parameters.create },
      requestBody: body(announcement),
      responses: { 201: jsonResponse('已登记；请按地址与请求头上传，再确认', answers.uploadTicket), ...problemResponses([...signedIn, ...bodyProblems, ...decisionProblems]) },
    },
  },
  '/scenarios/{id}/attachments/{attachment}/confirm': {
    post: {
      summary: '确认已上传的附件（核验大小、摘要与真实类型）',
      tags: ['附件'],
      requestParams: parameters.oneFile,
      responses: { 200: jsonResponse('已核验并登记', answers.confirmation, true), ...problemResponses([...signedIn, ...decisionProblems]) },
    },
  },
  '/scenarios/{id}/attachments/{attachment}/link': {
    get: { ...read('附件下载地址（五分钟有效）', '附件', answers.downloadLink, parameters.oneFile), responses: { 200: jsonResponse('下载地址', answers.downloadLink), ...problemResponses([...signedIn, 'not-found', 'wrong-state', 'rule-refused']) } },
  },
};

const documentPaths: ZodOpenApiPathsObject = {
  '/scenarios/{id}/documents': { get: read('官方表单文件的清单', '文件', answers.documentList, parameters.oneCase) },
  '/scenarios/{id}/documents/{name}': {
    get: {
      summary: '下载官方表单文件（定稿前为草稿，定稿后带核验码）',
      tags: ['文件'],
      requestParams: parameters.oneDocument,
      responses: { 200: fileResponse('文件', new Set(Object.values(documentKinds).map(({ type }) => type))), ...problemResponses([...signedIn, 'not-found', 'too-large']) },
    },
  },
  '/annex1/template.xlsx': { get: { summary: '清单样表（Excel），可填写后上传', tags: ['公开'], security: [], responses: { 200: fileResponse('样表', [workbookType]), ...problemResponses([]) } } },
  '/annex1/list.xlsx': { get: compiledList(workbookType) },
  '/annex1/list.docx': { get: compiledList(documentKinds['annex1.docx'].type) },
  '/annex1/check': {
    post: {
      summary: '读取填好的清单（Excel）：返回全部各行，或全部有误的单元格',
      description: '只读取，不保存。有任何一格有误，则一行也不返回。',
      tags: ['文件'],
      requestBody: { required: true, content: { [workbookType]: { schema: { type: 'string', format: 'binary' } } } },
      responses: { 200: jsonResponse('读取结果', answers.annex1Reading), ...problemResponses([...signedIn, ...bodyProblems]) },
    },
  },
  '/verify/{code}': { get: open('核验码所对应的文件', answers.verification, parameters.oneCode) },
};

function compiledList(type: string): ZodOpenApiOperationObject {
  return {
    summary: '把多个政府投资类场景汇总成一份清单（按所给次序重新编号）',
    tags: ['文件'],
    requestParams: parameters.listed,
    responses: { 200: fileResponse('汇总的清单', [type]), ...problemResponses([...signedIn, 'not-found', 'too-large']) },
  };
}

const { 'list.json': asJson, ...asDocuments } = publishedKinds;
const documents = fileResponse('清单', Object.values(asDocuments).map(({ type }) => type));
const listFile = { ...documents, content: { ...documents.content, [asJson.type]: { schema: published.publishedFile } } };

const publicPaths: ZodOpenApiPathsObject = {
  '/published': { get: open('已发布的批次', published.publishedBatches, parameters.page) },
  '/published/{batch}': { get: open('一个批次的场景清单（默认最新一版）', published.publishedList, { ...parameters.oneBatch, ...parameters.published }) },
  '/published/{batch}/editions': { get: open('一个批次清单的各版与更正内容', published.editionList, parameters.oneBatch) },
  '/published-scenarios': { get: open('在全部已发布清单中查找场景', published.publishedSearch, parameters.search) },
  '/published/{batch}/documents/{name}': {
    get: {
      summary: '下载已发布的清单（Word、Excel、PDF 或 JSON，带核验码）',
      tags: ['公开'],
      security: [],
      requestParams: parameters.oneListFile,
      responses: { 200: listFile, 302: { description: '清单过大，请到所给的地址下载（五分钟有效）' }, ...problemResponses(['not-found', 'too-large']) },
    },
  },
  '/published/{batch}/extracts/{number}': {
    get: {
      summary: '一个场景的清单节录（一页 PDF，供立项审批部门核验）',
      tags: ['公开'],
      security: [],
      requestParams: parameters.oneExtract,
      responses: { 200: fileResponse('清单节录', ['application/pdf']), ...problemResponses(['not-found', 'wrong-state']) },
    },
  },
  '/healthz': { get: open('服务是否在线', answers.health, undefined) },
};

function open(summary: string, schema: z.core.$ZodType, requestParams: ZodOpenApiOperationObject['requestParams']): ZodOpenApiOperationObject {
  return { summary, tags: ['公开'], security: [], ...(requestParams ? { requestParams } : {}), responses: { 200: jsonResponse(summary, schema), ...problemResponses(['not-found']) } };
}
