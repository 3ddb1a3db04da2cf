import type { Clock } from '../clock.ts';
import { hmac } from '../iam/canonical.ts';
import { expiryClocks, readScope, readStamp, sameSignature } from '../iam/sigv4.ts';
import { signingKey } from '../iam/signing-key.ts';
import type { KeyStore, Verified } from '../iam/sigv4.ts';
import { S3Error } from './errors.ts';
import { largestUpload } from './receive.ts';
import type { SizeLimits } from './receive.ts';

/** Fields that a policy need not speak of. */
const free = new Set(['x-amz-signature', 'policy', 'file', 'bucket']);

/** Who may post, and how much. */
export interface Permit {
  readonly signature: Verified;
  readonly limits: SizeLimits;
}

/**
 * Checks the signature of a form's policy, its expiry, and that each field of the form meets it. `fields` are as sent, with
 * `${filename}` not replaced yet in `key`. Throws AccessDenied, InvalidPolicyDocument, SignatureDoesNotMatch and their like.
 * Source: S3 API Reference, "Creating a POST policy".
 */
export function checkPolicy(fields: ReadonlyMap<string, string>, bucket: string, place: { readonly region: string; readonly keys: KeyStore; readonly clock: Clock }): Permit {
  const encoded = fields.get('policy');
  if (encoded === undefined) throw new S3Error('AccessDenied', 'Anonymous uploads are refused: the form needs a signed policy');
  const { signature, clocks } = checkSignature(encoded, fields, place);
  const policy = parsePolicy(encoded);
  const expiresAt = Date.parse(policy.expiration);
  if (Number.isNaN(expiresAt)) throw new S3Error('InvalidPolicyDocument', `Invalid Policy: Invalid 'expiration' value: '${policy.expiration.slice(0, 40)}'`);
  if (!clocks.some((now) => now <= expiresAt)) throw new S3Error('AccessDenied', 'Invalid according to Policy: Policy expired.');
  return { signature, limits: checkConditions(policy.conditions, fields, bucket) };
}

function checkSignature(encoded: string, fields: ReadonlyMap<string, string>, place: { readonly region: string; readonly keys: KeyStore; readonly clock: Clock }): { signature: Verified; clocks: readonly number[] } {
  const [algorithm, credential, stamp, given] = ['x-amz-algorithm', 'x-amz-credential', 'x-amz-date', 'x-amz-signature'].map((name) => fields.get(name) ?? '');
  if (algorithm !== 'AWS4-HMAC-SHA256') throw new S3Error('InvalidRequest', 'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.');
  if (fields.has('x-amz-security-token')) throw new S3Error('InvalidToken');
  const scope = readScope(credential ?? '');
  const signedAt = readStamp(stamp ?? '');
  if (!scope || signedAt === undefined || !(stamp ?? '').startsWith(scope.date)) throw new S3Error('AuthorizationQueryParametersError', 'x-amz-credential or x-amz-date of the form is malformed');
  if (scope.region !== place.region || scope.service !== 's3') throw new S3Error('AuthorizationQueryParametersError', `The credential must be for s3 in ${place.region}`);
  const key = place.keys.secretFor(scope.accessKeyId);
  if (!key) throw new S3Error('InvalidAccessKeyId', undefined, { extra: { AWSAccessKeyId: scope.accessKeyId.slice(0, 128) } });
  const derived = signingKey(key.secret, scope.date, scope.region, scope.service);
  if (!sameSignature(hmac(derived, encoded).toString('hex'), given ?? '')) throw new S3Error('SignatureDoesNotMatch', undefined, { extra: { StringToSign: encoded.slice(0, 4096) } });
  const chain = { seed: '', key: derived, stamp: stamp ?? '', scope: '' };
  const signature: Verified = { ok: true, by: 'query', principal: key.principal, accessKeyId: scope.accessKeyId, signedHeaders: [], payloadHash: 'UNSIGNED-PAYLOAD', chain };
  return { signature, clocks: expiryClocks(place.clock, key) };
}

function parsePolicy(encoded: string): { expiration: string; conditions: readonly unknown[] } {
  let policy: unknown;
  try {
    policy = JSON.parse(Buffer.from(encoded, 'base64').toString('utf8'));
  } catch {
    throw new S3Error('InvalidPolicyDocument', 'Invalid Policy: Invalid JSON.');
  }
  const { expiration, conditions } = (policy ?? {}) as { expiration?: unknown; conditions?: unknown };
  if (typeof expiration !== 'string') throw new S3Error('InvalidPolicyDocument', 'Invalid Policy: Policy missing expiration.');
  if (!Array.isArray(conditions)) throw new S3Error('InvalidPolicyDocument', 'Invalid Policy: Policy missing conditions.');
  return { expiration, conditions };
}

function checkConditions(conditions: readonly unknown[], fields: ReadonlyMap<string, string>, bucket: string): SizeLimits {
  const spoken = new Set<string>();
  let limits: SizeLimits = { least: 0, most: largestUpload };
  for (const condition of conditions) {
    const range = rangeOf(condition);
    if (range) {
      limits = { least: Math.max(limits.least, range.least), most: Math.min(limits.most, range.most) };
      continue;
    }
    for (const { kind, field, value } of testsOf(condition)) {
      spoken.add(field);
      const actual = field === 'bucket' ? bucket : (fields.get(field) ?? '');
      const holds = kind === 'eq' ? actual === value : actual.startsWith(value);
      if (!holds) throw new S3Error('AccessDenied', `Invalid according to Policy: Policy Condition failed: ${JSON.stringify(condition)}`);
    }
  }
  const extra = [...fields.keys()].find((name) => !free.has(name) && !name.startsWith('x-ignore-') && !spoken.has(name));
  if (extra !== undefined) throw new S3Error('AccessDenied', `Invalid according to Policy: Extra input fields: ${extra.slice(0, 80)}`);
  return limits;
}

function rangeOf(condition: unknown): SizeLimits | undefined {
  if (!Array.isArray(condition) || condition[0] !== 'content-length-range') return undefined;
  const [least, most] = [Number(condition[1]), Number(condition[2])];
  if (!Number.isSafeInteger(least) || !Number.isSafeInteger(most) || least < 0 || condition.length !== 3) throw new S3Error('InvalidPolicyDocument', 'Invalid Policy: content-length-range takes two whole numbers.');
  return { least, most };
}

interface Test {
  readonly kind: 'eq' | 'starts-with';
  readonly field: string;
  readonly value: string;
}

function testsOf(condition: unknown): readonly Test[] {
  if (Array.isArray(condition)) {
    const [kind, field, value] = condition as readonly unknown[];
    if ((kind !== 'eq' && kind !== 'starts-with') || typeof field !== 'string' || !field.startsWith('$') || typeof value !== 'string' || condition.length !== 3) {
      throw new S3Error('InvalidPolicyDocument', `Invalid Policy: Invalid Condition: ${JSON.stringify(condition).slice(0, 200)}`);
    }
    return [{ kind, field: field.slice(1).toLowerCase(), value }];
  }
  if (typeof condition !== 'object' || condition === null) throw new S3Error('InvalidPolicyDocument', 'Invalid Policy: a condition is a list or an object.');
  return Object.entries(condition).map(([field, value]) => ({ kind: 'eq' as const, field: field.toLowerCase(), value: String(value) }));
}
