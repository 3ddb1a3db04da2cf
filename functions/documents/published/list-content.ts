import { dayOf } from '../../../shared/days.ts';
import type { ListEntry } from '../../activities/batch-list.ts';
import type { Edition } from '../../published/editions.ts';
import { chineseDay } from '../chinese-day.ts';
import { cell, paragraph, type Content } from '../content.ts';
import { qrStamp } from '../stamp.ts';
import { changeWords, listColumns, listTitle, publisher } from './columns.ts';

/** A published list for Word and PDF: who published it under which number, what an edition corrects, and one line for each scenario. `address` is where its code is checked. */
export async function listContent(edition: Edition, entries: readonly ListEntry[], address: string): Promise<Content> {
  const { correction, proof } = edition;
  return {
    title: listTitle(edition),
    landscape: true,
    draft: false,
    footer: proof ? `核验码 ${proof.code}` : '',
    blocks: [
      paragraph('title', listTitle(edition), { align: 'center', after: 4 }),
      paragraph('cell', headLine(edition), { align: 'center', after: 8 }),
      ...(correction ? [paragraph('cell', `更正说明：${correction.reason}`), ...changeWords(edition).map((line) => paragraph('cell', line)), paragraph('cell', '')] : []),
      {
        kind: 'table',
        widths: listColumns.map(({ width }) => width),
        headings: 1,
        unbroken: true,
        rows: [
          { cells: listColumns.map(({ label }) => cell([paragraph('hint', [{ text: label, bold: true }], { align: 'center' })], { middle: true })) },
          ...entries.map((entry, index) => ({ cells: listColumns.map(({ label, textOf }) => cell([paragraph('hint', textOf(entry, index + 1), label === '序号' ? { align: 'center' } : {})], { middle: true })) })),
        ],
      },
      ...(proof ? await qrStamp(address, [`核验码：${proof.code}`, `清单数据文件摘要（SHA-256）：${proof.content.sha256}`, `扫码或访问 ${address} 核验`]) : []),
    ],
  };
}

/** Who published a list, under which number, when, and how many scenarios stand in it. */
export function headLine({ documentNo, publishedAt, count }: Edition): string {
  return [publisher, documentNo, `${chineseDay(dayOf(publishedAt))}发布`, `共${count}个场景`].filter((part) => part !== '').join('　　');
}
