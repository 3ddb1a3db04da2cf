import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useRef, useState, type ReactNode } from 'react';

interface Props {
  readonly count: number;
  readonly columns: number;
  readonly keyOf: (index: number) => string;
  readonly cells: (index: number) => ReactNode;
}

// As style.css has it: two lines of a cell on a desk, a whole card on a phone. Rows of one height need no measuring, whatever their number.
const heights = { desk: 3.75, phone: 12 } as const;

function rowHeight(): number {
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  return rem * (matchMedia('(max-width: 46rem)').matches ? heights.phone : heights.desk);
}

/** The rows in sight of a long table, with room held for those above and below. */
export function VirtualRows({ count, columns, keyOf, cells }: Props) {
  const body = useRef<HTMLTableSectionElement>(null);
  const [height] = useState(rowHeight);
  const rows = useWindowVirtualizer({ count, estimateSize: () => height, overscan: 8, scrollMargin: body.current?.parentElement?.offsetTop ?? 0 });
  const shown = rows.getVirtualItems();
  const before = (shown[0]?.index ?? 0) * height;
  const after = (count - 1 - (shown.at(-1)?.index ?? count - 1)) * height;
  return (
    <tbody ref={body} className="even">
      <Room height={before} columns={columns} />
      {shown.map(({ index }) => <tr key={keyOf(index)} aria-rowindex={index + 2}>{cells(index)}</tr>)}
      <Room height={after} columns={columns} />
    </tbody>
  );
}

function Room({ height, columns }: { readonly height: number; readonly columns: number }) {
  return height > 0 ? <tr aria-hidden="true" className="room"><td colSpan={columns} style={{ height, padding: 0, border: 0 }} /></tr> : null;
}
