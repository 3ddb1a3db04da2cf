import type { Asked, Parts } from './asked.ts';
import { S3Error } from './errors.ts';
import type { About, Bucket, Retention, RetentionMode, Tags, Version } from './records.ts';

/** Headers of an upload that are given back as they came. */
const keptHeaders = ['content-type', 'cache-control', 'content-disposition', 'content-language', 'expires'] as const;

/** Query parameters by which a GET overrides them. */
const overrides = ['content-type', 'cache-control', 'content-disposition', 'content-language', 'content-encoding', 'expires'] as const;

/** What an upload may ask for that is not done here, each refused by name. */
const notDone = [
  'x-amz-website-redirect-location',
  'x-amz-server-side-encryption-customer-algorithm',
  'x-amz-server-side-encryption-customer-key',
  'x-amz-grant-read',
  'x-amz-grant-write',
  'x-amz-grant-full-control',
  'x-amz-grant-read-acp',
  'x-amz-grant-write-acp',
  'x-amz-write-offset-bytes',
] as const;

/** The most bytes of user metadata (names and values). */
const mostMetadata = 2048;
/** A tag's name and value, and how many tags an object may have. */
const tagLimits = { count: 10, key: 128, value: 256 } as const;

/** Reads what an upload says about the object; throws NotImplemented, MetadataTooLarge and their like. */
export function aboutOf(asked: Asked): About {
  refuseNotDone(asked);
  const kept = keptHeaders.flatMap((name) => pair(name, asked.header(name)));
  const encoding = (asked.header('content-encoding') ?? '').split(',').map((one) => one.trim()).filter((one) => one !== '' && one !== 'aws-chunked');
  const metadata = metadataOf(asked);
  const type = asked.header('content-type') === undefined ? [['content-type', 'binary/octet-stream'] as const] : [];
  const headers = Object.fromEntries([...type, ...kept, ...(encoding.length > 0 ? [['content-encoding', encoding.join(',')] as const] : []), ...metadata]);
  return { headers, encryption: encryptionOf(asked) };
}

function metadataOf(asked: Asked): readonly (readonly [string, string])[] {
  const metadata = asked.headerNames().filter((name) => name.startsWith('x-amz-meta-')).flatMap((name) => pair(name, asked.header(name)));
  const size = metadata.reduce((sum, [name, value]) => sum + name.length - 'x-amz-meta-'.length + Buffer.byteLength(value), 0);
  if (size > mostMetadata) throw new S3Error('MetadataTooLarge', undefined, { extra: { Size: String(size), MaxSizeAllowed: String(mostMetadata) } });
  return metadata;
}

/** Refuses headers whose meaning would be lost. */
export function refuseNotDone(asked: Asked): void {
  const found = notDone.find((name) => asked.header(name) !== undefined);
  if (found) throw new S3Error('NotImplemented', `The header ${found} is not implemented`, { extra: { Header: found } });
  const storage = asked.header('x-amz-storage-class');
  if (storage !== undefined && storage !== 'STANDARD') throw new S3Error('InvalidStorageClass', `The storage class "${storage.slice(0, 40)}" is not kept here; only STANDARD is`);
  const acl = asked.header('x-amz-acl');
  if (acl !== undefined && acl !== 'private' && acl !== 'bucket-owner-full-control') throw new S3Error('AccessControlListNotSupported');
}

/** Encryption is echoed, not done: the folder's disk is what protects the data here. */
function encryptionOf(asked: Asked): Readonly<Record<string, string>> {
  const kind = asked.header('x-amz-server-side-encryption') ?? 'AES256';
  if (kind !== 'AES256' && kind !== 'aws:kms') throw new S3Error('InvalidArgument', `The encryption method "${kind.slice(0, 40)}" is not supported`);
  const key = asked.header('x-amz-server-side-encryption-aws-kms-key-id');
  if (key !== undefined && kind !== 'aws:kms') throw new S3Error('InvalidArgument', 'Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms');
  const bucketKey = asked.header('x-amz-server-side-encryption-bucket-key-enabled');
  return Object.fromEntries([
    ['x-amz-server-side-encryption', kind],
    ...pair('x-amz-server-side-encryption-aws-kms-key-id', key),
    ...pair('x-amz-server-side-encryption-bucket-key-enabled', bucketKey),
  ]);
}

function pair(name: string, value: string | undefined): readonly (readonly [string, string])[] {
  return value === undefined ? [] : [[name, value]];
}

