import { countCharacters } from './text.ts';

/** The texts of annex 2 that the form limits, by pointer into the filed form, and the most 字 each may have (annex 2, part 1 (二) to (四), part 2 一.3); the plan's five headings count together. */
export const annex2Limits = {
  '/annex2/necessity': 300,
  '/annex2/plan': 500,
  '/annex2/benefits': 100,
  '/annex2/report/implementation': 5000,
} as const;

/** How many 字 a limited text has, and may have. */
export interface TextCount {
  readonly pointer: keyof typeof annex2Limits;
  readonly count: number;
  readonly limit: number;
}

/** Counts the limited texts of a form as it stands, drafts too; what is not there counts 0. Pictures are files beside the form and count nothing. */
export function annex2Counts(form: unknown): TextCount[] {
  return (Object.keys(annex2Limits) as TextCount['pointer'][]).map((pointer) => ({ pointer, count: countOf(at(form, pointer)), limit: annex2Limits[pointer] }));
}

/** The 字 of a text, or of all texts of an object together. */
export function countOf(value: unknown): number {
  if (typeof value === 'string') return countCharacters(value);
  if (typeof value !== 'object' || value === null) return 0;
  return Object.values(value).reduce((sum: number, inner) => sum + countOf(inner), 0);
}

function at(form: unknown, pointer: string): unknown {
  return pointer.slice(1).split('/').reduce<unknown>((inner, key) => (typeof inner === 'object' && inner !== null && Object.hasOwn(inner, key) ? (inner as Record<string, unknown>)[key] : undefined), form);
}
