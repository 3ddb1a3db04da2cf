import * as z from 'zod/mini';
import type { Place } from '../store/lists.ts';
import { Problem } from './problem.ts';
import type { HttpRequest } from './shell.ts';

const shape = z.strictObject({
  list: z.string(),
  partition: z.int().check(z.minimum(0), z.maximum(1000)),
  after: z.optional(z.strictObject({ pk: z.string().check(z.regex(/^(C|D|ORG)#/)), sk: z.string(), range: z.string() })),
});

/** A place in a list as an opaque text. `list` names the list with everything that shapes it, so that a cursor fits no other. */
export function cursorText(list: string, place: Place): string {
  return Buffer.from(JSON.stringify({ list, ...place })).toString('base64url');
}

/** The place that a request's `cursor` names, or the beginning; a text that is not a cursor of this list is refused. A forged place only moves inside a list whose rows are checked one by one. */
export function placeOf(request: HttpRequest, list: string): Place {
  return placeIn(queryValue(request, 'cursor'), list);
}

/** The place that a cursor names, or the beginning without one. */
export function placeIn(text: string | undefined, list: string): Place {
  if (text === undefined) return { partition: 0 };
  const parsed = shape.safeParse(decoded(text));
  if (!parsed.success || parsed.data.list !== list) throw badQuery('cursor', '翻页标记无效，请从第一页重新开始');
  return { partition: parsed.data.partition, ...(parsed.data.after ? { after: parsed.data.after } : {}) };
}

/** A whole number from the query, or `otherwise` when absent; anything outside its bounds is refused. */
export function queryNumber(request: HttpRequest, name: string, bounds: { readonly least: number; readonly most: number; readonly otherwise: number }): number {
  const text = queryValue(request, name);
  if (text === undefined) return bounds.otherwise;
  const number = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (!(number >= bounds.least && number <= bounds.most)) throw badQuery(name, `应为 ${bounds.least} 到 ${bounds.most} 的整数`);
  return number;
}

/** One of some words from the query, or `undefined` when absent; another word is refused. */
export function queryWord<T extends string>(request: HttpRequest, name: string, words: readonly T[]): T | undefined {
  const text = queryValue(request, name);
  if (text === undefined) return undefined;
  const word = words.find((one) => one === text);
  if (word === undefined) throw badQuery(name, `只能是：${words.join('、')}`);
  return word;
}

/** A query value by name. */
export function queryValue(request: HttpRequest, name: string): string | undefined {
  const values: unknown = request.queryStringParameters;
  if (typeof values !== 'object' || values === null || !Object.hasOwn(values, name)) return undefined;
  const value = (values as Record<string, unknown>)[name];
  return typeof value === 'string' ? value : undefined;
}

/** A query value that cannot be meant, as a problem that names it. */
export function badQuery(name: string, detail: string): Problem {
  return new Problem('invalid-input', `查询参数 ${name} 不正确：${detail}`, { errors: [{ pointer: `/${name}`, detail }] });
}

function decoded(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    return undefined; // not a cursor: the schema refuses it
  }
}
