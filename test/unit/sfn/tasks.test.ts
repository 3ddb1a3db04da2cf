import { afterEach, describe, expect, it } from 'vitest';
import { type Bench, FunctionError, functionArn, invoke, machine, openBench, type TestFunction, waitForToken } from '../../harness/step-functions.ts';

let bench: Bench;

afterEach(() => bench.service.close());

/** A bench whose function `keep` writes down the tokens it gets. */
function openWithTokens(functions: Readonly<Record<string, TestFunction>> = {}): string[] {
  const tokens: string[] = [];
  bench = openBench({ keep: (payload) => void tokens.push((payload as { token: string }).token), ...functions });
  return tokens;
}

async function startAndSettle(definition: object, input: unknown = {}): Promise<string> {
  const arn = await bench.start(await bench.create(definition), input);
  await bench.service.idle();
  return arn;
}

const day = 24 * 3600 * 1000;

describe('a task token', () => {
  it('ends the wait with the output that its holder sends', async () => {
    const tokens = openWithTokens();
    const arn = await startAndSettle(machine({ T: waitForToken('keep', { TimeoutSeconds: 86_400, End: true }) }));
    await bench.call('SendTaskSuccess', { taskToken: tokens[0], output: '{"to":"x"}' });
    const told = await bench.tell(arn);
    expect(told.output).toEqual({ to: 'x' });
    expect(told.types).toEqual(['ExecutionStarted', 'TaskStateEntered', 'TaskScheduled', 'TaskStarted', 'TaskSubmitted', 'TaskSucceeded', 'TaskStateExited', 'ExecutionSucceeded']);
  });

  it('fails the task with the error and cause that its holder sends', async () => {
    const tokens = openWithTokens();
    const arn = await startAndSettle(machine({ T: waitForToken('keep', { End: true }) }));
    await bench.call('SendTaskFailure', { taskToken: tokens[0], error: 'Lifecycle.Left', cause: '{"to":"y"}' });
    expect(await bench.tell(arn)).toMatchObject({ status: 'FAILED', error: 'Lifecycle.Left', cause: '{"to":"y"}' });
  });

  it('is used once', async () => {
    const tokens = openWithTokens();
    await startAndSettle(machine({ T: waitForToken('keep', { Next: 'U' }), U: waitForToken('keep', { End: true }) }));
    await bench.call('SendTaskSuccess', { taskToken: tokens[0], output: '1' });
    await expect(bench.call('SendTaskSuccess', { taskToken: tokens[0], output: '1' })).rejects.toMatchObject({ name: 'TaskTimedOut' });
    await expect(bench.call('SendTaskHeartbeat', { taskToken: tokens[0] })).rejects.toMatchObject({ name: 'TaskTimedOut' });
  });

  it('that was made up is refused, and so is one that was tampered with', async () => {
    const tokens = openWithTokens();
    await startAndSettle(machine({ T: waitForToken('keep', { End: true }) }));
    const [token = ''] = tokens;
    const forged = token.slice(0, -6) + (token.at(-6) === 'A' ? 'B' : 'A') + token.slice(-5);
    for (const taskToken of ['nonsense', 'AQCAAAA', forged]) {
      await expect(bench.call('SendTaskSuccess', { taskToken, output: '1' })).rejects.toMatchObject({ name: 'InvalidToken', message: "Invalid Token: 'Invalid token'" });
    }
  });

  it('does not take an output that is no JSON, and stays usable', async () => {
    const tokens = openWithTokens();
    const arn = await startAndSettle(machine({ T: waitForToken('keep', { End: true }) }));
    await expect(bench.call('SendTaskSuccess', { taskToken: tokens[0], output: 'not json' })).rejects.toMatchObject({ name: 'InvalidOutput' });
    await bench.call('SendTaskSuccess', { taskToken: tokens[0], output: '1' });
    expect((await bench.tell(arn)).status).toBe('SUCCEEDED');
  });

  it('may be answered by the function itself, before its invocation has come back', async () => {
    bench = openBench({ self: async (payload) => bench.call('SendTaskSuccess', { taskToken: (payload as { token: string }).token, output: '"early"' }) });
    const arn = await startAndSettle(machine({ T: waitForToken('self', { End: true }) }));
    expect(await bench.tell(arn)).toMatchObject({ status: 'SUCCEEDED', output: 'early' });
  });

  it('of an older try means nothing after a retry', async () => {
    const tokens = openWithTokens();
    const arn = await startAndSettle(machine({ T: waitForToken('keep', { TimeoutSeconds: 60, Retry: [{ ErrorEquals: ['States.Timeout'], MaxAttempts: 1 }], End: true }) }));
    await bench.passTime(bench.now() + 65_000);
    await expect(bench.call('SendTaskSuccess', { taskToken: tokens[0], output: '1' })).rejects.toMatchObject({ name: 'TaskTimedOut' });
    await bench.call('SendTaskSuccess', { taskToken: tokens[1], output: '2' });
    expect((await bench.tell(arn)).output).toBe(2);
  });
});

