import { governmentForm } from '../../shared/contracts/annex1.ts';
import { socialForm } from '../../shared/contracts/annex2.ts';
import { parse, type InputError } from '../../shared/contracts/parse.ts';
import type { LifecycleName } from '../api/names.ts';
import type { Json } from '../api/types.ts';
import { askedFor, type FormPage } from './fields.ts';
import { pagesOf } from './forms.ts';

/** What a filing still lacks, by the very schema that the server checks it with. */
export function gapsOf(lifecycle: LifecycleName, form: Json | undefined): readonly InputError[] {
  const parsed = parse(lifecycle === 'socialInvestment' ? socialForm : governmentForm, withGroups(pagesOf(lifecycle), form));
  return parsed.ok ? [] : parsed.errors;
}

/** The gaps of the fields that a page asks for (with those that repeat them). */
export function gapsOn(pages: readonly FormPage[], page: FormPage, gaps: readonly InputError[]): readonly InputError[] {
  return gaps.filter((gap) => askedFor(pages, gap.pointer)?.page.id === page.id);
}

/** The form with every group of fields present, so that each field is missed by its own name and not as part of a whole. */
function withGroups(pages: readonly FormPage[], form: Json | undefined): Json {
  return pages.flatMap(({ fields }) => fields).reduce<Json>((filled, { pointer }) => withGroup(filled, pointer.split('/').slice(1, -1)), form ?? {});
}

function withGroup(form: Json | undefined, path: readonly string[]): Json {
  const here = typeof form === 'object' && form !== null && !Array.isArray(form) ? (form as { readonly [name: string]: Json }) : {};
  const [name, ...rest] = path;
  return name === undefined ? here : { ...here, [name]: withGroup(here[name], rest) };
}
