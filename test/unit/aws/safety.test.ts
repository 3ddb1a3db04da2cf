import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Resource, resourcesOf, root, synthesize, type Template } from './synthesized.ts';

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Principal?: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

let templates: Readonly<Record<string, Template>> = {};
beforeAll(() => {
  templates = synthesize('ap-southeast-1');
});

const list = <T>(value: T | readonly T[]): readonly T[] => (Array.isArray(value) ? (value as readonly T[]) : [value as T]);
const statementsOf = ({ Properties }: Resource): readonly Statement[] =>
  (Properties.PolicyDocument as { Statement: readonly Statement[] }).Statement;
const granted = (): { id: string; statement: Statement }[] =>
  resourcesOf(templates, 'AWS::IAM::Policy').flatMap(({ id, resource }) => statementsOf(resource).map((statement) => ({ id, statement })));
const one = (type: string, id: RegExp): Resource => {
  const found = resourcesOf(templates, type).filter((each) => id.test(each.id));
  if (found.length !== 1 || !found[0]) throw new Error(`${found.length} resources ${type} ${id}`);
  return found[0].resource;
};

describe('records', () => {
  it('are encrypted with our key, can be restored to any second of 35 days, and cannot be deleted by mistake', () => {
    const table = one('AWS::DynamoDB::Table', /^Table/);
    expect(table.Properties).toMatchObject({
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 35 },
      DeletionProtectionEnabled: true,
      BillingMode: 'PAY_PER_REQUEST',
      StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
    });
    expect(table.DeletionPolicy).toBe('Retain');
  });

  it('stay when their stack goes, files and key too', () => {
    for (const type of ['AWS::S3::Bucket', 'AWS::KMS::Key', 'AWS::DynamoDB::Table']) {
      for (const { resource } of resourcesOf(templates, type)) expect(resource.DeletionPolicy).toBe('Retain');
    }
  });

  it('rest under a key that rotates and that only the table and the bucket may use for others', () => {
    const key = one('AWS::KMS::Key', /^RecordsKey/).Properties;
    expect(key.EnableKeyRotation).toBe(true);
    const open = (key.KeyPolicy as { Statement: readonly Statement[] }).Statement.filter(({ Principal }) => JSON.stringify(Principal) === '{"AWS":"*"}');
    expect(open).toHaveLength(1);
    expect(Object.keys(open[0]?.Condition?.StringEquals ?? {}).sort()).toEqual(['kms:CallerAccount', 'kms:ViaService']);
  });
});

describe('files', () => {
  it('are versioned, private, encrypted, and may be locked', () => {
    expect(one('AWS::S3::Bucket', /^Bucket/).Properties).toMatchObject({
      VersioningConfiguration: { Status: 'Enabled' },
      ObjectLockEnabled: true,
      BucketEncryption: { ServerSideEncryptionConfiguration: [{ BucketKeyEnabled: true, ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }] },
    });
    for (const { resource } of resourcesOf(templates, 'AWS::S3::Bucket')) {
      expect(resource.Properties.PublicAccessBlockConfiguration).toEqual({
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      });
      expect(JSON.stringify(resource.Properties.LifecycleConfiguration)).toContain('AbortIncompleteMultipartUpload');
    }
  });

  it('that are final are made once and never deleted, whoever asks', () => {
    const denied = statementsOf(one('AWS::S3::BucketPolicy', /^Bucket/)).filter(({ Effect }) => Effect === 'Deny');
    const list = denied.find(({ Action }) => Action === 's3:PutObject');
    expect(list).toMatchObject({ Principal: { AWS: '*' }, Condition: { Null: { 's3:if-none-match': 'true' }, Bool: { 's3:ObjectCreationOperation': 'true' } } });
    expect(JSON.stringify(list?.Resource)).toContain('/public/lists/*');
    const stay = denied.find(({ Action }) => Array.isArray(Action) && Action.includes('s3:DeleteObjectVersion'));
    expect(stay).toMatchObject({ Principal: { AWS: '*' }, Action: ['s3:DeleteObject', 's3:DeleteObjectVersion'] });
    const kept = JSON.stringify(stay?.Resource);
    for (const files of ['/public/lists/*', '/archive/*']) expect(kept).toContain(files);
  });

  it.each(['AWS::S3::BucketPolicy', 'AWS::SQS::QueuePolicy', 'AWS::SNS::TopicPolicy'])('and letters travel by TLS only (%s)', (type) => {
    const policies = resourcesOf(templates, type);
    expect(policies.length).toBeGreaterThan(0);
    for (const { resource } of policies) {
      const denied = statementsOf(resource).filter(({ Effect }) => Effect === 'Deny');
      expect(denied.map(({ Condition }) => Condition?.Bool)).toContainEqual({ 'aws:SecureTransport': 'false' });
    }
  });
});

