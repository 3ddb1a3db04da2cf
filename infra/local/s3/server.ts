import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Authorize } from '../iam/authorize.ts';
import { decode, headerValue, InvalidUri, splitTarget } from '../iam/canonical.ts';
import { bucketArn, s3Needs } from '../iam/s3-needs.ts';
import { verifySignature } from '../iam/sigv4.ts';
import type { KeyStore, SignatureProblem, Unverified, Verified } from '../iam/sigv4.ts';
import { asHeaderText } from './about.ts';
import type { Answer, Asked, Parts } from './asked.ts';
import { corsHeaders, preflight } from './cors.ts';
import { errorDocument, element } from './xml.ts';
import { S3Error } from './errors.ts';
import type { S3ErrorCode } from './errors.ts';
import { postObject } from './post-object.ts';
import { awaitingContinue } from './receive.ts';
import { routeOf } from './routes.ts';

/** Who may come in. Without `authorize` every known key may do everything. */
export interface Door {
  readonly keys: KeyStore;
  readonly authorize?: Authorize;
}

/** How much of a refused body is read away, so that the client sees the refusal and the connection lives on, in bytes. */
const politeDrain = 8 * 1024 * 1024;

const signatureErrors = {
  missing: 'AccessDenied',
  malformed: 'AuthorizationHeaderMalformed',
  unsupported: 'InvalidRequest',
  unknownKey: 'InvalidAccessKeyId',
  wrongScope: 'AuthorizationHeaderMalformed',
  skewed: 'RequestTimeTooSkewed',
  expired: 'AccessDenied',
  unsignedHeaders: 'AccessDenied',
  mismatch: 'SignatureDoesNotMatch',
  invalidToken: 'InvalidToken',
  invalidUri: 'InvalidURI',
} as const satisfies Record<SignatureProblem, S3ErrorCode>;

/** Answers one request, always: a refusal is an XML document, a fault of ours an InternalError with its id in the log. */
export async function serve(parts: Parts, door: Door, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const id = randomBytes(8).toString('hex').toUpperCase();
  const place = { bucket: '' };
  let answer: Answer;
  try {
    answer = await answerTo(parts, door, request, place);
  } catch (error) {
    answer = refusal(error, request, id);
  }
  try {
    await send(parts, request, response, answer, { id, bucket: place.bucket });
  } catch (error) {
    // The client is gone, or a file broke while it was read: the connection is all that is left to end.
    if (!request.socket.destroyed && !isHangUp(error)) console.error(`s3: ${id} could not be answered`, error);
    response.destroy();
  } finally {
    answer.done?.();
  }
}

async function answerTo(parts: Parts, door: Door, request: IncomingMessage, place: { bucket: string }): Promise<Answer> {
  const { bucket, key, query } = locate(request);
  place.bucket = bucket;
  const method = request.method ?? 'GET';
  if (method === 'OPTIONS') return preflight(parts, bucket, request);
  if (method === 'POST' && key === '' && /^multipart\/form-data/i.test(request.headers['content-type'] ?? '')) {
    return postObject(parts, { request, bucket, keys: door.keys, demandFor: (signature) => demandBy(door, signature) });
  }
  const signature = signerOf(parts, door, request);
  const asked = askedOf(request, { bucket, key, query, method }, signature, door);
  checkOwner(parts, asked);
  const route = routeOf(asked);
  asked.demand(s3Needs({ operation: route.name, bucket, key, partition: parts.partition, query, has: (name) => asked.header(name) !== undefined }));
  try {
    return await route.run(parts, asked);
  } catch (error) {
    throw hideAbsence(error, parts, asked);
  }
}

/** Reads bucket and key from the path, or the bucket from a host `<bucket>.localhost` or `<bucket>.s3.localhost`. */
export function locate(request: Pick<IncomingMessage, 'url' | 'headers'>): { bucket: string; key: string; query: ReadonlyMap<string, string> } {
  try {
    const { rawPath, query } = splitTarget(request.url ?? '/');
    const host = /^([a-z0-9][a-z0-9.-]+?)(?:\.s3)?\.localhost(?::\d+)?$/i.exec(request.headers.host ?? '')?.[1];
    const byHost = host !== undefined && host !== 's3' ? host : undefined;
    const path = rawPath.startsWith('/') ? rawPath.slice(1) : rawPath;
    const slash = path.indexOf('/');
    const [first, rest] = slash < 0 ? [path, ''] : [path.slice(0, slash), path.slice(slash + 1)];
    const named = byHost === undefined ? { bucket: decode(first), key: decode(rest) } : { bucket: byHost, key: decode(path) };
    return { ...named, query: new Map(query) };
  } catch (error) {
    if (error instanceof InvalidUri) throw new S3Error('InvalidURI', error.message);
    throw error;
  }
}

function signerOf(parts: Parts, door: Door, request: IncomingMessage): Verified {
  const received = { method: request.method ?? 'GET', target: request.url ?? '/', headers: request.headers };
  const result = verifySignature(received, { service: 's3', region: parts.region, keys: door.keys, clock: parts.clock });
  if (!result.ok) throw signatureError(result, parts, request.headers.authorization !== undefined);
  if (result.by === 'header' && request.headers['x-amz-content-sha256'] === undefined) throw new S3Error('InvalidRequest', 'Missing required header for this request: x-amz-content-sha256');
  if (!/^([0-9a-f]{64}|UNSIGNED-PAYLOAD|STREAMING-[A-Z0-9-]+)$/.test(result.payloadHash)) {
    throw new S3Error('InvalidArgument', 'x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-… or a valid sha256 value.', { extra: { ArgumentName: 'x-amz-content-sha256' } });
  }
  return result;
}

