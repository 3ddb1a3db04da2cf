import { Aws, CfnOutput, RemovalPolicy } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CfnStateMachine, CfnStateMachineAlias, CfnStateMachineVersion } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { DataStack } from './data-stack.ts';
import type { Definition } from './derived.ts';
import { executionsArn, liveAlias, mapRunsArn, stateMachineArn, stateMachineName } from './names.ts';
import { accept } from './nag.ts';
import { give, type Right } from './rights.ts';
import type { RegionTraits } from './regions.ts';

/** What a lifecycle's machine is made from; `fill` gives what stands in the definition's `${…}`. */
export interface LifecycleMachineProps {
  readonly prefix: string;
  readonly definition: Definition;
  readonly fill: Readonly<Record<string, string>>;
  /** ARNs of the functions that the definition calls. */
  readonly calls: readonly string[];
  readonly data: DataStack;
  readonly traits: RegionTraits;
}

const partitionBlank = 'Partition';

/** The state machine that mirrors one lifecycle, a version per definition, and the alias `live` on the newest. */
export class LifecycleMachine extends Construct {
  readonly machine: CfnStateMachine;
  readonly lifecycle: string;
  readonly name: string;

  constructor(scope: Construct, id: string, props: LifecycleMachineProps) {
    super(scope, id);
    const { prefix, definition, traits } = props;
    this.lifecycle = definition.lifecycle;
    this.name = stateMachineName(prefix, definition.lifecycle);
    const log = this.#log();
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('states.amazonaws.com'), description: `Legs of ${definition.lifecycle}` });
    const policy = give(this, role, rights(props));
    this.machine = new CfnStateMachine(this, 'Machine', {
      stateMachineName: this.name,
      stateMachineType: 'STANDARD',
      definitionString: inPartition(definition.asl),
      definitionSubstitutions: substitutions(props),
      roleArn: role.roleArn,
      loggingConfiguration: {
        level: 'ERROR',
        includeExecutionData: true,
        destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: log.logGroupArn } }],
      },
      tracingConfiguration: { enabled: traits.tracing },
    });
    this.machine.node.addDependency(policy);
    this.#publish();
    acceptFindings(this.machine, traits);
  }

  #log(): LogGroup {
    return new LogGroup(this, 'Log', {
      // Under this prefix the account's one resource policy for delivered logs does not grow with each machine.
      logGroupName: `/aws/vendedlogs/states/${this.name}`,
      retention: RetentionDays.ONE_YEAR,
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }

  /** A changed definition has another revision, which replaces the version; the old ones stay for the legs that run on them. */
  #publish(): void {
    const version = new CfnStateMachineVersion(this, 'Version', {
      stateMachineArn: this.machine.attrArn,
      stateMachineRevisionId: this.machine.attrStateMachineRevisionId,
    });
    version.applyRemovalPolicy(RemovalPolicy.RETAIN);
    const alias = new CfnStateMachineAlias(this, 'Live', {
      name: liveAlias,
      routingConfiguration: [{ stateMachineVersionArn: version.attrArn, weight: 100 }],
    });
    new CfnOutput(this, 'Arn', { value: alias.attrArn, description: `The alias through which legs of ${this.name} start.` });
  }
}

/** The partition is CloudFormation's own to fill: linters then see whole ARNs, which a substitution would hide from them. */
const inPartition = (asl: string): string => asl.replaceAll(`\${${partitionBlank}}`, Aws.PARTITION);

const substitutions = ({ definition, fill }: LifecycleMachineProps): Record<string, string> =>
  Object.fromEntries(
    definition.blanks.filter((blank) => blank !== partitionBlank).map((blank) => {
      const value = fill[blank];
      if (value === undefined) throw new Error(`${definition.lifecycle}.asl.json asks for \${${blank}}, which the stack does not know`);
      return [blank, value];
    }),
  );

const rights = (props: LifecycleMachineProps): Right[] => [
  { actions: ['lambda:InvokeFunction'], resources: props.calls },
  deliverLogs(),
  ...(props.traits.tracing ? [sendTraces()] : []),
  ...(props.definition.distributed ? distributedMap(props) : []),
];

const deliverLogs = (): Right => ({
  actions: [
    'logs:CreateLogDelivery',
    'logs:DeleteLogDelivery',
    'logs:DescribeLogGroups',
    'logs:DescribeResourcePolicies',
    'logs:GetLogDelivery',
    'logs:ListLogDeliveries',
    'logs:PutResourcePolicy',
    'logs:UpdateLogDelivery',
  ],
  resources: ['*'],
  wide: 'CloudWatch Logs knows no resource for the delivery of logs (Step Functions, "Logging using CloudWatch Logs").',
});

const sendTraces = (): Right => ({
  actions: ['xray:GetSamplingRules', 'xray:GetSamplingTargets', 'xray:PutTelemetryRecords', 'xray:PutTraceSegments'],
  resources: ['*'],
  wide: 'X-Ray knows no resources for what a workflow sends (Step Functions, "Trace data in AWS X-Ray").',
});

/** A Distributed Map starts child executions of its own machine, reads its list and writes its results. */
const distributedMap = ({ prefix, definition: { lifecycle }, data }: LifecycleMachineProps): Right[] => [
  { actions: ['states:StartExecution'], resources: [stateMachineArn(prefix, lifecycle)] },
  {
    actions: ['states:DescribeExecution', 'states:RedriveExecution', 'states:StopExecution'],
    resources: [executionsArn(prefix, lifecycle), mapRunsArn(prefix, lifecycle)],
    wide: 'A Distributed Map names its child executions at run time; the role reaches those of its own machine.',
  },
  {
    actions: ['s3:GetObject'],
    resources: [`${data.bucketArn}/batches/*`],
    wide: 'Each batch has a list of its own; the role reads those of batches only.',
  },
  {
    actions: ['s3:AbortMultipartUpload', 's3:GetObject', 's3:ListMultipartUploadParts', 's3:PutObject'],
    resources: [`${data.bucketArn}/runs/*`],
    wide: 'Each run writes results of its own; the role reaches those of runs only.',
  },
];

const acceptFindings = (machine: CfnStateMachine, traits: RegionTraits): void => {
  accept(
    machine,
    'Level ERROR: what succeeded stands in the event log of the case and, for 90 days, in the execution history; logging it a third time would copy personal data.',
    'SF1',
  );
  if (!traits.tracing) accept(machine, 'The regions of AWS China have no X-Ray for Lambda: a trace would end at each Task.', 'SF2');
};
