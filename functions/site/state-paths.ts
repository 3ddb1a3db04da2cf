import type { AnyStateNode } from 'xstate';

/** The paths of all states of a chart without children, joined by dots. */
export function phasePaths(node: AnyStateNode): string[] {
  const children = Object.values(node.states);
  return children.length === 0 ? [node.path.join('.')] : children.flatMap(phasePaths);
}
