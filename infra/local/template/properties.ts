/**
 * The resource types that the local cloud interprets. `reads` has an effect here; `ignores` has none on one machine, and
 * the reason is in the line above it. Any other property stops the start: it might matter.
 */
interface Known {
  readonly reads: readonly string[];
  readonly ignores?: readonly string[];
}

/** Which properties of which types are interpreted. */
export const properties: Readonly<Record<string, Known>> = {
  // Encryption at rest, backups and capacity are the disk's and the operator's here; indexes and streams are real.
  'AWS::DynamoDB::Table': {
    reads: ['TableName', 'AttributeDefinitions', 'KeySchema', 'GlobalSecondaryIndexes', 'LocalSecondaryIndexes', 'BillingMode', 'ProvisionedThroughput', 'StreamSpecification', 'TimeToLiveSpecification', 'DeletionProtectionEnabled'],
    ignores: ['SSESpecification', 'PointInTimeRecoverySpecification', 'Tags', 'TableClass', 'ContributorInsightsSpecification', 'OnDemandThroughput', 'WarmThroughput', 'ResourcePolicy'],
  },
  'AWS::DynamoDB::GlobalTable': {
    reads: ['TableName', 'AttributeDefinitions', 'KeySchema', 'GlobalSecondaryIndexes', 'LocalSecondaryIndexes', 'BillingMode', 'StreamSpecification', 'TimeToLiveSpecification', 'Replicas'],
    ignores: ['SSESpecification', 'WriteProvisionedThroughputSettings', 'WriteOnDemandThroughputSettings', 'WarmThroughput'],
  },
  // Blocking the public is how the local S3 is: it takes signed requests only.
  'AWS::S3::Bucket': {
    reads: ['BucketName', 'VersioningConfiguration', 'CorsConfiguration', 'ObjectLockEnabled', 'ObjectLockConfiguration'],
    ignores: ['BucketEncryption', 'PublicAccessBlockConfiguration', 'LifecycleConfiguration', 'OwnershipControls', 'AccessControl', 'LoggingConfiguration', 'Tags', 'IntelligentTieringConfigurations', 'MetricsConfigurations', 'InventoryConfigurations', 'AbacStatus'],
  },
  // Bucket policies deny plain HTTP on AWS; here all traffic stays on 127.0.0.1.
  'AWS::S3::BucketPolicy': { reads: [], ignores: ['Bucket', 'PolicyDocument'] },
  // Architecture is the machine's own; logs go to the data folder.
  'AWS::Lambda::Function': {
    reads: ['FunctionName', 'Code', 'Handler', 'Role', 'Runtime', 'Environment', 'Timeout', 'MemorySize', 'ReservedConcurrentExecutions', 'DeadLetterConfig', 'PackageType'],
    ignores: ['Description', 'Architectures', 'LoggingConfig', 'TracingConfig', 'Tags', 'KmsKeyArn', 'EphemeralStorage', 'RuntimeManagementConfig', 'RecursiveLoop', 'SnapStart'],
  },
  'AWS::Lambda::Version': { reads: ['FunctionName'], ignores: ['Description', 'CodeSha256', 'ProvisionedConcurrencyConfig', 'RuntimePolicy'] },
  'AWS::Lambda::Alias': { reads: ['FunctionName', 'FunctionVersion', 'Name'], ignores: ['Description', 'ProvisionedConcurrencyConfig'] },
  'AWS::Lambda::EventSourceMapping': {
    reads: ['FunctionName', 'EventSourceArn', 'BatchSize', 'MaximumBatchingWindowInSeconds', 'FilterCriteria', 'FunctionResponseTypes', 'BisectBatchOnFunctionError', 'MaximumRetryAttempts', 'MaximumRecordAgeInSeconds', 'ParallelizationFactor', 'DestinationConfig', 'StartingPosition', 'Enabled'],
    ignores: ['Tags', 'KmsKeyArn', 'MetricsConfig'],
  },
  'AWS::Lambda::Permission': { reads: ['FunctionName', 'Principal', 'SourceArn', 'Action'], ignores: ['SourceAccount'] },
  'AWS::Lambda::EventInvokeConfig': { reads: ['FunctionName', 'MaximumRetryAttempts', 'MaximumEventAgeInSeconds', 'DestinationConfig'], ignores: ['Qualifier'] },
  'AWS::IAM::Role': {
    reads: ['RoleName', 'Path', 'AssumeRolePolicyDocument', 'Policies', 'ManagedPolicyArns', 'PermissionsBoundary'],
    ignores: ['Description', 'Tags', 'MaxSessionDuration'],
  },
  'AWS::IAM::Policy': { reads: ['PolicyName', 'PolicyDocument', 'Roles'] },
  'AWS::IAM::ManagedPolicy': { reads: ['ManagedPolicyName', 'PolicyDocument', 'Roles', 'Path'], ignores: ['Description'] },
  'AWS::Logs::LogGroup': { reads: ['LogGroupName'], ignores: ['RetentionInDays', 'KmsKeyId', 'Tags', 'LogGroupClass', 'DataProtectionPolicy', 'DeletionProtectionEnabled', 'FieldIndexPolicies'] },
  // Who may deliver logs on AWS; here the gateway writes its own file.
  'AWS::Logs::ResourcePolicy': { reads: [], ignores: ['PolicyName', 'PolicyDocument'] },
  'AWS::Logs::MetricFilter': { reads: [], ignores: ['LogGroupName', 'FilterPattern', 'MetricTransformations', 'FilterName', 'ApplyOnTransformedLogs'] },
  'AWS::ApiGatewayV2::Api': { reads: ['Name', 'ProtocolType', 'CorsConfiguration'], ignores: ['Description', 'Tags', 'DisableExecuteApiEndpoint', 'Version'] },
  'AWS::ApiGatewayV2::Route': { reads: ['ApiId', 'RouteKey', 'Target', 'AuthorizationType', 'AuthorizerId', 'AuthorizationScopes'], ignores: ['OperationName'] },
  'AWS::ApiGatewayV2::Integration': {
    reads: ['ApiId', 'IntegrationType', 'IntegrationUri', 'PayloadFormatVersion', 'TimeoutInMillis', 'CredentialsArn', 'IntegrationMethod'],
    ignores: ['Description', 'ConnectionType'],
  },
  'AWS::ApiGatewayV2::Authorizer': { reads: ['ApiId', 'AuthorizerType', 'IdentitySource', 'JwtConfiguration'], ignores: ['Name'] },
  'AWS::ApiGatewayV2::Stage': {
    reads: ['ApiId', 'StageName', 'DefaultRouteSettings', 'RouteSettings', 'StageVariables', 'AutoDeploy'],
    ignores: ['AccessLogSettings', 'Description', 'Tags'],
  },
  'AWS::StepFunctions::StateMachine': {
    reads: ['StateMachineName', 'StateMachineType', 'DefinitionString', 'Definition', 'DefinitionS3Location', 'DefinitionSubstitutions', 'RoleArn', 'Tags'],
    ignores: ['LoggingConfiguration', 'TracingConfiguration', 'EncryptionConfiguration'],
  },
  'AWS::StepFunctions::StateMachineVersion': { reads: ['StateMachineArn', 'Description'], ignores: ['StateMachineRevisionId'] },
  // Gradual traffic shifting makes no sense on one machine: the new version gets all traffic at once.
  'AWS::StepFunctions::StateMachineAlias': { reads: ['Name', 'Description', 'RoutingConfiguration', 'DeploymentPreference'] },
  'AWS::Events::EventBus': { reads: ['Name'], ignores: ['Description', 'Tags', 'KmsKeyIdentifier', 'LogConfig'] },
  'AWS::Events::Rule': { reads: ['Name', 'EventBusName', 'EventPattern', 'ScheduleExpression', 'State', 'Targets', 'RoleArn'], ignores: ['Description', 'Tags'] },
  // A flexible window lets AWS spread the load; here a schedule fires at its start.
  'AWS::Scheduler::Schedule': {
    reads: ['Name', 'GroupName', 'ScheduleExpression', 'ScheduleExpressionTimezone', 'State', 'Target', 'StartDate', 'EndDate'],
    ignores: ['Description', 'FlexibleTimeWindow', 'KmsKeyArn'],
  },
  'AWS::Scheduler::ScheduleGroup': { reads: ['Name'], ignores: ['Tags'] },
  'AWS::SQS::Queue': {
    reads: ['QueueName', 'VisibilityTimeout', 'MessageRetentionPeriod', 'RedrivePolicy'],
    ignores: ['KmsMasterKeyId', 'KmsDataKeyReusePeriodSeconds', 'SqsManagedSseEnabled', 'Tags', 'RedriveAllowPolicy', 'ReceiveMessageWaitTimeSeconds', 'MaximumMessageSize'],
  },
  'AWS::SQS::QueuePolicy': { reads: [], ignores: ['Queues', 'PolicyDocument'] },
  'AWS::SNS::Topic': { reads: ['TopicName', 'Subscription'], ignores: ['DisplayName', 'KmsMasterKeyId', 'Tags', 'TracingConfig'] },
  'AWS::SNS::TopicPolicy': { reads: [], ignores: ['Topics', 'PolicyDocument'] },
  'AWS::SNS::Subscription': { reads: ['TopicArn', 'Protocol', 'Endpoint', 'RawMessageDelivery', 'FilterPolicy'], ignores: ['FilterPolicyScope', 'RedrivePolicy'] },
  'AWS::KMS::Key': { reads: [], ignores: ['KeyPolicy', 'Description', 'EnableKeyRotation', 'PendingWindowInDays', 'Tags', 'Enabled', 'KeySpec', 'KeyUsage', 'MultiRegion', 'RotationPeriodInDays'] },
  'AWS::KMS::Alias': { reads: ['AliasName'], ignores: ['TargetKeyId'] },
  // Metrics are AWS's own; the local cloud's figures are in its logs and in Step Functions.
  'AWS::CloudWatch::Alarm': {
    reads: ['AlarmName'],
    ignores: ['AlarmDescription', 'AlarmActions', 'OKActions', 'InsufficientDataActions', 'ActionsEnabled', 'ComparisonOperator', 'DatapointsToAlarm', 'Dimensions', 'EvaluationPeriods', 'ExtendedStatistic', 'MetricName', 'Metrics', 'Namespace', 'Period', 'Statistic', 'Threshold', 'ThresholdMetricId', 'TreatMissingData', 'Unit', 'EvaluateLowSampleCountPercentile', 'Tags'],
  },
  'AWS::CloudWatch::Dashboard': { reads: ['DashboardName'], ignores: ['DashboardBody', 'Tags'] },
  // Nothing here scans for it: the local cloud sets another scanner, or none (infra/local/start.ts).
  'AWS::GuardDuty::MalwareProtectionPlan': { reads: [], ignores: ['Actions', 'ProtectedResource', 'Role', 'Tags'] },
  'AWS::CDK::Metadata': { reads: [], ignores: ['Analytics'] },
};

/** Throws, naming stack, logical id and property, when a resource asks for something the local cloud does not do. */
export function checkProperties(where: string, type: string, given: readonly string[]): void {
  const known = properties[type];
  if (!known) throw new Error(`${where}: the local cloud does not interpret resources of type ${type}`);
  for (const name of given) {
    if (known.reads.includes(name) || known.ignores?.includes(name)) continue;
    throw new Error(`${where}: the local cloud does not interpret the property ${name}`);
  }
}
