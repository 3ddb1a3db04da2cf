import { freshKey, send } from '../api/client.ts';
import type { Json } from '../api/types.ts';
import { isChanged, readRow, type SheetRow } from './sheet.ts';

/** What a sheet still lacks to be saved: a wrong cell, by the row's number and the column. */
export interface Wrong {
  readonly row: number;
  readonly column: string;
  readonly detail: string;
}

/** Every wrong cell of the rows that were changed. */
export function wrongCells(sheet: readonly SheetRow[]): readonly Wrong[] {
  return sheet.flatMap((row, index) => {
    if (!isChanged(row)) return [];
    const read = readRow(row);
    return 'faults' in read ? read.faults.map(({ key, detail }) => ({ row: index + 1, column: key, detail })) : [];
  });
}

/** Saves a sheet: each changed row as an edit, new rows together, then the order. Each goes on from the version that the one before left. Throws `Refused`. */
export async function saveSheet(id: string, version: number, sheet: readonly SheetRow[], before: readonly string[]): Promise<void> {
  let at = version;
  const step = async (command: string, args: { readonly [name: string]: Json }): Promise<void> => {
    ({ version: at } = await send({ collection: 'lists', id, command, args, version: at, key: freshKey() }));
  };
  for (const row of sheet) {
    if (row.id !== undefined && isChanged(row)) await step('editRow', { row: row.id, content: contentOf(row) });
  }
  const order = sheet.flatMap(({ id: own }) => (own === undefined ? [] : [own]));
  if (order.join() !== before.filter((each) => order.includes(each)).join()) await step('orderRows', { order });
  const fresh = sheet.filter((row) => row.id === undefined && isChanged(row));
  if (fresh.length > 0) await step('proposeRows', { rows: fresh.map(contentOf) });
}

function contentOf(row: SheetRow): Json {
  const read = readRow(row);
  if ('faults' in read) throw new Error('a row with wrong cells is not saved');
  return read.content as unknown as Json;
}
