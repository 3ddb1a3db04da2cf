import { encode } from '../iam/canonical.ts';
import { bucketOf, checkVersionId, isoTime, xmlAnswer } from './asked.ts';
import type { Answer, Asked, Parts } from './asked.ts';
import { S3Error } from './errors.ts';
import type { Version } from './records.ts';
import type { Cursor } from './store.ts';
import { element, xmlDocument } from './xml.ts';
import type { Content, Markup } from './xml.ts';

/** The most entries of one page. */
const largestPage = 1000;

/** What a list is asked for. */
interface Wish {
  readonly prefix: string;
  readonly delimiter: string;
  readonly after: string;
  readonly most: number;
  /** Writes a key as the client wants it: plain, or percent-encoded. */
  readonly spell: (key: string) => string;
  readonly encoding: string | undefined;
}

/** One page: versions and common prefixes in the order of their keys; `last` is the entry it ended with. */
export interface Page {
  readonly versions: readonly Version[];
  readonly prefixes: readonly string[];
  readonly truncated: boolean;
  readonly last?: { readonly name: string; readonly version?: Version };
}

/** Goes through `scan` from a cursor and gathers one page; keys below a common prefix are jumped over, not read. */
export function gather(scan: (after: Cursor) => Iterable<Version>, wish: Pick<Wish, 'prefix' | 'delimiter' | 'after' | 'most'>, start: Cursor): Page {
  const found = { versions: [] as Version[], prefixes: [] as string[] };
  let last: Page['last'];
  for (let cursor: Cursor | undefined = start; cursor; ) {
    const from: Cursor = cursor;
    cursor = undefined;
    for (const version of scan(from)) {
      if (!version.key.startsWith(wish.prefix)) return { ...found, truncated: false, ...(last ? { last } : {}) };
      const common = commonPrefix(version.key, wish);
      const passed = common !== undefined && compareKeys(common, wish.after) <= 0;
      if (!passed && found.versions.length + found.prefixes.length >= wish.most) return { ...found, truncated: wish.most > 0, ...(last ? { last } : {}) };
      if (common === undefined) {
        found.versions.push(version);
        last = { name: version.key, version };
        continue;
      }
      if (!passed) {
        found.prefixes.push(common);
        last = { name: common };
      }
      cursor = beyond(common);
      break;
    }
  }
  return { ...found, truncated: false, ...(last ? { last } : {}) };
}

function commonPrefix(key: string, { prefix, delimiter }: Pick<Wish, 'prefix' | 'delimiter'>): string | undefined {
  const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
  return end < 0 ? undefined : key.slice(0, end + delimiter.length);
}

/** The cursor before the first key that does not begin with `prefix`; UTF-8 has no byte 255, so adding one to the last byte is enough. */
function beyond(prefix: string): Cursor {
  const bytes = Buffer.from(prefix);
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) + 1;
  return { key: bytes, rank: Number.MIN_SAFE_INTEGER };
}

