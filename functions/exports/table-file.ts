import { writeCsv } from 'hucre/csv';
import { writeXlsx } from 'hucre/xlsx';
import type { ExportKind } from './kinds.ts';

/** One column of a file: its heading, its width in characters, and its cell of a row. */
export interface Column<R> {
  readonly heading: string;
  readonly width: number;
  readonly cell: (row: R) => string | number;
}

/** A list as a file of one sheet; the first line holds the headings. */
export async function tableFile<R>(kind: ExportKind, title: string, columns: readonly Column<R>[], rows: readonly R[]): Promise<Uint8Array> {
  const headings = columns.map(({ heading }) => heading);
  const lines = rows.map((row) => columns.map(({ cell }) => neutral(cell(row))));
  // Excel takes a CSV file for UTF-8 by its byte order mark alone.
  if (kind === 'csv') return Buffer.from(writeCsv([headings, ...lines], { bom: true, quoteStyle: 'all' }), 'utf8');
  return writeXlsx({ sheets: [{ name: title, columns: columns.map(({ width }) => ({ width })), rows: [headings, ...lines.map((line) => line.map((cell) => (cell === '' ? null : cell)))], freezePane: { rows: 1, columns: 0 } }] });
}

// OWASP, "CSV injection"; East Asian Excel takes the full-width signs as well. Spaces before the sign do not help.
const startsFormula = /^[\s\uFEFF]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/;

/** A text that a spreadsheet would take for a formula, with a quote before it; figures stay figures. Control characters that no workbook may hold go. */
export function neutral(cell: string | number): string | number {
  if (typeof cell === 'number') return cell;
  // oxlint-disable-next-line no-control-regex -- XML 1.0, section 2.2: these characters stand in no document
  const text = cell.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, '');
  return startsFormula.test(text) ? `'${text}` : text;
}
