import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { BodyTooLarge, readBody } from '../front/body.ts';
import type { Clock } from '../clock.ts';
import type { Functions } from '../lambda/functions.ts';
import type { LineLog } from '../lambda/log.ts';
import type { ApiModel, IntegrationModel } from '../template/model.ts';
import { answerOf } from './answer.ts';
import { type Authorizer, openAuthorizer, type Verdict } from './authorizer.ts';
import { openCors } from './cors.ts';
import { eventOf } from './event.ts';
import { type GatewayAnswer, problem } from './problem.ts';
import { type Match, openRouter } from './router.ts';
import { openThrottle } from './throttle.ts';

/** What the gateway needs from the cloud. */
export interface GatewayHost {
  readonly accountId: string;
  readonly clock: Clock;
  readonly functions: Functions;
  readonly log: LineLog;
  /** Whether API Gateway may invoke the function for this route (AWS::Lambda::Permission). */
  mayInvoke(functionArn: string, routeKey: string): boolean;
}

/** API Gateway's limits: body 10 MB, request line and headers together 10,240 bytes. */
const bodyLimit = 10 * 1024 * 1024;
const headerLimit = 10_240;
/** A body over the limit is still taken in (and thrown away) up to this size, so that the caller can read the answer. */
const drainLimit = 64 * 1024 * 1024;

/** Serves an HTTP API of the template: routes, JWT authorizers, CORS, throttling, Lambda proxy integrations with payload 2.0. */
export function gatewayServer(api: ApiModel, host: GatewayHost): Server {
  const gateway = openGateway(api, host);
  const server = createServer({ maxHeaderSize: headerLimit, keepAliveTimeout: 65_000, headersTimeout: 20_000, requestTimeout: 60_000 }, (request, response) => {
    const requestId = randomBytes(12).toString('base64url');
    const began = performance.now();
    const finish = (answer: GatewayAnswer): void => {
      send(request, response, answer);
      host.log.write(accessLine(request, requestId, answer, host.clock.now(), performance.now() - began));
    };
    void gateway(request, requestId)
      .catch((error: unknown) => failure(error, requestId))
      .then(finish);
  });
  server.on('clientError', refuseGarbage);
  return server;
}

type Gateway = (request: IncomingMessage, requestId: string) => Promise<GatewayAnswer>;

function openGateway(api: ApiModel, host: GatewayHost): Gateway {
  const router = openRouter(api.routes);
  const cors = openCors(api.cors);
  const throttle = openThrottle(api.stage);
  const authorizers = new Map([...api.authorizers].map(([id, model]) => [id, openAuthorizer(model)]));
  const route = async (request: IncomingMessage, requestId: string): Promise<GatewayAnswer> => {
    const { path, query } = split(request.url ?? '/');
    const match = router.match(request.method ?? 'GET', path);
    if (!match) return notFound(router.methods(path), requestId);
    if (!throttle(match.route.key)) return problem('too-many', '请求过于频繁，请稍后再试', requestId, { 'retry-after': '1' });
    const authorizer = authorizers.get(match.route.authorizerId ?? '');
    const verdict = authorizer ? await authorizer.check(tokenHeader(request, authorizer)) : undefined;
    if (verdict && !verdict.ok) return notSignedIn(verdict, requestId);
    if (verdict && !inScope(verdict.scopes, match)) return problem('not-allowed', '登录凭证缺少此接口需要的授权范围', requestId);
    const integration = api.integrations.get(match.route.integrationId);
    if (!integration || !host.mayInvoke(integration.functionArn, match.route.key)) {
      return problem('unexpected', `接口配置有误，请联系管理员（编号：${requestId}）`, requestId);
    }
    const body = await readBody(request, bodyLimit);
    const event = eventOf({ request, api, accountId: host.accountId, match, path, query, body, requestId, now: host.clock.now(), authorized: verdict });
    return answerOf(await invokeInTime(host.functions, integration, event), requestId);
  };
  return async (request, requestId) => {
    const preflight = cors.preflight(request);
    if (preflight) return { status: 204, headers: preflight, body: '' };
    const answer = await route(request, requestId);
    return { ...answer, headers: { ...answer.headers, ...cors.headers(request) } };
  };
}

/** An integration has its own time limit, shorter than the function's; API Gateway then answers 503 while the function goes on. */
async function invokeInTime(functions: Functions, integration: IntegrationModel, event: string) {
  let timer: NodeJS.Timeout | undefined;
  const overdue = new Promise<{ payload: string; functionError: 'Unhandled' }>((resolve) => {
    timer = setTimeout(() => resolve({ payload: '{"errorType":"Sandbox.Timedout"}', functionError: 'Unhandled' }), integration.timeout);
  });
  try {
    return await Promise.race([functions.invoke(integration.functionArn, event), overdue]);
  } finally {
    clearTimeout(timer);
  }
}

