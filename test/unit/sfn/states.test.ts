import { describe, expect, it } from 'vitest';
import { FunctionError, invoke, machine, openBench, type TestFunction } from '../../harness/step-functions.ts';

const functions: Readonly<Record<string, TestFunction>> = {
  echo: (payload) => payload,
  boom: () => {
    throw new FunctionError('Boom');
  },
  huge: () => 'x'.repeat(300_000),
};

interface Case {
  readonly definition: object;
  readonly input?: unknown;
  readonly output?: unknown;
  readonly error?: string;
  readonly cause?: string | RegExp;
  /** `<id><-<previous> type`, for the chains that AWS recordings show. */
  readonly history: readonly string[];
}

const pass = (more: object = {}) => ({ Type: 'Pass', End: true, ...more });
const inside = (more: object = {}) => ({ ItemProcessor: { StartAt: 'Each', States: { Each: pass() } }, Type: 'Map', End: true, ...more });

const cases: Readonly<Record<string, Case>> = {
  'a Pass passes its input on': {
    definition: machine({ A: pass() }),
    input: { n: 1 },
    output: { n: 1 },
    history: ['1<-0 ExecutionStarted', '2<-0 PassStateEntered', '3<-2 PassStateExited', '4<-3 ExecutionSucceeded'],
  },
  'a Pass evaluates Assign and Output with the variables of before': {
    definition: machine({ A: pass({ End: undefined, Next: 'B', Assign: { x: 1 } }), B: pass({ Assign: { x: '{% $x + 1 %}' }, Output: { before: '{% $x %}' } }) }),
    output: { before: 1 },
    history: ['1<-0 ExecutionStarted', '2<-0 PassStateEntered', '3<-2 PassStateExited', '4<-3 PassStateEntered', '5<-4 PassStateExited', '6<-5 ExecutionSucceeded'],
  },
  'a failing expression writes EvaluationFailed after the event before the state': {
    definition: machine({ A: pass({ Output: { result: '{% $doesNotExist %}' } }) }),
    error: 'States.QueryEvaluationError',
    cause: "An error occurred while executing the state 'A' (entered at the event id #2). The JSONata expression '$doesNotExist' specified for the field 'Output/result' returned nothing (undefined).",
    history: ['1<-0 ExecutionStarted', '2<-0 PassStateEntered', '3<-0 EvaluationFailed', '4<-3 ExecutionFailed'],
  },
  'a range of one number arrives as the number': {
    definition: machine({ A: pass({ Output: '{% $range(1, 9, 9) %}' }) }),
    output: 1,
    history: ['1<-0 ExecutionStarted', '2<-0 PassStateEntered', '3<-2 PassStateExited', '4<-3 ExecutionSucceeded'],
  },
  'a Choice takes the first rule that holds, with its own Output': {
    definition: machine({ C: { Type: 'Choice', Choices: [{ Condition: '{% $states.input.n > 1 %}', Next: 'Big', Output: 'big', Assign: { y: 1 } }], Default: 'Small' }, Big: pass({ Output: '{% $states.input & $string($y) %}' }), Small: { Type: 'Fail' } }),
    input: { n: 2 },
    output: 'big1',
    history: ['1<-0 ExecutionStarted', '2<-0 ChoiceStateEntered', '3<-2 ChoiceStateExited', '4<-3 PassStateEntered', '5<-4 PassStateExited', '6<-5 ExecutionSucceeded'],
  },
  'a Choice without a match and a Default fails with States.NoChoiceMatched': {
    definition: machine({ C: { Type: 'Choice', Choices: [{ Condition: false, Next: 'A' }] }, A: pass() }),
    error: 'States.NoChoiceMatched',
    history: ['1<-0 ExecutionStarted', '2<-0 ChoiceStateEntered', '3<-2 ExecutionFailed'],
  },
  'a condition that is no boolean fails the Choice': {
    definition: machine({ C: { Type: 'Choice', Choices: [{ Condition: '{% 1 %}', Next: 'A' }] }, A: pass() }),
    error: 'States.QueryEvaluationError',
    cause: /Expected 'boolean', but was 'number' for value: 1/,
    history: ['1<-0 ExecutionStarted', '2<-0 ChoiceStateEntered', '3<-0 EvaluationFailed', '4<-3 ExecutionFailed'],
  },
  'a Fail ends the execution with its evaluated error and cause': {
    definition: machine({ F: { Type: 'Fail', Error: '{% $states.input.e %}', Cause: 'because' } }),
    input: { e: 'Mine' },
    error: 'Mine',
    cause: 'because',
    history: ['1<-0 ExecutionStarted', '2<-0 FailStateEntered', '3<-2 ExecutionFailed'],
  },
  'a Succeed ends the execution with its Output': {
    definition: machine({ S: { Type: 'Succeed', Output: '{% $states.input.n %}' } }),
    input: { n: 7 },
    output: 7,
    history: ['1<-0 ExecutionStarted', '2<-0 SucceedStateEntered', '3<-2 SucceedStateExited', '4<-3 ExecutionSucceeded'],
  },
  'a Wait waits its seconds': {
    definition: machine({ W: { Type: 'Wait', Seconds: '{% $states.input.s %}', End: true } }),
    input: { s: 86_400 },
    output: { s: 86_400 },
    history: ['1<-0 ExecutionStarted', '2<-0 WaitStateEntered', '3<-2 WaitStateExited', '4<-3 ExecutionSucceeded'],
  },
  'a Wait whose Timestamp is no instant fails after its entering event': {
    definition: machine({ W: { Type: 'Wait', Timestamp: '{% $states.input.t %}', End: true } }),
    input: { t: '2016-12-05 21:29:29Z' },
    error: 'States.QueryEvaluationError',
    cause: /cannot be parsed as an ISO-8601 extended offset date-time format string: 2016-12-05 21:29:29Z$/,
    history: ['1<-0 ExecutionStarted', '2<-0 WaitStateEntered', '3<-2 EvaluationFailed', '4<-3 ExecutionFailed'],
  },
  'a Task schedules, starts and succeeds': {
    definition: machine({ T: invoke('echo', { End: true }) }),
    input: { n: 1 },
    output: { n: 1 },
    history: ['1<-0 ExecutionStarted', '2<-0 TaskStateEntered', '3<-2 TaskScheduled', '4<-3 TaskStarted', '5<-4 TaskSucceeded', '6<-5 TaskStateExited', '7<-6 ExecutionSucceeded'],
  },
  'a function named directly has events of its own': {
    definition: machine({ T: { Type: 'Task', Resource: 'arn:aws:lambda:ap-southeast-1:111111111111:function:echo', Arguments: { n: 2 }, End: true } }),
    output: { n: 2 },
    history: ['1<-0 ExecutionStarted', '2<-0 TaskStateEntered', '3<-2 LambdaFunctionScheduled', '4<-3 LambdaFunctionStarted', '5<-4 LambdaFunctionSucceeded', '6<-5 TaskStateExited', '7<-6 ExecutionSucceeded'],
  },
  'a function error fails the Task with its errorType': {
    definition: machine({ T: invoke('boom', { End: true }) }),
    error: 'Boom',
    cause: '{"errorType":"Boom","errorMessage":"as told"}',
    history: ['1<-0 ExecutionStarted', '2<-0 TaskStateEntered', '3<-2 TaskScheduled', '4<-3 TaskStarted', '5<-4 TaskFailed', '6<-5 ExecutionFailed'],
  },
  'an unknown function fails the Task as AWS words it': {
    definition: machine({ T: invoke('nobody', { End: true }) }),
    error: 'Lambda.ResourceNotFoundException',
    cause: /^Function not found: .* \(Service: AWSLambda; Status Code: 404; Error Code: ResourceNotFoundException; Request ID: .*; Proxy: null\)$/,
    history: ['1<-0 ExecutionStarted', '2<-0 TaskStateEntered', '3<-2 TaskScheduled', '4<-3 TaskStarted', '5<-4 TaskFailed', '6<-5 ExecutionFailed'],
  },
  'a Task is retried and then caught, with Assign and Output of the catcher': {
    definition: machine({
      T: invoke('boom', { End: true, Retry: [{ ErrorEquals: ['Other'], MaxAttempts: 9 }, { ErrorEquals: ['Boom'], MaxAttempts: 1 }], Catch: [{ ErrorEquals: ['States.TaskFailed'], Next: 'C', Assign: { e: '{% $states.errorOutput %}' }, Output: '{% $states.errorOutput.Error %}' }] }),
      C: pass({ Output: '{% $states.input & "/" & $e.Error %}' }),
    }),
    output: 'Boom/Boom',
    history: ['1<-0 ExecutionStarted', '2<-0 TaskStateEntered', '3<-2 TaskScheduled', '4<-3 TaskStarted', '5<-4 TaskFailed', '6<-5 TaskScheduled', '7<-6 TaskStarted', '8<-7 TaskFailed', '9<-8 TaskStateExited', '10<-9 PassStateEntered', '11<-10 PassStateExited', '12<-11 ExecutionSucceeded'],
  },
  'a result over 256 KiB is caught by States.ALL': {
    definition: machine({ T: invoke('huge', { End: true, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'C' }] }), C: pass() }),
    output: { Error: 'States.DataLimitExceeded', Cause: "The state/task 'lambda' returned a result with a size exceeding the maximum number of bytes service limit." },
    history: ['1<-0 ExecutionStarted', '2<-0 TaskStateEntered', '3<-2 TaskScheduled', '4<-3 TaskStarted', '5<-4 TaskFailed', '6<-5 TaskStateExited', '7<-6 PassStateEntered', '8<-7 PassStateExited', '9<-8 ExecutionSucceeded'],
  },
  'white space on both sides makes a text of what would be an expression': {
    definition: machine({ A: pass({ Output: ' {% states.input %} ' }) }),
    output: ' {% states.input %} ',
    history: ['1<-0 ExecutionStarted', '2<-0 PassStateEntered', '3<-2 PassStateExited', '4<-3 ExecutionSucceeded'],
  },
  'a Wait for an instant that is too far away fails': {
    definition: machine({ W: { Type: 'Wait', Timestamp: '{% $states.input %}', End: true } }),
    input: new Date(Date.UTC(2026, 0, 1) + 24_856 * 86_400_000).toISOString(),
    error: 'States.Runtime',
    cause: "An error occurred while executing the state 'W' (entered at the event id #2). Wait state delay is too long.",
    history: ['1<-0 ExecutionStarted', '2<-0 WaitStateEntered', '3<-2 ExecutionFailed'],
  },
  'a Parallel joins its branches in their order; its end follows the last branch': {
    definition: machine({ P: { Type: 'Parallel', End: true, Branches: [machine({ A: pass({ Output: 1 }) }), machine({ B: pass({ Output: 2 }) })] } }),
    output: [1, 2],
    history: ['1<-0 ExecutionStarted', '2<-0 ParallelStateEntered', '3<-2 ParallelStateStarted', '4<-3 PassStateEntered', '5<-4 PassStateExited', '6<-3 PassStateEntered', '7<-6 PassStateExited', '8<-7 ParallelStateSucceeded', '9<-7 ParallelStateExited', '10<-9 ExecutionSucceeded'],
  },
  'a failing branch ends the others and the Parallel': {
    definition: machine({ P: { Type: 'Parallel', End: true, Branches: [machine({ A: invoke('boom', { End: true }) }), machine({ W: { Type: 'Wait', Seconds: 60, End: true } })] } }),
    error: 'Boom',
    history: ['1<-0 ExecutionStarted', '2<-0 ParallelStateEntered', '3<-2 ParallelStateStarted', '4<-3 TaskStateEntered', '5<-4 TaskScheduled', '6<-3 WaitStateEntered', '7<-5 TaskStarted', '8<-7 TaskFailed', '9<-8 TaskStateAborted', '10<-8 WaitStateAborted', '11<-8 ParallelStateFailed', '12<-11 ExecutionFailed'],
  },
  'a Parallel that is retried starts again after the failing event': {
    definition: machine({ P: { Type: 'Parallel', End: true, Retry: [{ ErrorEquals: ['States.ALL'], MaxAttempts: 1 }], Branches: [machine({ F: { Type: 'Fail', Error: 'E' } })] } }),
    error: 'E',
    history: ['1<-0 ExecutionStarted', '2<-0 ParallelStateEntered', '3<-2 ParallelStateStarted', '4<-3 FailStateEntered', '5<-4 ParallelStateStarted', '6<-5 FailStateEntered', '7<-6 ParallelStateFailed', '8<-7 ExecutionFailed'],
  },
  'a Map of one at a time chains its iterations as recorded': {
    definition: machine({ M: inside({ Items: '{% [1, 2] %}', MaxConcurrency: 1 }) }),
    output: [1, 2],
    history: ['1<-0 ExecutionStarted', '2<-0 MapStateEntered', '3<-2 MapStateStarted', '4<-3 MapIterationStarted', '5<-4 PassStateEntered', '6<-5 PassStateExited', '7<-6 MapIterationSucceeded', '8<-6 MapIterationStarted', '9<-8 PassStateEntered', '10<-9 PassStateExited', '11<-10 MapIterationSucceeded', '12<-11 MapStateSucceeded', '13<-11 MapStateExited', '14<-13 ExecutionSucceeded'],
  },
  'an empty Map succeeds at once': {
    definition: machine({ M: inside() }),
    input: [],
    output: [],
    history: ['1<-0 ExecutionStarted', '2<-0 MapStateEntered', '3<-2 MapStateStarted', '4<-3 MapStateSucceeded', '5<-3 MapStateExited', '6<-5 ExecutionSucceeded'],
  },
  'a Map over something else than an array fails': {
    definition: machine({ M: inside({ Items: '{% 1 %}' }) }),
    error: 'States.QueryEvaluationError',
    cause: /The JSONata expression '1' specified for the field 'Items' returned an unexpected result type\. Expected 'array', but was 'number' for value: 1$/,
    history: ['1<-0 ExecutionStarted', '2<-0 MapStateEntered', '3<-0 EvaluationFailed', '4<-3 MapStateFailed', '5<-4 ExecutionFailed'],
  },
  'an iteration sees its item in the context and the outer variables': {
    definition: machine({ A: pass({ End: undefined, Next: 'M', Assign: { x: 10 } }), M: inside({ Items: [1], ItemSelector: { v: '{% $states.context.Map.Item.Value * $x %}', i: '{% $states.context.Map.Item.Index %}' } }) }),
    output: [{ v: 10, i: 0 }],
    history: ['1<-0 ExecutionStarted', '2<-0 PassStateEntered', '3<-2 PassStateExited', '4<-3 MapStateEntered', '5<-4 MapStateStarted', '6<-5 MapIterationStarted', '7<-6 PassStateEntered', '8<-7 PassStateExited', '9<-8 MapIterationSucceeded', '10<-9 MapStateSucceeded', '11<-9 MapStateExited', '12<-11 ExecutionSucceeded'],
  },
  'a failing iteration fails the Map and aborts the others': {
    definition: machine({ M: { Type: 'Map', End: true, Items: [1, 2], ItemProcessor: machine({ T: invoke('boom', { End: true }) }), Catch: [{ ErrorEquals: ['Boom'], Next: 'C' }] }, C: pass({ Output: '{% $states.input.Error %}' }) }),
    output: 'Boom',
    history: ['1<-0 ExecutionStarted', '2<-0 MapStateEntered', '3<-2 MapStateStarted', '4<-3 MapIterationStarted', '5<-3 MapIterationStarted', '6<-4 TaskStateEntered', '7<-6 TaskScheduled', '8<-5 TaskStateEntered', '9<-8 TaskScheduled', '10<-7 TaskStarted', '11<-9 TaskStarted', '12<-10 TaskFailed', '13<-11 TaskFailed', '14<-12 MapIterationFailed', '15<-12 TaskStateAborted', '16<-12 MapIterationAborted', '17<-12 TaskStateAborted', '18<-12 MapStateFailed', '19<-18 MapStateExited', '20<-19 PassStateEntered', '21<-20 PassStateExited', '22<-21 ExecutionSucceeded'],
  },
};