function compareKeys(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/** Where a list begins: at its prefix, or after the entry that was the last before. */
function startOf(prefix: string, after: string): Cursor {
  if (after !== '' && compareKeys(after, prefix) >= 0) return { key: Buffer.from(after), rank: Number.MAX_SAFE_INTEGER };
  return { key: Buffer.from(prefix), rank: Number.MIN_SAFE_INTEGER };
}

/** ListObjectsV2. */
export function listObjectsV2(parts: Parts, asked: Asked): Answer {
  bucketOf(parts, asked.bucket);
  const { query } = asked;
  const token = query.get('continuation-token');
  const wish = wishOf(query, token === undefined ? (query.get('start-after') ?? '') : openToken(token));
  const page = gather((after) => parts.store.objects(asked.bucket, after), wish, startOf(wish.prefix, wish.after));
  const owner = query.get('fetch-owner') === 'true' ? ownerElement(parts) : undefined;
  return xmlAnswer(xmlDocument('ListBucketResult', [
    ...shape(asked, wish, page),
    element('KeyCount', page.versions.length + page.prefixes.length),
    element('StartAfter', query.has('start-after') ? wish.spell(query.get('start-after') ?? '') : undefined),
    element('ContinuationToken', token),
    element('NextContinuationToken', page.truncated && page.last ? Buffer.from(page.last.name).toString('base64url') : undefined),
    page.versions.map((version) => element('Contents', [...entry(version, wish), owner])),
    prefixElements(page, wish),
  ]));
}

/** ListObjects, the old form. */
export function listObjects(parts: Parts, asked: Asked): Answer {
  bucketOf(parts, asked.bucket);
  const wish = wishOf(asked.query, asked.query.get('marker') ?? '');
  const page = gather((after) => parts.store.objects(asked.bucket, after), wish, startOf(wish.prefix, wish.after));
  const next = page.truncated && wish.delimiter !== '' && page.last ? wish.spell(page.last.name) : undefined;
  return xmlAnswer(xmlDocument('ListBucketResult', [
    ...shape(asked, wish, page),
    element('Marker', wish.spell(wish.after)),
    element('NextMarker', next),
    page.versions.map((version) => element('Contents', [...entry(version, wish), ownerElement(parts)])),
    prefixElements(page, wish),
  ]));
}

/** ListObjectVersions: all versions and delete markers, the newest of each key first. */
export function listObjectVersions(parts: Parts, asked: Asked): Answer {
  bucketOf(parts, asked.bucket);
  const { query } = asked;
  const [keyMarker, idMarker] = [query.get('key-marker') ?? '', query.get('version-id-marker') ?? ''];
  if (idMarker !== '' && keyMarker === '') throw new S3Error('InvalidArgument', 'A version-id marker cannot be specified without a key marker.');
  if (idMarker !== '') checkVersionId(idMarker, 'version-id-marker');
  const wish = wishOf(query, keyMarker);
  const marked = idMarker === '' ? undefined : parts.store.version(asked.bucket, keyMarker, idMarker);
  const start = marked ? { key: Buffer.from(keyMarker), rank: marked.rank } : startOf(wish.prefix, wish.after);
  const page = gather((after) => parts.store.versions(asked.bucket, after), wish, start);
  const next = page.truncated ? page.last : undefined;
  return xmlAnswer(xmlDocument('ListVersionsResult', [
    ...shape(asked, wish, page),
    element('KeyMarker', wish.spell(keyMarker)),
    element('VersionIdMarker', idMarker),
    element('NextKeyMarker', next && wish.spell(next.name)),
    element('NextVersionIdMarker', next?.version?.id),
    page.versions.map((version) => versionElement(version, wish, parts)),
    prefixElements(page, wish),
  ]));
}

function versionElement(version: Version, wish: Wish, parts: Parts): Markup | undefined {
  const place = [element('VersionId', version.id), element('IsLatest', version.latest), ownerElement(parts)];
  if (version.marker) return element('DeleteMarker', [element('Key', wish.spell(version.key)), element('LastModified', isoTime(version.modifiedAt)), ...place]);
  return element('Version', [...entry(version, wish), ...place]);
}

function wishOf(query: ReadonlyMap<string, string>, after: string): Wish {
  const encoding = query.get('encoding-type');
  if (encoding !== undefined && encoding !== 'url') throw new S3Error('InvalidArgument', 'Invalid Encoding Method specified in Request', { extra: { ArgumentName: 'encoding-type', ArgumentValue: encoding.slice(0, 40) } });
  // S3 encodes all but unreserved characters and the slash.
  const spell = encoding === 'url' ? (key: string) => encode(key).replaceAll('%2F', '/') : (key: string) => key;
  return { prefix: query.get('prefix') ?? '', delimiter: query.get('delimiter') ?? '', after, most: pageSize(query, 'max-keys'), spell, encoding };
}

/** Reads how many entries a page may have, 1000 at most; throws InvalidArgument. */
export function pageSize(query: ReadonlyMap<string, string>, name: string): number {
  const text = query.get(name);
  if (text === undefined || text === '') return largestPage;
  if (!/^\d{1,10}$/.test(text) || Number(text) > 2_147_483_647) throw new S3Error('InvalidArgument', `Argument ${name} must be an integer between 0 and 2147483647`, { extra: { ArgumentName: name, ArgumentValue: text.slice(0, 40) } });
  return Math.min(largestPage, Number(text));
}

function openToken(token: string): string {
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length === 0 || bytes.toString('base64url') !== token) throw new S3Error('InvalidArgument', 'The continuation token provided is incorrect', { extra: { ArgumentName: 'continuation-token' } });
  return bytes.toString('utf8');
}

function shape(asked: Asked, wish: Wish, page: Page): readonly Content[] {
  return [
    element('Name', asked.bucket),
    element('Prefix', wish.spell(wish.prefix)),
    element('Delimiter', wish.delimiter === '' ? undefined : wish.spell(wish.delimiter)),
    element('MaxKeys', wish.most),
    element('EncodingType', wish.encoding),
    element('IsTruncated', page.truncated),
  ];
}

function entry(version: Version, wish: Wish): readonly (Markup | undefined)[] {
  return [
    element('Key', wish.spell(version.key)),
    element('LastModified', isoTime(version.modifiedAt)),
    element('ETag', `"${version.etag}"`),
    element('ChecksumAlgorithm', version.checksum?.algorithm.toUpperCase()),
    element('ChecksumType', version.checksum?.type),
    element('Size', version.size),
    element('StorageClass', 'STANDARD'),
  ];
}

function prefixElements(page: Page, wish: Wish): Content {
  return page.prefixes.map((prefix) => element('CommonPrefixes', element('Prefix', wish.spell(prefix))));
}

/** Everything in this cloud has one owner: its account. */
export function ownerElement(parts: Parts, name = 'Owner'): Markup | undefined {
  return element(name, [element('ID', parts.accountId), element('DisplayName', 'guijing')]);
}
