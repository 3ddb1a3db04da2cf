import { timingSafeEqual, type KeyObject } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { canonicalHeaders, canonicalPath, canonicalQuery, headerValue, hmac, InvalidUri, sha256Hex, splitTarget } from './canonical.ts';
import { signingKey } from './signing-key.ts';
import type { QueryPair, ReceivedHeaders } from './canonical.ts';

/** A secret and whose it is: a role's ARN, or `arn:<partition>:iam::<account>:root` for people and tools. */
export interface SigningKey {
  readonly secret: string;
  readonly principal: string;
}

/** Where secrets come from. */
export interface KeyStore {
  secretFor(accessKeyId: string): SigningKey | undefined;
}

/** A request as it arrived. `target` is the raw path with its query, `bodySha256` (hex) the digest of the body where the whole body was read. */
export interface ReceivedRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: ReceivedHeaders;
  readonly bodySha256?: string;
}

/** What the endpoint that checks is: its service name and region in the credential scope, its keys, its clock. */
export interface Endpoint {
  readonly service: string;
  readonly region: string;
  readonly keys: KeyStore;
  readonly clock: Clock;
}

/** Why a signature does not count. Endpoints map these to their own error names. */
export type SignatureProblem =
  | 'missing'
  | 'malformed'
  | 'unsupported'
  | 'unknownKey'
  | 'wrongScope'
  | 'skewed'
  | 'expired'
  | 'unsignedHeaders'
  | 'mismatch'
  | 'invalidToken'
  | 'invalidUri';

/** A signature that counts. `payloadHash` is what was signed for the body: a hex digest, `UNSIGNED-PAYLOAD` or a `STREAMING-…` word. */
export interface Verified {
  readonly ok: true;
  readonly by: 'header' | 'query';
  readonly principal: string;
  readonly accessKeyId: string;
  readonly signedHeaders: readonly string[];
  readonly payloadHash: string;
  /** What signatures of body chunks continue from. */
  readonly chain: SignatureChain;
}

/** The seed, key, time and scope that chunk signatures of a streamed body are made of. */
export interface SignatureChain {
  readonly seed: string;
  readonly key: KeyObject;
  readonly stamp: string;
  readonly scope: string;
}

/** A signature that does not count, and a sentence that says why. */
export interface Unverified {
  readonly ok: false;
  readonly problem: SignatureProblem;
  readonly detail: string;
  /** What the server signed, for the one who must find the difference. */
  readonly stringToSign?: string;
  readonly canonicalRequest?: string;
}

/** How far a signer's clock may be off: 15 minutes (AWS, "Troubleshoot SigV4"). */
export const allowedSkewMs = 15 * 60_000;

/** The longest life of a presigned URL: seven days in seconds. */
const longestPresignS = 604_800;

const unsupported = 'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.';

interface Claim {
  readonly by: 'header' | 'query';
  readonly accessKeyId: string;
  readonly date: string;
  readonly region: string;
  readonly service: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  readonly stamp: string;
  readonly expiresS?: number;
  readonly token?: string;
}

/**
 * Checks a request signed with AWS Signature Version 4, in its header or in its query. The body is not looked at:
 * whoever reads it compares it with `payloadHash`. Source: IAM User Guide, "Create a signed AWS API request".
 */
export function verifySignature(request: ReceivedRequest, endpoint: Endpoint): Verified | Unverified {
  try {
    return verify(request, endpoint);
  } catch (error) {
    if (error instanceof InvalidUri) return refuse('invalidUri', error.message);
    throw error;
  }
}

function verify(request: ReceivedRequest, endpoint: Endpoint): Verified | Unverified {
  const { rawPath, query } = splitTarget(request.target);
  const claim = readClaim(request.headers, query);
  if ('ok' in claim) return claim;
  const key = endpoint.keys.secretFor(claim.accessKeyId);
  if (!key) return refuse('unknownKey', `The access key id "${claim.accessKeyId}" does not exist in our records`);
  const early = checkScope(claim, endpoint) ?? checkTime(claim, endpoint.clock, key) ?? checkHeaders(request.headers, claim.signedHeaders);
  if (early) return early;

  const payloadHash = payloadHashOf(request, query, claim.by, endpoint.service);
  const canonical = [
    request.method,
    canonicalPath(rawPath, endpoint.service),
    canonicalQuery(query),
    canonicalHeaders(request.headers, claim.signedHeaders),
    claim.signedHeaders.join(';'),
    payloadHash,
  ].join('\n');
  const scope = `${claim.date}/${claim.region}/${claim.service}/aws4_request`;
  const derived = signingKey(key.secret, claim.date, claim.region, claim.service);
  // Clients turn header text into bytes in one of two ways; both are what the holder of the secret signed.
  const matches = (['latin1', 'utf8'] as const).some((bytes) =>
    sameSignature(hmac(derived, stringToSign(claim.stamp, scope, sha256Hex(canonical, bytes))).toString('hex'), claim.signature),
  );
  if (!matches) {
    return {
      ...refuse('mismatch', 'The request signature we calculated does not match the signature you provided. Check your key and signing method.'),
      stringToSign: stringToSign(claim.stamp, scope, sha256Hex(canonical)),
      canonicalRequest: canonical,
    };
  }
  const chain = { seed: claim.signature, key: derived, stamp: claim.stamp, scope };
  return { ok: true, by: claim.by, principal: key.principal, accessKeyId: claim.accessKeyId, signedHeaders: claim.signedHeaders, payloadHash, chain };
}

