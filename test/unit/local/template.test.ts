import { describe, expect, test } from 'vitest';
import { deploy } from '../../../infra/local/template/deploy.ts';
import { handlers } from '../../../infra/local/template/handlers/table.ts';
import type { Resource, Template } from '../../../infra/local/template/intrinsics.ts';
import { properties } from '../../../infra/local/template/properties.ts';
import type { Ports } from '../../../infra/local/template/read.ts';

/** Ports that keep nothing: what is tested here is reading. */
const ports: Ports = {
  table: async () => undefined,
  bucket: async () => undefined,
  stateMachine: async ({ name }) => ({ arn: `arn:aws-cn:states:cn-northwest-1:000000000000:stateMachine:${name}`, revision: '1' }),
  stateMachineVersion: async (arn) => `${arn}:1`,
  stateMachineAlias: async ({ name, routes }) => `${routes[0]?.arn.split(':').slice(0, 7).join(':')}:${name}`,
};
const placement = { region: 'cn-northwest-1', accountId: '000000000000', parameters: {} };

const run = (...templates: Template[]) =>
  deploy({ stacks: templates.map((template, at) => ({ id: `s${at}`, name: `stack${at}`, region: undefined, template })), assets: new Map() }, placement, ports);
const output = async (value: unknown, rest: Omit<Template, 'Outputs'> = {}) => (await run({ ...rest, Outputs: { It: { Value: value } } })).outputs.get('stack0.It');
const queue: Resource = { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'q' } };

