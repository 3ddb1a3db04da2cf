import {
  CreateActivityCommand, CreateStateMachineAliasCommand, CreateStateMachineCommand, DeleteStateMachineAliasCommand, DeleteStateMachineCommand, DeleteStateMachineVersionCommand,
  DescribeExecutionCommand, DescribeMapRunCommand, DescribeStateMachineAliasCommand, DescribeStateMachineCommand, DescribeStateMachineForExecutionCommand, GetExecutionHistoryCommand,
  ListExecutionsCommand, ListMapRunsCommand, ListStateMachineAliasesCommand, ListStateMachinesCommand, ListStateMachineVersionsCommand, ListTagsForResourceCommand, paginateGetExecutionHistory,
  PublishStateMachineVersionCommand, RedriveExecutionCommand, SendTaskFailureCommand, SendTaskHeartbeatCommand, SendTaskSuccessCommand, SFNClient, StartExecutionCommand,
  StopExecutionCommand, TagResourceCommand, UntagResourceCommand, UpdateMapRunCommand, UpdateStateMachineAliasCommand, UpdateStateMachineCommand,
  ValidateStateMachineDefinitionCommand,
} from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listen, type Listening } from '../../../infra/local/sfn/listen.ts';
import { account, type Bench, machine, openBench, roleArn, waitForToken } from '../../harness/step-functions.ts';

let bench: Bench;
let server: Listening;
let client: SFNClient;
const tokens: string[] = [];

beforeAll(async () => {
  bench = openBench({ keep: (payload) => void tokens.push((payload as { token: string }).token) });
  server = await listen(bench.service);
  client = new SFNClient({ endpoint: server.url, region: account.region, credentials: { accessKeyId: 'a', secretAccessKey: 'b' }, maxAttempts: 1 });
});

afterAll(async () => {
  client.destroy();
  await server.stop();
  await bench.service.close();
});

const text = (states: Readonly<Record<string, object>>, more: object = {}) => JSON.stringify({ QueryLanguage: 'JSONata', ...machine(states, more) });
const passing = (comment: string) => text({ A: { Type: 'Pass', End: true } }, { Comment: comment });
const waiting = text({ T: waitForToken('keep', { HeartbeatSeconds: 60, End: true }) });

async function create(name: string, definition = passing(name)): Promise<string> {
  return (await client.send(new CreateStateMachineCommand({ name, definition, roleArn }))).stateMachineArn ?? '';
}

async function start(stateMachineArn: string, input = '{}', name?: string): Promise<string> {
  const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn, input, name }));
  await bench.service.idle();
  return executionArn ?? '';
}

