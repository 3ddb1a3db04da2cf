import { commandRow, isCommand } from '../../machines/commands.ts';
import { systemActor } from './people.ts';

/** The partition of byOwner in which the cases that a person began are listed (我发起的): the first event of each. */
export const begunPartition = (person: string): string => `mine#${person}`;

/** The partition of byOwner in which what a person dealt with is listed (已办): the events themselves. */
export const donePartition = (person: string): string => `done#${person}`;

/** One step as a list of a person's work shows it: which event of which case, when, by which command. */
export interface Step {
  readonly case: string;
  readonly n: number;
  readonly at: string;
  readonly command: string;
}

/** What decides on whose list an event stands. */
export interface Stepped {
  readonly command: string;
  readonly person: string;
  readonly opens: boolean;
}

/** The partition that an event is listed in; none for what the workflow did, and for saves and files: who types deals with nothing yet. */
export function deskOf({ command, person, opens }: Stepped): string | undefined {
  if (person === systemActor.person) return undefined;
  if (opens) return begunPartition(person);
  return isCommand(command) && commandRow(command).quiet ? undefined : donePartition(person);
}

/** The key of an event in such a list. It names the command, so that a row needs no look at the event. */
export function deskKeyOf({ at, command }: { readonly at: string; readonly command: string }): string {
  return `${at}#${command}`;
}

/** What the key of an event says. */
export function stepIn(pk: string, sk: string, deskKey: string): Step {
  const [at = '', command = ''] = deskKey.split('#');
  return { case: pk.slice('C#'.length), n: Number(sk.slice('E#'.length)), at, command };
}