describe('time', () => {
  it('ends a task that takes longer than TimeoutSeconds, to the second', async () => {
    openWithTokens();
    const began = Date.UTC(2026, 0, 1);
    const arn = await startAndSettle(machine({ T: waitForToken('keep', { TimeoutSeconds: '{% $states.input.days * 86400 %}', End: true }) }), { days: 30 });
    expect(bench.service.nextDue()).toBe(began + 30 * day);
    await bench.passTime(began + 30 * day - 1);
    expect((await bench.tell(arn)).status).toBe('RUNNING');
    await bench.passTime();
    expect(await bench.tell(arn)).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
  });

  it('ends a task without heartbeats as States.Timeout, which a Catch may also name States.HeartbeatTimeout', async () => {
    const tokens = openWithTokens();
    const caught = { Catch: [{ ErrorEquals: ['States.HeartbeatTimeout'], Next: 'C' }] };
    const arn = await startAndSettle(machine({ T: waitForToken('keep', { HeartbeatSeconds: 60, TimeoutSeconds: 600, End: true, ...caught }), C: { Type: 'Pass', End: true } }));
    await bench.passTime(bench.now() + 50_000);
    await bench.call('SendTaskHeartbeat', { taskToken: tokens[0] });
    await bench.passTime(bench.now() + 50_000);
    expect((await bench.tell(arn)).status).toBe('RUNNING');
    await bench.passTime();
    const told = await bench.tell(arn);
    expect(told.output).toEqual({ Error: 'States.Timeout', Cause: '' });
    expect(told.types).toContain('TaskTimedOut');
  });

  it('lets retries back off: interval, rate, and the longest delay', async () => {
    const at: number[] = [];
    bench = openBench({
      late: () => {
        at.push(bench.now());
        throw new FunctionError('Late');
      },
    });
    await bench.run(machine({ T: invoke('late', { End: true, Retry: [{ ErrorEquals: ['Late'], IntervalSeconds: 2, BackoffRate: 3, MaxDelaySeconds: 10, MaxAttempts: 4 }] }) }));
    expect(at.slice(1).map((instant, index) => instant - (at[index] ?? 0))).toEqual([2000, 6000, 10_000, 10_000]);
  });

  it('shortens a back-off by full jitter, never lengthens it', async () => {
    const at: number[] = [];
    bench = openBench({
      late: () => {
        at.push(bench.now());
        throw new FunctionError('Late');
      },
    });
    await bench.run(machine({ T: invoke('late', { End: true, Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 100, BackoffRate: 1, MaxAttempts: 20, JitterStrategy: 'FULL' }] }) }));
    const waits = at.slice(1).map((instant, index) => instant - (at[index] ?? 0));
    expect(waits).toHaveLength(20);
    expect(Math.max(...waits)).toBeLessThanOrEqual(100_000);
    expect(new Set(waits).size).toBeGreaterThan(1);
  });

  it('ends a whole execution at its TimeoutSeconds', async () => {
    openWithTokens();
    const arn = await startAndSettle(machine({ W: { Type: 'Wait', Seconds: 100, End: true } }, { TimeoutSeconds: 10 }));
    await bench.passTime();
    const told = await bench.tell(arn);
    expect(told.status).toBe('TIMED_OUT');
    expect(told.types).toEqual(['ExecutionStarted', 'WaitStateEntered', 'ExecutionTimedOut']);
  });

  it('tells the state how often it was retried', async () => {
    const counts: unknown[] = [];
    bench = openBench({
      late: (payload) => {
        counts.push(payload);
        throw new FunctionError('Late');
      },
    });
    const Arguments = { FunctionName: functionArn('late'), Payload: '{% $states.context.State.RetryCount %}' };
    await bench.run(machine({ T: invoke('late', { Arguments, End: true, Retry: [{ ErrorEquals: ['Late'], MaxAttempts: 2 }] }) }));
    expect(counts).toEqual([0, 1, 2]);
  });

  it('in expressions is the time of the cloud, not of the machine', async () => {
    openWithTokens();
    const Output = { now: '{% $now() %}', millis: '{% $millis() %}', day: "{% $now('[Y0001]-[M01]-[D01]', '+0800') %}" };
    const told = await bench.run(machine({ W: { Type: 'Wait', Seconds: 64_800, Next: 'A' }, A: { Type: 'Pass', Output, End: true } }));
    expect(told.output).toEqual({ now: '2026-01-01T18:00:00.000Z', millis: Date.UTC(2026, 0, 1, 18), day: '2026-01-02' });
  });

  it('forgets closed executions after 90 days', async () => {
    openWithTokens();
    const arn = await startAndSettle(machine({ A: { Type: 'Pass', End: true } }));
    await bench.service.fireDue(bench.now() + 89 * day);
    expect((await bench.tell(arn)).status).toBe('SUCCEEDED');
    await bench.service.fireDue(bench.now() + 91 * day);
    await expect(bench.tell(arn)).rejects.toMatchObject({ name: 'ExecutionDoesNotExist' });
  });
});