function split(url: string): { path: string; query: string } {
  // A request in absolute form (`GET http://host/path`) is legal HTTP.
  const relative = url.startsWith('/') ? url : url.replace(/^[a-z]+:\/\/[^/]*/i, '') || '/';
  const mark = relative.indexOf('?');
  return mark < 0 ? { path: relative, query: '' } : { path: relative.slice(0, mark), query: relative.slice(mark + 1) };
}

function tokenHeader(request: IncomingMessage, authorizer: Authorizer): string | undefined {
  const value = request.headers[authorizer.header];
  return Array.isArray(value) ? value[0] : value;
}

const inScope = (scopes: readonly string[], { route }: Match): boolean => route.scopes.length === 0 || route.scopes.some((scope) => scopes.includes(scope));

function notFound(methods: readonly string[], requestId: string): GatewayAnswer {
  if (methods.length === 0) return problem('not-found', '没有这个地址，请查看 /docs 中的接口说明', requestId);
  return problem('method-not-allowed', `此地址只支持 ${methods.join('、')}`, requestId, { allow: methods.join(', ') });
}

const refusals = {
  missing: '请先登录：请求缺少 Authorization: Bearer 凭证',
  invalid: '登录凭证无效，请重新登录',
  expired: '登录已过期，请重新登录',
} as const;

function notSignedIn(verdict: Verdict & { ok: false }, requestId: string): GatewayAnswer {
  if (verdict.reason === 'unreachable') return problem('unavailable', '身份认证服务暂时不可用，请稍后重试', requestId);
  const challenge = verdict.reason === 'missing' ? 'Bearer' : 'Bearer error="invalid_token"';
  return problem('not-signed-in', refusals[verdict.reason], requestId, { 'www-authenticate': challenge });
}

function failure(error: unknown, requestId: string): GatewayAnswer {
  if (error instanceof BodyTooLarge) return problem('too-large', '请求内容超过 10 MB，附件请用上传链接提交', requestId);
  if (error instanceof URIError) return problem('invalid-input', '地址中的编码有误', requestId);
  if (error instanceof Error && error.name === 'TooManyRequestsException') return problem('too-many', '系统繁忙，请稍后再试', requestId, { 'retry-after': '1' });
  console.error('gateway', error);
  return problem('unexpected', `系统内部出现错误，已记录，请稍后重试或联系管理员（编号：${requestId}）`, requestId);
}

function send(request: IncomingMessage, response: ServerResponse, { status, headers, body }: GatewayAnswer): void {
  if (response.destroyed) return;
  const bodiless = status === 204 || status === 304;
  // Answered before the body was read: the rest is taken in on the open connection. Closing it with bytes unread would reset
  // it, and the caller would see the reset instead of the answer.
  if (!request.complete) {
    drain(request);
    if (Number(request.headers['content-length'] ?? 0) > drainLimit) response.setHeader('connection', 'close');
  }
  response.writeHead(status, bodiless ? headers : { ...headers, 'content-length': Buffer.byteLength(body) });
  response.end(bodiless || request.method === 'HEAD' ? undefined : body);
}

function drain(request: IncomingMessage): void {
  let size = 0;
  request.removeAllListeners('data');
  request.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > drainLimit) request.destroy();
  });
  request.on('error', () => undefined);
  request.resume();
}

function refuseGarbage(error: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const large = error.code === 'HPE_HEADER_OVERFLOW';
  const status = large ? '431 Request Header Fields Too Large' : '400 Bad Request';
  const body = JSON.stringify({ type: '/problems/invalid-input', title: '填写内容有误', status: large ? 431 : 400, detail: large ? '请求头过大（上限 10 KB）' : '不是有效的 HTTP 请求', retry: 'no' });
  socket.end(`HTTP/1.1 ${status}\r\ncontent-type: application/problem+json; charset=utf-8\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`);
}

/** Who asked for what, with which answer and delay; never a token, a query or a body. */
function accessLine(request: IncomingMessage, requestId: string, answer: GatewayAnswer, now: number, tookMs: number): string {
  const { path } = split(request.url ?? '/');
  return `${JSON.stringify({ at: new Date(now).toISOString(), requestId, method: request.method, path, status: answer.status, ms: Math.round(tookMs * 10) / 10 })}\n`;
}
