import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  GetObjectLegalHoldCommand,
  GetObjectLockConfigurationCommand,
  GetObjectRetentionCommand,
  HeadObjectCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutObjectLegalHoldCommand,
  PutObjectLockConfigurationCommand,
  PutObjectRetentionCommand,
} from '@aws-sdk/client-s3';
import type { ObjectLockRetentionMode, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { errorOf, startS3 } from './_local-s3.ts';
import type { LocalS3 } from './_local-s3.ts';

const Bucket = 'final-bucket';
const day = 86_400_000;
let local: LocalS3;
let client: S3Client;
beforeAll(async () => {
  local = await startS3();
  client = local.client();
  await client.send(new CreateBucketCommand({ Bucket, ObjectLockEnabledForBucket: true }));
});
afterAll(() => local.stop());

const inDays = (days: number) => new Date(local.clock.now() + days * day);
const put = (Key: string, more: object = {}) => client.send(new PutObjectCommand({ Bucket, Key, Body: 'final', ...more }));
const locked = (Key: string, mode: ObjectLockRetentionMode, days = 10) => put(Key, { ObjectLockMode: mode, ObjectLockRetainUntilDate: inDays(days) });
const remove = (Key: string, VersionId: string | undefined, more: object = {}) => client.send(new DeleteObjectCommand({ Bucket, Key, VersionId, ...more }));
const retain = (Key: string, VersionId: string | undefined, Mode: ObjectLockRetentionMode, days: number, more: object = {}) => client.send(new PutObjectRetentionCommand({ Bucket, Key, VersionId, Retention: { Mode, RetainUntilDate: inDays(days) }, ...more }));

describe('what is final', () => {
  test('cannot be removed by anyone before its time, the root key included', async () => {
    const { VersionId } = await locked('list.json', 'COMPLIANCE');
    expect(await errorOf(remove('list.json', VersionId))).toMatchObject({ name: 'AccessDenied', status: 403 });
    expect(await errorOf(remove('list.json', VersionId, { BypassGovernanceRetention: true }))).toMatchObject({ name: 'AccessDenied' });
    const many = await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: 'list.json', VersionId }] } }));
    expect(many.Errors?.map((one) => one.Code)).toEqual(['AccessDenied']);
    expect(await errorOf(client.send(new DeleteBucketCommand({ Bucket })))).toMatchObject({ name: 'BucketNotEmpty' });
  });

  test('stays readable under its version when it is hidden or written over', async () => {
    const { VersionId } = await locked('hidden', 'COMPLIANCE');
    await put('hidden');
    await remove('hidden', undefined);
    const got = await client.send(new GetObjectCommand({ Bucket, Key: 'hidden', VersionId }));
    expect([await got.Body?.transformToString(), got.ObjectLockMode]).toEqual(['final', 'COMPLIANCE']);
  });

  test('is retained longer, never shorter and never more weakly', async () => {
    const { VersionId } = await locked('longer', 'COMPLIANCE');
    for (const attempt of [retain('longer', VersionId, 'COMPLIANCE', 9), retain('longer', VersionId, 'GOVERNANCE', 20), retain('longer', VersionId, 'COMPLIANCE', 5, { BypassGovernanceRetention: true })]) {
      expect(await errorOf(attempt)).toMatchObject({ name: 'AccessDenied' });
    }
    await retain('longer', VersionId, 'COMPLIANCE', 20);
    const { Retention } = await client.send(new GetObjectRetentionCommand({ Bucket, Key: 'longer', VersionId }));
    expect(Retention?.RetainUntilDate?.getTime()).toBeGreaterThan(inDays(19).getTime());
  });

  test('may go when its time is over by the cloud\'s clock', async () => {
    const own = await startS3();
    try {
      const mine = own.client();
      await mine.send(new CreateBucketCommand({ Bucket, ObjectLockEnabledForBucket: true }));
      const { VersionId } = await mine.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x', ObjectLockMode: 'COMPLIANCE', ObjectLockRetainUntilDate: new Date(own.clock.now() + day) }));
      own.clock.advance(day + 1000);
      await mine.send(new DeleteObjectCommand({ Bucket, Key: 'k', VersionId }));
      expect(await errorOf(mine.send(new HeadObjectCommand({ Bucket, Key: 'k', VersionId })))).toMatchObject({ status: 404 });
    } finally {
      await own.stop();
    }
  });
});

test('governance yields to those who say that they bypass it', async () => {
  const { VersionId } = await locked('governed', 'GOVERNANCE');
  expect(await errorOf(remove('governed', VersionId))).toMatchObject({ name: 'AccessDenied' });
  expect(await errorOf(retain('governed', VersionId, 'GOVERNANCE', 1))).toMatchObject({ name: 'AccessDenied' });
  await retain('governed', VersionId, 'GOVERNANCE', 1, { BypassGovernanceRetention: true });
  await remove('governed', VersionId, { BypassGovernanceRetention: true });
});

test('a legal hold holds until it is lifted', async () => {
  const { VersionId } = await put('held', { ObjectLockLegalHoldStatus: 'ON' });
  expect((await client.send(new GetObjectLegalHoldCommand({ Bucket, Key: 'held' }))).LegalHold?.Status).toBe('ON');
  expect(await errorOf(remove('held', VersionId, { BypassGovernanceRetention: true }))).toMatchObject({ name: 'AccessDenied' });
  await client.send(new PutObjectLegalHoldCommand({ Bucket, Key: 'held', LegalHold: { Status: 'OFF' } }));
  await remove('held', VersionId);
});

test('a bucket\'s rule retains what is put without a word, and its versions cannot be switched off', async () => {
  const Ruled = 'ruled-bucket';
  await client.send(new CreateBucketCommand({ Bucket: Ruled, ObjectLockEnabledForBucket: true }));
  await client.send(new PutObjectLockConfigurationCommand({ Bucket: Ruled, ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Years: 1 } } } }));
  const { ObjectLockConfiguration } = await client.send(new GetObjectLockConfigurationCommand({ Bucket: Ruled }));
  expect(ObjectLockConfiguration?.Rule?.DefaultRetention).toEqual({ Mode: 'COMPLIANCE', Years: 1 });
  await client.send(new PutObjectCommand({ Bucket: Ruled, Key: 'k', Body: 'x' }));
  const head = await client.send(new HeadObjectCommand({ Bucket: Ruled, Key: 'k' }));
  expect(head.ObjectLockRetainUntilDate?.getTime()).toBeGreaterThan(inDays(364).getTime());
  expect(await errorOf(client.send(new PutBucketVersioningCommand({ Bucket: Ruled, VersioningConfiguration: { Status: 'Suspended' } })))).toMatchObject({ name: 'InvalidBucketState' });
});

test('a lock that makes no sense is refused', async () => {
  expect(await errorOf(locked('past', 'COMPLIANCE', -1))).toMatchObject({ name: 'InvalidArgument' });
  expect(await errorOf(put('half', { ObjectLockMode: 'COMPLIANCE' }))).toMatchObject({ name: 'InvalidArgument' });
  await client.send(new CreateBucketCommand({ Bucket: 'open-bucket' }));
  expect(await errorOf(client.send(new PutObjectCommand({ Bucket: 'open-bucket', Key: 'k', Body: 'x', ObjectLockLegalHoldStatus: 'ON' })))).toMatchObject({ name: 'InvalidRequest' });
  expect(await errorOf(client.send(new GetObjectLockConfigurationCommand({ Bucket: 'open-bucket' })))).toMatchObject({ status: 404 });
});