describe('a task that starts another machine', () => {
  const start = (suffix: string, child: string, more: object = {}) => ({
    Type: 'Task',
    Resource: `arn:aws:states:::states:startExecution${suffix}`,
    Arguments: { StateMachineArn: child, Input: { n: 1 } },
    End: true,
    ...more,
  });

  it('goes on at once without .sync', async () => {
    openWithTokens();
    const child = await bench.create(machine({ W: { Type: 'Wait', Seconds: 60, End: true } }));
    const arn = await startAndSettle(machine({ S: start('', child, { Output: '{% $states.result.ExecutionArn %}' }) }));
    const told = await bench.tell(arn);
    expect(told.status).toBe('SUCCEEDED');
    expect((await bench.tell(told.output as string)).status).toBe('RUNNING');
  });

  it('waits for the child with .sync:2 and gets its output parsed, with .sync as text', async () => {
    openWithTokens();
    const child = await bench.create(machine({ W: { Type: 'Wait', Seconds: 60, Output: { done: true }, End: true } }));
    const parsed = await startAndSettle(machine({ S: start('.sync:2', child, { Output: '{% $states.result.Output %}' }) }));
    const text = await startAndSettle(machine({ S: start('.sync', child, { Output: '{% $states.result.Output %}' }) }));
    expect((await bench.tell(parsed)).status).toBe('RUNNING');
    await bench.passTime();
    expect((await bench.tell(parsed)).output).toEqual({ done: true });
    expect((await bench.tell(text)).output).toBe('{"done":true}');
    expect((await bench.tell(parsed)).types).toContain('TaskSubmitted');
  });

  it('fails with States.TaskFailed when the child fails, with the child described in the cause', async () => {
    openWithTokens();
    const child = await bench.create(machine({ F: { Type: 'Fail', Error: 'Mine', Cause: 'so' } }));
    const told = await bench.tell(await startAndSettle(machine({ S: start('.sync', child) })));
    expect(told).toMatchObject({ status: 'FAILED', error: 'States.TaskFailed' });
    expect(JSON.parse(told.cause ?? '')).toMatchObject({ Error: 'Mine', Cause: 'so', Status: 'FAILED', Input: '{"n":1}' });
  });

  it('stops the child when it is stopped itself', async () => {
    openWithTokens();
    const child = await bench.create(machine({ W: { Type: 'Wait', Seconds: 60, End: true } }), 'child');
    const arn = await startAndSettle(machine({ S: start('.sync', child) }));
    await bench.call('StopExecution', { executionArn: arn, error: 'E', cause: 'C' });
    await bench.service.idle();
    const { executions } = await bench.call<{ executions: { status: string }[] }>('ListExecutions', { stateMachineArn: child });
    expect(executions.map(({ status }) => status)).toEqual(['ABORTED']);
    expect(await bench.tell(arn)).toMatchObject({ status: 'ABORTED', error: 'E', cause: 'C' });
  });

  it('gets the empty input for null, and the start as ISO-8601 text from the SDK integration', async () => {
    openWithTokens();
    const child = await bench.create(machine({ A: { Type: 'Pass', End: true } }));
    const told = await bench.run(machine({ S: { Type: 'Task', Resource: 'arn:aws:states:::aws-sdk:sfn:startExecution', Arguments: { StateMachineArn: child, Input: null }, End: true } }));
    const { ExecutionArn, StartDate } = told.output as { ExecutionArn: string; StartDate: string };
    expect(StartDate).toBe(new Date(bench.now()).toISOString());
    expect(await bench.call('DescribeExecution', { executionArn: ExecutionArn })).toMatchObject({ input: '{}' });
  });

  it('may be ended by its own token before the child has ended', async () => {
    const tokens = openWithTokens();
    const child = await bench.create(machine({ T: invoke('keep', { Next: 'W' }), W: { Type: 'Wait', Seconds: 60, End: true } }));
    const arn = await startAndSettle(machine({ S: start('.sync:2', child, { Arguments: { StateMachineArn: child, Input: { token: '{% $states.context.Task.Token %}' } } }) }));
    await bench.call('SendTaskSuccess', { taskToken: tokens[0], output: '"early"' });
    expect(await bench.tell(arn)).toMatchObject({ status: 'SUCCEEDED', output: 'early' });
  });

  it('of an unknown name fails as AWS words it', async () => {
    openWithTokens();
    const told = await bench.tell(await startAndSettle(machine({ S: start('', 'arn:aws:states:ap-southeast-1:111111111111:stateMachine:nobody') })));
    expect(told.error).toBe('StepFunctions.StateMachineDoesNotExistException');
    expect(told.cause).toMatch(/^State Machine Does Not Exist: '.*' \(Service: AWSStepFunctions; Status Code: 400; Error Code: StateMachineDoesNotExist; /);
  });
});

describe('other services', () => {
  it('are called by name and action with the role of the machine, and answer with metadata when optimized', async () => {
    openWithTokens();
    const put = { Type: 'Task', Resource: 'arn:aws:states:::dynamodb:putItem', Arguments: { TableName: 't', Item: { id: { S: 'a' } } }, Next: 'Q' };
    const query = { Type: 'Task', Resource: 'arn:aws-cn:states:::aws-sdk:dynamodb:query', Arguments: { TableName: 't' }, Next: 'E' };
    const events = { Type: 'Task', Resource: 'arn:aws:states:::events:putEvents', Arguments: { Entries: [{ Detail: { a: 1 }, DetailType: 'd', Source: 's' }] }, End: true };
    const told = await bench.run(machine({ P: put, Q: query, E: events }));
    expect(told.status).toBe('SUCCEEDED');
    expect(bench.calls.map(({ service, action }) => `${service}:${action}`)).toEqual(['dynamodb:putItem', 'dynamodb:query', 'events:putEvents']);
    expect(new Set(bench.calls.map((call) => call.roleArn))).toEqual(new Set(['arn:aws:iam::111111111111:role/machine']));
    expect(bench.calls[2]?.input).toEqual({ Entries: [{ Detail: '{"a":1}', DetailType: 'd', Source: 's' }] });
    expect(told.output).toMatchObject({ called: 'events:putEvents', SdkHttpMetadata: { HttpStatusCode: 200 } });
  });

  it('that refuse fail the task with their code', async () => {
    openWithTokens();
    const told = await bench.run(machine({ G: { Type: 'Task', Resource: 'arn:aws:states:::aws-sdk:s3:getObject', Arguments: { Bucket: 'b', Key: 'k' }, End: true } }));
    expect(told.error).toBe('S3.NoSuchKeyException');
    expect(told.cause).toMatch(/^The specified key does not exist\. \(Service: S3, Status Code: 404, Request ID: \S+, Extended Request ID: \S+\) \(SDK Attempt Count: 1\)$/);
  });

  it.each([
    ['dynamodb:putItem', 'DynamoDB.AmazonDynamoDBException'],
    ['aws-sdk:dynamodb:putItem', 'DynamoDb.DynamoDbException'],
  ])('that refuse %s with a code without a class of its own fail it with their general one', async (resource, error) => {
    openWithTokens();
    const told = await bench.run(machine({ P: { Type: 'Task', Resource: `arn:aws:states:::${resource}`, Arguments: { TableName: '' }, End: true } }));
    expect(told).toMatchObject({ error, cause: expect.stringContaining('TableName is empty (Service: ') as unknown });
  });

  it('get what is put into S3 as JSON: a text within quotes', async () => {
    openWithTokens();
    const put = (Key: string, Body: unknown, more: object) => ({ Type: 'Task', Resource: 'arn:aws:states:::aws-sdk:s3:putObject', Arguments: { Bucket: 'b', Key, Body }, ...more });
    await bench.run(machine({ A: put('text', 'a', { Next: 'B' }), B: put('object', { n: 1 }, { End: true }) }));
    expect([...bench.objects]).toEqual([['b/text', '"a"'], ['b/object', '{"n":1}']]);
    expect(bench.calls[0]?.input.ContentType).toBe('text/plain; charset=UTF-8');
  });
});

describe('a redrive', () => {
  it('runs only what did not succeed, with what the others had answered', async () => {
    let isBroken = true;
    const seen: unknown[] = [];
    const flaky: TestFunction = (payload) => {
      seen.push(payload);
      if (isBroken) throw new FunctionError('Down');
      return 'up';
    };
    bench = openBench({ flaky, echo: (payload) => payload });
    const branches = [machine({ A: invoke('echo', { End: true }) }), machine({ W: { Type: 'Wait', Seconds: 5, Next: 'B' }, B: invoke('flaky', { End: true }) })];
    const arn = await bench.start(await bench.create(machine({ P: { Type: 'Parallel', Branches: branches, End: true } })), { n: 1 });
    await bench.passTime();
    expect(await bench.tell(arn)).toMatchObject({ status: 'FAILED', error: 'Down' });
    isBroken = false;
    await bench.call('RedriveExecution', { executionArn: arn });
    await bench.service.idle();
    const told = await bench.tell(arn);
    expect(told).toMatchObject({ status: 'SUCCEEDED', output: [{ n: 1 }, 'up'] });
    expect(seen).toHaveLength(2);
    expect(bench.invocations).toHaveLength(3);
    expect(told.types.slice(told.types.indexOf('ExecutionFailed'))).toEqual(['ExecutionFailed', 'ExecutionRedriven', 'TaskScheduled', 'TaskStarted', 'TaskSucceeded', 'TaskStateExited', 'ParallelStateSucceeded', 'ParallelStateExited', 'ExecutionSucceeded']);
    await expect(bench.call('RedriveExecution', { executionArn: arn })).rejects.toMatchObject({ name: 'ExecutionNotRedrivable', message: 'Execution is SUCCEEDED and cannot be redriven' });
  });
});

describe('limits', () => {
  it('end an execution at event 25,000, which is the ExecutionFailed itself', async () => {
    openWithTokens();
    const told = await bench.run(machine({ A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Pass', Next: 'A' } }));
    expect(told).toMatchObject({ status: 'FAILED', error: 'States.Runtime', cause: 'The execution reached the maximum number of history events (25000).' });
    const { events } = await bench.call<{ events: { id: number; type: string }[] }>('GetExecutionHistory', { executionArn: told.arn, reverseOrder: true, maxResults: 1 });
    expect(events).toMatchObject([{ id: 25_000, type: 'ExecutionFailed' }]);
  });

  it('stop a runaway expression', async () => {
    openWithTokens();
    const told = await bench.run(machine({ A: { Type: 'Pass', Output: '{% ($f := function($n) { 1 + $f($n + 1) }; $f(0)) %}', End: true } }));
    expect(told).toMatchObject({ status: 'FAILED', error: 'States.QueryEvaluationError' });
  });
});

describe('status changes', () => {
  it('are told of each execution: running, then how it ended', async () => {
    openWithTokens();
    const told = await bench.run(machine({ F: { Type: 'Fail', Error: 'E' } }), { n: 1 });
    expect(bench.changes.map(({ executionArn, status, error, input }) => ({ executionArn, status, error, input }))).toEqual([
      { executionArn: told.arn, status: 'RUNNING', error: null, input: '{"n":1}' },
      { executionArn: told.arn, status: 'FAILED', error: 'E', input: '{"n":1}' },
    ]);
  });
});
