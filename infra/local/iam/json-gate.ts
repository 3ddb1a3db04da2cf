import { createHash } from 'node:crypto';
import type { Authorize } from './authorize.ts';
import type { ReceivedHeaders } from './canonical.ts';
import type { JsonBody, Known, Place } from './need.ts';
import { needsOf } from './requests.ts';
import type { JsonService } from './requests.ts';
import { verifySignature } from './sigv4.ts';
import type { Endpoint, SignatureProblem } from './sigv4.ts';

/** An answer in the AWS JSON protocol. */
export interface JsonAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A request of the AWS JSON protocol, read whole. */
export interface JsonRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: ReceivedHeaders;
  readonly body: Uint8Array;
}

/** Error names of the JSON services for a signature that does not count (common errors of the service references). */
const signatureErrors = {
  missing: 'MissingAuthenticationTokenException',
  malformed: 'IncompleteSignatureException',
  unsupported: 'IncompleteSignatureException',
  unknownKey: 'UnrecognizedClientException',
  wrongScope: 'InvalidSignatureException',
  skewed: 'InvalidSignatureException',
  expired: 'InvalidSignatureException',
  unsignedHeaders: 'InvalidSignatureException',
  mismatch: 'InvalidSignatureException',
  invalidToken: 'UnrecognizedClientException',
  invalidUri: 'InvalidSignatureException',
} as const satisfies Record<SignatureProblem, string>;

/** Who signed, or the refusal to send back: for the endpoints of DynamoDB, Step Functions, EventBridge and their like. */
export function signerOf(request: JsonRequest, endpoint: Endpoint): { readonly principal: string } | { readonly refusal: JsonAnswer } {
  const bodySha256 = createHash('sha256').update(request.body).digest('hex');
  const result = verifySignature({ ...request, bodySha256 }, endpoint);
  if (result.ok) return { principal: result.principal };
  return { refusal: jsonError(signatureErrors[result.problem], result.detail) };
}

/** Refuses an operation that the principal's role does not allow; undefined when it may go on. */
export function denialOf(
  asked: { readonly principal: string; readonly service: JsonService; readonly operation: string; readonly body: JsonBody },
  authorize: Authorize,
  place: Place,
  known?: Known,
): JsonAnswer | undefined {
  const needs = needsOf(asked.service, asked.operation, asked.body, place, known);
  if (!needs) return jsonError('UnknownOperationException', `The local cloud knows no permission for ${asked.service}:${asked.operation}`);
  for (const need of needs) {
    const verdict = authorize({ principal: asked.principal, ...need });
    if (!verdict.allowed) return accessDenied(verdict.reason);
  }
  return undefined;
}

/** The answer of the JSON services to a call that the role does not allow. */
export function accessDenied(reason: string): JsonAnswer {
  return jsonError('AccessDeniedException', reason);
}

function jsonError(name: string, message: string): JsonAnswer {
  const type = `com.amazon.coral.service#${name}`;
  // DynamoDB's SDKs read `message`, older ones `Message`.
  return { status: 400, headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-errortype': name }, body: JSON.stringify({ __type: type, message, Message: message }) };
}
