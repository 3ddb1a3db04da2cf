import { choiceLabels } from '../../../machines/labels-of-arguments.zh.ts';
import { divisionName } from '../../../shared/divisions.ts';
import type { EvaluationList, EvaluationRow } from '../../evaluations/evaluations.ts';
import { dayOf } from '../../../shared/days.ts';
import { chineseDay } from '../chinese-day.ts';
import { cell, paragraph, paragraphs, type Block, type Content, type Table } from '../content.ts';
import { qrStamp } from '../stamp.ts';
import { reportTitle, type ReportProof } from './report-code.ts';

const gradeOf = ({ grade }: Pick<EvaluationRow, 'grade'>): string => choiceLabels['grade']?.[grade] ?? grade;
const body = (text: string): Block => paragraph('body', text, { indented: true, before: 6 });

/** The evaluation report of a year for the regional government: how many of which grade, the list, and each scenario with its indicators (art. 11(7)). */
export async function evaluationReport({ year, items, grade }: EvaluationList, proof?: { readonly proof: ReportProof; readonly address: string }): Promise<Content> {
  const title = reportTitle({ year, ...(grade && { grade }) });
  const counted = ['commended', 'ordinary', 'criticised'].map((grade) => `${gradeOf({ grade } as EvaluationRow)}${items.filter((row) => row.grade === grade).length}个`);
  return {
    title, landscape: false, draft: false, footer: proof ? `核验码 ${proof.proof.code}` : title,
    blocks: [
      paragraph('title', title, { align: 'center', after: 12 }),
      paragraph('body', '自治区人民政府：'),
      body(`根据《广西数字应用场景建设管理办法》第十一条第（七）项，自治区数据局会同相关单位对已发布并通过验收的政府投资类数字应用场景开展了${year}年度成效评估。${grade ? `本报告列出其中等次为${gradeOf({ grade })}的场景${items.length}个` : `本年度共评估场景${items.length}个：${counted.join('、')}`}；其中${items.filter(({ targetMet }) => !targetMet).length}个未达到预算绩效目标。现将结果报告如下。`),
      paragraph('heading', '一、评估结果汇总', { before: 12 }),
      table([1, 5, 5, 2, 3], ['序号', '场景', '责任单位', '等次', '预算绩效目标'], items.map((row, index) => [String(index + 1), row.title, row.unit, gradeOf(row), row.targetMet ? '达到' : '未达到'])),
      paragraph('heading', '二、各场景评估情况', { before: 12 }),
      ...items.flatMap(chapterOf),
      paragraph('body', '广西壮族自治区数据局', { align: 'right', before: 24, after: 16 }),
      ...(proof ? await qrStamp(proof.address, [`核验码：${proof.proof.code}`, `内容摘要（SHA-256）：${proof.proof.content.sha256}`, `首次出具于${chineseDay(dayOf(proof.proof.at))}；扫码或访问 ${proof.address} 核验`]) : []),
    ],
  };
}

function chapterOf(row: EvaluationRow, index: number): Block[] {
  return [
    paragraph('subheading', `（${index + 1}）${row.title}`, { before: 10 }),
    paragraph('hint', `${row.unit}　${divisionName(row.division) ?? row.division}　评估日期：${chineseDay(row.evaluatedOn)}`),
    ...paragraphs('body', row.summary, { indented: true }),
    ...indicatorTable(row),
  ];
}

function indicatorTable({ indicators }: EvaluationRow): Block[] {
  if (indicators.length === 0) return [];
  const goals = { atLeast: '≥', atMost: '≤' } as const;
  return [table([5, 3, 3, 2, 4], ['绩效指标', '目标值', '实际值', '评价', '说明'], indicators.map(({ name, measure, goal, target, actual, met, remark }) => [name, `${goals[goal]}${target}${measure}`, `${actual}${measure}`, met ? '达标' : '未达标', remark]))];
}

function table(widths: readonly number[], heads: readonly string[], rows: readonly (readonly string[])[]): Table {
  const line = (role: 'label' | 'cell', texts: readonly string[]) => ({ cells: texts.map((text) => cell([paragraph(role, text)])) });
  return { kind: 'table', widths, headings: 1, rows: [line('label', heads), ...rows.map((row) => line('cell', row))] };
}

/** The notice about one scenario: a commendation (R-032) or a circular of criticism (R-033); undefined for the grade that nobody is told of. */
export function evaluationNotice(row: EvaluationRow): Content | undefined {
  if (row.grade === 'ordinary') return undefined;
  const praise = row.grade === 'commended';
  const title = praise ? `关于对“${row.title}”予以表扬的通报` : `关于“${row.title}”落实不到位情况的通报`;
  const outcome = praise
    ? `“${row.title}”在${row.year}年度成效评估中成效明显，现对责任单位${row.unit}予以表扬。希望珍惜荣誉、再接再厉，及时总结可复制、可推广的经验做法。`
    : `“${row.title}”在${row.year}年度成效评估中落实不到位，现对${row.unit}予以通报。请认真查找原因、限期改进，并将改进情况书面报送自治区数据局。`;
  return {
    title, landscape: false, draft: false, footer: title,
    blocks: [
      paragraph('title', title, { align: 'center', after: 12 }),
      paragraph('body', `${row.unit}：`),
      body(outcome),
      body('评估情况：'),
      ...paragraphs('body', row.summary, { indented: true }),
      ...indicatorTable(row),
      body('依据：《广西数字应用场景建设管理办法》第十一条第（七）项。'),
      paragraph('body', '广西壮族自治区数据局', { align: 'right', before: 24 }),
      paragraph('body', chineseDay(row.sentOn ?? row.evaluatedOn), { align: 'right' }),
    ],
  };
}
