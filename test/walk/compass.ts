import { graphOf, type Graph } from '../../machines/derive/graph.ts';
import type { LifecycleName } from '../../machines/decision.ts';
import { lifecycles } from '../../machines/lifecycles.ts';

/** Whether a command leads nearer to a goal, further away (or out), or neither. */
export type Bearing = 'nearer' | 'away' | 'aside';

const graphs = new Map<LifecycleName, Graph>();
const distances = new Map<string, ReadonlyMap<string, number>>();

/** Which way a command takes a case that is in these leaves, seen from a goal leaf. */
export function bearing(lifecycle: LifecycleName, goal: string, leaves: readonly string[], command: string): Bearing {
  const from = distancesTo(lifecycle, goal);
  const edges = graphFor(lifecycle).edges.filter((edge) => edge.command === command && leaves.includes(edge.from) && edge.kind !== 'stays');
  if (edges.length === 0) return 'aside';
  const best = Math.min(...edges.map((edge) => Math.min(...edge.enters.map((leaf) => from.get(leaf) ?? Infinity), ...edge.completes.flatMap(({ enters }) => enters).map((leaf) => from.get(leaf) ?? Infinity))));
  const here = Math.min(...edges.map((edge) => from.get(edge.from) ?? Infinity));
  if (best === Infinity) return 'away';
  return best < here ? 'nearer' : 'aside';
}

function graphFor(lifecycle: LifecycleName): Graph {
  const graph = graphs.get(lifecycle) ?? graphOf(lifecycle, lifecycles[lifecycle].version, lifecycles[lifecycle].machine);
  graphs.set(lifecycle, graph);
  return graph;
}

/** Steps from each leaf to the goal, backwards from it; regions are taken one by one. */
function distancesTo(lifecycle: LifecycleName, goal: string): ReadonlyMap<string, number> {
  const key = `${lifecycle} ${goal}`;
  const known = distances.get(key);
  if (known) return known;
  const found = new Map([[goal, 0]]);
  const queue = [goal];
  for (let leaf = queue.shift(); leaf !== undefined; leaf = queue.shift()) {
    const next = (found.get(leaf) ?? 0) + 1;
    for (const edge of graphFor(lifecycle).edges) {
      const leads = [...edge.enters, ...edge.completes.flatMap(({ enters }) => enters)].includes(leaf);
      if (!leads || edge.kind === 'stays' || found.has(edge.from)) continue;
      found.set(edge.from, next);
      queue.push(edge.from);
    }
  }
  distances.set(key, found);
  return found;
}
