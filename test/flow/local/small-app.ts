import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CloudOptions } from '../../../infra/local/cloud/types.ts';

/** The code of the small app's functions: CommonJS, as a bundle would be. */
const code = {
  // Every handler writes by the SDK, signed with its own role.
  door: `
    const { DynamoDBClient, PutItemCommand, GetItemCommand, DeleteItemCommand } = require('@aws-sdk/client-dynamodb');
    const db = new DynamoDBClient({});
    exports.handler = async (event) => {
      const id = event.pathParameters?.id ?? 'none';
      switch (event.routeKey) {
        case 'GET /echo': return event;
        case 'POST /echo': return event;
        case 'GET /fail': throw new TypeError('on purpose');
        case 'GET /slow': await new Promise((resolve) => setTimeout(resolve, 5000)); return {};
        case 'GET /exit': process.exit(9);
        case 'GET /now': return { now: Date.now(), date: new Date().toISOString() };
        case 'GET /forbidden': try { await db.send(new DeleteItemCommand({ TableName: process.env.TABLE, Key: { pk: { S: 'a' }, sk: { S: 'b' } } })); return 'allowed'; } catch (error) { return error.name; }
        case 'PUT /items/{id}': await db.send(new PutItemCommand({ TableName: process.env.TABLE, Item: { pk: { S: id }, sk: { S: 'item' }, body: { S: event.body ?? '' } } })); return { statusCode: 201, headers: { 'x-made': id }, cookies: ['a=1', 'b=2'], body: id };
        case 'GET /items/{id}': { const { Item } = await db.send(new GetItemCommand({ TableName: process.env.TABLE, Key: { pk: { S: id }, sk: { S: event.queryStringParameters?.sk ?? 'item' } } })); return { statusCode: Item ? 200 : 404, body: JSON.stringify(Item ?? null) }; }
      }
    };`,
  // Copies each new item; fails as often as the item says before it takes it.
  relay: `
    const { DynamoDBClient, UpdateItemCommand } = require('@aws-sdk/client-dynamodb');
    const db = new DynamoDBClient({});
    const failed = new Map();
    exports.handler = async ({ Records }) => {
      const batchItemFailures = [];
      for (const { dynamodb } of Records) {
        const { pk, body } = dynamodb.NewImage;
        const wanted = Number(/^fail (\\d+)/.exec(body.S)?.[1] ?? 0);
        if (wanted > (failed.get(pk.S) ?? 0)) {
          failed.set(pk.S, (failed.get(pk.S) ?? 0) + 1);
          batchItemFailures.push({ itemIdentifier: dynamodb.SequenceNumber });
          break;
        }
        await db.send(new UpdateItemCommand({ TableName: process.env.TABLE, Key: { pk, sk: { S: 'copy' } }, UpdateExpression: 'SET body = :body ADD times :one', ExpressionAttributeValues: { ':body': body, ':one': { N: '1' } } }));
      }
      return { batchItemFailures };
    };`,
  // Writes down each call it gets from a rule or a schedule.
  diary: `
    const { DynamoDBClient, PutItemCommand } = require('@aws-sdk/client-dynamodb');
    const db = new DynamoDBClient({});
    exports.handler = async (event) => {
      if (event.fail) throw new Error('the diary is closed');
      const line = event.what ?? event.detail?.what ?? event.source;
      await db.send(new PutItemCommand({ TableName: process.env.TABLE, Item: { pk: { S: 'diary' }, sk: { S: new Date().toISOString() + ' ' + line }, scheduled: { S: event.at ?? '' } } }));
    };`,
};

const role = (table: unknown, actions: readonly string[]) => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] },
    Policies: [{ PolicyName: 'may', PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: actions, Resource: table }] } }],
  },
});
const lambda = (name: keyof typeof code, extra: object = {}) => ({
  Type: 'AWS::Lambda::Function',
  Properties: { FunctionName: `small-${name}`, Runtime: 'nodejs24.x', Handler: 'index.handler', Code: { ZipFile: code[name] }, Role: { 'Fn::GetAtt': [`${name}Role`, 'Arn'] }, Environment: { Variables: { TABLE: { Ref: 'Table' } } }, Timeout: 20, ...extra },
});
const route = (key: string, secured = false) => ({
  Type: 'AWS::ApiGatewayV2::Route',
  Properties: { ApiId: { Ref: 'Api' }, RouteKey: key, Target: { 'Fn::Sub': 'integrations/${Integration}' }, ...(secured ? { AuthorizationType: 'JWT', AuthorizerId: { Ref: 'People' } } : {}) },
});
const table = { 'Fn::GetAtt': ['Table', 'Arn'] };

