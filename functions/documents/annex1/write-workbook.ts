import { type CellStyle, type MergeRange, type WriteSheet, writeXlsx } from 'hucre/xlsx';
import { cellText } from '../cell-text.ts';
import { chineseDay } from '../chinese-day.ts';
import type { Draft } from '../../../shared/draft.ts';
import type { Mark } from '../printing.ts';
import { cellTexts } from '../../../shared/annex1/cells.ts';
import { annex1Columns, annex1Title, groupsOf, type Annex1Head, type Annex1Row } from '../../../shared/annex1/columns.ts';
import { projectTypeWords } from '../../../shared/contracts/form-words.zh.ts';
import { numbered } from '../../../shared/annex1/options.ts';
import { rowHeight } from './row-height.ts';

/** The lines of the sheet before the rows, counted from nought. */
const line = { title: 0, head: 1, groups: 2, labels: 3, hints: 4, rows: 5 } as const;
const last = annex1Columns.length - 1;
/** Where 申报日期 stands: the right half of the line that begins with 申报单位. */
const dateColumn = 7;
/** Annex 1 as an Excel workbook in the official layout: title, 申报单位 and 申报日期, merged headings, 填写说明, one line per row; the print says 草稿 or carries its code. */
export function annex1Workbook(head: Annex1Head, rows: readonly Draft<Annex1Row>[], mark?: Mark): Promise<Uint8Array> {
  const grid = [
    [annex1Title],
    withDate([`申报单位：${head.unit}`], `申报日期：${chineseDay(head.filedOn)}`),
    headings(),
    annex1Columns.map((column) => ('group' in column ? column.label : '')),
    annex1Columns.map(({ hint }) => hint),
    ...rows.map((row) => {
      const texts = cellTexts(row);
      return annex1Columns.map(({ key }) => (key === 'seqNo' && row.seqNo !== undefined ? row.seqNo : texts[key]));
    }),
  ];
  return writeXlsx({ sheets: [sheetOf(grid, mark)], defaultFont: { name: '宋体', size: 10.5 } });
}

// A merged heading stands in the first of its cells.
function headings(): string[] {
  const starts = new Map(groupsOf(annex1Columns).map(({ group, first }) => [first, group]));
  return annex1Columns.map((column, index) => ('group' in column ? (starts.get(index) ?? '') : column.label));
}

/** The empty form to fill in: the same layout with ruled lines to write on. */
export function annex1Template(): Promise<Uint8Array> {
  return annex1Workbook({ unit: '', filedOn: '' }, Array.from({ length: emptyLines }, () => ({})));
}

const emptyLines = 20;

function withDate(before: string[], date: string): string[] {
  return [...before, ...Array.from({ length: dateColumn - before.length }, () => ''), date];
}

function sheetOf(grid: readonly (readonly (string | number)[])[], mark: Mark | undefined): WriteSheet {
  const cells = new Map<string, { value?: string | number; style: CellStyle }>();
  for (let row = 0; row < grid.length; row += 1) for (let column = 0; column <= last; column += 1) cells.set(`${row},${column}`, { ...valueOf(grid[row]?.[column]), style: styleOf(row, column) });
  return {
    name: annex1Title,
    columns: annex1Columns.map(({ width }) => ({ width })),
    rows: grid.map((row) => row.map((value) => (value === '' ? null : typeof value === 'string' ? cellText(value) : value))),
    cells,
    merges: merges(),
    rowDefs: new Map(grid.map((row, index) => [index, { height: heights[index] ?? rowHeight(row.map(String), annex1Columns.map(({ width }) => width)) }])),
    dataValidations: [{ type: 'list', values: numbered(projectTypeWords), range: `G${line.rows + 1}:G${line.rows + 500}`, allowBlank: true, showErrorMessage: false }],
    freezePane: { rows: line.rows, columns: 1 },
    pageSetup: {
      paperSize: 'a3', orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0, horizontalCentered: true,
      margins: { top: 0.9, bottom: 0.6, left: 0.5, right: 0.5, header: 0.3, footer: 0.3 },
      printTitlesRow: `$${line.groups + 1}:$${line.labels + 1}`,
    },
    headerFooter: { oddFooter: `${mark && !mark.draft && mark.proof ? `&L核验码：${mark.proof.certificate.code}` : ''}&C第 &P 页，共 &N 页`, ...(mark?.draft ? { oddHeader: '&C&"宋体,加粗"&24&K969696草稿' } : {}) },
  };
}

const heights: Readonly<Record<number, number>> = { [line.title]: 32, [line.head]: 22, [line.groups]: 22, [line.labels]: 32 };

function valueOf(value: string | number | undefined): { readonly value?: string | number } {
  return value === undefined || value === '' ? {} : { value: typeof value === 'string' ? cellText(value) : value };
}

function merges(): MergeRange[] {
  const across = (row: number, startCol: number, endCol: number): MergeRange => ({ startRow: row, endRow: row, startCol, endCol });
  return [
    across(line.title, 0, last),
    across(line.head, 0, dateColumn - 1),
    across(line.head, dateColumn, last),
    { startRow: line.groups, endRow: line.labels, startCol: 0, endCol: 0 },
    ...groupsOf(annex1Columns).map(({ first, last: end }) => across(line.groups, first, end)),
  ];
}

const thin = { style: 'thin', color: { rgb: '000000' } } as const;
const box = { top: thin, right: thin, bottom: thin, left: thin };
const centred = { horizontal: 'center', vertical: 'center', wrapText: true } as const;

function styleOf(row: number, column: number): CellStyle {
  switch (row) {
    case line.title:
      return { font: { name: '宋体', size: 20, bold: true }, alignment: centred };
    case line.head:
      return { font: { name: '宋体', size: 12 }, alignment: { horizontal: 'left', vertical: 'center' } };
    case line.groups:
    case line.labels:
      return { font: { name: '宋体', size: 11, bold: true }, alignment: centred, border: box };
    default:
      return { font: { name: '宋体', size: 10.5 }, alignment: column === 0 ? centred : { vertical: row === line.hints ? 'center' : 'top', wrapText: true }, border: box };
  }
}
