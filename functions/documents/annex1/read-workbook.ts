import { Problem } from '../../http/problem.ts';
import { rowFrom, type Annex1Key } from '../../../shared/annex1/cells.ts';
import { annex1Columns, type Annex1Head, type Annex1Row } from '../../../shared/annex1/columns.ts';
import { dayIn } from './day-in.ts';
import { openWorkbook } from './open-workbook.ts';
import { plain, shown } from '../../../shared/annex1/options.ts';
import { addressOf, gridsOf, type SheetGrid } from './sheet-grid.ts';

/** One wrong cell: its address, and a sentence that says how to mend it. */
export interface WrongCell {
  readonly cell: string;
  readonly detail: string;
}

/** What a workbook says: the whole list, or every cell that is wrong and nothing of the list. */
export type Annex1Reading = { readonly ok: true; readonly head: Annex1Head; readonly rows: readonly Annex1Row[] } | { readonly ok: false; readonly wrong: readonly WrongCell[] };

/** Reads annex 1 from a workbook in the official layout, forgiving what people do to it. Throws `Problem` when the file itself is not to be read. */
export async function readAnnex1(bytes: Uint8Array): Promise<Annex1Reading> {
  const grids = await gridsOf(await openWorkbook(bytes));
  const places = grids.flatMap((grid) => {
    const place = placeIn(grid);
    return place ? [{ grid, place }] : [];
  });
  const [found] = places;
  if (!found) throw new Problem('invalid-input', '工作簿里没有找到清单的表头（序号、需求名称……改革任务）；请用本系统导出的清单或官方样表填写', { errors: [{ pointer: '', detail: '没有找到清单的表头' }] });
  if (places.length > 1) throw new Problem('invalid-input', `有${places.length}张工作表都是清单（${places.map(({ grid }) => `“${grid.name}”`).join('、')}），请只保留一张`, { errors: [{ pointer: '', detail: '清单工作表多于一张' }] });
  return reading(found.grid, found.place);
}

/** Where the headings stand: the line of the 12 labels, and the column of each. */
interface Place {
  readonly labels: number;
  readonly columns: ReadonlyMap<Annex1Key, number>;
}

/** The headings are looked for among the first lines only. */
const headingLines = 30;
/** A line with this many of the twelve labels is the headings, whichever are spoilt. */
const enoughLabels = 6;

function placeIn(grid: SheetGrid): Place | undefined {
  for (let row = 0; row < Math.min(grid.rows, headingLines); row += 1) {
    const columns = new Map<Annex1Key, number>();
    // From the right, so that of two equal labels the first one counts.
    for (let column = grid.columns - 1; column >= 0; column -= 1) {
      const label = plain(textAt(grid, row, column));
      const above = plain(row > 0 ? textAt(grid, row - 1, column) : '');
      for (const { key, label: wanted } of annex1Columns) if (label === wanted || (key === 'seqNo' && above === wanted)) columns.set(key, column);
    }
    if ((columns.has('demandName') && columns.has('applicationName')) || columns.size >= enoughLabels) return { labels: row, columns };
  }
  return undefined;
}

function reading(grid: SheetGrid, place: Place): Annex1Reading {
  const wrong: WrongCell[] = [...missingColumns(place), ...formulasAround(grid, place)];
  const head = headOf(grid, place.labels);
  if ('wrong' in head) wrong.push(head.wrong);
  wrong.push(...mergedAcross(grid, place));
  const rows: Annex1Row[] = [];
  const numbers = new Map<number, string>();
  for (const row of wrong.some(isAboutHeadings) ? [] : rowsOf(grid, place)) {
    const result = readRow(grid, place, row);
    if ('wrong' in result) {
      wrong.push(...result.wrong);
      continue;
    }
    const cell = addressOf(row, columnOf(place, 'seqNo'));
    const twin = numbers.get(result.row.seqNo);
    if (twin !== undefined) wrong.push({ cell, detail: `序号${result.row.seqNo}与${twin}重复，请重新编号` });
    numbers.set(result.row.seqNo, twin ?? cell);
    rows.push(result.row);
  }
  if (wrong.length === 0 && rows.length === 0) wrong.push({ cell: addressOf(place.labels + 1, columnOf(place, 'seqNo')), detail: '表中没有填写任何一行，请从表头下面开始填写' });
  if (wrong.length > 0 || 'wrong' in head) return { ok: false, wrong: inOrder(wrong) };
  return { ok: true, head, rows };
}

const headingFault = '请恢复表头，或用官方样表重新填写';
const isAboutHeadings = ({ detail }: WrongCell): boolean => detail.endsWith(headingFault);

// Where a heading is missing, the cell that should hold it is named.
function missingColumns({ labels, columns }: Place): WrongCell[] {
  return annex1Columns.flatMap(({ key, label }, index) => (columns.has(key) ? [] : [{ cell: addressOf(labels, index), detail: `没有找到“${label}”一列，${headingFault}` }]));
}

/** Lines below the headings that hold a row: not blank, and not the form's own 填写说明 and 填写案例. */
function rowsOf(grid: SheetGrid, { labels, columns }: Place): number[] {
  const rows: number[] = [];
  for (let row = labels + 1; row < grid.rows; row += 1) {
    if (/^填写(?:说明|案例|示例)/.test(plain(textAt(grid, row, columns.get('seqNo') ?? 0)))) continue;
    if (annex1Columns.some(({ key }) => isFilled(grid, row, columns.get(key) ?? 0))) rows.push(row);
  }
  return rows;
}

