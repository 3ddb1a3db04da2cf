import { personKey } from '../store/keys.ts';
import { nameOf, readItems } from '../store/load.ts';
import { personOf } from '../store/people.ts';
import type { Table } from '../store/table.ts';

/** The names of people by id, a hundred at most; those whom the records do not know are left out. */
export async function namesOf(table: Table, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const items = await readItems(table, [...new Set(ids)].slice(0, 100).map(personKey));
  return new Map(ids.flatMap((id) => {
    const item = items.get(nameOf(personKey(id)));
    return item ? [[id, personOf(item).name] as const] : [];
  }));
}
