import { writeXlsx } from 'hucre/xlsx';
import { choiceLabels } from '../../../machines/labels-of-arguments.zh.ts';
import type { EvaluationList } from '../../evaluations/evaluations.ts';

/** The evaluations of a year as an Excel workbook: one sheet of scenarios, one of their indicators. */
export function evaluationWorkbook({ year, items }: EvaluationList): Promise<Uint8Array> {
  const grade = (value: string): string => choiceLabels['grade']?.[value] ?? value;
  return writeXlsx({
    sheets: [
      sheet(`${year}年度评估`, ['序号', '场景', '责任单位', '等次', '预算绩效目标', '评估情况', '评估日期', '报送期限', '报送文号', '报送日期'], items.map((row, index) => [index + 1, row.title, row.unit, grade(row.grade), row.targetMet ? '达到' : '未达到', row.summary, row.evaluatedOn, row.reportDueOn, row.documentNo ?? (row.overdue ? '逾期未报' : ''), row.sentOn ?? ''])),
      sheet('绩效指标', ['场景', '指标', '计量单位', '目标方向', '目标值', '实际值', '评价', '说明'], items.flatMap((row) => row.indicators.map((each) => [row.title, each.name, each.measure, choiceLabels['goal']?.[each.goal] ?? '', each.target, each.actual, each.met ? '达标' : '未达标', each.remark]))),
    ],
    defaultFont: { name: '宋体', size: 10.5 },
  });
}

function sheet(name: string, heads: readonly string[], rows: readonly (readonly (string | number)[])[]) {
  const bold = { style: { font: { name: '宋体', size: 10.5, bold: true } } };
  return { name, columns: heads.map((head) => ({ width: Math.max(14, head.length * 2 + 2) })), rows: [[...heads], ...rows.map((row) => [...row])], cells: new Map(heads.map((head, index) => [`0,${index}`, { value: head, ...bold }])), freezePane: { rows: 1 } };
}
