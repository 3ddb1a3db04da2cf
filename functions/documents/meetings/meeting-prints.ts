import { canonical } from '../../../shared/canonical.ts';
import { dayOf } from '../../../shared/days.ts';
import type { Digests } from '../../../shared/evidence.ts';
import { formatWanYuan } from '../../../shared/money.ts';
import type { Meeting } from '../../meetings/records.ts';
import type { SelectionFacts } from '../../meetings/selection-facts.ts';
import { digestsOf } from '../../store/digest.ts';
import { chineseDay } from '../chinese-day.ts';
import { cell, paragraph, paragraphs, type Block, type Content, type Paragraph, type Table } from '../content.ts';
import { classWords, publisher } from '../published/columns.ts';
import { qrStamp } from '../stamp.ts';

const outcomeWords = { selected: '同意入选', notSelected: '不予入选' } as const;
const basis = '《广西数字应用场景建设管理办法》第十一条第（三）项、第十四条第（三）项';

/** What proves the minutes of a meeting: the digests of the record as it was kept, those of the decisions it rests on, and the code made of them. */
export interface MinutesProof {
  readonly code: string;
  readonly content: Digests;
  readonly event: Digests;
}

/** The proof of a meeting's record; what was noted with it later is no part of it. */
export function minutesProof({ replacedBy: _later, ...meeting }: Meeting): MinutesProof {
  const content = digestsOf(canonical({ form: 'minutes', meeting: JSON.parse(JSON.stringify(meeting)) as unknown }));
  const event = digestsOf(canonical(meeting.items.map(({ case: id, decision }) => ({ case: id, n: decision?.n ?? 0, sha256: decision?.sha256 ?? '' }))));
  return { code: `${meeting.id}-${digestsOf(canonical({ content, event })).sha256.slice(0, 16)}`, content, event };
}

/** What a meeting is called on prints and where a code is checked. */
export function meetingWords({ heldOn, items }: Pick<Meeting, 'heldOn' | 'items'>): string {
  return `${chineseDay(heldOn)}遴选会议（共${items.length}个场景）`;
}

/** The minutes of a meeting: who was there, what was decided of each scenario on which scores, by whom and why, and places to sign. `address` is where its code is checked. */
export async function minutesContent(meeting: Meeting, address: string): Promise<Content> {
  const { code, content } = minutesProof(meeting);
  const title = '广西数字应用场景遴选会议纪要';
  return {
    title, landscape: false, draft: false, footer: `核验码 ${code}`,
    blocks: [
      paragraph('title', title, { align: 'center', after: 12 }),
      ...(meeting.replacedBy === undefined ? [] : [paragraph('body', `（本纪要已由更正后的纪要 ${meeting.replacedBy} 代替）`, { align: 'center' })]),
      pairs(factsOf(meeting)),
      ...resultBlocks(meeting.items),
      heading('三、逐项审议情况'),
      ...meeting.items.flatMap(chapterOf),
      ...(meeting.discussion === undefined ? [] : [heading('四、讨论情况'), ...paragraphs('body', meeting.discussion, { indented: true })]),
      ...signatures(meeting),
      ...(await qrStamp(address, [`核验码：${code}`, `会议记录摘要（SHA-256）：${content.sha256}`, `扫码或访问 ${address} 核验`])),
    ],
  };
}

/** What is put before a meeting: the scores of each scenario side by side with what the experts wrote, and what was proposed and decided so far. A working paper, so it is a draft. */
export function summaryContent(items: readonly SelectionFacts[], madeOn: string): Content {
  const title = '广西数字应用场景遴选评审情况汇总';
  return {
    title, landscape: false, draft: true, footer: '会议材料，不作为遴选决定',
    blocks: [
      paragraph('title', title, { align: 'center', after: 6 }),
      paragraph('hint', `截至${chineseDay(madeOn)}`, { align: 'center', after: 8 }),
      ...resultBlocks(items),
      heading('三、逐项评审情况'),
      ...items.flatMap(chapterOf),
    ],
  };
}

const heading = (text: string): Paragraph => paragraph('heading', text, { before: 12, after: 4 });
const body = (text: string): Paragraph => paragraph('body', text, { indented: true, before: 4 });

function factsOf({ heldOn, place, chair, recorder, attendees, absent, replaces }: Meeting): readonly (readonly [string, string])[] {
  return [
    ['会议日期', chineseDay(heldOn)],
    ['会议地点', place],
    ['主持人', chair],
    ['参会人员', attendees.map(({ name, unit, duty }) => `${name}（${unit}${duty === undefined ? '' : `，${duty}`}）`).join('、')],
    ...(absent === undefined ? [] : [['请假人员', absent] as const]),
    ['记录人', recorder],
    ...(replaces === undefined ? [] : [['更正说明', `本纪要更正并代替会议记录 ${replaces}`] as const]),
  ];
}

