import { CreateBucketCommand, GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import type { S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { createHash } from 'node:crypto';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AccessKey } from '../../../infra/local/iam/credentials.ts';
import { errorOf, startS3 } from './_local-s3.ts';
import type { LocalS3 } from './_local-s3.ts';
import { send, sign } from './_raw.ts';
import type { Raw } from './_raw.ts';

const Bucket = 'attack-bucket';
const role = 'arn:aws:iam::000000000000:role/attachments';
const sha256 = (data: string) => createHash('sha256').update(data).digest('base64');
let local: LocalS3;
let client: S3Client;
let roleKey: AccessKey;

beforeAll(async () => {
  local = await startS3();
  client = local.client();
  roleKey = local.credentials.keyFor(role);
  await client.send(new CreateBucketCommand({ Bucket }));
  await client.send(new PutObjectCommand({ Bucket, Key: 'secret', Body: 'top secret' }));
});
afterAll(() => local.stop());

const exists = async (Key: string) => (await client.send(new HeadObjectCommand({ Bucket, Key })).catch(() => undefined)) !== undefined;
const pathOf = (url: string) => url.slice(local.url.length);
const signed = (raw: Raw, more: Parameters<typeof sign>[3] = {}) => sign(local.url, raw, local.credentials.root, more);

describe('an anonymous request', () => {
  test.each([
    ['GET', '/'],
    ['GET', `/${Bucket}`],
    ['GET', `/${Bucket}/secret`],
    ['HEAD', `/${Bucket}/secret`],
    ['PUT', `/${Bucket}/planted`],
    ['DELETE', `/${Bucket}/secret`],
    ['POST', `/${Bucket}?delete`],
    ['PUT', '/new-bucket'],
    ['GET', '/does-not-exist/x'],
  ])('%s %s is refused', async (method, path) => {
    const answer = await send(local.url, { method, path, ...(method === 'PUT' ? { body: 'x' } : {}) });
    expect(answer.status).toBe(403);
    expect(method === 'HEAD' ? answer.body : answer.code).toBe(method === 'HEAD' ? '' : 'AccessDenied');
  });
});

describe('a request signed by hand', () => {
  const get: Raw = { method: 'GET', path: `/${Bucket}/secret` };
  const put: Raw = { method: 'PUT', path: `/${Bucket}/planted`, body: 'harmless' };

  test('is answered when the signature is right', async () => {
    expect(await send(local.url, signed(get))).toMatchObject({ status: 200, body: 'top secret' });
  });

  test.each([
    ['with another body', 'XAmzContentSHA256Mismatch', () => ({ ...signed(put), body: 'harmful!' })],
    ['for another key', 'SignatureDoesNotMatch', () => ({ ...signed(get), path: `/${Bucket}/other` })],
    ['with another query', 'SignatureDoesNotMatch', () => ({ ...signed(get), path: `${get.path}?tagging` })],
    ['with the secret of another', 'SignatureDoesNotMatch', () => sign(local.url, get, { ...local.credentials.root, secretAccessKey: roleKey.secretAccessKey })],
    ['with a key nobody has', 'InvalidAccessKeyId', () => sign(local.url, get, { accessKeyId: 'AKIANOBODY', secretAccessKey: 'x' })],
    ['an hour ago', 'RequestTimeTooSkewed', () => signed(get, { at: Date.now() - 3_600_000 })],
    ['an hour ahead', 'RequestTimeTooSkewed', () => signed(get, { at: Date.now() + 3_600_000 })],
    ['with an x-amz header left out', 'AccessDenied', () => signed({ ...put, headers: { 'x-amz-copy-source': `/${Bucket}/secret` } }, { leaveOut: ['x-amz-copy-source'] })],
    ['with its host left out', 'AccessDenied', () => signed(get, { leaveOut: ['host'] })],
    ['without the digest of its body', 'InvalidRequest', () => signedWithoutDigest(get)],
    ['with a digest that is none', 'InvalidArgument', () => signed(put, { payload: 'whatever' })],
    ['by the old method', 'InvalidRequest', () => ({ ...get, headers: { authorization: 'AWS guijing:c2lnbmF0dXJl' } })],
    ['with a path that is not UTF-8', 'InvalidURI', () => ({ ...signed(get), path: `/${Bucket}/%ff` })],
    ['with a length that is not its own', 'IncompleteBody', () => signed({ ...put, headers: { 'x-amz-decoded-content-length': '100' } }, { payload: 'STREAMING-UNSIGNED-PAYLOAD-TRAILER' }), '8\r\nharmless\r\n0\r\n\r\n'],
  ] as const)('%s is refused: %s', async (_what, code, make, body?: string) => {
    const raw = make();
    expect((await send(local.url, body === undefined ? raw : { ...raw, body })).code).toBe(code);
    expect(await exists('planted')).toBe(false);
  });

  function signedWithoutDigest(raw: Raw): Raw {
    const whole = signed(raw, { leaveOut: ['x-amz-content-sha256'] });
    const { 'x-amz-content-sha256': _left, ...headers } = whole.headers ?? {};
    return { ...whole, headers };
  }

  test('for operations that are not done here is told which', async () => {
    for (const [method, path, word] of [['GET', `/${Bucket}?policy`, 'policy'], ['PUT', `/${Bucket}?lifecycle`, 'lifecycle'], ['GET', `/${Bucket}/secret?acl`, 'acl'], ['POST', `/${Bucket}/secret?select`, 'select']] as const) {
      const answer = await send(local.url, signed({ method, path }));
      expect([answer.status, answer.code]).toEqual([501, 'NotImplemented']);
      expect(answer.body).toContain(word);
    }
    expect((await send(local.url, signed({ method: 'PATCH', path: `/${Bucket}/secret` }))).code).toBe('MethodNotAllowed');
  });

  test('finds a bucket named in the host', async () => {
    const host = `${Bucket}.s3.localhost:1`;
    expect(await send(local.url, signed({ method: 'GET', path: '/secret', headers: { host } }))).toMatchObject({ status: 200, body: 'top secret' });
  });

  test('that promises a body and hangs up leaves nothing, and the server goes on', async () => {
    const raw = signed({ method: 'PUT', path: `/${Bucket}/planted`, headers: { 'content-length': '1000000' } }, { payload: 'UNSIGNED-PAYLOAD' });
    const socket = connect(Number(new URL(local.url).port), '127.0.0.1');
    const lines = Object.entries(raw.headers ?? {}).map(([name, value]) => `${name}: ${value}\r\n`);
    await new Promise<void>((resolve) => socket.write(`PUT ${raw.path} HTTP/1.1\r\n${lines.join('')}\r\nonly the beginning`, () => resolve()));
    await new Promise<void>((resolve) => socket.once('close', () => resolve()).destroy());
    expect(await exists('planted')).toBe(false);
    expect((await send(local.url, signed(get))).status).toBe(200);
  });

  test('is answered before its gigabytes come when it asks first', async () => {
    const raw = sign(local.url, { method: 'PUT', path: `/${Bucket}/planted`, headers: { 'content-length': '5000000000', expect: '100-continue' } }, { accessKeyId: 'AKIANOBODY', secretAccessKey: 'x' }, { payload: 'UNSIGNED-PAYLOAD' });
    const { body: _none, ...withoutBody } = raw;
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(Number(new URL(local.url).port), '127.0.0.1');
      let text = '';
      socket.on('data', (chunk) => (text += chunk.toString())).on('close', () => resolve(text));
      socket.write(`PUT ${raw.path} HTTP/1.1\r\n${Object.entries(withoutBody.headers ?? {}).map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`);
    });
    expect(answer).toMatch(/^HTTP\/1\.1 403 /);
    expect(answer).toContain('InvalidAccessKeyId');
  });

  test('with more than 5 GiB in one piece is refused by its length', async () => {
    const answer = await send(local.url, signed({ method: 'PUT', path: `/${Bucket}/planted`, headers: { 'content-length': '0', 'x-amz-decoded-content-length': String(5 * 1024 ** 3 + 1) } }, { payload: 'STREAMING-UNSIGNED-PAYLOAD-TRAILER' }));
    expect(answer.code).toBe('EntityTooLarge');
  });
});

