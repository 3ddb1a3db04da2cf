import { describe, expect, it } from 'vitest';
import type { AnyStateNode } from 'xstate';
import { commands } from '../../../machines/commands.ts';
import { commandArgs } from '../../../shared/contracts/commands.ts';
import { gx2025Draft } from '../../../shared/policy.ts';
import type { StateMeta, TransitionMeta } from '../../../machines/define.ts';
import { eventLabel, stateLabel } from '../../../machines/labels.zh.ts';
import { lifecycles } from '../../../machines/lifecycles.ts';
import { pathOf, rulesOn } from '../../../machines/position.ts';
import { fundStates, listStates, publicationStates, recoveryStates, scenarioStates } from '../../../machines/state-labels.zh.ts';

const nodesOf = (node: AnyStateNode): AnyStateNode[] => Object.values(node.states as Record<string, AnyStateNode>).flatMap((child) => [child, ...nodesOf(child)]);
const transitionsOf = (node: AnyStateNode) => [...node.transitions.entries()].filter(([type]) => !type.startsWith('xstate.')).flatMap(([type, list]) => list.map((each: { meta?: unknown }) => ({ type: type as string, each })));

describe.each(Object.entries(lifecycles))('the chart %s', (name, { machine, rules }) => {
  const root = machine.root as AnyStateNode;
  const nodes = nodesOf(root);

  it('has a Chinese label for every state', () => {
    expect(nodes.map(pathOf).filter((path) => !/[一-鿿]/.test(stateLabel(name, path)))).toEqual([]);
  });

  it('gives every leaf its article and a deadline that the policy knows', () => {
    for (const node of nodes.filter((each) => each.type === 'atomic')) {
      const meta = node.meta as StateMeta;
      expect(meta.article, pathOf(node)).toMatch(/^(art\. \d|policy |annex)/);
      if (meta.kind === 'waiting') expect(Object.keys(gx2025Draft.periods.value), pathOf(node)).toContain(meta.deadline);
    }
  });

  it('gives every transition roles, reach, an article, and rules that exist', () => {
    for (const { type, each } of [root, ...nodes].flatMap(transitionsOf)) {
      expect(Object.keys(commands)).toContain(type);
      const meta = each.meta as TransitionMeta;
      expect(meta?.roles.length, type).toBeGreaterThan(0);
      expect(meta.article).toMatch(/^(art\. \d|policy |annex)/);
      expect(rulesOn(each as never).filter((rule) => rules[rule] === undefined)).toEqual([]);
    }
  });

  it('lets people out of every waiting leaf', () => {
    for (const node of nodes.filter((each) => each.type === 'atomic')) {
      const out = transitionsOf(node).filter(({ each }) => (each as { target?: unknown }).target !== undefined);
      expect(out.length, pathOf(node)).toBeGreaterThan(0);
    }
  });
});

describe('labels', () => {
  it('name no state that no chart has', () => {
    const paths = (...names: (keyof typeof lifecycles)[]) => new Set(names.flatMap((name) => nodesOf(lifecycles[name].machine.root as AnyStateNode).map(pathOf)));
    const charts = [[scenarioStates, paths('governmentInvestment', 'socialInvestment')], [publicationStates, paths('publication')], [recoveryStates, paths('recovery')], [listStates, paths('scenarioList')], [fundStates, paths('fund')]] as const;
    for (const [labels, known] of charts) expect(Object.keys(labels).filter((path) => !known.has(path))).toEqual([]);
  });

  it('tell every command as an event', () => {
    expect(Object.keys(commands).map(eventLabel).filter((label) => !/^[已期][一-鿿I]/.test(label))).toEqual([]);
    expect(new Set(Object.values(commands).map((row) => row.event)).size).toBe(Object.keys(commands).length);
    expect(Object.keys(commandArgs).sort()).toEqual(Object.keys(commands).sort());
  });

  it('every command and every rule is used by a chart', () => {
    const all = Object.values(lifecycles).flatMap(({ machine }) => [machine.root as AnyStateNode, ...nodesOf(machine.root as AnyStateNode)]);
    const used = new Set(all.flatMap(transitionsOf).map(({ type }) => type));
    expect(Object.keys(commands).filter((command) => !used.has(command))).toEqual([]);
    const guards = new Set(all.flatMap((node) => [...node.transitions.values()].flat()).flatMap((each) => rulesOn(each as never)));
    expect(Object.values(lifecycles).flatMap(({ rules }) => Object.keys(rules)).filter((rule) => !guards.has(rule))).toEqual([]);
  });
});
