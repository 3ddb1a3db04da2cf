import type { Json } from '../machines/decision.ts';
import type { Actor } from '../shared/actor.ts';
import { archivedEvent, caseFile, caseFileAnswer } from './cases/case-file.ts';
import { authorityList, caseList, expertList, taskList } from './cases/lists.ts';
import { publishedBatches, publishedList } from './cases/published.ts';
import { isWithheld } from './cases/see.ts';
import { caseAnswer, eventAnswer, type CaseAnswer } from './cases/view.ts';
import type { FileDesk } from './files/desk.ts';
import { queryNumber } from './http/cursor.ts';
import { routeOf, type Collection } from './http/routes.ts';
import { jsonAnswer, type HttpAnswer, type HttpRequest } from './http/shell.ts';
import { whoAsks, whoAsksAbout } from './http/who.ts';
import { taskOf, type Head } from './store/case.ts';
import { count, sk, text } from './store/keys.ts';
import { itemsOf } from './store/lists.ts';
import { eventsAfter } from './store/load.ts';
import { latestForm } from './store/forms.ts';
import { unpack } from './store/pack.ts';

/** The routes of every read but files. */
export const readRoutes = {
  me: 'GET /me',
  tasks: 'GET /tasks',
  authorities: 'GET /authorities',
  experts: 'GET /experts',
  'scenarios list': 'GET /scenarios',
  'scenarios one': 'GET /scenarios/{id}',
  'scenarios events': 'GET /scenarios/{id}/events',
  'scenarios file': 'GET /scenarios/{id}/case-file',
  'batches list': 'GET /batches',
  'batches one': 'GET /batches/{id}',
  'batches events': 'GET /batches/{id}/events',
  'batches file': 'GET /batches/{id}/case-file',
  'recoveries list': 'GET /recoveries',
  'recoveries one': 'GET /recoveries/{id}',
  'recoveries events': 'GET /recoveries/{id}/events',
  'recoveries file': 'GET /recoveries/{id}/case-file',
  published: 'GET /published',
  publishedOne: 'GET /published/{batch}',
} as const;

/** Answers a read. Throws `Problem`. */
export async function readCases(desk: FileDesk, request: HttpRequest): Promise<HttpAnswer> {
  const { name, parts } = routeOf(readRoutes, request);
  if (name === 'published') return jsonAnswer(await publishedBatches(desk, request), publicCache);
  if (name === 'publishedOne') return jsonAnswer(await publishedList(desk.bucket, request, parts['batch'] ?? ''), publicCache);
  if (name === 'me') return jsonAnswer(await whoAsks(desk.table, request));
  if (name === 'tasks') return jsonAnswer(await taskList(desk, request, await whoAsks(desk.table, request)));
  if (name === 'authorities') {
    await whoAsks(desk.table, request);
    return jsonAnswer(await authorityList(desk));
  }
  if (name === 'experts') return jsonAnswer(await expertList(desk, await whoAsks(desk.table, request)));
  const [collection, what] = name.split(' ') as [Collection, 'list' | 'one' | 'events' | 'file'];
  if (what === 'list') return jsonAnswer(await caseList(desk, request, await whoAsks(desk.table, request), collection));
  return aboutCase(desk, request, parts, collection, what);
}

// Published lists never change, but which batches there are does: a minute is short enough for both.
const publicCache = { 'cache-control': 'public, max-age=60' };

async function aboutCase(desk: FileDesk, request: HttpRequest, parts: Readonly<Record<string, string>>, collection: Collection, what: 'one' | 'events' | 'file'): Promise<HttpAnswer> {
  const { actor, head } = await whoAsksAbout(desk.table, request, parts, collection);
  switch (what) {
    case 'one':
      return jsonAnswer(await oneCase(desk, head, actor), { etag: `"${head.version}"` });
    case 'events':
      return jsonAnswer(await eventPage(desk, request, head, actor));
    case 'file':
      return jsonAnswer(await fileFor(desk, head, actor));
  }
}

async function oneCase(desk: FileDesk, head: Head, actor: Actor): Promise<CaseAnswer> {
  const [tasks, form] = await Promise.all([itemsOf(desk.table, head.id, sk.task('')), latestForm(desk.table, head.id)]);
  const shown = form && { revision: count(form, 'n'), savedAt: text(form, 'at'), form: unpack<Json>(form['form']) };
  return caseAnswer(desk, head, actor, { tasks: tasks.map(taskOf), ...(shown ? { form: shown as NonNullable<CaseAnswer['form']> } : {}) });
}

const eventLimits = { least: 1, most: 100, otherwise: 50 };

async function eventPage(desk: FileDesk, request: HttpRequest, head: Head, actor: Actor): Promise<Record<string, unknown>> {
  const limit = queryNumber(request, 'limit', eventLimits);
  const after = queryNumber(request, 'after', { least: 0, most: 9_999_999_998, otherwise: 0 });
  const items: unknown[] = [];
  for await (const stored of eventsAfter(desk.table, head.id, after)) {
    if (items.push(eventAnswer(stored, actor)) === limit) break;
  }
  const last = after + items.length;
  return { items, ...(items.length === limit && last < head.version ? { next: last } : {}) };
}

// Whoever may see all of a case gets its events exactly as they were hashed; others get what they may see, with the verdict of the check.
async function fileFor(desk: FileDesk, head: Head, actor: Actor): Promise<Record<string, unknown>> {
  const file = await caseFile(desk.table, head);
  return caseFileAnswer(file, file.events.map((stored) => (isWithheld(stored.event, actor) ? (eventAnswer(stored, actor) as Json) : archivedEvent(stored))));
}