/** Compares two hex signatures in constant time. */
export function sameSignature(ours: string, theirs: string): boolean {
  const [a, b] = [Buffer.from(ours), Buffer.from(theirs)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** The instants that count as now: the cloud's clock, which may have been moved, and the real one, by which outside tools sign. */
export function nowOf(clock: Clock): readonly number[] {
  return [clock.now(), Date.now()];
}

/**
 * The instants by which something signed expires. What a role signed expires by the cloud's clock alone, because functions
 * live by it: a link must not outlive a move of the clock. People and tools sign by whichever clock they have.
 */
export function expiryClocks(clock: Clock, key: SigningKey): readonly number[] {
  return key.principal.endsWith(':root') ? nowOf(clock) : [clock.now()];
}

/** Reads `20260123T010203Z` as ms since 1970; undefined when it is not such a stamp. */
export function readStamp(stamp: string): number | undefined {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(stamp);
  if (!parts) return undefined;
  const [, year, month, day, hour, minute, second] = parts;
  const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(at) ? undefined : at;
}

function stringToSign(stamp: string, scope: string, digest: string): string {
  return `AWS4-HMAC-SHA256\n${stamp}\n${scope}\n${digest}`;
}

function payloadHashOf(request: ReceivedRequest, query: readonly QueryPair[], by: 'header' | 'query', service: string): string {
  if (request.bodySha256 !== undefined) return request.bodySha256;
  const declared = headerValue(request.headers, 'x-amz-content-sha256');
  if (declared !== undefined) return declared;
  const hoisted = by === 'query' ? query.find(([name]) => name.toLowerCase() === 'x-amz-content-sha256')?.[1] : undefined;
  if (hoisted !== undefined) return hoisted;
  return by === 'query' && service === 's3' ? 'UNSIGNED-PAYLOAD' : sha256Hex('');
}

function readClaim(headers: ReceivedHeaders, query: readonly QueryPair[]): Claim | Unverified {
  const authorization = headerValue(headers, 'authorization');
  const inQuery = query.some(([name]) => name === 'X-Amz-Signature' || name === 'X-Amz-Algorithm' || name === 'X-Amz-Credential');
  if (authorization !== undefined && inQuery) return refuse('malformed', 'Only one auth mechanism allowed: the Authorization header or the query, not both');
  if (authorization !== undefined) return fromHeader(authorization, headers);
  if (inQuery) return fromQuery(query);
  if (query.some(([name]) => name === 'AWSAccessKeyId')) return refuse('unsupported', unsupported);
  return refuse('missing', 'The request is not signed');
}

function fromHeader(authorization: string, headers: ReceivedHeaders): Claim | Unverified {
  const [algorithm, ...rest] = authorization.trim().split(/\s+/);
  if (algorithm !== 'AWS4-HMAC-SHA256') return refuse('unsupported', unsupported);
  const fields = new Map(rest.join('').split(',').map((field) => {
    const equals = field.indexOf('=');
    return [field.slice(0, equals), field.slice(equals + 1)];
  }));
  const stamp = headerValue(headers, 'x-amz-date') ?? stampOfDate(headerValue(headers, 'date'));
  return claimOf('header', { credential: fields.get('Credential'), signed: fields.get('SignedHeaders'), signature: fields.get('Signature'), stamp }, headerValue(headers, 'x-amz-security-token'));
}

function fromQuery(query: readonly QueryPair[]): Claim | Unverified {
  const found = new Map<string, string>();
  for (const [name, value] of query.filter(([key]) => /^x-amz-/i.test(key))) {
    if (found.has(name)) return refuse('malformed', `The query parameter ${name} appears twice`);
    found.set(name, value);
  }
  if (found.get('X-Amz-Algorithm') !== 'AWS4-HMAC-SHA256') return refuse('malformed', 'X-Amz-Algorithm only supports "AWS4-HMAC-SHA256"');
  const expires = found.get('X-Amz-Expires') ?? '';
  if (!/^\d{1,7}$/.test(expires) || Number(expires) < 1 || Number(expires) > longestPresignS) {
    return refuse('malformed', 'X-Amz-Expires must be between 1 and 604800 seconds');
  }
  const claim = claimOf('query', { credential: found.get('X-Amz-Credential'), signed: found.get('X-Amz-SignedHeaders'), signature: found.get('X-Amz-Signature'), stamp: found.get('X-Amz-Date') }, found.get('X-Amz-Security-Token'));
  return 'ok' in claim ? claim : { ...claim, expiresS: Number(expires) };
}

interface RawClaim {
  readonly credential: string | undefined;
  readonly signed: string | undefined;
  readonly signature: string | undefined;
  readonly stamp: string | undefined;
}

function claimOf(by: 'header' | 'query', raw: RawClaim, token: string | undefined): Claim | Unverified {
  const missing = (['credential', 'signed', 'signature', 'stamp'] as const).filter((name) => !raw[name]);
  if (missing.length > 0) return refuse('malformed', `The signature lacks ${missing.join(', ')} (Credential, SignedHeaders, Signature and a date are needed)`);
  const scope = readScope(raw.credential ?? '');
  if (!scope) return refuse('malformed', 'The credential must look like <access key id>/<yyyymmdd>/<region>/<service>/aws4_request');
  const signedHeaders = (raw.signed ?? '').split(';');
  if (token !== undefined) return refuse('invalidToken', 'The security token included in the request is invalid: keys of this cloud have none');
  return { by, ...scope, signedHeaders, signature: raw.signature ?? '', stamp: raw.stamp ?? '' };
}

/** Reads `<access key id>/<yyyymmdd>/<region>/<service>/aws4_request`; an access key id may itself contain slashes. */
export function readScope(credential: string): { accessKeyId: string; date: string; region: string; service: string } | undefined {
  const parts = /^(.+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request$/.exec(credential);
  if (!parts) return undefined;
  const [, accessKeyId = '', date = '', region = '', service = ''] = parts;
  return { accessKeyId, date, region, service };
}

function stampOfDate(date: string | undefined): string | undefined {
  const at = date === undefined ? NaN : Date.parse(date);
  return Number.isNaN(at) ? undefined : new Date(at).toISOString().replace(/[-:]|\.\d{3}/g, '');
}

function checkScope(claim: Claim, endpoint: Endpoint): Unverified | undefined {
  if (claim.region !== endpoint.region) return refuse('wrongScope', `The region "${claim.region}" is wrong; expecting "${endpoint.region}"`);
  if (claim.service !== endpoint.service) return refuse('wrongScope', `The service "${claim.service}" is wrong; expecting "${endpoint.service}"`);
  if (!claim.stamp.startsWith(claim.date)) return refuse('malformed', 'The date in the credential differs from the date of the request');
  return undefined;
}

function checkTime(claim: Claim, clock: Clock, key: SigningKey): Unverified | undefined {
  const signedAt = readStamp(claim.stamp);
  if (signedAt === undefined) return refuse('malformed', 'The date must be in the format yyyymmddThhmmssZ');
  const { expiresS } = claim;
  if (expiresS !== undefined) {
    const good = expiryClocks(clock, key).some((now) => now >= signedAt - allowedSkewMs && now <= signedAt + expiresS * 1000);
    return good ? undefined : refuse('expired', 'Request has expired, or is not valid yet');
  }
  const near = nowOf(clock).some((now) => Math.abs(now - signedAt) <= allowedSkewMs);
  return near ? undefined : refuse('skewed', 'The difference between the request time and the current time is too large');
}

/** A header that changes what a request does must be under the signature, or anybody on the way could add it. */
function checkHeaders(headers: ReceivedHeaders, signed: readonly string[]): Unverified | undefined {
  if (!signed.includes('host')) return refuse('unsignedHeaders', 'The header "host" must be signed');
  const loose = Object.keys(headers).filter((name) => name.startsWith('x-amz-') && !signed.includes(name));
  if (loose.length === 0) return undefined;
  return refuse('unsignedHeaders', `There were headers present in the request which were not signed: ${loose.join(', ')}`);
}

function refuse(problem: SignatureProblem, detail: string): Unverified {
  return { ok: false, problem, detail };
}
