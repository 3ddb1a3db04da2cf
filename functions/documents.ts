import type { Draft } from '../shared/draft.ts';
import { titleOf } from './cases/about.ts';
import { formFor } from './cases/revisions.ts';
import { readAnnex1 } from './documents/annex1/read-workbook.ts';
import { largestWorkbook } from './documents/annex1/open-workbook.ts';
import { annex1Template } from './documents/annex1/write-workbook.ts';
import { casebookContent, chaptersOf } from './documents/casebook.ts';
import { certify, contentsIn } from './documents/certificate.ts';
import { acceptanceContent } from './documents/acceptance/acceptance-content.ts';
import { acceptanceIsOver, acceptancePrint, hasAcceptance } from './documents/acceptance/acceptance-print.ts';
import type { Actor } from '../shared/actor.ts';
import { acceptanceKinds, documentKinds, documentNames, pdfType, wordType, workbookType, type AcceptanceName, type DocumentName } from './documents/names.ts';
import { compiledList } from './documents/compiled-list.ts';
import { printedList } from './documents/list-print.ts';
import { mustBeWorkbook } from './documents/must-be-workbook.ts';
import { isDraft } from './documents/is-draft.ts';
import { print, printBook, printList } from './documents/print.ts';
import { effectDocument, effectRoutes, isOfEffects } from './documents/effects/effect-documents.ts';
import { isOfMeetings, meetingDocument, meetingRoutes } from './documents/meetings/meeting-documents.ts';
import { fileAnswer } from './documents/answering.ts';
import { publishedDocument, publishedExtract } from './documents/published/published-documents.ts';
import { codeAddress } from './documents/stamp.ts';
import { filedFormOf, type PrintedForm } from './documents/printed-form.ts';
import type { FontFiles } from './documents/pdf.ts';
import type { Mark } from './documents/printing.ts';
import { verification } from './documents/verify.ts';
import { attachmentOf } from './files/attachment.ts';
import type { FileDesk } from './files/desk.ts';
import { bodyBytes, subjectOf } from './http/door.ts';
import { Problem } from './http/problem.ts';
import { routeOf } from './http/routes.ts';
import { jsonAnswer, type HttpAnswer, type HttpRequest } from './http/shell.ts';
import { whoAsks, whoAsksAbout } from './http/who.ts';
import { disbursementsOf } from './money/disbursements.ts';
import { askedYear, mustReadLedger } from './money/ledger.ts';
import type { Head } from './store/case.ts';
import { sk } from './store/keys.ts';
import { itemsOf } from './store/lists.ts';

/** The routes of the official documents. */
export const documentRoutes = {
  list: 'GET /scenarios/{id}/documents',
  one: 'GET /scenarios/{id}/documents/{name}',
  sceneList: 'GET /lists/{id}/documents/{name}',
  template: 'GET /annex1/template.xlsx',
  listWorkbook: 'GET /annex1/list.xlsx',
  listWord: 'GET /annex1/list.docx',
  casebookWord: 'GET /casebook.docx',
  casebookPdf: 'GET /casebook.pdf',
  ...effectRoutes,
  ...meetingRoutes,
  check: 'POST /annex1/check',
  verify: 'GET /verify/{code}',
  published: 'GET /published/{batch}/documents/{name}',
  extract: 'GET /published/{batch}/extracts/{number}',
  disbursements: 'GET /ledger/disbursements.xlsx',
} as const;

/** A desk with the fonts of the prints beside it. */
export interface DocumentDesk extends FileDesk {
  readonly fonts: FontFiles;
}

/** Answers a request about documents: prints them and lists of several, reads a list that somebody filled in, tells what a verification code stands for; the empty list is for anybody. Throws `Problem`. */
export async function documents(desk: DocumentDesk, request: HttpRequest): Promise<HttpAnswer> {
  const { name, parts } = routeOf(documentRoutes, request);
  if (isOfMeetings(name)) return meetingDocument(desk, request, name, parts);
  return isOfEffects(name) ? effectDocument(desk, request, name, parts) : ofForms(desk, request, name, parts);
}

