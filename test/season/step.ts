import type { Day } from '../../shared/days.ts';
import type { Args } from './clerk.ts';
import type { Followed } from './followed.ts';

/** Something that one person does next; without arguments, those that fit the case (`args.ts`). */
export interface Move {
  readonly command: string;
  readonly by: string;
  readonly args?: Args;
}

/** Nothing to do before a day; `rule` names what stands against it, where something does. */
export interface Wait {
  readonly until: Day;
  readonly rule?: string;
}

/** The ordinary way on from a leaf: what its people do next, or until when there is nothing to do. `undefined`: the season has no word for the leaf as it stands. */
export type Onward = (one: Followed, today: Day) => Move | Wait | undefined;

/** Whether a step is something to do. */
export function isMove(step: Move | Wait): step is Move {
  return 'command' in step;
}

/** Somebody does something. */
export function does(by: string, command: string, args?: Args): Move {
  return args === undefined ? { command, by } : { command, by, args };
}
