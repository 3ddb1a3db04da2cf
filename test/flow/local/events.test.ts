import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { ListStateMachineAliasesCommand, ListStateMachineVersionsCommand, SFNClient } from '@aws-sdk/client-sfn';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startCloud } from '../../../infra/local/cloud.ts';
import { openClock } from '../../../infra/local/clock.ts';
import type { Cloud } from '../../../infra/local/cloud/types.ts';
import { frontCall } from './front-call.ts';
import { addResources, smallApp } from './small-app.ts';

const app = smallApp();
let cloud: Cloud;

beforeEach(async () => {
  cloud = await startCloud(app);
});
afterEach(() => cloud.stop());
afterAll(() => rmSync(dirname(app.dataFolder), { recursive: true }));

const credentials = () => ({ accessKeyId: cloud.endpoints.accessKeyId, secretAccessKey: cloud.endpoints.secretAccessKey });
const move = (advance: string) => fetch(`${cloud.endpoints.admin}/clock`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ advance }) });

async function diary(): Promise<string[]> {
  const db = new DynamoDBClient({ region: cloud.endpoints.region, endpoint: cloud.endpoints.dynamodb, credentials: credentials() });
  const { Items } = await db.send(new QueryCommand({ TableName: String(cloud.model.outputs.get('small.Table')), KeyConditionExpression: 'pk = :d', ExpressionAttributeValues: { ':d': { S: 'diary' } }, ConsistentRead: true }));
  db.destroy();
  return (Items ?? []).map((line) => line['sk']?.S?.slice(25) ?? '');
}

describe('events', () => {
  test('one that meets a rule’s pattern reaches its function, another one does not', async () => {
    const entry = (what: string, Source = 'test') => ({ Source, DetailType: 'x', Detail: JSON.stringify({ what }) });
    const answer = await frontCall(cloud.endpoints, 'AWSEvents.PutEvents', { Entries: [entry('note one'), entry('other'), entry('note two', 'elsewhere'), { ...entry('note'), Detail: 'no json' }] });
    expect(answer).toMatchObject({ FailedEntryCount: 1, Entries: [{ EventId: expect.any(String) as string }, {}, {}, { ErrorCode: 'MalformedDetail' }] });
    await cloud.settle();
    expect(await diary()).toEqual(['note one']);
  });

  test('nobody but the admin endpoint speaks for a service of AWS', async () => {
    const entry = { Source: 'aws.test', DetailType: 'x', Detail: JSON.stringify({ what: 'note for AWS' }) };
    expect(await frontCall(cloud.endpoints, 'AWSEvents.PutEvents', { Entries: [entry] })).toMatchObject({ FailedEntryCount: 1, Entries: [{ ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.' }] });
    const announce = (body: object) => fetch(`${cloud.endpoints.admin}/events`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    expect(await (await announce(entry)).json()).toEqual({ EventId: expect.any(String) as string });
    expect([(await announce({ ...entry, Detail: 'no json' })).status, (await announce({})).status]).toEqual([400, 400]);
  });

  test('an asynchronous call that keeps failing is tried three times by the clock and ends in the dead letter queue', async () => {
    const invoked = () => cloud.functions.counts()['small-diary'] ?? 0;
    await frontCall(cloud.endpoints, 'lambda', { fail: true }, `/2015-03-31/functions/small-diary/invocations`, { 'x-amz-invocation-type': 'Event' });
    await cloud.settle();
    expect(invoked()).toBe(1);
    await move('PT10M');
    const ticks = (await diary()).filter((line) => line === 'tick').length;
    expect(invoked() - ticks).toBe(3);
    const { Messages } = (await frontCall(cloud.endpoints, 'AmazonSQS.ReceiveMessage', { QueueUrl: 'lost' })) as { Messages: { Body: string }[] };
    expect(Messages.map(({ Body }) => Body)).toEqual(['{"fail":true}']);
  });

  test('what fell due while the cloud was off happens at the next start, once', async () => {
    const before = (await diary()).filter((line) => line === 'june' || line === 'december').length;
    await cloud.stop();
    // The clock's file says how far ahead the cloud is: 200 days later it is another half-year.
    const clock = openClock(`${app.dataFolder}/clock.json`);
    await clock.moveTo(clock.now() + 200 * 86_400_000, async () => undefined);
    cloud = await startCloud(app);
    const halves = async () => (await diary()).filter((line) => line === 'june' || line === 'december').length - before;
    await expect.poll(halves, { timeout: 10_000 }).toBeGreaterThanOrEqual(1);
    await cloud.settle();
    const fired = await halves();
    await cloud.stop();
    cloud = await startCloud(app);
    await cloud.settle();
    expect(await halves()).toBe(fired);
  });
});

describe('a changed template', () => {
  const machine = (seconds: number) => ({
    Machine: { Type: 'AWS::StepFunctions::StateMachine', Properties: { StateMachineName: 'm', RoleArn: { 'Fn::GetAtt': ['SchedulerRole', 'Arn'] }, DefinitionString: JSON.stringify({ QueryLanguage: 'JSONata', StartAt: 'W', States: { W: { Type: 'Wait', Seconds: seconds, End: true } } }) } },
    Version: { Type: 'AWS::StepFunctions::StateMachineVersion', Properties: { StateMachineArn: { Ref: 'Machine' } } },
    Live: { Type: 'AWS::StepFunctions::StateMachineAlias', Properties: { Name: 'live', RoutingConfiguration: [{ StateMachineVersionArn: { Ref: 'Version' }, Weight: 100 }] } },
  });

  test('gives a state machine a new version and moves the alias; the same template again changes nothing', async () => {
    const seen: string[][] = [];
    for (const seconds of [1, 1, 2]) {
      addResources(app, machine(seconds));
      await cloud.stop();
      cloud = await startCloud(app);
      const stateMachineArn = [...cloud.model.stateMachines.keys()][0] ?? '';
      const sfn = new SFNClient({ region: cloud.endpoints.region, endpoint: cloud.endpoints.states, credentials: credentials() });
      const { stateMachineVersions } = await sfn.send(new ListStateMachineVersionsCommand({ stateMachineArn }));
      const { stateMachineAliases } = await sfn.send(new ListStateMachineAliasesCommand({ stateMachineArn }));
      sfn.destroy();
      expect(stateMachineAliases?.length).toBe(1);
      seen.push((stateMachineVersions ?? []).map(({ stateMachineVersionArn }) => stateMachineVersionArn?.split(':').at(-1) ?? ''));
    }
    expect(seen).toEqual([['1'], ['1'], ['2', '1']]);
  });
});
