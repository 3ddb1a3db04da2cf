import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useRef, type ReactNode } from 'react';

interface Props {
  readonly count: number;
  readonly columns: number;
  readonly keyOf: (index: number) => string;
  readonly cells: (index: number) => ReactNode;
}

const usualHeight = 46;

/** The rows in sight of a long table, with room held for those above and below. */
export function VirtualRows({ count, columns, keyOf, cells }: Props) {
  const body = useRef<HTMLTableSectionElement>(null);
  const rows = useWindowVirtualizer({ count, estimateSize: () => usualHeight, overscan: 15, getItemKey: keyOf, scrollMargin: body.current?.parentElement?.offsetTop ?? 0 });
  const shown = rows.getVirtualItems();
  const before = (shown[0]?.start ?? 0) - rows.options.scrollMargin;
  const after = rows.getTotalSize() - ((shown.at(-1)?.end ?? 0) - rows.options.scrollMargin);
  return (
    <tbody ref={body}>
      <Room height={before} columns={columns} />
      {shown.map(({ index, key }) => <tr key={key} ref={rows.measureElement} data-index={index} aria-rowindex={index + 2}>{cells(index)}</tr>)}
      <Room height={after} columns={columns} />
    </tbody>
  );
}

function Room({ height, columns }: { readonly height: number; readonly columns: number }) {
  return height > 0 ? <tr aria-hidden="true" className="room"><td colSpan={columns} style={{ height, padding: 0, border: 0 }} /></tr> : null;
}
