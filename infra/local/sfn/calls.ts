import { randomBytes, randomUUID } from 'node:crypto';
import { WireError, type Failure } from './errors.ts';
import type { TaskDoing } from './frames.ts';
import type { Surroundings } from './ports.ts';
import { knownResource, type Resource } from './resource.ts';
import type { Answer } from './step-task.ts';
import { type JsonObject, isObject, textOf } from './values.ts';
import { unqualified } from '../unqualified.ts';

/** What a call needs to know of the execution that makes it. */
export interface Caller {
  readonly roleArn: string;
  readonly region: string;
  readonly arn: string;
  readonly startedBy: { readonly execution: number; readonly frame: number; readonly nonce: string };
}

/** Does what `states:*` and `aws-sdk:sfn:*` tasks ask of Step Functions itself, dates in ms; throws WireError. */
export type OwnApi = (action: string, input: JsonObject, caller: Caller, isSync: boolean) => Promise<JsonObject>;

/** Makes the call of one Task. It never rejects: what goes wrong is an answer. */
export async function callResource(around: Surroundings, own: OwnApi, caller: Caller, task: TaskDoing): Promise<Answer> {
  const resource = knownResource(task.resource);
  try {
    return await kinds[resource.kind]({ around, own, caller, task, resource });
  } catch (error) {
    return { failure: failureOf(resource, error) };
  }
}

interface Call {
  readonly around: Surroundings;
  readonly own: OwnApi;
  readonly caller: Caller;
  readonly task: TaskDoing;
  readonly resource: Resource;
}

const kinds: Readonly<Record<Resource['kind'], (call: Call) => Promise<Answer>>> = {
  function: callFunction,
  lambda: invoke,
  states: callStates,
  integration: integrate,
};

async function callFunction({ around, caller, task, resource }: Call): Promise<Answer> {
  const [functionArn, qualifier] = splitQualifier(resource.resource);
  const answer = await around.invokeLambda({ functionArn, ...(qualifier === undefined ? {} : { qualifier }), payload: task.args, roleArn: caller.roleArn });
  return answer.functionError === undefined ? { output: answer.payload ?? null } : { failure: functionFailure(answer.payload) };
}

function splitQualifier(arn: string): readonly [string, string | undefined] {
  return [unqualified(arn), arn.split(':')[7]];
}

async function invoke({ around, caller, task }: Call): Promise<Answer> {
  const args = isObject(task.args) ? task.args : {};
  if (typeof args.FunctionName !== 'string') throw new WireError('States.Runtime', "The field 'FunctionName' is required but was missing");
  const [functionArn, inArn] = splitQualifier(args.FunctionName);
  const qualifier = typeof args.Qualifier === 'string' ? args.Qualifier : inArn;
  const call = { functionArn, ...(qualifier === undefined ? {} : { qualifier }), payload: args.Payload ?? {}, roleArn: caller.roleArn };
  if (args.InvocationType === 'Event') {
    void around.invokeLambda(call).catch((error: unknown) => around.onError?.(error));
    return { output: { SdkHttpMetadata: metadata('', 202, dateOf(around)), SdkResponseMetadata: { RequestId: randomUUID() }, StatusCode: 202 } };
  }
  const answer = await around.invokeLambda(call);
  if (answer.functionError !== undefined) return { failure: functionFailure(answer.payload) };
  return { output: lambdaOutput(answer.payload, dateOf(around), answer.executedVersion) };
}

/** The time of an answer, as HTTP has it. */
const dateOf = (around: Surroundings) => new Date(around.clock.now()).toUTCString();

/** The result of the optimized `lambda:invoke`, as recorded on AWS. */
function lambdaOutput(payload: unknown, date: string, version = '$LATEST'): JsonObject {
  const requestId = randomUUID();
  const length = String(Buffer.byteLength(textOf(payload ?? null)));
  const headers: Record<string, string> = {
    Connection: 'keep-alive',
    'Content-Length': length,
    'Content-Type': 'application/json',
    Date: date,
    'X-Amz-Executed-Version': version,
    'x-amzn-Remapped-Content-Length': '0',
    'x-amzn-RequestId': requestId,
    'X-Amzn-Trace-Id': `Root=1-${randomBytes(4).toString('hex')}-${randomBytes(12).toString('hex')};Sampled=0`,
  };
  return {
    ExecutedVersion: version,
    Payload: payload ?? null,
    SdkHttpMetadata: { AllHttpHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])), HttpHeaders: headers, HttpStatusCode: 200 },
    SdkResponseMetadata: { RequestId: requestId },
    StatusCode: 200,
  };
}

/** A function that failed: its errorType, and its whole answer as the cause. */
function functionFailure(payload: unknown): Failure {
  const error = isObject(payload) && typeof payload.errorType === 'string' && payload.errorType !== '' ? payload.errorType : 'Lambda.Unknown';
  return { error, cause: textOf(payload ?? null) };
}

async function callStates({ around, own, caller, task, resource }: Call): Promise<Answer> {
  const args = isObject(task.args) ? task.args : {};
  const answer = await own('startExecution', args, caller, resource.pattern === 'sync');
  const requestId = randomUUID();
  const { ExecutionArn, StartDate } = answer;
  return { output: { ExecutionArn, SdkHttpMetadata: metadata(textOf(answer), 200, dateOf(around), requestId), SdkResponseMetadata: { RequestId: requestId }, StartDate } };
}

