import { lazy, Suspense, type ReactNode } from 'react';
import { MoreButton } from './more-button.tsx';
import { NearEnd, type Paged } from './near-end.tsx';

/** A column: its heading, its share of the width, and what stands in a row. */
export interface Column<T> {
  readonly head: string;
  readonly width?: string;
  readonly cell: (row: T) => ReactNode;
}

interface Props<T> {
  readonly caption: string;
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  readonly keyOf: (row: T) => string;
  /** The pages that the rows came in: the next is read as its rows come near. */
  readonly list: Paged;
}

// Up to so many rows stand in the page as they are (for printing, and for the browser's own search); beyond, only those in sight.
const plainRows = 200;

const VirtualRows = lazy(() => import('./virtual-rows.tsx').then((module) => ({ default: module.VirtualRows })));

/** A list of any length as a table: columns keep their width, rows out of sight cost nothing, the next page is read when its rows come near. */
export function LongTable<T>({ caption, columns, rows, keyOf, list }: Props<T>) {
  const cells = (index: number): ReactNode => columns.map(({ head, cell }) => <td key={head} data-head={head}><div className="cell">{cell(rows[index] as T)}</div></td>);
  return (
    <>
      <table className="table long" aria-rowcount={list.hasNextPage ? -1 : rows.length + 1}>
        <caption className="hidden">{caption}</caption>
        <colgroup>{columns.map(({ head, width }) => <col key={head} style={{ width }} />)}</colgroup>
        <thead><tr aria-rowindex={1}>{columns.map(({ head }) => <th key={head} scope="col">{head}</th>)}</tr></thead>
        {rows.length <= plainRows
          ? <tbody>{rows.map((row, index) => <tr key={keyOf(row)} aria-rowindex={index + 2}>{cells(index)}</tr>)}</tbody>
          : <Suspense fallback={<tbody />}><VirtualRows count={rows.length} keyOf={(index) => keyOf(rows[index] as T)} cells={cells} columns={columns.length} /></Suspense>}
      </table>
      {/* A new one for each page: a page may come so fast that nothing else of it is seen to change. */}
      <NearEnd key={rows.length} list={list} />
      <MoreButton list={list} shown={rows.length} />
    </>
  );
}