describe('rights', () => {
  it('name every action', () => {
    expect(granted().filter(({ statement }) => list(statement.Action).some((action) => action.includes('*')))).toEqual([]);
  });

  it('name every resource, but for log delivery and traces, which know none', () => {
    const everywhere = granted().filter(({ statement }) => list(statement.Resource).includes('*'));
    const actions = new Set(everywhere.flatMap(({ statement }) => list(statement.Action)));
    expect([...actions].filter((action) => !/^logs:\w*(LogDeliver|ResourcePolic|DescribeLogGroups)|^xray:(Get|Put)/.test(action))).toEqual([]);
    expect(everywhere.every(({ id }) => /^(DataDemand|GovernmentInvestment|SocialInvestment|Publication|Recovery|ScenarioList|Fund)May/.test(id))).toBe(true);
  });

  it('are of one role per function, and no role has a managed policy', () => {
    const functions = resourcesOf(templates, 'AWS::Lambda::Function').map(({ resource }) => JSON.stringify(resource.Properties.Role));
    expect(new Set(functions).size).toBe(functions.length);
    for (const { resource } of resourcesOf(templates, 'AWS::IAM::Role')) expect(resource.Properties.ManagedPolicyArns).toBeUndefined();
  });

  it.each([
    ['Site', /^logs:/],
    ['ReadCases', /^(logs:|dynamodb:(BatchGetItem|GetItem|Query)$|s3:(GetObject|ListBucket))/],
    ['SendCommand', /^(logs:|dynamodb:)/],
    ['AwaitLeaf', /^(logs:|dynamodb:|states:SendTask)/],
  ])('of %s are no more than its work', (name, allowed) => {
    const actions = granted().filter(({ id }) => id.startsWith(`${name}May`)).flatMap(({ statement }) => list(statement.Action));
    expect(actions.length).toBeGreaterThan(0);
    expect(actions.filter((action) => !allowed.test(action))).toEqual([]);
  });

  it('to remove a file are of the attachments alone, and nobody changes how long a file is locked', () => {
    const acting = (pattern: RegExp) => granted().filter(({ statement }) => list(statement.Action).some((action) => pattern.test(action)));
    const removing = acting(/^s3:Delete/);
    expect(removing.map(({ id }) => id.replace(/May.*/, ''))).toEqual(['Attachments']);
    expect(JSON.stringify(removing[0]?.statement.Resource)).toMatch(/"\/attachments\/\*"/);
    // GuardDuty asks the bucket to tell it of uploads; nothing else about the bucket is changed by anybody.
    const changing = acting(/^s3:(Bypass|PutBucket|PutObjectAcl|PutObjectRetention)/);
    expect(changing.map(({ id, statement }) => [id.replace(/May.*/, ''), list(statement.Action).filter((action) => action.startsWith('s3:Put'))])).toEqual([['MalwareScan', ['s3:PutBucketNotification']]]);
  });
});

