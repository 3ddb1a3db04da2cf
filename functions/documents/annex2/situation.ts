import { progressWords, technicalFieldWords } from '../../../shared/contracts/form-words.zh.ts';
import { formatWanYuan } from '../../../shared/money.ts';
import { boxes } from '../boxes.ts';
import { chineseDay, chineseMonth } from '../chinese-day.ts';
import { cell, paragraph, paragraphs, type Block, type Paragraph, type Row } from '../content.ts';
import type { Draft } from '../../../shared/draft.ts';
import type { Annex2 } from '../printed-form.ts';

/** Part 1: the table of the scenario, and the unit's opinion with its fixed sentence. */
export function situation(form: Draft<Annex2>): Block[] {
  const { basic = {}, plan = {}, opinion = {} } = form;
  return [
    paragraph('title', '第一部分 广西数字应用场景基本情况表', { align: 'center', after: 10 }),
    {
      kind: 'table',
      widths: [28, 72],
      rows: [
        heading('一、数字应用场景申报基本信息'),
        heading('（一）基本信息'),
        ...basicRows(basic),
        heading('（二）数字应用场景建设背景及必要性（300字）'),
        whole(paragraphs('cell', form.necessity ?? '', { indented: true }), 90),
        heading('（三）数字应用场景建设方案（500字）'),
        whole(planHeadings.flatMap(([key, words]) => [paragraph('label', words, { before: 4 }), ...paragraphs('cell', plan[key] ?? '', { indented: true })]), 120),
        heading('（四）数字应用场景建设经济效益和社会效益（100字）'),
        whole(paragraphs('cell', form.benefits ?? '', { indented: true }), 50),
        { height: 150, cells: [cell([paragraph('label', '数字应用场景建设申报单位意见', { align: 'center' })], { middle: true }), cell(opinionOf(opinion))] },
      ],
    },
  ];
}

const planHeadings = [
  ['goals', '场景建设目标（需要有量化指标）：'],
  ['content', '场景建设内容：'],
  ['innovation', '场景建设创新性（创新点）：'],
  ['technology', '场景建设技术先进性（关键技术）：'],
  ['operation', '运营模式：（如何应用、应用效果（需要有量化指标））'],
] as const satisfies readonly (readonly [keyof Annex2['plan'], string])[];

function basicRows(basic: Draft<Annex2['basic']>): Row[] {
  const fields = (basic.technicalFields ?? []) as readonly string[];
  const other = fields.includes('other') && basic.otherTechnicalField ? `：${basic.otherTechnicalField}` : '';
  const { from, to } = basic.period ?? {};
  return [
    row('场景名称', basic.name),
    row('场景实施地址', basic.address),
    row('场景建设主体单位', basic.constructUnit),
    row('场景合作单位\n（如有请填写）', (basic.cooperatingUnits ?? []).join('、')),
    row('应用场景技术所属领域', `${boxes(technicalFieldWords, fields).join('  ')}${other}`),
    row('场景建设周期', from || to ? `${chineseMonth(from)}-${chineseMonth(to)}` : '202_年_月-202_年__月'),
    row('场景建设进度', boxes(progressWords, basic.progress ? [basic.progress] : []).join('  ')),
    row('场景扶持资金来源', basic.fundingSource),
    row('场景扶持资金金额', amounts(basic)),
    row('近两年内申请、获得自治区同类财政资金支持的情况', basic.sameKindFunding),
  ];
}

// The form has one line for two amounts: what was received, and what is asked for now.
function amounts({ fundingReceivedFen, fundingRequestedFen }: Draft<Annex2['basic']>): string {
  return [
    ...(fundingReceivedFen === undefined ? [] : [`已获得：${formatWanYuan(fundingReceivedFen)}`]),
    ...(fundingRequestedFen === undefined ? [] : [`本次申请：${formatWanYuan(fundingRequestedFen)}`]),
  ].join('；');
}

function opinionOf({ signedBy, signedOn }: Draft<Annex2['opinion']>): Paragraph[] {
  return [
    paragraph('cell', '我单位申报的所有材料，均真实、完整，如有不实，愿承担相应的责任。', { indented: true, before: 4 }),
    paragraph('cell', `法定代表人（签字）：${signedBy ?? ''}`, { before: 30, indented: true }),
    paragraph('cell', '单位（盖章）', { before: 20, indented: true }),
    paragraph('cell', chineseDay(signedOn) || '年   月   日', { align: 'right', before: 14 }),
  ];
}

function row(label: string, text: string | undefined): Row {
  return { height: 26, cells: [cell(paragraphs('label', label, { align: 'center' }), { middle: true }), cell(paragraphs('cell', text ?? ''), { middle: true })] };
}

function heading(text: string): Row {
  return { height: 24, cells: [cell([paragraph('label', text)], { across: 2, middle: true })] };
}

function whole(content: readonly Paragraph[], height: number): Row {
  return { height, cells: [cell(content, { across: 2 })] };
}
