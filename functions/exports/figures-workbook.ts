import { writeXlsx, type WriteSheet } from 'hucre/xlsx';
import { lifecycleLabels } from '../../machines/labels.zh.ts';
import type { Figures } from '../figures/figures.ts';
import { tableSheet, type Value } from '../documents/table-sheet.ts';

const groupTitles = { class: '类别', phase: '环节', stage: '建设阶段', city: '设区市', sector: '行业', direction: '方向' } as const;

/** The figures as an Excel workbook: one sheet for each table, money in 万元. */
export function figuresWorkbook(figures: Figures): Promise<Uint8Array> {
  const { forecast } = figures;
  return writeXlsx({
    sheets: [
      ...(Object.keys(groupTitles) as (keyof typeof groupTitles)[]).map((name) => groupSheet(groupTitles[name], figures.groups[name])),
      sheet('环节用时', ['类别', '环节', '已办次数', '中位数（天）', '90分位（天）', '在办', '在办最长（天）'], figures.stays.map((row) => [lifecycleLabels[row.lifecycle], row.label, row.ended, row.medianDays, row.p90Days, row.open, row.longestOpenDays])),
      sheet('评审工作量', ['专家', '待评', '已评', '回避'], figures.reviewers.map((row) => [row.name, row.open, row.submitted, row.recused])),
      sheet('历次发布', ['批次', '场景数'], figures.batches.map((row) => [row.batch, row.cases])),
      sheet('下一批预测', ['项目', '数值'], [
        ['批次', forecast.half], ['发布日', forecast.publishOn], ['距发布（天）', forecast.daysLeft], ['已待发布', forecast.waiting], ['在途', forecast.underway],
        ['预计入批', forecast.expected], ['下限（90%）', forecast.low], ['上限（90%）', forecast.high], ['所依据的历史场景数', forecast.history], ['统计时间', figures.at],
      ]),
    ],
    defaultFont: { name: '宋体', size: 10.5 },
  });
}

function groupSheet(title: string, rows: Figures['groups']['class']): WriteSheet {
  const heads = [title, '场景数', '在办', '总投资（万元）', '奖补金额（万元）', '已拨付（万元）', '已收回（万元）', '待收回（万元）'];
  return sheet(`按${title}`, heads, rows.map((row) => [row.label, row.cases, row.open, ...[row.investmentFen, row.awardFen, row.paidFen, row.recoveredFen, row.owedFen].map((fen) => fen / 1_000_000)]));
}

function sheet(name: string, heads: readonly string[], rows: readonly (readonly Value[])[]): WriteSheet {
  const columns = heads.map((title, index) => ({ title, width: Math.max(index === 0 ? 26 : 12, title.length * 2 + 2) }));
  return tableSheet({ name, title: `数字应用场景统计：${name}`, columns, rows, paper: 'a4' });
}
