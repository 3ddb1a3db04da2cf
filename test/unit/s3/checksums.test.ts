import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { checksumBytes, compositeOf, joinCrcs, startDigest } from '../../../infra/local/s3/checksums.ts';
import type { ChecksumAlgorithm } from '../../../infra/local/s3/checksums.ts';

async function sum(algorithm: ChecksumAlgorithm | 'md5', data: Uint8Array): Promise<Buffer> {
  const digest = startDigest(algorithm);
  digest.update(data);
  return digest.end();
}

// The check values of the CRC catalogue, and NIST's for "123456789".
test.each([
  ['crc32', 'cbf43926'],
  ['crc32c', 'e3069283'],
  ['crc64nvme', 'ae8b14860a799888'],
  ['sha1', 'f7c3bc1d808e04732adf679965ccc34ca7ae3441'],
  ['sha256', '15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225'],
  ['md5', '25f9e794323b453885f5181f1b624d0b'],
] as const)('%s of 123456789 is the catalogued value', async (algorithm, hex) => {
  expect((await sum(algorithm, Buffer.from('123456789'))).toString('hex')).toBe(hex);
});

test.each(['crc32', 'crc32c', 'crc64nvme'] as const)('the %s of a whole is joined from those of its parts', async (algorithm) => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 200 }), { minLength: 1, maxLength: 6 }), async (parts) => {
      const sums = await Promise.all(parts.map(async (part) => ({ value: (await sum(algorithm, part)).toString('base64'), size: part.length })));
      expect(joinCrcs(algorithm, sums)).toBe((await sum(algorithm, Buffer.concat(parts))).toString('base64'));
    }),
    { numRuns: 60 },
  );
});

test('a SHA of a whole cannot be joined and says so', () => {
  expect(() => joinCrcs('sha256', [])).toThrow(/FULL_OBJECT/);
});

test('a composite checksum is the one of the parts\' checksums, with their number', async () => {
  const parts = await Promise.all(['one', 'two'].map((text) => sum('sha256', Buffer.from(text))));
  const whole = await sum('sha256', Buffer.concat(parts));
  expect(await compositeOf('sha256', parts.map((part) => part.toString('base64')))).toBe(`${whole.toString('base64')}-2`);
});

test.each([
  ['crc32', 'AAAA'],
  ['crc32', 'not base64!!'],
  ['sha256', 'AAAAAA=='],
  ['crc64nvme', ''],
] as const)('a %s of "%s" cannot be read', (algorithm, value) => {
  expect(() => checksumBytes(algorithm, value)).toThrow(/invalid/);
});
