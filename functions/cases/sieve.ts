import { lifecycles } from '../../machines/lifecycles.ts';
import type { LifecycleName } from '../../machines/decision.ts';
import { allStatePaths } from '../../machines/state-paths.ts';
import { endOfDay, isDay, startOfDay } from '../../shared/days.ts';
import { cities, cityOf } from '../../shared/divisions.ts';
import { departments } from '../../shared/sectors.ts';
import { badQuery, queryValue, queryWord } from '../http/cursor.ts';
import type { HttpRequest } from '../http/shell.ts';
import type { Head } from '../store/case.ts';
import { leavesOf } from '../store/leaves.ts';
import type { Page, Place, Placed } from '../store/lists.ts';
import { titleOf, unitOf, unitPlace } from './about.ts';

/** What a reader wants of a list; a member that is missing lets everything through. `name` is the same for the same wishes: a cursor fits no other. */
export interface Sieve {
  readonly name: string;
  readonly lifecycle?: LifecycleName | undefined;
  /** A state by its path: the leaf itself or any phase around it. */
  readonly leaf?: string | undefined;
  /** The city (GB/T 2260) that the unit lies in. */
  readonly city?: string | undefined;
  readonly sector?: string | undefined;
  /** Words that title, unit or number must hold, all of them. */
  readonly words: readonly string[];
  /** Instants between which a to-do is due. */
  readonly due?: readonly [string, string] | undefined;
}

const longestText = 60;
// Instants of other years are written differently and sort elsewhere; nothing was ever due then.
const [firstDay, lastDay] = ['1970-01-01', '9999-12-30'];
const within = (day: string): string => (day < firstDay ? firstDay : day > lastDay ? lastDay : day);

/** The wishes in a request's query: `lifecycle`, `leaf`, `city`, `sector`, `q`, `dueFrom`, `dueTo`; what cannot be meant is refused. */
export function sieveOf(request: HttpRequest): Sieve {
  const lifecycle = queryWord(request, 'lifecycle', Object.keys(lifecycles) as LifecycleName[]);
  const leaf = known(request, 'leaf', (path) => allStatePaths().includes(path), '没有这个环节');
  const city = known(request, 'city', (code) => cities.some((each) => each.code === code), '应为设区市的行政区划代码，例如 450100');
  const sector = known(request, 'sector', (id) => departments.some((each) => each.id === id), '没有这个行业主管部门');
  const q = known(request, 'q', (text) => text.length <= longestText, `最多 ${longestText} 个字`) ?? '';
  const [from, to] = (['dueFrom', 'dueTo'] as const).map((name) => known(request, name, isDay, '应为日期，例如 2025-06-30'));
  if (from !== undefined && to !== undefined && to < from) throw badQuery('dueTo', '不能早于 dueFrom');
  const due = from === undefined && to === undefined ? undefined : ([startOfDay(within(from ?? firstDay)), endOfDay(within(to ?? lastDay))] as const);
  return { name: JSON.stringify([lifecycle, leaf, city, sector, q, from, to]), lifecycle, leaf, city, sector, words: folded(q).split(/\s+/).filter(Boolean), due };
}

/** Whether a case is what the reader wants; when a to-do is due, the index knows. */
export function passes({ lifecycle, leaf, city, sector, words }: Sieve, { id, lifecycle: own, snapshot }: Head, at: readonly string[] = leavesOf(snapshot.value)): boolean {
  const unit = unitPlace(snapshot);
  return (
    (lifecycle === undefined || lifecycle === own) &&
    (leaf === undefined || at.some((each) => each === leaf || each.startsWith(`${leaf}.`))) &&
    (city === undefined || (unit.division !== '' && cityOf(unit.division) === city)) &&
    (sector === undefined || unit.sector === sector) &&
    (words.length === 0 || holds(folded(`${titleOf(snapshot)} ${unit.name || unitOf(snapshot)} ${id}`), words))
  );
}

/** Whether a sieve lets everything through, so that no entry is read for nothing. */
export function isOpen({ lifecycle, leaf, city, sector, words }: Sieve): boolean {
  return words.length === 0 && [lifecycle, leaf, city, sector].every((wish) => wish === undefined);
}

// One page looks at so many entries at most: a rare word in a long list ends with a cursor, never with a time-out.
const mostLooks = 1000;
const looksAtOnce = 100;

/** How a list is read: its entries with their places, and the rows that they make (nothing where the reader gets none). */
export interface Sifting<K, R> {
  readonly read: (limit: number, from: Place) => Promise<Page<Placed<K>>>;
  readonly rows: (keys: readonly K[]) => Promise<readonly (R | undefined)[]>;
  readonly limit: number;
  /** Most entries are expected to make a row. */
  readonly dense: boolean;
}

/** A page of up to `limit` rows: reads on over entries that make none, until the list is over or a thousand were looked at. */
export async function sifted<K, R>({ read, rows, limit, dense }: Sifting<K, R>, from: Place): Promise<Page<R>> {
  const items: R[] = [];
  let place: Place | undefined = from;
  for (let looked = 0; place && looked < mostLooks; ) {
    // What is rare is looked for in larger and larger steps; a page that fills at once reads no more than it shows.
    const page: Page<Placed<K>> = await read(dense ? limit - items.length : Math.min(looksAtOnce, Math.max(limit, looked)), place);
    const found = await rows(page.items.map(({ value }) => value));
    for (const [index, row] of found.entries()) {
      if (row !== undefined) items.push(row);
      if (items.length === limit) return withNext(items, index + 1 === found.length ? page.next : page.items[index]?.place);
    }
    looked += page.items.length;
    place = page.next;
  }
  return withNext(items, place);
}

function withNext<R>(items: readonly R[], next: Place | undefined): Page<R> {
  return { items, ...(next ? { next } : {}) };
}

function known(request: HttpRequest, name: string, fits: (text: string) => boolean, detail: string): string | undefined {
  const text = queryValue(request, name)?.trim();
  if (text === undefined || text === '') return undefined;
  if (!fits(text)) throw badQuery(name, detail);
  return text;
}


function holds(text: string, words: readonly string[]): boolean {
  return words.every((word) => text.includes(word));
}

// Full-width and half-width letters are the same word to people.
function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}