describe('each kind of state answers and writes the history that AWS does', () => {
  it.each(Object.entries(cases))('%s', async (_name, { definition, input, output, error, cause, history }) => {
    const bench = openBench(functions);
    const told = await bench.run(definition, input);
    await bench.service.close();
    expect(told.events.map(({ id, previousEventId, type }) => `${id}<-${previousEventId} ${type}`)).toEqual(history);
    expect({ status: told.status, output: told.output, error: told.error }).toEqual({ status: error === undefined ? 'SUCCEEDED' : 'FAILED', output, error });
    if (typeof cause === 'string') expect(told.cause).toBe(cause);
    if (cause instanceof RegExp) expect(told.cause).toMatch(cause);
  });
});

it('an input is passed on as it was written', async () => {
  const bench = openBench(functions);
  const stateMachineArn = await bench.create(machine({ A: pass() }));
  const { executionArn } = await bench.call<{ executionArn: string }>('StartExecution', { stateMachineArn, input: '[1, 2]' });
  await bench.service.idle();
  const { events } = await bench.tell(executionArn);
  const { output } = await bench.call('DescribeExecution', { executionArn });
  await bench.service.close();
  expect(events[1]).toMatchObject({ stateEnteredEventDetails: { input: '[1, 2]' } });
  expect(output).toBe('[1, 2]');
});
