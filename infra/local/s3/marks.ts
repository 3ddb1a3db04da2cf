import { bypasses } from './deletes.ts';
import { checkedTags, readRetention } from './about.ts';
import { bucketOf, versionAsked, versionHeader, xmlAnswer } from './asked.ts';
import type { Answer, Asked, Parts } from './asked.ts';
import { checksumElement } from './copies.ts';
import { S3Error } from './errors.ts';
import { receiveText } from './receive.ts';
import type { Retention, Tags, Version } from './records.ts';
import { childrenOf, childText, element, onlyChildren, parseXml, xmlDocument } from './xml.ts';
import type { Markup } from './xml.ts';

/** GetObjectTagging. */
export function getTags(parts: Parts, asked: Asked): Answer {
  const version = named(parts, asked);
  const set = Object.entries(version.tags).map(([key, value]) => element('Tag', [element('Key', key), element('Value', value)]));
  return xmlAnswer(xmlDocument('Tagging', element('TagSet', set)), versionHeader(parts, version));
}

/** PutObjectTagging: the whole set is replaced. */
export async function putTags(parts: Parts, asked: Asked): Promise<Answer> {
  const wish = parseXml(await receiveText(asked), 'Tagging');
  onlyChildren(wish, ['TagSet']);
  const pairs = childrenOf(wish, 'TagSet').flatMap((set) => childrenOf(set, 'Tag')).map((tag) => [childText(tag, 'Key') ?? '', childText(tag, 'Value') ?? ''] as const);
  return amendTags(parts, asked, checkedTags(pairs), 200);
}

/** DeleteObjectTagging. */
export function deleteTags(parts: Parts, asked: Asked): Answer {
  return amendTags(parts, asked, {}, 204);
}

function amendTags(parts: Parts, asked: Asked, tags: Tags, status: number): Answer {
  const version = amend(parts, asked, (before) => ({ ...before, tags }));
  return { status, headers: versionHeader(parts, version) };
}

/** GetObjectRetention. */
export function getRetention(parts: Parts, asked: Asked): Answer {
  const { retention } = lockable(parts, asked);
  if (!retention) throw new S3Error('NoSuchObjectLockConfiguration');
  return xmlAnswer(xmlDocument('Retention', [element('Mode', retention.mode), element('RetainUntilDate', new Date(retention.until).toISOString())]));
}

/** PutObjectRetention: COMPLIANCE may only be prolonged, GOVERNANCE only be weakened by those who may bypass it. */
export async function putRetention(parts: Parts, asked: Asked): Promise<Answer> {
  const wish = parseXml(await receiveText(asked), 'Retention');
  onlyChildren(wish, ['Mode', 'RetainUntilDate']);
  const empty = wish.children.length === 0;
  const now = parts.clock.now();
  const next = empty ? undefined : readRetention(childText(wish, 'Mode') ?? '', childText(wish, 'RetainUntilDate') ?? '', now);
  lockable(parts, asked);
  amend(parts, asked, (before) => {
    if (weakens(before.retention, next, now) && !(before.retention?.mode === 'GOVERNANCE' && bypasses(asked))) {
      throw new S3Error('AccessDenied', 'Access Denied because object protected by object lock: its retention cannot be shortened or weakened.');
    }
    const { retention: _before, ...rest } = before;
    return { ...rest, ...(next ? { retention: next } : {}) };
  });
  return { status: 200 };
}

function weakens(before: Retention | undefined, next: Retention | undefined, now: number): boolean {
  if (!before || before.until <= now) return false;
  return !next || next.until < before.until || (before.mode === 'COMPLIANCE' && next.mode !== 'COMPLIANCE');
}

/** GetObjectLegalHold. */
export function getHold(parts: Parts, asked: Asked): Answer {
  const { hold } = lockable(parts, asked);
  return xmlAnswer(xmlDocument('LegalHold', element('Status', hold ? 'ON' : 'OFF')));
}

/** PutObjectLegalHold. */
export async function putHold(parts: Parts, asked: Asked): Promise<Answer> {
  const wish = parseXml(await receiveText(asked), 'LegalHold');
  const status = childText(wish, 'Status');
  if (status !== 'ON' && status !== 'OFF') throw new S3Error('MalformedXML', 'The Status of a LegalHold is ON or OFF');
  lockable(parts, asked);
  amend(parts, asked, (before) => ({ ...before, hold: status === 'ON' }));
  return { status: 200 };
}

/** GetObjectAttributes: what `x-amz-object-attributes` names. */
export function getAttributes(parts: Parts, asked: Asked): Answer {
  const version = named(parts, asked);
  const wanted = (asked.header('x-amz-object-attributes') ?? '').split(',').map((name) => name.trim());
  const known: Readonly<Record<string, () => Markup | undefined>> = {
    ETag: () => element('ETag', version.etag),
    Checksum: () => version.checksum && element('Checksum', [checksumElement(version.checksum), element('ChecksumType', version.checksum.type)]),
    ObjectParts: () => partsElement(version, asked),
    StorageClass: () => element('StorageClass', 'STANDARD'),
    ObjectSize: () => element('ObjectSize', version.size),
  };
  const strange = wanted.find((name) => !Object.hasOwn(known, name));
  if (strange !== undefined) throw new S3Error('InvalidArgument', 'Invalid attribute name specified.', { extra: { ArgumentName: 'x-amz-object-attributes', ArgumentValue: strange.slice(0, 40) } });
  const headers = { 'last-modified': new Date(version.modifiedAt).toUTCString(), ...versionHeader(parts, version) };
  return xmlAnswer(xmlDocument('GetObjectAttributesResponse', Object.keys(known).filter((name) => wanted.includes(name)).map((name) => known[name]?.())), headers);
}

function partsElement(version: Version, asked: Asked): Markup | undefined {
  if (!version.parts) return undefined;
  const marker = Number(asked.header('x-amz-part-number-marker') ?? 0);
  const most = Math.min(1000, Number(asked.header('x-amz-max-parts') ?? 1000));
  if (!Number.isInteger(marker) || !Number.isInteger(most) || most < 0) throw new S3Error('InvalidArgument', 'x-amz-part-number-marker and x-amz-max-parts must be numbers');
  const after = version.parts.filter(({ number }) => number > marker);
  const page = after.slice(0, most);
  const { checksum } = version;
  // S3 lists single parts only where each has a checksum of its own.
  const rows = checksum?.type === 'COMPOSITE' ? page : [];
  return element('ObjectParts', [
    element('PartsCount', version.parts.length),
    element('PartNumberMarker', marker),
    element('NextPartNumberMarker', page.at(-1)?.number ?? 0),
    element('MaxParts', most),
    element('IsTruncated', after.length > page.length),
    rows.map((part) => element('Part', [element('PartNumber', part.number), element('Size', part.size), checksumElement(checksum && part.checksum ? { algorithm: checksum.algorithm, value: part.checksum } : undefined)])),
  ]);
}

function named(parts: Parts, asked: Asked): Version {
  return versionAsked(parts, asked.bucket, asked.key, asked.query.get('versionId'));
}

function lockable(parts: Parts, asked: Asked): Version {
  if (!bucketOf(parts, asked.bucket).lock) throw new S3Error('InvalidRequest', 'Bucket is missing Object Lock Configuration');
  return named(parts, asked);
}

function amend(parts: Parts, asked: Asked, change: (before: Version) => Version): Version {
  return parts.store.together(() => {
    const after = change(named(parts, asked));
    parts.store.amend(after);
    return after;
  });
}
