import { type Cell, type CellValue, cellRef, readXlsx, type Sheet } from 'hucre/xlsx';
import { Problem } from '../../http/problem.ts';

/** What stands in one cell: its text as people see it, or a sentence about why it cannot be taken. */
export type Content = { readonly text: string } | { readonly wrong: string };

/** A sheet as a rectangle of texts; rows and columns count from nought. */
export interface SheetGrid {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  at(row: number, column: number): Content;
  /** Merged ranges, ends included. */
  readonly merges: readonly { readonly startRow: number; readonly startCol: number; readonly endRow: number; readonly endCol: number }[];
}

/** The address of a cell as people read it: `D7`. */
export const addressOf = (row: number, column: number): string => cellRef(row, column);

/** The visible sheets of a workbook that `openWorkbook` let through. Throws `Problem` when it cannot be read. */
export async function gridsOf(workbook: Uint8Array): Promise<SheetGrid[]> {
  const { sheets } = await readXlsx(workbook).catch(() => {
    throw new Problem('unsupported-type', '工作簿的内容读不出来；请在Excel中重新保存为“Excel 工作簿（*.xlsx）”后再上传');
  });
  const visible = sheets.filter(({ hidden, veryHidden }) => !hidden && !veryHidden);
  mustBeModest(visible);
  return visible.map(gridOf);
}

/** Many cells may share one long text: what they say together is bounded as well, and so are merged ranges, which are looked through for each cell. */
const mostCharacters = 6_000_000;
const mostMerges = 2000;

function mustBeModest(sheets: readonly Sheet[]): void {
  const characters = sheets.reduce((sum, { rows }) => sum + rows.reduce((inRows, row) => inRows + row.reduce((inRow: number, value) => inRow + (typeof value === 'string' ? value.length : 0), 0), 0), 0);
  if (characters > mostCharacters || sheets.some(({ merges = [] }) => merges.length > mostMerges)) throw new Problem('too-large', '工作簿内容过多，不予读取；请新建工作簿，只复制填写的内容后再上传');
}

function gridOf({ name, rows, cells, merges = [] }: Sheet): SheetGrid {
  return {
    name, merges,
    rows: rows.length,
    columns: rows.reduce((most, row) => Math.max(most, row.length), 0),
    at: (row, column) => contentOf(rows[row]?.[column] ?? null, cells?.get(`${row},${column}`)),
  };
}

function contentOf(value: CellValue, cell: Cell | undefined): Content {
  if (cell?.formula !== undefined || cell?.type === 'formula') return { wrong: '这一格是公式，请复制后用“选择性粘贴—数值”替换' };
  if (cell?.type === 'error' || (typeof value === 'string' && /^#(?:REF!|NAME\?|VALUE!|DIV\/0!|N\/A|NULL!|NUM!|SPILL!)$/.test(value))) return { wrong: '这一格是Excel的错误值，请改为正确的内容' };
  if (typeof value === 'string' && value.length > longestCell) return { wrong: `内容过长：一格最多${longestCell}个字符，请删减` };
  return { text: textOf(value) };
}

/** The most characters that Excel itself puts into one cell (Excel specifications and limits). */
const longestCell = 32_767;

function textOf(value: CellValue): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString().slice(0, 10);
  return String(value).replace(/\r\n?/g, '\n').replaceAll('\u00a0', ' ');
}
