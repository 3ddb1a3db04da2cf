import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  DeleteObjectTaggingCommand,
  GetBucketLocationCommand,
  GetBucketVersioningCommand,
  GetObjectAttributesCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  paginateListObjectsV2,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
} from '@aws-sdk/client-s3';
import type { ChecksumAlgorithm, S3Client } from '@aws-sdk/client-s3';
import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { errorOf, startS3 } from './_local-s3.ts';
import type { LocalS3 } from './_local-s3.ts';

let local: LocalS3;
let client: S3Client;
const Bucket = 'objects-bucket';

beforeAll(async () => {
  local = await startS3();
  client = local.client();
  await client.send(new CreateBucketCommand({ Bucket }));
});
afterAll(() => local.stop());

const put = (Key: string, Body: string | Buffer, more: object = {}) => client.send(new PutObjectCommand({ Bucket, Key, Body, ...more }));
const text = async (Key: string, more: object = {}) => (await client.send(new GetObjectCommand({ Bucket, Key, ...more }))).Body?.transformToString();

describe('buckets', () => {
  test('are made, listed, found, located and removed', async () => {
    const name = { Bucket: 'short-lived' };
    await client.send(new CreateBucketCommand(name));
    expect((await client.send(new ListBucketsCommand({}))).Buckets?.map((bucket) => bucket.Name)).toEqual([Bucket, 'short-lived']);
    expect((await client.send(new HeadBucketCommand(name))).BucketRegion).toBe('ap-southeast-1');
    expect((await client.send(new GetBucketLocationCommand(name))).LocationConstraint).toBe('ap-southeast-1');
    expect(await errorOf(client.send(new CreateBucketCommand(name)))).toMatchObject({ name: 'BucketAlreadyOwnedByYou', status: 409 });
    await client.send(new DeleteBucketCommand(name));
    expect(await errorOf(client.send(new HeadBucketCommand(name)))).toMatchObject({ status: 404 });
  });

  test('that hold something stay, and ones with impossible names are refused', async () => {
    await put('here', 'x');
    expect(await errorOf(client.send(new DeleteBucketCommand({ Bucket })))).toMatchObject({ name: 'BucketNotEmpty', status: 409 });
    for (const name of ['ab', 'Upper-Case', '10.0.0.1', 'two..dots', 'xn--puny']) {
      expect(await errorOf(client.send(new CreateBucketCommand({ Bucket: name })))).toMatchObject({ name: 'InvalidBucketName' });
    }
  });

  test('that do not exist answer NoSuchBucket to everything', async () => {
    for (const command of [new ListObjectsV2Command({ Bucket: 'nowhere' }), new GetObjectCommand({ Bucket: 'nowhere', Key: 'a' }), new GetBucketVersioningCommand({ Bucket: 'nowhere' })]) {
      expect(await errorOf(client.send(command as GetObjectCommand))).toMatchObject({ name: 'NoSuchBucket', status: 404 });
    }
    expect(await errorOf(client.send(new PutObjectCommand({ Bucket: 'nowhere', Key: 'a', Body: 'x' })))).toMatchObject({ name: 'NoSuchBucket' });
  });
});

