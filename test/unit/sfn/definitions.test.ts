import { afterAll, describe, expect, it } from 'vitest';
import { machine, openBench, roleArn } from '../../harness/step-functions.ts';

const bench = openBench();

afterAll(() => bench.service.close());

const pass = (more: object = {}) => ({ Type: 'Pass', End: true, ...more });
const task = (more: object = {}) => ({ Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Arguments: { FunctionName: 'f' }, End: true, ...more });
const map = (more: object = {}) => ({ Type: 'Map', ItemProcessor: machine({ I: pass() }), End: true, ...more });

/** Definitions that are refused: what is wrong, and the message with its place. */
const refused: Readonly<Record<string, readonly [definition: unknown, message: string]>> = {
  'without States': [{ QueryLanguage: 'JSONata', StartAt: 'A' }, 'SCHEMA_VALIDATION_FAILED: These fields are required: [States] at /'],
  'that is JSONPath by default': [{ StartAt: 'A', States: { A: pass() } }, "The field 'QueryLanguage' must be JSONata: only JSONata is run here, not JSONPath (which is the default) at /QueryLanguage"],
  'that leaves one state with data to JSONPath': [
    { StartAt: 'A', States: { A: pass({ QueryLanguage: 'JSONata', End: undefined, Next: 'B' }), B: pass({ Output: 1 }) } },
    "The field 'QueryLanguage' must be JSONata: only JSONata is run here, and JSONPath is the default at /States/B/QueryLanguage",
  ],
  'that goes back to JSONPath in one state': [machine({ A: pass({ QueryLanguage: 'JSONPath' }) }, { QueryLanguage: 'JSONata' }), "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine at /States/A"],
  'with a field of JSONPath': [machine({ A: pass({ ResultPath: '$.x' }) }), "The field 'ResultPath' belongs to the query language JSONPath; only JSONata is run here at /States/A/ResultPath"],
  'with an unknown field': [machine({ A: pass({ Sleep: 1 }) }), "The field 'Sleep' is not supported in a Pass state at /States/A/Sleep"],
  'with an unknown field at the top': [machine({ A: pass() }, { Extra: 1 }), "The field 'Extra' is not supported at /Extra"],
  'with an unknown kind of state': [machine({ A: { Type: 'Sleep' } }), "The state type 'Sleep' is not supported at /States/A"],
  'with a Next to nowhere': [machine({ A: pass({ End: undefined, Next: 'B' }) }), "MISSING_TRANSITION_TARGET: Missing 'Next' target: B at /States/A/Next"],
  'with a StartAt to nowhere': [{ StartAt: 'X', States: { A: pass() } }, "MISSING_TRANSITION_TARGET: Missing 'Next' target: X at /StartAt"],
  'with a state that nothing leads to': [machine({ A: pass(), B: pass() }), 'MISSING_TRANSITION_TARGET: State "B" is not reachable. at /States/B'],
  'with a state that leads nowhere': [machine({ A: { Type: 'Pass' } }), "One of these fields is required: ['Next', 'End'] at /States/A"],
  'with the same name twice': [machine({ P: { Type: 'Parallel', End: true, Branches: [machine({ A: pass() }), machine({ A: pass() })] } }), 'DUPLICATE_STATE_NAME: Duplicate State name: A'],
  'with an expression that does not parse': [machine({ A: pass({ Output: { x: '{% 1 + %}' } }) }), 'cannot be parsed: S0207'],
  'with $eval': [machine({ A: pass({ Output: "{% $eval('1') %}" }) }), 'the function $eval is not supported at /States/A/Output'],
  'with the bare context at the top level': [machine({ A: pass({ Output: '{% $.x %}' }) }), '$ at the top level is not supported; use $states.input at /States/A/Output'],
  'with a bare field at the top level': [machine({ A: pass({ Output: '{% total * 2 %}' }) }), "unqualified field name 'total' at the top level"],
  'with an expression that is not closed': [machine({ A: pass({ Output: ['{% 1'] }) }), "The JSONata expression '{% 1' must begin with '{%' and end with '%}', without white space around them at /States/A/Output[0]"],
  'with white space around an expression': [machine({ A: pass({ Assign: { x: ' {% 1 %}' } }) }), "without white space around them at /States/A/Assign/x"],
  'with a result in a state that has none': [machine({ A: pass({ Output: '{% $states.result.x %}' }) }), '$states.result is not accessible in this field at /States/A/Output'],
  'with a result before it is there': [machine({ A: task({ Arguments: { FunctionName: "{% $exists($states.result) ? 'f' : 'g' %}" } }) }), '$states.result is not accessible in this field at /States/A/Arguments/FunctionName'],
  'with an error outside a catcher': [machine({ A: task({ Output: '{% $states.errorOutput %}' }) }), '$states.errorOutput is not accessible in this field at /States/A/Output'],
  'with a result in a catcher': [machine({ A: task({ Catch: [{ ErrorEquals: ['X'], Next: 'B', Assign: { x: '{% $states.result %}' } }] }), B: pass() }), '$states.result is not accessible in this field at /States/A/Catch[0]/Assign/x'],
  'with a variable of an outer scope assigned inside': [
    machine({ A: pass({ End: undefined, Next: 'P', Assign: { x: 1 } }), P: { Type: 'Parallel', End: true, Branches: [machine({ B: pass({ Assign: { x: 2 } }) })] } }),
    "The variable 'x' is assigned in an outer scope and cannot be assigned here as well at /States/P/Branches[0]/States/B/Assign/x",
  ],
  'with a resource that is not done here': [machine({ A: task({ Resource: 'arn:aws:states:::ecs:runTask.sync' }) }), "the resource 'ecs:runTask.sync' is not supported here at /States/A/Resource"],
  'with an activity': [machine({ A: task({ Resource: 'arn:aws:states:us-east-1:111111111111:activity:x' }) }), 'is not supported'],
  'with credentials': [machine({ A: task({ Credentials: { RoleArn: 'x' } }) }), "The field 'Credentials' is not supported in a Task state at /States/A/Credentials"],
  'with a heartbeat longer than the time-out': [machine({ A: task({ TimeoutSeconds: 5, HeartbeatSeconds: 5 }) }), "'HeartbeatSeconds' must be smaller than 'TimeoutSeconds'"],
  'with a broken retrier': [machine({ A: task({ Retry: [{ ErrorEquals: ['States.ALL', 'X'], BackoffRate: 0.5 }] }) }), "The field 'BackoffRate' must be a number of at least 1 at /States/A/Retry[0]/BackoffRate"],
  'with States.ALL in company': [machine({ A: task({ Retry: [{ ErrorEquals: ['States.ALL', 'X'] }] }) }), 'States.ALL must appear alone at /States/A/Retry[0]/ErrorEquals'],
  'with States.ALL before the last': [machine({ A: task({ Catch: [{ ErrorEquals: ['States.ALL'], Next: 'B' }, { ErrorEquals: ['X'], Next: 'B' }] }), B: pass() }), 'States.ALL must appear in the last entry at /States/A/Catch[0]/ErrorEquals'],
  'with a Wait for two things': [machine({ A: { Type: 'Wait', Seconds: 1, Timestamp: '2026-01-01T00:00:00Z', End: true } }), "Exactly one of these fields is required: ['Seconds', 'Timestamp'] at /States/A"],
  'with a Wait for an instant without an offset': [machine({ A: { Type: 'Wait', Timestamp: '2016-12-05T21:29:29', End: true } }), 'SCHEMA_VALIDATION_FAILED: String does not match RFC3339 timestamp at /States/A/Timestamp'],
  'with a Choice without rules': [machine({ A: { Type: 'Choice', Choices: [], Default: 'B' }, B: pass() }), "The field 'Choices' must be a list with at least one rule"],
  'with a condition that is no expression': [machine({ A: { Type: 'Choice', Choices: [{ Condition: 'x', Next: 'B' }] }, B: pass() }), "The field 'Condition' must be true, false or a JSONata expression"],
  'with a reader in an inline Map': [machine({ A: map({ ItemReader: { Resource: 'arn:aws:states:::s3:getObject' } }) }), "The field 'ItemReader' needs the mode DISTRIBUTED at /States/A/ItemReader"],
  'with a label that AWS does not take': [machine({ A: map({ Label: 'a b', ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' }, ...machine({ I: pass() }) } }) }), "Label contains invalid character: ' '"],
};

const create = (definition: unknown) => bench.call('CreateStateMachine', { name: 'any', definition: JSON.stringify(definition), roleArn });
const withLanguage = (definition: unknown) => ({ QueryLanguage: 'JSONata', ...(definition as object) });

describe('CreateStateMachine refuses a definition', () => {
  it.each(Object.entries(refused))('%s', async (name, [definition, message]) => {
    const given = name.includes('JSONPath by default') || name.includes('to JSONPath') ? definition : withLanguage(definition);
    await expect(create(given)).rejects.toMatchObject({ name: 'InvalidDefinition', message: expect.stringContaining(message) as unknown });
  });

  it('and stores nothing', async () => {
    expect(await bench.call('ListStateMachines', {})).toEqual({ stateMachines: [] });
  });
});

describe('a definition is taken', () => {
  it.each([
    ['when each state says for itself that it is JSONata', { StartAt: 'A', States: { A: pass({ QueryLanguage: 'JSONata' }) } }],
    ['when those that do not say it handle no data', { StartAt: 'A', States: { A: pass({ QueryLanguage: 'JSONata', End: undefined, Next: 'B' }), B: pass({ End: undefined, Next: 'C' }), C: { Type: 'Fail', Cause: 'literal' } } }],
    ['with the context inside a predicate and a lambda of its own', withLanguage(machine({ A: pass({ Output: '{% $states.input.list[$.n > 1].$map([1], function($v) { $v }) %}' }) }))],
    ['with a local variable bound in a block', withLanguage(machine({ A: pass({ Output: '{% ($a := 1; $a + 1) %}' }) }))],
    ['with the result of a task, the error of a catcher, and a variable that hides $states', withLanguage(machine({ A: task({ Assign: { x: '{% $states.result.y %}' }, Output: '{% ($states := { "result": 1 }; $states.result) %}', Catch: [{ ErrorEquals: ['X'], Next: 'B', Output: '{% $states.errorOutput %}' }] }), B: pass() }))],
    ['with Arguments whose names look like JSONPath', withLanguage(machine({ A: task({ Arguments: { 'x.$': '$.y' } }) }))],
  ])('%s', async (_name, definition) => {
    const { result, diagnostics } = await bench.call<{ result: string; diagnostics: unknown[] }>('ValidateStateMachineDefinition', { definition: JSON.stringify(definition) });
    expect({ result, diagnostics }).toEqual({ result: 'OK', diagnostics: [] });
  });
});

describe('ValidateStateMachineDefinition', () => {
  it('answers as recorded on AWS for texts that are no definition', async () => {
    const diagnose = async (definition: string) => (await bench.call<{ diagnostics: unknown[]; result: string }>('ValidateStateMachineDefinition', { definition })).diagnostics;
    expect(await diagnose('')).toEqual([{ severity: 'ERROR', code: 'SCHEMA_VALIDATION_FAILED', message: 'Definition must be a valid JSON object' }]);
    expect(await diagnose('{}')).toEqual([{ severity: 'ERROR', code: 'SCHEMA_VALIDATION_FAILED', message: 'These fields are required: [States, StartAt]', location: '/' }]);
    expect(await diagnose('not a definition')).toEqual([
      {
        severity: 'ERROR',
        code: 'INVALID_JSON_DESCRIPTION',
        location: '[Source: (String)"not a definition"; line: 1, column: 4]',
        message: "Unrecognized token 'not': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')\n at [Source: (String)\"not a definition\"; line: 1, column: 4]",
      },
    ]);
  });

  it('says when there is more than was asked for', async () => {
    const definition = JSON.stringify(machine({ A: pass({ X: 1, Y: 1 }) }, { QueryLanguage: 'JSONata' }));
    expect(await bench.call('ValidateStateMachineDefinition', { definition, maxResults: 1 })).toMatchObject({ result: 'FAIL', truncated: true, diagnostics: [{ severity: 'ERROR' }] });
  });
});
