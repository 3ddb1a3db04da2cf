import type { IncomingMessage } from 'node:http';
import type { Clock } from '../clock.ts';
import type { Need } from '../iam/need.ts';
import type { Verified } from '../iam/sigv4.ts';
import type { Blobs } from './blobs.ts';
import type { Bucket, Version } from './records.ts';
import { S3Error } from './errors.ts';
import type { Store } from './store.ts';
import type { Markup } from './xml.ts';

/** What the operations work on. */
export interface Parts {
  readonly store: Store;
  readonly blobs: Blobs;
  readonly clock: Clock;
  readonly region: string;
  readonly accountId: string;
  readonly partition: string;
}

/** A request that was understood and whose signer is known. `header` also sees the `x-amz-…` that a presigned URL carries in its query. */
export interface Asked {
  readonly request: IncomingMessage;
  readonly method: string;
  readonly bucket: string;
  readonly key: string;
  readonly query: ReadonlyMap<string, string>;
  readonly signature: Verified;
  header(name: string): string | undefined;
  headerNames(): readonly string[];
  /** Throws AccessDenied when the signer's role does not allow one of the needs. */
  demand(needs: readonly Need[]): void;
}

/** What goes back. A stream is sent as it comes; `done` is called when it was sent or given up. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | AsyncIterable<Uint8Array>;
  readonly done?: () => void;
}

/** One operation of the API. */
export type Operation = (parts: Parts, asked: Asked) => Answer | Promise<Answer>;

/** An XML answer. */
export function xmlAnswer(document: string, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status: 200, headers: { 'content-type': 'application/xml', ...headers }, body: document };
}

/** The bucket of a request; throws NoSuchBucket. */
export function bucketOf({ store }: Parts, name: string): Bucket {
  const bucket = store.bucket(name);
  if (!bucket) throw new S3Error('NoSuchBucket', undefined, { extra: { BucketName: name } });
  return bucket;
}

/** Lets pass what can name a version: `null`, or an id as the store makes them. Throws InvalidArgument. */
export function checkVersionId(id: string, argument: 'versionId' | 'version-id-marker' = 'versionId'): void {
  if (/^(null|[0-9a-f]{32})$/.test(id)) return;
  throw new S3Error('InvalidArgument', id === '' ? 'Version id cannot be the empty string' : 'Invalid version id specified', { extra: { ArgumentName: argument, ArgumentValue: id } });
}

/** The version a request means: that of `versionId`, or the newest. Throws NoSuchBucket, NoSuchKey, InvalidArgument, NoSuchVersion; for a delete marker, MethodNotAllowed or NoSuchKey as S3 does. */
export function versionAsked(parts: Parts, bucket: string, key: string, versionId: string | undefined): Version {
  bucketOf(parts, bucket);
  if (versionId !== undefined) checkVersionId(versionId);
  const version = versionId === undefined ? parts.store.latest(bucket, key) : parts.store.version(bucket, key, versionId);
  if (!version && versionId !== undefined) throw new S3Error('NoSuchVersion', undefined, { extra: { Key: key, VersionId: versionId } });
  if (!version) throw new S3Error('NoSuchKey', undefined, { extra: { Key: key } });
  if (!version.marker) return version;
  const headers = { 'x-amz-delete-marker': 'true', 'x-amz-version-id': version.id };
  if (versionId === undefined) throw new S3Error('NoSuchKey', undefined, { extra: { Key: key }, headers });
  throw new S3Error('MethodNotAllowed', undefined, { extra: { Method: 'GET', ResourceType: 'DeleteMarker' }, headers: { ...headers, allow: 'DELETE' } });
}

/** The header that names a version, where the bucket keeps versions. */
export function versionHeader({ store }: Parts, version: Pick<Version, 'bucket' | 'id'>): Readonly<Record<string, string>> {
  return store.bucket(version.bucket)?.versioning === 'Off' ? {} : { 'x-amz-version-id': version.id };
}

/** An instant as S3's documents have it. */
export function isoTime(at: number): string {
  return new Date(at).toISOString();
}

/** A list of markup without the members that are not there. */
export function present(content: readonly (Markup | undefined)[]): readonly Markup[] {
  return content.filter((one) => one !== undefined);
}
