import { createHash } from 'node:crypto';
import { directionWords } from '../../shared/contracts/form-words.zh.ts';
import { cityOf, divisionName } from '../../shared/divisions.ts';
import { departmentOf } from '../../shared/sectors.ts';
import type { ListEntry } from '../activities/batch-list.ts';
import type { Bucket } from '../files/bucket.ts';
import { badQuery, queryNumber, queryValue, queryWord } from '../http/cursor.ts';
import type { HttpRequest } from '../http/shell.ts';
import { casesIn, type Place } from '../store/lists.ts';
import { loadHeads } from '../store/load.ts';
import type { Table } from '../store/table.ts';
import { editionIn, halfShape, type Edition } from './editions.ts';
import { stretchOf } from './entries.ts';
import { badCursor, publishedPartition } from './pages.ts';

/** What a published entry is looked for by; all that is given must fit. */
interface Wanted {
  readonly batch: string | undefined;
  readonly year: number | undefined;
  readonly lifecycle: string | undefined;
  readonly city: string | undefined;
  readonly sector: string | undefined;
  readonly unit: string | undefined;
  readonly name: string | undefined;
  readonly text: string | undefined;
  /** Superseded editions too, or only the newest of each half-year. */
  readonly everyEdition: boolean;
}

/** Where a search stands: in which edition of which half-year, at which byte of its file. */
interface Spot {
  readonly half: string;
  readonly edition: number;
  readonly from: number;
}

const limits = { least: 1, most: 100, otherwise: 20 };

// What one request reads at most, about 25,000 entries in a fifth of a second; whoever looks for something rare follows the cursor.
const mostBytes = 8 * 1024 * 1024;

/** A page of the entries of all published lists that fit what is asked for, the newest list first; public. The page may hold fewer than asked for, even none: `next` says whether there is more to look through. */
export async function searchPublished(table: Table, bucket: Bucket, request: HttpRequest): Promise<Record<string, unknown>> {
  const wanted = wantedIn(request);
  const limit = queryNumber(request, 'limit', limits);
  const begun = spotIn(request, wanted);
  const items: Record<string, unknown>[] = [];
  let read = 0;
  for (const { edition, superseded } of await editionsToSearch(table, wanted, begun)) {
    let from: number | undefined = isAt(edition, begun) ? begun.from : 0;
    while (from !== undefined) {
      if (read >= mostBytes) return { items, next: cursorAt(wanted, { half: edition.batch, edition: edition.edition, from }) };
      const stretch = await stretchAt(bucket, edition, from);
      for (const { entry, next } of stretch.items) {
        if (!fits(entry, wanted)) continue;
        items.push({ ...entry, batch: edition.batch, edition: edition.edition, superseded });
        if (items.length === limit) return { items, next: cursorAt(wanted, { half: edition.batch, edition: edition.edition, from: next }) };
      }
      read += (stretch.next ?? from) - from;
      from = stretch.next;
    }
  }
  return { items };
}

async function stretchAt(bucket: Bucket, { batch, edition }: Edition, from: number) {
  const stretch = await stretchOf(bucket, batch, edition, from).catch((error: unknown) => {
    if (error instanceof SyntaxError) throw badCursor();
    throw error;
  });
  return stretch ?? { items: [] };
}

/** The editions a search goes through from its spot on, newest half-year first, the newest edition of each first. */
async function editionsToSearch(table: Table, wanted: Wanted, begun: Spot | undefined): Promise<{ edition: Edition; superseded: boolean }[]> {
  const halves = Map.groupBy(await publishedEditions(table, wanted), ({ batch }) => batch);
  const inOrder = [...halves.values()].flatMap((editions) => {
    const newest = Math.max(...editions.map(({ edition }) => edition));
    return editions.map((edition) => ({ edition, superseded: edition.edition < newest }));
  });
  return inOrder
    // An edition that a search has begun with stays, though a newer one may have appeared.
    .filter(({ edition, superseded }) => wanted.everyEdition || !superseded || isAt(edition, begun))
    .filter(({ edition }) => begun === undefined || orderOf(edition) <= orderOf({ batch: begun.half, edition: begun.edition }))
    .filter(({ edition }) => wanted.everyEdition || begun === undefined || edition.batch !== begun.half || isAt(edition, begun))
    .toSorted((a, b) => (orderOf(a.edition) < orderOf(b.edition) ? 1 : -1));
}

function isAt({ batch, edition }: Edition, spot: Spot | undefined): spot is Spot {
  return spot !== undefined && spot.half === batch && spot.edition === edition;
}

