import type { AnyStateNode } from 'xstate';

/** The paths of all states of a chart without children, joined by dots. */
export function phasePaths(node: AnyStateNode): string[] {
  const children = Object.values(node.states);
  return children.length === 0 ? [node.path.join('.')] : children.flatMap(phasePaths);
}

/** Every reference to the regulation that a chart's states and transitions rest on, as the charts write it (`art. 12(2)`), once each. */
export function referencesOf(node: AnyStateNode): Set<string> {
  const own = [node.meta, ...[...node.transitions.values()].flat().map(({ meta }) => meta)] as ({ readonly article?: string } | undefined)[];
  const below = Object.values(node.states).flatMap((child) => [...referencesOf(child)]);
  return new Set([...own.flatMap((meta) => meta?.article ?? []), ...below]);
}