function resultBlocks(items: readonly SelectionFacts[]): Block[] {
  const count = (some: (item: SelectionFacts) => boolean): number => items.filter(some).length;
  const of = (lifecycle: string): string => `${classWords[lifecycle] ?? lifecycle}${count((item) => item.lifecycle === lifecycle)}个`;
  const open = count(({ decision }) => !decision);
  const decided = (outcome: keyof typeof outcomeWords): string => `${outcomeWords[outcome]}${count(({ decision }) => decision?.outcome === outcome)}个`;
  return [
    heading('一、审议事项'),
    body(`依据${basis}，对${items.length}个数字应用场景（${of('governmentInvestment')}、${of('socialInvestment')}）进行遴选审议。`),
    heading('二、审议结果'),
    body(`${decided('selected')}、${decided('notSelected')}${open === 0 ? '' : `、尚未决定${open}个`}。`),
    ruled([8, 34, 26, 14, 12, 14], ['序号', '场景名称', '申报单位', '类别', '评审得分', '结果'], items.map((item, index) => [String(index + 1), item.title, item.unitName, classWords[item.lifecycle] ?? item.lifecycle, points(item.score), item.decision ? outcomeWords[item.decision.outcome] : '尚未决定'])),
  ];
}

function chapterOf(item: SelectionFacts, index: number): Block[] {
  const { title, unitName, score, passLine, quorum, range, disagree, sheets, recused, proposal, signatures: signed, decision } = item;
  return [
    paragraph('subheading', `（${index + 1}）${title}`, { before: 10, after: 2 }),
    paragraph('hint', `${unitName}　总投资${formatWanYuan(item.investmentFen)}　编号 ${item.case}`),
    body(`专家评审：收到评分表${sheets.length}份（不少于${quorum}份），得分${points(score)}（入选线${points(passLine)}）${sheets.length > 1 ? `，各专家总分相差${points(range)}${disagree ? '，分歧较大' : ''}` : ''}${recused.length > 0 ? `；回避：${recused.join('、')}` : ''}。`),
    ...(sheets.length === 0 ? [] : [ruled([20, 12, 12, 56], ['专家', '总分', '是否计入', '评审意见'], sheets.map(({ name, total, counted, comment }) => [name, points(total), counted ? '计入' : '不计入', comment]))]),
    ...(proposal ? [body(`经办意见：${outcomeWords[proposal.outcome]}。${proposal.reason ?? ''}（${proposal.by}，${chineseDay(dayOf(proposal.on))}）`)] : []),
    ...signed.map(({ by, on, opinion }) => body(`会签意见：${opinion}（${by}，${chineseDay(dayOf(on))}）`)),
    body(decision ? `决定：${outcomeWords[decision.outcome]}。${decision.reason ?? ''}（${decision.by}，${chineseDay(dayOf(decision.on))}，办理记录第${decision.n}号）` : '决定：尚未作出。'),
  ];
}

function signatures({ chair, recorder, heldOn }: Meeting): Block[] {
  return [
    paragraph('body', `主持人（签字）：${'　'.repeat(10)}（${chair}）`, { before: 30 }),
    paragraph('body', `记录人（签字）：${'　'.repeat(10)}（${recorder}）`, { before: 16 }),
    paragraph('body', `${publisher}（盖章）`, { align: 'right', before: 24 }),
    paragraph('body', chineseDay(heldOn), { align: 'right', after: 16 }),
  ];
}

const points = (score: number | null): string => (score === null ? '—' : String(Math.round(score * 100) / 100));

function pairs(rows: readonly (readonly [string, string])[]): Table {
  return { kind: 'table', widths: [22, 78], rows: rows.map(([label, text]) => ({ height: 24, cells: [cell([paragraph('label', label)], { middle: true }), cell(paragraphs('cell', text), { middle: true })] })) };
}

function ruled(widths: readonly number[], heads: readonly string[], rows: readonly (readonly string[])[]): Table {
  const line = (role: 'label' | 'cell', texts: readonly string[]) => ({ cells: texts.map((text) => cell(paragraphs(role, text))) });
  return { kind: 'table', widths, headings: 1, rows: [line('label', heads), ...rows.map((row) => line('cell', row))] };
}
