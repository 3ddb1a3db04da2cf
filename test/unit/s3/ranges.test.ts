import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { cut, readRange } from '../../../infra/local/s3/ranges.ts';

test.each([
  ['bytes=0-0', 10, [0, 1]],
  ['bytes=0-', 10, [0, 10]],
  ['bytes=3-100', 10, [3, 10]],
  ['bytes=-3', 10, [7, 10]],
  ['bytes=-100', 10, [0, 10]],
  [' bytes=9-9 ', 10, [9, 10]],
] as const)('%s of %i bytes is %j', (header, size, [start, end]) => {
  expect(readRange(header, size)).toEqual({ start, end });
});

test.each(['', 'bytes=', 'bytes=-', 'bytes=5-3', 'items=0-1', 'bytes=0-1,3-4', 'bytes=a-b', 'bytes=0-1x', `bytes=${'9'.repeat(30)}-`])('"%s" means the whole object', (header) => {
  expect(readRange(header, 10)).toBeUndefined();
});

test.each([
  ['bytes=10-', 10],
  ['bytes=10-20', 10],
  ['bytes=-0', 10],
  ['bytes=0-', 0],
  ['bytes=-5', 0],
])('%s of %i bytes cannot be satisfied', (header, size) => {
  expect(() => readRange(header, size)).toThrow(expect.objectContaining({ code: 'InvalidRange', headers: { 'content-range': `bytes */${size}` } }) as Error);
});

test('any text is a range within the object, the whole of it, or InvalidRange', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.tuple(fc.nat(), fc.nat()).map(([a, b]) => `bytes=${a}-${b}`), fc.nat().map((n) => `bytes=-${n}`)), fc.nat(1000), (header, size) => {
      try {
        const range = readRange(header, size);
        if (range) expect(0 <= range.start && range.start < range.end && range.end <= size).toBe(true);
      } catch (error) {
        expect(error).toMatchObject({ code: 'InvalidRange' });
      }
    }),
  );
});

test('a range cut out of segments is the same bytes as out of the whole', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 5 }), { minLength: 1, maxLength: 6 }), fc.nat(30), fc.nat(30), (texts, a, b) => {
      const whole = texts.join('');
      const [start, end] = [Math.min(a, b), Math.min(Math.max(a, b), whole.length)];
      const stretches = cut(texts.map((text, index) => ({ blob: String(index), size: text.length })), { start, end });
      expect(stretches.map((one) => (texts[Number(one.blob)] ?? '').slice(one.start, one.end)).join('')).toBe(whole.slice(start, end));
    }),
  );
});
