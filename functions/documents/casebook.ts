import { dayOf } from '../../shared/days.ts';
import { divisionName } from '../../shared/divisions.ts';
import type { ScenarioContext } from '../../machines/scenario/context.ts';
import { queryValue } from '../http/cursor.ts';
import { Problem } from '../http/problem.ts';
import type { HttpRequest } from '../http/shell.ts';
import type { CaseText } from '../library/case-text.ts';
import { entriesBelow, textOf, type Entry } from '../library/entries.ts';
import { isInLibrary } from '../library/search.ts';
import type { Head } from '../store/case.ts';
import { loadHeads } from '../store/load.ts';
import type { Table } from '../store/table.ts';
import { chineseDay } from './chinese-day.ts';
import { cell, paragraph, paragraphs, type Block, type Content } from './content.ts';

/** A case of the book: the text, and what it is of. */
export interface Chapter {
  readonly told: CaseText;
  readonly about: Pick<ScenarioContext, 'name' | 'unit' | 'division'> & { readonly batch: string | null };
  readonly acceptedOn: string;
}

/** A hundred cases of 5,000 字 are what one request may set in its time. */
const most = 100;

/** The cases that came into the library in a year, oldest first. Throws `Problem` without a year, without cases, or with too many. */
export async function chaptersOf(table: Table, request: HttpRequest): Promise<{ readonly year: string; readonly chapters: readonly Chapter[] }> {
  const year = queryValue(request, 'year') ?? '';
  if (!/^20\d{2}$/.test(year)) throw new Problem('invalid-input', '请指明年度，如 year=2026', { errors: [{ pointer: '/year', detail: '应为四位年份' }] });
  const entries = await entriesOf(table, year);
  const heads = new Map((await loadHeads(table, entries.map((entry) => entry.case))).map((head) => [head.id, head]));
  const chapters: Chapter[] = [];
  for (const entry of entries.toReversed()) {
    const head = heads.get(entry.case);
    if (head && isInLibrary(head)) chapters.push(await chapterOf(table, entry, head));
  }
  if (chapters.length === 0) throw new Problem('not-found', `${year}年没有案例入库`);
  return { year, chapters };
}

// Years are Guangxi's: eight hours ahead of the instants that entries stand under.
async function entriesOf(table: Table, year: string): Promise<readonly Entry[]> {
  const { entries, next } = await entriesBelow(table, undefined, most + 1, { from: `${Number(year) - 1}-12-31T16:00:00.000Z`, to: `${year}-12-31T16:00:00.000Z` });
  if (next !== undefined || entries.length > most) throw new Problem('too-large', `这一年入库的案例超过${most}个，一次不能成册`);
  return entries;
}

async function chapterOf(table: Table, entry: Entry, head: Head): Promise<Chapter> {
  const { name, unit, division, batch } = head.snapshot.context as unknown as ScenarioContext;
  return { told: await textOf(table, entry), about: { name, unit, division, batch }, acceptedOn: dayOf(entry.acceptedAt) };
}

/** The casebook of a year as a document: cover, list of cases, one case a chapter (art. 12(4), art. 15(2)). */
export function casebookContent(year: string, chapters: readonly Chapter[]): Content {
  const title = `广西数字应用场景案例集（${year}年）`;
  return {
    title,
    landscape: false,
    draft: false,
    footer: title,
    blocks: [
      paragraph('cover', '广西数字应用场景案例集', { align: 'center', before: 180 }),
      paragraph('title', `（${year}年）`, { align: 'center', after: 240 }),
      paragraph('body', '广西壮族自治区数据局', { align: 'center' }),
      { kind: 'pageBreak' },
      paragraph('title', '目录', { align: 'center', after: 12 }),
      listOf(chapters),
      ...chapters.flatMap(chapterBlocks),
    ],
  };
}

function listOf(chapters: readonly Chapter[]): Block {
  const line = (role: 'label' | 'cell', texts: readonly string[]) => ({ cells: texts.map((text) => cell([paragraph(role, text)])) });
  return { kind: 'table', widths: [1, 6, 5], headings: 1, rows: [line('label', ['序号', '案例', '建设单位']), ...chapters.map(({ told, about }, index) => line('cell', [String(index + 1), told.title, about.unit.name]))] };
}

function chapterBlocks({ told, about, acceptedOn }: Chapter, index: number): Block[] {
  const facts = [`场景：${about.name}`, `建设单位：${about.unit.name}`, `实施地：${divisionName(about.division) ?? about.division}`, ...(about.batch === null ? [] : [`发布批次：${about.batch}`]), `入库日期：${chineseDay(acceptedOn)}`];
  return [
    { kind: 'pageBreak' },
    paragraph('heading', `案例${index + 1}　${told.title}`, { after: 8 }),
    ...facts.map((fact) => paragraph('hint', fact)),
    ...paragraphs('body', told.text, { indented: true, before: 6 }),
  ];
}
