/** Everything a template asks for, resolved: what the local cloud runs. Keys are ARNs unless said otherwise. */
export interface Model {
  readonly region: string;
  readonly accountId: string;
  readonly partition: string;
  readonly tables: Map<string, TableModel>;
  readonly buckets: Map<string, BucketModel>;
  readonly functions: Map<string, FunctionModel>;
  readonly versions: Map<string, string>;
  readonly eventSources: EventSourceModel[];
  /** Every resource of every stack, in order of deployment. */
  readonly resolved: ResolvedModel[];
  readonly apis: Map<string, ApiModel>;
  readonly stateMachines: Map<string, StateMachineModel>;
  readonly buses: Map<string, string>;
  readonly rules: Map<string, RuleModel>;
  readonly schedules: Map<string, ScheduleModel>;
  readonly queues: Map<string, QueueModel>;
  readonly topics: Map<string, TopicModel>;
  readonly invokePermissions: PermissionModel[];
  /** `<stack>.<output>` → value. */
  readonly outputs: Map<string, unknown>;
}

/** Plain JSON as it stands in a template after resolution. */
export type Document = Readonly<Record<string, unknown>>;

/** A DynamoDB table; `definition` is what CreateTable takes. */
export interface TableModel {
  readonly name: string;
  readonly arn: string;
  readonly streamArn: string | undefined;
  readonly definition: Document;
  readonly ttlAttribute: string | undefined;
}

/** An S3 bucket with the settings that change what requests may do. */
export interface BucketModel {
  readonly name: string;
  readonly arn: string;
  readonly versioned: boolean;
  readonly objectLock: boolean;
  /** S3's `ObjectLockConfiguration` as in the template. */
  readonly lockRule: Document | undefined;
  readonly corsRules: readonly Document[];
}

/** A Lambda function: `folder` has its unpacked bundle (or `source` its inline text), times are seconds, memory MB. */
export interface FunctionModel {
  readonly name: string;
  readonly arn: string;
  readonly folder: string | undefined;
  readonly source: string | undefined;
  readonly handler: string;
  readonly roleArn: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeout: number;
  readonly memory: number;
  readonly concurrency: number | undefined;
  readonly deadLetterArn: string | undefined;
  asyncConfig: AsyncConfig;
}

/** How asynchronous invocations of a function end when they fail. */
export interface AsyncConfig {
  readonly retries: number;
  readonly maxAgeSeconds: number;
  readonly onFailure: string | undefined;
  readonly onSuccess: string | undefined;
}

/** A stream read on behalf of a function. */
export interface EventSourceModel {
  readonly id: string;
  readonly functionArn: string;
  readonly sourceArn: string;
  readonly batchSize: number;
  readonly windowSeconds: number;
  readonly filters: readonly Document[];
  readonly reportsItemFailures: boolean;
  readonly bisects: boolean;
  readonly retries: number;
  readonly maxRecordAgeSeconds: number;
  readonly lanes: number;
  readonly onFailure: string | undefined;
  readonly startingPosition: string;
  readonly enabled: boolean;
}

/** A resource after resolution; `physicalName` is what `Ref` gives for it. */
export interface ResolvedModel {
  readonly logicalId: string;
  readonly type: string;
  readonly physicalName: string;
  readonly properties: Document;
}

/** An HTTP API with its parts, by id. */
export interface ApiModel {
  readonly id: string;
  readonly name: string;
  readonly cors: Document | undefined;
  readonly routes: RouteModel[];
  readonly integrations: Map<string, IntegrationModel>;
  readonly authorizers: Map<string, AuthorizerModel>;
  stage: StageModel | undefined;
}

/** `key` is `METHOD /path` or `$default`. */
export interface RouteModel {
  readonly key: string;
  readonly integrationId: string;
  readonly authorizerId: string | undefined;
  readonly scopes: readonly string[];
}

/** A Lambda proxy integration; the timeout is in ms. */
export interface IntegrationModel {
  readonly functionArn: string;
  readonly timeout: number;
  readonly credentialsArn: string | undefined;
}

/** Which tokens a JWT authorizer takes. */
export interface AuthorizerModel {
  readonly issuer: string;
  readonly audience: readonly string[];
  /** Header that carries the token, lower case. */
  readonly header: string;
}

/** Stage settings: requests per second and burst by route key, `default` for the rest. */
export interface StageModel {
  readonly name: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly throttle: ReadonlyMap<string, { readonly rate: number; readonly burst: number }>;
}

/** A Step Functions state machine as deployed. */
export interface StateMachineModel {
  readonly name: string;
  readonly arn: string;
  readonly roleArn: string;
}

/** A target of a rule or schedule. */
export interface TargetModel {
  readonly arn: string;
  readonly roleArn: string | undefined;
  readonly input: string | undefined;
  readonly inputPath: string | undefined;
  readonly transformer: { readonly paths: Readonly<Record<string, string>>; readonly template: string } | undefined;
  readonly retries: number;
  readonly maxAgeSeconds: number;
  readonly deadLetterArn: string | undefined;
}

/** An EventBridge rule: on a pattern, on a schedule, or both. */
export interface RuleModel {
  readonly arn: string;
  readonly name: string;
  readonly bus: string;
  readonly pattern: Document | undefined;
  readonly schedule: string | undefined;
  readonly enabled: boolean;
  readonly targets: readonly TargetModel[];
}

/** An EventBridge Scheduler schedule. */
export interface ScheduleModel {
  readonly arn: string;
  readonly name: string;
  readonly group: string;
  readonly expression: string;
  readonly timezone: string;
  readonly enabled: boolean;
  readonly startAt: number | undefined;
  readonly endAt: number | undefined;
  readonly target: TargetModel;
}

/** An SQS queue; times in seconds. */
export interface QueueModel {
  readonly arn: string;
  readonly name: string;
  readonly url: string;
  readonly visibility: number;
  readonly retention: number;
  readonly redrive: { readonly arn: string; readonly maxReceives: number } | undefined;
}

/** An SNS topic with its subscriptions. */
export interface TopicModel {
  readonly arn: string;
  readonly name: string;
  readonly subscriptions: { readonly protocol: string; readonly endpoint: string; readonly raw: boolean; readonly filter: Document | undefined }[];
}

/** Who outside IAM may invoke a function (AWS::Lambda::Permission). */
export interface PermissionModel {
  readonly functionArn: string;
  readonly principal: string;
  readonly sourceArn: string | undefined;
}

/** An empty model for one region. */
export function emptyModel(region: string, accountId: string, partition: string): Model {
  return {
    region, accountId, partition,
    tables: new Map(), buckets: new Map(), functions: new Map(), versions: new Map(), eventSources: [], resolved: [],
    apis: new Map(), stateMachines: new Map(), buses: new Map(), rules: new Map(), schedules: new Map(), queues: new Map(), topics: new Map(),
    invokePermissions: [], outputs: new Map(),
  };
}
