import { Problem } from '../http/problem.ts';

/** The most characters that Excel takes in one cell (Excel specifications and limits). */
const longestCell = 32_767;

/** A text as a cell takes it: always a string, never a formula; what looks like an escape (`_x000D_`) is escaped, because readers undo those (ECMA-376 part 1, 22.9.2.19). */
export function cellText(text: string): string {
  if (text.length > longestCell) throw new Problem('too-large', `有一栏超过了Excel单元格的最大长度（${longestCell}个字符），请删减多余的空格和换行后再导出`);
  return text.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_');
}
