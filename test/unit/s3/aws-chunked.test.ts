import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { verifySignature } from '../../../infra/local/iam/sigv4.ts';
import { framingOf, unframe } from '../../../infra/local/s3/aws-chunked.ts';
import type { Framing } from '../../../infra/local/s3/aws-chunked.ts';

// The example that AWS publishes: S3 API Reference, "Signature calculations: transferring payload in multiple chunks".
const keyId = 'AKIAIOSFODNN7EXAMPLE';
const seeded = verifySignature(
  {
    method: 'PUT',
    target: '/examplebucket/chunkObject.txt',
    headers: {
      host: 's3.amazonaws.com',
      'x-amz-date': '20130524T000000Z',
      'x-amz-storage-class': 'REDUCED_REDUNDANCY',
      'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
      'content-encoding': 'aws-chunked',
      'x-amz-decoded-content-length': '66560',
      'content-length': '66824',
      authorization: `AWS4-HMAC-SHA256 Credential=${keyId}/20130524/us-east-1/s3/aws4_request,SignedHeaders=content-encoding;content-length;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-storage-class,Signature=4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9`,
    },
  },
  { service: 's3', region: 'us-east-1', keys: { secretFor: () => ({ secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', principal: 'x' }) }, clock: { now: () => Date.parse('2013-05-24T00:00:00Z') } },
);
if (!seeded.ok) throw new Error('the published seed signature does not count');

const published = [
  `10000;chunk-signature=ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648\r\n${'a'.repeat(65536)}\r\n`,
  `400;chunk-signature=0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497\r\n${'a'.repeat(1024)}\r\n`,
  '0;chunk-signature=b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9\r\n\r\n',
].join('');
const signed: Framing = framingOf('STREAMING-AWS4-HMAC-SHA256-PAYLOAD', seeded.chain)!;

async function* pieces(body: string | Buffer, size: number): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(body);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(body: string | Buffer, framing: Framing, size = 1000, trailers = new Map<string, string>()): Promise<string> {
  const out: Uint8Array[] = [];
  for await (const chunk of unframe(pieces(body, size), framing, trailers)) out.push(chunk);
  return Buffer.concat(out).toString('latin1');
}

describe('a body in signed chunks', () => {
  test.each([1, 7, 1000, 1_000_000])('is the published one however it is cut on the way (%i bytes)', async (size) => {
    expect(await read(published, signed, size)).toBe('a'.repeat(66560));
  });

  test.each([
    ['a changed byte', published.replace('\r\naaa', '\r\naab')],
    ['a chunk left out', published.slice(published.indexOf('400;'))],
    ['chunks without signatures', published.replace(/;chunk-signature=[0-9a-f]{64}/g, '')],
    ['an early end that an attacker wrote', published.replace('400;chunk-signature=0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497', '0;chunk-signature=0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497')],
  ])('is refused with %s', async (_name, body) => {
    await expect(read(body, signed)).rejects.toMatchObject({ code: 'SignatureDoesNotMatch' });
  });

  test.each([
    ['IncompleteBody', published.slice(0, 5000)],
    ['IncompleteBody', published.slice(0, -90)],
    ['InvalidRequest', `${published}more`],
    ['InvalidRequest', published.replace('10000;', 'zz;')],
    ['InvalidRequest', 'x'.repeat(20_000)],
    ['InvalidRequest', published.replace(/\r\n\r\n$/, '\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n')],
  ])('is %s when it is cut, longer, or not framed', async (code, body) => {
    await expect(read(body, signed)).rejects.toMatchObject({ code });
  });
});

test('a body in unsigned chunks gives any data back with its trailer, however it is cut', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.uint8Array({ minLength: 1, maxLength: 300 }), { maxLength: 8 }), fc.integer({ min: 1, max: 400 }), async (chunks, size) => {
      const framed = Buffer.concat([...chunks.flatMap((chunk) => [Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from('\r\n')]), Buffer.from('0\r\nX-Amz-Checksum-Crc32: abc=\r\n\r\n')]);
      const trailers = new Map<string, string>();
      expect(await read(framed, { trailer: true }, size, trailers)).toBe(Buffer.concat(chunks).toString('latin1'));
      expect(trailers).toEqual(new Map([['x-amz-checksum-crc32', 'abc=']]));
    }),
    { numRuns: 100 },
  );
});

test('a streaming word that is not done is refused by name', () => {
  expect(() => framingOf('STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD', seeded.chain)).toThrow(/ECDSA.*not implemented/);
  expect(framingOf('UNSIGNED-PAYLOAD', seeded.chain)).toBeUndefined();
});