async function ofForms(desk: DocumentDesk, request: HttpRequest, name: Exclude<keyof typeof documentRoutes, keyof typeof effectRoutes | keyof typeof meetingRoutes>, parts: Readonly<Record<string, string>>): Promise<HttpAnswer> {
  switch (name) {
    case 'verify':
      return verification(desk, request, parts['code'] ?? '');
    case 'published':
      return publishedDocument(desk, request, parts['batch'] ?? '', parts['name'] ?? '');
    case 'extract':
      return publishedExtract(desk, request, parts['batch'] ?? '', parts['number'] ?? '');
    case 'template':
      return formAnswer('annex1.xlsx', '样表', await annex1Template());
    case 'listWorkbook':
      return compiled(desk, request, 'annex1.xlsx');
    case 'listWord':
      return compiled(desk, request, 'annex1.docx');
    case 'sceneList':
      return sceneList(desk, request, parts);
    case 'casebookWord':
      return casebook(desk, request, 'docx');
    case 'casebookPdf':
      return casebook(desk, request, 'pdf');
    case 'check':
      return check(desk, request);
    case 'list':
      return jsonAnswer(listOf((await whoAsksAbout(desk.table, request, parts, 'scenarios')).head));
    case 'disbursements':
      return disbursements(desk, request);
    case 'one':
      return one(desk, request, parts);
  }
}

async function casebook(desk: DocumentDesk, request: HttpRequest, format: 'docx' | 'pdf'): Promise<HttpAnswer> {
  await whoAsks(desk.table, request);
  const { year, chapters } = await chaptersOf(desk.table, request);
  const content = casebookContent(year, chapters);
  return fileAnswer({ name: `casebook-${year}.${format}`, type: format === 'pdf' ? pdfType : wordType, title: content.title, bytes: await printBook(content, format, desk.fonts) });
}

async function compiled(desk: DocumentDesk, request: HttpRequest, name: 'annex1.xlsx' | 'annex1.docx'): Promise<HttpAnswer> {
  const actor = await whoAsks(desk.table, request);
  return formAnswer(name, actor.org.name, await printList(name, await compiledList(desk, request, actor)));
}

async function disbursements(desk: DocumentDesk, request: HttpRequest): Promise<HttpAnswer> {
  mustReadLedger(await whoAsks(desk.table, request));
  const year = askedYear(desk, request);
  const rows = await disbursementsOf(desk.table, year);
  const { disbursementsWorkbook } = await import('./documents/disbursements.ts');
  return fileAnswer({ name: 'disbursements.xlsx', type: workbookType, title: `资金拨付台账-${year}`, bytes: await disbursementsWorkbook(year, rows) });
}

async function sceneList(desk: DocumentDesk, request: HttpRequest, parts: Readonly<Record<string, string>>): Promise<HttpAnswer> {
  const { head, actor } = await whoAsksAbout(desk.table, request, parts, 'lists');
  const name = (['annex1.xlsx', 'annex1.docx'] as const).find((known) => known === parts['name']);
  if (!name) throw new Problem('not-found', '清单没有这份文件，可下载：annex1.xlsx、annex1.docx');
  return formAnswer(name, titleOf(head.snapshot), await printList(name, await printedList(desk.table, head, actor, (code) => codeAddress(request, code))));
}

async function check(desk: DocumentDesk, request: HttpRequest): Promise<HttpAnswer> {
  subjectOf(request); // before anything is said about the content
  await whoAsks(desk.table, request);
  mustBeWorkbook(request);
  return jsonAnswer(await readAnnex1(bodyBytes(request, largestWorkbook, `工作簿过大：最多 ${largestWorkbook / 1024 / 1024} MB，请删除图片和多余的工作表后再上传`)));
}

