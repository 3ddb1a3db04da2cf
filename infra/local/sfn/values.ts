/** AWS's limit for the input, output, result and variables of one state, in bytes of UTF-8 JSON. */
export const maxPayloadBytes = 262_144;

const texts = new WeakMap<object, string>();

/** The JSON text of a value, remembered for objects: values are never changed once made. */
export function textOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const known = texts.get(value);
  if (known !== undefined) return known;
  const text = JSON.stringify(value);
  texts.set(value, text);
  return text;
}

/** Remembers the text that a value came from, so that it is passed on as it was written; answers the value. */
export function withText<T>(value: T, text: string): T {
  if (typeof value === 'object' && value !== null) texts.set(value, text);
  return value;
}

/** Parses JSON and remembers its text. Throws SyntaxError. */
export function parseJson(text: string): unknown {
  return withText(JSON.parse(text) as unknown, text);
}

/** An array whose text is made of its members' texts, as Parallel and Map put theirs together. */
export function arrayOf(members: readonly unknown[]): readonly unknown[] {
  return withText(members, `[${members.map(textOf).join(',')}]`);
}

/** Whether a text is longer than AWS's payload limit. */
export function tooLarge(text: string, limit = maxPayloadBytes): boolean {
  if (text.length * 3 <= limit) return false;
  return text.length > limit || Buffer.byteLength(text) > limit;
}

/** A plain JSON object. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether a JSON value is an object (not null, not an array). */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** JSONata's word for the type of a JSON value, as AWS uses it in messages. */
export function typeName(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}
