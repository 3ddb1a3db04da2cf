import { bucketOf, isoTime, xmlAnswer } from './asked.ts';
import type { Answer, Asked, Parts } from './asked.ts';
import { isRetentionMode } from './about.ts';
import { S3Error } from './errors.ts';
import { ownerElement } from './lists.ts';
import { receiveText } from './receive.ts';
import type { Bucket, DefaultRetention } from './records.ts';
import { childText, element, onlyChildren, parseXml, xmlDocument } from './xml.ts';
import type { XmlNode } from './xml.ts';

/** CreateBucket. A bucket with object lock keeps versions from its first day. */
export async function createBucket(parts: Parts, asked: Asked): Promise<Answer> {
  const body = await receiveText(asked);
  const place = body.trim() === '' ? undefined : childText(parseXml(body, 'CreateBucketConfiguration'), 'LocationConstraint');
  if (place !== undefined && place !== '' && place !== parts.region) throw new S3Error('InvalidArgument', `This cloud is in ${parts.region}; a bucket cannot be made in "${place.slice(0, 40)}"`);
  checkBucketName(asked.bucket);
  if (parts.store.bucket(asked.bucket)) throw new S3Error('BucketAlreadyOwnedByYou', undefined, { extra: { BucketName: asked.bucket } });
  const locked = asked.header('x-amz-bucket-object-lock-enabled')?.toLowerCase() === 'true';
  const bucket: Bucket = { name: asked.bucket, createdAt: parts.clock.now(), versioning: locked ? 'Enabled' : 'Off', ...(locked ? { lock: {} } : {}) };
  parts.store.saveBucket(bucket);
  return { status: 200, headers: { location: `/${asked.bucket}` } };
}

/** Checks a bucket's name by S3's rules; throws InvalidBucketName. */
export function checkBucketName(name: string): void {
  const good = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) && !name.includes('..') && !/^\d+\.\d+\.\d+\.\d+$/.test(name) && !/^(xn--|sthree-|amzn-s3-demo-)|(-s3alias|--ol-s3|\.mrap|--x-s3)$/.test(name);
  if (!good) throw new S3Error('InvalidBucketName', undefined, { extra: { BucketName: name.slice(0, 100) } });
}

/** HeadBucket. */
export function headBucket(parts: Parts, asked: Asked): Answer {
  bucketOf(parts, asked.bucket);
  return { status: 200, headers: { 'x-amz-bucket-region': parts.region, 'x-amz-access-point-alias': 'false' } };
}

/** DeleteBucket; it must hold no version and no upload. */
export function deleteBucket(parts: Parts, asked: Asked): Answer {
  bucketOf(parts, asked.bucket);
  parts.store.deleteBucket(asked.bucket);
  return { status: 204 };
}

/** ListBuckets. */
export function listBuckets(parts: Parts, asked: Asked): Answer {
  const prefix = asked.query.get('prefix') ?? '';
  const buckets = parts.store.buckets().filter(({ name }) => name.startsWith(prefix));
  const rows = buckets.map(({ name, createdAt }) => element('Bucket', [element('Name', name), element('CreationDate', isoTime(createdAt)), element('BucketRegion', parts.region)]));
  return xmlAnswer(xmlDocument('ListAllMyBucketsResult', [ownerElement(parts), element('Buckets', rows)]));
}

/** GetBucketLocation; `us-east-1` is written as nothing. */
export function getLocation(parts: Parts, asked: Asked): Answer {
  bucketOf(parts, asked.bucket);
  return xmlAnswer(xmlDocument('LocationConstraint', parts.region === 'us-east-1' ? undefined : parts.region));
}

/** GetBucketVersioning. */
export function getVersioning(parts: Parts, asked: Asked): Answer {
  const { versioning } = bucketOf(parts, asked.bucket);
  return xmlAnswer(xmlDocument('VersioningConfiguration', versioning === 'Off' ? undefined : element('Status', versioning)));
}

/** PutBucketVersioning. */
export async function putVersioning(parts: Parts, asked: Asked): Promise<Answer> {
  const wish = parseXml(await receiveText(asked), 'VersioningConfiguration');
  onlyChildren(wish, ['Status', 'MfaDelete']);
  const status = childText(wish, 'Status');
  if (childText(wish, 'MfaDelete') === 'Enabled') throw new S3Error('NotImplemented', 'MfaDelete is not implemented');
  if (status !== 'Enabled' && status !== 'Suspended') throw new S3Error('MalformedXML', 'Status must be Enabled or Suspended');
  const bucket = bucketOf(parts, asked.bucket);
  if (bucket.lock && status === 'Suspended') throw new S3Error('InvalidBucketState', 'An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.');
  parts.store.saveBucket({ ...bucket, versioning: status });
  return { status: 200 };
}

/** GetObjectLockConfiguration. */
export function getLockConfiguration(parts: Parts, asked: Asked): Answer {
  const { lock } = bucketOf(parts, asked.bucket);
  if (!lock) throw new S3Error('ObjectLockConfigurationNotFoundError');
  const { retention } = lock;
  const rule = retention && element('Rule', element('DefaultRetention', [element('Mode', retention.mode), element(retention.unit, retention.count)]));
  return xmlAnswer(xmlDocument('ObjectLockConfiguration', [element('ObjectLockEnabled', 'Enabled'), rule]));
}

/** PutObjectLockConfiguration; it can be switched on later, but never off. */
export async function putLockConfiguration(parts: Parts, asked: Asked): Promise<Answer> {
  const wish = parseXml(await receiveText(asked), 'ObjectLockConfiguration');
  onlyChildren(wish, ['ObjectLockEnabled', 'Rule']);
  if (childText(wish, 'ObjectLockEnabled') !== 'Enabled') throw new S3Error('MalformedXML', 'ObjectLockEnabled must be Enabled');
  const bucket = bucketOf(parts, asked.bucket);
  if (bucket.versioning !== 'Enabled') throw new S3Error('InvalidBucketState', "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration");
  const retention = defaultRetention(wish);
  parts.store.saveBucket({ ...bucket, lock: retention ? { retention } : {} });
  return { status: 200 };
}

function defaultRetention(wish: XmlNode): DefaultRetention | undefined {
  const rule = wish.children.find(({ name }) => name === 'Rule')?.children.find(({ name }) => name === 'DefaultRetention');
  if (!rule) return undefined;
  const mode = childText(rule, 'Mode') ?? '';
  const [days, years] = [childText(rule, 'Days'), childText(rule, 'Years')];
  const count = Number(days ?? years ?? NaN);
  if (!isRetentionMode(mode) || (days === undefined) === (years === undefined) || !Number.isInteger(count) || count < 1 || count > (days === undefined ? 100 : 36_500)) {
    throw new S3Error('MalformedXML', 'DefaultRetention needs a Mode (COMPLIANCE or GOVERNANCE) and either Days (1 to 36500) or Years (1 to 100)');
  }
  return { mode, unit: days === undefined ? 'Years' : 'Days', count };
}
