import jsonata from 'jsonata';
import { describe, expect, test } from 'vitest';
import { aloneEdges, aslEdges, graphEdges, regionEdges } from '../../../machines/derive/asl-edges.ts';
import { aslOf } from '../../../machines/derive/asl.ts';
import { graphOf } from '../../../machines/derive/graph.ts';
import { permit } from './fixtures/permit.ts';

const graph = graphOf('permit', '0.1.0', permit);
const definition = aslOf(graph);
const states = definition.States;

/** Every state of the definition, branches and map processors included. */
function allStates(list: object): [string, Record<string, unknown>][] {
  return Object.entries(list).flatMap(([name, state]) => {
    const inner = [...((state.Branches ?? []) as { States: object }[]), ...(state.ItemProcessor ? [state.ItemProcessor] : [])];
    return [[name, state] as [string, Record<string, unknown>], ...inner.flatMap((each) => allStates(each.States))];
  });
}

/** Evaluates a `{% … %}` string as Step Functions would, `$parse` included. */
async function evaluate(text: string, values: object): Promise<unknown> {
  const compiled = jsonata(text.slice(2, -2));
  compiled.registerFunction('parse', (json: string) => JSON.parse(json));
  return JSON.parse(JSON.stringify(await compiled.evaluate({}, values)));
}

