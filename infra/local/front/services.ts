import type { EngineClient } from '../dynamodb/engine-client.ts';
import type { Bus, EventEntry } from '../events/bus.ts';
import type { Queues } from '../events/queues.ts';
import type { Publication, Topics } from '../events/topics.ts';
import type { JsonRequest } from '../iam/json-gate.ts';
import type { JsonService } from '../iam/requests.ts';
import type { Functions } from '../lambda/functions.ts';
import type { Model } from '../template/model.ts';

/** Bytes to send back. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | string;
}

/** What stands behind the front door. */
export interface FrontServices {
  readonly model: Model;
  readonly engine: EngineClient;
  readonly functions: Functions;
  readonly bus: Bus;
  readonly queues: Queues;
  readonly topics: Topics;
  /** Answers `AWSStepFunctions.<operation>`. */
  states(operation: string, body: Buffer): Promise<Answer>;
  /** Runs a function asynchronously. */
  queueInvocation(arn: string, payload: string): void;
  /** Something was written to a table. */
  onWrite(): void;
}

/** A JSON-protocol service: its name in signatures and permissions, and how it answers an operation. */
export interface JsonEndpoint {
  readonly service: JsonService;
  answer(services: FrontServices, operation: string, request: JsonRequest): Promise<Answer>;
}

const json10 = 'application/x-amz-json-1.0';
const writes = new Set(['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem', 'TransactWriteItems', 'ExecuteStatement', 'BatchExecuteStatement', 'ExecuteTransaction']);

/** By the part of `X-Amz-Target` before the dot. */
export const jsonEndpoints: Readonly<Record<string, JsonEndpoint>> = {
  DynamoDB_20120810: { service: 'dynamodb', answer: (services, operation, request) => tables(services, `DynamoDB_20120810.${operation}`, request) },
  DynamoDBStreams_20120810: { service: 'dynamodb', answer: (services, operation, request) => tables(services, `DynamoDBStreams_20120810.${operation}`, request) },
  AWSStepFunctions: { service: 'states', answer: ({ states }, operation, request) => states(operation, Buffer.from(request.body)) },
  AWSEvents: { service: 'events', answer: async ({ bus }, operation, request) => jsonAnswer(() => putEvents(bus, operation, request)) },
  AmazonSQS: { service: 'sqs', answer: async ({ queues }, operation, request) => jsonAnswer(() => queues.answer(operation, inputOf(request))) },
};

async function tables({ engine, onWrite }: FrontServices, target: string, request: JsonRequest): Promise<Answer> {
  const { status, headers, body } = await engine.send(target, request.body as Buffer);
  if (status < 300 && writes.has(target.slice(target.indexOf('.') + 1))) onWrite();
  return { status, body, headers: kept(headers) };
}

/** The checksum header is what SDKs verify a DynamoDB answer by. */
function kept(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const out: Record<string, string> = { 'content-type': String(headers['content-type'] ?? json10) };
  for (const name of ['x-amz-crc32', 'x-amzn-requestid']) if (typeof headers[name] === 'string') out[name] = headers[name];
  return out;
}

function putEvents(bus: Bus, operation: string, request: JsonRequest): unknown {
  if (operation !== 'PutEvents') throw named('UnknownOperationException', `The local cloud does not do events:${operation}`);
  const entries = inputOf(request)['Entries'];
  if (!Array.isArray(entries) || entries.length === 0 || entries.length > 10) throw named('ValidationException', 'Entries must have 1 to 10 members');
  const Entries = bus.put(entries as EventEntry[]);
  return { Entries, FailedEntryCount: Entries.filter(({ ErrorCode }) => ErrorCode).length };
}

/** Answers with what `work` gives, or with its error by name. */
export function jsonAnswer(work: () => unknown): Answer {
  try {
    return { status: 200, headers: { 'content-type': json10 }, body: JSON.stringify(work()) };
  } catch (error) {
    return jsonFailure(error as Error);
  }
}

/** An error in the AWS JSON protocol. */
export function jsonFailure(error: Error, status = 400): Answer {
  return { status, headers: { 'content-type': json10, 'x-amzn-errortype': error.name }, body: JSON.stringify({ __type: error.name, message: error.message }) };
}

function inputOf(request: JsonRequest): Record<string, unknown> {
  const value: unknown = JSON.parse(Buffer.from(request.body).toString('utf8') || '{}');
  if (typeof value !== 'object' || value === null) throw named('SerializationException', 'the body must be a JSON object');
  return value as Record<string, unknown>;
}

/** SNS speaks the older query protocol: a form in, XML out. */
export function publishForm(topics: Topics, form: URLSearchParams): Answer {
  const headers = { 'content-type': 'text/xml' };
  const request = '<ResponseMetadata><RequestId>local</RequestId></ResponseMetadata>';
  try {
    if (form.get('Action') !== 'Publish') throw named('InvalidAction', `The local cloud does not do sns:${form.get('Action')}`);
    const id = topics.publish(publicationOf(form));
    return { status: 200, headers, body: `<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>${id}</MessageId></PublishResult>${request}</PublishResponse>` };
  } catch (error) {
    const { name, message } = error as Error;
    return { status: 400, headers, body: `<ErrorResponse><Error><Type>Sender</Type><Code>${name}</Code><Message>${message.replaceAll(/[<&]/g, ' ')}</Message></Error>${request}</ErrorResponse>` };
  }
}

function publicationOf(form: URLSearchParams): Publication {
  const attributes: Record<string, { DataType: string; StringValue: string }> = {};
  for (let n = 1; form.has(`MessageAttributes.entry.${n}.Name`); n += 1) {
    const at = `MessageAttributes.entry.${n}`;
    attributes[form.get(`${at}.Name`) ?? ''] = { DataType: form.get(`${at}.Value.DataType`) ?? 'String', StringValue: form.get(`${at}.Value.StringValue`) ?? '' };
  }
  const subject = form.get('Subject');
  return { TopicArn: form.get('TopicArn') ?? '', Message: form.get('Message') ?? '', MessageAttributes: attributes, ...(subject === null ? {} : { Subject: subject }) };
}

/** What keeps a text from being JSON; undefined when it is. */
function jsonFault(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/** Lambda's Invoke: `RequestResponse`, `Event` or `DryRun`. */
export async function invokeFunction({ functions, queueInvocation, model }: FrontServices, name: string, type: string, payload: string): Promise<Answer> {
  const arn = name.startsWith('arn:') ? name : `arn:${model.partition}:lambda:${model.region}:${model.accountId}:function:${name}`;
  const headers = { 'content-type': 'application/json', 'x-amz-executed-version': '$LATEST' };
  if (!functions.model(arn)) return jsonFailure(named('ResourceNotFoundException', `Function not found: ${arn}`), 404);
  const fault = jsonFault(payload);
  if (fault !== undefined) return jsonFailure(named('InvalidRequestContentException', `Could not parse request body into json: ${fault}`));
  if (type === 'DryRun') return { status: 204, headers, body: '' };
  if (type === 'Event') {
    queueInvocation(arn, payload);
    return { status: 202, headers, body: '' };
  }
  const outcome = await functions.invoke(arn, payload);
  return { status: 200, headers: { ...headers, ...(outcome.functionError ? { 'x-amz-function-error': outcome.functionError } : {}) }, body: outcome.payload };
}

function named(name: string, message: string): Error {
  const error = new Error(message);
  error.name = name;
  return error;
}
