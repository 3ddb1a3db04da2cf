import type { Leaf } from '../../shared/step.ts';
import type { Edge } from './edges.ts';
import type { Graph } from './graph.ts';

/** All leaves that are active at once, in chart order: one leaf, or one of each region of a parallel state. */
export type Configuration = readonly Leaf[];

/** One step between configurations: `command` taken by `from`. The same edge may lead to several places (`onDone` with guards). */
export interface Move {
  readonly edge: Edge;
  readonly after: Configuration;
}

/** Two configurations are the same when their keys are. */
export function keyOf(configuration: Configuration): string {
  return configuration.join('+');
}

/** Every step that the chart allows in a configuration, steps that leave no leaf included. */
export function movesFrom(graph: Graph, configuration: Configuration): Move[] {
  return configuration.flatMap((leaf) =>
    graph.edges.filter((edge) => edge.from === leaf).flatMap((edge) => after(graph, configuration, edge).map((next) => ({ edge, after: next }))),
  );
}

/** All configurations that can be reached from the start, in order of discovery, each with its moves. */
export function exploration(graph: Graph): Map<string, { readonly configuration: Configuration; readonly moves: readonly Move[] }> {
  const found = new Map<string, { configuration: Configuration; moves: readonly Move[] }>();
  const queue: Configuration[] = [graph.initial.enters];
  for (let configuration = queue.shift(); configuration !== undefined; configuration = queue.shift()) {
    if (found.has(keyOf(configuration))) continue;
    const moves = movesFrom(graph, configuration);
    found.set(keyOf(configuration), { configuration, moves });
    queue.push(...moves.map((move) => move.after));
  }
  return found;
}

function after(graph: Graph, configuration: Configuration, edge: Edge): Configuration[] {
  if (edge.kind === 'stays') return [configuration];
  if (edge.kind === 'abandons' || configuration.length === 1) return [edge.enters];
  const moved = configuration.map((leaf) => (leaf === edge.from ? edge.to : leaf));
  const complete = edge.completes.length > 0 && moved.every((leaf) => isFinal(graph, leaf));
  return complete ? edge.completes.map((next) => next.enters) : [moved];
}

function isFinal(graph: Graph, path: Leaf): boolean {
  return graph.leaves.find((leaf) => leaf.path === path)?.kind === 'final';
}
