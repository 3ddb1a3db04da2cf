import type * as z from 'zod/mini';
import type { ScenarioContext } from '../../machines/scenario/context.ts';
import { divisionName } from '../../shared/divisions.ts';
import type * as answers from '../api/library-answers.ts';
import { badQuery, queryNumber, queryValue, queryWord } from '../http/cursor.ts';
import { Problem } from '../http/problem.ts';
import type { HttpRequest } from '../http/shell.ts';
import type { Head } from '../store/case.ts';
import { loadHeads } from '../store/load.ts';
import type { Table } from '../store/table.ts';
import type { CaseText } from './case-text.ts';
import { acceptedText, entriesBelow, placeOfEntry, textOf, type Entry } from './entries.ts';
import { contains, excerptOf, mayContain, termsOf } from './grams.ts';

const limits = { least: 1, most: 50, otherwise: 20 };
const directions = ['digitalGovernment', 'digitalSociety', 'digitalEconomy'] as const;
const classes = ['governmentInvestment', 'socialInvestment'] as const;
/** So many entries at most are looked at for one answer; a search that found little by then goes on from its cursor. */
const mostLookedAt = 2000;
const longestQuery = 60;

type Wanted = { readonly terms: readonly string[]; readonly direction?: string | undefined; readonly lifecycle?: string | undefined; readonly division?: string | undefined };
type Found = z.infer<typeof answers.libraryCase>;

/** A page of the case library, newest first, of what contains all words of `q` (Chinese full text by characters and pairs of them); public. Throws `Problem`. */
export async function searchLibrary(table: Table, request: HttpRequest): Promise<z.infer<typeof answers.libraryPage>> {
  const limit = queryNumber(request, 'limit', limits);
  const wanted = wantedBy(request);
  const items: Found[] = [];
  let below = cursorIn(request);
  for (let seen = 0; seen < mostLookedAt; ) {
    const run = await entriesBelow(table, below, 200);
    seen += run.entries.length;
    const possible = run.entries.filter(({ filter }) => mayContain(filter, wanted.terms));
    const heads = new Map((await headsOf(table, possible)).map((head) => [head.id, head]));
    for (const entry of possible) {
      const head = heads.get(entry.case);
      const found = head && fits(head, wanted) ? await looked(table, entry, head, wanted.terms) : undefined;
      if (found && items.push(found) === limit) return { items, next: cursorOf(placeOfEntry(entry)) };
    }
    if (run.next === undefined) return { items };
    below = run.next;
  }
  return { items, ...(below === undefined ? {} : { next: cursorOf(below) }) };
}

/** One case of the library with its text; public. Throws `Problem` when it is not, or no longer, in the library. */
export async function libraryCase(table: Table, id: string, head: Head | undefined): Promise<z.infer<typeof answers.libraryText>> {
  const missing = new Problem('not-found', '案例库中没有这个案例，请从案例库检索');
  if (!head || !isInLibrary(head)) throw missing;
  const told = await acceptedText(table, id);
  if (!told) throw missing;
  return { ...about(head, told, told, []), text: told.text };
}

// Text is looked at last: most entries are out by their filter or by what the case says.
async function looked(table: Table, entry: Entry, head: Head, terms: readonly string[]): Promise<Found | undefined> {
  const told = await textOf(table, entry);
  const { name, unit } = contextOf(head);
  return contains([told.title, name, unit.name, told.text].join('\n'), terms) ? about(head, entry, told, terms) : undefined;
}

function about(head: Head, { acceptedAt }: Pick<Entry, 'acceptedAt'>, told: CaseText, terms: readonly string[]): Found {
  const { name, unit, funding, division, batch, directions: to, sectors } = contextOf(head);
  return { case: head.id, title: told.title, scenario: name, unit: unit.name, lifecycle: funding, division, directions: [...to], sectors: [...sectors], batch: batch ?? '', acceptedAt, excerpt: excerptOf(told.text, terms) };
}

/** What was found untrue leaves the library the moment it is void. */
export function isInLibrary({ snapshot }: Head): boolean {
  return snapshot.context['inCaseLibrary'] === true && !['voided', 'terminated'].includes(String(snapshot.value));
}

function fits(head: Head, { direction, lifecycle, division }: Wanted): boolean {
  const context = contextOf(head);
  if (!isInLibrary(head)) return false;
  if (direction !== undefined && !context.directions.includes(direction)) return false;
  if (lifecycle !== undefined && head.lifecycle !== lifecycle) return false;
  return division === undefined || (division.endsWith('00') ? context.division.startsWith(division.slice(0, 4)) : context.division === division);
}

function wantedBy(request: HttpRequest): Wanted {
  const query = queryValue(request, 'q') ?? '';
  if ([...query].length > longestQuery) throw new Problem('invalid-input', `检索词过长：最多${longestQuery}字`, { errors: [{ pointer: '/q', detail: `最多${longestQuery}字` }] });
  const division = queryValue(request, 'division');
  if (division !== undefined && divisionName(division) === undefined) throw badQuery('division', '没有这个行政区划代码');
  return { terms: termsOf(query), direction: queryWord(request, 'direction', directions), lifecycle: queryWord(request, 'lifecycle', classes), division };
}

async function headsOf(table: Table, entries: readonly Entry[]): Promise<Head[]> {
  const ids = [...new Set(entries.map((entry) => entry.case))];
  const heads: Head[] = [];
  for (let at = 0; at < ids.length; at += 100) heads.push(...(await loadHeads(table, ids.slice(at, at + 100))));
  return heads;
}

const cursorOf = (place: string): string => Buffer.from(place).toString('base64url');

function cursorIn(request: HttpRequest): string | undefined {
  const given = queryValue(request, 'cursor');
  if (given === undefined) return undefined;
  const place = Buffer.from(given, 'base64url').toString('latin1');
  if (!/^\d{4}-\d{2}-\d{2}T[\d:.]+Z#[\w.-]+$/.test(place)) throw new Problem('invalid-input', '翻页标记无效，请从第一页重新开始', { errors: [{ pointer: '/cursor', detail: '翻页标记无效' }] });
  return place;
}

function contextOf({ snapshot }: Head): ScenarioContext {
  return snapshot.context as unknown as ScenarioContext;
}
