import { WireError } from './errors.ts';
import { type JsonObject, isObject } from './values.ts';

/** What AWS's service model says of one member of a request. */
export interface Rule {
  readonly type: 'string' | 'integer' | 'boolean' | 'list' | 'object';
  /** What the members of a list are called: refusals show them with it. */
  readonly of?: string;
  readonly required?: true;
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: RegExp;
  readonly values?: readonly string[];
}

/** The members of a request. */
export type Rules = Readonly<Record<string, Rule>>;

const arn = { type: 'string', min: 1, max: 256 } as const;

/** Rules that several operations share. */
export const rules = {
  arn,
  needArn: { ...arn, required: true },
  longArn: { type: 'string', min: 1, max: 2000 },
  needLongArn: { type: 'string', min: 1, max: 2000, required: true },
  name: { type: 'string', min: 1, max: 80 },
  text: { type: 'string' },
  description: { type: 'string', max: 256 },
  flag: { type: 'boolean' },
  pageSize: { type: 'integer', min: 0, max: 1000 },
  includedData: { type: 'string', values: ['ALL_DATA', 'METADATA_ONLY'] },
  pageToken: { type: 'string', min: 1, max: 1024 },
  error: { type: 'string', max: 256 },
  cause: { type: 'string', max: 32_768 },
  needToken: { type: 'string', min: 1, max: 2048, required: true },
  definition: { type: 'string', min: 1, max: 1_048_576 },
} as const satisfies Rules;

/** Checks a request's members; throws ValidationException or SerializationException as AWS words them. Members that no rule names are left alone. */
export function checkRequest(body: JsonObject, expected: Rules): void {
  const faults: string[] = [];
  for (const [name, rule] of Object.entries(expected)) faults.push(...faultsOf(name, body[name], rule));
  if (faults.length === 0) return;
  throw new WireError('ValidationException', `${faults.length} validation error${faults.length === 1 ? '' : 's'} detected: ${faults.join('; ')}`);
}

function faultsOf(name: string, value: unknown, rule: Rule): readonly string[] {
  if (value === undefined || value === null) return rule.required ? [`Value null at '${name}' failed to satisfy constraint: Member must not be null`] : [];
  if (!hasType(value, rule.type)) throw new WireError('SerializationException', `The member '${name}' must be of type ${rule.type}`);
  return broken(value, rule).map((constraint) => `Value '${shown(value, rule.of)}' at '${name}' failed to satisfy constraint: ${constraint}`);
}

/** A value as AWS's messages show it. */
function shown(value: unknown, of: string | undefined): string {
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  if (of === undefined || !Array.isArray(value)) return JSON.stringify(value);
  const member = (it: unknown) => `${of}(${Object.entries(isObject(it) ? it : {}).map(([name, part]) => `${name}=${String(part)}`).join(', ')})`;
  return `[${value.map(member).join(', ')}]`;
}

function hasType(value: unknown, type: Rule['type']): boolean {
  if (type === 'list') return Array.isArray(value);
  if (type === 'object') return isObject(value);
  return type === 'integer' ? Number.isInteger(value) : typeof value === type;
}

function broken(value: unknown, { type, min, max, pattern, values }: Rule): readonly string[] {
  const size = type === 'integer' ? (value as number) : type === 'string' || type === 'list' ? (value as string | unknown[]).length : 0;
  const word = type === 'integer' ? 'value' : 'length';
  const faults: string[] = [];
  if (min !== undefined && size < min) faults.push(`Member must have ${word} greater than or equal to ${min}`);
  if (max !== undefined && size > max) faults.push(`Member must have ${word} less than or equal to ${max}`);
  if (pattern && !pattern.test(value as string)) faults.push(`Member must satisfy regular expression pattern: ${pattern.source}`);
  if (values && !values.includes(value as string)) faults.push(`Member must satisfy enum value set: [${values.join(', ')}]`);
  return faults;
}

/** A page's limit: AWS takes 0 for its default of 100. */
export const pageLimit = (body: JsonObject): number => (body.maxResults as number | undefined) || 100;

/** Packs the place where the next page begins into a token. */
export const writePageToken = (place: readonly (number | string)[]): string => Buffer.from(JSON.stringify(place)).toString('base64url');

/** Unpacks a page token with so many parts; throws InvalidToken. */
export function readPageToken(body: JsonObject, parts: number): readonly (number | string)[] | undefined {
  if (body.nextToken === undefined || body.nextToken === null) return undefined;
  try {
    const place = JSON.parse(Buffer.from(String(body.nextToken), 'base64url').toString()) as unknown;
    if (Array.isArray(place) && place.length === parts && place.every((part) => typeof part === 'number' || typeof part === 'string')) return place;
  } catch {
    // Falls through: the token is not one of ours.
  }
  throw new WireError('InvalidToken', "Invalid Token: 'Invalid token'");
}

/** Parses JSON that a caller sent as text; throws `type` with the sentence of AWS's own parser where that is known. */
export function parseSent(text: string, type: string, prefix: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new WireError(type, `${prefix}: '${parserSentence(text) ?? (error as Error).message}'`);
  }
}

/** What AWS's JSON parser (Jackson) says of the commonest mistakes. */
export function parserSentence(text: string): string | undefined {
  const word = /^\s*([A-Za-z_$][\w$]*)/.exec(text)?.[1];
  if (word !== undefined && !['true', 'false', 'null'].includes(word)) {
    return `Unrecognized token '${word}': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')`;
  }
  const key = /^\s*\{\s*([^"\s}])/.exec(text)?.[1];
  return key === undefined ? undefined : `Unexpected character ('${key}' (code ${key.charCodeAt(0)})): was expecting double-quote to start field name`;
}
