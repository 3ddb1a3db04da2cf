import type { AnyStateNode } from 'xstate';
import type { Leaf } from '../../shared/step.ts';

/** Where a step arrives, seen from outside: `to` is a leaf or the parallel state entered, `enters` the leaves active then. */
export interface Landing {
  readonly to: Leaf;
  readonly enters: readonly Leaf[];
}

/** The path of a state inside its lifecycle, joined by dots; `''` for the root. */
export function pathOf(node: AnyStateNode): string {
  return node.path.join('.');
}

/** The parallel state around a node, if any (they are never nested). */
export function parallelAround(node: AnyStateNode): AnyStateNode | undefined {
  if (node.parent === undefined) return undefined;
  return node.parent.type === 'parallel' ? node.parent : parallelAround(node.parent);
}

/** Whether `node` lies properly inside `ancestor`. */
export function isInside(node: AnyStateNode, ancestor: AnyStateNode): boolean {
  return node.parent !== undefined && (node.parent === ancestor || isInside(node.parent, ancestor));
}

/**
 * Every place a step can arrive at when it enters `target`, with `onDone` chains of compound states followed. `inside` is the
 * innermost state that the step does not leave: a parallel state inside it is entered as a whole.
 */
export function landings(target: AnyStateNode, inside: AnyStateNode): Landing[] {
  return rests(target).map((rest) => {
    const parallel = rest.type === 'parallel' ? rest : parallelAround(rest);
    const whole = parallel !== undefined && (parallel === inside || isInside(parallel, inside));
    return whole ? { to: pathOf(parallel), enters: entersOf(parallel, rest) } : { to: pathOf(rest), enters: [pathOf(rest)] };
  });
}

/** What follows when a parallel state is complete: the landings of its `onDone`, none when it has none. */
export function completions(parallel: AnyStateNode): Landing[] {
  const root = parallel.machine.root as AnyStateNode;
  return doneTargets(parallel).targets.flatMap((target) => landings(target, root));
}

/** The leaves in which a region can start. */
export function startingLeaves(region: AnyStateNode): Leaf[] {
  return rests(region).map(pathOf);
}

/** All leaves of a region in chart order. */
export function regionLeaves(region: AnyStateNode): Leaf[] {
  const children = Object.values(region.states);
  return children.length === 0 ? [pathOf(region)] : children.flatMap(regionLeaves);
}

function entersOf(parallel: AnyStateNode, rest: AnyStateNode): Leaf[] {
  return Object.values(parallel.states).flatMap((region) =>
    rest === region || isInside(rest, region) ? [pathOf(rest)] : startingLeaves(region),
  );
}

/** The states in which entering `node` can come to rest: atomic and final leaves, or a parallel state as a whole. */
function rests(node: AnyStateNode, seen: readonly AnyStateNode[] = []): AnyStateNode[] {
  if (seen.includes(node)) return [];
  if (node.type === 'compound') return node.initial.target.flatMap((child) => rests(child, [...seen, node]));
  if (node.type !== 'final') return [node];
  const { targets, sticks } = doneTargets(node.parent);
  const onward = targets.flatMap((target) => rests(target, [...seen, node]));
  return sticks ? [...onward, node] : onward;
}

/** Where the `onDone` of a state leads; it `sticks` in its final child when no candidate without a guard leads on. */
function doneTargets(node: AnyStateNode | undefined): { targets: AnyStateNode[]; sticks: boolean } {
  const targets: AnyStateNode[] = [];
  for (const candidate of node?.transitions.get(`xstate.done.state.${node.id}`) ?? []) {
    targets.push(...(candidate.target ?? []));
    if (candidate.guard === undefined) return { targets, sticks: candidate.target === undefined };
  }
  return { targets, sticks: true };
}
