import { cellTexts, rowFrom, type Annex1Key, type CellFault } from '../../shared/annex1/cells.ts';
import { annex1Columns, type Annex1Column, type Annex1Row } from '../../shared/annex1/columns.ts';
import type { ListRow } from '../api/names.ts';
import { cleanText } from '../forms/clean-text.ts';

/** The columns that a list's rows have: all of annex 1 but the number, which is the row's place. */
export const columns: readonly Annex1Column[] = annex1Columns.filter(({ key }) => key !== 'seqNo');

/** The cells of a row, as the official form writes them. */
export type Cells = Readonly<Record<Annex1Key, string>>;

/** A row on the sheet: `id` is the list's own, absent before it was proposed; `base` is what the list holds. */
export interface SheetRow {
  readonly id?: string;
  readonly key: string;
  readonly cells: Cells;
  readonly base?: Cells;
  readonly unit?: string;
}

/** The sheet of a list, in its order. */
export function sheetOf(rows: readonly ListRow[]): readonly SheetRow[] {
  return rows.map(({ row, seqNo, content, unitName }) => {
    const cells = cellTexts({ ...content, seqNo } as Annex1Row);
    return { id: row, key: row, cells, base: cells, ...(unitName ? { unit: unitName } : {}) };
  });
}

const blank = Object.fromEntries(annex1Columns.map(({ key }) => [key, ''])) as unknown as Cells;

/** A row that nobody has filled in yet. */
export const blankRow = (key: string): SheetRow => ({ key, cells: blank });

/** Whether a row says something else than the list. */
export const isChanged = ({ cells, base }: SheetRow): boolean => columns.some(({ key }) => cells[key] !== (base?.[key] ?? ''));

/** A row read as the form is read: what goes to the list, or every wrong cell with a sentence. */
export function readRow({ cells }: SheetRow): { readonly content: Omit<Annex1Row, 'seqNo'> } | { readonly faults: readonly CellFault[] } {
  // The number is the row's place: any will do here.
  const found = rowFrom({ ...cells, seqNo: '1' });
  if ('faults' in found) return found;
  const { seqNo: _place, ...content } = found.row;
  return { content };
}

/** The sheet after a block of cells was put at a place: rows that it lacks are added. */
export function withBlock(sheet: readonly SheetRow[], row: number, column: number, block: readonly (readonly string[])[], newKey: () => string): readonly SheetRow[] {
  const longer = [...sheet, ...Array.from({ length: Math.max(0, row + block.length - sheet.length) }, () => blankRow(newKey()))];
  return longer.map((each, index) => {
    const line = block[index - row];
    if (!line) return each;
    const put = line.flatMap((text, offset) => { const found = columns[column + offset]; return found ? [[found.key, cleanText(text).trim()] as const] : []; });
    return { ...each, cells: { ...each.cells, ...Object.fromEntries(put) } };
  });
}

/** The sheet with a row moved to another place. */
export function moved(sheet: readonly SheetRow[], from: number, to: number): readonly SheetRow[] {
  const row = sheet[from];
  if (!row || to < 0 || to >= sheet.length) return sheet;
  const others = sheet.filter((_, index) => index !== from);
  return [...others.slice(0, to), row, ...others.slice(to)];
}
