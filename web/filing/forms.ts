import type { LifecycleName } from '../api/names.ts';
import { isEnglish, t } from '../words/language.ts';
import type { Field, FormPage } from './fields.ts';
import { governmentPages } from './government.ts';
import { socialPages } from './social.ts';

const english = new Map<readonly FormPage[], readonly FormPage[]>();

/** The pages of a filing of a class, in the person's language; the same pages are the same value. */
export function pagesOf(lifecycle: LifecycleName): readonly FormPage[] {
  const pages = lifecycle === 'socialInvestment' ? socialPages : governmentPages;
  if (!isEnglish()) return pages;
  const made = english.get(pages) ?? pages.map(spokenPage);
  english.set(pages, made);
  return made;
}

function spokenPage({ id, title, official, about, fields }: FormPage): FormPage {
  return { id, title: t(title), fields: fields.map(spokenField), ...(official === undefined ? {} : { official: t(official) }), ...(about === undefined ? {} : { about: t(about) }) };
}

// The names of choices are those of their values (`choiceNames`); everything else that a field says is looked up.
function spokenField(field: Field): Field {
  const said = { label: t(field.label), ...(field.hint === undefined ? {} : { hint: t(field.hint) }) };
  if (field.kind === 'confirm') return { ...field, ...said, sentence: t(field.sentence) };
  if (field.kind === 'one' && field.barred) return { ...field, ...said, barred: Object.fromEntries(Object.entries(field.barred).map(([value, why]) => [value, t(why)])) };
  if (field.kind === 'text' && field.together) return { ...field, ...said, together: t(field.together) };
  return { ...field, ...said };
}
