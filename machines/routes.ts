import type { AnyMachineSnapshot, AnyStateNode, AnyTransitionDefinition } from 'xstate';
import type { Leaf, Route } from '../shared/step.ts';
import { activeLeaves, atoms, lineOf, pathOf } from './position.ts';

/** Which leaves a step left and for where, and which it entered (docs/contract.md, 2). */
export interface Movement {
  readonly routes: Readonly<Record<Leaf, Route>>;
  readonly entered: readonly Leaf[];
}

/** Reads off a step what executions need to follow it; `taken` are the transitions that the command took. */
export function movement(before: AnyMachineSnapshot, after: AnyMachineSnapshot, taken: readonly AnyTransitionDefinition[]): Movement {
  const again = reentered(after, taken);
  const stays = (leaf: AnyStateNode) => isIn(after, leaf) && !again.includes(leaf);
  const left = activeLeaves(before).filter((leaf) => !stays(leaf));
  const entered = activeLeaves(after).filter((leaf) => !isIn(before, leaf) || again.includes(leaf));
  return { routes: Object.fromEntries(left.map((leaf) => [pathOf(leaf), routeOf(leaf, after, taken)])), entered: entered.map(pathOf) };
}

function reentered(after: AnyMachineSnapshot, taken: readonly AnyTransitionDefinition[]): AnyStateNode[] {
  const sources = taken.filter((transition) => transition.reenter && transition.target !== undefined).map((transition) => transition.source as AnyStateNode);
  return activeLeaves(after).filter((leaf) => sources.some((source) => source.type !== 'parallel' && lineOf(leaf).includes(source)));
}

function routeOf(leaf: AnyStateNode, after: AnyMachineSnapshot, taken: readonly AnyTransitionDefinition[]): Route {
  const region = lineOf(leaf).find((node) => node.parent?.type === 'parallel');
  if (region?.parent === undefined) return { to: whereabouts(after) };
  if (isIn(after, region.parent)) return { to: atoms(after).filter((atom) => lineOf(atom).includes(region)).map(pathOf)[0] ?? pathOf(leaf) };
  const own = taken.find((transition) => lineOf(transition.source as AnyStateNode).includes(region));
  // A transition from inside the region completed the parallel state; one from outside abandoned it.
  if (own === undefined) return { to: whereabouts(after), abandoned: true };
  return { to: own.target?.map((target) => pathOf(target as AnyStateNode))[0] ?? pathOf(leaf), then: whereabouts(after) };
}

/** The leaf a case is in, or the parallel state around its leaves. */
function whereabouts(state: AnyMachineSnapshot): Leaf {
  const [first] = atoms(state);
  if (first === undefined) throw new Error('a case is in no leaf');
  const parallel = lineOf(first).find((node) => node.type === 'parallel');
  return pathOf(parallel ?? first);
}

function isIn(state: AnyMachineSnapshot, node: AnyStateNode): boolean {
  return (state._nodes as AnyStateNode[]).includes(node);
}
