import { canonical } from '../../../shared/canonical.ts';
import { dayOf } from '../../../shared/days.ts';
import type { ListEntry } from '../../activities/batch-list.ts';
import type { Bucket } from '../../files/bucket.ts';
import { editionsOf, type Edition } from '../../published/editions.ts';
import { entryNumbered } from '../../published/entries.ts';
import type { Digests } from '../../../shared/evidence.ts';
import { digestsOf } from '../../store/digest.ts';
import type { Table } from '../../store/table.ts';
import { chineseDay } from '../chinese-day.ts';
import { cell, paragraph, type Content } from '../content.ts';
import { qrStamp } from '../stamp.ts';
import { listColumns, listTitle, publisher } from './columns.ts';

/** A number of a list as entries carry it: `GX-2025-H1-0001`. */
export const numberShape = /^GX-(\d{4}-H[12])-\d{4,10}$/;

/** One entry of one edition, with the code that proves an extract of it. */
export interface Extract {
  readonly edition: Edition;
  readonly entry: ListEntry;
  readonly content: Digests;
  readonly code: string;
}

/** The extract of an entry: its code is made of the number, the edition, and 16 digits of a digest over entry and edition; nothing is stored for it. */
export function extractOf(edition: Edition, entry: ListEntry): Extract {
  const { batch, edition: number, case: id, documentNo, publishedAt, proof } = edition;
  const content = digestsOf(canonical({ entry }));
  const seal = digestsOf(canonical({ form: 'extract', batch, edition: number, case: id, documentNo, publishedAt, list: { ...proof?.content }, content: { ...content } })).sha256.slice(0, 16);
  return { edition, entry, content, code: `${entry.number}-${number}-${seal}` };
}

/** What a code of an extract stands for, and whether the newest edition still says the same; `undefined` when no extract of ours has it. */
export async function extractFound(table: Table, bucket: Bucket, code: string): Promise<(Extract & { readonly newest: Edition; readonly now: ListEntry | undefined }) | undefined> {
  const [, number = '', digits = ''] = /^(.*)-([1-9]\d{0,2})-[0-9a-f]{16}$/.exec(code) ?? [];
  const half = numberShape.exec(number)?.[1];
  const editions = half === undefined ? [] : await editionsOf(table, half);
  const [edition, newest] = [editions.find((one) => one.edition === Number(digits)), editions.at(-1)];
  if (!edition || !newest) return undefined;
  const entry = await entryNumbered(bucket, edition.batch, edition.edition, number);
  const found = entry && extractOf(edition, entry);
  if (found?.code !== code) return undefined;
  return { ...found, newest, now: edition === newest ? entry : await entryNumbered(bucket, newest.batch, newest.edition, number) };
}

// What the list means for whoever approves projects, in the regulation's own words.
const meanings: Readonly<Record<string, string>> = {
  governmentInvestment:
    '《广西数字应用场景建设管理办法（征求意见稿）》第十二条第（一）项：自治区数据局发布的数字应用场景清单作为政务信息化项目立项审批的重要建设依据，纳入清单的场景项目保障通过政务信息化项目立项审批。',
  socialInvestment: '《广西数字应用场景建设管理办法（征求意见稿）》第十四条：本场景经遴选纳入自治区数据局发布的数字应用场景清单；所获支持按第十五条办理。',
};

/** One page that shows one entry of a published list, for the office that approves projects (art. 12(1), A-27). `address` is where its code is checked. */
export async function extractContent({ edition, entry, content, code }: Extract, address: string): Promise<Content> {
  const rows = [
    ['清单名称', listTitle(edition)], ['发布单位', publisher], ['发布文号', edition.documentNo], ['发布日期', chineseDay(dayOf(edition.publishedAt))], ['清单版次', `第${edition.edition}版`],
    ...listColumns.filter(({ label }) => label !== '序号').map(({ label, textOf }) => [label, textOf(entry, 0)]),
  ];
  return {
    title: `场景清单节录 ${entry.number}`,
    landscape: false,
    draft: false,
    footer: `核验码 ${code}`,
    blocks: [
      paragraph('title', '广西数字应用场景清单节录', { align: 'center', before: 12, after: 16 }),
      { kind: 'table', widths: [24, 76], rows: rows.map(([label = '', text = '']) => ({ height: 26, cells: [cell([paragraph('label', label)], { middle: true }), cell([paragraph('cell', text)], { middle: true })] })) },
      paragraph('body', meanings[entry.lifecycle] ?? '', { before: 16, indented: true }),
      paragraph('body', '本页只证明上述场景列于该版清单。清单可能更正，使用前请核验最新情况。', { before: 6, after: 16, indented: true }),
      ...(await qrStamp(address, [`核验码：${code}`, `节录内容摘要（SHA-256）：${content.sha256}`, `扫码或访问 ${address} 核验`])),
    ],
  };
}
