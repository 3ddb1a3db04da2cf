import type { Case, Event } from '../api/types.ts';
import { pointersOf, touches, type Field } from '../filing/fields.ts';
import { pagesOf } from '../filing/forms.ts';

/** The pointers that a correction may change; empty when nothing is marked, then everything may. */
export function marksOf(one: Case): readonly string[] {
  const { marks } = one.context;
  return Array.isArray(marks) ? marks.map(String) : [];
}

/** Why a field (or one that repeats it) is to be corrected; empty when it is not. */
export function reasonsFor(one: Case, marks: readonly Mark[], field: Field): readonly string[] {
  const pointers = pointersOf(pagesOf(one.lifecycle), field);
  return [...new Set(marks.filter((mark) => pointers.some((pointer) => touches(mark.pointer, pointer))).map(({ reason }) => reason))];
}

/** One thing that an officer wants corrected. */
export interface Mark {
  readonly pointer: string;
  readonly reason: string;
}

/** What the latest return asked for, with its reasons. */
export function latestMarks(events: readonly Event[]): readonly Mark[] {
  const last = events.findLast((event) => ['returnForCorrection', 'approveChange', 'requestChange'].includes(event.command) && Array.isArray(event.args['items']));
  return (last?.args['items'] as unknown as readonly Mark[] | undefined) ?? [];
}