describe('reading templates', () => {
  const values: readonly [string, unknown, unknown][] = [
    ['Fn::Join', { 'Fn::Join': [':', ['arn', { Ref: 'AWS::Partition' }]] }, 'arn:aws-cn'],
    ['Fn::Sub', { 'Fn::Sub': 'a-${AWS::Region}-${Q.Arn}-${!Literal}' }, 'a-cn-northwest-1-arn:aws-cn:sqs:cn-northwest-1:000000000000:q-${Literal}'],
    ['Fn::Sub with variables', { 'Fn::Sub': ['${X}/${Q}', { X: { Ref: 'P' } }] }, 'seven/https://sqs.cn-northwest-1.amazonaws.com.cn/000000000000/q'],
    ['Fn::Select and Fn::Split', { 'Fn::Select': [2, { 'Fn::Split': [':', { 'Fn::GetAtt': ['Q', 'Arn'] }] }] }, 'sqs'],
    ['Fn::If', { 'Fn::If': ['InChina', 'yes', 'no'] }, 'yes'],
    ['Fn::FindInMap', { 'Fn::FindInMap': ['M', { Ref: 'AWS::Region' }, 'k'] }, 'found'],
    ['Fn::Base64', { 'Fn::Base64': 'abc' }, 'YWJj'],
    ['AWS::NoValue', { kept: 1, dropped: { Ref: 'AWS::NoValue' } }, { kept: 1 }],
    ['a condition key that is none of the template', { Condition: { StringEquals: { a: 'b' } } }, { Condition: { StringEquals: { a: 'b' } } }],
  ];
  test.each(values)('%s is resolved', async (_, value, expected) => {
    const rest: Template = {
      Parameters: { P: { Type: 'String', Default: 'seven' } },
      Mappings: { M: { 'cn-northwest-1': { k: 'found' } } },
      Conditions: { InChina: { 'Fn::And': [{ 'Fn::Equals': [{ Ref: 'AWS::Partition' }, 'aws-cn'] }, { 'Fn::Not': [{ 'Fn::Equals': ['a', 'b'] }] }] } },
      Resources: { Q: queue },
    };
    expect(await output(value, rest)).toEqual(expected);
  });

  test('one stack imports what another exports', async () => {
    const model = await run(
      { Resources: { Q: queue }, Outputs: { Arn: { Value: { 'Fn::GetAtt': ['Q', 'Arn'] }, Export: { Name: { 'Fn::Sub': '${AWS::StackName}:q' } } } } },
      { Outputs: { It: { Value: { 'Fn::ImportValue': 'stack0:q' } } } },
    );
    expect(model.outputs.get('stack1.It')).toBe('arn:aws-cn:sqs:cn-northwest-1:000000000000:q');
  });

  test('resources come in the order of their references, whatever their order in the template', async () => {
    const model = await run({ Resources: { Sub: { Type: 'AWS::SNS::Subscription', Properties: { TopicArn: { Ref: 'T' }, Protocol: 'sqs', Endpoint: { 'Fn::GetAtt': ['Q', 'Arn'] } } }, T: { Type: 'AWS::SNS::Topic' }, Q: queue } });
    expect(model.resolved.map(({ logicalId }) => logicalId)).toEqual(['T', 'Q', 'Sub']);
  });

  test('names without a physical name are the same each time', async () => {
    const bare: Template = { Resources: { Q: { Type: 'AWS::SQS::Queue' } } };
    expect([...(await run(bare)).queues.keys()]).toEqual([...(await run(bare)).queues.keys()]);
  });

  test('a resource whose condition is false does not exist', async () => {
    const model = await run({ Conditions: { No: { 'Fn::Equals': ['a', 'b'] } }, Resources: { Q: { ...queue, Condition: 'No' } } });
    expect(model.queues.size).toBe(0);
  });

  test('substitutions reach a definition, and other blanks stay', async () => {
    let seen = '';
    const Properties = { StateMachineName: 'm', RoleArn: 'r', DefinitionString: '{"a":"${X}","b":"${Y}"}', DefinitionSubstitutions: { X: 'filled' } };
    await deploy(
      { stacks: [{ id: 's', name: 's', region: undefined, template: { Resources: { M: { Type: 'AWS::StepFunctions::StateMachine', Properties } } } }], assets: new Map() },
      placement,
      { ...ports, stateMachine: async ({ definition }) => ((seen = definition), { arn: 'a', revision: '1' }) },
    );
    expect(seen).toBe('{"a":"filled","b":"${Y}"}');
  });

  const refused: readonly [string, Template, RegExp][] = [
    ['an unknown type', { Resources: { C: { Type: 'AWS::ECS::Cluster' } } }, /stack0\/C.*AWS::ECS::Cluster/],
    ['an unknown property', { Resources: { Q: { Type: 'AWS::SQS::Queue', Properties: { FifoQueue: true } } } }, /stack0\/Q \(AWS::SQS::Queue\).*FifoQueue/],
    ['a circle', { Resources: { A: { Type: 'AWS::SQS::Queue', DependsOn: 'B' }, B: { Type: 'AWS::SQS::Queue', DependsOn: 'A' } } }, /circle: A → B → A/],
    ['a reference to nothing', { Outputs: { It: { Value: { Ref: 'Nowhere' } } } }, /stack0\/Outputs.It.*Nowhere/],
    ['an attribute that is not given', { Resources: { Q: queue }, Outputs: { It: { Value: { 'Fn::GetAtt': ['Q', 'Colour'] } } } }, /Q.*Colour/],
    ['a parameter without value', { Parameters: { P: { Type: 'String' } }, Outputs: { It: { Value: { Ref: 'P' } } } }, /parameter P has no value/],
    ['an unknown function', { Outputs: { It: { Value: { 'Fn::Cidr': ['a'] } } } }, /Fn::Cidr is not interpreted/],
    ['a Python function', { Resources: { F: { Type: 'AWS::Lambda::Function', Properties: { Code: { ZipFile: '' }, Handler: 'i.h', Role: 'r', Runtime: 'python3.13' } } } }, /stack0\/F.*Runtime python3.13/],
    ['an express workflow', { Resources: { M: { Type: 'AWS::StepFunctions::StateMachine', Properties: { StateMachineType: 'EXPRESS', RoleArn: 'r', DefinitionString: '{}' } } } }, /StateMachineType EXPRESS/],
  ];
  test.each(refused)('%s stops the start with its name', async (_, template, words) => {
    await expect(run(template)).rejects.toThrow(words);
  });

  test('each type with properties has a handler, and the other way round', () => {
    expect(Object.keys(handlers).sort()).toEqual(Object.keys(properties).sort());
  });
});
