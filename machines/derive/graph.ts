import type { AnyStateMachine, AnyStateNode } from 'xstate';
import type { StateMeta } from '../define.ts';
import type { Leaf } from '../../shared/step.ts';
import { edgesOf, type Edge } from './edges.ts';
import { landings, pathOf, regionLeaves, startingLeaves, type Landing } from './landing.ts';

/** An atomic state; `final` leaves have no meta. `region` and `parallel` are paths, set inside a parallel state. */
export interface LeafNode {
  readonly path: Leaf;
  readonly kind: 'waiting' | 'working' | 'final';
  readonly meta: StateMeta | undefined;
  readonly region: string | undefined;
  readonly parallel: string | undefined;
}

/** A region of a parallel state with the leaves an execution can rest in, its final ones included. */
export interface Region {
  readonly path: string;
  readonly initial: Leaf;
  readonly leaves: readonly Leaf[];
}

/** A parallel state: its regions, what follows its completion (`completes`) and what exits from further out reach (`exits`). */
export interface ParallelNode {
  readonly path: string;
  readonly regions: readonly Region[];
  readonly completes: readonly Landing[];
  readonly exits: readonly Landing[];
}

/** A compound or parallel state in the tree, for drawing and for lists; `children` are paths in chart order. */
export interface GroupNode {
  readonly path: string;
  readonly type: 'compound' | 'parallel';
  readonly children: readonly string[];
}

/** A lifecycle as plain data: what every deriver reads instead of the machine. Only leaves in which a case can rest are listed. */
export interface Graph {
  readonly lifecycle: string;
  readonly version: string;
  readonly initial: Landing;
  readonly leaves: readonly LeafNode[];
  readonly groups: readonly GroupNode[];
  readonly parallels: readonly ParallelNode[];
  readonly edges: readonly Edge[];
}

/**
 * Reads a statechart into a graph in which an edge from leaf to leaf exists exactly where one step of the chart leaves the one
 * and enters the other: initial states and `onDone` chains are resolved. Throws on what the contract (docs/contract.md, 1) forbids.
 */
export function graphOf(lifecycle: string, version: string, machine: AnyStateMachine): Graph {
  const nodes = descendants(machine.root);
  const atoms = nodes.filter((node) => node.type === 'atomic' || node.type === 'final');
  nodes.forEach(refuseForbidden);
  const edges = atoms.filter((node) => node.type === 'atomic').flatMap((node) => edgesOf(node));
  const initial = onlyOne(landings(machine.root, machine.root), 'the initial state');
  const resting = restingLeaves(initial, edges);
  return {
    lifecycle,
    version,
    initial,
    leaves: atoms.filter((node) => node.type === 'atomic' || resting.has(pathOf(node))).map(leafNode),
    groups: nodes.filter((node) => node.type === 'compound' || node.type === 'parallel').map(groupNode),
    parallels: nodes.filter((node) => node.type === 'parallel').map((node) => parallelNode(node, edges)),
    edges,
  };
}

function descendants(node: AnyStateNode): AnyStateNode[] {
  return Object.values(node.states).flatMap((child) => [child, ...descendants(child)]);
}

function refuseForbidden(node: AnyStateNode): void {
  const path = pathOf(node);
  if (node.type === 'history') throw new Error(`${path}: a history state cannot be mirrored`);
  if (node.invoke.length > 0) throw new Error(`${path}: invoke cannot be mirrored`);
  if (node.after.length > 0) throw new Error(`${path}: after cannot be mirrored, deadlines are data`);
  if (node.always !== undefined && node.always.length > 0) throw new Error(`${path}: always cannot be mirrored`);
  if (!/^[A-Za-z0-9.]{1,64}$/.test(path)) throw new Error(`${path}: a state's path is ASCII and at most 64 characters`);
  if (node.type === 'atomic' && node.meta === undefined) throw new Error(`${path}: an atomic state needs meta`);
}

/** Finals inside compound states are passed through in the same step: they are leaves only where a step can end in them. */
function restingLeaves(initial: Landing, edges: readonly Edge[]): ReadonlySet<Leaf> {
  const arrivals = edges.flatMap((edge) => [...edge.enters, ...edge.completes.flatMap((next) => next.enters)]);
  return new Set([...initial.enters, ...arrivals]);
}

function leafNode(node: AnyStateNode): LeafNode {
  const meta = node.meta as StateMeta | undefined;
  const region = ancestors(node).find((each) => each.parent?.type === 'parallel');
  return {
    path: pathOf(node),
    kind: meta?.kind ?? 'final',
    meta,
    region: region && pathOf(region),
    parallel: region?.parent && pathOf(region.parent),
  };
}

function ancestors(node: AnyStateNode): AnyStateNode[] {
  return node.parent ? [node.parent, ...ancestors(node.parent)] : [];
}

function groupNode(node: AnyStateNode): GroupNode {
  const type = node.type === 'parallel' ? 'parallel' : 'compound';
  return { path: pathOf(node), type, children: Object.values(node.states).map(pathOf) };
}

function parallelNode(node: AnyStateNode, edges: readonly Edge[]): ParallelNode {
  const path = pathOf(node);
  const inside = edges.filter((edge) => edge.from.startsWith(`${path}.`));
  return {
    path,
    regions: Object.values(node.states).map((region) => regionNode(region, edges)),
    completes: distinct(inside.flatMap((edge) => edge.completes)),
    exits: distinct(inside.filter((edge) => edge.kind === 'abandons').map(({ to, enters }) => ({ to, enters }))),
  };
}

function regionNode(region: AnyStateNode, edges: readonly Edge[]): Region {
  const initial = onlyOne(startingLeaves(region), `the start of ${pathOf(region)}`);
  const entered = new Set([initial, ...edges.flatMap((edge) => edge.enters)]);
  return { path: pathOf(region), initial, leaves: regionLeaves(region).filter((leaf) => entered.has(leaf)) };
}

function distinct(arrivals: readonly Landing[]): Landing[] {
  return [...new Map(arrivals.map((arrival) => [arrival.to, arrival])).values()].sort((a, b) => (a.to < b.to ? -1 : 1));
}

function onlyOne<T>(list: readonly T[], what: string): T {
  const [first] = list;
  if (first === undefined || list.length > 1) throw new Error(`${what} is not one but ${list.length}`);
  return first;
}
