import type { Json } from '../api/types.ts';
import type { FormPage } from '../filing/fields.ts';

/** A place where two forms differ, with what stands there in each; undefined where nothing does. */
export interface Place {
  readonly pointer: string;
  readonly one: Json | undefined;
  readonly other: Json | undefined;
}

/** Takes a difference apart into fields of the form: a whole group that one form lacks is as many places as it has fields. */
export function placesOf(pages: readonly FormPage[], pointer: string, one: Json | undefined, other: Json | undefined): readonly Place[] {
  const isField = pages.some(({ fields }) => fields.some((field) => field.pointer === pointer));
  if (isField || !(isGroup(one) || isGroup(other))) return JSON.stringify(one) === JSON.stringify(other) ? [] : [{ pointer, one, other }];
  const [left, right] = [groupOf(one), groupOf(other)];
  return [...new Set([...Object.keys(left), ...Object.keys(right)])].flatMap((name) => placesOf(pages, `${pointer}/${name}`, left[name], right[name]));
}

type Group = { readonly [name: string]: Json };

const isGroup = (value: Json | undefined): value is Group => typeof value === 'object' && value !== null && !Array.isArray(value);
const groupOf = (value: Json | undefined): Group => (isGroup(value) ? value : {});
