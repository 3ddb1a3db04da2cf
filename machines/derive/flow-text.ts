import type { ArrowLabel, Box } from './flow-model.ts';

/** Font sizes in points, before the sheet is scaled to A3; nothing on the sheet may end below 8 points. */
export const fonts = { title: 10.5, note: 9, label: 9, who: 9, panel: 10 } as const;

/** The smallest of them; the legend is never scaled below its own size. */
export const smallestFont = Math.min(...Object.values(fonts));

/** One line of text with its size in points. */
export interface Line {
  readonly text: string;
  readonly size: number;
  readonly strong?: true;
}

/** The width of a text in points: a Chinese character is as wide as the font is high, a Latin one a little over half. */
export function widthOf(text: string, size: number): number {
  return [...text].reduce((sum, char) => sum + (char.charCodeAt(0) > 0x2e7f || '“”‘’…—·'.includes(char) ? 1 : 0.58) * size, 0);
}

/** Breaks a text into lines of at most `chars` full-width characters, as evenly as whole words allow. */
export function wrapped(text: string, chars: number): string[] {
  const length = widthOf(text, 1);
  if (length <= chars) return [text];
  const ideal = length / Math.ceil(length / chars);
  const words = wordEnds(text);
  const cuts = [...text].map((_, index) => index + 1).filter((index) => widthOf(text.slice(0, index), 1) <= chars);
  const badness = (cut: number): number => Math.abs(widthOf(text.slice(0, cut), 1) - ideal) + badnessOf(text, cut) + (words.has(cut) ? 0 : 3);
  const cut = cuts.sort((a, b) => badness(a) - badness(b))[0] ?? chars;
  return [text.slice(0, cut), ...wrapped(text.slice(cut), chars)];
}

/** Behind a mark is a good place to break, before one a bad one, and inside a number none. */
function badnessOf(text: string, cut: number): number {
  const [before = '', after = ''] = [text[cut - 1], text[cut]];
  if ('、，）／'.includes(after) || before === '（' || (/[\dA-Za-z]/.test(before) && /[\dA-Za-z]/.test(after))) return 9;
  return '、）／'.includes(before) || after === '（' ? -2 : 0;
}

/** Words of this programme that the dictionary would break. */
const whole = ['自治区', '主管部门', '案例库', '数据局'];

/** Where the words of a Chinese text end, by the dictionary that Node carries. */
function wordEnds(text: string): ReadonlySet<number> {
  const ends = [...new Intl.Segmenter('zh', { granularity: 'word' }).segment(text)].map(({ index, segment }) => index + segment.length);
  const spans = whole.flatMap((word) => [...text.matchAll(new RegExp(word, 'g'))].map(({ index }) => [index, index + word.length] as const));
  return new Set([...ends.filter((end) => !spans.some(([from, to]) => from < end && end < to)), ...spans.map(([, to]) => to)]);
}

/** The lines inside a box. */
export function boxLines(box: Box): Line[] {
  const titles = wrapped(box.title, 8).map((text): Line => ({ text, size: fonts.title, strong: true }));
  return [...titles, ...box.notes.flatMap((note) => wrapped(note, 10)).map((text): Line => ({ text, size: fonts.note }))];
}

/** The lines on an arrow: commands, and below them who asks. */
export function arrowLines(labels: readonly ArrowLabel[]): Line[] {
  return labels.flatMap(({ commands, who }) => [
    ...wrapped(commands.join('／'), 8).map((text): Line => ({ text, size: fonts.label })),
    ...(who === '' ? [] : wrapped(who, 9).map((text): Line => ({ text, size: fonts.who }))),
  ]);
}

/** The size of a block of lines in points. */
export function blockSize(lines: readonly Line[]): { width: number; height: number } {
  const width = Math.max(0, ...lines.map((line) => widthOf(line.text, line.size)));
  return { width, height: lines.reduce((sum, line) => sum + line.size * lineHeight, 0) };
}

/** Line height as a multiple of the font size. */
export const lineHeight = 1.2;