describe('state machines', () => {
  it('are created once: the same again answers the first, another definition is refused', async () => {
    const first = await client.send(new CreateStateMachineCommand({ name: 'once', definition: passing('1'), roleArn }));
    const again = await client.send(new CreateStateMachineCommand({ name: 'once', definition: passing('1'), roleArn }));
    expect(first.creationDate).toBeInstanceOf(Date);
    expect([again.stateMachineArn, again.creationDate]).toEqual([first.stateMachineArn, first.creationDate]);
    await expect(client.send(new CreateStateMachineCommand({ name: 'once', definition: passing('2'), roleArn }))).rejects.toMatchObject({ name: 'StateMachineAlreadyExists' });
  });

  it.each([
    [{ name: 'a b' }, 'InvalidName', "Invalid Name: 'a b'"],
    [{ name: 'x'.repeat(81) }, 'ValidationException', 'Member must have length less than or equal to 80'],
    [{ name: 'e', type: 'EXPRESS' as const }, 'StateMachineTypeNotSupported', 'only STANDARD'],
    [{ name: 'e', roleArn: 'nobody' }, 'InvalidArn', "Invalid Role Arn: 'nobody'"],
    [{ name: 'e', versionDescription: 'v' }, 'ValidationException', 'Version description can only be set when publish is true'],
  ])('refuse %j', async (input, name, message) => {
    await expect(client.send(new CreateStateMachineCommand({ definition: passing('x'), roleArn, ...input }))).rejects.toMatchObject({ name, message: expect.stringContaining(message) as unknown });
  });

  it('are described with what they were made of and the variables that their states read', async () => {
    const definition = text({ A: { Type: 'Pass', Assign: { x: 1 }, Next: 'B' }, B: { Type: 'Pass', Output: '{% $x + $sum([1]) %}', End: true } });
    const stateMachineArn = await create('described', definition);
    expect(await client.send(new DescribeStateMachineCommand({ stateMachineArn }))).toMatchObject({
      name: 'described', status: 'ACTIVE', type: 'STANDARD', roleArn, definition, loggingConfiguration: { level: 'OFF', includeExecutionData: false }, tracingConfiguration: { enabled: false }, variableReferences: { B: ['x'] },
    });
    const asked = { includedData: 'METADATA_ONLY' } as const;
    expect(await client.send(new DescribeStateMachineCommand({ stateMachineArn, ...asked }))).toMatchObject({ name: 'described', definition: '{}' });
    expect(await client.send(new DescribeStateMachineForExecutionCommand({ executionArn: await start(stateMachineArn), ...asked }))).toMatchObject({ name: 'described', definition: '{}' });
  });

  it('are logged only where somebody says where to', async () => {
    const machine = { definition: waiting, roleArn, name: 'logged' };
    await expect(client.send(new CreateStateMachineCommand({ ...machine, loggingConfiguration: { level: 'ALL' } }))).rejects.toMatchObject({
      name: 'InvalidLoggingConfiguration', message: 'Invalid Logging Configuration: Must specify exactly one Log Destination.',
    });
    const { stateMachineArn } = await client.send(new CreateStateMachineCommand({ ...machine, loggingConfiguration: { destinations: [] } }));
    expect((await client.send(new DescribeStateMachineCommand({ stateMachineArn }))).loggingConfiguration).toEqual({ includeExecutionData: false, level: 'OFF', destinations: [] });
  });

  it('get a new revision by an update that changes something, and none by one that does not', async () => {
    const stateMachineArn = await create('updated');
    const first = await client.send(new UpdateStateMachineCommand({ stateMachineArn, definition: passing('new') }));
    const second = await client.send(new UpdateStateMachineCommand({ stateMachineArn, definition: passing('new') }));
    expect(first.revisionId).toBeDefined();
    expect(second.revisionId).toBe(first.revisionId);
    await expect(client.send(new UpdateStateMachineCommand({ stateMachineArn }))).rejects.toMatchObject({ name: 'MissingRequiredParameter' });
  });

  it('are listed in pages and gone once deleted', async () => {
    const stateMachineArn = await create('doomed');
    const running = await start(await create('doomed-running', waiting));
    const names: string[] = [];
    for (let nextToken: string | undefined; ; ) {
      const page = await client.send(new ListStateMachinesCommand({ maxResults: 2, nextToken }));
      names.push(...(page.stateMachines ?? []).map(({ name }) => name ?? ''));
      nextToken = page.nextToken;
      if (nextToken === undefined) break;
    }
    expect(names).toContain('doomed');
    expect(new Set(names).size).toBe(names.length);
    await client.send(new DeleteStateMachineCommand({ stateMachineArn }));
    await client.send(new DeleteStateMachineCommand({ stateMachineArn }));
    await client.send(new DeleteStateMachineCommand({ stateMachineArn: `${stateMachineArn}-running` }));
    await bench.service.idle();
    await expect(client.send(new DescribeStateMachineCommand({ stateMachineArn }))).rejects.toMatchObject({ name: 'StateMachineDoesNotExist', message: `State Machine Does Not Exist: '${stateMachineArn}'` });
    expect((await client.send(new DescribeExecutionCommand({ executionArn: running }))).status).toBe('ABORTED');
  });

  it('are tagged', async () => {
    const resourceArn = await create('tagged');
    await client.send(new TagResourceCommand({ resourceArn, tags: [{ key: 'a', value: '1' }, { key: 'b', value: '2' }] }));
    await client.send(new UntagResourceCommand({ resourceArn, tagKeys: ['a'] }));
    expect((await client.send(new ListTagsForResourceCommand({ resourceArn }))).tags).toEqual([{ key: 'b', value: '2' }]);
    await expect(client.send(new TagResourceCommand({ resourceArn: `${resourceArn}:1`, tags: [] }))).rejects.toMatchObject({ name: 'ResourceNotFound', message: `Resource not found: '${resourceArn}:1'` });
  });

  it('can be validated before', async () => {
    expect(await client.send(new ValidateStateMachineDefinitionCommand({ definition: waiting }))).toMatchObject({ result: 'OK', diagnostics: [] });
  });
});

