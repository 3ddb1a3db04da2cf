import { arn, type Asked, type Deployed, type Handler, optionalText } from '../read.ts';
import * as apis from './api.ts';
import * as events from './events.ts';
import * as functions from './functions.ts';
import * as records from './records.ts';
import * as workflow from './workflow.ts';

/** A resource that exists by its name only: what it asks for is AWS's part, not this machine's. */
const nameOnly = (service: string, kind: string, property: string): Handler => (asked: Asked): Deployed => {
  const name = optionalText(asked, property) ?? asked.name(128);
  return { ref: name, attributes: { Arn: arn(asked, service, `${kind}${name}`) } };
};

/** Who deploys which type; the keys equal those of the property table. */
export const handlers: Readonly<Record<string, Handler>> = {
  'AWS::DynamoDB::Table': records.table,
  'AWS::DynamoDB::GlobalTable': records.table,
  'AWS::S3::Bucket': records.bucket,
  'AWS::S3::BucketPolicy': nameOnly('s3', 'policy/', 'Name'),
  'AWS::KMS::Key': records.key,
  'AWS::KMS::Alias': records.keyAlias,
  'AWS::Lambda::Function': functions.lambdaFunction,
  'AWS::Lambda::Version': functions.version,
  'AWS::Lambda::Alias': functions.alias,
  'AWS::Lambda::EventSourceMapping': functions.eventSourceMapping,
  'AWS::Lambda::Permission': functions.permission,
  'AWS::Lambda::EventInvokeConfig': functions.eventInvokeConfig,
  'AWS::IAM::Role': functions.role,
  'AWS::IAM::Policy': functions.policy,
  'AWS::IAM::ManagedPolicy': functions.policy,
  'AWS::Logs::LogGroup': nameOnly('logs', 'log-group:', 'LogGroupName'),
  'AWS::Logs::ResourcePolicy': nameOnly('logs', 'policy/', 'Name'),
  'AWS::Logs::MetricFilter': nameOnly('logs', 'metric-filter/', 'Name'),
  'AWS::ApiGatewayV2::Api': apis.api,
  'AWS::ApiGatewayV2::Integration': apis.integration,
  'AWS::ApiGatewayV2::Authorizer': apis.authorizer,
  'AWS::ApiGatewayV2::Route': apis.route,
  'AWS::ApiGatewayV2::Stage': apis.stage,
  'AWS::StepFunctions::StateMachine': workflow.stateMachine,
  'AWS::StepFunctions::StateMachineVersion': workflow.stateMachineVersion,
  'AWS::StepFunctions::StateMachineAlias': workflow.stateMachineAlias,
  'AWS::Events::EventBus': events.eventBus,
  'AWS::Events::Rule': events.rule,
  'AWS::Scheduler::Schedule': events.schedule,
  'AWS::Scheduler::ScheduleGroup': events.scheduleGroup,
  'AWS::SQS::Queue': events.queue,
  'AWS::SQS::QueuePolicy': nameOnly('sqs', 'policy/', 'Name'),
  'AWS::SNS::Topic': events.topic,
  'AWS::SNS::TopicPolicy': nameOnly('sns', 'policy/', 'Name'),
  'AWS::SNS::Subscription': events.subscription,
  'AWS::CloudWatch::Alarm': nameOnly('cloudwatch', 'alarm:', 'AlarmName'),
  'AWS::CloudWatch::Dashboard': nameOnly('cloudwatch', 'dashboard/', 'DashboardName'),
  'AWS::GuardDuty::MalwareProtectionPlan': nameOnly('guardduty', 'malware-protection-plan/', 'Name'),
  'AWS::CDK::Metadata': nameOnly('cdk', 'metadata/', 'Name'),
};
