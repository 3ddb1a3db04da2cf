import { queryValue, badQuery } from '../http/cursor.ts';
import type { HttpRequest } from '../http/shell.ts';
import { everyOrganisation } from '../store/lists.ts';
import type { Desk } from './act.ts';

const mostFound = 20;
const words = { least: 2, most: 60 };

/** The organisations whose name or credit code has the words that are looked for, by name, at most twenty: to choose a unit from instead of typing its id. Names and codes are public. Throws `Problem`. */
export async function organisationList(desk: Desk, request: HttpRequest): Promise<Record<string, unknown>> {
  const asked = (queryValue(request, 'q') ?? '').trim();
  if (asked.length < words.least || asked.length > words.most) throw badQuery('q', `请填写名称或统一社会信用代码中的 ${words.least} 到 ${words.most} 个字`);
  const wanted = plain(asked);
  const found = (await everyOrganisation(desk.table)).filter(({ name, uscc = '' }) => plain(name).includes(wanted) || plain(uscc).includes(wanted));
  const items = found.toSorted((a, b) => a.name.localeCompare(b.name, 'zh-CN')).slice(0, mostFound);
  return { items: items.map(({ id, name, kind, office, division, sector, uscc }) => ({ id, name, kind, office, division, ...(sector === undefined ? {} : { sector }), ...(uscc === undefined ? {} : { uscc }) })), more: found.length > items.length };
}

// Full-width letters and figures are typed as often as half-width ones.
const plain = (text: string): string => text.normalize('NFKC').toLowerCase();
