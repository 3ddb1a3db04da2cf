import type { Leaf } from '../../shared/step.ts';
import { mapState, waitingStates, workingStates } from './asl-states.ts';
import type { Named, Surroundings } from './asl-states.ts';
import type { Edge } from './edges.ts';
import type { Graph, LeafNode } from './graph.ts';

/** The states of one leaf, under the names that its surroundings give them. */
export function leafStates(graph: Graph, leaf: LeafNode, around: Surroundings): Named[] {
  const edges = graph.edges.filter((edge) => edge.from === leaf.path);
  const answers: Leaf[] = [...new Set(edges.filter((edge) => edge.kind === 'moves').map((edge) => edge.to))];
  const comment = commandsOf(edges);
  const name = around.called(leaf.path);
  if (leaf.meta === undefined) return [[name, { Type: 'Succeed' }]];
  if (leaf.meta.kind === 'waiting') return waitingStates(leaf.path, comment, answers, around);
  const { activity, map } = leaf.meta;
  const work = workingStates({ leaf: leaf.path, name: map === undefined ? name : `${name}.commit`, activity, comment, answers }, around);
  return map === undefined ? work : [[name, mapState(leaf.path, map.listKey, comment, around)], ...work];
}

function commandsOf(edges: readonly Edge[]): string {
  return `Commands: ${[...new Set(edges.map((edge) => edge.command))].join(', ')}`;
}
