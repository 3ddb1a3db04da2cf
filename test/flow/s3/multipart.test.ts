import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectAttributesCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  PutObjectCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import type { CompletedPart, S3Client } from '@aws-sdk/client-s3';
import { createHash, randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startDigest } from '../../../infra/local/s3/checksums.ts';
import { errorOf, startS3 } from './_local-s3.ts';
import type { LocalS3 } from './_local-s3.ts';

const Bucket = 'parts-bucket';
const MiB = 1024 * 1024;
const [big, small] = [randomBytes(5 * MiB), randomBytes(1000)];
let local: LocalS3;
let client: S3Client;

beforeAll(async () => {
  local = await startS3();
  client = local.client();
  await client.send(new CreateBucketCommand({ Bucket }));
});
afterAll(() => local.stop());

async function start(Key: string, more: object = {}): Promise<{ Bucket: string; Key: string; UploadId: string }> {
  const { UploadId = '' } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key, ...more }));
  return { Bucket, Key, UploadId };
}

async function part(upload: object, PartNumber: number, Body: Buffer, more: object = {}): Promise<CompletedPart> {
  const { $metadata: _, ServerSideEncryption: __, ...answer } = await client.send(new UploadPartCommand({ ...(upload as { Bucket: string; Key: string; UploadId: string }), PartNumber, Body, ...more }));
  return { ...answer, PartNumber };
}

