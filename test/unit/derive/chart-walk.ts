import { initialTransition, transition, type AnyMachineSnapshot, type AnyStateMachine } from 'xstate';
import { pathOf } from '../../../machines/derive/landing.ts';

/** What a search saw: one line per step that changed, `command: before > after`. */
export type Seen = ReadonlySet<string>;

/** A small seeded generator (mulberry32): numbers in [0, 1). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/**
 * Searches a machine for all steps between its configurations, asking XState alone what a step does: every command in every
 * configuration found, `tosses` times with guards that toss a coin.
 */
export function stepsOf(machine: AnyStateMachine, commands: readonly string[], tosses: number, seed: number): Seen {
  const random = seeded(seed);
  const names = Object.keys(machine.implementations.guards);
  const tossed = machine.provide({ guards: Object.fromEntries(names.map((name) => [name, () => random() < 0.5])) });
  const [first] = initialTransition(tossed) as [AnyMachineSnapshot, unknown];
  const found = new Map([[leaves(first), first]]);
  const seen = new Set<string>();
  for (const [before, snapshot] of found) {
    for (const command of snapshot.status === 'active' ? commands.flatMap((each) => Array<string>(tosses).fill(each)) : []) {
      const [next] = transition(tossed, snapshot, { type: command }) as [AnyMachineSnapshot, unknown];
      if (leaves(next) !== before) seen.add(`${command}: ${before} > ${leaves(next)}`);
      if (!found.has(leaves(next))) found.set(leaves(next), next);
    }
  }
  return seen;
}

function leaves(snapshot: AnyMachineSnapshot): string {
  return snapshot._nodes.filter((node) => Object.keys(node.states).length === 0).sort((a, b) => a.order - b.order).map(pathOf).join('+');
}
