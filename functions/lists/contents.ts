import { canonical } from '../../shared/canonical.ts';
import type { ListRowContent } from '../../shared/contracts/list.ts';
import type { ListContext, ListRow } from '../../machines/list/context.ts';
import type { Snapshot } from '../../machines/decision.ts';
import type { Digests } from '../../shared/evidence.ts';
import { digestsOf } from '../store/digest.ts';
import { rowEvents } from '../store/rows.ts';
import type { Table } from '../store/table.ts';

/** A row of a list with what it says now; `seqNo` is its place in the list, counted from 1. */
export interface FullRow extends ListRow {
  readonly seqNo: number;
  readonly content: ListRowContent;
}

/** What a list keeps of itself. */
export function listContext(snapshot: Pick<Snapshot, 'context'>): ListContext {
  return snapshot.context as unknown as ListContext;
}

/** The rows of a list in its order, with what they say now. */
export async function fullRows(table: Table, { rows, id }: Pick<ListContext, 'rows' | 'id'>): Promise<FullRow[]> {
  const newest = new Map((await rowEvents(table, id)).map(({ row, content }) => [row, content]));
  return rows.map((row, index) => {
    const content = newest.get(row.id);
    if (!content) throw new Error(`list ${id} has no contents of ${row.id}`);
    return { ...row, seqNo: index + 1, content: content as unknown as ListRowContent };
  });
}

/** The digests of a list as it would be sealed: every row in its order, and whose it is. */
export function listDigests(rows: readonly FullRow[]): Digests {
  return digestsOf(canonical(rows.map(({ seqNo, unit, content }) => ({ unit, ...content, seqNo }))));
}