describe('an object', () => {
  test.each(['plain.txt', '桂林/数字 应用+场景.pdf', '../../etc/passwd', './.', '//a//b/', '%2e%2e%2f', 'a?b#c&d=e', "it's (a) *star*!", '\u0001control', '😀', 'k'.repeat(1024)])('named %j comes back as it went in', async (key) => {
    await put(key, `content of ${key}`);
    expect(await text(key)).toBe(`content of ${key}`);
    await client.send(new DeleteObjectCommand({ Bucket, Key: key }));
    expect(await errorOf(client.send(new GetObjectCommand({ Bucket, Key: key })))).toMatchObject({ name: 'NoSuchKey', status: 404 });
  });

  test('with a key of 1025 bytes is refused', async () => {
    expect(await errorOf(put(`${'k'.repeat(1023)}é`, 'x'))).toMatchObject({ name: 'KeyTooLongError', status: 400 });
  });

  test('of no bytes is an object', async () => {
    await put('empty', '');
    const head = await client.send(new HeadObjectCommand({ Bucket, Key: 'empty' }));
    expect([head.ContentLength, head.ETag]).toEqual([0, '"d41d8cd98f00b204e9800998ecf8427e"']);
    expect(await text('empty')).toBe('');
  });

  test('keeps its headers and metadata, and a request may override them', async () => {
    await put('headers', 'x', { ContentType: 'text/plain; charset=utf-8', CacheControl: 'no-store', ContentDisposition: 'attachment', ContentEncoding: 'identity', ContentLanguage: 'zh-CN', Metadata: { case: 'GX-1' } });
    const got = await client.send(new GetObjectCommand({ Bucket, Key: 'headers' }));
    expect(got).toMatchObject({ ContentType: 'text/plain; charset=utf-8', CacheControl: 'no-store', ContentDisposition: 'attachment', ContentEncoding: 'identity', ContentLanguage: 'zh-CN', Metadata: { case: 'GX-1' }, ServerSideEncryption: 'AES256' });
    const overridden = await client.send(new GetObjectCommand({ Bucket, Key: 'headers', ResponseContentType: 'application/json', ResponseContentDisposition: "attachment; filename*=UTF-8''%E6%A1%82.pdf" }));
    expect(overridden).toMatchObject({ ContentType: 'application/json', ContentDisposition: "attachment; filename*=UTF-8''%E6%A1%82.pdf" });
    expect(await errorOf(client.send(new GetObjectCommand({ Bucket, Key: 'headers', ResponseContentType: 'a\r\nset-cookie: b' })))).toMatchObject({ name: 'InvalidArgument' });
  });

  test('refuses more metadata than S3 keeps', async () => {
    expect(await errorOf(put('fat', 'x', { Metadata: { a: 'b'.repeat(2048) } }))).toMatchObject({ name: 'MetadataTooLarge' });
  });

  test('is read in ranges', async () => {
    await put('digits', '0123456789');
    expect(await text('digits', { Range: 'bytes=2-4' })).toBe('234');
    const tail = await client.send(new GetObjectCommand({ Bucket, Key: 'digits', Range: 'bytes=-2' }));
    expect([tail.ContentRange, tail.ContentLength, tail.$metadata.httpStatusCode]).toEqual(['bytes 8-9/10', 2, 206]);
    expect(await errorOf(client.send(new GetObjectCommand({ Bucket, Key: 'digits', Range: 'bytes=10-' })))).toMatchObject({ name: 'InvalidRange', status: 416 });
  });

  test('is read and written under conditions', async () => {
    const { ETag } = await put('guarded', 'one');
    const get = (more: object) => client.send(new GetObjectCommand({ Bucket, Key: 'guarded', ...more }));
    expect(await errorOf(get({ IfNoneMatch: ETag }))).toMatchObject({ status: 304 });
    expect(await errorOf(get({ IfMatch: '"other"' }))).toMatchObject({ name: 'PreconditionFailed', status: 412 });
    expect(await errorOf(get({ IfModifiedSince: new Date(Date.now() + 1000) }))).toMatchObject({ status: 304 });
    expect(await errorOf(get({ IfUnmodifiedSince: new Date(0) }))).toMatchObject({ status: 412 });
    expect(await errorOf(put('guarded', 'two', { IfNoneMatch: '*' }))).toMatchObject({ name: 'PreconditionFailed', status: 412 });
    expect(await errorOf(put('guarded', 'two', { IfMatch: '"other"' }))).toMatchObject({ status: 412 });
    expect(await errorOf(put('nothing-here', 'two', { IfMatch: ETag }))).toMatchObject({ name: 'NoSuchKey', status: 404 });
    await put('guarded', 'two', { IfMatch: ETag });
    expect(await text('guarded')).toBe('two');
  });

  test('that fifty writers want to be the first to write is written by one', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 50 }, (_, i) => put('race', `writer ${i}`, { IfNoneMatch: '*' })));
    const winner = outcomes.findIndex(({ status }) => status === 'fulfilled');
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await text('race')).toBe(`writer ${winner}`);
  });

  test.each(['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const)('keeps its %s and shows it to those who ask', async (algorithm: ChecksumAlgorithm) => {
    const answer = await put(`sum ${algorithm}`, 'data', { ChecksumAlgorithm: algorithm });
    const name = `Checksum${algorithm}` as 'ChecksumCRC32';
    const shown = await client.send(new GetObjectCommand({ Bucket, Key: `sum ${algorithm}`, ChecksumMode: 'ENABLED' }));
    expect(answer[name]).toBeTruthy();
    expect(shown[name]).toBe(answer[name]);
    expect(await errorOf(put('wrong sum', 'data', { [name]: (answer[name] ?? '').replace(/^./, (c) => (c === 'A' ? 'B' : 'A')) }))).toMatchObject({ name: 'BadDigest', status: 400 });
    expect(await errorOf(client.send(new HeadObjectCommand({ Bucket, Key: 'wrong sum' })))).toMatchObject({ status: 404 });
  });

  test('with a wrong Content-MD5 is refused and leaves nothing', async () => {
    const md5 = (content: string) => ({ ContentMD5: Buffer.from(content).toString('base64') });
    expect(await errorOf(put('md5', 'x', md5('0123456789abcdef')))).toMatchObject({ name: 'BadDigest' });
    expect(await errorOf(put('md5', 'x', md5('short')))).toMatchObject({ name: 'InvalidDigest' });
    expect(await errorOf(client.send(new HeadObjectCommand({ Bucket, Key: 'md5' })))).toMatchObject({ status: 404 });
  });

  test('comes as a stream, whose trailer proves it', async () => {
    const bytes = randomBytes(3_000_000);
    await client.send(new PutObjectCommand({ Bucket, Key: 'streamed', Body: Readable.from([bytes.subarray(0, 1_000_001), bytes.subarray(1_000_001)]), ContentLength: bytes.length }));
    const back = await (await client.send(new GetObjectCommand({ Bucket, Key: 'streamed' }))).Body?.transformToByteArray();
    expect(Buffer.compare(Buffer.from(back ?? []), bytes)).toBe(0);
  });

  test('is copied with its headers and tags, or with new ones', async () => {
    await put('源 file', 'copied', { ContentType: 'text/x', Metadata: { a: '1' }, Tagging: 'k=v' });
    const CopySource = encodeURI(`${Bucket}/源 file`);
    await client.send(new CopyObjectCommand({ Bucket, Key: 'copy', CopySource }));
    expect(await client.send(new GetObjectCommand({ Bucket, Key: 'copy' }))).toMatchObject({ ContentType: 'text/x', Metadata: { a: '1' }, TagCount: 1 });
    await client.send(new CopyObjectCommand({ Bucket, Key: 'copy', CopySource, MetadataDirective: 'REPLACE', ContentType: 'text/y', TaggingDirective: 'REPLACE' }));
    const replaced = await client.send(new GetObjectCommand({ Bucket, Key: 'copy' }));
    expect([replaced.ContentType, replaced.Metadata, replaced.TagCount]).toEqual(['text/y', {}, undefined]);
    await client.send(new DeleteObjectCommand({ Bucket, Key: '源 file' }));
    expect(await text('copy')).toBe('copied');
    expect(await errorOf(client.send(new CopyObjectCommand({ Bucket, Key: 'x', CopySource })))).toMatchObject({ name: 'NoSuchKey' });
    expect(await errorOf(client.send(new CopyObjectCommand({ Bucket, Key: 'copy', CopySource: `${Bucket}/copy` })))).toMatchObject({ name: 'InvalidRequest' });
    expect(await errorOf(client.send(new CopyObjectCommand({ Bucket, Key: 'x', CopySource: `${Bucket}/copy`, CopySourceIfMatch: '"other"' })))).toMatchObject({ status: 412 });
  });

  test('carries tags that can be changed without writing it again', async () => {
    await put('tagged', 'x', { Tagging: 'a=1&b=%E6%A1%82' });
    const tags = async () => (await client.send(new GetObjectTaggingCommand({ Bucket, Key: 'tagged' }))).TagSet;
    expect(await tags()).toEqual([{ Key: 'a', Value: '1' }, { Key: 'b', Value: '桂' }]);
    await client.send(new PutObjectTaggingCommand({ Bucket, Key: 'tagged', Tagging: { TagSet: [{ Key: '<c>', Value: '&' }] } }));
    expect(await tags()).toEqual([{ Key: '<c>', Value: '&' }]);
    await client.send(new DeleteObjectTaggingCommand({ Bucket, Key: 'tagged' }));
    expect(await tags()).toEqual([]);
    const eleven = Array.from({ length: 11 }, (_, i) => ({ Key: String(i), Value: '' }));
    expect(await errorOf(client.send(new PutObjectTaggingCommand({ Bucket, Key: 'tagged', Tagging: { TagSet: eleven } })))).toMatchObject({ name: 'InvalidTag' });
  });

  test('tells its attributes', async () => {
    const { ETag } = await put('attributes', '12345');
    const attributes = await client.send(new GetObjectAttributesCommand({ Bucket, Key: 'attributes', ObjectAttributes: ['ETag', 'ObjectSize', 'Checksum', 'StorageClass'] }));
    expect(attributes).toMatchObject({ ETag: ETag?.replaceAll('"', ''), ObjectSize: 5, StorageClass: 'STANDARD', Checksum: { ChecksumType: 'FULL_OBJECT', ChecksumCRC32: expect.any(String) as string } });
  });

  test('is not encrypted with a key of the client, and is told so by name', async () => {
    expect(await errorOf(put('sse-c', 'x', { SSECustomerAlgorithm: 'AES256', SSECustomerKey: 'k'.repeat(32) }))).toMatchObject({ name: 'NotImplemented', status: 501, message: expect.stringContaining('customer') as string });
    const kms = await put('sse', 'x', { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: 'key-1' });
    expect(kms).toMatchObject({ ServerSideEncryption: 'aws:kms', SSEKMSKeyId: 'key-1' });
  });
});

