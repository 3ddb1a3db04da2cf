import type { Json } from '../decision.ts';
import { nextLeg, stepErrors, type Leaf } from '../../shared/step.ts';
import { leafStates } from './asl-leaf.ts';
import { choice, expression, fail, router } from './asl-states.ts';
import type { AslState, AslStates, Named, Surroundings, Way } from './asl-states.ts';
import type { Graph, LeafNode, ParallelNode, Region } from './graph.ts';

/** The name of the error, and of the state, that ends an execution whose activity failed for good. */
export const activityFailed = 'ActivityFailed';

/** The states of a parallel state: the Parallel with a branch for each region, the two Choices behind it, and each region's leaves for a leg that begins when only that region is open. */
export function parallelStates(graph: Graph, parallel: ParallelNode, top: Surroundings): Named[] {
  const { path } = parallel;
  const to = (leaves: readonly { to: Leaf }[]): Map<Leaf, string> => new Map(leaves.map((each) => [each.to, each.to]));
  const state: AslState = {
    Type: 'Parallel',
    Branches: parallel.regions.map((region) => branch(graph, region, top.lifecycle)),
    Output: expression(lastWord),
    Catch: [exit(parallel), { ErrorEquals: [stepErrors.rollOver], Output: expression('$states.input'), Next: nextLeg }],
    Next: `${path}.next`,
  };
  return [
    [path, state],
    [`${path}.next`, choice('then', to(parallel.completes), stepErrors.divergence)],
    [`${path}.left`, choice('to', to(parallel.exits), stepErrors.divergence)],
    ...parallel.regions.flatMap((region) => openLeaves(graph, region).flatMap((leaf) => leafStates(graph, leaf, alone(graph, parallel, top)))),
  ];
}

/** How a leg finds into a parallel state: straight to the leaf where only one region is open, else to the Parallel. */
export function waysInto(graph: Graph, parallel: ParallelNode): Way[] {
  const open = (region: Region): Leaf[] => openLeaves(graph, region).map((leaf) => leaf.path);
  const straight = parallel.regions.flatMap((region) => {
    const but = parallel.regions.filter((other) => other !== region).flatMap(open);
    return open(region).map((leaf): Way => ({ to: aloneName(leaf), leaves: [leaf], but }));
  });
  return [...straight, { to: parallel.path, leaves: parallel.regions.flatMap((region) => region.leaves) }];
}

const aloneSuffix = '.alone';

/** The state of a leaf outside the Parallel, for a leg that begins when all other regions are over. */
export function aloneName(leaf: Leaf): string {
  return leaf + aloneSuffix;
}

/** The leaf whose state outside the Parallel has this name; `undefined` for other states. */
export function aloneLeaf(name: string): Leaf | undefined {
  return name.endsWith(aloneSuffix) ? name.slice(0, -aloneSuffix.length) : undefined;
}

// A Parallel costs a state for each region's router and one for each region that is over, in every leg: a commitment that is
// watched for five years would enter them five times for nothing. The last region's end is the parallel state's own.
function alone(graph: Graph, parallel: ParallelNode, top: Surroundings): Surroundings {
  const open = parallel.regions.flatMap((region) => openLeaves(graph, region).map((leaf) => leaf.path));
  const called = (leaf: Leaf): string => (open.includes(leaf) ? aloneName(leaf) : `${parallel.path}.next`);
  return { ...top, called, leaving: { waiting: [exit(parallel)], working: [exit(parallel)] } };
}

function openLeaves(graph: Graph, region: Region): LeafNode[] {
  return graph.leaves.filter((leaf) => leaf.kind !== 'final' && region.leaves.includes(leaf.path));
}

function exit({ path }: ParallelNode): Json {
  return { ErrorEquals: [stepErrors.left], Output: expression(stepInCause), Next: `${path}.left` };
}

/** The Step with the highest event number; among branches that ended by the same event the one that says what follows. */
const lastWord = '($top := $max($states.result.n); $last := $states.result[n = $top]; $append($last[$exists(then)], $last)[0])';

/** The Step travels as JSON in the cause; when a function threw it, inside that cause's `errorMessage`. */
const stepInCause =
  '($cause := $parse($states.errorOutput.Cause); $exists($cause.errorMessage) ? $parse($cause.errorMessage) : $cause)';

function branch(graph: Graph, region: Region, lifecycle: string): Json {
  const { path } = region;
  const left = `${path}.left`;
  const around: Surroundings = {
    lifecycle,
    rollOver: `${path}.rollOver`,
    divergence: `${path}.divergence`,
    failed: `${path}.failed`,
    called: (leaf) => leaf,
    leaving: { waiting: [], working: [{ ErrorEquals: [stepErrors.left], Output: expression('$states.errorOutput'), Next: left }] },
  };
  const leaves = graph.leaves.filter((leaf) => region.leaves.includes(leaf.path));
  const states: Named[] = [
    [`${path}.router`, router(region.leaves.map((leaf) => ({ to: leaf, leaves: [leaf] })), around.divergence)],
    ...leaves.flatMap((leaf) => leafStates(graph, leaf, around)),
    ...branchEnds(around, leaves.some((leaf) => leaf.kind === 'working') ? left : undefined),
  ];
  return { StartAt: `${path}.router`, States: named(states) };
}

/** A branch cannot lead out of its Parallel: it fails by a name that the Parallel catches, or lets through as a failure. `left` is set where there is work. */
function branchEnds(around: Surroundings, left: string | undefined): Named[] {
  const passOn: AslState = { Type: 'Fail', Error: stepErrors.left, Cause: expression('$states.input.Cause') };
  const working: Named[] = left === undefined ? [] : [[around.failed, fail(activityFailed, 'Retries are used up')], [left, passOn]];
  return [
    [around.rollOver, fail(stepErrors.rollOver, 'The next leg goes on at the same leaves')],
    [around.divergence, fail(stepErrors.divergence, 'The answer is no leaf of this region')],
    ...working,
  ];
}

/** States by name; throws when two share one. */
export function named(states: readonly Named[]): AslStates {
  const twice = states.find(([name], index) => states.findIndex(([other]) => other === name) !== index);
  if (twice) throw new Error(`two states would be named ${twice[0]}`);
  return Object.fromEntries(states);
}
