import { describe, expect, test } from 'vitest';
import { keyOf, movesFrom } from '../../../machines/derive/configurations.ts';
import { graphOf } from '../../../machines/derive/graph.ts';
import { coveringPaths, simplePaths, type Path } from '../../../machines/derive/paths.ts';
import { permit } from './fixtures/permit.ts';

const graph = graphOf('permit', '0.1.0', permit);

/** Throws when a path takes a step that the chart does not have. */
function follow(path: Path): string[] {
  let at = graph.initial.enters;
  return path.map((step) => {
    const move = movesFrom(graph, at).find((each) => each.edge.command === step.command && each.edge.from === step.from && keyOf(each.after) === keyOf(step.after));
    if (!move) throw new Error(`${step.command} is not possible in ${keyOf(at)}`);
    at = move.after;
    return keyOf(at);
  });
}

describe('simple paths', () => {
  const paths = [...simplePaths(graph)];

  test('follow the chart from the start to an end without visiting a configuration twice', () => {
    for (const path of paths) {
      const visited = [keyOf(graph.initial.enters), ...follow(path)];
      expect(new Set(visited).size).toBe(visited.length);
      expect(movesFrom(graph, path.at(-1)?.after ?? [])).toEqual([]);
    }
  });

  test('reach every end', () => {
    expect(new Set(paths.map((path) => keyOf(path.at(-1)?.after ?? [])))).toEqual(new Set(['published', 'failed', 'withdrawn', 'terminated']));
  });
});

describe('covering paths', () => {
  test('take every edge of the chart at least once, those that stay included', () => {
    const taken = new Set(coveringPaths(graph).flatMap((path) => (follow(path), path.map((step) => `${step.from} ${step.command}`))));
    expect(taken).toEqual(new Set(graph.edges.map((edge) => `${edge.from} ${edge.command}`)));
  });

  test('all end the case', () => {
    expect(coveringPaths(graph).filter((path) => movesFrom(graph, path.at(-1)?.after ?? []).length > 0)).toEqual([]);
  });

  test('take both ways out of a parallel state', () => {
    const last = coveringPaths(graph).flat().filter((step) => step.command === 'pay').map((step) => keyOf(step.after));
    expect(last).toEqual(expect.arrayContaining(['published', 'failed']));
  });

  test('are no more than there are edges that end a case, for all others are taken on the way', () => {
    const arrivals = graph.edges.flatMap((edge) => [...edge.enters, ...edge.completes.map((next) => next.to)]);
    const ends = arrivals.filter((leaf) => movesFrom(graph, [leaf]).length === 0 && !leaf.includes('.'));
    expect(coveringPaths(graph).length).toBeLessThanOrEqual(ends.length);
  });
});
