import { chineseDay } from '../chinese-day.ts';
import { paragraph, type Block, type Content } from '../content.ts';
import type { Mark } from '../printing.ts';
import { footerOf, stampOf } from '../stamp.ts';
import { recoveryLetters, type Letter } from './recovery-letters.ts';

/** A letter of a recovery as a document that carries its code. */
export async function letterContent({ name, number, unit, texts, on }: Letter, mark: Mark): Promise<Content> {
  const { title } = recoveryLetters[name];
  return {
    title, landscape: false, draft: false, footer: footerOf(mark),
    blocks: [
      paragraph('title', title, { align: 'center', after: 6 }),
      ...(number === null ? [] : [paragraph('body', number, { align: 'center' })]),
      paragraph('body', `${unit}：`, { before: 12 }),
      ...texts.map((text): Block => paragraph('body', text, { indented: true, before: 6 })),
      paragraph('body', '广西壮族自治区数据局', { align: 'right', before: 24 }),
      paragraph('body', chineseDay(on), { align: 'right', after: 16 }),
      ...(await stampOf(mark)),
    ],
  };
}
