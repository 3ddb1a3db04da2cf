import { choiceLabels } from '../../machines/labels-of-arguments.zh.ts';
import type { Json } from '../api/types.ts';
import type { Field, Kind } from '../filing/fields.ts';
import { argumentName } from '../words/names.ts';
import { hintOf, partName } from '../words/choices.ts';
import { t } from '../words/language.ts';

/** A JSON schema of a command's arguments, as the OpenAPI document holds it. */
export interface Schema {
  readonly type?: string;
  readonly const?: Json;
  readonly enum?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly pattern?: string;
  readonly format?: string;
  readonly allOf?: readonly Schema[];
}

/** The API's own description, as far as forms need it. */
export interface ApiDocument {
  readonly paths: Readonly<Record<string, { readonly post?: { readonly summary?: string; readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> } } } | undefined>>;
}

/** The schema of a command's arguments; undefined when the API has no such command. */
export function argsSchema(document: ApiDocument, collection: string, command: string): Schema | undefined {
  return document.paths[`/${collection}/{id}/commands/${command}`]?.post?.requestBody?.content['application/json']?.schema;
}

/** An argument as a field of a form, with the label of its name and the editor of its type; undefined where it is made of other members. */
export function fieldFor(name: string, schema: Schema, pointer: string, optional: boolean): Field | undefined {
  const kind = kindFor(name, schema);
  return kind && { ...kind, pointer, label: argumentName(name), ...(optional ? { optional: true } : {}), ...hintFor(name, kind) };
}

function hintFor(name: string, { kind }: Kind): { readonly hint?: string } {
  const hint = hintOf(name) ?? (kind === 'lines' ? t('每行一项') : undefined);
  return hint === undefined ? {} : { hint };
}

function kindFor(name: string, schema: Schema): Kind | undefined {
  if (schema.enum) return { kind: 'one', options: wordsFor(name, schema.enum) };
  switch (schema.type) {
    case 'boolean':
      return schema.const === true ? { kind: 'confirm', sentence: argumentName(name) } : { kind: 'yesNo' };
    case 'integer':
    case 'number':
      return { kind: name.endsWith('Fen') ? 'fen' : 'number' };
    case 'string':
      return textKind(name, schema);
    case 'array':
      return schema.items?.type === 'string' ? { kind: 'lines' } : undefined;
    default:
      return undefined;
  }
}

// The document says what a text may hold by patterns: a day is a date, one line excludes line breaks, an id has no spaces.
function textKind(name: string, { pattern, format, allOf = [] }: Schema): Kind {
  const patterns = [pattern ?? '', ...allOf.map((each) => each.pattern ?? '')];
  if (format === 'date' || allOf.some((each) => each.format === 'date')) return { kind: 'day' };
  if (patterns.some((each) => each.includes('\\t\\n\\r') || each.startsWith('^[A-Za-z0-9') || each.startsWith('^[0-9a-f]'))) return { kind: 'line' };
  return { kind: 'text', limit: longTexts.has(name) ? 5000 : pages.has(name) ? 2000 : 500 };
}

// The document cannot say how many 字 a text may have: a counter shows the figure, the API decides.
const longTexts = new Set(['text']);
const pages = new Set(['progress', 'effect', 'risks', 'report', 'summary', 'statement', 'achieved']);

function wordsFor(name: string, values: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(values.map((value) => [value, choiceLabels[name]?.[value] ?? partName(value)]));
}
