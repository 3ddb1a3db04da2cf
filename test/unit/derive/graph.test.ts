import { setup } from 'xstate';
import { describe, expect, test } from 'vitest';
import { graphOf } from '../../../machines/derive/graph.ts';
import { claimedSteps, stepsOf } from './chart-walk.ts';
import { permit } from './fixtures/permit.ts';

const graph = graphOf('permit', '0.1.0', permit);
const edges = (from: string, command: string) => graph.edges.filter((edge) => edge.from === from && edge.command === command);
const atomic = (config: object) => setup({}).createMachine({ initial: 'a', states: { a: { meta: { kind: 'waiting' }, ...config } } });

describe('the graph of a chart', () => {
  test('has exactly the steps between configurations that XState itself takes', () => {
    expect([...stepsOf(permit, graph)].sort()).toEqual([...claimedSteps(graph)].sort());
  });

  test('follows the onDone of a compound state to all places where it can lead', () => {
    expect(edges('review.deciding', 'decide').map((edge) => edge.to)).toEqual(['published', 'work', 'notice']);
  });

  test('enters a parallel state as a whole, at the leaf a transition aims at', () => {
    expect(edges('notice', 'noticeGiven')).toMatchObject([{ to: 'work', enters: ['work.building.site.approval', 'work.money.payable'] }]);
  });

  test('says what follows when a region is the last one to end', () => {
    expect(edges('work.money.payable', 'pay')).toMatchObject([{ kind: 'moves', to: 'work.money.paid', completes: [{ to: 'published' }, { to: 'failed' }] }]);
  });

  test('abandons a parallel state by exits of the root, of the parallel state and of a leaf inside', () => {
    const exits = ['terminate', 'giveUp', 'foundBad'].flatMap((command) => edges('work.building.inspected', command));
    expect(exits.map((edge) => [edge.kind, edge.to, edge.source])).toEqual([
      ['abandons', 'terminated', ''],
      ['abandons', 'failed', 'work'],
      ['abandons', 'failed', 'work.building.inspected'],
    ]);
  });

  test('lets the inner handler of a command hide the outer one', () => {
    expect(edges('declaration.check', 'deadlinePassed').map((edge) => edge.source)).toEqual(['declaration.check']);
  });

  test('reads the rules of a guard by name', () => {
    expect(edges('declaration.draft', 'submit')).toMatchObject([{ guards: ['complete', 'onTime'] }]);
  });

  test.each([
    ['after', { after: { 1000: 'a' } }],
    ['invoke', { invoke: { src: 'x' } }],
    ['always', { always: { target: 'a' } }],
    ['meta', { meta: undefined }],
  ])('refuses a chart that uses %s against the contract', (word, config) => {
    expect(() => graphOf('x', '0.1.0', atomic(config))).toThrow(word);
  });
});
