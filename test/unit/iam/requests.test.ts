import { runSimulation } from '@cloud-copilot/iam-simulate';
import { describe, expect, test } from 'vitest';
import { invokeNeeds, needsOf } from '../../../infra/local/iam/requests.ts';
import type { JsonService } from '../../../infra/local/iam/requests.ts';
import { s3Needs } from '../../../infra/local/iam/s3-needs.ts';

const place = { partition: 'aws', region: 'ap-southeast-1', accountId: '000000000000' };
const table = 'arn:aws:dynamodb:ap-southeast-1:000000000000:table/records';
const stream = `${table}/stream/2026-01-01T00:00:00.000`;
const machine = 'arn:aws:states:ap-southeast-1:000000000000:stateMachine:government';
const execution = 'arn:aws:states:ap-southeast-1:000000000000:execution:government:GX-1-1';
const named = { TableName: 'records' };

const rows: readonly (readonly [JsonService, string, object, readonly (readonly [string, string])[]])[] = [
  ['dynamodb', 'GetItem', named, [['dynamodb:GetItem', table]]],
  ['dynamodb', 'GetItem', { TableName: table }, [['dynamodb:GetItem', table]]],
  ['dynamodb', 'Query', { ...named, IndexName: 'byQueue' }, [['dynamodb:Query', `${table}/index/byQueue`]]],
  ['dynamodb', 'Query', named, [['dynamodb:Query', table]]],
  ['dynamodb', 'Scan', { ...named, IndexName: 'byLeaf' }, [['dynamodb:Scan', `${table}/index/byLeaf`]]],
  ['dynamodb', 'BatchGetItem', { RequestItems: { records: {}, others: {} } }, [['dynamodb:BatchGetItem', table], ['dynamodb:BatchGetItem', table.replace('records', 'others')]]],
  ['dynamodb', 'BatchWriteItem', { RequestItems: { records: [] } }, [['dynamodb:BatchWriteItem', table]]],
  ['dynamodb', 'TransactGetItems', { TransactItems: [{ Get: named }, { Get: named }] }, [['dynamodb:GetItem', table]]],
  [
    'dynamodb',
    'TransactWriteItems',
    { TransactItems: [{ Put: named }, { Update: named }, { Put: named }, { ConditionCheck: { TableName: 'others' } }, { Delete: named }] },
    [['dynamodb:PutItem', table], ['dynamodb:UpdateItem', table], ['dynamodb:ConditionCheckItem', table.replace('records', 'others')], ['dynamodb:DeleteItem', table]],
  ],
  ['dynamodb', 'GetRecords', { ShardIterator: `${stream}|1|abc` }, [['dynamodb:GetRecords', stream]]],
  ['dynamodb', 'GetRecords', { ShardIterator: `arn:aws:dynamodb:ddblocal:1:table/records/stream/2026-01-01T00:00:00.000|1|abc` }, [['dynamodb:GetRecords', stream]]],
  ['dynamodb', 'GetShardIterator', { StreamArn: stream }, [['dynamodb:GetShardIterator', stream]]],
  ['dynamodb', 'DescribeStream', { StreamArn: stream }, [['dynamodb:DescribeStream', stream]]],
  ['dynamodb', 'ListStreams', named, [['dynamodb:ListStreams', '*']]],
  ['states', 'StartExecution', { stateMachineArn: machine }, [['states:StartExecution', machine]]],
  ['states', 'StartExecution', { stateMachineArn: `${machine}:live` }, [['states:StartExecution', machine]]],
  ['states', 'StartExecution', { stateMachineArn: `${machine}:7` }, [['states:StartExecution', machine]]],
  ['states', 'DescribeExecution', { executionArn: execution }, [['states:DescribeExecution', execution]]],
  ['states', 'StopExecution', { executionArn: execution }, [['states:StopExecution', execution]]],
  ['states', 'ListExecutions', { stateMachineArn: machine }, [['states:ListExecutions', machine]]],
  ['states', 'UpdateStateMachine', { stateMachineArn: machine, publish: true }, [['states:UpdateStateMachine', machine], ['states:PublishStateMachineVersion', machine]]],
  ['states', 'SendTaskSuccess', { taskToken: 'known' }, [['states:SendTaskSuccess', machine]]],
  ['states', 'SendTaskFailure', { taskToken: 'unknown' }, [['states:SendTaskFailure', '*']]],
  ['states', 'CreateStateMachine', { name: 'government' }, [['states:CreateStateMachine', machine]]],
  ['states', 'ListStateMachines', {}, [['states:ListStateMachines', '*']]],
  ['events', 'PutEvents', { Entries: [{}, { EventBusName: 'default' }, { EventBusName: 'notices' }] }, [['events:PutEvents', 'arn:aws:events:ap-southeast-1:000000000000:event-bus/default'], ['events:PutEvents', 'arn:aws:events:ap-southeast-1:000000000000:event-bus/notices']]],
  ['sqs', 'SendMessageBatch', { QueueUrl: 'http://127.0.0.1:1/000000000000/letters' }, [['sqs:SendMessage', 'arn:aws:sqs:ap-southeast-1:000000000000:letters']]],
  ['sns', 'Publish', { TopicArn: 'arn:aws:sns:ap-southeast-1:000000000000:alarms' }, [['sns:Publish', 'arn:aws:sns:ap-southeast-1:000000000000:alarms']]],
];

