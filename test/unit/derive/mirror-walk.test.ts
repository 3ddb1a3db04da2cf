import { describe, expect, test } from 'vitest';
import { lifecycles } from '../../../machines/lifecycles.ts';
import { graphOf } from '../../../machines/derive/graph.ts';
import { exploration, movesFrom, type Configuration, type Move } from '../../../machines/derive/configurations.ts';
import type { Graph } from '../../../machines/derive/graph.ts';
import { coveringPaths, type PathStep } from '../../../machines/derive/paths.ts';
import { openBench } from '../../harness/step-functions.ts';
import { filledDefinition, walkMirror } from './mirror-walk.ts';

describe.each(Object.entries(lifecycles))('the mirror of %s', (name, { machine, version }) => {
  const graph = graphOf(name, version, machine);

  test('waits in the leaves of the chart after each step of paths that take every edge', async () => {
    for (const path of coveringPaths(graph)) {
      const { sights, status, error } = await walkMirror(graph, path);
      expect(sights.filter((sight) => sight.path !== sight.waiting)).toEqual([]);
      expect([path.map((step) => step.command), status, error]).toEqual([path.map((step) => step.command), 'SUCCEEDED', undefined]);
    }
  }, 120_000);

  test('waits in the leaves of the chart after each step of a leg that begins with one open region', async () => {
    for (const from of withOneOpenRegion(graph)) {
      for (const move of movesFrom(graph, from)) {
        const path = untilItWaits(graph, move);
        const { sights, status, error } = await walkMirror(graph, path, from);
        const over = path.at(-1)?.after.every((leaf) => kindOf(graph, leaf) === 'final');
        expect([from, path.map((step) => step.command), sights.filter((sight) => sight.path !== sight.waiting), error, status]).toEqual([from, path.map((step) => step.command), [], undefined, over ? 'SUCCEEDED' : 'RUNNING']);
      }
    }
  }, 120_000);
});

function withOneOpenRegion(graph: Graph): Configuration[] {
  const reached = [...exploration(graph).values()].map(({ configuration }) => configuration);
  return reached.filter((at) => at.length > 1 && at.filter((leaf) => kindOf(graph, leaf) !== 'final').length === 1);
}

/** A move, and what the work that it leads to does next. */
function untilItWaits(graph: Graph, { edge, after }: Move): PathStep[] {
  const onward = movesFrom(graph, after).find((move) => move.edge.kind === 'moves' && kindOf(graph, move.edge.from) === 'working');
  return [{ ...edge, after }, ...(onward ? untilItWaits(graph, onward) : [])];
}

function kindOf(graph: Graph, path: string): string | undefined {
  return graph.leaves.find((leaf) => leaf.path === path)?.kind;
}

describe('a leg of governmentInvestment', () => {
  const { machine, version } = lifecycles.governmentInvestment;
  const graph = graphOf('governmentInvestment', version, machine);
  const at = ['construction.project.building', 'construction.funding.advancePaid', 'construction.irs.registering'];
  const input = { case: 'c', leg: 2, n: 40, at, waits: Object.fromEntries(at.map((leaf) => [leaf, 86_400])) };

  test('begins inside the parallel state, at the leaves of the case', async () => {
    const asked: unknown[] = [];
    const bench = openBench({ await: (payload) => void asked.push((payload as { leaf: string }).leaf) });
    await bench.start(await bench.create(filledDefinition(graph)), input);
    await bench.service.idle();
    expect(asked.sort()).toEqual(['construction.irs.registering', 'construction.project.building']);
    bench.service.close();
  });

  test('ends well when a branch rolls over to the next leg', async () => {
    const tokens: string[] = [];
    const bench = openBench({ await: (payload) => void tokens.push((payload as { token: string }).token) });
    const arn = await bench.start(await bench.create(filledDefinition(graph)), input);
    await bench.service.idle();
    await bench.call('SendTaskSuccess', { taskToken: tokens[0], output: JSON.stringify({ ...input, to: 'NextLeg' }) });
    await bench.service.idle();
    expect((await bench.tell(arn)).status).toBe('SUCCEEDED');
    bench.service.close();
  });

  test('begins straight at the leaf of the only open region, and ends there when it rolls over', async () => {
    const alone = { ...input, at: ['construction.project.building', 'construction.funding.advancePaid', 'construction.irs.registered'] };
    const tokens: string[] = [];
    const bench = openBench({ await: (payload) => void tokens.push((payload as { token: string }).token) });
    const arn = await bench.start(await bench.create(filledDefinition(graph)), alone);
    await bench.service.idle();
    await bench.call('SendTaskSuccess', { taskToken: tokens[0], output: JSON.stringify({ ...alone, to: 'NextLeg' }) });
    await bench.service.idle();
    const { status, events } = await bench.tell(arn);
    expect(status).toBe('SUCCEEDED');
    expect(events.flatMap(({ stateEnteredEventDetails: entered }) => (entered as { name: string } | undefined)?.name ?? [])).toEqual(['Router', 'construction.project.building.alone', 'construction.project.building.alone.next', 'NextLeg']);
    bench.service.close();
  });

  test('fails as MirrorDivergence on an answer that the chart cannot give', async () => {
    const tokens: string[] = [];
    const bench = openBench({ await: (payload) => void tokens.push((payload as { token: string }).token) });
    const arn = await bench.start(await bench.create(filledDefinition(graph)), input);
    await bench.service.idle();
    await bench.call('SendTaskSuccess', { taskToken: tokens[0], output: JSON.stringify({ ...input, to: 'inCaseLibrary' }) });
    await bench.service.idle();
    expect(await bench.tell(arn)).toMatchObject({ status: 'FAILED', error: 'MirrorDivergence' });
    bench.service.close();
  });

  test('asks for the deadline when a wait is over, and waits on at the same leaf when told so', async () => {
    const waited: string[] = [];
    const passed: unknown[] = [];
    const bench = openBench({
      await: (payload) => void waited.push((payload as { leaf: string }).leaf),
      pass: (payload) => {
        passed.push(payload);
        return { to: 'declaration.draft', n: 2, at: ['declaration.draft'], waits: { 'declaration.draft': 9_000_000 } };
      },
    });
    const draft = { case: 'c', leg: 1, n: 1, at: ['declaration.draft'], waits: { 'declaration.draft': 60 } };
    await bench.start(await bench.create(filledDefinition(graph)), draft);
    await bench.passTime(bench.now() + 61_000);
    expect(passed).toMatchObject([{ case: 'c', leg: 1, leaf: 'declaration.draft', n: 1 }]);
    expect(waited).toEqual(['declaration.draft', 'declaration.draft']);
    bench.service.close();
  });
});