/** A template with an API, a table with its stream, rules, schedules, a queue: everything once. */
const template = {
  Parameters: { OidcIssuer: { Type: 'String' }, OidcAudience: { Type: 'String', Default: 'nobody' } },
  Resources: {
    Table: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }, { AttributeName: 'sk', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }, { AttributeName: 'sk', KeyType: 'RANGE' }],
        BillingMode: 'PAY_PER_REQUEST',
        StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
        TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
        DeletionProtectionEnabled: true,
      },
    },
    doorRole: role(table, ['dynamodb:PutItem', 'dynamodb:GetItem']),
    relayRole: role(table, ['dynamodb:UpdateItem']),
    diaryRole: role(table, ['dynamodb:PutItem']),
    Door: lambda('door', { Timeout: 1 }),
    Relay: lambda('relay'),
    Diary: lambda('diary', { DeadLetterConfig: { TargetArn: { 'Fn::GetAtt': ['Lost', 'Arn'] } } }),
    Lost: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'lost' } },
    Copies: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: {
        FunctionName: { Ref: 'Relay' },
        EventSourceArn: { 'Fn::GetAtt': ['Table', 'StreamArn'] },
        StartingPosition: 'TRIM_HORIZON',
        BatchSize: 10,
        MaximumRetryAttempts: 4,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': ['Lost', 'Arn'] } } },
        FilterCriteria: { Filters: [{ Pattern: JSON.stringify({ eventName: ['INSERT'], dynamodb: { Keys: { sk: { S: ['item'] } } } }) }] },
      },
    },
    Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'small', ProtocolType: 'HTTP', CorsConfiguration: { AllowOrigins: ['https://console.example'], AllowMethods: ['GET', 'POST'], AllowHeaders: ['authorization'], MaxAge: 60 } } },
    Integration: { Type: 'AWS::ApiGatewayV2::Integration', Properties: { ApiId: { Ref: 'Api' }, IntegrationType: 'AWS_PROXY', IntegrationUri: { 'Fn::GetAtt': ['Door', 'Arn'] }, PayloadFormatVersion: '2.0' } },
    People: { Type: 'AWS::ApiGatewayV2::Authorizer', Properties: { ApiId: { Ref: 'Api' }, AuthorizerType: 'JWT', IdentitySource: ['$request.header.Authorization'], JwtConfiguration: { Issuer: { Ref: 'OidcIssuer' }, Audience: [{ Ref: 'OidcAudience' }] } } },
    Stage: { Type: 'AWS::ApiGatewayV2::Stage', Properties: { ApiId: { Ref: 'Api' }, StageName: '$default', AutoDeploy: true } },
    DoorPermission: { Type: 'AWS::Lambda::Permission', Properties: { FunctionName: { 'Fn::GetAtt': ['Door', 'Arn'] }, Action: 'lambda:InvokeFunction', Principal: 'apigateway.amazonaws.com', SourceArn: { 'Fn::Sub': 'arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/*/*' } } },
    RulePermission: { Type: 'AWS::Lambda::Permission', Properties: { FunctionName: { 'Fn::GetAtt': ['Diary', 'Arn'] }, Action: 'lambda:InvokeFunction', Principal: 'events.amazonaws.com' } },
    ...Object.fromEntries(['GET /echo', 'POST /echo', 'GET /fail', 'GET /slow', 'GET /exit', 'GET /now', 'GET /forbidden', 'PUT /items/{id}', 'GET /items/{id}'].map((key, at) => [`Route${at}`, route(key)])),
    Secured: route('GET /secured', true),
    Rule: { Type: 'AWS::Events::Rule', Properties: { EventPattern: { source: ['test'], detail: { what: [{ prefix: 'note' }] } }, Targets: [{ Id: 'd', Arn: { 'Fn::GetAtt': ['Diary', 'Arn'] } }] } },
    SchedulerRole: role({ 'Fn::GetAtt': ['Diary', 'Arn'] }, ['lambda:InvokeFunction']),
    June: { Type: 'AWS::Scheduler::Schedule', Properties: schedule('cron(0 9 30 6 ? *)', 'june') },
    December: { Type: 'AWS::Scheduler::Schedule', Properties: schedule('cron(0 9 31 12 ? *)', 'december') },
    Often: { Type: 'AWS::Events::Rule', Properties: { ScheduleExpression: 'rate(5 minutes)', Targets: [{ Id: 'd', Arn: { 'Fn::GetAtt': ['Diary', 'Arn'] }, Input: '{"what":"tick"}' }] } },
  },
  Outputs: { Table: { Value: { Ref: 'Table' } } },
};

function schedule(expression: string, what: string) {
  return {
    ScheduleExpression: expression,
    ScheduleExpressionTimezone: 'Asia/Shanghai',
    FlexibleTimeWindow: { Mode: 'OFF' },
    Target: { Arn: { 'Fn::GetAtt': ['Diary', 'Arn'] }, RoleArn: { 'Fn::GetAtt': ['SchedulerRole', 'Arn'] }, Input: JSON.stringify({ what, at: '<aws.scheduler.scheduled-time>' }) },
  };
}

/** Writes the small app's assembly below a new folder and answers how to start a cloud from it. */
export function smallApp(folder = mkdtempSync(join(tmpdir(), 'small-app-'))): CloudOptions & { readonly dataFolder: string } {
  const assembly = join(folder, 'assembly');
  mkdirSync(assembly, { recursive: true });
  writeFileSync(join(assembly, 'small.template.json'), JSON.stringify(template));
  writeFileSync(join(assembly, 'manifest.json'), JSON.stringify({ artifacts: { small: { type: 'aws:cloudformation:stack', environment: 'aws://unknown-account/unknown-region', properties: { templateFile: 'small.template.json' } } } }));
  return { dataFolder: join(folder, 'data'), assembly, port: 0, enforce: true, region: 'cn-northwest-1', audience: 'small', people: [{ id: 'an', name: '安', about: '测试' }, { id: 'bo', name: '博', about: '测试' }] };
}

/** Writes the template again with further resources. */
export function addResources(app: CloudOptions, resources: object): void {
  writeFileSync(join(String(app.assembly), 'small.template.json'), JSON.stringify({ ...template, Resources: { ...template.Resources, ...resources } }));
}
