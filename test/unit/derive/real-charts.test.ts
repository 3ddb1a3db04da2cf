import { describe, expect, test } from 'vitest';
import { lifecycles } from '../../../machines/lifecycles.ts';
import { stateLabel } from '../../../machines/labels.zh.ts';
import { aloneEdges, aslEdges, graphEdges, regionEdges } from '../../../machines/derive/asl-edges.ts';
import { aslOf } from '../../../machines/derive/asl.ts';
import { graphOf } from '../../../machines/derive/graph.ts';
import { programmeWords } from '../../../machines/derive/label-words.ts';
import { coveringPaths } from '../../../machines/derive/paths.ts';
import { permissionsOf } from '../../../machines/derive/permissions.ts';
import { findingsOf, paymentCommands } from '../../../machines/derive/soundness.ts';
import { policyOf } from '../../../shared/policy.ts';
import { claimedSteps, stepsOf } from './chart-walk.ts';

const deadlines = new Set(Object.keys(policyOf('gx-2025-draft').periods.value));

describe.each(Object.entries(lifecycles))('the lifecycle %s', (name, { machine, version }) => {
  const graph = graphOf(name, version, machine);
  const definition = aslOf(graph);

  test('takes exactly the steps that its graph claims, by XState itself', () => {
    expect([...stepsOf(machine, graph)].sort()).toEqual([...claimedSteps(graph)].sort());
  });

  test('has a mirror with the same edges', () => {
    expect(aslEdges(definition)).toEqual(graphEdges(graph));
  });

  test('has the same edges where a leg begins with one open region', () => {
    expect(aloneEdges(definition)).toEqual(regionEdges(graph));
  });

  test('has a mirror within the limits of Step Functions', () => {
    expect(JSON.stringify(definition).length).toBeLessThan(1_000_000);
  });

  test('has no dead end, no endless wait, no leaf out of reach, no payment twice, no forged clock', () => {
    expect(findingsOf(graph, { deadlines, payments: paymentCommands })).toEqual([]);
  });

  test('has a Chinese name for every state', () => {
    const paths = [...graph.leaves, ...graph.groups].map((each) => each.path);
    expect(paths.filter((path) => stateLabel(name, path) === path)).toEqual([]);
  });

  test('gives every command a role, a reach, an article and a sentence for each refusal', () => {
    const permissions = permissionsOf(graph, programmeWords());
    expect(permissions.filter((each) => each.article === '' || each.rules.some((rule) => rule.sentence === ''))).toEqual([]);
    expect(new Set(permissions.map((each) => `${each.leaf} ${each.command}`))).toEqual(new Set(graph.edges.map((edge) => `${edge.from} ${edge.command}`)));
  });

  test('is covered by few paths that take every edge', () => {
    const taken = new Set(coveringPaths(graph).flatMap((path) => path.map((step) => `${step.from} ${step.command}`)));
    expect(taken).toEqual(new Set(graph.edges.map((edge) => `${edge.from} ${edge.command}`)));
  });
});
