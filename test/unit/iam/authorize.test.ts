import { describe, expect, test } from 'vitest';
import { authorizeBy, checkPolicies, mayAssume } from '../../../infra/local/iam/authorize.ts';
import { rolesOf } from '../../../infra/local/iam/roles.ts';
import type { ResolvedResource } from '../../../infra/local/iam/roles.ts';

const account = { partition: 'aws', accountId: '000000000000' };
const root = 'arn:aws:iam::000000000000:root';
const relay = 'arn:aws:iam::000000000000:role/relay-role';
const table = 'arn:aws:dynamodb:ap-southeast-1:000000000000:table/records';
const machine = 'arn:aws:states:ap-southeast-1:000000000000:stateMachine:government';

const statement = (Action: string | string[], Resource: string | string[], more: object = {}) => ({ Effect: 'Allow', Action, Resource, ...more });
const document = (...Statement: object[]) => ({ Version: '2012-10-17', Statement });

const resources: readonly ResolvedResource[] = [
  {
    logicalId: 'RelayRole',
    type: 'AWS::IAM::Role',
    physicalName: 'relay-role',
    properties: {
      AssumeRolePolicyDocument: document({ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }),
      ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'],
      Policies: [{ PolicyName: 'inline', PolicyDocument: document(statement('s3:GetObject', 'arn:aws:s3:::files/public/*')) }],
    },
  },
  {
    logicalId: 'RelayPolicy',
    type: 'AWS::IAM::Policy',
    physicalName: 'relay-policy',
    properties: {
      PolicyName: 'relay-policy',
      Roles: ['relay-role'],
      PolicyDocument: document(
        statement(['dynamodb:GetItem', 'dynamodb:Query'], [table, `${table}/index/*`]),
        statement(['states:SendTaskSuccess', 'states:SendTaskFailure'], machine),
        statement('states:StartExecution', machine, { Condition: { StringEquals: { 'states:StateMachineQualifier': 'live' } } }),
        { Effect: 'Deny', Action: 'dynamodb:GetItem', Resource: `${table}-secret` },
        statement('dynamodb:GetItem', `${table}-secret`),
      ),
    },
  },
  { logicalId: 'Other', type: 'AWS::IAM::Policy', physicalName: 'other', properties: { PolicyName: 'other', Roles: ['another-role'], PolicyDocument: document(statement('*', '*')) } },
];
const roles = rolesOf(resources, account);
const authorize = authorizeBy(roles, root);
const asked = (action: string, resource: string, context?: Record<string, string>) => authorize({ principal: relay, action, resource, ...(context ? { context } : {}) }).allowed;

describe('a role of the template', () => {
  test.each([
    [true, 'dynamodb:GetItem', table],
    [true, 'dynamodb:Query', `${table}/index/byQueue`],
    [false, 'dynamodb:PutItem', table],
    [false, 'dynamodb:GetItem', `${table}2`],
    [false, 'dynamodb:GetItem', `${table}-secret`],
    [true, 's3:GetObject', 'arn:aws:s3:::files/public/桂林 100%.pdf'],
    [false, 's3:GetObject', 'arn:aws:s3:::files/private/a'],
    [false, 's3:PutObject', 'arn:aws:s3:::files/public/a'],
    [true, 'logs:PutLogEvents', 'arn:aws:logs:ap-southeast-1:000000000000:log-group:a:log-stream:b'],
    [true, 'states:SendTaskSuccess', machine],
    [false, 'states:SendTaskHeartbeat', machine],
    [false, 'states:SendTaskSuccess', `${machine}2`],
    [false, 'dynamodb:ListStreams', '*'],
  ])('is answered %s for %s on %s', (expected, action, resource) => {
    expect(asked(action, resource)).toBe(expected);
  });

  test('is judged by condition keys', () => {
    expect(asked('states:StartExecution', machine, { 'states:StateMachineQualifier': 'live' })).toBe(true);
    expect(asked('states:StartExecution', machine, { 'states:StateMachineQualifier': 'test' })).toBe(false);
    expect(asked('states:StartExecution', machine)).toBe(false);
  });

  test('is not let through by a wildcard that stands in the key it asks for', () => {
    expect(asked('s3:GetObject', 'arn:aws:s3:::files/*')).toBe(false);
    expect(asked('s3:GetObject', 'arn:aws:s3:::files/p?blic/a')).toBe(false);
    expect(asked('s3:GetObject', 'arn:aws:s3:::files/public/*')).toBe(true);
  });

  test('hears in a denial who asked for what', () => {
    expect(authorize({ principal: relay, action: 'dynamodb:PutItem', resource: table })).toEqual({
      allowed: false,
      reason: `User: ${relay} is not authorized to perform: dynamodb:PutItem on resource: ${table} because no identity-based policy allows the action`,
    });
    expect(authorize({ principal: relay, action: 'dynamodb:GetItem', resource: `${table}-secret` })).toMatchObject({ reason: expect.stringContaining('explicit deny') as string });
  });

  test('may be taken only by the service it trusts', async () => {
    await expect(mayAssume(roles[0]!, 'lambda.amazonaws.com')).resolves.toBe(true);
    await expect(mayAssume(roles[0]!, 'states.amazonaws.com')).resolves.toBe(false);
  });
});

test('the root may do everything, a principal that no template knows nothing', () => {
  expect(authorize({ principal: root, action: 's3:DeleteBucket', resource: 'arn:aws:s3:::files' }).allowed).toBe(true);
  expect(authorize({ principal: `${relay}-forged`, action: 'dynamodb:GetItem', resource: table })).toMatchObject({ allowed: false, reason: expect.stringContaining('no role of the template') as string });
});

test('a permission boundary takes away what the policies give', () => {
  const bounded = resources.map((one) => (one.type === 'AWS::IAM::Role' ? { ...one, properties: { ...one.properties, PermissionsBoundary: 'edge' } } : one));
  const edge = { logicalId: 'Edge', type: 'AWS::IAM::ManagedPolicy', physicalName: 'edge', properties: { PolicyDocument: document(statement('dynamodb:GetItem', '*')) } };
  const ask = authorizeBy(rolesOf([...bounded, edge], account), root);
  expect(ask({ principal: relay, action: 'dynamodb:GetItem', resource: table }).allowed).toBe(true);
  expect(ask({ principal: relay, action: 'dynamodb:Query', resource: table }).allowed).toBe(false);
});

test('an unknown managed policy is an error that names role and policy', () => {
  const role = { ...resources[0], properties: { ...resources[0]?.properties, ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] } } as ResolvedResource;
  expect(() => rolesOf([role], account)).toThrow(/RelayRole.*AdministratorAccess/);
});

test('a policy that IAM would refuse is found at start', async () => {
  await expect(checkPolicies(roles)).resolves.toBeUndefined();
  const [role] = roles;
  const broken = { ...role!, policies: [{ name: 'broken', document: { Version: '2012-10-17', Statement: [{ Effect: 'Permit', Action: 's3:GetObject', Resource: '*' }] } }] };
  await expect(checkPolicies([broken])).rejects.toThrow(/relay-role/);
});

test('the same question again costs microseconds', () => {
  const question = { principal: relay, action: 'dynamodb:GetItem', resource: table };
  authorize(question);
  const started = performance.now();
  for (let i = 0; i < 10_000; i += 1) authorize(question);
  expect((performance.now() - started) / 10_000).toBeLessThan(0.1);
});
