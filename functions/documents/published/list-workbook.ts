import { type CellStyle, writeXlsx } from 'hucre/xlsx';
import type { ListEntry } from '../../activities/batch-list.ts';
import type { Edition } from '../../published/editions.ts';
import { rowHeight } from '../annex1/row-height.ts';
import { changeWords, listColumns, listTitle } from './columns.ts';
import { headLine } from './list-content.ts';

const last = listColumns.length - 1;
const thin = { style: 'thin', color: { rgb: '000000' } } as const;
const box = { top: thin, right: thin, bottom: thin, left: thin };

/** A published list as an Excel workbook, with the texts as texts: nothing in it is a formula. */
export function listWorkbook(edition: Edition, entries: readonly ListEntry[], address: string): Promise<Uint8Array> {
  const { correction, proof } = edition;
  const notes = [headLine(edition), ...(correction ? [`更正说明：${correction.reason}`, ...changeWords(edition)] : []), ...(proof ? [`核验码：${proof.code}（${address}）`] : [])];
  const before = [listTitle(edition), ...notes];
  const widths = listColumns.map(({ width }) => width * 1.15);
  const grid = [...before.map((line) => [line]), listColumns.map(({ label }) => label), ...entries.map((entry, index) => listColumns.map(({ textOf }) => safe(textOf(entry, index + 1))))];
  const cells = new Map<string, { value?: string; style: CellStyle }>();
  for (const [row, values] of grid.entries()) for (let column = 0; column <= last; column += 1) cells.set(`${row},${column}`, { ...(values[column] ? { value: values[column] } : {}), style: styleOf(row, column, before.length) });
  return writeXlsx({
    defaultFont: { name: '宋体', size: 10.5 },
    sheets: [
      {
        name: '场景清单',
        columns: widths.map((width) => ({ width })),
        rows: grid.map((values) => values.map((value) => (value === '' ? null : value))),
        cells,
        merges: before.map((_, row) => ({ startRow: row, endRow: row, startCol: 0, endCol: last })),
        rowDefs: new Map(grid.map((values, row) => [row, { height: row === 0 ? 32 : row < before.length ? 20 : rowHeight(values, widths) }])),
        freezePane: { rows: before.length + 1, columns: 0 },
        pageSetup: {
          paperSize: 'a4', orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0, horizontalCentered: true,
          margins: { top: 0.7, bottom: 0.6, left: 0.5, right: 0.5, header: 0.3, footer: 0.3 },
          printTitlesRow: `$${before.length + 1}:$${before.length + 1}`,
        },
        headerFooter: { oddFooter: `${proof ? `&L核验码：${proof.code}` : ''}&C第 &P 页，共 &N 页` },
      },
    ],
  });
}

// What looks like an escape (`_x000D_`) is escaped, because readers undo those (ECMA-376 part 1, 22.9.2.19).
function safe(text: string): string {
  return text.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_');
}

function styleOf(row: number, column: number, headings: number): CellStyle {
  if (row === 0) return { font: { name: '宋体', size: 18, bold: true }, alignment: { horizontal: 'center', vertical: 'center', wrapText: true } };
  if (row < headings) return { font: { name: '宋体', size: 10.5 }, alignment: { horizontal: 'left', vertical: 'center', wrapText: true } };
  if (row === headings) return { font: { name: '宋体', size: 11, bold: true }, alignment: { horizontal: 'center', vertical: 'center', wrapText: true }, border: box };
  return { font: { name: '宋体', size: 10.5 }, alignment: { horizontal: column === 0 ? 'center' : 'left', vertical: 'center', wrapText: true }, border: box };
}
