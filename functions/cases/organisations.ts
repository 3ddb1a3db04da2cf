import type { Organisation } from '../../shared/actor.ts';
import { badQuery, cursorText, placeOf, queryNumber, queryValue } from '../http/cursor.ts';
import type { HttpRequest } from '../http/shell.ts';
import { placedOrganisations } from '../store/lists.ts';
import type { Desk } from './act.ts';
import { sifted } from './sieve.ts';

const limits = { least: 1, most: 100, otherwise: 20 };
const words = { least: 2, most: 60 };

/** A page of the organisations whose name or credit code has the words that are looked for, by office and id: to choose a unit from instead of typing its id. Names and codes are public. Throws `Problem`. */
export async function organisationList(desk: Desk, request: HttpRequest): Promise<Record<string, unknown>> {
  const asked = (queryValue(request, 'q') ?? '').trim();
  if (asked.length < words.least || asked.length > words.most) throw badQuery('q', `请填写名称或统一社会信用代码中的 ${words.least} 到 ${words.most} 个字`);
  const wanted = plain(asked);
  const list = `organisations:${wanted}`;
  const hit = ({ name, uscc = '' }: Organisation): boolean => plain(name).includes(wanted) || plain(uscc).includes(wanted);
  const page = await sifted({
    read: (limit, from) => placedOrganisations(desk.table, limit, from),
    rows: async (organisations) => organisations.map((each) => (hit(each) ? rowOf(each) : undefined)),
    limit: queryNumber(request, 'limit', limits), dense: false,
  }, placeOf(request, list));
  return { items: page.items, ...(page.next ? { next: cursorText(list, page.next) } : {}) };
}

function rowOf({ id, name, kind, office, division, sector, uscc }: Organisation): Record<string, unknown> {
  return { id, name, kind, office, division, ...(sector === undefined ? {} : { sector }), ...(uscc === undefined ? {} : { uscc }) };
}

// Full-width letters and figures are typed as often as half-width ones.
const plain = (text: string): string => text.normalize('NFKC').toLowerCase();
