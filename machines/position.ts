import type { AnyMachineSnapshot, AnyStateNode, AnyTransitionDefinition } from 'xstate';
import type { Leaf } from '../shared/step.ts';
import type { Snapshot } from './decision.ts';
import type { StateMeta } from './define.ts';
import { lifecycles } from './lifecycles.ts';
import { asCurrent } from './migrations.ts';

/** The path of a state inside its lifecycle, joined by dots. */
export function pathOf(node: AnyStateNode): Leaf {
  return node.path.join('.');
}

/** Brings a stored snapshot back into its chart, migrated where another version wrote it; throws when that is not possible. */
export function restore(stored: Snapshot): AnyMachineSnapshot {
  const { machine, version } = lifecycles[stored.lifecycle];
  const snapshot = asCurrent(stored, version);
  return machine.resolveState({ value: snapshot.value as never, context: snapshot.context, status: snapshot.status } as never) as AnyMachineSnapshot;
}

/** The atomic states a case is in, finals of regions included, in chart order. */
export function atoms(state: AnyMachineSnapshot): AnyStateNode[] {
  return (state._nodes as AnyStateNode[]).filter((node) => node.type === 'atomic' || node.type === 'final').sort((a, b) => a.order - b.order);
}

/** The leaves a case waits or works in: atomic states that are not final. */
export function leavesOf(snapshot: Snapshot): Leaf[] {
  return activeLeaves(restore(snapshot)).map(pathOf);
}

/** The same as chart nodes. */
export function activeLeaves(state: AnyMachineSnapshot): AnyStateNode[] {
  return atoms(state).filter((node) => node.type === 'atomic');
}

/** The meta of a leaf. */
export function metaOf(node: AnyStateNode): StateMeta {
  return node.meta as StateMeta;
}

/** A node and its ancestors, innermost first. */
export function lineOf(node: AnyStateNode): AnyStateNode[] {
  return node.parent ? [node, ...lineOf(node.parent)] : [node];
}

/** Every transition that a command could take from where a case is, innermost first, whether its guard holds or not. */
export function candidates(state: AnyMachineSnapshot, command: string): AnyTransitionDefinition[] {
  const found = activeLeaves(state).flatMap((leaf) => lineOf(leaf).flatMap((node) => (node.transitions.get(command) ?? []) as AnyTransitionDefinition[]));
  return [...new Set(found)];
}

/** The transitions of the root that a finished case still answers to; one that leads where the case ended already is none. */
export function candidatesAfterEnd(state: AnyMachineSnapshot, command: string): AnyTransitionDefinition[] {
  const ends = atoms(state);
  const known = (state.machine.root.transitions.get(command) ?? []) as AnyTransitionDefinition[];
  return known.filter((each) => !(each.target ?? []).some((target) => ends.includes(target as AnyStateNode)));
}

/** The commands that any transition from here answers to. */
export function commandsHere(state: AnyMachineSnapshot): string[] {
  const types = activeLeaves(state).flatMap((leaf) => lineOf(leaf).flatMap((node) => [...node.transitions.keys()] as string[]));
  return [...new Set(types)].filter((type) => !type.startsWith('xstate.'));
}

/** The names of the rules on a transition. */
export function rulesOn(transition: AnyTransitionDefinition): readonly string[] {
  const guard = transition.guard as { readonly guards?: readonly string[] } | undefined;
  return guard?.guards ?? [];
}

/** Whether a case is a filing that was not submitted yet, or not accepted by any authority. */
export function isDraftOf({ value }: Snapshot): boolean {
  return typeof value === 'object' && value !== null && 'declaration' in value && value.declaration === 'draft';
}