function isFilled(grid: SheetGrid, row: number, column: number): boolean {
  const content = grid.at(row, column);
  return 'wrong' in content || content.text.trim() !== '';
}

function readRow(grid: SheetGrid, place: Place, row: number): { readonly row: Annex1Row } | { readonly wrong: readonly WrongCell[] } {
  const wrong: WrongCell[] = [];
  const texts = Object.fromEntries(
    annex1Columns.map(({ key }) => {
      const [top, left] = ownerOf(grid, row, columnOf(place, key));
      const content = grid.at(top, left);
      if ('wrong' in content) wrong.push({ cell: addressOf(top, left), detail: content.wrong });
      return [key, 'wrong' in content ? '' : content.text];
    }),
  ) as Record<Annex1Key, string>;
  const unreadable = new Set(wrong.map(({ cell }) => cell));
  const result = rowFrom(texts);
  if ('row' in result && wrong.length === 0) return result;
  const faults = 'row' in result ? [] : result.faults;
  return { wrong: [...wrong, ...faults.map(({ key, detail }) => ({ cell: addressOf(...ownerOf(grid, row, columnOf(place, key))), detail })).filter(({ cell }) => !unreadable.has(cell))] };
}

function columnOf({ columns }: Place, key: Annex1Key): number {
  return columns.get(key) ?? annex1Columns.findIndex((column) => column.key === key);
}

// A cell merged over several rows says the same for each of them.
function ownerOf({ merges }: SheetGrid, row: number, column: number): [number, number] {
  const merge = merges.find(({ startRow, endRow, startCol, endCol }) => row >= startRow && row <= endRow && column >= startCol && column <= endCol);
  return merge ? [merge.startRow, merge.startCol] : [row, column];
}

function mergedAcross(grid: SheetGrid, { labels, columns }: Place): WrongCell[] {
  const used = [...columns.values()];
  return grid.merges
    .filter(({ startRow, startCol, endCol }) => startRow > labels && used.filter((column) => column >= startCol && column <= endCol).length > 1)
    .filter(({ startRow }) => annex1Columns.some(({ key }) => isFilled(grid, startRow, columns.get(key) ?? 0)))
    .map(({ startRow, startCol, endRow, endCol }) => ({ cell: addressOf(startRow, startCol), detail: `${addressOf(startRow, startCol)}:${addressOf(endRow, endCol)} 把几栏合并成了一格，请取消合并，分别填写` }));
}

// Formulas are refused wherever they stand: who prints the list would see other words than those that were read.
function formulasAround(grid: SheetGrid, { columns, labels }: Place): WrongCell[] {
  const used = new Set(columns.values());
  const wrong: WrongCell[] = [];
  for (let row = 0; row < grid.rows; row += 1) {
    for (let column = 0; column < grid.columns; column += 1) {
      if (row > labels && used.has(column)) continue;
      const content = grid.at(row, column);
      if ('wrong' in content) wrong.push({ cell: addressOf(row, column), detail: content.wrong });
    }
  }
  return wrong;
}

function headOf(grid: SheetGrid, labels: number): Annex1Head | { readonly wrong: WrongCell } {
  const unit = besideLabel(grid, labels, '申报单位');
  const date = besideLabel(grid, labels, '申报日期');
  const filedOn = date && date.text !== '' ? dayIn(date.text) : '';
  if (filedOn === undefined) return { wrong: { cell: date?.cell ?? 'A2', detail: `申报日期“${shown(date?.text ?? '')}”读不出来，请写成 2025年3月10日` } };
  return { unit: unit?.text ?? '', filedOn };
}

// `申报单位：某局` in one cell, or the label in one and the words in the next that is not blank.
function besideLabel(grid: SheetGrid, labels: number, label: string): { readonly cell: string; readonly text: string } | undefined {
  for (let row = 0; row < labels; row += 1) {
    for (let column = 0; column < grid.columns; column += 1) {
      const found = new RegExp(`(?:^|\\s)${[...label].join('\\s*')}\\s*[：:]?\\s*([\\s\\S]*)$`, 'u').exec(textAt(grid, row, column).trim());
      if (!found) continue;
      const own = (found[1] ?? '').split(/申\s*报\s*日\s*期/u)[0]?.trim() ?? '';
      if (own !== '') return { cell: addressOf(row, column), text: own };
      const next = Array.from({ length: grid.columns - column - 1 }, (_, index) => column + 1 + index).find((at) => textAt(grid, row, at).trim() !== '');
      const text = next === undefined ? '' : textAt(grid, row, next).trim();
      return { cell: addressOf(row, next ?? column), text: /^申\s*报/u.test(text) ? '' : text };
    }
  }
  return undefined;
}

function textAt(grid: SheetGrid, row: number, column: number): string {
  const content = grid.at(row, column);
  return 'text' in content ? content.text : '';
}

function inOrder(wrong: readonly WrongCell[]): WrongCell[] {
  const key = (cell: string): [number, string] => [Number(/\d+/.exec(cell)?.[0]), (/[A-Z]+/.exec(cell)?.[0] ?? '').padStart(4)];
  const once = [...new Map(wrong.map((one) => [`${one.cell} ${one.detail}`, one])).values()];
  return once.toSorted((a, b) => {
    const [rowA, columnA] = key(a.cell);
    const [rowB, columnB] = key(b.cell);
    return rowA - rowB || columnA.localeCompare(columnB);
  });
}
