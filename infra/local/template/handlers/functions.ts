import type { AsyncConfig, Document } from '../model.ts';
import { arn, type Asked, type Deployed, flag, number, optionalText, record, refuse, text, texts } from '../read.ts';
import { unqualified } from '../../unqualified.ts';

/** Lambda functions on Node. */
export function lambdaFunction(asked: Asked): Deployed {
  const name = optionalText(asked, 'FunctionName') ?? asked.name(64);
  const runtime = text(asked, 'Runtime');
  if (!runtime.startsWith('nodejs')) refuse(asked, 'Runtime', `${runtime} is not run by the local cloud, only nodejs`);
  if ((optionalText(asked, 'PackageType') ?? 'Zip') !== 'Zip') refuse(asked, 'PackageType', 'must be Zip');
  const functionArn = arn(asked, 'lambda', `function:${name}`);
  const reserved = asked.props['ReservedConcurrentExecutions'];
  asked.model.functions.set(functionArn, {
    name,
    arn: functionArn,
    ...code(asked),
    handler: text(asked, 'Handler'),
    roleArn: text(asked, 'Role'),
    environment: texts(record(asked, 'Environment')?.['Variables'] as Document | undefined),
    timeout: number(asked, 'Timeout', 3),
    memory: number(asked, 'MemorySize', 128),
    concurrency: reserved === undefined ? undefined : Number(reserved),
    deadLetterArn: record(asked, 'DeadLetterConfig')?.['TargetArn'] as string | undefined,
    asyncConfig: { retries: 2, maxAgeSeconds: 6 * 3600, onFailure: undefined, onSuccess: undefined },
  });
  return { ref: name, attributes: { Arn: functionArn } };
}

function code(asked: Asked): { folder: string | undefined; source: string | undefined } {
  const given = record(asked, 'Code') ?? refuse(asked, 'Code', 'is missing');
  if (typeof given['ZipFile'] === 'string') return { folder: undefined, source: given['ZipFile'] };
  const folder = asked.assets.get(String(given['S3Key']));
  return folder ? { folder, source: undefined } : refuse(asked, 'Code', `names an asset (${String(given['S3Key'])}) that the assembly does not have`);
}

/** A published version: locally always the current code. */
export function version(asked: Asked): Deployed {
  const base = functionArn(asked);
  asked.model.versions.set(`${base}:1`, base);
  return { ref: `${base}:1`, attributes: { Version: '1', FunctionArn: base } };
}

/** An alias of a function. */
export function alias(asked: Asked): Deployed {
  const base = functionArn(asked);
  const qualified = `${base}:${text(asked, 'Name')}`;
  asked.model.versions.set(qualified, base);
  return { ref: qualified, attributes: { AliasArn: qualified } };
}

/** A function that reads a DynamoDB stream. */
export function eventSourceMapping(asked: Asked): Deployed {
  const sourceArn = text(asked, 'EventSourceArn');
  if (!/:dynamodb:.*\/stream\//.test(sourceArn)) refuse(asked, 'EventSourceArn', 'must be a DynamoDB stream');
  const responses = (asked.props['FunctionResponseTypes'] ?? []) as readonly string[];
  const destination = record(asked, 'DestinationConfig')?.['OnFailure'] as Document | undefined;
  const id = asked.name(64);
  asked.model.eventSources.push({
    id,
    functionArn: functionArn(asked),
    sourceArn,
    batchSize: number(asked, 'BatchSize', 100),
    windowSeconds: number(asked, 'MaximumBatchingWindowInSeconds', 0),
    filters: patterns(asked),
    reportsItemFailures: responses.includes('ReportBatchItemFailures'),
    bisects: flag(asked.props['BisectBatchOnFunctionError']),
    retries: number(asked, 'MaximumRetryAttempts', -1),
    maxRecordAgeSeconds: number(asked, 'MaximumRecordAgeInSeconds', -1),
    lanes: number(asked, 'ParallelizationFactor', 1),
    onFailure: destination?.['Destination'] as string | undefined,
    startingPosition: text(asked, 'StartingPosition'),
    enabled: flag(asked.props['Enabled'], true),
  });
  return { ref: id, attributes: { Id: id, EventSourceMappingArn: arn(asked, 'lambda', `event-source-mapping:${id}`) } };
}

function patterns(asked: Asked): Document[] {
  const filters = (record(asked, 'FilterCriteria')?.['Filters'] ?? []) as readonly { readonly Pattern: string }[];
  return filters.map(({ Pattern }) => JSON.parse(Pattern) as Document);
}

/** Leave for a service to invoke a function. */
export function permission(asked: Asked): Deployed {
  const action = text(asked, 'Action');
  if (action !== 'lambda:InvokeFunction') refuse(asked, 'Action', `${action} is not interpreted`);
  asked.model.invokePermissions.push({ functionArn: functionArn(asked), principal: text(asked, 'Principal'), sourceArn: optionalText(asked, 'SourceArn') });
  return { ref: asked.name(), attributes: {} };
}

/** What happens to asynchronous invocations that fail. */
export function eventInvokeConfig(asked: Asked): Deployed {
  const target = asked.model.functions.get(functionArn(asked)) ?? refuse(asked, 'FunctionName', 'names no function of this app');
  const destinations = record(asked, 'DestinationConfig') as Record<string, Document | undefined> | undefined;
  target.asyncConfig = {
    retries: number(asked, 'MaximumRetryAttempts', 2),
    maxAgeSeconds: number(asked, 'MaximumEventAgeInSeconds', 6 * 3600),
    onFailure: destinations?.['OnFailure']?.['Destination'],
    onSuccess: destinations?.['OnSuccess']?.['Destination'],
  } as AsyncConfig;
  return { ref: asked.name(), attributes: {} };
}

/** A role; what it may do is judged from the resolved resources (infra/local/iam/roles.ts). */
export function role(asked: Asked): Deployed {
  const name = optionalText(asked, 'RoleName') ?? asked.name(64);
  const roleArn = `arn:${asked.model.partition}:iam::${asked.model.accountId}:role${optionalText(asked, 'Path') ?? '/'}${name}`;
  return { ref: name, attributes: { Arn: roleArn, RoleId: name } };
}

/** A policy attached to roles. */
export function policy(asked: Asked): Deployed {
  const name = optionalText(asked, 'PolicyName') ?? optionalText(asked, 'ManagedPolicyName') ?? asked.name(128);
  if (!record(asked, 'PolicyDocument')) refuse(asked, 'PolicyDocument', 'is missing');
  const managedArn = `arn:${asked.model.partition}:iam::${asked.model.accountId}:policy${optionalText(asked, 'Path') ?? '/'}${name}`;
  return { ref: asked.type === 'AWS::IAM::ManagedPolicy' ? managedArn : name, attributes: { PolicyArn: managedArn } };
}

/** A function's ARN from its name, partial or full ARN, or a qualified one. */
function functionArn(asked: Asked): string {
  const given = text(asked, 'FunctionName');
  if (!given.startsWith('arn:')) return arn(asked, 'lambda', `function:${given}`);
  return unqualified(given);
}
