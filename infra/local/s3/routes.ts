import { completeUpload } from './complete.ts';
import { createBucket, deleteBucket, getLocation, getLockConfiguration, getVersioning, headBucket, listBuckets, putLockConfiguration, putVersioning } from './buckets.ts';
import { copyObject } from './copies.ts';
import { deleteCors, getCors, putCors } from './cors.ts';
import { deleteObject, deleteObjects } from './deletes.ts';
import type { Operation } from './asked.ts';
import { S3Error } from './errors.ts';
import { listObjects, listObjectsV2, listObjectVersions } from './lists.ts';
import { deleteTags, getAttributes, getHold, getRetention, getTags, putHold, putRetention, putTags } from './marks.ts';
import { abortUpload, createUpload, listParts, listUploads, uploadPart, uploadPartCopy } from './multipart.ts';
import { getObject, putObject } from './objects.ts';

/** What of a request says which operation it is. */
export interface Shape {
  readonly method: string;
  readonly bucket: string;
  readonly key: string;
  readonly query: ReadonlyMap<string, string>;
  header(name: string): string | undefined;
}

interface Route {
  readonly name: string;
  readonly level: 'service' | 'bucket' | 'object';
  readonly method: string;
  /** Query parameters that must be there. */
  readonly with?: readonly string[];
  /** A header that must be there. */
  readonly header?: string;
  readonly run: Operation;
}

/** Operations from the most particular to the plainest; the first that fits is meant. */
const routes: readonly Route[] = [
  { name: 'ListBuckets', level: 'service', method: 'GET', run: listBuckets },
  { name: 'GetBucketLocation', level: 'bucket', method: 'GET', with: ['location'], run: getLocation },
  { name: 'GetBucketVersioning', level: 'bucket', method: 'GET', with: ['versioning'], run: getVersioning },
  { name: 'PutBucketVersioning', level: 'bucket', method: 'PUT', with: ['versioning'], run: putVersioning },
  { name: 'GetBucketCors', level: 'bucket', method: 'GET', with: ['cors'], run: getCors },
  { name: 'PutBucketCors', level: 'bucket', method: 'PUT', with: ['cors'], run: putCors },
  { name: 'DeleteBucketCors', level: 'bucket', method: 'DELETE', with: ['cors'], run: deleteCors },
  { name: 'GetObjectLockConfiguration', level: 'bucket', method: 'GET', with: ['object-lock'], run: getLockConfiguration },
  { name: 'PutObjectLockConfiguration', level: 'bucket', method: 'PUT', with: ['object-lock'], run: putLockConfiguration },
  { name: 'ListObjectVersions', level: 'bucket', method: 'GET', with: ['versions'], run: listObjectVersions },
  { name: 'ListMultipartUploads', level: 'bucket', method: 'GET', with: ['uploads'], run: listUploads },
  { name: 'DeleteObjects', level: 'bucket', method: 'POST', with: ['delete'], run: deleteObjects },
  { name: 'ListObjectsV2', level: 'bucket', method: 'GET', with: ['list-type'], run: listObjectsV2 },
  { name: 'ListObjects', level: 'bucket', method: 'GET', run: listObjects },
  { name: 'HeadBucket', level: 'bucket', method: 'HEAD', run: headBucket },
  { name: 'CreateBucket', level: 'bucket', method: 'PUT', run: createBucket },
  { name: 'DeleteBucket', level: 'bucket', method: 'DELETE', run: deleteBucket },
  { name: 'GetObjectTagging', level: 'object', method: 'GET', with: ['tagging'], run: getTags },
  { name: 'PutObjectTagging', level: 'object', method: 'PUT', with: ['tagging'], run: putTags },
  { name: 'DeleteObjectTagging', level: 'object', method: 'DELETE', with: ['tagging'], run: deleteTags },
  { name: 'GetObjectRetention', level: 'object', method: 'GET', with: ['retention'], run: getRetention },
  { name: 'PutObjectRetention', level: 'object', method: 'PUT', with: ['retention'], run: putRetention },
  { name: 'GetObjectLegalHold', level: 'object', method: 'GET', with: ['legal-hold'], run: getHold },
  { name: 'PutObjectLegalHold', level: 'object', method: 'PUT', with: ['legal-hold'], run: putHold },
  { name: 'GetObjectAttributes', level: 'object', method: 'GET', with: ['attributes'], run: getAttributes },
  { name: 'CreateMultipartUpload', level: 'object', method: 'POST', with: ['uploads'], run: createUpload },
  { name: 'CompleteMultipartUpload', level: 'object', method: 'POST', with: ['uploadId'], run: completeUpload },
  { name: 'UploadPartCopy', level: 'object', method: 'PUT', with: ['partNumber', 'uploadId'], header: 'x-amz-copy-source', run: uploadPartCopy },
  { name: 'UploadPart', level: 'object', method: 'PUT', with: ['partNumber', 'uploadId'], run: uploadPart },
  { name: 'AbortMultipartUpload', level: 'object', method: 'DELETE', with: ['uploadId'], run: abortUpload },
  { name: 'ListParts', level: 'object', method: 'GET', with: ['uploadId'], run: listParts },
  { name: 'CopyObject', level: 'object', method: 'PUT', header: 'x-amz-copy-source', run: copyObject },
  { name: 'PutObject', level: 'object', method: 'PUT', run: putObject },
  { name: 'GetObject', level: 'object', method: 'GET', run: getObject },
  { name: 'HeadObject', level: 'object', method: 'HEAD', run: getObject },
  { name: 'DeleteObject', level: 'object', method: 'DELETE', run: deleteObject },
];

/** Query parameters that select an operation, those of operations that are not done here among them. */
const selectors = new Set([
  ...routes.flatMap((route) => route.with ?? []).filter((name) => !['list-type', 'partNumber', 'uploadId'].includes(name)),
  'abac', 'accelerate', 'acl', 'analytics', 'annotation', 'encryption', 'intelligent-tiering', 'inventory', 'lifecycle', 'logging', 'metadataConfiguration', 'metadataTable',
  'metrics', 'notification', 'ownershipControls', 'policy', 'policyStatus', 'publicAccessBlock', 'renameObject', 'replication', 'requestPayment', 'restore', 'select', 'session', 'torrent', 'website',
]);

/** Finds the operation of a request; throws NotImplemented, naming what is not done, or MethodNotAllowed. */
export function routeOf(shape: Shape): { readonly name: string; readonly run: Operation } {
  const level = levelOf(shape);
  const selected = [...shape.query.keys()].filter((name) => selectors.has(name));
  const found = routes.find((route) => route.level === level && route.method === shape.method && fits(route, shape, selected));
  if (found) return found;
  if (selected.length > 0) throw new S3Error('NotImplemented', `${shape.method} ?${selected.join('&')} on a ${level} is not implemented by the local S3`, { extra: { Selector: selected.join(',') } });
  throw new S3Error('MethodNotAllowed', undefined, { extra: { Method: shape.method.slice(0, 20), ResourceType: level.toUpperCase() } });
}

function levelOf({ bucket, key }: Shape): Route['level'] {
  if (bucket === '') return 'service';
  return key === '' ? 'bucket' : 'object';
}

/** A selector that the route does not name means another operation, so that `?acl` never reads the object itself. */
function fits(route: Route, shape: Shape, selected: readonly string[]): boolean {
  const wants = route.with ?? [];
  return wants.every((name) => shape.query.has(name)) && selected.every((name) => wants.includes(name)) && (route.header === undefined || shape.header(route.header) !== undefined);
}
