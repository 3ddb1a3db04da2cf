import type { AnyStateNode } from 'xstate';
import type { LifecycleName } from './decision.ts';
import { lifecycles } from './lifecycles.ts';
import { pathOf } from './position.ts';

const rootOf = (lifecycle: LifecycleName): AnyStateNode => lifecycles[lifecycle].machine.root;
const childrenOf = (node: AnyStateNode): AnyStateNode[] => Object.values(node.states);
const within = (node: AnyStateNode): AnyStateNode[] => childrenOf(node).flatMap((child) => [child, ...within(child)]);

/** The phases of a lifecycle, in chart order: its top-level states. */
export function phasesOf(lifecycle: LifecycleName): string[] {
  return childrenOf(rootOf(lifecycle)).map(pathOf);
}

/** The paths of all states of all lifecycles, phases and groups included, each once. */
export function allStatePaths(): string[] {
  return [...new Set((Object.keys(lifecycles) as LifecycleName[]).flatMap((lifecycle) => within(rootOf(lifecycle)).map(pathOf)))];
}
