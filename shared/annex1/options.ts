/** The words of a choice, by id, in the form's order. */
export type OptionWords = Readonly<Record<string, string>>;

const circled = '①②③④⑤⑥⑦⑧⑨';

/** An option's number as the form writes it, from 1. */
export const circledNumber = (n: number): string => circled[n - 1] ?? String(n);

/** All options as the form writes them: `①群众关注的高频事项`. */
export function numbered(words: OptionWords): string[] {
  return Object.values(words).map((word, index) => `${circledNumber(index + 1)}${word}`);
}

/** One option as the form writes it. */
export function optionText(words: OptionWords, id: string): string {
  return `${circledNumber(Object.keys(words).indexOf(id) + 1)}${words[id] ?? ''}`;
}

/** What a cell chose: ids in the form's order, or a sentence that says how to mend it. */
export type Chosen = { readonly ids: readonly string[] } | { readonly wrong: string };

const ticked = '☑☒✓✔√■●▣◉';
const unticked = '☐□○£◯';
const separators = /^[\s、，,;；/|.．。·:：()[\]{}【】〔〕\-–—_]+/u;

interface Token {
  readonly kind: 'ticked' | 'unticked' | 'option';
  readonly option: number;
}

/** All options with every sign around them are a tenth of this; reading costs the square of the length. */
const longestChoice = 2000;

/** Reads a choice as people write it: ① or 1 or the words, any separators, boxes ticked or not before or after them. */
export function chosenIn(cell: string, words: OptionWords): Chosen {
  if (cell.length > longestChoice) return { wrong: `内容过长，看不出选了哪几项；${howTo(words)}` };
  const ids = Object.keys(words);
  const picked = new Set<number>();
  let boxes = false;
  const loose: number[] = [];
  for (const line of cell.split('\n')) {
    const tokens = tokensOf(line, Object.values(words));
    if (typeof tokens === 'string') return { wrong: `${tokens}；${howTo(words)}` };
    const options = tokens.filter(({ kind }) => kind === 'option').map(({ option }) => option);
    if (options.length === tokens.length) {
      loose.push(...options);
      continue;
    }
    boxes = true;
    for (const option of tickedOf(tokens)) picked.add(option);
  }
  // A list with boxes says which of its lines are meant; a line without a box beside it says nothing certain.
  if (boxes && loose.length > 0 && picked.size === 0) return { wrong: `看不出选了哪几项；${howTo(words)}` };
  for (const option of boxes && picked.size > 0 ? [] : loose) picked.add(option);
  if (boxes && picked.size > 0 && loose.some((option) => !picked.has(option))) return { wrong: `有的选项打了勾，有的没有方框，看不出选了哪几项；${howTo(words)}` };
  return { ids: ids.filter((_, index) => picked.has(index + 1)) };
}

function howTo(words: OptionWords): string {
  return `请只写选中的项，每项一行，可选：${numbered(words).join('、')}`;
}

// A box stands before its option, or, where the line begins with an option, behind it.
function tickedOf(tokens: readonly Token[]): number[] {
  const before = tokens[0]?.kind !== 'option';
  return tokens.flatMap((token, index) => (token.kind === 'ticked' ? [tokens[before ? index + 1 : index - 1]] : [])).flatMap((token) => (token?.kind === 'option' ? [token.option] : []));
}

// Answers the sentence of what is wrong instead, where something is.
function tokensOf(line: string, words: readonly string[]): Token[] | string {
  const tokens: Token[] = [];
  for (let rest = plain(line).replace(separators, ''); rest !== ''; rest = rest.replace(separators, '')) {
    const sign = String.fromCodePoint(rest.codePointAt(0) ?? 0);
    if (ticked.includes(sign) || unticked.includes(sign)) {
      tokens.push({ kind: ticked.includes(sign) ? 'ticked' : 'unticked', option: 0 });
      rest = rest.slice(sign.length);
      continue;
    }
    const found = optionAt(rest, words);
    if (typeof found === 'string') return found;
    tokens.push({ kind: 'option', option: found.option });
    rest = rest.slice(found.length);
  }
  return tokens;
}

function optionAt(text: string, words: readonly string[]): { readonly option: number; readonly length: number } | string {
  const digit = /^\d/.exec(text)?.[0];
  const behind = digit === undefined ? text : text.slice(1).replace(separators, '');
  const named = words.findIndex((word) => behind.startsWith(plain(word)));
  const length = named < 0 ? 0 : text.length - behind.length + plain(words[named] ?? '').length;
  if (digit === undefined) return named < 0 ? `“${shown(text)}”不是表中的选项` : { option: named + 1, length };
  const option = Number(digit);
  if (option < 1 || option > words.length) return `没有第${digit}项`;
  if (named < 0) return { option, length: 1 };
  return named + 1 === option ? { option, length } : `编号“${circledNumber(option)}”与文字“${words[named]}”不一致`;
}

/** A text as it is compared: full-width digits and circled numbers as plain digits, no white space inside. */
export function plain(text: string): string {
  return text.normalize('NFKC').replace(/[\s\u200b\ufeff]+/gu, '');
}

/** The beginning of a text, to be quoted in a sentence. */
export function shown(text: string): string {
  const points = [...text];
  return points.length > 12 ? `${points.slice(0, 12).join('')}…` : text;
}
