import { reformOptionWords } from '../contracts/form-words.zh.ts';
import { circledNumber, numbered, optionText, plain, shown } from './options.ts';

/** One reform task: which of the five, and what is to be done. */
export interface ReformTask {
  readonly option: keyof typeof reformOptionWords;
  readonly text: string;
}

/** Reform tasks as the form writes them: `②体制机制创新：…`, one after the other. */
export function reformText(tasks: readonly { readonly option?: string | undefined; readonly text?: string | undefined }[]): string {
  return tasks.map(({ option = '', text = '' }) => `${optionText(reformOptionWords, option)}：${text}`).join('\n');
}

const ids = Object.keys(reformOptionWords) as (keyof typeof reformOptionWords)[];
const words = Object.values(reformOptionWords);

interface Start {
  readonly option: number;
  /** What the line says behind number, words and colon. */
  readonly text: string;
}

/** Reads reform tasks; a task begins where a line begins with one of the five, by its words, else by ②, else by `2：`. Answers a sentence where something is wrong. */
export function reformTasksIn(cell: string): { readonly tasks: readonly ReformTask[] } | { readonly wrong: string } {
  const lines = cell.split('\n').map((line) => line.trim()).filter((line) => !emptyBox.test(line));
  const starts = startsOf(lines);
  if (typeof starts === 'string') return { wrong: starts };
  const first = lines.findIndex((line) => line !== '');
  if (first >= 0 && !starts[first])
    return { wrong: `“${shown(lines[first] ?? '')}”没有写明是哪一类改革任务；请以“${circledNumber(1)}${words[0]}：……”的形式开头，可选：${numbered(reformOptionWords).join('、')}` };
  return collected(lines, starts);
}

function collected(lines: readonly string[], starts: readonly (Start | undefined)[]): { readonly tasks: readonly ReformTask[] } | { readonly wrong: string } {
  const texts = new Map<number, string[]>();
  let at = 0;
  for (const [index, line] of lines.entries()) {
    const start = starts[index];
    if (start) {
      if (texts.has(start.option)) return { wrong: `“${nameOf(start.option)}”写了两次，请合并为一段` };
      at = start.option;
    }
    const parts = texts.get(at) ?? [];
    parts.push(start ? start.text : line);
    texts.set(at, parts);
  }
  const tasks = [...texts].filter(([option]) => option > 0).map(([option, parts]) => ({ option: ids[option - 1] as ReformTask['option'], text: parts.join('\n').trim() }));
  const empty = tasks.find(({ text }) => text === '');
  if (empty) return { wrong: `“${optionText(reformOptionWords, empty.option)}”后面没有内容，请写明改革任务；没有这一项的请删除该行` };
  return { tasks };
}

const nameOf = (option: number): string => `${circledNumber(option)}${words[option - 1]}`;

// By words where any line has them: texts may be numbered inside.
function startsOf(lines: readonly string[]): (Start | undefined)[] | string {
  const named = lines.map(namedStart);
  const mixed = named.find((start) => typeof start === 'string');
  if (typeof mixed === 'string') return mixed;
  if (named.some(Boolean)) return named as (Start | undefined)[];
  for (const pattern of [/^[☑☒✓√■●]?\s*([①②③④⑤])\s*[：:、.．]?\s*/u, /^[☑☒✓√■●]?\s*[（(]?([1-5１-５])[)）]?\s*[：:]\s*/u]) {
    const numberedLines = lines.map((line) => numberStart(line, pattern));
    if (numberedLines.some(Boolean)) return numberedLines;
  }
  return named as (Start | undefined)[];
}

function numberStart(line: string, pattern: RegExp): Start | undefined {
  const match = pattern.exec(line);
  return match ? { option: Number(plain(match[1] ?? '')), text: line.slice(match[0].length).trim() } : undefined;
}

const namedPattern = new RegExp(`^[☑☒✓√■●☐□○£]?\\s*[（(]?([①②③④⑤1-5１-５])?[)）]?\\s*[、.．,，]?\\s*(${words.join('|')})\\s*(?:[：:—]+|$)\\s*`, 'u');

/** A box left empty with nothing behind it: this one was not chosen. */
const emptyBox = new RegExp(`^[☐□○£]\\s*[①②③④⑤1-5１-５]?\\s*[、.．]?\\s*(?:${words.join('|')})?\\s*[：:]?$`, 'u');

function namedStart(line: string): Start | undefined | string {
  const match = namedPattern.exec(line);
  if (!match) return undefined;
  const option = words.indexOf(match[2] as (typeof words)[number]) + 1;
  const number = match[1] === undefined ? option : Number(plain(match[1]));
  const text = line.slice(match[0].length).trim();
  if (number !== option) return `编号“${circledNumber(number)}”与文字“${match[2]}”不一致，请改为“${nameOf(option)}”或更正文字`;
  return { option, text };
}
