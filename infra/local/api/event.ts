import type { IncomingMessage } from 'node:http';
import type { JWTPayload } from 'jose';
import type { ApiModel } from '../template/model.ts';
import type { Match } from './router.ts';

/** What of a request goes into the event. */
export interface Incoming {
  readonly request: IncomingMessage;
  readonly api: ApiModel;
  readonly accountId: string;
  readonly match: Match;
  readonly path: string;
  readonly query: string;
  readonly body: Buffer;
  readonly requestId: string;
  readonly now: number;
  readonly authorized: { readonly claims: JWTPayload; readonly scopes: readonly string[] } | undefined;
}

/** The event of payload format 2.0 as JSON text (API Gateway Developer Guide, "AWS Lambda proxy integrations for HTTP APIs"). */
export function eventOf(incoming: Incoming): string {
  const { request, api, match, path, query, body, requestId, authorized } = incoming;
  const { cookie, ...headers } = headersOf(request);
  const encoded = encodedBody(body, headers['content-type'] ?? '');
  const stage = api.stage?.name ?? '$default';
  const { host = '' } = headers;
  return JSON.stringify({
    version: '2.0',
    routeKey: match.route.key,
    rawPath: path,
    rawQueryString: query,
    ...(cookie === undefined ? {} : { cookies: cookie.split(/; */) }),
    headers,
    ...(query === '' ? {} : { queryStringParameters: queryOf(query) }),
    requestContext: {
      accountId: incoming.accountId,
      apiId: api.id,
      ...(authorized ? { authorizer: { jwt: { claims: claimsOf(authorized.claims), scopes: match.route.scopes.length > 0 ? authorized.scopes : null } } } : {}),
      domainName: host,
      domainPrefix: host.split('.')[0],
      http: { method: request.method, path, protocol: `HTTP/${request.httpVersion}`, sourceIp: request.socket.remoteAddress ?? '', userAgent: headers['user-agent'] ?? '' },
      requestId,
      routeKey: match.route.key,
      stage,
      time: clfTime(incoming.now),
      timeEpoch: incoming.now,
    },
    ...(Object.keys(match.parameters).length === 0 ? {} : { pathParameters: match.parameters }),
    ...(Object.keys(api.stage?.variables ?? {}).length === 0 ? {} : { stageVariables: api.stage?.variables }),
    ...encoded,
  });
}

function headersOf(request: IncomingMessage): Record<string, string> {
  const out: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) if (value !== undefined) out[name] = Array.isArray(value) ? value.join(',') : value;
  out['x-forwarded-for'] = request.socket.remoteAddress ?? '';
  out['x-forwarded-proto'] = 'http';
  return out;
}

/** Repeated parameters are joined by commas; what cannot be decoded stays as it came. */
function queryOf(query: string): Record<string, string> {
  const out: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(query)) out[name] = Object.hasOwn(out, name) ? `${out[name]},${value}` : value;
  return out;
}

const asText = /^(text\/|application\/(json|xml|javascript)\b|application\/[\w.-]+\+json\b)/i;
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Text goes as it is, all else as base64; so do bytes that claim to be text and are not UTF-8, for the function to refuse. */
function encodedBody(body: Buffer, contentType: string): { body?: string; isBase64Encoded: boolean } {
  if (body.length === 0) return { isBase64Encoded: false };
  if (asText.test(contentType)) {
    try {
      return { body: utf8.decode(body), isBase64Encoded: false };
    } catch {
      return { body: body.toString('base64'), isBase64Encoded: true };
    }
  }
  return { body: body.toString('base64'), isBase64Encoded: true };
}

/** API Gateway writes every claim as text, lists as `[a b]`. */
function claimsOf(claims: JWTPayload): Record<string, string> {
  return Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, Array.isArray(value) ? `[${value.join(' ')}]` : typeof value === 'object' ? JSON.stringify(value) : String(value)]));
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function clfTime(now: number): string {
  const iso = new Date(now).toISOString();
  return `${iso.slice(8, 10)}/${months[Number(iso.slice(5, 7)) - 1]}/${iso.slice(0, 4)}:${iso.slice(11, 19)} +0000`;
}
