import type { Actor } from '../shared/actor.ts';
import { casePage, taskPage, whichList, type Part } from './cases/lists.ts';
import { publishedBatches, publishedList } from './published/pages.ts';
import { sieveOf } from './cases/sieve.ts';
import { workPage, type WorkList } from './cases/steps-taken.ts';
import { fileAnswer } from './documents/answering.ts';
import { caseColumns, publishedColumns, taskColumns, workColumns, type PublishedRow } from './exports/columns.ts';
import { exportFiles, exportKinds, type ExportKind, type ExportList } from './exports/kinds.ts';
import { figuresWorkbook } from './exports/figures-workbook.ts';
import { tableFile, type Column } from './exports/table-file.ts';
import { figuresFor } from './figures/figures.ts';
import type { FileDesk } from './files/desk.ts';
import { cursorText, placeOf, queryValue } from './http/cursor.ts';
import { Problem } from './http/problem.ts';
import { routeOf, type Collection } from './http/routes.ts';
import type { HttpAnswer, HttpRequest } from './http/shell.ts';
import { whoAsks } from './http/who.ts';
import type { Page } from './store/lists.ts';

/** The routes of lists and figures as files. */
export const exportRoutes = { file: 'GET /exports/{file}', figures: 'GET /figures.xlsx' } as const;

/** Answers a list as a file; the same wishes as the list itself. Throws `Problem`. */
export async function exportsOf(desk: FileDesk, request: HttpRequest): Promise<HttpAnswer> {
  const { name, parts } = routeOf(exportRoutes, request);
  const actor = await whoAsks(desk.table, request);
  if (name === 'figures') return figuresFile(desk, actor);
  const file = exportFiles.find((known) => known === parts['file']);
  if (!file) throw new Problem('not-found', `没有这个文件，可导出：${exportFiles.join('、')}`);
  const [list, kind] = file.split('.') as [ExportList, ExportKind];
  return fileOf(desk, request, actor, list, kind);
}

function fileOf(desk: FileDesk, request: HttpRequest, actor: Actor, list: ExportList, kind: ExportKind): Promise<HttpAnswer> {
  switch (list) {
    case 'tasks':
      return tasksFile(desk, request, actor, kind);
    case 'done':
    case 'mine':
      return workFile(desk, request, actor, list, kind);
    case 'published':
      return publishedFile(desk, request, kind);
    default:
      return casesFile(desk, request, actor, list, kind);
  }
}

async function figuresFile(desk: FileDesk, actor: Actor): Promise<HttpAnswer> {
  const figures = await figuresFor(desk, actor);
  return fileAnswer({ name: 'figures.xlsx', type: exportKinds.xlsx.type, title: `数字应用场景统计-${figures.at.slice(0, 10)}`, bytes: await figuresWorkbook(figures) });
}

async function tasksFile(desk: FileDesk, request: HttpRequest, actor: Actor, kind: ExportKind): Promise<HttpAnswer> {
  const sieve = sieveOf(request);
  const name = `export:tasks:${actor.person}:${sieve.name}`;
  const { rows, next } = await gathered(request, name, (part) => taskPage(desk, actor, sieve, part));
  return answer({ list: 'tasks', title: '待办', kind, request, next }, taskColumns, rows);
}

async function workFile(desk: FileDesk, request: HttpRequest, actor: Actor, list: WorkList, kind: ExportKind): Promise<HttpAnswer> {
  const sieve = sieveOf(request);
  const { rows, next } = await gathered(request, `export:${list}:${actor.person}:${sieve.name}`, (part) => workPage(desk, actor, list, sieve, part));
  return answer({ list, title: list === 'done' ? '已办' : '我发起的', kind, request, next }, workColumns, rows);
}

const titles = { scenarios: '场景', batches: '发布批次', recoveries: '资金收回', lists: '场景清单', funds: '专项资金', demands: '数据需求' } as const satisfies Record<Collection, string>;

async function casesFile(desk: FileDesk, request: HttpRequest, actor: Actor, list: Collection, kind: ExportKind): Promise<HttpAnswer> {
  const { span, sieve, name } = whichList(request, actor, list);
  const { rows, next } = await gathered(request, `export:${name}`, (part) => casePage(desk, actor, span, sieve, part));
  return answer({ list, title: titles[list], kind, request, next }, caseColumns, rows);
}

/** The published list of one batch (`batch`), else of the newest. */
async function publishedFile(desk: FileDesk, request: HttpRequest, kind: ExportKind): Promise<HttpAnswer> {
  const batch = queryValue(request, 'batch') ?? (await newestBatch(desk, request));
  const rows: PublishedRow[] = [];
  for (let cursor: string | undefined = ''; cursor !== undefined; ) {
    const page: Record<string, unknown> = await publishedList(desk.table, desk.bucket, withQuery(request, cursor === '' ? {} : { cursor }), batch);
    rows.push(...(page['items'] as Omit<PublishedRow, 'batch'>[]).map((row) => ({ ...row, batch }) as PublishedRow));
    cursor = page['next'] as string | undefined;
  }
  return answer({ list: 'published', title: `${batch} 场景清单`, kind, request }, publishedColumns, rows);
}

async function newestBatch(desk: FileDesk, request: HttpRequest): Promise<string> {
  const { items } = (await publishedBatches(desk.table, withQuery(request, { limit: '1' }))) as { readonly items: readonly { readonly batch: string }[] };
  if (!items[0]) throw new Problem('not-found', '还没有发布过清单');
  return items[0].batch;
}

function withQuery(request: HttpRequest, queryStringParameters: Record<string, string>): HttpRequest {
  return { ...request, queryStringParameters };
}

// A file of so many rows is written in a few seconds and stays below the 6 MB that a function may answer.
const mostRows = 10_000;

async function gathered<R>(request: HttpRequest, name: string, page: (part: Part) => Promise<Page<R>>): Promise<{ readonly rows: readonly R[]; readonly next?: string }> {
  const rows: R[] = [];
  let from: Part['from'] | undefined = placeOf(request, name);
  while (from && rows.length < mostRows) {
    const found: Page<R> = await page({ limit: Math.min(100, mostRows - rows.length), from });
    rows.push(...found.items);
    from = found.next;
  }
  return { rows, ...(from ? { next: cursorText(name, from) } : {}) };
}

interface File {
  readonly list: ExportList;
  readonly title: string;
  readonly kind: ExportKind;
  readonly request: HttpRequest;
  readonly next?: string | undefined;
}

async function answer<R>({ list, title, kind, request, next }: File, columns: readonly Column<R>[], rows: readonly R[]): Promise<HttpAnswer> {
  const bytes = await tableFile(kind, title, columns, rows);
  const query = new URLSearchParams({ ...(request.queryStringParameters as Record<string, string> | undefined), ...(next === undefined ? {} : { cursor: next }) });
  return {
    statusCode: 200,
    headers: {
      'content-type': exportKinds[kind].type,
      // RFC 6266: old programs read the plain name, all others the Chinese one.
      'content-disposition': `attachment; filename="${list}.${kind}"; filename*=UTF-8''${encodeURIComponent(`${title}.${kind}`)}`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      ...(next === undefined ? {} : { link: `</exports/${list}.${kind}?${query}>; rel="next"` }),
    },
    body: Buffer.from(bytes).toString('base64'),
    isBase64Encoded: true,
  };
}
