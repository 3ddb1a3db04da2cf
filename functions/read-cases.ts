import { openTasks } from '../machines/open-tasks.ts';
import type { Json } from '../machines/decision.ts';
import { formalCheck } from '../machines/formal-check.ts';
import { packOf } from '../machines/pack.ts';
import type { Actor } from '../shared/actor.ts';
import { annex2Counts } from '../shared/contracts/annex2-counts.ts';
import { buildingOf } from './cases/building.ts';
import { archivedEvent, caseFile, caseFileText } from './cases/case-file.ts';
import { candidateList, expertList } from './cases/experts.ts';
import { authorityList, caseList, signerList, taskList } from './cases/lists.ts';
import { lineageOf, reuse } from './cases/lineage.ts';
import { readProfile } from './cases/profile.ts';
import { correction, formFor, oneRevision, revisionChanges, revisionPage } from './cases/revisions.ts';
import { reviewOf } from './cases/review.ts';
import { withheldFor } from './cases/see.ts';
import { ownSheetDraft } from './cases/sheet-draft.ts';
import { sameProject } from './cases/same-project.ts';
import { similarTo } from './cases/similar.ts';
import { caseAnswer, eventAnswer, type CaseAnswer } from './cases/view.ts';
import { attachmentOf } from './files/attachment.ts';
import type { FileDesk } from './files/desk.ts';
import { queryNumber } from './http/cursor.ts';
import { Problem } from './http/problem.ts';
import { routeOf, type Collection } from './http/routes.ts';
import { jsonAnswer, type HttpAnswer, type HttpRequest } from './http/shell.ts';
import { whoAsks, whoAsksAbout } from './http/who.ts';
import { editionList, publishedBatches, publishedList } from './published/pages.ts';
import { searchPublished } from './published/search.ts';
import { rowHistory, rowPage } from './lists/read.ts';
import { disbursementPage } from './money/disbursements.ts';
import { journalPage, mustReadLedger, trialBalanceAnswer } from './money/ledger.ts';
import { scenarioMoney } from './money/scenario-money.ts';
import type { Head } from './store/case.ts';
import { sk } from './store/keys.ts';
import { itemsOf } from './store/lists.ts';
import { eventsAfter } from './store/load.ts';

/** The routes of every read but files. */
export const readRoutes = {
  me: 'GET /me',
  tasks: 'GET /tasks',
  authorities: 'GET /authorities',
  experts: 'GET /experts',
  unitProfile: 'GET /unit-profile',
  reuse: 'GET /reuse',
  signers: 'GET /signers',
  'scenarios list': 'GET /scenarios',
  'scenarios one': 'GET /scenarios/{id}',
  'scenarios events': 'GET /scenarios/{id}/events',
  'scenarios file': 'GET /scenarios/{id}/case-file',
  'scenarios revisions': 'GET /scenarios/{id}/revisions',
  'scenarios revision': 'GET /scenarios/{id}/revisions/{revision}',
  'scenarios changes': 'GET /scenarios/{id}/revisions/{revision}/changes',
  'scenarios correction': 'GET /scenarios/{id}/correction',
  'scenarios check': 'GET /scenarios/{id}/formal-check',
  'scenarios similar': 'GET /scenarios/{id}/similar',
  'scenarios candidates': 'GET /scenarios/{id}/candidates',
  'scenarios review': 'GET /scenarios/{id}/review',
  'scenarios building': 'GET /scenarios/{id}/building',
  'scenarios draft': 'GET /scenarios/{id}/sheet-draft',
  'scenarios lineage': 'GET /scenarios/{id}/lineage',
  'batches list': 'GET /batches',
  'batches one': 'GET /batches/{id}',
  'batches events': 'GET /batches/{id}/events',
  'batches file': 'GET /batches/{id}/case-file',
  'recoveries list': 'GET /recoveries',
  'recoveries one': 'GET /recoveries/{id}',
  'recoveries events': 'GET /recoveries/{id}/events',
  'recoveries file': 'GET /recoveries/{id}/case-file',
  'lists list': 'GET /lists',
  'lists one': 'GET /lists/{id}',
  'lists events': 'GET /lists/{id}/events',
  'lists file': 'GET /lists/{id}/case-file',
  'lists rows': 'GET /lists/{id}/rows',
  'lists row': 'GET /lists/{id}/rows/{row}',
  'funds list': 'GET /funds',
  'funds one': 'GET /funds/{id}',
  'funds events': 'GET /funds/{id}/events',
  'funds file': 'GET /funds/{id}/case-file',
  'scenarios money': 'GET /scenarios/{id}/money',
  trialBalance: 'GET /ledger/trial-balance',
  journal: 'GET /ledger/entries',
  disbursements: 'GET /ledger/disbursements',
  'demands list': 'GET /demands',
  'demands one': 'GET /demands/{id}',
  'demands events': 'GET /demands/{id}/events',
  'demands file': 'GET /demands/{id}/case-file',
  published: 'GET /published',
  publishedOne: 'GET /published/{batch}',
  editions: 'GET /published/{batch}/editions',
  search: 'GET /published-scenarios',
} as const;

