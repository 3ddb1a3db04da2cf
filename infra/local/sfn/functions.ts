import { createHash, randomUUID } from 'node:crypto';

const algorithms: Readonly<Record<string, string>> = { MD5: 'md5', 'SHA-1': 'sha1', 'SHA-256': 'sha256', 'SHA-384': 'sha384', 'SHA-512': 'sha512' };

/** The JSONata functions that Step Functions adds: docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html. */
export const functions: Readonly<Record<string, (...args: never[]) => unknown>> = {
  partition: (list: unknown, size: unknown) => partition(list, size),
  range: (first: unknown, last: unknown, step: unknown) => range(first, last, step),
  hash: (content: unknown, algorithm: unknown) => hash(content, algorithm),
  random: (seed?: unknown) => random(seed),
  uuid: () => randomUUID(),
  parse: (text: unknown) => parse(text),
};

function partition(list: unknown, size: unknown): unknown {
  if (list === undefined) return undefined;
  if (typeof size !== 'number' || Math.floor(size) <= 0) throw refusal('$partition needs a positive number as its second argument');
  const members = Array.isArray(list) ? (list as readonly unknown[]) : [list];
  const chunk = Math.floor(size);
  const chunks: unknown[] = [];
  for (let at = 0; at < members.length; at += chunk) chunks.push(members.slice(at, at + chunk));
  return chunks;
}

const maxRange = 1_000;

function range(first: unknown, last: unknown, step: unknown): unknown {
  const [from, to, by] = [first, last, step].map((value) => (typeof value === 'number' ? Math.trunc(value) : Number.NaN)) as [number, number, number];
  if ([from, to, by].some(Number.isNaN)) throw refusal('$range needs three numbers');
  if (by === 0) throw refusal('$range needs a step other than 0');
  const values: number[] = [];
  for (let value = from; by > 0 ? value <= to : value >= to; value += by) {
    if (values.length >= maxRange) throw refusal(`$range answers at most ${maxRange} numbers`);
    values.push(value);
  }
  // Recorded on AWS: a range of one number arrives as the number itself, as every JSONata sequence of one does.
  return values.length === 1 ? values[0] : values;
}

function hash(content: unknown, algorithm: unknown): unknown {
  if (content === undefined) return undefined;
  const name = typeof algorithm === 'string' ? algorithms[algorithm] : undefined;
  if (!name) throw refusal(`$hash needs one of ${Object.keys(algorithms).join(', ')}`);
  return createHash(name).update(typeof content === 'string' ? content : JSON.stringify(content)).digest('hex');
}

function random(seed: unknown): number {
  if (seed === undefined) return Math.random();
  if (typeof seed !== 'number') throw refusal('$random needs a number as its seed');
  // Mulberry32: any good generator will do, AWS does not say which it uses.
  let state = (Math.trunc(seed) + 0x6d2b79f5) | 0;
  state = Math.imul(state ^ (state >>> 15), state | 1);
  state ^= state + Math.imul(state ^ (state >>> 7), state | 61);
  return ((state ^ (state >>> 14)) >>> 0) / 4_294_967_296;
}

function parse(text: unknown): unknown {
  if (text === undefined) return undefined;
  if (typeof text !== 'string') throw refusal('$parse needs a string');
  return JSON.parse(text, (_key, value: unknown) => (Object.is(value, -0) ? 0 : value)) as unknown;
}

function refusal(message: string): Error {
  return Object.assign(new Error(message), { code: 'D3001' });
}