function signatureError(result: Unverified, parts: Parts, inHeader: boolean): S3Error {
  const { problem, detail, stringToSign, canonicalRequest } = result;
  const extra = {
    ...(stringToSign === undefined ? {} : { StringToSign: stringToSign }),
    ...(canonicalRequest === undefined ? {} : { CanonicalRequest: canonicalRequest }),
    ...(problem === 'wrongScope' ? { Region: parts.region } : {}),
    ...(problem === 'skewed' ? { ServerTime: new Date(parts.clock.now()).toISOString(), MaxAllowedSkewMilliseconds: '900000' } : {}),
  };
  const code = signatureErrors[problem];
  const named = code === 'AuthorizationHeaderMalformed' && !inHeader ? 'AuthorizationQueryParametersError' : code;
  return new S3Error(named, problem === 'missing' ? 'Access Denied: anonymous requests are refused' : detail, { extra });
}

function askedOf(request: IncomingMessage, shape: Pick<Asked, 'bucket' | 'key' | 'query' | 'method'>, signature: Verified, door: Door): Asked {
  // A presigned URL may carry x-amz-… headers as query parameters; they are under the signature like the rest of it.
  const hoisted = new Map(signature.by === 'query' ? [...shape.query].map(([name, value]) => [name.toLowerCase(), asHeaderText(value)] as const).filter(([name]) => name.startsWith('x-amz-')) : []);
  const header = (name: string) => headerValue(request.headers, name) ?? hoisted.get(name);
  return { request, ...shape, signature, header, headerNames: () => [...new Set([...Object.keys(request.headers), ...hoisted.keys()])], demand: demandBy(door, signature) };
}

function demandBy(door: Door, { principal }: Verified): Asked['demand'] {
  return (needs) => {
    for (const need of needs) {
      const verdict = door.authorize?.({ principal, ...need });
      if (verdict && !verdict.allowed) throw new S3Error('AccessDenied', verdict.reason);
    }
  };
}

function checkOwner(parts: Parts, asked: Asked): void {
  const owner = asked.header('x-amz-expected-bucket-owner') ?? parts.accountId;
  const source = asked.header('x-amz-source-expected-bucket-owner') ?? parts.accountId;
  if (owner !== parts.accountId || source !== parts.accountId) throw new S3Error('AccessDenied');
}

/** Who may not list a bucket is not told that a key is missing: S3 answers 403, and code that relies on 404 would only fail there. */
function hideAbsence(error: unknown, parts: Parts, asked: Asked): unknown {
  if (!(error instanceof S3Error) || error.code !== 'NoSuchKey' || (asked.method !== 'GET' && asked.method !== 'HEAD')) return error;
  try {
    asked.demand([{ action: 's3:ListBucket', resource: bucketArn(parts.partition, asked.bucket) }]);
    return error;
  } catch (denied) {
    return denied;
  }
}

function refusal(error: unknown, request: IncomingMessage, id: string): Answer {
  const known = error instanceof S3Error ? error : undefined;
  if (!known && !isHangUp(error)) console.error(`s3: ${id} ${request.method} ${request.url?.split('?')[0]} failed`, error);
  const refused = known ?? new S3Error('InternalError');
  const body = errorDocument([
    element('Code', refused.code),
    element('Message', refused.message),
    Object.entries(refused.extra).map(([name, value]) => element(name, value)),
    element('Resource', request.url?.split('?')[0] ?? '/'),
    element('RequestId', id),
    element('HostId', 'guijing'),
  ]);
  return { status: refused.status, headers: { 'content-type': 'application/xml', ...refused.headers }, body };
}

async function send(parts: Parts, request: IncomingMessage, response: ServerResponse, answer: Answer, about: { readonly id: string; readonly bucket: string }): Promise<void> {
  await drain(request, response);
  const { body } = answer;
  const sized: Record<string, string> = typeof body === 'string' ? { 'content-length': String(Buffer.byteLength(body)) } : {};
  const empty: Record<string, string> = body === undefined && answer.status !== 204 && answer.status !== 304 && request.method !== 'HEAD' ? { 'content-length': '0' } : {};
  // SDKs set their signing clock by a Date header, and would be wrong after the next move of the cloud's clock.
  response.sendDate = false;
  response.writeHead(answer.status, {
    ...empty,
    'x-amz-request-id': about.id,
    'x-amz-id-2': 'guijing',
    server: 'GuijingS3',
    // Clients correct their clocks by this header; here the cloud's clock is the true one.
    ...corsHeaders(parts, about.bucket, request),
    ...answer.headers,
    ...sized,
  });
  if (body === undefined || request.method === 'HEAD') response.end();
  else if (typeof body === 'string') response.end(body);
  else await pipeline(Readable.from(body, { objectMode: false }), response);
}

/** What is left of a body is read away when it is little; otherwise the connection is closed after the answer. */
async function drain(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.complete || request.destroyed) return;
  const length = Number(request.headers['content-length'] ?? (request.headers['transfer-encoding'] === undefined ? 0 : Infinity));
  if (length <= politeDrain && !awaitingContinue.has(request)) {
    for await (const _rest of request.iterator({ destroyOnReturn: false }));
    return;
  }
  response.setHeader('connection', 'close');
}

function isHangUp(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException | undefined)?.code ?? '';
  return ['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE', 'ERR_STREAM_DESTROYED'].includes(code);
}
