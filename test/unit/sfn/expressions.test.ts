import { afterAll, describe, expect, it } from 'vitest';
import { machine, openBench } from '../../harness/step-functions.ts';

const bench = openBench();

afterAll(() => bench.service.close());

const evaluated = async (Output: unknown, input: unknown = {}) => bench.run(machine({ A: { Type: 'Pass', Output, End: true } }), input);

describe('a template', () => {
  it.each([
    ['constants stay as they are', { a: [1, null, 'a {% 1 %} b', '$states.input'] }, {}, { a: [1, null, 'a {% 1 %} b', '$states.input'] }],
    ['members named like the prototype are members', JSON.parse('{"__proto__":{"a":1},"constructor":"{% 2 %}"}'), {}, JSON.parse('{"__proto__":{"a":1},"constructor":2}')],
    ['a sequence of one arrives unwrapped', '{% $states.input.list[n > 1].n %}', { list: [{ n: 1 }, { n: 2 }] }, 2],
    ['and a longer one as a list', '{% $states.input.list.n %}', { list: [{ n: 1 }, { n: 2 }] }, [1, 2]],
    ['null is a value', '{% $states.input.x %}', { x: null }, null],
    ['negative zero is zero', '{% -0 %}', {}, 0],
  ])('%s', async (_name, template, input, output) => {
    const told = await evaluated(template, input);
    expect(JSON.stringify(told.output)).toBe(JSON.stringify(output));
  });

  it('that answers a function fails: it is no JSON', async () => {
    const told = await evaluated({ f: '{% function($x) { $x } %}' });
    expect(told).toMatchObject({ status: 'FAILED', error: 'States.QueryEvaluationError', cause: expect.stringContaining("specified for the field 'Output/f' returned an unsupported result type.") as unknown });
  });

  it('that throws says what and where', async () => {
    const told = await evaluated({ list: [1, '{% $randomSeeded(1) %}'] });
    expect(told.cause).toBe("An error occurred while executing the state 'A' (entered at the event id #2). The JSONata expression '$randomSeeded(1)' specified for the field 'Output/list[1]' threw an error during evaluation. T1006: Attempted to invoke a non-function");
  });

  it('sees the context as AWS has it', async () => {
    const told = await evaluated('{% $states.context %}', { n: 1 });
    expect(told.output).toEqual({
      Execution: { Id: told.arn, Input: { n: 1 }, StartTime: '2026-01-01T00:00:00.000Z', Name: told.arn.split(':').at(-1), RoleArn: 'arn:aws:iam::111111111111:role/machine', RedriveCount: 0 },
      StateMachine: { Id: expect.stringMatching(/:stateMachine:machine-\d+$/) as unknown, Name: expect.stringMatching(/^machine-\d+$/) as unknown },
      State: { Name: 'A', EnteredTime: '2026-01-01T00:00:00.000Z' },
    });
  });
});

describe('the functions of Step Functions', () => {
  it.each([
    ['$partition([0, 1, 2], 2)', [[0, 1], [2]]],
    ['$partition([0], 5)', [[0]]],
    ['$range(0, 9, 3)', [0, 3, 6, 9]],
    ['$range(3, 1, -1)', [3, 2, 1]],
    ["$hash('input data', 'SHA-1')", 'aaff4a450a104cd177d28d18d74485e8cae074b7'],
    ["$parse('{\"a\":[1]}')", { a: [1] }],
    ["$parse('-0')", 0],
    ['$random(7) = $random(7)', true],
    ['$random() < 1', true],
    ["$match($uuid(), /^[0-9a-f-]{36}$/).match != ''", true],
  ])('%s', async (expression, output) => {
    expect((await evaluated(`{% ${expression} %}`)).output).toEqual(output);
  });

  it.each(['$partition([1], 0)', '$range(1, 2, 0)', '$range(1, 5000, 1)', "$hash('x', 'CRC')", "$parse('{')", '$parse(1)', "$random('x')"])('%s fails the state', async (expression) => {
    expect(await evaluated(`{% ${expression} %}`)).toMatchObject({ status: 'FAILED', error: 'States.QueryEvaluationError' });
  });
});