function listOf(head: Head): Record<string, unknown> {
  const form = filedFormOf(head.lifecycle);
  const items = documentNames.filter((name) => documentKinds[name].form === form).map((name) => ({ name, ...documentKinds[name] }));
  const filed = items.map(({ name, type, title }) => ({ name, type, title, href: `/scenarios/${head.id}/documents/${name}` }));
  return { draft: isDraft(head), items: [...filed, ...acceptancesOf(head), ...extractsOf(head)] };
}

function acceptancesOf(head: Head): Record<string, unknown>[] {
  if (!hasAcceptance(head)) return [];
  return Object.entries(acceptanceKinds).map(([name, kind]) => ({ name, ...kind, href: `/scenarios/${head.id}/documents/${name}`, draft: !acceptanceIsOver(head) }));
}

// What is published is public; the case only says where it lies.
function extractsOf({ snapshot }: Head): { name: string; type: string; title: string; href: string }[] {
  const { batch, listNumber } = snapshot.context;
  return typeof batch === 'string' && typeof listNumber === 'string' ? [{ name: 'extract.pdf', type: 'application/pdf', title: '场景清单节录（PDF）', href: `/published/${batch}/extracts/${listNumber}` }] : [];
}

async function one(desk: DocumentDesk, request: HttpRequest, parts: Readonly<Record<string, string>>): Promise<HttpAnswer> {
  const { head, actor } = await whoAsksAbout(desk.table, request, parts, 'scenarios');
  const acceptance = parts['name'];
  if (isAcceptanceName(acceptance) && hasAcceptance(head)) return acceptanceAnswer(desk, request, head, actor, acceptance);
  const name = documentNames.find((known) => known === parts['name']);
  if (!name || documentKinds[name].form !== filedFormOf(head.lifecycle)) throw new Problem('not-found', `这个场景没有这份文件，可下载：${listed(head)}`);
  const [saved, attachments] = await Promise.all([formFor(desk.table, head, actor), itemsOf(desk.table, head.id, sk.attachment(''))]);
  const files = attachments.map(attachmentOf).filter(({ status }) => status === 'confirmed');
  const form = contentsIn(saved?.form);
  const bytes = await print(name, { form, filed: filedBy(head), files, mark: markOf(head, form, request) }, desk.fonts);
  return formAnswer(name, titleOf(head.snapshot), bytes);
}

async function acceptanceAnswer(desk: DocumentDesk, request: HttpRequest, head: Head, actor: Actor, name: AcceptanceName): Promise<HttpAnswer> {
  const { print: content, certificate } = await acceptancePrint(desk.table, head, actor);
  const mark: Mark = certificate ? { draft: false, proof: { certificate, address: codeAddress(request, certificate.code) } } : { draft: true };
  const set = await acceptanceContent(content, mark);
  return fileAnswer({ name, type: acceptanceKinds[name].type, title: `${set.title}-${titleOf(head.snapshot)}`, bytes: await printBook(set, name === 'acceptance.pdf' ? 'pdf' : 'docx', desk.fonts) });
}

function isAcceptanceName(name: string | undefined): name is AcceptanceName {
  return name !== undefined && Object.hasOwn(acceptanceKinds, name);
}

const listed = (head: Head): string => documentNames.filter((name) => documentKinds[name].form === filedFormOf(head.lifecycle)).join('、');

function filedBy({ snapshot }: Head): { readonly unit: string; readonly filedOn: string } {
  const { unit, filedOn } = snapshot.context as unknown as { readonly unit: { readonly name: string }; readonly filedOn?: string | null };
  return { unit: unit.name, filedOn: filedOn ?? '' };
}

function markOf(head: Head, form: Draft<PrintedForm>, request: HttpRequest): Mark {
  const name = filedFormOf(head.lifecycle);
  if (!name || isDraft(head)) return { draft: true };
  const certificate = certify(name, head, form);
  return { draft: false, proof: { certificate, address: codeAddress(request, certificate.code) } };
}

function formAnswer(name: DocumentName, title: string, bytes: Uint8Array): HttpAnswer {
  const { type, title: kind } = documentKinds[name];
  return fileAnswer({ name, type, title: `${kind.replace(/（.*）$/, '')}-${title}`, bytes });
}
