/** How a Task waits for what it called. */
export type Pattern = 'request' | 'token' | 'sync';

/** A Task's Resource taken apart. `resourceType` and `resource` are as history events have them. */
export interface Resource {
  readonly kind: 'function' | 'lambda' | 'states' | 'integration';
  readonly pattern: Pattern;
  readonly resourceType: string;
  readonly resource: string;
  readonly service: string;
  readonly action: string;
  /** `.sync:2`: the child's input and output arrive parsed. */
  readonly parsed: boolean;
}

const optimized: Readonly<Record<string, readonly string[]>> = {
  dynamodb: ['getItem', 'putItem', 'updateItem', 'deleteItem'],
  sqs: ['sendMessage'],
  sns: ['publish'],
  events: ['putEvents'],
};

const withToken = new Set(['lambda:invoke', 'states:startExecution', 'sqs:sendMessage', 'sns:publish', 'events:putEvents']);

const sdkActions: Readonly<Record<string, readonly string[]>> = {
  dynamodb: ['getItem', 'putItem', 'updateItem', 'deleteItem', 'query', 'scan', 'transactWriteItems', 'transactGetItems', 'batchGetItem', 'batchWriteItem'],
  s3: ['getObject', 'putObject', 'headObject', 'listObjectsV2', 'deleteObject', 'copyObject'],
  eventbridge: ['putEvents'],
  sfn: ['startExecution', 'sendTaskSuccess', 'sendTaskFailure', 'sendTaskHeartbeat', 'stopExecution', 'describeExecution'],
  sqs: ['sendMessage'],
  sns: ['publish'],
};

const functionArn = /^arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:function:[^:]+(:[^:]+)?$/;
const statesArn = /^arn:aws[a-z-]*:states:::(.+)$/;

/** Reads a Resource; a string says why it is not supported. */
export function readResource(text: string): Resource | string {
  if (functionArn.test(text)) return { kind: 'function', pattern: 'request', resourceType: 'lambda', resource: text, service: 'lambda', action: 'invoke', parsed: false };
  const rest = statesArn.exec(text)?.[1];
  if (rest === undefined) return `the resource '${text}' is not supported: it is neither a Lambda function's ARN nor arn:<partition>:states:::<service>:<action>`;
  const sdk = /^aws-sdk:([a-z0-9]+):([A-Za-z0-9]+)(\.waitForTaskToken)?$/.exec(rest);
  return sdk ? readSdk(sdk) : readOptimized(rest);
}

function readSdk([, service = '', action = '', token]: readonly (string | undefined)[]): Resource | string {
  if (!Object.hasOwn(sdkActions, service) || !sdkActions[service]?.includes(action)) return `the resource 'aws-sdk:${service}:${action}' is not supported here`;
  const pattern = token === undefined ? 'request' : 'token';
  return { kind: 'integration', pattern, resourceType: `aws-sdk:${service}`, resource: `${action}${token ?? ''}`, service, action, parsed: false };
}

function readOptimized(rest: string): Resource | string {
  const match = /^([a-z]+):([A-Za-z]+)(\.sync:2|\.sync|\.waitForTaskToken)?$/.exec(rest);
  const [, service = '', action = '', suffix = ''] = match ?? [];
  const name = `${service}:${action}`;
  const isStates = name === 'states:startExecution';
  const isKnown = name === 'lambda:invoke' || isStates || (Object.hasOwn(optimized, service) && optimized[service]?.includes(action));
  if (!isKnown || (suffix.startsWith('.sync') && !isStates) || (suffix === '.waitForTaskToken' && !withToken.has(name))) {
    return `the resource '${rest}' is not supported here`;
  }
  const kind = name === 'lambda:invoke' ? 'lambda' : isStates ? 'states' : 'integration';
  const pattern = suffix === '' ? 'request' : suffix === '.waitForTaskToken' ? 'token' : 'sync';
  return { kind, pattern, resourceType: service, resource: `${action}${suffix}`, service, action, parsed: suffix === '.sync:2' };
}

/** Reads a Resource that the definition checks have let through. */
export function knownResource(text: string): Resource {
  const resource = readResource(text);
  if (typeof resource === 'string') throw new Error(resource);
  return resource;
}