describe('a list', () => {
  const Listed = 'list-bucket';
  const keys = ['a', 'b/1', 'b/2', 'b/c/3', 'd', 'e/', '桂/1', '桂/2'];
  beforeAll(async () => {
    await client.send(new CreateBucketCommand({ Bucket: Listed }));
    for (const Key of keys) await client.send(new PutObjectCommand({ Bucket: Listed, Key, Body: Key }));
  });

  test('has all keys in order, page by page', async () => {
    const found: string[] = [];
    for await (const page of paginateListObjectsV2({ client, pageSize: 3 }, { Bucket: Listed })) found.push(...(page.Contents ?? []).map((one) => one.Key ?? ''));
    expect(found).toEqual(keys);
  });

  test('groups by a delimiter, below a prefix, after a key', async () => {
    const grouped = await client.send(new ListObjectsV2Command({ Bucket: Listed, Delimiter: '/' }));
    expect([grouped.Contents?.map((one) => one.Key), grouped.CommonPrefixes?.map((one) => one.Prefix), grouped.KeyCount]).toEqual([['a', 'd'], ['b/', 'e/', '桂/'], 5]);
    const below = await client.send(new ListObjectsV2Command({ Bucket: Listed, Prefix: 'b/', Delimiter: '/' }));
    expect([below.Contents?.map((one) => one.Key), below.CommonPrefixes?.map((one) => one.Prefix)]).toEqual([['b/1', 'b/2'], ['b/c/']]);
    const after = await client.send(new ListObjectsV2Command({ Bucket: Listed, StartAfter: 'd', EncodingType: 'url', FetchOwner: true }));
    expect(after.Contents?.map((one) => one.Key)).toEqual(['e/', '%E6%A1%82/1', '%E6%A1%82/2']);
    expect(after.Contents?.[0]?.Owner?.ID).toBe('000000000000');
  });

  test('of the old form goes on from a marker', async () => {
    const first = await client.send(new ListObjectsCommand({ Bucket: Listed, Delimiter: '/', MaxKeys: 2 }));
    expect([first.IsTruncated, first.NextMarker]).toEqual([true, 'b/']);
    const second = await client.send(new ListObjectsCommand({ Bucket: Listed, Delimiter: '/', Marker: first.NextMarker }));
    expect([second.Contents?.map((one) => one.Key), second.CommonPrefixes?.map((one) => one.Prefix)]).toEqual([['d'], ['e/', '桂/']]);
  });

  test('of no keys is empty and not truncated, and a forged token is refused', async () => {
    const none = await client.send(new ListObjectsV2Command({ Bucket: Listed, MaxKeys: 0 }));
    expect([none.KeyCount, none.IsTruncated]).toEqual([0, false]);
    expect(await errorOf(client.send(new ListObjectsV2Command({ Bucket: Listed, ContinuationToken: 'not a token!' })))).toMatchObject({ name: 'InvalidArgument' });
    expect(await errorOf(client.send(new ListObjectsV2Command({ Bucket: Listed, MaxKeys: -1 })))).toMatchObject({ name: 'InvalidArgument' });
  });
});

