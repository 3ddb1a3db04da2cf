import type { AnyMachineSnapshot, AnyTransitionDefinition } from 'xstate';
import { questionOf } from './chart.ts';
import { commandRow, isCommand } from './commands.ts';
import { eventOf } from './decide.ts';
import type { Asked, Offer, Refusal, Snapshot } from './decision.ts';
import type { TransitionMeta } from './define.ts';
import { lifecycles, type Lifecycle } from './lifecycles.ts';
import { asCurrent } from './migrations.ts';
import { forbids, hasRole } from './permission.ts';
import { candidates, candidatesAfterEnd, commandsHere, restore, rulesOn } from './position.ts';
import type { Question } from './question.ts';
import { firstFalse, heldRefusal, ruleRefused } from './refusals.ts';

/**
 * Every command that the reader's roles have in the case's state (after its end: what may still come), allowed or with the reason why not. Rules about arguments or
 * about facts are left to `decide`: nothing was typed yet, nothing was looked up.
 */
export function offers(stored: Snapshot, asked: Asked): Offer[] {
  const snapshot = asCurrent(stored, lifecycles[stored.lifecycle].version);
  const state = restore(snapshot);
  const over = snapshot.status === 'done';
  return (over ? lateCommands(state) : commandsHere(state))
    .filter((type) => isCommand(type) && (!commandRow(type).system || asked.actor.roles.includes('system')))
    .flatMap((type) => {
      const mine = (over ? candidatesAfterEnd(state, type) : candidates(state, type)).filter((each) => hasRole(asked.actor, (each.meta as TransitionMeta).roles));
      return mine.length === 0 ? [] : [offerOf(type, mine, snapshot, asked)];
    });
}

/** The commands that a finished case still answers to. */
function lateCommands(state: AnyMachineSnapshot): string[] {
  return ([...state.machine.root.transitions.keys()] as string[]).filter((type) => isCommand(type) && commandRow(type).afterEnd === true);
}

function offerOf(type: string, mine: readonly AnyTransitionDefinition[], snapshot: Snapshot, asked: Asked): Offer {
  const lifecycle = lifecycles[snapshot.lifecycle];
  const question = questionOf<unknown>(snapshot.context, eventOf({ type, args: {} }, asked));
  const refusals = mine.map((each) => refusalOf(type, each, lifecycle, question));
  const refusal = refusals.includes(null) ? null : refusals[0];
  return refusal ? { command: type, allowed: false, refusal } : { command: type, allowed: true };
}

function refusalOf(type: string, candidate: AnyTransitionDefinition, lifecycle: Lifecycle, question: Question<unknown>): Refusal | null {
  const forbidden = forbids(candidate, question.actor, question.context);
  if (forbidden) return forbidden;
  const held = isCommand(type) ? heldRefusal(lifecycle, commandRow(type), question) : null;
  if (held) return held;
  const byCase = rulesOn(candidate).filter((name) => lifecycle.rules[name]?.reads === 'case');
  const name = firstFalse(lifecycle, byCase, question);
  return name === undefined ? null : ruleRefused(lifecycle, name, question);
}
