import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Json } from '../../machines/decision.ts';
import type { StoredEvent } from './case.ts';
import { caseKey, count, sk, type Item } from './keys.ts';
import { itemsOf } from './lists.ts';
import { eventsNumbered } from './load.ts';
import type { Table } from './table.ts';

/** Lists which rows an event speaks of; what they say stands in the event and nowhere else. */
export function rowsWrite(table: Table, id: string, n: number, rows: readonly string[]): TransactWriteItem {
  const item: Item = { ...caseKey(id, sk.rows(n)), n: { N: String(n) }, rows: { S: rows.join(',') } };
  return { Put: { TableName: table.name, Item: item } };
}

/** What an event said about a row: that it was proposed or edited, and its contents from then on. */
export interface RowEvent {
  readonly row: string;
  readonly stored: StoredEvent;
  readonly content: { readonly [key: string]: Json };
}

/** What was ever said about the rows of a list, or about one of them, oldest first. */
export async function rowEvents(table: Table, id: string, row?: string): Promise<RowEvent[]> {
  const marks = (await itemsOf(table, id, sk.rows('')))
    .map((item) => ({ n: count(item, 'n'), rows: (item['rows']?.S ?? '').split(',') }))
    .filter(({ rows }) => row === undefined || rows.includes(row));
  const events = new Map((await eventsNumbered(table, id, marks.map(({ n }) => n))).map((stored) => [stored.event.n, stored]));
  return marks.flatMap(({ n, rows }) => {
    const stored = events.get(n);
    return stored ? rows.map((each, index): RowEvent => ({ row: each, stored, content: contentIn(stored, index) })).filter((each) => row === undefined || each.row === row) : [];
  });
}

// The rows of a proposal stand in its arguments in the order of their ids; an edit has one.
function contentIn({ event }: StoredEvent, index: number): RowEvent['content'] {
  const { rows, content } = event.args;
  const found = Array.isArray(rows) ? (rows as readonly Json[])[index] : content;
  if (typeof found !== 'object' || found === null || Array.isArray(found)) throw new Error(`event ${event.n} of ${event.case} holds no row ${index}`);
  return found as RowEvent['content'];
}
