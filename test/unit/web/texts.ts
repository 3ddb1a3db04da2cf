import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'vite';
import { filesUnder } from '../../../infra/build/freshness.ts';

/** A Chinese text of a page. `asked`: handed to `t` where it is shown; `table`: stands in a table of the module, for `t` to be asked later; `loose`: shown as it is. */
export interface Text {
  readonly file: string;
  readonly text: string;
  readonly place: 'asked' | 'table' | 'loose';
}

interface Node {
  readonly type: string;
  readonly [member: string]: unknown;
}

const root = join(import.meta.dirname, '../../../web');
const han = /[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]/u;

// The words themselves; the verifier, a page of its own that is kept and used offline, in Chinese only; what is generated.
const others = ['words/', 'verifier/', 'api/types.ts'];

/** The sources of the pages, by path. */
export const sources: ReadonlyMap<string, string> = new Map(
  filesUnder(root).filter((file) => /\.tsx?$/.test(file) && !others.some((other) => file.startsWith(other))).map((file) => [file, readFileSync(join(root, file), 'utf8')]),
);

/** Every Chinese text that a source holds; comments and types hold none. */
export function textsOf(file: string, source: string): readonly Text[] {
  const { program, errors } = parseSync(file, source, { lang: 'tsx' });
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  return [...within(program as unknown as Node, 'table')].map(({ text, place }) => ({ file, text, place }));
}

/** The calls of `t` that would be made while a module is loaded, before the words are there. */
export function hastyCalls(file: string, source: string): readonly string[] {
  const found: string[] = [];
  const look = (node: Node): void => {
    if (isFunction(node)) return;
    if (isCallOfT(node)) found.push(`${file}: ${source.slice(Number(node['start']), Number(node['end']))}`);
    for (const child of children(node)) look(child);
  };
  look(parseSync(file, source, { lang: 'tsx' }).program as unknown as Node);
  return found;
}

function* within(node: Node, place: Text['place']): Generator<Omit<Text, 'file'>> {
  if (node.type.startsWith('TS') && !node.type.endsWith('Expression')) return;
  const text = textOf(node);
  if (text !== undefined && han.test(text)) yield { text, place: node.type === 'Literal' ? place : 'loose' };
  const [first, ...rest] = isCallOfT(node) ? (node['arguments'] as readonly Node[]) : [];
  if (first) {
    yield* within(first, 'asked');
    for (const each of rest) yield* within(each, place);
    return;
  }
  const inner = isFunction(node) && place === 'table' ? 'loose' : place === 'asked' && node.type === 'CallExpression' ? 'loose' : place;
  for (const child of children(node)) yield* within(child, inner);
}

function textOf(node: Node): string | undefined {
  if (node.type === 'Literal' && typeof node['value'] === 'string') return node['value'];
  if (node.type === 'JSXText') return String(node['value']).trim();
  if (node.type === 'TemplateElement') return (node['value'] as { readonly raw: string }).raw;
  return undefined;
}

const isFunction = ({ type }: Node): boolean => type.includes('Function');
const isCallOfT = ({ type, callee }: Node): boolean => type === 'CallExpression' && (callee as Node).type === 'Identifier' && (callee as Node)['name'] === 't';

function children(node: Node): readonly Node[] {
  return Object.values(node).flatMap((value) => (Array.isArray(value) ? value : [value])).filter((value): value is Node => typeof value === 'object' && value !== null && typeof (value as Node).type === 'string');
}
