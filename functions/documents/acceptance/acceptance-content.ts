import { argumentLabel, choiceLabels } from '../../../machines/labels-of-arguments.zh.ts';
import { attachmentParts, type AttachmentPart } from '../../../shared/contracts/attachments.ts';
import { formatYuan } from '../../../shared/money.ts';
import type { Round } from '../../cases/building-record.ts';
import { chineseDay } from '../chinese-day.ts';
import { cell, paragraph, paragraphs, type Block, type Content, type Paragraph, type Table } from '../content.ts';
import { printTitles } from '../printed-form.ts';
import type { Mark } from '../printing.ts';
import { footerOf, stampOf } from '../stamp.ts';
import type { AcceptancePrint } from './acceptance-print.ts';

/** The certificate of an acceptance: what was built and approved, what was inspected, what each expert thinks and signed, the result (art. 11(6)). Before the result it is a draft. */
export async function acceptanceContent({ facts, record }: AcceptancePrint, mark: Mark): Promise<Content> {
  const { application, ending } = record;
  const rounds = record.rounds.filter(isBegun);
  const title = ending?.result === 'failed' ? '数字应用场景验收意见书' : printTitles.acceptance;
  return {
    title,
    landscape: false,
    draft: mark.draft,
    footer: footerOf(mark),
    blocks: [
      paragraph('title', title, { align: 'center', after: 12 }),
      pairs(facts),
      heading('一、建设内容完成情况'),
      ...paragraphs('body', application?.achieved ?? '', { indented: true }),
      ...absentDocuments(application?.absent ?? []),
      heading('二、技术和产品'),
      technologies(record.technologies),
      ...rounds.flatMap((round) => roundBlocks(round, rounds.length)),
      heading('五、验收结论'),
      ...conclusion(ending),
      ...(await stampOf(mark)),
    ],
  };
}

const heading = (text: string): Paragraph => paragraph('subheading', text, { before: 12, after: 4 });
const word = (name: string, value: string): string => choiceLabels[name]?.[value] ?? value;

function pairs(rows: readonly (readonly [string, string])[]): Table {
  return { kind: 'table', widths: [26, 74], rows: rows.map(([label, text]) => ({ height: 24, cells: [cell([paragraph('label', label)], { middle: true }), cell([paragraph('cell', text)], { middle: true })] })) };
}

function ruled(widths: readonly number[], head: readonly string[], rows: readonly (readonly string[])[]): Table {
  const line = (role: 'label' | 'cell', texts: readonly string[]) => ({ cells: texts.map((text) => cell(paragraphs(role, text))) });
  return { kind: 'table', widths, headings: 1, rows: [line('label', head), ...(rows.length > 0 ? rows : [head.map((_, index) => (index === 0 ? '（无）' : ''))]).map((texts) => line('cell', texts))] };
}

function absentDocuments(absent: readonly { readonly part: string; readonly reason: string }[]): Block[] {
  const title = (part: string): string => attachmentParts[part as AttachmentPart]?.title ?? part;
  return absent.map(({ part, reason }) => paragraph('body', `未能提供${title(part)}，理由：${reason}`, { indented: true }));
}

function technologies(rows: AcceptancePrint['record']['technologies']): Table {
  const proofs = (row: (typeof rows)[number]): string => ['securityNo', 'xinchuangNo', 'cryptographyNo'].flatMap((name) => (row[name] === undefined ? [] : [`${argumentLabel(name)}：${String(row[name])}`])).join('\n');
  return ruled([26, 18, 56], ['名称', '类别', '证明，或没有证明的理由'], rows.map((row) => [String(row['name'] ?? ''), word('technologyKind', String(row['technologyKind'] ?? '')), proofs(row) || String(row['reason'] ?? '未说明')]));
}

/** Whether anything was done in a round; the one after a return waits for the next application. */
function isBegun({ round, checks, opinions, returned }: Round): boolean {
  return round === 1 || checks.length > 0 || opinions.length > 0 || returned !== undefined;
}

function roundBlocks({ round, checks, opinions, rectification, returned }: Round, rounds: number): Block[] {
  const which = rounds > 1 ? `（第${round}轮）` : '';
  return [
    heading(`三、验收检查${which}`),
    ruled([22, 16, 22, 40], ['事项', '结果', '日期', '检查情况'], checks.map(({ check, result, on, remark }) => [word('check', check), word('result', result), chineseDay(on), remark])),
    ...(returned ? returnBlocks(returned) : opinionBlocks(opinions, which)),
    ...(rectification ? rectificationBlocks(rectification) : []),
  ];
}

function opinionBlocks(opinions: Round['opinions'], which: string): Block[] {
  return [
    heading(`四、验收组专家意见${which}`),
    ruled([24, 20, 32, 24], ['专家及单位', '意见', '说明', '署名'], opinions.map(({ name, orgName, verdict, comment, on }) => [`${name}\n${orgName}`, word('verdict', verdict), comment, `${name}\n${chineseDay(on)}`])),
  ];
}

function returnBlocks({ on, reason, lacking }: NonNullable<Round['returned']>): Block[] {
  return [
    paragraph('body', `${chineseDay(on)}退回验收申请：${reason}`, { indented: true, before: 8 }),
    ...lacking.map((each, index) => paragraph('body', `${index + 1}．${each}`, { indented: true })),
  ];
}

function rectificationBlocks({ on, reason, demands, report, reportedOn }: NonNullable<Round['rectification']>): Block[] {
  return [
    heading('整改情况'),
    paragraph('body', `${chineseDay(on)}要求整改：${reason}`, { indented: true }),
    ...demands.map((demand, index) => paragraph('body', `${index + 1}．${demand}`, { indented: true })),
    ...(report === undefined ? [] : paragraphs('body', `${chineseDay(reportedOn)}报告整改完成：${report}`, { indented: true })),
  ];
}

function conclusion(ending: AcceptancePrint['record']['ending']): Block[] {
  if (ending === null) return [paragraph('body', '（尚未作出验收结论）', { indented: true })];
  const { result, conclusion: words, on, by, orgName, inspectedOn, finalAccountsFen } = ending;
  const figures: (readonly [string, string])[] = [
    ['验收结论', result === 'passed' ? '合格' : '不合格'],
    ...(inspectedOn === undefined ? [] : [['验收日期', chineseDay(inspectedOn)] as const]),
    ...(finalAccountsFen === undefined ? [] : [['竣工决算金额', formatYuan(finalAccountsFen)] as const]),
  ];
  return [
    pairs(figures),
    ...paragraphs('body', words, { indented: true, before: 8 }),
    paragraph('body', `${orgName}（盖章）`, { align: 'right', before: 24 }),
    paragraph('body', `${result === 'passed' ? '经办人' : '负责人'}：${by}`, { align: 'right' }),
    paragraph('body', chineseDay(on), { align: 'right', after: 16 }),
  ];
}
