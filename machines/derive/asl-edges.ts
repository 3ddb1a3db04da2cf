import { nextLeg } from '../../shared/step.ts';
import type { AslDefinition } from './asl.ts';
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

/**
 * Reads the same edges back out of a definition by following `Next`, `Catch`, `Choices` and `Branches`, knowing nothing of the
 * chart. Throws when a Choice sends an answer to a state of another name: such a mirror would follow the log to the wrong place.
 */
export function aslEdges(definition: AslDefinition): MirrorEdge[] {
  return sorted(edgesIn(definition.States));
}

function edgesIn(states: AslStates): MirrorEdge[] {
  return Object.entries(states).flatMap(([name, state]) => {
    if (state.Type === 'Parallel') return parallelEdges(states, name, state);
    const leaf = (state.Type === 'Task' || state.Type === 'Map') && `${name}.next` in states;
    return leaf ? leafEdges(states, name, state) : [];
  });
}

function parallelEdges(states: AslStates, name: string, state: AslState): MirrorEdge[] {
  const branches = state['Branches'] as unknown as readonly { States: AslStates }[];
  const left = catches(state).find((next) => next.endsWith('.left'));
  return [
    ...branches.flatMap((branch) => edgesIn(branch.States)),
    ...answers(states, state['Next'] as string).map((to) => `${name} => ${to}`),
    ...(left === undefined ? [] : answers(states, left).map((to) => `${name} x> ${to}`)),
  ];
}

/** A leaf may lead to its Choice directly, over `.commit`, or over `.elapsed`; all ways count. */
function leafEdges(states: AslStates, name: string, state: AslState): MirrorEdge[] {
  const ways = [state['Next'] as string, ...catches(state).filter((next) => next === `${name}.elapsed`)];
  const choices = ways.map((way) => (states[way]?.Type === 'Choice' ? way : (states[way]?.['Next'] as string)));
  return choices.flatMap((each) => answers(states, each)).filter((to) => to !== name).map((to) => `${name} -> ${to}`);
}

function catches(state: AslState): string[] {
  return ((state['Catch'] ?? []) as unknown as readonly { Next: string }[]).map((each) => each.Next);
}

function answers(states: AslStates, choice: string): string[] {
  const rules = (states[choice]?.['Choices'] ?? []) as unknown as readonly { Condition: string; Next: string }[];
  return rules.filter((rule) => answerOf(rule.Condition) !== nextLeg).map((rule) => {
    if (answerOf(rule.Condition) !== rule.Next) throw new Error(`${choice}: ${rule.Condition} leads to ${rule.Next}`);
    return rule.Next;
  });
}

function answerOf(condition: string): string | undefined {
  return /^\{% \$states\.input\.(?:to|then) = '([^']+)' %\}$/.exec(condition)?.[1];
}

function sorted(edges: readonly MirrorEdge[]): MirrorEdge[] {
  return [...new Set(edges)].sort();
}
