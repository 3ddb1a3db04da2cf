import { describe, expect, test } from 'vitest';
import { graphOf } from '../../../machines/derive/graph.ts';
import { permissionsMarkdown, permissionsOf } from '../../../machines/derive/permissions.ts';
import { tableText, transitionRows, transitionsMarkdown } from '../../../machines/derive/transitions.ts';
import { lifecycles } from '../../../machines/lifecycles.ts';
import { articleWords } from '../../../machines/derive/words.ts';
import { permit } from './fixtures/permit.ts';
import { plainWords } from './fixtures/plain-words.ts';

const graph = graphOf('permit', '0.1.0', permit);

describe('the transition table', () => {
  test('has a row for each leaf and each command that the leaf or a state around it takes', () => {
    const rows = transitionRows(graph).filter((row) => row.from === 'declaration.draft');
    expect(rows.map((row) => row.command)).toEqual(['submit', 'withdraw', 'restart', 'terminate', 'hold', 'deadlinePassed']);
  });

  test('names once in Markdown what every leaf of a state takes', () => {
    const lines = transitionsMarkdown([graph], plainWords).split('\n');
    expect(lines.filter((line) => line.includes('`terminate`') && line.includes('(anywhere)'))).toHaveLength(2);
    expect(lines.filter((line) => line.includes('`submit`'))).toHaveLength(1);
  });

  test('changes its text when a rule changes and not otherwise', () => {
    const edges = graph.edges.map((edge) => (edge.command === 'pay' ? { ...edge, guards: [] } : edge));
    expect(tableText({ ...graph, edges })).not.toBe(tableText(graph));
    expect(tableText(graphOf('permit', '0.2.0', permit))).toBe(tableText(graph));
  });
});

describe('the permissions', () => {
  const permissions = permissionsOf(graph, plainWords);

  test('give a role what a transition gives it, with the rules that may refuse', () => {
    const pay = permissions.filter((each) => each.command === 'pay');
    expect(pay).toMatchObject([{ role: 'finance', leaf: 'work.money.payable', rules: [{ name: 'twoPeople' }] }]);
  });

  test('name no rule where a candidate without rules always takes the command', () => {
    expect(permissions.find((each) => each.command === 'decide')?.rules).toEqual([]);
  });

  test('give the public nothing that no transition gives it', () => {
    expect(permissions.filter((each) => each.role === 'public')).toEqual([]);
  });

  test('say in Markdown who may and why not', () => {
    const text = permissionsMarkdown([graph], plainWords);
    expect(text).toContain('twoPeople 不成立（第十二条（二））');
    expect(text).toMatch(/pay `pay` \|.*全区/);
  });
});

test.each([
  ['art. 12(2)', '第十二条（二）'],
  ['art. 20', '第二十条'],
  ['art. 8', '第八条'],
  ['policy A-08', '实施口径 A-08'],
])('%s is written %s', (article, words) => {
  expect(articleWords(article)).toBe(words);
});

test('every reference of the charts is written in Chinese', () => {
  const graphs = Object.entries(lifecycles).map(([name, { version, machine }]) => graphOf(name, version, machine));
  const references = graphs.flatMap(({ edges, leaves }) => [...edges, ...leaves].flatMap(({ meta }) => meta?.article ?? []));
  expect(references.length).toBeGreaterThan(100);
  expect(references.map(articleWords).filter((words) => /\bart\.|policy/.test(words))).toEqual([]);
});
