import type { Need } from './need.ts';

/** What of a request to S3 decides the permissions it needs. `has` tells which headers came, lower case. */
export interface S3Facts {
  readonly operation: string;
  readonly bucket: string;
  readonly key: string;
  readonly partition: string;
  readonly query: ReadonlyMap<string, string>;
  has(header: string): boolean;
}

/** Operations on a bucket and their action where it has another name (S3 User Guide, "Required permissions for Amazon S3 API operations"). */
const bucketActions: Readonly<Record<string, string>> = {
  CreateBucket: 'CreateBucket',
  HeadBucket: 'ListBucket',
  DeleteBucket: 'DeleteBucket',
  GetBucketLocation: 'GetBucketLocation',
  GetBucketVersioning: 'GetBucketVersioning',
  PutBucketVersioning: 'PutBucketVersioning',
  GetBucketCors: 'GetBucketCORS',
  PutBucketCors: 'PutBucketCORS',
  DeleteBucketCors: 'PutBucketCORS',
  GetObjectLockConfiguration: 'GetBucketObjectLockConfiguration',
  PutObjectLockConfiguration: 'PutBucketObjectLockConfiguration',
  ListObjects: 'ListBucket',
  ListObjectsV2: 'ListBucket',
  ListObjectVersions: 'ListBucketVersions',
  ListMultipartUploads: 'ListBucketMultipartUploads',
};

/** Operations on an object; where two names stand, the second is for a request that names a version. */
const objectActions: Readonly<Record<string, readonly [plain: string, versioned: string]>> = {
  GetObject: ['GetObject', 'GetObjectVersion'],
  HeadObject: ['GetObject', 'GetObjectVersion'],
  PutObject: ['PutObject', 'PutObject'],
  PostObject: ['PutObject', 'PutObject'],
  CopyObject: ['PutObject', 'PutObject'],
  DeleteObject: ['DeleteObject', 'DeleteObjectVersion'],
  CreateMultipartUpload: ['PutObject', 'PutObject'],
  UploadPart: ['PutObject', 'PutObject'],
  UploadPartCopy: ['PutObject', 'PutObject'],
  CompleteMultipartUpload: ['PutObject', 'PutObject'],
  AbortMultipartUpload: ['AbortMultipartUpload', 'AbortMultipartUpload'],
  ListParts: ['ListMultipartUploadParts', 'ListMultipartUploadParts'],
  GetObjectTagging: ['GetObjectTagging', 'GetObjectVersionTagging'],
  PutObjectTagging: ['PutObjectTagging', 'PutObjectVersionTagging'],
  DeleteObjectTagging: ['DeleteObjectTagging', 'DeleteObjectVersionTagging'],
  GetObjectAttributes: ['GetObjectAttributes', 'GetObjectVersionAttributes'],
  GetObjectRetention: ['GetObjectRetention', 'GetObjectRetention'],
  PutObjectRetention: ['PutObjectRetention', 'PutObjectRetention'],
  GetObjectLegalHold: ['GetObjectLegalHold', 'GetObjectLegalHold'],
  PutObjectLegalHold: ['PutObjectLegalHold', 'PutObjectLegalHold'],
};

/** What a request to S3 needs. DeleteObjects needs nothing as a whole: each of its keys is judged by `deleteNeeds`. Throws for an operation that is not in the tables. */
export function s3Needs(facts: S3Facts): readonly Need[] {
  const { operation, bucket, key, partition, query } = facts;
  if (operation === 'ListBuckets') return [{ action: 's3:ListAllMyBuckets', resource: '*' }];
  if (operation === 'DeleteObjects') return [];
  const onBucket = bucketActions[operation];
  if (onBucket !== undefined) return [{ action: `s3:${onBucket}`, resource: bucketArn(partition, bucket), ...listContext(operation, query) }];
  const actions = objectActions[operation];
  if (!actions) throw new Error(`the permissions of S3 ${operation} are not in the table`);
  const versioned = query.has('versionId');
  const resource = objectArn(partition, bucket, key);
  const first = { action: `s3:${actions[versioned ? 1 : 0]}`, resource };
  return [first, ...extras(facts).map((action) => ({ action: `s3:${action}`, resource }))];
}

/** What deleting one key needs. */
export function deleteNeeds(asked: { readonly bucket: string; readonly key: string; readonly versioned: boolean; readonly bypass: boolean; readonly partition: string }): readonly Need[] {
  const resource = objectArn(asked.partition, asked.bucket, asked.key);
  const actions = [asked.versioned ? 's3:DeleteObjectVersion' : 's3:DeleteObject', ...(asked.bypass ? ['s3:BypassGovernanceRetention'] : [])];
  return actions.map((action) => ({ action, resource }));
}

/** What reading the source of a copy needs. */
export function sourceNeeds(source: { readonly bucket: string; readonly key: string; readonly versioned: boolean; readonly partition: string }): readonly Need[] {
  return [{ action: source.versioned ? 's3:GetObjectVersion' : 's3:GetObject', resource: objectArn(source.partition, source.bucket, source.key) }];
}

/** An upload that also sets tags or a lock, and a change of a lock that bypasses governance, need those permissions too. */
function extras({ operation, query, has }: S3Facts): readonly string[] {
  const uploads = ['PutObject', 'PostObject', 'CopyObject', 'CreateMultipartUpload'].includes(operation);
  return [
    ...(uploads && has('x-amz-tagging') ? ['PutObjectTagging'] : []),
    ...(uploads && has('x-amz-object-lock-mode') ? ['PutObjectRetention'] : []),
    ...(uploads && has('x-amz-object-lock-legal-hold') ? ['PutObjectLegalHold'] : []),
    ...(has('x-amz-bypass-governance-retention') && ['DeleteObject', 'PutObjectRetention'].includes(operation) ? ['BypassGovernanceRetention'] : []),
    ...(operation === 'GetObjectAttributes' ? [query.has('versionId') ? 'GetObjectVersion' : 'GetObject'] : []),
  ];
}

function listContext(operation: string, query: ReadonlyMap<string, string>): Pick<Need, 'context'> {
  if (!operation.startsWith('ListObject')) return {};
  const keys = ['prefix', 'delimiter', 'max-keys'] as const;
  return { context: Object.fromEntries(keys.flatMap((key) => (query.has(key) ? [[`s3:${key}`, query.get(key) ?? '']] : []))) };
}

/** The ARN of a bucket; S3's ARNs have neither region nor account. */
export function bucketArn(partition: string, bucket: string): string {
  return `arn:${partition}:s3:::${bucket}`;
}

function objectArn(partition: string, bucket: string, key: string): string {
  return `${bucketArn(partition, bucket)}/${key}`;
}
