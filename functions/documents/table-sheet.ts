import { type CellStyle, type WriteSheet } from 'hucre/xlsx';
import { rowHeight } from './annex1/row-height.ts';
import { cellText } from './cell-text.ts';

/** What stands in a cell; null for nothing. */
export type Value = string | number | null;

/** One column of a printed table: its heading and its width in characters; `money` shows two decimals. */
export interface TableColumn {
  readonly title: string;
  readonly width: number;
  readonly money?: boolean;
}

/** A table as a sheet that is read on the screen and prints as it is: title, headings on every page, wrapped cells in boxes, page numbers. */
export interface Table {
  /** The sheet's name. */
  readonly name: string;
  readonly title: string;
  readonly columns: readonly TableColumn[];
  readonly rows: readonly (readonly Value[])[];
  readonly paper: 'a3' | 'a4';
}

const thin = { style: 'thin', color: { rgb: '000000' } } as const;
const box = { top: thin, right: thin, bottom: thin, left: thin };
const centred = { horizontal: 'center', vertical: 'center', wrapText: true } as const;
const headings = 1;

/** What `writeXlsx` takes of a table. Texts are texts: nothing in it is a formula. */
export function tableSheet({ name, title, columns, rows, paper }: Table): WriteSheet {
  const grid: Value[][] = [[title], columns.map((column) => column.title), ...rows.map((row) => row.map((value) => (typeof value === 'string' ? cellText(value) : value)))];
  const widths = columns.map(({ width }) => width);
  const cells = new Map<string, { value?: string | number; style: CellStyle }>();
  for (const [row, values] of grid.entries())
    for (const [column, { money = false }] of columns.entries()) {
      const value = values[column] ?? null;
      cells.set(`${row},${column}`, { ...(value === null || value === '' ? {} : { value }), style: styleOf(row, typeof value === 'number', money) });
    }
  return {
    name,
    columns: widths.map((width) => ({ width })),
    rows: grid.map((values) => values.map((value) => (value === '' ? null : value))),
    cells,
    merges: [{ startRow: 0, endRow: 0, startCol: 0, endCol: columns.length - 1 }],
    rowDefs: new Map(grid.map((values, row) => [row, { height: row === 0 ? 32 : rowHeight(values.map((value) => String(value ?? '')), widths) }])),
    freezePane: { rows: headings + 1, columns: 0 },
    pageSetup: {
      paperSize: paper, orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0, horizontalCentered: true,
      margins: { top: 0.7, bottom: 0.6, left: 0.4, right: 0.4, header: 0.3, footer: 0.3 },
      printTitlesRow: `$${headings + 1}:$${headings + 1}`,
    },
    headerFooter: { oddFooter: '&C第 &P 页，共 &N 页' },
  };
}

function styleOf(row: number, isNumber: boolean, money: boolean): CellStyle {
  if (row < headings) return { font: { name: '宋体', size: 18, bold: true }, alignment: centred };
  if (row === headings) return { font: { name: '宋体', size: 11, bold: true }, alignment: centred, border: box };
  return { font: { name: '宋体', size: 10.5 }, alignment: { horizontal: isNumber ? 'right' : 'left', vertical: 'center', wrapText: true }, border: box, ...(money ? { numFmt: '#,##0.00' } : {}) };
}
