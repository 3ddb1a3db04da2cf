import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openBench } from '../../harness/step-functions.ts';

interface Flow {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, object>>;
}

/** Flows of Pass, Choice, Wait, Fail and Parallel states that only lead forward, so that each must come to an end. */
function flowOf(depth: number, prefix: string): fc.Arbitrary<Flow> {
  const kinds = depth > 0 ? ['pass', 'choice', 'wait', 'fail', 'parallel', 'map'] : ['pass', 'choice', 'wait'];
  return fc.array(fc.record({ kind: fc.constantFrom(...kinds), n: fc.nat(9), inner: depth > 0 ? fc.array(flowOf(depth - 1, ''), { minLength: 1, maxLength: 3 }) : fc.constant([]) }), { minLength: 1, maxLength: 4 }).map((steps) => {
    const name = (index: number) => `${prefix}S${index}`;
    const States = Object.fromEntries(steps.map((step, index) => [name(index), stateOf(step, index, steps.length, name)]));
    return { StartAt: name(0), States };
  });
}

interface Step {
  readonly kind: string;
  readonly n: number;
  readonly inner: readonly Flow[];
}

function stateOf({ kind, n, inner }: Step, index: number, length: number, name: (index: number) => string): object {
  const leave = index + 1 < length ? { Next: name(index + 1) } : { End: true };
  const target = name(Math.min(index + 1, length - 1));
  if (kind === 'choice' && index + 1 < length) return { Type: 'Choice', Choices: [{ Condition: `{% $states.input.n > ${n} %}`, Next: target }], Default: target };
  if (kind === 'wait') return { Type: 'Wait', Seconds: n, ...leave };
  if (kind === 'fail') return { Type: 'Pass', Output: n > 7 ? '{% $undefinedThing %}' : { n }, ...leave };
  if (kind === 'parallel') return { Type: 'Parallel', Branches: inner, ...(n % 2 ? { Catch: [{ ErrorEquals: ['States.ALL'], Next: target }] } : {}), ...(index + 1 < length || n % 2 === 0 ? leave : { End: true }), Output: { n } };
  if (kind === 'map') return { Type: 'Map', Items: Array.from({ length: n % 4 }, (_, item) => ({ n: item })), MaxConcurrency: n % 3, ItemProcessor: inner[0], ...leave, Output: { n } };
  return { Type: 'Pass', Output: { n }, ...leave };
}

/** The names of states and variables are unique in a machine: each gets a number. */
function renamed(flow: Flow, count = { value: 0 }): Flow {
  const names = new Map(Object.keys(flow.States).map((name) => [name, `${name}#${count.value++}`]));
  const of = (name: unknown) => names.get(String(name)) ?? String(name);
  const States = Object.fromEntries(
    Object.entries(flow.States).map(([name, state]) => {
      const { Next, Default, Choices, Catch, Branches, ItemProcessor, ...rest } = state as Record<string, unknown>;
      const targets = (list: unknown) => (list as { Next: string }[]).map((entry) => ({ ...entry, Next: of(entry.Next), ...('Condition' in entry ? { Assign: { [`v${count.value++}`]: 1 } } : {}) }));
      return [of(name), {
        ...rest,
        ...(Next === undefined ? {} : { Next: of(Next) }),
        ...(Default === undefined ? {} : { Default: of(Default) }),
        ...(Choices === undefined ? {} : { Choices: targets(Choices) }),
        // A state may not catch into itself for ever.
        ...(Catch === undefined || (Catch as { Next: string }[])[0]?.Next === name ? {} : { Catch: targets(Catch) }),
        ...(Branches === undefined ? {} : { Branches: (Branches as Flow[]).map((branch) => renamed(branch, count)) }),
        ...(ItemProcessor === undefined ? {} : { ItemProcessor: renamed(ItemProcessor as Flow, count) }),
      }];
    }),
  );
  return { StartAt: of(flow.StartAt), States };
}

describe('any flow that leads forward', () => {
  it('comes to an end, with contiguous events whose predecessors come before them', async () => {
    const bench = openBench();
    await fc.assert(
      fc.asyncProperty(flowOf(2, ''), fc.nat(9), async (flow, n) => {
        const told = await bench.run(renamed(flow), { n });
        expect(told.status).toMatch(/^(SUCCEEDED|FAILED)$/);
        expect(told.events.map(({ id }) => id)).toEqual(told.events.map((_, index) => index + 1));
        expect(told.events.every(({ id, previousEventId }) => previousEventId < id)).toBe(true);
        expect(told.types.at(-1)).toBe(told.status === 'SUCCEEDED' ? 'ExecutionSucceeded' : 'ExecutionFailed');
        const count = (suffix: string) => told.types.filter((type) => type.endsWith(suffix)).length;
        if (!told.types.includes('EvaluationFailed')) expect(count('StateEntered')).toBe(count('StateExited'));
      }),
      { numRuns: 150 },
    );
    await bench.service.close();
  });
});
