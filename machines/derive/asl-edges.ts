import { nextLeg } from '../../shared/step.ts';
import type { AslDefinition } from './asl.ts';
import { aloneLeaf, aloneName } from './asl-parallel.ts';
import type { AslState, AslStates } from './asl-states.ts';
import type { Graph } from './graph.ts';

/** An edge as both sides can state it, one line of text: `a -> b`, `work => published` (completion), `work x> failed` (an exit). */
export type MirrorEdge = string;

/**
 * The edges that a graph wants mirrored, sorted: leaf to leaf or parallel state, region leaf to region leaf, and for each parallel
 * state its completions and exits. Staying in a leaf is no edge.
 */
export function graphEdges(graph: Graph): MirrorEdge[] {
  const moves = graph.edges.filter((edge) => edge.kind === 'moves' && edge.to !== edge.from).map((edge) => `${edge.from} -> ${edge.to}`);
  const around = graph.parallels.flatMap((parallel) => [
    ...parallel.completes.map((next) => `${parallel.path} => ${next.to}`),
    ...parallel.exits.map((next) => `${parallel.path} x> ${next.to}`),
  ]);
  return sorted([...moves, ...around]);
}

/** Those of the same edges that a leg can take which begins when one region of a parallel state is open. */
export function regionEdges(graph: Graph): MirrorEdge[] {
  const around = graph.parallels.map(({ path }) => path);
  return graphEdges(graph).filter((edge) => around.some((path) => edge.startsWith(`${path}.`) || edge.startsWith(`${path} `)));
}

/**
 * Reads the same edges back out of a definition by following `Next`, `Catch`, `Choices` and `Branches`, knowing nothing of the
 * chart. Throws when a Choice sends an answer to a state of another name: such a mirror would follow the log to the wrong place.
 */
export function aslEdges(definition: AslDefinition): MirrorEdge[] {
  return sorted(edgesIn(definition.States));
}

/**
 * The edges of the leaves that stand outside their Parallel: to one another, by a region's end into what completes the parallel
 * state, and out of it. Throws when an answer leads elsewhere, or when a Task there does not catch that its case has left.
 */
export function aloneEdges({ States: states }: AslDefinition): MirrorEdge[] {
  return sorted(Object.keys(states).flatMap((name) => (aloneLeaf(name) === undefined || !(`${name}.next` in states) ? [] : edgesAlone(states, name))));
}

function edgesAlone(states: AslStates, name: string): MirrorEdge[] {
  const leaf = aloneLeaf(name) ?? '';
  const path = parallelOf(states, leaf);
  const tasks = [name, `${name}.elapsed`, `${name}.commit`].filter((each) => each in states);
  const deaf = tasks.find((each) => !catches(states[each] ?? { Type: '' }).includes(`${path}.left`));
  if (deaf !== undefined) throw new Error(`${deaf} does not catch that its case has left ${path}`);
  const called = (to: string): string => (aloneName(to) in states ? aloneName(to) : `${path}.next`);
  const moves = choicesOf(states, name).flatMap((each) => answers(states, each, called)).filter((to) => to !== leaf);
  return [...moves.map((to) => `${leaf} -> ${to}`), ...parallelEnds(states, path)];
}

function parallelOf(states: AslStates, leaf: string): string {
  const path = Object.keys(states).find((name) => states[name]?.Type === 'Parallel' && leaf.startsWith(`${name}.`));
  if (path === undefined) throw new Error(`${leaf} stands alone without a Parallel`);
  return path;
}

function edgesIn(states: AslStates): MirrorEdge[] {
  return Object.entries(states).flatMap(([name, state]) => {
    if (state.Type === 'Parallel') return parallelEdges(states, name, state);
    const leaf = (state.Type === 'Task' || state.Type === 'Map') && `${name}.next` in states;
    return leaf && aloneLeaf(name) === undefined ? leafEdges(states, name) : [];
  });
}

function parallelEdges(states: AslStates, name: string, state: AslState): MirrorEdge[] {
  const branches = state['Branches'] as unknown as readonly { States: AslStates }[];
  return [...branches.flatMap((branch) => edgesIn(branch.States)), ...parallelEnds(states, name)];
}

function parallelEnds(states: AslStates, name: string): MirrorEdge[] {
  const state = states[name] ?? { Type: '' };
  const left = catches(state).find((next) => next.endsWith('.left'));
  return [
    ...answers(states, state['Next'] as string).map((to) => `${name} => ${to}`),
    ...(left === undefined ? [] : answers(states, left).map((to) => `${name} x> ${to}`)),
  ];
}

function leafEdges(states: AslStates, name: string): MirrorEdge[] {
  return choicesOf(states, name).flatMap((each) => answers(states, each)).filter((to) => to !== name).map((to) => `${name} -> ${to}`);
}

/** A leaf may lead to its Choice directly, over `.commit`, or over `.elapsed`; all ways count. */
function choicesOf(states: AslStates, name: string): string[] {
  const state = states[name] ?? { Type: '' };
  const ways = [state['Next'] as string, ...catches(state).filter((next) => next === `${name}.elapsed`)];
  return ways.map((way) => (states[way]?.Type === 'Choice' ? way : (states[way]?.['Next'] as string)));
}

function catches(state: AslState): string[] {
  return ((state['Catch'] ?? []) as unknown as readonly { Next: string }[]).map((each) => each.Next);
}

function answers(states: AslStates, choice: string, called = (to: string): string => to): string[] {
  const rules = (states[choice]?.['Choices'] ?? []) as unknown as readonly { Condition: string; Next: string }[];
  return rules.flatMap(({ Condition, Next }) => {
    const to = answerOf(Condition);
    if (to === nextLeg) return [];
    if (to === undefined || called(to) !== Next) throw new Error(`${choice}: ${Condition} leads to ${Next}`);
    return [to];
  });
}

function answerOf(condition: string): string | undefined {
  return /^\{% \$states\.input\.(?:to|then) = '([^']+)' %\}$/.exec(condition)?.[1];
}

function sorted(edges: readonly MirrorEdge[]): MirrorEdge[] {
  return [...new Set(edges)].sort();
}