describe('versions and aliases', () => {
  it('pin what runs: an alias leads to its version whatever the machine has become', async () => {
    const stateMachineArn = await create('pinned', text({ A: { Type: 'Pass', Output: 1, End: true } }));
    const { stateMachineVersionArn: one = '' } = await client.send(new PublishStateMachineVersionCommand({ stateMachineArn, description: 'one' }));
    const { stateMachineVersionArn: same } = await client.send(new PublishStateMachineVersionCommand({ stateMachineArn }));
    const { stateMachineAliasArn: live = '' } = await client.send(new CreateStateMachineAliasCommand({ name: 'live', routingConfiguration: [{ stateMachineVersionArn: one, weight: 100 }] }));
    const { stateMachineVersionArn: two = '', revisionId } = await client.send(new UpdateStateMachineCommand({ stateMachineArn, definition: text({ A: { Type: 'Pass', Output: 2, End: true } }), publish: true }));
    expect([one, same, two]).toEqual([`${stateMachineArn}:1`, `${stateMachineArn}:1`, `${stateMachineArn}:2`]);
    const through = async (arn: string) => client.send(new DescribeExecutionCommand({ executionArn: await start(arn) }));
    expect(await through(live)).toMatchObject({ output: '1', stateMachineArn, stateMachineVersionArn: one, stateMachineAliasArn: live });
    expect(await through(two)).toMatchObject({ output: '2', stateMachineVersionArn: two });
    expect((await client.send(new ListExecutionsCommand({ stateMachineArn: live }))).executions).toHaveLength(1);
    await client.send(new UpdateStateMachineAliasCommand({ stateMachineAliasArn: live, routingConfiguration: [{ stateMachineVersionArn: two, weight: 100 }] }));
    expect((await through(live)).output).toBe('2');
    expect(await client.send(new DescribeStateMachineAliasCommand({ stateMachineAliasArn: live }))).toMatchObject({ name: 'live', routingConfiguration: [{ stateMachineVersionArn: two, weight: 100 }] });
    expect(await client.send(new DescribeStateMachineCommand({ stateMachineArn: one }))).toMatchObject({ stateMachineArn: one, description: 'one' });
    expect((await client.send(new ListStateMachineVersionsCommand({ stateMachineArn }))).stateMachineVersions?.map((version) => version.stateMachineVersionArn)).toEqual([two, one]);
    await expect(client.send(new DeleteStateMachineVersionCommand({ stateMachineVersionArn: two }))).rejects.toMatchObject({ name: 'ConflictException', message: expect.stringContaining('[live]') as unknown });
    await client.send(new DeleteStateMachineAliasCommand({ stateMachineAliasArn: live }));
    await client.send(new DeleteStateMachineVersionCommand({ stateMachineVersionArn: two }));
    expect((await client.send(new ListStateMachineAliasesCommand({ stateMachineArn }))).stateMachineAliases).toEqual([]);
    await expect(client.send(new PublishStateMachineVersionCommand({ stateMachineArn, revisionId: 'old' }))).rejects.toMatchObject({
      name: 'ConflictException', message: `Failed to publish the State Machine version for revision old. The current State Machine revision is ${revisionId ?? ''}.`,
    });
    expect((await client.send(new PublishStateMachineVersionCommand({ stateMachineArn }))).stateMachineVersionArn).toBe(`${stateMachineArn}:3`);
  });

  it('share the load by weight', async () => {
    const stateMachineArn = await create('shared');
    await client.send(new PublishStateMachineVersionCommand({ stateMachineArn }));
    await client.send(new UpdateStateMachineCommand({ stateMachineArn, definition: passing('two'), publish: true }));
    const routes = (first: number, second: number) => [{ stateMachineVersionArn: `${stateMachineArn}:1`, weight: first }, { stateMachineVersionArn: `${stateMachineArn}:2`, weight: second }];
    const alias = (routingConfiguration: ReturnType<typeof routes>) => client.send(new CreateStateMachineAliasCommand({ name: 'mix', routingConfiguration }));
    await expect(alias(routes(70, 29))).rejects.toMatchObject({ name: 'ValidationException', message: 'Sum of routing configuration weights must equal 100. Received: [70, 29]' });
    await expect(alias(routes(101, 1))).rejects.toMatchObject({ message: "1 validation error detected: Value '101' at 'routingConfiguration.1.member.weight' failed to satisfy constraint: Member must have value less than or equal to 100" });
    const tooMany = `RoutingConfigurationListItem(stateMachineVersionArn=${stateMachineArn}:1, weight=100)`;
    await expect(alias([...routes(100, 0).slice(0, 1), ...routes(100, 0).slice(0, 1), ...routes(100, 0).slice(0, 1)])).rejects.toMatchObject({
      message: `1 validation error detected: Value '[${[tooMany, tooMany, tooMany].join(', ')}]' at 'routingConfiguration' failed to satisfy constraint: Member must have length less than or equal to 2`,
    });
    await expect(client.send(new CreateStateMachineAliasCommand({ name: '1', routingConfiguration: routes(50, 50) }))).rejects.toMatchObject({ message: expect.stringContaining('pattern: ^(?=.*[a-zA-Z_\\-\\.])[a-zA-Z0-9_\\-\\.]+$') as unknown });
    const { stateMachineAliasArn = '' } = await alias(routes(50, 50));
    const used = new Set<string | undefined>();
    for (let n = 0; n < 40; n++) used.add((await client.send(new DescribeExecutionCommand({ executionArn: await start(stateMachineAliasArn) }))).stateMachineVersionArn);
    expect(used.size).toBe(2);
  });
});

