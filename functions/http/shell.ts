import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { problems } from '../../shared/problems.ts';
import { hiddenProblem, Problem, problemBody } from './problem.ts';

/** A request as the HTTP API hands it over (payload format 2.0); nothing in it is trusted, not even its shape. */
export type HttpRequest = APIGatewayProxyEventV2;

/** An answer as the HTTP API takes it. */
export type HttpAnswer = APIGatewayProxyStructuredResultV2;

/** What answers a request; throws `Problem` for what the caller may read, anything else becomes `unexpected`. */
export type HttpHandler = (request: HttpRequest, context: Context) => Promise<HttpAnswer>;

/** Wraps a handler for the HTTP API: every failure becomes a problem document, every invocation one line of log without personal data. */
export function httpShell(handle: HttpHandler) {
  return middy<HttpRequest, HttpAnswer>()
    .use({
      before: (request) => {
        (request.internal as { started?: number }).started = performance.now();
      },
      after: (request) => logRequest(request.event, request.response ?? undefined, undefined, request.internal),
      onError: (request) => {
        const id = requestIdOf(request.event, request.context);
        const problem = request.error instanceof Problem ? request.error : hiddenProblem(request.error, id);
        request.response = problemAnswer(problem, id);
        logRequest(request.event, request.response, request.error ?? undefined, request.internal);
      },
    })
    .handler(handle);
}

/** A problem as an answer of the HTTP API. */
export function problemAnswer(problem: Problem, requestId: string): HttpAnswer {
  const { status } = problems[problem.name];
  return {
    statusCode: status,
    headers: { 'content-type': 'application/problem+json; charset=utf-8', 'cache-control': 'no-store' },
    body: JSON.stringify(problemBody(problem, requestId)),
  };
}

/** A JSON answer. */
export function jsonAnswer(body: unknown, headers: Record<string, string> = {}, statusCode = 200): HttpAnswer {
  return { statusCode, headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', ...headers }, body: JSON.stringify(body) };
}

function requestIdOf(event: Partial<HttpRequest> | null | undefined, context: Context | undefined): string {
  return event?.requestContext?.requestId ?? context?.awsRequestId ?? 'unknown';
}

// The route and not the path: paths carry ids of cases, routes carry nothing of anybody.
function logRequest(event: Partial<HttpRequest> | null | undefined, answer: HttpAnswer | undefined, error: Error | undefined, internal: object): void {
  const started = (internal as { started?: number }).started ?? performance.now();
  const ours = error !== undefined && !(error instanceof Problem);
  console.log(
    JSON.stringify({
      route: event?.routeKey, request: event?.requestContext?.requestId, status: answer?.statusCode, ms: Math.round((performance.now() - started) * 10) / 10,
      ...(error ? { problem: error.name } : {}), ...(ours ? { error: error.message, stack: error.stack } : {}),
    }),
  );
}