describe('a presigned upload whose length, type and SHA-256 are signed', () => {
  const content = 'the file that was promised';
  const presign = (Key: string, key = roleKey) =>
    getSignedUrl(local.client(key, { requestChecksumCalculation: 'WHEN_REQUIRED' }), new PutObjectCommand({ Bucket, Key, ContentLength: content.length, ContentType: 'application/pdf', ChecksumSHA256: sha256(content) }), {
      expiresIn: 300,
      signableHeaders: new Set(['content-length', 'content-type', 'host']),
      unhoistableHeaders: new Set(['x-amz-checksum-sha256']),
    });
  const right = { 'content-type': 'application/pdf', 'x-amz-checksum-sha256': sha256(content) };

  test('takes exactly that file', async () => {
    expect(await send(local.url, { method: 'PUT', path: pathOf(await presign('promised')), headers: right, body: content })).toMatchObject({ status: 200 });
    const kept = await client.send(new GetObjectCommand({ Bucket, Key: 'promised', ChecksumMode: 'ENABLED' }));
    expect([await kept.Body?.transformToString(), kept.ContentType, kept.ChecksumSHA256]).toEqual([content, 'application/pdf', sha256(content)]);
  });

  test.each([
    ['a shorter file', 'SignatureDoesNotMatch', right, content.slice(1)],
    ['a longer file', 'SignatureDoesNotMatch', right, `${content}!`],
    ['another file of the same length', 'BadDigest', right, content.replace('t', 'T')],
    ['another type', 'SignatureDoesNotMatch', { ...right, 'content-type': 'text/html' }, content],
    ['no type', 'SignatureDoesNotMatch', { 'x-amz-checksum-sha256': sha256(content) }, content],
    ['another checksum', 'SignatureDoesNotMatch', { ...right, 'x-amz-checksum-sha256': sha256('x') }, content],
    ['no checksum', 'SignatureDoesNotMatch', { 'content-type': 'application/pdf' }, content],
    ['a header that was not signed', 'AccessDenied', { ...right, 'x-amz-meta-planted': '1' }, content],
    ['tags that were not signed', 'AccessDenied', { ...right, 'x-amz-tagging': 'a=b' }, content],
  ])('refuses %s: %s', async (_what, code, headers, body) => {
    expect((await send(local.url, { method: 'PUT', path: pathOf(await presign('forced')), headers, body })).code).toBe(code);
    expect(await exists('forced')).toBe(false);
  });

  test.each([
    ['another key', (path: string) => path.replace('/forced', '/forced2')],
    ['another life', (path: string) => path.replace('X-Amz-Expires=300', 'X-Amz-Expires=3000')],
    ['another signer', (path: string) => path.replace(roleKey.accessKeyId, 'guijing')],
    ['fewer signed headers', (path: string) => path.replace('content-length%3B', '')],
    ['a version named', (path: string) => `${path}&versionId=null`],
  ])('refuses a link tampered to have %s', async (_what, tamper) => {
    const path = pathOf(await presign('forced'));
    expect(tamper(path)).not.toBe(path);
    expect((await send(local.url, { method: 'PUT', path: tamper(path), headers: right, body: content })).status).toBe(403);
    expect(await exists('forced')).toBe(false);
  });

  test.each([
    ['for longer than a week', (path: string) => path.replace('X-Amz-Expires=300', 'X-Amz-Expires=604801')],
    ['for another region', (path: string) => path.replace(encodeURIComponent('/ap-southeast-1/'), '%2Fus-east-1%2F')],
  ])('made %s is refused by the name that AWS gives to queries', async (_what, tamper) => {
    const path = pathOf(await presign('forced'));
    expect(tamper(path)).not.toBe(path);
    expect(await send(local.url, { method: 'PUT', path: tamper(path), headers: right, body: content })).toMatchObject({ status: 400, code: 'AuthorizationQueryParametersError' });
  });

  test('is not good for reading, deleting or listing', async () => {
    const path = pathOf(await presign('secret'));
    for (const method of ['GET', 'DELETE', 'HEAD']) expect((await send(local.url, { method, path })).status).toBe(403);
    expect(await exists('secret')).toBe(true);
  });

  test('may carry text of any kind in its metadata, and the object can still be read', async () => {
    const url = await getSignedUrl(local.client(roleKey, { requestChecksumCalculation: 'WHEN_REQUIRED' }), new PutObjectCommand({ Bucket, Key: 'texts', Metadata: { title: '桂景\r\nset-cookie: x' } }), { expiresIn: 60 });
    expect((await send(local.url, { method: 'PUT', path: pathOf(url), body: content })).status).toBe(200);
    const { Metadata } = await client.send(new HeadObjectCommand({ Bucket, Key: 'texts' }));
    expect(Buffer.from(Metadata?.['title'] ?? '', 'latin1').toString()).toBe('桂景  set-cookie: x');
  });

  test('that hoists its checksum into the query is held to it as well', async () => {
    const url = await getSignedUrl(local.client(roleKey), new PutObjectCommand({ Bucket, Key: 'hoisted', ChecksumSHA256: sha256(content) }), { expiresIn: 60 });
    expect(url).toContain('x-amz-checksum-sha256=');
    expect((await send(local.url, { method: 'PUT', path: pathOf(url), body: 'something else' })).code).toBe('BadDigest');
    expect((await send(local.url, { method: 'PUT', path: pathOf(url), body: content })).status).toBe(200);
  });
});

