/** A policy document as CloudFormation holds it after resolution. */
export type PolicyDocument = Readonly<Record<string, unknown>>;

/** A policy under the name that a denial reports. */
export interface NamedPolicy {
  readonly name: string;
  readonly document: PolicyDocument;
}

/** Who a role is and what it may do: all that the template says about it. */
export interface Role {
  readonly arn: string;
  readonly name: string;
  readonly trust: PolicyDocument;
  readonly policies: readonly NamedPolicy[];
  readonly boundary?: NamedPolicy;
}

/** A resource of the template after resolution; `physicalName` is what `Ref` gives for it. */
export interface ResolvedResource {
  readonly logicalId: string;
  readonly type: string;
  readonly physicalName: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** The account that the roles are in. */
export interface Account {
  readonly partition: string;
  readonly accountId: string;
}

/** Managed policies of AWS that our template may name, by the end of their ARN (source: AWS Managed Policy Reference). */
const awsManaged: Readonly<Record<string, PolicyDocument>> = {
  'service-role/AWSLambdaBasicExecutionRole': allow(['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents']),
  'service-role/AWSLambdaDynamoDBExecutionRole': allow([
    'dynamodb:DescribeStream',
    'dynamodb:GetRecords',
    'dynamodb:GetShardIterator',
    'dynamodb:ListStreams',
    'logs:CreateLogGroup',
    'logs:CreateLogStream',
    'logs:PutLogEvents',
  ]),
  AWSXRayDaemonWriteAccess: allow([
    'xray:PutTraceSegments',
    'xray:PutTelemetryRecords',
    'xray:GetSamplingRules',
    'xray:GetSamplingTargets',
    'xray:GetSamplingStatisticSummaries',
  ]),
};

/**
 * Collects every `AWS::IAM::Role` with its inline policies, the `AWS::IAM::Policy` and `AWS::IAM::ManagedPolicy` resources
 * attached to it, and the AWS managed policies it names. Throws when a policy is named that is neither in the template nor known here.
 */
export function rolesOf(resources: readonly ResolvedResource[], account: Account): readonly Role[] {
  const owned = ownedPolicies(resources, account);
  return resources.filter(({ type }) => type === 'AWS::IAM::Role').map((resource) => roleOf(resource, resources, owned, account));
}

function roleOf(resource: ResolvedResource, resources: readonly ResolvedResource[], owned: ReadonlyMap<string, NamedPolicy>, account: Account): Role {
  const { properties, physicalName: name } = resource;
  const managed = (arn: string) => managedPolicy(arn, owned, resource.logicalId);
  const inline = list(properties['Policies']).map((policy) => record(policy)).map((policy) => ({ name: String(policy['PolicyName']), document: record(policy['PolicyDocument']) }));
  const named = list(properties['ManagedPolicyArns']).map((arn) => managed(String(arn)));
  const boundary = properties['PermissionsBoundary'];
  return {
    arn: `arn:${account.partition}:iam::${account.accountId}:role${pathOf(properties)}${name}`,
    name,
    trust: record(properties['AssumeRolePolicyDocument']),
    policies: [...inline, ...named, ...attachedTo(name, resources)],
    ...(boundary === undefined ? {} : { boundary: managed(String(boundary)) }),
  };
}

function attachedTo(role: string, resources: readonly ResolvedResource[]): readonly NamedPolicy[] {
  return resources
    .filter(({ type }) => type === 'AWS::IAM::Policy' || type === 'AWS::IAM::ManagedPolicy')
    .filter(({ properties }) => list(properties['Roles']).includes(role))
    .map(policyOf);
}

function ownedPolicies(resources: readonly ResolvedResource[], account: Account): ReadonlyMap<string, NamedPolicy> {
  const managed = resources.filter(({ type }) => type === 'AWS::IAM::ManagedPolicy');
  // `Ref` of a managed policy is its ARN; a template engine may give the bare name instead.
  return new Map(managed.flatMap((resource) => [
    [resource.physicalName, policyOf(resource)],
    [`arn:${account.partition}:iam::${account.accountId}:policy${pathOf(resource.properties)}${resource.physicalName}`, policyOf(resource)],
  ]));
}

function policyOf({ logicalId, properties }: ResolvedResource): NamedPolicy {
  return { name: String(properties['PolicyName'] ?? properties['ManagedPolicyName'] ?? logicalId), document: record(properties['PolicyDocument']) };
}

function managedPolicy(arn: string, owned: ReadonlyMap<string, NamedPolicy>, role: string): NamedPolicy {
  const own = owned.get(arn);
  if (own) return own;
  const name = /^arn:[^:]+:iam::aws:policy\/(.+)$/.exec(arn)?.[1] ?? '';
  const document = awsManaged[name];
  if (!document) throw new Error(`The role ${role} names the managed policy ${arn}, which the local cloud does not know`);
  return { name, document };
}

function pathOf(properties: Readonly<Record<string, unknown>>): string {
  return typeof properties['Path'] === 'string' ? properties['Path'] : '/';
}

function allow(actions: readonly string[]): PolicyDocument {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] };
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('A policy in the template is not a JSON object after resolution');
  return value as Readonly<Record<string, unknown>>;
}