describe('the mirror of a chart in ASL', () => {
  test('has the edges of the chart, no more and no fewer', () => {
    expect(aslEdges(definition)).toEqual(graphEdges(graph));
  });

  test('is found out when an edge is missing, added, or sent elsewhere', () => {
    const broken = (choices: object[]) => ({ ...definition, States: { ...states, 'notice.next': { Type: 'Choice', Choices: choices } } }) as typeof definition;
    const rule = (to: string, next: string) => ({ Condition: `{% $states.input.to = '${to}' %}`, Next: next });
    expect(aslEdges(broken([rule('work', 'work')]))).not.toEqual(graphEdges(graph));
    expect(aslEdges(broken([rule('work', 'work'), rule('terminated', 'terminated'), rule('failed', 'failed')]))).not.toEqual(graphEdges(graph));
    expect(() => aslEdges(broken([rule('work', 'terminated')]))).toThrow('leads to terminated');
  });

  test('has the edges of each region again, for a leg that begins with no other region open', () => {
    expect(aloneEdges(definition)).toEqual(regionEdges(graph));
  });

  test('is found out when such a leg would go elsewhere, miss an edge, or not hear that its case has left', () => {
    const name = 'work.money.asked.alone';
    const broken = (more: object) => ({ ...definition, States: { ...states, ...more } }) as typeof definition;
    expect(() => aloneEdges(broken({ [`${name}.next`]: { Type: 'Choice', Choices: [{ Condition: "{% $states.input.to = 'work.money.payable' %}", Next: 'published' }] } }))).toThrow('leads to published');
    expect(aloneEdges(broken({ [`${name}.next`]: { Type: 'Choice', Choices: [] } }))).not.toEqual(regionEdges(graph));
    expect(() => aloneEdges(broken({ [name]: { ...states[name], Catch: [] } }))).toThrow('does not catch');
  });

  test('gives every Task a time-out and every Choice a Default', () => {
    for (const [name, state] of allStates(states)) {
      if (state['Type'] === 'Task') expect([name, state['TimeoutSeconds']]).not.toContain(undefined);
      if (state['Type'] === 'Choice') expect([name, state['Default']]).not.toContain(undefined);
    }
  });

  test('names its states once, in at most 80 characters of ASCII', () => {
    const names = allStates(states).map(([name]) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => !/^[\x21-\x7e]{1,80}$/.test(name))).toEqual([]);
  });

  test('leads every Next, Default, Catch and Choice to a state of the same scope', () => {
    const dangling = (list: Record<string, Record<string, unknown>>): string[] =>
      Object.values(list).flatMap((state) => {
        const rules = [...((state['Choices'] ?? []) as { Next: string }[]), ...((state['Catch'] ?? []) as { Next: string }[])];
        const targets = [state['Next'], state['Default'], ...rules.map((rule) => rule.Next)].filter((target) => target !== undefined) as string[];
        const branches = (state['Branches'] ?? []) as { StartAt: string; States: typeof list }[];
        return [...targets.filter((target) => !(target in list)), ...branches.flatMap((branch) => [...(branch.StartAt in branch.States ? [] : [branch.StartAt]), ...dangling(branch.States)])];
      });
    expect(dangling(states as never)).toEqual([]);
  });

  test('leaves a parallel state by the branch that spoke last, and by the one that says what follows', async () => {
    const output = states['work']?.['Output'] as string;
    const answer = (...result: object[]) => evaluate(output, { states: { result } });
    expect(await answer({ n: 7, to: 'a' }, { n: 9, to: 'b', then: 'published' })).toMatchObject({ n: 9, then: 'published' });
    expect(await answer({ n: 9, to: 'a' }, { n: 9, to: 'b', then: 'failed' })).toMatchObject({ n: 9, then: 'failed' });
    expect(await answer({ n: 9, to: 'a', then: 'failed' }, { n: 3, to: 'b' })).toMatchObject({ n: 9, then: 'failed' });
  });

  test('reads the Step of an exit from the cause, sent directly or thrown by a function', async () => {
    const [left] = (states['work']?.['Catch'] ?? []) as unknown as { Output: string }[];
    const step = JSON.stringify({ to: 'failed', n: 4 });
    const read = (Cause: string) => evaluate(left?.Output ?? '', { states: { errorOutput: { Error: 'Lifecycle.Left', Cause } } });
    expect(await read(step)).toEqual({ to: 'failed', n: 4 });
    expect(await read(JSON.stringify({ errorType: 'Lifecycle.Left', errorMessage: step }))).toEqual({ to: 'failed', n: 4 });
  });

  test('routes a new leg to the parallel state that several of its leaves are in', async () => {
    const rules = states['Router']?.['Choices'] as unknown as { Condition: string; Next: string }[];
    const at = ['work.building.inspected', 'work.money.asked'];
    const hits = await Promise.all(rules.map(async (rule) => ((await evaluate(rule.Condition, { states: { input: { at } } })) === true ? [rule.Next] : [])));
    expect(hits.flat()).toEqual(['work']);
  });

  test('routes a new leg straight to a leaf when the other regions are over, and keeps its case on every way', async () => {
    const rules = states['Router']?.['Choices'] as unknown as { Condition: string; Next: string; Assign: object }[];
    const ways = async (...at: string[]) => {
      for (const rule of rules) if ((await evaluate(rule.Condition, { states: { input: { at } } })) === true) return rule.Next;
      return undefined;
    };
    expect(await ways('work.building.built', 'work.money.asked')).toBe('work.money.asked.alone');
    expect(await ways('work.building.inspected', 'work.money.paid')).toBe('work.building.inspected.alone');
    expect(await ways('work.building.inspected', 'work.money.asked')).toBe('work');
    expect(await ways('declaration.draft')).toBe('declaration.draft');
    expect(rules.filter(({ Assign }) => !('case' in Assign && 'leg' in Assign))).toEqual([]);
  });

  test('opens a batch only where a schedule starts the execution', () => {
    expect(definition.StartAt).toBe('Router');
    expect(aslOf({ ...graph, lifecycle: 'publication' }).StartAt).toBe('Begin');
  });

  test('reads the list of a map under the name of the case', async () => {
    const reader = states['notice']?.['ItemReader'] as unknown as { Arguments: { Key: string } };
    expect(await evaluate(reader.Arguments.Key, { case: 'B-2025-H1' })).toBe('batches/B-2025-H1/list.json');
  });
});