const complete = (upload: { Bucket: string; Key: string; UploadId: string }, Parts: CompletedPart[], more: object = {}) => client.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts }, ...more }));
const bytes = async (Key: string, more: object = {}) => Buffer.from((await (await client.send(new GetObjectCommand({ Bucket, Key, ...more }))).Body?.transformToByteArray()) ?? []);
const files = () => readdirSync(join(local.folder, 's3', 'blobs', 'data'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length;

describe('an upload in parts', () => {
  test('becomes one object, read over the seams, with the ETag S3 gives', async () => {
    const upload = await start('seams', { ContentType: 'application/zip', Metadata: { a: 'b' }, Tagging: 't=1' });
    const parts = [await part(upload, 2, small), await part(upload, 1, big)].reverse();
    await complete(upload, parts);
    const whole = Buffer.concat([big, small]);
    const md5 = (data: Buffer) => createHash('md5').update(data).digest();
    const head = await client.send(new HeadObjectCommand({ Bucket, Key: 'seams' }));
    expect(head).toMatchObject({ ContentLength: whole.length, ContentType: 'application/zip', Metadata: { a: 'b' }, ETag: `"${md5(Buffer.concat([md5(big), md5(small)])).toString('hex')}-2"` });
    expect(Buffer.compare(await bytes('seams'), whole)).toBe(0);
    expect(Buffer.compare(await bytes('seams', { Range: `bytes=${5 * MiB - 3}-${5 * MiB + 2}` }), whole.subarray(5 * MiB - 3, 5 * MiB + 3))).toBe(0);
    expect(Buffer.compare(await bytes('seams', { PartNumber: 2 }), small)).toBe(0);
    expect(await client.send(new HeadObjectCommand({ Bucket, Key: 'seams', PartNumber: 2 }))).toMatchObject({ PartsCount: 2, ContentLength: 1000 });
  });

  test.each([
    ['SHA256', 'COMPOSITE'],
    ['CRC32', 'COMPOSITE'],
    ['CRC32', 'FULL_OBJECT'],
    ['CRC32C', 'FULL_OBJECT'],
    ['CRC64NVME', 'FULL_OBJECT'],
  ] as const)('has a checksum by %s, %s', async (ChecksumAlgorithm, ChecksumType) => {
    const upload = await start(`sum-${ChecksumAlgorithm}`, { ChecksumAlgorithm, ChecksumType });
    const parts = [await part(upload, 1, big, { ChecksumAlgorithm }), await part(upload, 2, small, { ChecksumAlgorithm })];
    const done = await complete(upload, parts);
    const name = `Checksum${ChecksumAlgorithm}` as 'ChecksumCRC32';
    const algorithm = ChecksumAlgorithm.toLowerCase() as 'crc32';
    const sum = async (data: Buffer) => {
      const digest = startDigest(algorithm);
      digest.update(data);
      return Buffer.from(await digest.end());
    };
    const expected = ChecksumType === 'FULL_OBJECT' ? (await sum(Buffer.concat([big, small]))).toString('base64') : `${(await sum(Buffer.concat([await sum(big), await sum(small)]))).toString('base64')}-2`;
    expect([done[name], done.ChecksumType]).toEqual([expected, ChecksumType]);
    const attributes = await client.send(new GetObjectAttributesCommand({ Bucket, Key: upload.Key, ObjectAttributes: ['Checksum', 'ObjectParts'] }));
    expect(attributes).toMatchObject({ Checksum: { [name]: expected }, ObjectParts: { TotalPartsCount: 2 } });
    expect(attributes.ObjectParts?.Parts?.length ?? 0).toBe(ChecksumType === 'COMPOSITE' ? 2 : 0);
  });

  test('shows its parts and itself while it goes on', async () => {
    const upload = await start('shown');
    for (const number of [1, 2, 3]) await part(upload, number, small);
    const first = await client.send(new ListPartsCommand({ ...upload, MaxParts: 2 }));
    expect([first.Parts?.map((one) => one.PartNumber), first.IsTruncated, first.NextPartNumberMarker]).toEqual([[1, 2], true, '2']);
    const rest = await client.send(new ListPartsCommand({ ...upload, PartNumberMarker: '2' }));
    expect([rest.Parts?.map((one) => [one.PartNumber, one.Size]), rest.IsTruncated]).toEqual([[[3, 1000]], false]);
    const uploads = await client.send(new ListMultipartUploadsCommand({ Bucket, Prefix: 'shown' }));
    expect(uploads.Uploads?.map((one) => [one.Key, one.UploadId])).toEqual([['shown', upload.UploadId]]);
    expect(await errorOf(client.send(new HeadObjectCommand({ Bucket, Key: 'shown' })))).toMatchObject({ status: 404 });
    await client.send(new AbortMultipartUploadCommand(upload));
  });

  test('that is aborted leaves no bytes, and nothing can be added to it', async () => {
    const before = files();
    const upload = await start('aborted');
    await part(upload, 1, small);
    await part(upload, 1, big);
    expect(files()).toBe(before + 1);
    await client.send(new AbortMultipartUploadCommand(upload));
    expect(files()).toBe(before);
    expect(await errorOf(part(upload, 2, small))).toMatchObject({ name: 'NoSuchUpload', status: 404 });
    expect(files()).toBe(before);
  });

  test('that was completed is no upload any more', async () => {
    const upload = await start('over');
    await complete(upload, [await part(upload, 1, small)]);
    expect(await errorOf(client.send(new ListPartsCommand(upload)))).toMatchObject({ name: 'NoSuchUpload' });
    expect((await client.send(new ListMultipartUploadsCommand({ Bucket, Prefix: 'over' }))).Uploads).toBeUndefined();
    expect(await errorOf(part(upload, 2, small))).toMatchObject({ name: 'NoSuchUpload' });
  });

  test('can be deleted while it is read, and is read to its end', async () => {
    const large = Buffer.concat([big, big, big, big]);
    const upload = await start('read-on');
    await complete(upload, [await part(upload, 1, large), await part(upload, 2, small)]);
    const before = files();
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key: 'read-on' }));
    await client.send(new DeleteObjectCommand({ Bucket, Key: 'read-on' }));
    expect(files()).toBe(before);
    const read = Buffer.from((await Body?.transformToByteArray()) ?? []);
    expect(Buffer.compare(read, Buffer.concat([large, small]))).toBe(0);
    await expect.poll(files).toBe(before - 2);
  });

  test('that was completed answers a second completion the same', async () => {
    const upload = await start('twice');
    const parts = [await part(upload, 1, small)];
    const [first, second] = [await complete(upload, parts), await complete(upload, parts)];
    expect(second.ETag).toBe(first.ETag);
  });

  test('that two complete at once is completed once, and its bytes stay', async () => {
    const upload = await start('at-once');
    const parts = [await part(upload, 1, small)];
    await Promise.all([complete(upload, parts), complete(upload, parts), errorOf(complete(upload, [{ ...parts[0], ETag: '"x"' }])).catch(() => undefined)]);
    expect(Buffer.compare(await bytes('at-once'), small)).toBe(0);
  });

  test.each([
    ['InvalidPart', (one: CompletedPart) => [{ ...one, ETag: '"wrong"' }]],
    ['InvalidPart', (one: CompletedPart) => [one, { ...one, PartNumber: 9 }]],
    ['InvalidPartOrder', (one: CompletedPart) => [{ ...one, PartNumber: 2 }, one]],
    ['EntityTooSmall', (one: CompletedPart) => [one, { ...one, PartNumber: 2 }]],
    ['MalformedXML', () => []],
  ] as const)('is %s when the list of parts is wrong, and can still be completed', async (name, wrong) => {
    const upload = await start(`wrong-${name}`);
    const one = await part(upload, 1, small);
    await part(upload, 2, small);
    expect(await errorOf(complete(upload, [...wrong(one)]))).toMatchObject({ name, status: 400 });
    await complete(upload, [one]);
  });

  test('refuses part numbers, sizes and checksums that are not right', async () => {
    const upload = await start('refusals', { ChecksumAlgorithm: 'SHA256' });
    expect(await errorOf(part(upload, 0, small))).toMatchObject({ name: 'InvalidArgument' });
    expect(await errorOf(part(upload, 10_001, small))).toMatchObject({ name: 'InvalidArgument' });
    expect(await errorOf(part(upload, 1, small, { ChecksumAlgorithm: 'CRC32' }))).toMatchObject({ name: 'InvalidRequest' });
    const one = await part(upload, 1, small, { ChecksumAlgorithm: 'SHA256' });
    expect(await errorOf(complete(upload, [one], { MpuObjectSize: 999 }))).toMatchObject({ name: 'InvalidRequest' });
    expect(await errorOf(complete(upload, [{ ETag: one.ETag, PartNumber: 1 }]))).toMatchObject({ name: 'InvalidRequest' });
    expect(await errorOf(client.send(new ListPartsCommand({ ...upload, Key: 'another' })))).toMatchObject({ name: 'NoSuchUpload' });
  });

  test('is conditional on completion', async () => {
    await client.send(new PutObjectCommand({ Bucket, Key: 'taken', Body: 'x' }));
    const upload = await start('taken');
    const one = await part(upload, 1, small);
    expect(await errorOf(complete(upload, [one], { IfNoneMatch: '*' }))).toMatchObject({ status: 412 });
    await complete(upload, [one]);
    expect((await bytes('taken')).length).toBe(1000);
  });

  test('takes parts from objects that are there already', async () => {
    await client.send(new PutObjectCommand({ Bucket, Key: 'source', Body: big }));
    const upload = await start('assembled');
    const copy = async (PartNumber: number, range: object) => {
      const { CopyPartResult } = await client.send(new UploadPartCopyCommand({ ...upload, PartNumber, CopySource: `${Bucket}/source`, ...range }));
      return { ETag: CopyPartResult?.ETag, PartNumber };
    };
    expect(await errorOf(copy(1, { CopySourceRange: `bytes=0-${5 * MiB}` }))).toMatchObject({ name: 'InvalidArgument' });
    await complete(upload, [await copy(1, {}), await copy(2, { CopySourceRange: 'bytes=10-19' })]);
    expect(Buffer.compare(await bytes('assembled'), Buffer.concat([big, big.subarray(10, 20)]))).toBe(0);
  });
});