const known = { stateMachineOfToken: (token: string) => (token === 'known' ? `${machine}:live` : undefined) };

describe('a request', () => {
  test.each(rows)('%s %s %j needs %j', (service, operation, body, needs) => {
    expect(needsOf(service, operation, body as Record<string, unknown>, place, known)?.map((need) => [need.action, need.resource])).toEqual(needs);
  });

  test('of a version or an alias carries its qualifier as condition key', () => {
    expect(needsOf('states', 'StartExecution', { stateMachineArn: `${machine}:live` }, place)).toEqual([{ action: 'states:StartExecution', resource: machine, context: { 'states:StateMachineQualifier': 'live' } }]);
  });

  test('that nobody put in the tables has no answer, so that callers must refuse it', () => {
    for (const service of ['dynamodb', 'states', 'events', 'sqs', 'sns'] as const) expect(needsOf(service, 'DoWhatYouLike', {}, place)).toBeUndefined();
  });

  test('with members of the wrong type asks for nothing that a narrow policy allows', () => {
    expect(needsOf('dynamodb', 'GetItem', { TableName: 7 }, place)).toEqual([{ action: 'dynamodb:GetItem', resource: table.replace('records', '') }]);
    expect(needsOf('dynamodb', 'TransactWriteItems', { TransactItems: 'x' }, place)).toEqual([]);
  });

  test('to invoke a function names it by name or by ARN', () => {
    const arn = 'arn:aws:lambda:ap-southeast-1:000000000000:function:relay';
    expect(invokeNeeds('relay', place)).toEqual([{ action: 'lambda:InvokeFunction', resource: arn }]);
    expect(invokeNeeds(`${arn}:live`, place)).toEqual([{ action: 'lambda:InvokeFunction', resource: `${arn}:live` }]);
  });
});

describe('a request to S3', () => {
  const needs = (operation: string, query: Record<string, string> = {}, headers: readonly string[] = []) =>
    s3Needs({ operation, bucket: 'files', key: 'a/b', partition: 'aws-cn', query: new Map(Object.entries(query)), has: (name) => headers.includes(name) }).map(({ action, resource }) => `${action} ${resource}`);
  const object = 'arn:aws-cn:s3:::files/a/b';
  const bucket = 'arn:aws-cn:s3:::files';

  test.each([
    ['GetObject', {}, [], [`s3:GetObject ${object}`]],
    ['HeadObject', { versionId: '1' }, [], [`s3:GetObjectVersion ${object}`]],
    ['PutObject', {}, ['x-amz-tagging', 'x-amz-object-lock-mode'], [`s3:PutObject ${object}`, `s3:PutObjectTagging ${object}`, `s3:PutObjectRetention ${object}`]],
    ['DeleteObject', { versionId: '1' }, ['x-amz-bypass-governance-retention'], [`s3:DeleteObjectVersion ${object}`, `s3:BypassGovernanceRetention ${object}`]],
    ['ListObjectsV2', {}, [], [`s3:ListBucket ${bucket}`]],
    ['ListObjectVersions', {}, [], [`s3:ListBucketVersions ${bucket}`]],
    ['UploadPart', {}, [], [`s3:PutObject ${object}`]],
    ['AbortMultipartUpload', {}, [], [`s3:AbortMultipartUpload ${object}`]],
    ['GetObjectAttributes', {}, [], [`s3:GetObjectAttributes ${object}`, `s3:GetObject ${object}`]],
    ['ListBuckets', {}, [], ['s3:ListAllMyBuckets *']],
  ] as const)('%s %j %j needs %j', (operation, query, headers, expected) => {
    expect(needs(operation, query, headers)).toEqual(expected);
  });

  test('lists with their prefix as condition key', () => {
    expect(s3Needs({ operation: 'ListObjectsV2', bucket: 'files', key: '', partition: 'aws', query: new Map([['prefix', 'public/']]), has: () => false })[0]?.context).toEqual({ 's3:prefix': 'public/' });
  });
});

test('every action in the tables is one that IAM knows, on a resource it takes', async () => {
  // Step Functions answers task tokens against the state machine, which the published data does not say.
  const exceptions = new Set(['states:SendTaskSuccess', 'states:SendTaskFailure']);
  const all = rows.flatMap(([service, operation, body]) => needsOf(service, operation, body as Record<string, unknown>, place, known) ?? []).filter(({ action }) => !exceptions.has(action));
  for (const { action, resource } of [...all, ...invokeNeeds('relay', place)]) {
    const result = await runSimulation(
      { request: { action, principal: 'arn:aws:iam::000000000000:role/r', resource: { resource, accountId: place.accountId }, contextVariables: {} }, identityPolicies: [], serviceControlPolicies: [], resourceControlPolicies: [] },
      {},
    );
    expect(result.resultType === 'error' ? `${action} ${resource}: ${result.errors.message}` : 'fine').toBe('fine');
  }
});