describe('the door', () => {
  it('asks for a token everywhere but on the public routes', () => {
    const open = resourcesOf(templates, 'AWS::ApiGatewayV2::Route').filter(({ resource }) => resource.Properties.AuthorizationType !== 'JWT');
    expect(open.map(({ resource }) => resource.Properties.RouteKey).sort()).toMatchInlineSnapshot(`
      [
        "GET /",
        "GET /annex1/template.xlsx",
        "GET /console",
        "GET /console/assets/{file}",
        "GET /console/{page+}",
        "GET /derived/{file}",
        "GET /docs",
        "GET /docs/{file}",
        "GET /healthz",
        "GET /library",
        "GET /library/{id}",
        "GET /openapi.json",
        "GET /published",
        "GET /published-scenarios",
        "GET /published/{batch}",
        "GET /published/{batch}/documents/{name}",
        "GET /published/{batch}/editions",
        "GET /published/{batch}/extracts/{number}",
        "GET /verifier.html",
        "GET /verify/{code}",
      ]
    `);
  });

  it('is logged and throttled', () => {
    const stage = one('AWS::ApiGatewayV2::Stage', /./).Properties;
    expect(stage).toMatchObject({ AutoDeploy: true, DefaultRouteSettings: { ThrottlingBurstLimit: 1000, ThrottlingRateLimit: 500 } });
    expect(String((stage.AccessLogSettings as { Format: string }).Format)).not.toMatch(/authorization|querystring/i);
  });
});

describe('the workflow', () => {
  it('runs on Node 24 and arm64, with a log group per function kept for a year', () => {
    for (const { resource } of resourcesOf(templates, 'AWS::Lambda::Function')) {
      expect(resource.Properties).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'], Handler: 'index.handler' });
      expect(resource.Properties.LoggingConfig).toBeDefined();
    }
    for (const { resource } of resourcesOf(templates, 'AWS::Logs::LogGroup')) expect(resource.Properties.RetentionInDays).toBe(365);
  });

  it('has, for each lifecycle, a standard machine that logs errors, a version that stays and the alias live', () => {
    const machines = resourcesOf(templates, 'AWS::StepFunctions::StateMachine');
    expect(machines.map(({ resource }) => resource.Properties.StateMachineName).sort()).toEqual(
      ['dataDemand', 'fund', 'governmentInvestment', 'publication', 'recovery', 'scenarioList', 'socialInvestment'].map((name) => `guijing-${name}`),
    );
    for (const { resource } of machines) {
      expect(resource.Properties).toMatchObject({ StateMachineType: 'STANDARD', LoggingConfiguration: { Level: 'ERROR' } });
    }
    const versions = resourcesOf(templates, 'AWS::StepFunctions::StateMachineVersion');
    expect(versions.map(({ resource }) => resource.DeletionPolicy)).toEqual(machines.map(() => 'Retain'));
    expect(resourcesOf(templates, 'AWS::StepFunctions::StateMachineAlias').map(({ resource }) => resource.Properties.Name)).toEqual(machines.map(() => 'live'));
  });

  it('wakes the relay for new events only, and keeps what it could not deliver', () => {
    const mapping = one('AWS::Lambda::EventSourceMapping', /^NewEvents/).Properties;
    expect(mapping).toMatchObject({ FunctionResponseTypes: ['ReportBatchItemFailures'], BisectBatchOnFunctionError: true });
    expect(JSON.parse((mapping.FilterCriteria as { Filters: { Pattern: string }[] }).Filters[0]?.Pattern ?? '')).toEqual({
      eventName: ['INSERT'],
      dynamodb: { Keys: { sk: { S: [{ prefix: 'E#' }] } }, NewImage: { moves: { BOOL: [true] } } },
    });
    expect(JSON.stringify(mapping.DestinationConfig)).toContain('Undelivered');
  });
});