describe('executions', () => {
  it('start once per name and input while they run', async () => {
    const stateMachineArn = await create('named', waiting);
    const first = await start(stateMachineArn, '{"a":1}', 'n');
    expect(await start(stateMachineArn, '{"a":1}', 'n')).toBe(first);
    const refused = { name: 'ExecutionAlreadyExists', message: `Execution Already Exists: '${first}'` };
    await expect(start(stateMachineArn, '{"a":2}', 'n')).rejects.toMatchObject(refused);
    await client.send(new StopExecutionCommand({ executionArn: first }));
    await expect(start(stateMachineArn, '{"a":1}', 'n')).rejects.toMatchObject(refused);
  });

  it.each([
    ['not some json', "Invalid State Machine Execution Input: 'Unrecognized token 'not': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')'"],
    ["{'not': 'json'}", "Invalid State Machine Execution Input: 'Unexpected character (''' (code 39)): was expecting double-quote to start field name'"],
    ['', "Invalid State Machine Execution Input: 'Invalid execution input.'"],
  ])('refuse the input %j', async (input, message) => {
    await expect(start(await create('once', passing('1')), input)).rejects.toMatchObject({ name: 'InvalidExecutionInput', message });
  });

  it('are listed newest first, by status and in pages', async () => {
    const stateMachineArn = await create('listed', waiting);
    const all = [await start(stateMachineArn), await start(stateMachineArn), await start(stateMachineArn)];
    await client.send(new StopExecutionCommand({ executionArn: all[0], error: 'E', cause: 'C' }));
    const page = await client.send(new ListExecutionsCommand({ stateMachineArn, maxResults: 2 }));
    const rest = await client.send(new ListExecutionsCommand({ stateMachineArn, maxResults: 2, nextToken: page.nextToken }));
    expect([...(page.executions ?? []), ...(rest.executions ?? [])].map(({ executionArn }) => executionArn)).toEqual(all.toReversed());
    expect(rest.nextToken).toBeUndefined();
    expect((await client.send(new ListExecutionsCommand({ stateMachineArn, statusFilter: 'ABORTED' }))).executions).toMatchObject([{ executionArn: all[0], status: 'ABORTED', redriveCount: 0 }]);
    await expect(client.send(new ListExecutionsCommand({ stateMachineArn, nextToken: 'x' }))).rejects.toMatchObject({ name: 'InvalidToken' });
    await expect(client.send(new ListExecutionsCommand({ stateMachineArn, statusFilter: 'succeeded' as 'SUCCEEDED' }))).rejects.toMatchObject({
      message: "1 validation error detected: Value 'succeeded' at 'statusFilter' failed to satisfy constraint: Member must satisfy enum value set: [SUCCEEDED, TIMED_OUT, PENDING_REDRIVE, ABORTED, FAILED, RUNNING]",
    });
  });

  it('show their history forwards, backwards, in pages, and without data', async () => {
    const executionArn = await start(await create('history'), '{"a":1}');
    const types: string[] = [];
    for await (const page of paginateGetExecutionHistory({ client, pageSize: 3 }, { executionArn })) types.push(...(page.events ?? []).map(({ type }) => type ?? ''));
    expect(types).toEqual(['ExecutionStarted', 'PassStateEntered', 'PassStateExited', 'ExecutionSucceeded']);
    const back = await client.send(new GetExecutionHistoryCommand({ executionArn, reverseOrder: true, maxResults: 1 }));
    expect(back.events).toMatchObject([{ id: 4, previousEventId: 3, executionSucceededEventDetails: { output: '{"a":1}', outputDetails: { truncated: false } } }]);
    const bare = await client.send(new GetExecutionHistoryCommand({ executionArn, includeExecutionData: false, maxResults: 1 }));
    expect(bare.events?.[0]?.executionStartedEventDetails).toEqual({ roleArn });
  });

  it('are described, with their machine, and redriven', async () => {
    const executionArn = await start(await create('failing', text({ F: { Type: 'Fail', Error: 'E', Cause: 'C' } })));
    expect(await client.send(new DescribeExecutionCommand({ executionArn }))).toMatchObject({ status: 'FAILED', error: 'E', cause: 'C', redriveStatus: 'REDRIVABLE', redriveCount: 0 });
    expect(await client.send(new DescribeStateMachineForExecutionCommand({ executionArn }))).toMatchObject({ name: 'failing', roleArn });
    await client.send(new RedriveExecutionCommand({ executionArn }));
    expect(await client.send(new DescribeExecutionCommand({ executionArn }))).toMatchObject({ status: 'FAILED', redriveCount: 1 });
  });

  it.each([
    ['not_an_arn', 'InvalidArn', "Invalid Arn: 'Invalid ARN prefix: not_an_arn'"],
    ['arn:aws:states:ap-southeast-1:111111111111:execution:m:none', 'ExecutionDoesNotExist', "Execution Does Not Exist: 'arn:aws:states:ap-southeast-1:111111111111:execution:m:none'"],
    ['arn:aws:states:ap-southeast-1:111111111111:express:m:none', 'InvalidArn', "Invalid Arn: 'Resource type not valid in this context: express'"],
  ])('refuse the ARN %s', async (executionArn, name, message) => {
    await expect(client.send(new DescribeExecutionCommand({ executionArn }))).rejects.toMatchObject({ name, message });
  });

  it('answer synchronously for no STANDARD machine', async () => {
    const raw = await fetch(server.url, { method: 'POST', headers: { 'x-amz-target': 'AWSStepFunctions.StartSyncExecution' }, body: JSON.stringify({ stateMachineArn: await create('sync') }) });
    expect([raw.status, raw.headers.get('x-amzn-errortype')]).toEqual([400, 'StateMachineTypeNotSupported']);
  });
});

