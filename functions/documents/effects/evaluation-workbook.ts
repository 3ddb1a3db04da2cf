import { writeXlsx } from 'hucre/xlsx';
import { choiceLabels } from '../../../machines/labels-of-arguments.zh.ts';
import type { EvaluationList } from '../../evaluations/evaluations.ts';
import { tableSheet, type TableColumn } from '../table-sheet.ts';

const scenarioColumns: readonly TableColumn[] = [
  { title: '序号', width: 6 }, { title: '场景', width: 28 }, { title: '责任单位', width: 24 }, { title: '等次', width: 8 }, { title: '预算绩效目标', width: 10 },
  { title: '评估情况', width: 40 }, { title: '评估日期', width: 12 }, { title: '报送期限', width: 12 }, { title: '报送文号', width: 18 }, { title: '报送日期', width: 12 },
];
const indicatorColumns: readonly TableColumn[] = [
  { title: '场景', width: 28 }, { title: '指标', width: 28 }, { title: '计量单位', width: 10 }, { title: '目标方向', width: 10 }, { title: '目标值', width: 12 }, { title: '实际值', width: 12 }, { title: '评价', width: 10 }, { title: '说明', width: 36 },
];

/** The evaluations of a year as an Excel workbook: one sheet of scenarios, one of their indicators. */
export function evaluationWorkbook({ year, items }: EvaluationList): Promise<Uint8Array> {
  const grade = (value: string): string => choiceLabels['grade']?.[value] ?? value;
  const scenarios = items.map((row, index) => [index + 1, row.title, row.unit, grade(row.grade), row.targetMet ? '达到' : '未达到', row.summary, row.evaluatedOn, row.reportDueOn, row.documentNo ?? (row.overdue ? '逾期未报' : ''), row.sentOn ?? '']);
  const indicators = items.flatMap((row) => row.indicators.map((each) => [row.title, each.name, each.measure, choiceLabels['goal']?.[each.goal] ?? '', each.target, each.actual, each.met ? '达标' : '未达标', each.remark]));
  return writeXlsx({
    sheets: [
      tableSheet({ name: `${year}年度评估`, title: `数字应用场景${year}年度成效评估`, columns: scenarioColumns, rows: scenarios, paper: 'a4' }),
      tableSheet({ name: '绩效指标', title: `数字应用场景${year}年度绩效指标`, columns: indicatorColumns, rows: indicators, paper: 'a4' }),
    ],
    defaultFont: { name: '宋体', size: 10.5 },
  });
}
