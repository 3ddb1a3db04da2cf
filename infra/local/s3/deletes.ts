import { bucketOf, checkVersionId, versionHeader, xmlAnswer } from './asked.ts';
import type { Answer, Asked, Parts } from './asked.ts';
import { S3Error, s3Errors } from './errors.ts';
import type { S3ErrorCode } from './errors.ts';
import { checkKey } from './objects.ts';
import { hasChecksum, receiveText } from './receive.ts';
import type { Version } from './records.ts';
import { childrenOf, childText, element, onlyChildren, parseXml, xmlDocument } from './xml.ts';
import type { Markup } from './xml.ts';
import { deleteNeeds } from '../iam/s3-needs.ts';

/** The most keys of one DeleteObjects. */
const mostKeys = 1000;

/** What a deletion did: the version that went, or the marker that now hides the key. */
interface Deleted {
  readonly marker: boolean;
  readonly version?: Version;
}

/** DeleteObject: hides the key behind a marker where versions are kept, or removes the version that was named. */
export async function deleteObject(parts: Parts, asked: Asked): Promise<Answer> {
  const match = asked.header('if-match');
  const done = await remove(parts, asked, asked.key, asked.query.get('versionId'), match);
  const headers = { ...(done.marker ? { 'x-amz-delete-marker': 'true' } : {}), ...(done.version ? versionHeader(parts, done.version) : {}) };
  return { status: 204, headers };
}

/** DeleteObjects: up to a thousand keys, each with its own outcome. */
export async function deleteObjects(parts: Parts, asked: Asked): Promise<Answer> {
  bucketOf(parts, asked.bucket);
  if (!hasChecksum(asked)) throw new S3Error('InvalidRequest', 'Missing required header for this request: Content-MD5 OR x-amz-checksum-*');
  const list = parseXml(await receiveText(asked, 4 * 1024 * 1024), 'Delete');
  onlyChildren(list, ['Object', 'Quiet']);
  const wanted = childrenOf(list, 'Object');
  if (wanted.length === 0 || wanted.length > mostKeys) throw new S3Error('MalformedXML', `DeleteObjects takes 1 to ${mostKeys} keys`);
  const quiet = childText(list, 'Quiet') === 'true';
  const outcomes: (Markup | undefined)[] = [];
  for (const one of wanted) {
    onlyChildren(one, ['Key', 'VersionId', 'ETag']);
    const key = childText(one, 'Key') ?? '';
    outcomes.push(await outcome(parts, asked, { key, versionId: childText(one, 'VersionId'), match: childText(one, 'ETag'), quiet }));
  }
  return xmlAnswer(xmlDocument('DeleteResult', outcomes));
}

interface Wanted {
  readonly key: string;
  readonly versionId: string | undefined;
  readonly match: string | undefined;
  readonly quiet: boolean;
}

async function outcome(parts: Parts, asked: Asked, { key, versionId, match, quiet }: Wanted): Promise<Markup | undefined> {
  try {
    if (key === '') throw new S3Error('MalformedXML', 'An <Object> of DeleteObjects needs a <Key>');
    asked.demand(deleteNeeds({ partition: parts.partition, bucket: asked.bucket, key, versioned: versionId !== undefined, bypass: bypasses(asked) }));
    const done = await remove(parts, asked, key, versionId, match);
    if (quiet) return undefined;
    const marker = done.marker && done.version ? [element('DeleteMarker', true), element('DeleteMarkerVersionId', done.version.id)] : [];
    return element('Deleted', [element('Key', key), element('VersionId', versionId), marker]);
  } catch (error) {
    if (!(error instanceof S3Error)) throw error;
    return element('Error', [element('Key', key), element('VersionId', versionId), element('Code', error.code), element('Message', error.message || s3Errors[error.code as S3ErrorCode][1])]);
  }
}

async function remove(parts: Parts, asked: Asked, key: string, versionId: string | undefined, match: string | undefined): Promise<Deleted> {
  checkKey(key);
  if (versionId !== undefined) checkVersionId(versionId);
  const { store } = parts;
  const { gone, ...done } = store.together(() => {
    const bucket = bucketOf(parts, asked.bucket);
    const current = store.latest(asked.bucket, key);
    if (match !== undefined) checkMatch(match, versionId === undefined ? current : store.version(asked.bucket, key, versionId));
    if (versionId !== undefined) return removeNamed(parts, asked, store.version(asked.bucket, key, versionId));
    if (bucket.versioning !== 'Off') return hide(parts, asked, key);
    if (!current) return { marker: false, gone: [] };
    store.removeVersion(current);
    return { marker: false, gone: blobsOf(current) };
  });
  await parts.blobs.remove(gone);
  return done;
}

function removeNamed(parts: Parts, asked: Asked, version: Version | undefined): Deleted & { gone: readonly string[] } {
  if (!version) return { marker: false, gone: [] };
  checkUnlocked(parts, asked, version);
  parts.store.removeVersion(version);
  return { marker: version.marker, version, gone: blobsOf(version) };
}

function hide(parts: Parts, asked: Asked, key: string): Deleted & { gone: readonly string[] } {
  const empty = { size: 0, etag: '', about: { headers: {}, encryption: {} }, segments: [], tags: {}, hold: false };
  const { added, replaced } = parts.store.add({ bucket: asked.bucket, key, modifiedAt: parts.clock.now(), ...empty }, true);
  return { marker: true, version: added, gone: replaced ? blobsOf(replaced) : [] };
}

/** What is final is kept: no one removes a version under legal hold or COMPLIANCE retention, the root key neither. */
function checkUnlocked(parts: Parts, asked: Asked, version: Version): void {
  if (version.hold) throw new S3Error('AccessDenied', 'Access Denied because object protected by object lock (legal hold).');
  const { retention } = version;
  if (!retention || retention.until <= parts.clock.now()) return;
  if (retention.mode === 'GOVERNANCE' && bypasses(asked)) return;
  throw new S3Error('AccessDenied', `Access Denied because object protected by object lock until ${new Date(retention.until).toISOString()}.`);
}

function checkMatch(match: string, version: Version | undefined): void {
  if (!version || version.marker) throw new S3Error('NoSuchKey');
  if (match !== '*' && match.replace(/^"|"$/g, '') !== version.etag) throw new S3Error('PreconditionFailed', undefined, { extra: { Condition: 'If-Match' } });
}

/** Whether the request asks to pass over GOVERNANCE retention. */
export function bypasses(asked: Asked): boolean {
  return asked.header('x-amz-bypass-governance-retention')?.toLowerCase() === 'true';
}

function blobsOf(version: Version): readonly string[] {
  return version.segments.map(({ blob }) => blob);
}