test('a link that a function made is over when the cloud\'s clock passes its end', async () => {
  const moved = await startS3();
  try {
    await moved.client().send(new CreateBucketCommand({ Bucket }));
    await moved.client().send(new PutObjectCommand({ Bucket, Key: 'linked', Body: 'x' }));
    const url = await getSignedUrl(moved.client(moved.credentials.keyFor(role)), new GetObjectCommand({ Bucket, Key: 'linked' }), { expiresIn: 300 });
    const path = url.slice(moved.url.length);
    expect((await send(moved.url, { method: 'GET', path })).status).toBe(200);
    moved.clock.advance(301_000);
    const late = await send(moved.url, { method: 'GET', path });
    expect([late.status, late.code]).toEqual([403, 'AccessDenied']);
    expect(late.body).toContain('expired');
    moved.clock.advance(200 * 86_400_000);
    expect(await (await moved.client().send(new GetObjectCommand({ Bucket, Key: 'linked' }))).Body?.transformToString()).toBe('x');
  } finally {
    await moved.stop();
  }
});

test('what the SDK asks with a wrong secret is refused', async () => {
  const thief = local.client({ ...local.credentials.root, secretAccessKey: 'guessed' });
  expect(await errorOf(thief.send(new GetObjectCommand({ Bucket, Key: 'secret' })))).toMatchObject({ name: 'SignatureDoesNotMatch', status: 403 });
});