function orderOf({ batch, edition }: Pick<Edition, 'batch' | 'edition'>): string {
  return `${batch} ${String(edition).padStart(4, '0')}`;
}

// Two lists a year and a few corrections: after twenty years one read of a hundred keys.
async function publishedEditions(table: Table, wanted: Wanted): Promise<Edition[]> {
  const found: Edition[] = [];
  for (let place: Place | undefined = { partition: 0 }; place; ) {
    const page: Awaited<ReturnType<typeof casesIn>> = await casesIn(table, 'byLeaf', [publishedPartition], 100, place);
    const heads = await loadHeads(table, page.items.filter((id) => isOf(id, wanted)));
    found.push(...heads.flatMap((head) => editionIn(head) ?? []));
    place = page.next;
  }
  return found;
}

function isOf(run: string, { batch, year }: Wanted): boolean {
  const half = run.slice('batch-'.length, 'batch-2025-H1'.length);
  return (batch === undefined || half === batch) && (year === undefined || half.startsWith(`${year}-`));
}

function fits(entry: ListEntry, wanted: Wanted): boolean {
  const { lifecycle, city, sector, unit, name, text } = wanted;
  return (
    (lifecycle === undefined || entry.lifecycle === lifecycle) &&
    (city === undefined || cityOf(entry.division) === city) &&
    (sector === undefined || (entry.sectors ?? []).includes(sector)) &&
    (unit === undefined || plain(entry.unitName).includes(unit)) &&
    (name === undefined || plain(entry.name).includes(name)) &&
    (text === undefined || text.split(' ').every((word) => plain(allOf(entry)).includes(word)))
  );
}

/** Everything a reader sees of an entry, as one text. */
function allOf({ number, name, unitName, division, sectors = [], directions = [] }: ListEntry): string {
  const city = cityOf(division);
  return [number, name, unitName, city ? divisionName(city) : '', divisionName(division), ...sectors.map((id) => departmentOf(id)?.name), ...directions.map((id) => directionWords[id as keyof typeof directionWords])].join('\n');
}

/** A text as it is compared: full width and half width, capitals and small letters are the same. */
function plain(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

const longestText = 100;

function wantedIn(request: HttpRequest): Wanted {
  const text = (name: string): string | undefined => {
    const value = queryValue(request, name);
    if (value === undefined || value.trim() === '') return undefined;
    if (value.length > longestText) throw badQuery(name, `最多${longestText}个字符`);
    return plain(value).trim().replace(/\s+/gu, ' ');
  };
  const batch = queryValue(request, 'batch');
  if (batch !== undefined && !halfShape.test(batch)) throw badQuery('batch', '批次编号形如 2025-H1');
  const city = queryValue(request, 'city');
  if (city !== undefined && (cityOf(city) !== city || divisionName(city) === undefined)) throw badQuery('city', '应为广西设区市的行政区划代码，如 450100');
  const sector = queryValue(request, 'sector');
  if (sector !== undefined && departmentOf(sector) === undefined) throw badQuery('sector', '没有这个行业主管部门');
  const year = queryValue(request, 'year') === undefined ? undefined : queryNumber(request, 'year', { least: 2000, most: 2999, otherwise: 2000 });
  return {
    batch, year, city, sector, lifecycle: queryWord(request, 'lifecycle', ['governmentInvestment', 'socialInvestment']), unit: text('unit'), name: text('name'), text: text('text'),
    everyEdition: queryWord(request, 'editions', ['newest', 'all']) === 'all',
  };
}

// A cursor fits the search that made it and no other.
function cursorAt(wanted: Wanted, { half, edition, from }: Spot): string {
  return Buffer.from(`${half}:${edition}:${from}:${markOf(wanted)}`).toString('base64url');
}

function spotIn(request: HttpRequest, wanted: Wanted): Spot | undefined {
  const text = queryValue(request, 'cursor');
  if (text === undefined) return undefined;
  const [, half, edition, from, mark] = /^(\d{4}-H[12]):(\d{1,3}):(\d{1,12}):([\w-]{8})$/.exec(Buffer.from(text, 'base64url').toString('latin1')) ?? [];
  if (half === undefined || mark !== markOf(wanted)) throw badCursor();
  return { half, edition: Number(edition), from: Number(from) };
}

function markOf(wanted: Wanted): string {
  return createHash('sha256').update(JSON.stringify(wanted)).digest('base64url').slice(0, 8);
}
