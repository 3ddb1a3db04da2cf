import type { Json } from '../api/types.ts';

/** What kind of answer a field of a form takes. */
export type Kind =
  | { readonly kind: 'line' | 'number' | 'fen' | 'day' | 'month' | 'yesNo' | 'unit' | 'units' | 'lines' | 'reforms' | 'division' | 'sectors' }
  /** A text of at most `limit` 字; `together` counts it with the other fields of that name. */
  | { readonly kind: 'text'; readonly limit: number; readonly together?: string }
  | { readonly kind: 'one'; readonly options: Words; readonly barred?: { readonly [value: string]: string } }
  | { readonly kind: 'many'; readonly options: Words }
  | { readonly kind: 'confirm'; readonly sentence: string };

/** Choices by value, with their Chinese names. */
export type Words = { readonly [value: string]: string };

/** One field of a form: where it stands in the form, what it is called, what it takes. `from` says that it repeats another field and is not asked for. */
export type Field = Kind & {
  readonly pointer: string;
  readonly label: string;
  readonly hint?: string;
  readonly optional?: true;
  /** "None of them" is an answer, and is kept as an empty list. */
  readonly mayBeNone?: true;
  readonly from?: { readonly pointer: string; readonly as?: (value: Json | undefined) => Json | undefined };
};

/** One page of a filing: one matter. `official` names the part of the official form; without it the fields are the system's own. */
export interface FormPage {
  readonly id: string;
  readonly title: string;
  readonly official?: string;
  readonly about?: string;
  readonly fields: readonly Field[];
}

/** The value at a pointer of a form. */
export function valueAt(form: Json | undefined, pointer: string): Json | undefined {
  return pointer.split('/').slice(1).reduce<Json | undefined>((inner, name) => (isObject(inner) ? inner[name] : undefined), form);
}

/** The form with another value at a pointer; an empty one is left out, so that it counts as missing. */
export function withValue(form: Json | undefined, pointer: string, value: Json | undefined): { readonly [name: string]: Json } {
  const [name = '', ...rest] = pointer.split('/').slice(1);
  const here: { readonly [name: string]: Json } = isObject(form) ? form : {};
  const inner = rest.length === 0 ? (isBlank(value) ? undefined : value) : withValue(here[name], `/${rest.join('/')}`, value);
  const { [name]: _old, ...others } = here;
  return inner === undefined ? others : { ...others, [name]: inner };
}

function withPut(form: Json | undefined, pointer: string, value: Json): { readonly [name: string]: Json } {
  const [name = '', ...rest] = pointer.split('/').slice(1);
  const here: { readonly [name: string]: Json } = isObject(form) ? form : {};
  return { ...here, [name]: rest.length === 0 ? value : withPut(here[name], `/${rest.join('/')}`, value) };
}

/** The form after an answer: fields that repeat it follow, as far as `mayChange` lets them. */
export function answered(pages: readonly FormPage[], form: Json | undefined, pointer: string, value: Json | undefined, mayChange: (pointer: string) => boolean): { readonly [name: string]: Json } {
  const fields = pages.flatMap((page) => page.fields);
  const bare = fields.filter((field) => field.mayBeNone && mayChange(field.pointer)).map((field) => field.pointer);
  const once = bare.reduce((filled, own) => (valueAt(filled, own) === undefined ? withPut(filled, own, []) : filled), withValue(form, pointer, value));
  const followers = fields.filter(({ from, pointer: own }) => from && touches(from.pointer, pointer) && mayChange(own));
  return followers.reduce((filled, { pointer: own, from }) => withValue(filled, own, from?.as ? from.as(valueAt(filled, from.pointer)) : valueAt(filled, from?.pointer ?? '')), once);
}

/** Whether one pointer lies at or inside the other. */
export function touches(one: string, other: string): boolean {
  return one === other || one.startsWith(`${other}/`) || other.startsWith(`${one}/`);
}

/** The field that an error's pointer is about, with its page. */
export function fieldOf(pages: readonly FormPage[], pointer: string): { readonly page: FormPage; readonly field: Field } | undefined {
  for (const page of pages) {
    const field = page.fields.find((each) => touches(each.pointer, pointer));
    if (field) return { page, field };
  }
  return undefined;
}

/** The field that is asked for a pointer: itself, or the one that it repeats. */
export function askedFor(pages: readonly FormPage[], pointer: string): { readonly page: FormPage; readonly field: Field } | undefined {
  const found = fieldOf(pages, pointer);
  return found?.field.from ? fieldOf(pages, found.field.from.pointer) : found;
}

/** The pointers that a field stands for: its own, and those that repeat it. */
export function pointersOf(pages: readonly FormPage[], field: Field): readonly string[] {
  const followers = pages.flatMap(({ fields }) => fields).filter(({ from }) => from && touches(from.pointer, field.pointer));
  return [field.pointer, ...followers.map(({ pointer }) => pointer)];
}

function isObject(value: Json | undefined): value is { readonly [name: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether nothing was filled in. */
export function isBlank(value: Json | undefined): boolean {
  return value === undefined || value === '' || (Array.isArray(value) && value.length === 0) || (isObject(value) && Object.values(value).every(isBlank));
}