describe('in a bucket with versions', () => {
  const Versioned = 'versioned-bucket';
  const Key = 'k';
  beforeAll(async () => {
    await client.send(new CreateBucketCommand({ Bucket: Versioned }));
    await client.send(new PutBucketVersioningCommand({ Bucket: Versioned, VersioningConfiguration: { Status: 'Enabled' } }));
  });

  test('an object is written over, hidden, and brought back, and nothing is lost', async () => {
    expect((await client.send(new GetBucketVersioningCommand({ Bucket: Versioned }))).Status).toBe('Enabled');
    const one = await client.send(new PutObjectCommand({ Bucket: Versioned, Key, Body: 'one' }));
    const two = await client.send(new PutObjectCommand({ Bucket: Versioned, Key, Body: 'two' }));
    const get = async (VersionId?: string) => (await client.send(new GetObjectCommand({ Bucket: Versioned, Key, VersionId }))).Body?.transformToString();
    expect([await get(), await get(one.VersionId), await get(two.VersionId)]).toEqual(['two', 'one', 'two']);

    const marker = await client.send(new DeleteObjectCommand({ Bucket: Versioned, Key }));
    expect(marker.DeleteMarker).toBe(true);
    expect(await errorOf(get())).toMatchObject({ name: 'NoSuchKey' });
    expect(await errorOf(get(marker.VersionId))).toMatchObject({ status: 405 });
    expect((await client.send(new ListObjectsV2Command({ Bucket: Versioned }))).KeyCount).toBe(0);
    const all = await client.send(new ListObjectVersionsCommand({ Bucket: Versioned }));
    expect([all.Versions?.map((one_) => one_.VersionId), all.DeleteMarkers?.map((one_) => [one_.VersionId, one_.IsLatest])]).toEqual([[two.VersionId, one.VersionId], [[marker.VersionId, true]]]);

    await client.send(new DeleteObjectCommand({ Bucket: Versioned, Key, VersionId: marker.VersionId }));
    expect(await get()).toBe('two');
    await client.send(new DeleteObjectCommand({ Bucket: Versioned, Key, VersionId: two.VersionId }));
    expect(await get()).toBe('one');
    const never = '0'.repeat(32);
    expect(await errorOf(get(never))).toMatchObject({ name: 'NoSuchVersion', status: 404 });
    expect(await errorOf(get('no-such-version'))).toMatchObject({ name: 'InvalidArgument', status: 400, message: 'Invalid version id specified' });
    const removed = (VersionId: string) => client.send(new DeleteObjectCommand({ Bucket: Versioned, Key, VersionId }));
    expect((await removed(never)).$metadata.httpStatusCode).toBe(204);
    expect(await errorOf(removed('no-such-version'))).toMatchObject({ name: 'InvalidArgument', status: 400 });
    expect(await get()).toBe('one');
  });

  test('versions are listed page by page', async () => {
    for (let i = 0; i < 5; i += 1) await client.send(new PutObjectCommand({ Bucket: Versioned, Key: 'pages', Body: String(i) }));
    const seen: (string | undefined)[] = [];
    let at: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } = {};
    for (let more = true; more; ) {
      const page = await client.send(new ListObjectVersionsCommand({ Bucket: Versioned, Prefix: 'pages', MaxKeys: 2, ...at }));
      seen.push(...(page.Versions ?? []).map((one) => one.VersionId));
      at = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
      more = page.IsTruncated === true;
    }
    expect(new Set(seen).size).toBe(5);
    expect(seen).toHaveLength(5);
  });

  test('many objects are deleted at once, each with its outcome', async () => {
    await client.send(new PutObjectCommand({ Bucket: Versioned, Key: 'm<1>&', Body: 'x' }));
    const outcome = await client.send(new DeleteObjectsCommand({ Bucket: Versioned, Delete: { Objects: [{ Key: 'm<1>&' }, { Key: 'never there' }, { Key: 'x'.repeat(1025) }] } }));
    expect(outcome.Deleted?.map((one) => [one.Key, one.DeleteMarker])).toEqual([['m<1>&', true], ['never there', true]]);
    expect(outcome.Errors?.map((one) => one.Code)).toEqual(['KeyTooLongError']);
  });
});

test('everything is there after a restart', async () => {
  const first = await startS3();
  const before = first.client();
  await before.send(new CreateBucketCommand({ Bucket: 'lasting' }));
  await before.send(new PutObjectCommand({ Bucket: 'lasting', Key: 'k', Body: 'kept', Metadata: { m: '1' } }));
  const second = await first.again();
  const after = await second.client().send(new GetObjectCommand({ Bucket: 'lasting', Key: 'k' }));
  expect([await after.Body?.transformToString(), after.Metadata]).toEqual(['kept', { m: '1' }]);
  await second.stop();
});
