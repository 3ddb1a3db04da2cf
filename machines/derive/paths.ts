import type { Leaf } from '../../shared/step.ts';
import { exploration, keyOf, movesFrom, type Configuration, type Move } from './configurations.ts';
import type { Graph } from './graph.ts';

/** One step of a path as a walker takes it: the command is sent while `from` is active, and the case is in `after` then. */
export interface PathStep {
  readonly command: string;
  readonly from: Leaf;
  readonly after: Configuration;
  /** The rules that have to hold for this way. */
  readonly guards: readonly string[];
}

/** Steps from the start of the lifecycle. */
export type Path = readonly PathStep[];

/**
 * All simple paths from the start to an end: no configuration twice. Regions of a parallel state move one after the other in
 * chart order, because paths that differ only in how independent regions interleave prove nothing more; `coveringPaths` mixes them.
 */
export function* simplePaths(graph: Graph): Generator<Path> {
  yield* extend(graph, graph.initial.enters, [], new Set([keyOf(graph.initial.enters)]));
}

function* extend(graph: Graph, at: Configuration, path: Path, visited: ReadonlySet<string>): Generator<Path> {
  const moves = inOrder(graph, at).filter((move) => !visited.has(keyOf(move.after)));
  if (movesFrom(graph, at).length === 0) yield path;
  for (const move of moves) yield* extend(graph, move.after, [...path, stepOf(move)], new Set([...visited, keyOf(move.after)]));
}

/** Moves of the first region that can still move, one for each place they lead to; exits of the whole parallel state only from there. */
function inOrder(graph: Graph, at: Configuration): Move[] {
  const moves = movesFrom(graph, at).filter((move) => move.edge.kind !== 'stays');
  const first = at.find((leaf) => moves.some((move) => move.edge.from === leaf));
  const own = moves.filter((move) => move.edge.from === first);
  return [...new Map(own.map((move) => [keyOf(move.after), move])).values()];
}

/**
 * Paths from the start that together take every edge of the chart at least once, steps that leave no leaf included: greedy, always
 * on to the nearest edge not taken yet, and at last to the nearest end. Deterministic.
 */
export function coveringPaths(graph: Graph): Path[] {
  const explored = exploration(graph);
  const open = new Set([...explored.values()].flatMap((each) => each.moves.map(moveKey)));
  const paths: Path[] = [];
  for (let path = onePath(graph, explored, open); path.length > 0; path = onePath(graph, explored, open)) paths.push(path);
  return paths;
}

type Explored = ReturnType<typeof exploration>;

function onePath(graph: Graph, explored: Explored, open: Set<string>): Path {
  const path: Move[] = [];
  let at = graph.initial.enters;
  for (let way = nearest(explored, at, open); way.length > 0; way = nearest(explored, at, open)) {
    way.forEach((move) => open.delete(moveKey(move)));
    path.push(...way);
    at = way.at(-1)?.after ?? at;
  }
  return [...path, ...(path.length > 0 ? wayToEnd(explored, at) : [])].map(stepOf);
}

/** The shortest way from here that ends with an open move; moves that leave the way back open are tried before those that end the case. */
function nearest(explored: Explored, at: Configuration, open: ReadonlySet<string>): Move[] {
  return shortest(explored, at, (moves) => {
    const fresh = moves.filter((move) => open.has(moveKey(move)));
    return fresh.find((move) => !ends(explored, move)) ?? fresh[0];
  });
}

/** The shortest way from here to the end of the case; none when it has ended. */
function wayToEnd(explored: Explored, at: Configuration): Move[] {
  return shortest(explored, at, (moves) => moves.find((move) => ends(explored, move)));
}

/** Searches in breadth for the first configuration whose moves have one that is wanted; the way ends with it. */
function shortest(explored: Explored, from: Configuration, wanted: (moves: readonly Move[]) => Move | undefined): Move[] {
  const seen = new Set([keyOf(from)]);
  const queue: { at: Configuration; way: Move[] }[] = [{ at: from, way: [] }];
  for (let item = queue.shift(); item !== undefined; item = queue.shift()) {
    const { moves } = explored.get(keyOf(item.at)) ?? { moves: [] };
    const next = wanted(moves);
    if (next) return [...item.way, next];
    for (const move of moves.filter((each) => !seen.has(keyOf(each.after)))) {
      seen.add(keyOf(move.after));
      queue.push({ at: move.after, way: [...item.way, move] });
    }
  }
  return [];
}

function ends(explored: Explored, move: Move): boolean {
  return (explored.get(keyOf(move.after))?.moves ?? []).length === 0;
}

function moveKey({ edge, after }: Move): string {
  const completed = edge.completes.length > 0 && !after.includes(edge.to) ? keyOf(after) : '';
  return [edge.from, edge.command, edge.kind, edge.to, edge.guards.join('&'), completed].join('|');
}

function stepOf({ edge, after }: Move): PathStep {
  return { command: edge.command, from: edge.from, after, guards: edge.guards };
}