describe('notices', () => {
  it('follow the events that concern people, and keep what could not be told', () => {
    const mapping = one('AWS::Lambda::EventSourceMapping', /^NoticeChannelsEvents/).Properties;
    expect(mapping).toMatchObject({ FunctionResponseTypes: ['ReportBatchItemFailures'], MaximumBatchingWindowInSeconds: 10 });
    expect(JSON.parse((mapping.FilterCriteria as { Filters: { Pattern: string }[] }).Filters[0]?.Pattern ?? '')).toEqual({
      eventName: ['INSERT'],
      dynamodb: { Keys: { sk: { S: [{ prefix: 'E#' }] } }, NewImage: { opens: { S: [{ exists: true }] } } },
    });
    expect(JSON.stringify(mapping.DestinationConfig)).toContain('Undelivered');
  });

  it('leave the house only where a channel was set up, and whoever derives them knows no secret', () => {
    expect(JSON.stringify(one('AWS::Events::Rule', /^NoticeChannelsSend/).Properties.State)).toContain('HasChannel');
    const environmentOf = (id: RegExp) => JSON.stringify(one('AWS::Lambda::Function', id).Properties.Environment);
    expect(environmentOf(/^SendNoticesFunction/)).toContain('WebhookSecret');
    for (const { id, resource } of resourcesOf(templates, 'AWS::Lambda::Function')) if (!id.startsWith('SendNotices')) expect(JSON.stringify(resource.Properties.Environment ?? '')).not.toMatch(/WEBHOOK|MAIL_URL/);
    const parameters = Object.assign({}, ...Object.values(templates).map(({ Parameters = {} }) => Parameters)) as Record<string, { NoEcho?: boolean; Default?: unknown }>;
    expect([parameters['MailUrl'], parameters['WebhookSecret']]).toMatchObject([{ NoEcho: true, Default: '' }, { NoEcho: true, Default: '' }]);
  });
});

describe('the calendar', () => {
  it('publishes on 30 June and 31 December, Shanghai time, with dead letters', () => {
    const schedules = resourcesOf(templates, 'AWS::Scheduler::Schedule').map(({ resource }) => resource.Properties);
    expect(schedules.map(({ ScheduleExpression }) => ScheduleExpression).sort()).toEqual(['cron(0 9 30 6 ? *)', 'cron(0 9 31 12 ? *)']);
    for (const { ScheduleExpressionTimezone, Target } of schedules) {
      expect(ScheduleExpressionTimezone).toBe('Asia/Shanghai');
      expect(JSON.stringify(Target)).toContain('<aws.scheduler.scheduled-time>');
      expect(JSON.stringify(Target)).toContain('Missed');
    }
  });
});

describe('alarms', () => {
  it('all say what to do, where to read on, and ring at the topic', () => {
    const alarms = resourcesOf(templates, 'AWS::CloudWatch::Alarm').map(({ resource }) => resource.Properties);
    expect(alarms.length).toBeGreaterThan(30);
    for (const { AlarmDescription, AlarmActions } of alarms) {
      expect(String(AlarmDescription)).toMatch(/.{40,} Runbook: docs\/operator-runbook\.md#[\w-]+$/);
      expect(AlarmActions).toHaveLength(1);
    }
  });

  it('each lead to a section that the runbook has', () => {
    const runbook = readFileSync(join(root, 'docs/operator-runbook.md'), 'utf8');
    const sections = resourcesOf(templates, 'AWS::CloudWatch::Alarm').map(({ resource }) => String(resource.Properties.AlarmDescription).split('#').at(-1));
    for (const section of new Set(sections)) expect(runbook).toContain(`\n## ${section}\n`);
  });

  it('watch failed, timed-out and diverged legs of every lifecycle', () => {
    const names = resourcesOf(templates, 'AWS::CloudWatch::Alarm').map(({ resource }) => String(resource.Properties.AlarmName));
    for (const lifecycle of ['governmentInvestment', 'socialInvestment', 'publication', 'recovery', 'scenarioList', 'fund']) {
      expect(names).toContain(`guijing-${lifecycle}-legs-failed`);
      expect(names).toContain(`guijing-${lifecycle}-legs-timed-out`);
    }
    expect(names).toContain('guijing-mirror-diverged');
    const patterns = resourcesOf(templates, 'AWS::Events::Rule').map(({ resource }) => JSON.stringify(resource.Properties.EventPattern ?? ''));
    expect(patterns.filter((pattern) => pattern.includes('MirrorDivergence'))).toHaveLength(1);
  });
});

describe('findings of cdk-nag', () => {
  it('are explained by a sentence each', () => {
    const explained = Object.values(templates).flatMap(({ Resources }) =>
      Object.values(Resources).flatMap(({ Metadata }) => Metadata?.cdk_nag?.rules_to_suppress ?? []),
    );
    expect(explained.length).toBeGreaterThan(0);
    for (const { reason } of explained) expect(reason).toMatch(/^\S+( \S+){4,}\.$/);
  });
});