describe('task tokens and map runs', () => {
  it('are served over the wire', async () => {
    const stateMachineArn = await create('tokens', waiting);
    const [won, lost] = [await start(stateMachineArn), await start(stateMachineArn)];
    const [second, first] = [tokens.pop(), tokens.pop()];
    await client.send(new SendTaskHeartbeatCommand({ taskToken: first }));
    await client.send(new SendTaskSuccessCommand({ taskToken: first, output: '"done"' }));
    await client.send(new SendTaskFailureCommand({ taskToken: second, error: 'E', cause: 'C' }));
    await bench.service.idle();
    expect((await client.send(new DescribeExecutionCommand({ executionArn: won }))).output).toBe('"done"');
    expect(await client.send(new DescribeExecutionCommand({ executionArn: lost }))).toMatchObject({ status: 'FAILED', error: 'E' });
    await expect(client.send(new SendTaskSuccessCommand({ taskToken: first, output: '1' }))).rejects.toMatchObject({ name: 'TaskTimedOut' });
    await expect(client.send(new SendTaskSuccessCommand({ taskToken: 'x', output: '1' }))).rejects.toMatchObject({ name: 'InvalidToken' });
  });

  it('can be looked at and changed while they run', async () => {
    const ItemProcessor = { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' }, ...machine({ W: { Type: 'Wait', Seconds: 5, End: true } }) };
    const executionArn = await start(await create('mapped', text({ M: { Type: 'Map', Items: [1, 2, 3], MaxConcurrency: 1, ItemProcessor, End: true } })));
    const { mapRuns = [] } = await client.send(new ListMapRunsCommand({ executionArn }));
    const mapRunArn = mapRuns[0]?.mapRunArn ?? '';
    expect(await client.send(new DescribeMapRunCommand({ mapRunArn }))).toMatchObject({ status: 'RUNNING', maxConcurrency: 1, itemCounts: { running: 1, pending: 2, total: 3 } });
    await client.send(new UpdateMapRunCommand({ mapRunArn, maxConcurrency: 3 }));
    await bench.service.idle();
    expect(await client.send(new DescribeMapRunCommand({ mapRunArn }))).toMatchObject({ maxConcurrency: 3, itemCounts: { running: 3, pending: 0 } });
  });
});

describe('what is not offered', () => {
  it('is refused by name', async () => {
    await expect(client.send(new CreateActivityCommand({ name: 'a' }))).rejects.toMatchObject({ name: 'UnsupportedOperation', message: expect.stringContaining('activities are not offered') as unknown });
  });

  it.each([
    ['no target', {}, '{}', 'UnknownOperationException'],
    ['a body that is no JSON', { 'x-amz-target': 'AWSStepFunctions.ListStateMachines' }, '{', 'SerializationException'],
    ['a body that is no object', { 'x-amz-target': 'AWSStepFunctions.ListStateMachines' }, '[]', 'SerializationException'],
    ['a member of a wrong type', { 'x-amz-target': 'AWSStepFunctions.ListStateMachines' }, '{"maxResults":"1"}', 'SerializationException'],
    ['a name from the prototype', { 'x-amz-target': 'AWSStepFunctions.constructor' }, '{}', 'UnknownOperationException'],
    ['a missing member', { 'x-amz-target': 'AWSStepFunctions.DescribeExecution' }, '{}', 'ValidationException'],
  ])('answers 400 to %s', async (_name, headers, body, type) => {
    const answer = await fetch(server.url, { method: 'POST', headers: headers as Record<string, string>, body });
    expect([answer.status, answer.headers.get('x-amzn-errortype'), ((await answer.json()) as { __type: string }).__type]).toEqual([400, type, type]);
  });
});
