import { CreateBucketCommand, GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
import type { S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startS3 } from './_local-s3.ts';
import type { LocalS3 } from './_local-s3.ts';
import { signForm } from './_raw.ts';

const Bucket = 'form-bucket';
let local: LocalS3;
let client: S3Client;
beforeAll(async () => {
  local = await startS3();
  client = local.client();
  await client.send(new CreateBucketCommand({ Bucket }));
});
afterAll(() => local.stop());

const conditions = [{ bucket: Bucket }, ['starts-with', '$key', 'in/'], ['eq', '$Content-Type', 'application/pdf'], ['content-length-range', 1, 100]];

async function post(fields: Record<string, string>, file: string | undefined, name = 'upload.pdf'): Promise<{ status: number; code: string | undefined; headers: Headers; body: string }> {
  const form = new FormData();
  for (const [field, value] of Object.entries(fields)) form.append(field, value);
  if (file !== undefined) form.append('file', new Blob([file]), name);
  const response = await fetch(`${local.url}/${Bucket}`, { method: 'POST', body: form, redirect: 'manual' });
  const body = await response.text();
  return { status: response.status, code: /<Code>(\w+)</.exec(body)?.[1], headers: response.headers, body };
}
const permit = (more: readonly unknown[] = [], seconds?: number) => signForm(local.credentials.root, [...conditions, ...more], Date.now(), seconds);
const fields = { key: 'in/one.pdf', 'Content-Type': 'application/pdf' };
const exists = async (Key: string) => (await client.send(new HeadObjectCommand({ Bucket, Key })).catch(() => undefined)) !== undefined;

test('a browser uploads by a signed form, under the name of its file', async () => {
  expect(await post({ ...permit(), ...fields, key: 'in/${filename}' }, 'content', '附件 1.pdf')).toMatchObject({ status: 204 });
  const kept = await client.send(new GetObjectCommand({ Bucket, Key: 'in/附件 1.pdf' }));
  expect([await kept.Body?.transformToString(), kept.ContentType]).toEqual(['content', 'application/pdf']);
});

test('content that looks like a boundary or ends in line breaks comes through unchanged', async () => {
  const tricky = '\r\n--x\r\n\r\n----\r\n-';
  await post({ ...permit(), ...fields, key: 'in/tricky' }, tricky);
  expect(await (await client.send(new GetObjectCommand({ Bucket, Key: 'in/tricky' }))).Body?.transformToString()).toBe(tricky);
});

test('the form may ask for a document or to be sent on', async () => {
  const created = await post({ ...permit([{ success_action_status: '201' }]), ...fields, success_action_status: '201' }, 'x');
  expect([created.status, /<Key>(.*)<\/Key>/.exec(created.body)?.[1]]).toEqual([201, 'in/one.pdf']);
  const target = 'http://127.0.0.1:1/done?a=b';
  const sent = await post({ ...permit([{ success_action_redirect: target }]), ...fields, success_action_redirect: target }, 'x');
  expect([sent.status, sent.headers.get('location')]).toEqual([303, `${target}&bucket=form-bucket&key=in%2Fone.pdf&etag=%229dd4e461268c8034f5c8564e155c67a6%22`]);
});

test.each([
  ['EntityTooLarge', {}, 'x'.repeat(101)],
  ['EntityTooSmall', {}, ''],
  ['AccessDenied', { key: 'out/planted' }, 'x'],
  ['AccessDenied', { 'Content-Type': 'text/html' }, 'x'],
  ['AccessDenied', { 'x-amz-meta-planted': '1' }, 'x'],
  ['AccessDenied', { acl: 'public-read' }, 'x'],
  ['InvalidArgument', {}, undefined],
  ['MalformedPOSTRequest', { 'x-ignore-me': 'y'.repeat(21_000) }, 'x'],
])('a form is refused as %s with %j', async (code, changes, file) => {
  const key = 'in/refused';
  const answer = await post({ ...permit(), ...fields, key, ...changes }, file);
  expect(answer.code).toBe(code);
  expect([await exists(key), await exists('out/planted')]).toEqual([false, false]);
});

test('a form without policy, with a changed one, or with one that is over is refused', async () => {
  expect(await post(fields, 'x')).toMatchObject({ status: 403, code: 'AccessDenied' });
  const other = { ...permit(), policy: Buffer.from(JSON.stringify({ expiration: '2099-01-01T00:00:00Z', conditions: [] })).toString('base64') };
  expect(await post({ ...other, ...fields }, 'x')).toMatchObject({ status: 403, code: 'SignatureDoesNotMatch' });
  const late = await post({ ...permit([], -1), ...fields }, 'x');
  expect([late.code, late.body.includes('expired')]).toEqual(['AccessDenied', true]);
});

test('a form that is cut short is malformed and leaves nothing', async () => {
  const head = Object.entries({ ...permit(), ...fields, key: 'in/cut' }).map(([name, value]) => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`).join('');
  const response = await fetch(`${local.url}/${Bucket}`, { method: 'POST', headers: { 'content-type': 'multipart/form-data; boundary=b' }, body: `${head}--b\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\nhalf of it` });
  expect([response.status, (await response.text()).includes('MalformedPOSTRequest')]).toEqual([400, true]);
  expect(await exists('in/cut')).toBe(false);
});