/** Answers a read. Throws `Problem`. */
export async function readCases(desk: FileDesk, request: HttpRequest): Promise<HttpAnswer> {
  const { name, parts } = routeOf(readRoutes, request);
  if (name === 'published') return jsonAnswer(await publishedBatches(desk.table, request), publicCache);
  if (name === 'publishedOne') return jsonAnswer(await publishedList(desk.table, desk.bucket, request, parts['batch'] ?? ''), publicCache);
  if (name === 'editions') return jsonAnswer(await editionList(desk.table, parts['batch'] ?? ''), publicCache);
  if (name === 'search') return jsonAnswer(await searchPublished(desk.table, desk.bucket, request), publicCache);
  if (name === 'me') return jsonAnswer(await whoAsks(desk.table, request));
  if (name === 'tasks') return jsonAnswer(await taskList(desk, request, await whoAsks(desk.table, request)));
  if (name === 'authorities') {
    await whoAsks(desk.table, request);
    return jsonAnswer(await authorityList(desk));
  }
  if (name === 'experts') return jsonAnswer(await expertList(desk, await whoAsks(desk.table, request)));
  if (name === 'unitProfile') return profileHttp(await readProfile(desk, await whoAsks(desk.table, request)));
  if (name === 'reuse') return jsonAnswer(await reuse(desk, await whoAsks(desk.table, request)));
  if (name === 'trialBalance' || name === 'journal' || name === 'disbursements') {
    mustReadLedger(await whoAsks(desk.table, request));
    return jsonAnswer(await books[name](desk, request));
  }
  if (name === 'signers') return jsonAnswer(await signerList(desk, await whoAsks(desk.table, request)));
  const [collection, what] = name.split(' ') as [Collection, 'list' | About];
  if (what === 'list') return jsonAnswer(await caseList(desk, request, await whoAsks(desk.table, request), collection));
  return aboutCase(desk, request, parts, collection, what);
}

const books = { journal: journalPage, disbursements: disbursementPage, trialBalance: trialBalanceAnswer } as const;

// Published lists never change, but which batches there are does: a minute is short enough for both.
const publicCache = { 'cache-control': 'public, max-age=60' };

/** What may be asked about one case; those from `revisions` to `lineage` exist for scenarios only, the last two for lists of annex 1. */
type About = 'one' | 'events' | 'file' | 'revisions' | 'revision' | 'changes' | 'correction' | 'check' | 'similar' | 'candidates' | 'review' | 'building' | 'draft' | 'money' | 'lineage' | 'rows' | 'row';

async function aboutCase(desk: FileDesk, request: HttpRequest, parts: Readonly<Record<string, string>>, collection: Collection, what: About): Promise<HttpAnswer> {
  const { actor, head } = await whoAsksAbout(desk.table, request, parts, collection, what === 'one' ? { sealed: true } : {});
  switch (what) {
    case 'one':
      return jsonAnswer(await oneCase(desk, head, actor), { etag: `"${head.version}"` });
    case 'events':
      return jsonAnswer(await eventPage(desk, request, head, actor));
    case 'file':
      return fileAnswer(head, await fileFor(desk, head, actor));
    case 'revisions':
      return jsonAnswer(await revisionPage(desk.table, request, head, actor));
    case 'revision':
      return jsonAnswer(await oneRevision(desk.table, head, actor, numberFrom(parts)));
    case 'changes':
      return jsonAnswer(await revisionChanges(desk.table, request, head, actor, numberFrom(parts)));
    case 'correction':
      return jsonAnswer(await correction(desk.table, head, actor));
    case 'check':
      return jsonAnswer(await checkOf(desk, head, actor));
    case 'money':
      return jsonAnswer(await scenarioMoney(desk, head, actor));
    case 'similar':
      return jsonAnswer(await similarTo(desk, head, actor));
    case 'candidates':
      return jsonAnswer(await candidateList(desk, head, actor));
    case 'review':
      return jsonAnswer(await reviewOf(desk, head, actor));
    case 'building':
      return jsonAnswer(await buildingOf(desk, head, actor));
    case 'draft':
      return jsonAnswer(await ownSheetDraft(desk, head, actor));
    case 'lineage':
      return jsonAnswer(await lineageOf(desk.table, head, actor));
    case 'rows':
      return jsonAnswer(await rowPage(desk.table, request, head, actor), { etag: `"${head.version}"` });
    case 'row':
      return jsonAnswer(await rowHistory(desk.table, head, actor, parts['row'] ?? ''));
  }
}

