import { type CellStyle, writeXlsx } from 'hucre/xlsx';
import { cellText } from './cell-text.ts';
import type { Disbursement } from '../money/disbursements.ts';

type Value = string | number | null;

interface Column {
  readonly title: string;
  readonly width: number;
  readonly of: (row: Disbursement, index: number) => Value;
  readonly money?: true;
}

// Fen as yuan: up to 10^13 fen the two decimals are exact in a double, which is what a cell holds.
const yuan = (fen: number | null): Value => (fen === null ? null : fen / 100);

const columns: readonly Column[] = [
  { title: '序号', width: 6, of: (_, index) => index + 1 },
  { title: '日期', width: 12, of: (row) => row.on },
  { title: '类型', width: 8, of: (row) => row.kind },
  { title: '场景编号', width: 24, of: (row) => row.scenario },
  { title: '场景名称', width: 30, of: (row) => row.title },
  { title: '申报单位', width: 30, of: (row) => row.unit },
  { title: '统一社会信用代码', width: 22, of: (row) => row.uscc },
  { title: '预算科目', width: 18, of: (row) => row.line },
  { title: '依据条款', width: 22, of: (row) => row.article },
  { title: '总投资（元）', width: 18, of: (row) => yuan(row.investmentFen), money: true },
  { title: '比例（%）', width: 9, of: (row) => row.percent },
  { title: '上限（元）', width: 16, of: (row) => yuan(row.ceilingFen), money: true },
  { title: '核定金额（元）', width: 16, of: (row) => yuan(row.awardFen), money: true },
  { title: '拨付金额（元）', width: 16, of: (row) => yuan(row.paidFen), money: true },
  { title: '收回或核销金额（元）', width: 18, of: (row) => yuan(row.backFen), money: true },
  { title: '凭证号', width: 20, of: (row) => row.voucherNo },
  { title: '资金来源', width: 20, of: (row) => row.fundSource },
  { title: '经办人', width: 10, of: (row) => row.by },
  { title: '政策版本', width: 16, of: (row) => row.policy },
];

const thin = { style: 'thin', color: { rgb: '000000' } } as const;
const box = { top: thin, right: thin, bottom: thin, left: thin };
const centred = { horizontal: 'center', vertical: 'center', wrapText: true } as const;

/** The disbursement ledger of a year as a workbook: one line for each payment, repayment and write-off, and their sums. */
export function disbursementsWorkbook(year: number, rows: readonly Disbursement[]): Promise<Uint8Array> {
  const sum = (of: (row: Disbursement) => number) => rows.reduce((total, row) => total + of(row), 0);
  const totals = columns.map(({ title }): Value => (title === '序号' ? '合计' : title === '拨付金额（元）' ? yuan(sum((row) => row.paidFen)) : title.startsWith('收回或核销') ? yuan(sum((row) => row.backFen)) : null));
  const grid: Value[][] = [[`${year}年资金拨付台账`], columns.map(({ title }) => title), ...rows.map((row, index) => columns.map(({ of }) => of(row, index))), totals];
  const cells = new Map<string, { value?: string | number; style: CellStyle }>();
  for (const [row, values] of grid.entries())
    for (const [column, { money }] of columns.entries()) {
      const value = values[column];
      cells.set(`${row},${column}`, { ...(value === null || value === undefined || value === '' ? {} : { value: typeof value === 'string' ? cellText(value) : value }), style: styleOf(row, money === true) });
    }
  return writeXlsx({
    sheets: [
      {
        name: '资金拨付台账',
        columns: columns.map(({ width }) => ({ width })),
        rows: grid.map((values) => values.map((value) => (typeof value === 'string' ? cellText(value) : value))),
        cells,
        merges: [{ startRow: 0, endRow: 0, startCol: 0, endCol: columns.length - 1 }],
        freezePane: { rows: 2, columns: 1 },
        pageSetup: { paperSize: 'a3', orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0, printTitlesRow: '$2:$2' },
        headerFooter: { oddFooter: '&C第 &P 页，共 &N 页' },
      },
    ],
    defaultFont: { name: '宋体', size: 10.5 },
  });
}

function styleOf(row: number, money: boolean): CellStyle {
  if (row === 0) return { font: { name: '宋体', size: 18, bold: true }, alignment: centred };
  if (row === 1) return { font: { name: '宋体', size: 11, bold: true }, alignment: centred, border: box };
  return { font: { name: '宋体', size: 10.5 }, alignment: { vertical: 'center', wrapText: true }, border: box, ...(money ? { numFmt: '#,##0.00' } : {}) };
}
