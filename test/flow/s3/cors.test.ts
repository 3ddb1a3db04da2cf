import { CreateBucketCommand, DeleteBucketCorsCommand, GetBucketCorsCommand, PutBucketCorsCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import type { S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { errorOf, startS3 } from './_local-s3.ts';
import type { LocalS3 } from './_local-s3.ts';
import { send } from './_raw.ts';

const Bucket = 'cors-bucket';
const rule = { AllowedOrigins: ['https://*.gx.example', 'http://127.0.0.1:8080'], AllowedMethods: ['GET', 'PUT'], AllowedHeaders: ['content-type', 'x-amz-*'], ExposeHeaders: ['ETag'], MaxAgeSeconds: 600 };
let local: LocalS3;
let client: S3Client;
beforeAll(async () => {
  local = await startS3();
  client = local.client();
  await client.send(new CreateBucketCommand({ Bucket }));
  await client.send(new PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules: [rule] } }));
});
afterAll(() => local.stop());

const preflight = (origin: string, method = 'PUT', headers = 'Content-Type,x-amz-checksum-sha256', path = `/${Bucket}/k`) =>
  send(local.url, { method: 'OPTIONS', path, headers: { origin, 'access-control-request-method': method, 'access-control-request-headers': headers } });

test('rules are kept as they were given, until they are removed', async () => {
  expect((await client.send(new GetBucketCorsCommand({ Bucket }))).CORSRules).toEqual([rule]);
  await client.send(new CreateBucketCommand({ Bucket: 'no-cors' }));
  await client.send(new PutBucketCorsCommand({ Bucket: 'no-cors', CORSConfiguration: { CORSRules: [rule] } }));
  await client.send(new DeleteBucketCorsCommand({ Bucket: 'no-cors' }));
  expect(await errorOf(client.send(new GetBucketCorsCommand({ Bucket: 'no-cors' })))).toMatchObject({ name: 'NoSuchCORSConfiguration' });
  const bad = { ...rule, AllowedOrigins: ['https://*.*.example'] };
  expect(await errorOf(client.send(new PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules: [bad] } })))).toMatchObject({ name: 'InvalidRequest' });
});

test('a browser of an allowed origin may upload, and sees what it may', async () => {
  const answer = await preflight('https://console.gx.example');
  expect(answer).toMatchObject({ status: 200, headers: { 'access-control-allow-origin': 'https://console.gx.example', 'access-control-allow-methods': 'GET, PUT', 'access-control-allow-headers': 'content-type, x-amz-checksum-sha256', 'access-control-max-age': '600' } });
  const url = await getSignedUrl(client, new PutObjectCommand({ Bucket, Key: 'k' }), { expiresIn: 60 });
  const put = await send(local.url, { method: 'PUT', path: url.slice(local.url.length), headers: { origin: 'http://127.0.0.1:8080' }, body: '' });
  expect(put).toMatchObject({ status: 200, headers: { 'access-control-allow-origin': 'http://127.0.0.1:8080', 'access-control-expose-headers': 'ETag' } });
});

test('others are refused, and learn nothing about whether the bucket exists', async () => {
  for (const answer of [await preflight('https://gx.example.evil'), await preflight('https://console.gx.example', 'DELETE'), await preflight('https://console.gx.example', 'PUT', 'authorization'), await preflight('https://console.gx.example', 'PUT', '', '/nowhere/k')]) {
    expect([answer.status, answer.code, answer.headers['access-control-allow-origin']]).toEqual([403, 'AccessForbidden', undefined]);
  }
});

test('a refusal tells an allowed browser why, so that the page can say it', async () => {
  const answer = await send(local.url, { method: 'PUT', path: `/${Bucket}/k`, headers: { origin: 'http://127.0.0.1:8080' }, body: 'x' });
  expect([answer.status, answer.headers['access-control-allow-origin']]).toEqual([403, 'http://127.0.0.1:8080']);
});