async function integrate({ around, own, caller, task, resource }: Call): Promise<Answer> {
  const input = isObject(task.args) ? task.args : {};
  if (resource.service === 'sfn') return { output: withDatesAsText(await own(resource.action, input, caller, false)) };
  const result = await around.integrations.call({ service: resource.service, action: resource.action, input: forWire(resource, input), roleArn: caller.roleArn });
  if (resource.service === 'events') refuseFailedEntries(result);
  if (resource.resourceType.startsWith('aws-sdk:')) return { output: result ?? {} };
  const requestId = randomUUID();
  const body = isObject(result) ? result : {};
  return { output: { ...body, SdkHttpMetadata: metadata(textOf(body), 200, dateOf(around), requestId), SdkResponseMetadata: { RequestId: requestId } } };
}

/** Recorded on AWS: the SDK integrations show instants (ms here) as ISO-8601 text, unlike the optimized one. */
function withDatesAsText(answer: JsonObject): JsonObject {
  const shown = ([name, value]: [string, unknown]) => [name, name.endsWith('Date') && typeof value === 'number' ? new Date(value).toISOString() : value] as const;
  return Object.fromEntries(Object.entries(answer).map(shown));
}

/** AWS writes object messages, event details and what goes into S3 as JSON text. */
function forWire(resource: Resource, input: JsonObject): JsonObject {
  const asText = (value: unknown) => (typeof value === 'string' || value === undefined ? value : textOf(value));
  if (resource.resourceType === 'sqs') return { ...input, MessageBody: asText(input.MessageBody) };
  if (resource.resourceType === 'sns') return { ...input, Message: asText(input.Message) };
  // Recorded on AWS: an object's Body is the JSON of its value, so that a text is stored within quotes.
  if (resource.resourceType === 'aws-sdk:s3' && input.Body !== undefined) return { ContentType: 'text/plain; charset=UTF-8', ...input, Body: textOf(input.Body) };
  if (resource.resourceType !== 'events' || !Array.isArray(input.Entries)) return input;
  return { ...input, Entries: (input.Entries as readonly JsonObject[]).map((entry) => ({ ...entry, Detail: asText(entry.Detail) })) };
}

function refuseFailedEntries(result: unknown): void {
  if (isObject(result) && typeof result.FailedEntryCount === 'number' && result.FailedEntryCount > 0) throw new WireError('EventBridge.FailedEntry', textOf(result));
}

function metadata(body: string, status: number, date: string, requestId: string = randomUUID()): JsonObject {
  const headers: Record<string, string> = {
    'x-amzn-RequestId': requestId,
    connection: 'keep-alive',
    'Content-Length': String(Buffer.byteLength(body)),
    Date: date,
    'Content-Type': 'application/x-amz-json-1.0',
  };
  return { AllHttpHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])), HttpHeaders: headers, HttpStatusCode: status };
}

const prefixes: Readonly<Record<string, readonly [error: string, service: string, general: string]>> = {
  lambda: ['Lambda', 'AWSLambda', 'AWSLambdaException'],
  states: ['StepFunctions', 'AWSStepFunctions', 'AWSStepFunctionsException'],
  dynamodb: ['DynamoDB', 'AmazonDynamoDBv2', 'AmazonDynamoDBException'],
  sqs: ['SQS', 'AmazonSQS', 'AmazonSQSException'],
  sns: ['SNS', 'AmazonSNS', 'AmazonSNSException'],
  events: ['EventBridge', 'AmazonCloudWatchEvents', 'AmazonCloudWatchEventsException'],
  'aws-sdk:dynamodb': ['DynamoDb', 'DynamoDb', 'DynamoDbException'],
  'aws-sdk:s3': ['S3', 'S3', 'S3Exception'],
  'aws-sdk:sfn': ['Sfn', 'Sfn', 'SfnException'],
  'aws-sdk:eventbridge': ['EventBridge', 'EventBridge', 'EventBridgeException'],
  'aws-sdk:sqs': ['Sqs', 'Sqs', 'SqsException'],
  'aws-sdk:sns': ['Sns', 'Sns', 'SnsException'],
};

/** A rejected call as AWS names and words it: `<Service>.<Code>Exception`. */
function failureOf(resource: Resource, thrown: unknown): Failure {
  const { name = 'Error', message = String(thrown), statusCode = 400, requestId = randomUUID() } = thrown as { name?: string; message?: string; statusCode?: number; requestId?: string };
  if (name.startsWith('States.') || name.includes('.')) return { error: name, cause: message };
  const { resourceType } = resource;
  const [prefix, service, general] = prefixes[resourceType] ?? [resourceType, resourceType, name];
  const code = isClassless(resourceType, name) ? general : name;
  const error = `${prefix}.${code.endsWith('Exception') ? code : `${code}Exception`}`;
  const extended = resourceType === 'aws-sdk:s3' ? `, Extended Request ID: ${randomBytes(56).toString('base64')}` : '';
  if (resourceType.startsWith('aws-sdk:')) return { error, cause: `${message} (Service: ${service}, Status Code: ${statusCode}, Request ID: ${requestId}${extended}) (SDK Attempt Count: 1)` };
  return { error, cause: `${message} (Service: ${service}; Status Code: ${statusCode}; Error Code: ${name}; Request ID: ${requestId}; Proxy: null)` };
}

// Recorded on AWS: codes that the SDK has no class for arrive as the service's general exception. Step Functions has one for ValidationException.
const classless: ReadonlySet<string> = new Set(['AccessDenied', 'AccessDeniedException', 'AuthorizationError', 'MissingParameter', 'SerializationException', 'ValidationException']);
const isClassless = (resourceType: string, code: string) => classless.has(code) && !(code === 'ValidationException' && (resourceType === 'states' || resourceType === 'aws-sdk:sfn'));
