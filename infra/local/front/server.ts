import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { JsonRequest } from '../iam/json-gate.ts';
import { invokeNeeds } from '../iam/requests.ts';
import { BodyTooLarge, readBody } from './body.ts';
import type { Guard } from './guard.ts';
import { type Answer, type FrontServices, invokeFunction, jsonEndpoints, jsonFailure, publishForm } from './services.ts';

/** The largest request of any of these services is a DynamoDB batch of 16 MB. */
const bodyLimit = 17 * 1024 * 1024;

/**
 * The one address of DynamoDB, its streams, Step Functions, EventBridge, Scheduler, SQS, SNS and Lambda: tells them apart as
 * AWS SDKs name them. With a guard, only signed calls that the caller's role allows get through.
 */
export function frontListener(services: FrontServices, guard: Guard | undefined): RequestListener {
  return (request, response) => {
    void answer(services, guard, request)
      .catch((error: Error) => failure(error))
      .then((done) => send(response, done));
  };
}

async function answer(services: FrontServices, guard: Guard | undefined, request: IncomingMessage): Promise<Answer> {
  const body = await readBody(request, bodyLimit);
  const received: JsonRequest = { method: request.method ?? 'POST', target: request.url ?? '/', headers: request.headers, body };
  const target = request.headers['x-amz-target'];
  if (typeof target === 'string') return jsonCall(services, guard, received, target);
  const invocation = /^\/2015-03-31\/functions\/([^/?]+)\/invocations/.exec(received.target)?.[1];
  if (invocation) return lambdaCall(services, guard, received, functionName(received.target, invocation));
  if (/^\/schedules(\?|$)/.test(received.target) && received.method === 'GET') {
    return guard?.refuseNeeds(received, 'scheduler', [{ action: 'scheduler:ListSchedules', resource: '*' }]) ?? schedules(services);
  }
  const form = new URLSearchParams(body.toString('utf8'));
  if (form.has('Action')) {
    const needs = [{ action: `sns:${form.get('Action')}`, resource: form.get('TopicArn') ?? '*' }];
    return guard?.refuseNeeds(received, 'sns', needs) ?? publishForm(services.topics, form);
  }
  return jsonFailure(named('UnknownOperationException', `${received.method} ${received.target} is not an operation of the local cloud`), 404);
}

async function jsonCall(services: FrontServices, guard: Guard | undefined, request: JsonRequest, target: string): Promise<Answer> {
  const dot = target.indexOf('.');
  const service = target.slice(0, dot);
  const endpoint = Object.hasOwn(jsonEndpoints, service) ? jsonEndpoints[service] : undefined;
  if (!endpoint) return jsonFailure(named('UnknownOperationException', `${target} is not an operation of the local cloud`));
  const operation = target.slice(dot + 1);
  return guard?.refuse(request, endpoint.service, operation) ?? endpoint.answer(services, operation, request);
}

async function lambdaCall(services: FrontServices, guard: Guard | undefined, request: JsonRequest, name: string): Promise<Answer> {
  const refusal = guard?.refuseNeeds(request, 'lambda', invokeNeeds(name, services.model));
  if (refusal) return { ...refusal, status: 403 };
  const type = request.headers['x-amz-invocation-type'];
  return invokeFunction(services, name, typeof type === 'string' ? type : 'RequestResponse', Buffer.from(request.body).toString('utf8') || '{}');
}

/** The function's name with the qualifier of the query, if any. A name that is not encoded as URIs are is the name of no function. */
function functionName(target: string, encoded: string): string {
  const qualifier = new URLSearchParams(target.split('?')[1]).get('Qualifier');
  try {
    return decodeURIComponent(encoded) + (qualifier === null ? '' : `:${qualifier}`);
  } catch {
    return encoded;
  }
}

/** EventBridge Scheduler's ListSchedules, for looking; schedules come from the template only. */
function schedules({ model }: FrontServices): Answer {
  const Schedules = [...model.schedules.values()].map(({ arn, name, group, enabled, target }) => ({ Arn: arn, Name: name, GroupName: group, State: enabled ? 'ENABLED' : 'DISABLED', Target: { Arn: target.arn } }));
  return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ Schedules }) };
}

function failure(error: Error): Answer {
  if (error instanceof BodyTooLarge) return jsonFailure(named('RequestEntityTooLargeException', error.message), 413);
  if (error instanceof SyntaxError) return jsonFailure(named('SerializationException', 'the body is not JSON'));
  if (error.name === 'TooManyRequestsException') return jsonFailure(error, 429);
  console.error('front', error);
  return jsonFailure(named('InternalServerError', error.message), 500);
}

function send(response: ServerResponse, { status, headers, body }: Answer): void {
  if (response.destroyed) return;
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

function named(name: string, message: string): Error {
  const error = new Error(message);
  error.name = name;
  return error;
}
