import { writeXlsx } from 'hucre/xlsx';
import { articleWords } from '../../machines/derive/words.ts';
import type { Disbursement } from '../money/disbursements.ts';
import { tableSheet, type TableColumn, type Value } from './table-sheet.ts';

interface Column extends TableColumn {
  readonly of: (row: Disbursement, index: number) => Value;
}

// Fen as yuan: up to 10^13 fen the two decimals are exact in a double, which is what a cell holds.
const yuan = (fen: number | null): Value => (fen === null ? null : fen / 100);

const columns: readonly Column[] = [
  { title: '序号', width: 6, of: (_, index) => index + 1 },
  { title: '日期', width: 11, of: (row) => row.on },
  { title: '类型', width: 7, of: (row) => row.kind },
  { title: '场景编号', width: 14, of: (row) => row.scenario },
  { title: '场景名称', width: 22, of: (row) => row.title },
  { title: '申报单位', width: 20, of: (row) => row.unit },
  { title: '统一社会信用代码', width: 12, of: (row) => row.uscc },
  { title: '预算科目', width: 11, of: (row) => row.line },
  { title: '依据条款', width: 12, of: (row) => articleWords(row.article) },
  { title: '总投资（元）', width: 16, of: (row) => yuan(row.investmentFen), money: true },
  { title: '比例（%）', width: 7, of: (row) => row.percent },
  { title: '上限（元）', width: 15, of: (row) => yuan(row.ceilingFen), money: true },
  { title: '核定金额（元）', width: 15, of: (row) => yuan(row.awardFen), money: true },
  { title: '拨付金额（元）', width: 15, of: (row) => yuan(row.paidFen), money: true },
  { title: '收回或核销金额（元）', width: 15, of: (row) => yuan(row.backFen), money: true },
  { title: '凭证号', width: 12, of: (row) => row.voucherNo },
  { title: '资金来源', width: 13, of: (row) => row.fundSource },
  { title: '经办人', width: 8, of: (row) => row.by },
  { title: '政策版本', width: 10, of: (row) => row.policy },
];

/** The disbursement ledger of a year as a workbook: one line for each payment, repayment and write-off, and their sums. */
export function disbursementsWorkbook(year: number, rows: readonly Disbursement[]): Promise<Uint8Array> {
  const sum = (of: (row: Disbursement) => number) => rows.reduce((total, row) => total + of(row), 0);
  const totals = columns.map(({ title }): Value => (title === '序号' ? '合计' : title === '拨付金额（元）' ? yuan(sum((row) => row.paidFen)) : title.startsWith('收回或核销') ? yuan(sum((row) => row.backFen)) : null));
  const lines = [...rows.map((row, index) => columns.map(({ of }) => of(row, index))), totals];
  return writeXlsx({ sheets: [tableSheet({ name: '资金拨付台账', title: `${year}年资金拨付台账`, columns, rows: lines, paper: 'a3' })], defaultFont: { name: '宋体', size: 10.5 } });
}
