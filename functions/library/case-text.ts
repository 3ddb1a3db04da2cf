import type { Json } from '../../machines/decision.ts';
import { argumentLabel } from '../../machines/labels-of-arguments.zh.ts';

/** What a unit wrote of its case: the parts under their headings, as one text. */
export interface CaseText {
  readonly title: string;
  readonly text: string;
}

/** The parts that a case has to have, in their order (art. 11(8), art. 14(5)). */
const parts = ['background', 'practice', 'effect', 'experience'] as const;

/** The text of a case out of the arguments it was submitted with; those from before there were parts have one text. */
export function caseTextOf(args: { readonly [name: string]: Json }): CaseText {
  const told = parts.flatMap((part) => (typeof args[part] === 'string' ? [`${headingOf(part)}\n${args[part]}`] : []));
  return { title: String(args['title']), text: told.length > 0 ? told.join('\n\n') : String(args['text']) };
}

// A label may go on with a hint in brackets, which is no heading.
function headingOf(part: string): string {
  return `【${argumentLabel(part).replace(/（.*）$/u, '')}】`;
}
