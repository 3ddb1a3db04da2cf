import { Button } from 'antd';
import { useRef, useState, type ClipboardEvent, type KeyboardEvent } from 'react';
import { pastedCells } from './pasted.ts';
import { columnName } from '../words/choices.ts';
import { t } from '../words/language.ts';
import { columns, isChanged, moved, withBlock, type SheetRow } from './sheet.ts';
import type { Wrong } from './saving.ts';

interface Props {
  readonly sheet: readonly SheetRow[];
  readonly wrong: readonly Wrong[];
  readonly mayEdit: boolean;
  readonly mayOrder: boolean;
  readonly onChange: (sheet: readonly SheetRow[]) => void;
  readonly onRemove: ((row: SheetRow) => void) | undefined;
  readonly onAssign: ((row: SheetRow) => void) | undefined;
  readonly newKey: () => string;
}

interface Place {
  readonly row: number;
  readonly column: number;
}

/**
 * The rows of annex 1 as a spreadsheet. Arrows move from cell to cell, Enter or F2 opens one, Escape leaves it as it was, a paste puts a
 * block of cells from Excel. Rows are put in order by dragging their number, by its buttons, or by Alt with the arrows.
 */
export function SheetGrid({ sheet, wrong, mayEdit, mayOrder, onChange, onRemove, onAssign, newKey }: Props) {
  const grid = useRef<HTMLTableElement>(null);
  const [at, setAt] = useState<Place>({ row: 0, column: 0 });
  const [open, setOpen] = useState<Place>();
  const [dragged, setDragged] = useState<number>();
  const focus = ({ row, column }: Place) => {
    const place = { row: Math.max(0, Math.min(sheet.length - 1, row)), column: Math.max(0, Math.min(columns.length - 1, column)) };
    setAt(place);
    grid.current?.querySelector<HTMLElement>(`[data-cell="${place.row}-${place.column}"]`)?.focus();
  };
  const move = (from: number, to: number) => {
    onChange(moved(sheet, from, to));
    setAt({ ...at, row: Math.max(0, Math.min(sheet.length - 1, to)) });
    requestAnimationFrame(() => grid.current?.querySelector<HTMLElement>(`[data-order="${Math.max(0, Math.min(sheet.length - 1, to))}"]`)?.focus());
  };
  const press = (place: Place) => (event: KeyboardEvent) => {
    const step = steps[event.key];
    if (event.altKey && step && mayOrder) { event.preventDefault(); move(place.row, place.row + step.row); return; }
    if (step) { event.preventDefault(); focus({ row: place.row + step.row, column: place.column + step.column }); return; }
    if ((event.key === 'Enter' || event.key === 'F2') && mayEdit) { event.preventDefault(); setOpen(place); }
  };
  const paste = (place: Place) => (event: ClipboardEvent) => {
    if (!mayEdit || open) return;
    event.preventDefault();
    onChange(withBlock(sheet, place.row, place.column, pastedCells(event.clipboardData.getData('text/plain')), newKey));
  };
  const close = (place: Place, text?: string) => {
    if (text !== undefined) onChange(withBlock(sheet, place.row, place.column, [[text]], newKey));
    setOpen(undefined);
    requestAnimationFrame(() => focus(place));
  };
  return (
    <div className="sheet" tabIndex={-1}>
      <table ref={grid} role="grid" aria-label={t('场景清单')} aria-rowcount={sheet.length + 1}>
        <thead><tr><th scope="col">{t('序号')}</th>{columns.map((column) => <th key={column.key} scope="col"><span className="note">{column.group && t(column.group)}</span><br />{columnName(column)}</th>)}</tr></thead>
        <tbody>
          {sheet.map((row, index) => (
            <tr key={row.key} className={dragged === index ? 'dragged' : isChanged(row) ? 'changed' : undefined}
              onDragOver={(event) => { if (dragged !== undefined) event.preventDefault(); }} onDrop={() => { if (dragged !== undefined) move(dragged, index); setDragged(undefined); }}>
              <th scope="row" draggable={mayOrder} onDragStart={() => setDragged(index)} onDragEnd={() => setDragged(undefined)}>
                <span data-order={index} tabIndex={mayOrder ? 0 : undefined} role={mayOrder ? 'button' : undefined} aria-label={`${t('第 {row} 行', { row: index + 1 })}${row.unit ? t('，{text}', { text: row.unit }) : ''}${mayOrder ? t('，按Alt加上下方向键移动') : ''}`} onKeyDown={press({ row: index, column: 0 })}>{index + 1}</span>
                {isChanged(row) && <span className="soon">*</span>}
                <span className="note unit">{row.unit ?? t(row.id === undefined ? '新行' : '未指明单位')}</span>
                {mayOrder && <span className="order"><Button size="small" type="text" aria-label={t('第 {row} 行上移', { row: index + 1 })} disabled={index === 0} onClick={() => move(index, index - 1)}>↑</Button><Button size="small" type="text" aria-label={t('第 {row} 行下移', { row: index + 1 })} disabled={index === sheet.length - 1} onClick={() => move(index, index + 1)}>↓</Button></span>}
                {onAssign && row.id !== undefined && <Button size="small" type="text" data-assign={row.id} aria-label={t('指明第 {place} 行的单位', { place: index + 1 })} onClick={() => onAssign(row)}>{t('单位')}</Button>}
                {onRemove && <Button size="small" type="text" aria-label={t('撤下第 {row} 行', { row: index + 1 })} onClick={() => onRemove(row)}>×</Button>}
              </th>
              {columns.map((column, place) => {
                const fault = wrong.find((each) => each.row === index + 1 && each.column === column.key);
                const here = { row: index, column: place };
                const isOpen = open?.row === index && open.column === place;
                return (
                  <td key={column.key} role="gridcell" data-cell={`${index}-${place}`} tabIndex={at.row === index && at.column === place ? 0 : -1} aria-invalid={fault ? true : undefined} title={fault?.detail}
                    onFocus={() => setAt(here)} onKeyDown={isOpen ? undefined : press(here)} onDoubleClick={() => mayEdit && setOpen(here)} onPaste={paste(here)}>
                    {isOpen ? <CellEditor label={t('{column}，第 {row} 行', { column: columnName(column), row: index + 1 })} text={row.cells[column.key]} onClose={(text) => close(here, text)} /> : <span className="said">{row.cells[column.key]}</span>}
                    {fault && <span className="wrong">{fault.detail}</span>}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const steps: Readonly<Record<string, Place>> = { ArrowUp: { row: -1, column: 0 }, ArrowDown: { row: 1, column: 0 }, ArrowLeft: { row: 0, column: -1 }, ArrowRight: { row: 0, column: 1 } };

/** One cell while it is written in: Ctrl with Enter or leaving it keeps the text, Escape drops it. */
function CellEditor({ label, text, onClose }: { readonly label: string; readonly text: string; readonly onClose: (text?: string) => void }) {
  const [value, setValue] = useState(text);
  const done = useRef(false);
  const close = (kept?: string) => {
    // A cell that goes away loses the focus, too.
    if (!done.current) onClose(kept);
    done.current = true;
  };
  const press = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key === 'Escape') close();
    if (event.key === 'Tab' || (event.key === 'Enter' && (event.ctrlKey || event.metaKey))) { event.preventDefault(); close(value); }
  };
  return <textarea aria-label={label} autoFocus rows={4} value={value} onChange={(event) => setValue(event.target.value)} onKeyDown={press} onBlur={() => close(value)} />;
}
