import type { Case, Event } from '../api/types.ts';
import { pointersOf, touches, type Field } from '../filing/fields.ts';
import { pagesOf } from '../filing/forms.ts';

/** The pointers that a correction may change; empty when nothing is marked, then everything may. */
export function marksOf(one: Case): readonly string[] {
  const { marks } = one.context;
  return Array.isArray(marks) ? marks.map(String) : [];
}

/** Whether an officer marked a field (or one that repeats it) for correction. */
export function isMarkedField(one: Case, field: Field): boolean {
  const marks = marksOf(one);
  return pointersOf(pagesOf(one.lifecycle), field).some((pointer) => marks.some((mark) => touches(mark, pointer)));
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