function profileHttp(answer: Awaited<ReturnType<typeof readProfile>>): HttpAnswer {
  return jsonAnswer(answer, { etag: `"${answer.version}"` });
}

async function checkOf(desk: FileDesk, head: Head, actor: Actor): Promise<Record<string, unknown>> {
  const form = await formFor(desk.table, head, actor);
  if (!form) throw new Problem('not-found', '申报单位还没有提交表单');
  const files = (await itemsOf(desk.table, head.id, sk.attachment(''))).map(attachmentOf);
  const audited = files.filter(({ part, status }) => part === 'auditReport' && status === 'confirmed').map(({ year }) => year);
  const { duplicates } = await sameProject(desk.table, head);
  const items = formalCheck(head.snapshot, form.form, { actor, now: new Date(desk.now).toISOString(), policy: packOf(head.snapshot, desk.policy, new Date(desk.now).toISOString()) }, { audited, duplicates });
  return { revision: form.revision, submitted: form.submitted, ready: items.every(({ weight }) => weight !== 'mustMend'), items };
}

function numberFrom(parts: Readonly<Record<string, string>>): number {
  const digits = parts['revision'] ?? '';
  if (!/^\d{1,10}$/.test(digits)) throw new Problem('not-found', '没有这个版本，请从版本列表中选择');
  return Number(digits);
}

async function oneCase(desk: FileDesk, head: Head, actor: Actor): Promise<CaseAnswer> {
  const form = await formFor(desk.table, head, actor);
  const counts = form && head.lifecycle === 'socialInvestment' ? { counts: annex2Counts(form.form) } : {};
  return caseAnswer(desk, head, actor, { tasks: openTasks(head.snapshot), ...(form ? { form: { ...form, ...counts } as NonNullable<CaseAnswer['form']> } : {}) });
}

// A Lambda answers at most 6 MB, and one event may hold a whole workbook; a Chinese character is three bytes.
const mostBytes = 4_000_000;
const eventLimits = { least: 1, most: 100, otherwise: 50 };

async function eventPage(desk: FileDesk, request: HttpRequest, head: Head, actor: Actor): Promise<Record<string, unknown>> {
  const limit = queryNumber(request, 'limit', eventLimits);
  const after = queryNumber(request, 'after', { least: 0, most: 9_999_999_998, otherwise: 0 });
  const items: unknown[] = [];
  let room = mostBytes;
  for await (const stored of eventsAfter(desk.table, head.id, after)) {
    const answer = eventAnswer(stored, head, actor);
    room -= JSON.stringify(answer.args).length * 3;
    if (items.push(answer) === limit || room < 0) break;
  }
  const last = after + items.length;
  return { items, ...((items.length === limit || room < 0) && last < head.version ? { next: last } : {}) };
}

// Whoever may see all of a case gets its events exactly as they were hashed; others get what they may see, with the verdict of the check.
async function fileFor(desk: FileDesk, head: Head, actor: Actor): Promise<string> {
  const file = await caseFile(desk.table, head);
  return caseFileText(file, file.events.map((stored) => (withheldFor(stored.event, head, actor) ? (eventAnswer(stored, head, actor) as Json) : archivedEvent(stored))));
}

// The bytes are the evidence: they are sent as they were sealed.
function fileAnswer({ id, version }: Head, body: string): HttpAnswer {
  return { statusCode: 200, headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', 'content-disposition': `attachment; filename="case-${id}-${version}.json"` }, body };
}
