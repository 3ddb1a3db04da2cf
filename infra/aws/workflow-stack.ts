import { CfnParameter, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { EventSourceMapping, FilterCriteria, FilterRule, type Function as LambdaFunction, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { CaseFunction } from './case-function.ts';
import type { DataStack } from './data-stack.ts';
import { deadLetters } from './dead-letters.ts';
import type { Definition } from './derived.ts';
import { type FunctionName, functionPlans } from './function-plans.ts';
import { LifecycleMachine } from './lifecycle-machine.ts';
import { MalwareScan, scannerParameter } from './malware-scan.ts';
import { liveArn } from './names.ts';
import { NoticeChannels } from './notices.ts';
import type { Right } from './rights.ts';
import type { RegionTraits } from './regions.ts';

/** What the workflow is made from: the records, the derived definitions, and the folder of bundles. */
export interface WorkflowProps extends StackProps {
  readonly prefix: string;
  readonly data: DataStack;
  readonly definitions: readonly Definition[];
  readonly bundles: string;
  readonly traits: RegionTraits;
}

/** What stands in the definitions' `${…}` (contract, section 3): the blank → the function it names. */
const blanks = {
  AwaitLeafArn: 'await-leaf',
  RunActivityArn: 'run-activity',
  PassDeadlineArn: 'pass-deadline',
  OpenBatchArn: 'open-batch',
  PublishScenariosArn: 'publish-scenarios',
} as const satisfies Record<string, FunctionName>;

/** What works: every function, the state machine of every lifecycle, and the relay from the log to them. */
export class WorkflowStack extends Stack {
  readonly functions: Readonly<Record<FunctionName, LambdaFunction>>;
  readonly machines: readonly LifecycleMachine[];
  readonly undelivered: Queue;
  /** URL of the issuer whose tokens the API takes; the pages sign people in there. */
  readonly issuer: string;

  constructor(scope: Construct, id: string, props: WorkflowProps) {
    super(scope, id, props);
    this.issuer = new CfnParameter(this, 'OidcIssuer', {
      minLength: 8,
      description: 'URL of the OpenID Connect issuer; its /.well-known/openid-configuration must be reachable from API Gateway.',
    }).valueAsString;
    const stream = streamOf(props.data);
    this.undelivered = deadLetters(this, 'Undelivered');
    const scanner = scannerParameter(this, props.traits);
    const channels = new NoticeChannels(this, 'NoticeChannels');
    this.functions = this.#functions(props, { relay: [readStream(stream)], notices: [readStream(stream)] }, channels, scanner);
    this.machines = props.definitions.map((definition) => this.#machine(props, definition));
    this.#relay(stream);
    channels.run({ notices: this.functions.notices, sender: this.functions['send-notices'], stream, deadLetters: this.undelivered });
    new MalwareScan(this, 'MalwareScan', { data: props.data, traits: props.traits, scanner, noteScan: this.functions['note-scan'], missed: this.undelivered });
  }

  #functions({ prefix, data, definitions, bundles }: WorkflowProps, also: Readonly<Record<string, readonly Right[]>>, channels: NoticeChannels, scanner: CfnParameter): Record<FunctionName, LambdaFunction> {
    const lifecycles = definitions.map(({ lifecycle }) => lifecycle);
    const ruleSet = new CfnParameter(this, 'RuleSet', {
      default: 'gx-2025-draft',
      description: 'The policy pack that new decisions rest on.',
    });
    const client = new CfnParameter(this, 'OidcClient', {
      default: 'console',
      description: 'The public client (authorization code with PKCE) as which our pages sign people in.',
    });
    const environment = {
      TABLE_NAME: data.table.tableName,
      BUCKET_NAME: data.bucket.bucketName,
      STATE_MACHINES: this.toJsonString(Object.fromEntries(lifecycles.map((name) => [name, liveArn(prefix, name)]))),
      RULE_SET: ruleSet.valueAsString,
    };
    const signIn = { OIDC_ISSUER: this.issuer, OIDC_CLIENT: client.valueAsString, FILES_ORIGIN: `https://${data.bucket.bucketRegionalDomainName}` };
    const environments: Readonly<Record<string, Record<string, string>>> = { site: signIn, attachments: { ...environment, MALWARE_SCANNER: scanner.valueAsString }, notices: { ...environment, ...channels.names }, 'send-notices': { ...environment, ...channels.setup } };
    const on = { data, prefix, lifecycles };
    const made = Object.entries(functionPlans).map(([name, plan]) => {
      const { lambda } = new CaseFunction(this, pascal(name), { name, plan, bundles, environment: environments[name] ?? environment, on, also: also[name] ?? [] });
      return [name, lambda] as const;
    });
    return Object.fromEntries(made) as Record<FunctionName, LambdaFunction>;
  }

  #machine({ prefix, data, traits }: WorkflowProps, definition: Definition): LifecycleMachine {
    const used = Object.entries(blanks).filter(([blank]) => definition.blanks.includes(blank));
    const arns = used.map(([blank, name]) => [blank, this.functions[name].functionArn] as const);
    return new LifecycleMachine(this, pascal(definition.lifecycle), {
      prefix,
      definition,
      data,
      traits,
      calls: arns.map(([, arn]) => arn),
      fill: { ...Object.fromEntries(arns), BucketName: data.bucket.bucketName },
    });
  }

  /** Every new event wakes the relay at once; what it cannot deliver goes to the dead letters, and the sweep repairs it. */
  #relay(stream: string): void {
    const mapping = new EventSourceMapping(this, 'NewEvents', {
      target: this.functions.relay,
      eventSourceArn: stream,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 25,
      parallelizationFactor: 10,
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      // The sweep repairs what is skipped; a poisoned record must not hold its neighbours for hours.
      retryAttempts: 20,
      maxRecordAge: Duration.hours(23),
      onFailure: new SqsDlq(this.undelivered),
      filters: [
        FilterCriteria.filter({
          eventName: FilterRule.isEqual('INSERT'),
          // Only events that move an execution or tell another case something carry the mark.
          dynamodb: { Keys: { sk: { S: FilterRule.beginsWith('E#') } }, NewImage: { moves: { BOOL: [true] } } },
        }),
      ],
    });
    // Lambda tries the role's rights when the mapping is made.
    if (this.functions.relay.role) mapping.node.addDependency(this.functions.relay.role);
  }
}

/** What Lambda does in the name of the relay: it reads the stream. */
const readStream = (stream: string): Right => ({
  actions: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams'],
  resources: [stream],
});

const streamOf = ({ table }: DataStack): string => {
  if (table.tableStreamArn === undefined) throw new Error('the table has no stream: the relay would never wake');
  return table.tableStreamArn;
};

const pascal = (name: string): string =>
  name
    .split('-')
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');