/** The headers of a GET or HEAD answer that come from the upload, with the request's overrides. */
export function headersBack(version: Version, query: ReadonlyMap<string, string>): Record<string, string> {
  const replaced = overrides.flatMap((name) => pair(name, query.get(`response-${name}`)));
  for (const [name, value] of replaced) {
    // A line break would begin a header of the attacker's choice.
    if (asHeaderText(value) !== Buffer.from(value).toString('latin1')) throw new S3Error('InvalidArgument', `response-${name} may not contain line breaks or control characters`);
  }
  return { ...version.about.headers, ...Object.fromEntries(replaced.map(([name, value]) => [name, asHeaderText(value)])), ...version.about.encryption };
}

/** Text from a query or a form as a header can carry it: its UTF-8 bytes, each as one character, with blanks for what no header may hold. */
export function asHeaderText(text: string): string {
  return Buffer.from(text).toString('latin1').replace(/[^\t\x20-\x7e\x80-\xff]/g, ' ');
}

/** Reads the tags of an `x-amz-tagging` header; throws InvalidTag. */
export function tagsOf(header: string | undefined): Tags {
  const pairs = [...new URLSearchParams(header ?? '')];
  return checkedTags(pairs);
}

/** Checks tags' number, lengths and that no name comes twice; throws InvalidTag. */
export function checkedTags(pairs: readonly (readonly [string, string])[]): Tags {
  if (pairs.length > tagLimits.count) throw new S3Error('InvalidTag', `Object tags cannot be greater than ${tagLimits.count}`);
  for (const [key, value] of pairs) {
    if (key === '' || key.length > tagLimits.key || key.startsWith('aws:')) throw new S3Error('InvalidTag', 'The TagKey you have provided is invalid', { extra: { TagKey: key.slice(0, 160) } });
    if (value.length > tagLimits.value) throw new S3Error('InvalidTag', 'The TagValue you have provided is invalid', { extra: { TagKey: key } });
  }
  if (new Set(pairs.map(([key]) => key)).size !== pairs.length) throw new S3Error('InvalidTag', 'Cannot provide multiple Tags with the same key');
  return Object.fromEntries(pairs);
}

/** The retention and legal hold a new version gets: what the upload asks for, or the bucket's default. Throws InvalidRequest without object lock. */
export function lockOf(parts: Parts, asked: Asked, bucket: Bucket): { readonly retention?: Retention; readonly hold: boolean } {
  const mode = asked.header('x-amz-object-lock-mode');
  const until = asked.header('x-amz-object-lock-retain-until-date');
  const hold = asked.header('x-amz-object-lock-legal-hold');
  if (!bucket.lock && (mode ?? until ?? hold) !== undefined) throw new S3Error('InvalidRequest', 'Bucket is missing Object Lock Configuration');
  if ((mode === undefined) !== (until === undefined)) throw new S3Error('InvalidArgument', 'x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied');
  if (hold !== undefined && hold !== 'ON' && hold !== 'OFF') throw new S3Error('InvalidArgument', 'Legal hold must be ON or OFF');
  const retention = mode === undefined ? defaultRetention(bucket, parts.clock.now()) : readRetention(mode, until ?? '', parts.clock.now());
  return { hold: hold === 'ON', ...(retention ? { retention } : {}) };
}

/** Reads a retention and checks that it ends in the future of the cloud's clock; throws InvalidArgument. */
export function readRetention(mode: string, until: string, now: number): Retention {
  if (!isRetentionMode(mode)) throw new S3Error('InvalidArgument', 'Unknown wormMode directive; use COMPLIANCE or GOVERNANCE');
  const at = /^\d{4}-\d\d-\d\dT/.test(until) ? Date.parse(until) : NaN;
  if (Number.isNaN(at)) throw new S3Error('InvalidArgument', 'The retain until date must be provided in ISO 8601 format');
  if (at <= now) throw new S3Error('InvalidArgument', 'The retain until date must be in the future!');
  return { mode, until: at };
}

/** Tells the names of retention modes. */
export function isRetentionMode(text: string): text is RetentionMode {
  return text === 'COMPLIANCE' || text === 'GOVERNANCE';
}

function defaultRetention(bucket: Bucket, now: number): Retention | undefined {
  const rule = bucket.lock?.retention;
  if (!rule) return undefined;
  const until = new Date(now);
  if (rule.unit === 'Days') until.setUTCDate(until.getUTCDate() + rule.count);
  else until.setUTCFullYear(until.getUTCFullYear() + rule.count);
  return { mode: rule.mode, until: until.getTime() };
}

/** The headers of a GET or HEAD answer that tell of the lock. */
export function lockHeaders(version: Version): Record<string, string> {
  const { retention, hold } = version;
  return {
    ...(retention ? { 'x-amz-object-lock-mode': retention.mode, 'x-amz-object-lock-retain-until-date': new Date(retention.until).toISOString() } : {}),
    ...(hold ? { 'x-amz-object-lock-legal-hold': 'ON' } : {}),
  };
}
