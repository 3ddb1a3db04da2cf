import { changedPointers, valueAt, withValueAt } from './pointers.ts';

/** What two people made of the same form: JSON pointers that only the other changed, that only you changed, and that both changed differently. */
export interface Merge {
  readonly theirs: readonly string[];
  readonly yours: readonly string[];
  readonly both: readonly string[];
  /** Both changes together; absent when they meet anywhere. */
  readonly merged?: unknown;
}

/** Holds two copies of a form against the one that both were made from. What both changed alike is nobody's conflict. */
export function mergeForms(base: unknown, theirs: unknown, yours: unknown): Merge {
  const unlike = new Set(changedPointers(theirs, yours));
  const theirChanges = changedPointers(base, theirs);
  const yourChanges = changedPointers(base, yours).filter((pointer) => [...unlike].some((other) => overlaps(pointer, other)));
  const both = yourChanges.filter((pointer) => theirChanges.some((other) => overlaps(pointer, other)));
  const alone = { theirs: theirChanges.filter((pointer) => !both.some((other) => overlaps(pointer, other))), yours: yourChanges.filter((pointer) => !both.includes(pointer)), both };
  return both.length > 0 ? alone : { ...alone, merged: alone.yours.reduce((form, pointer) => withValueAt(form, pointer, valueAt(yours, pointer)), theirs) };
}

/** Whether two pointers name the same place, or one a place inside the other's. */
function overlaps(one: string, other: string): boolean {
  return one === other || one.startsWith(`${other}/`) || other.startsWith(`${one}/`);
}
