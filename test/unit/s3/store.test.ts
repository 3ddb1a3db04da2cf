import * as fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { gather } from '../../../infra/local/s3/lists.ts';
import type { NewVersion } from '../../../infra/local/s3/records.ts';
import { openStore } from '../../../infra/local/s3/store.ts';
import type { Store } from '../../../infra/local/s3/store.ts';

let folder: string;
let store: Store;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guijing-store-'));
  store = openStore(folder);
  store.saveBucket({ name: 'b', createdAt: 0, versioning: 'Enabled' });
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true });
});

const version = (key: string, bucket = 'b'): NewVersion => ({ bucket, key, size: 1, etag: 'e', modifiedAt: 0, about: { headers: {}, encryption: {} }, segments: [{ blob: `blob of ${key}`, size: 1 }], tags: {}, hold: false });
const keyOf = fc.string({ unit: fc.oneof(fc.constantFrom('/', '.', '..', '\u0000', '%', '桂', '😀', 'a', 'b'), fc.string({ unit: 'binary', minLength: 1, maxLength: 1 })), minLength: 1, maxLength: 8 }).filter((key) => key.isWellFormed());
const beginning = { key: Buffer.alloc(0), rank: Number.MIN_SAFE_INTEGER };
const byBytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));

test('any key in UTF-8 is kept exactly, paths and NUL bytes too, and listed in the order of its bytes', () => {
  let run = 0;
  fc.assert(
    fc.property(fc.uniqueArray(keyOf, { minLength: 1, maxLength: 12 }), (keys) => {
      run += 1;
      const bucket = `b${run}`;
      store.saveBucket({ name: bucket, createdAt: 0, versioning: 'Off' });
      store.together(() => keys.forEach((key) => store.add(version(key, bucket), false)));
      for (const key of keys) expect(store.latest(bucket, key)?.key).toBe(key);
      expect([...store.objects(bucket, beginning)].map(({ key }) => key)).toEqual([...keys].sort(byBytes));
    }),
    { numRuns: 40 },
  );
});

test('a list by pages, with any prefix, delimiter and page size, is the list a simple reading gives', () => {
  let run = 0;
  const small = fc.string({ unit: fc.constantFrom('a', 'b', '/', '桂'), minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(fc.uniqueArray(small, { maxLength: 20 }), fc.string({ unit: fc.constantFrom('a', '/', '桂'), maxLength: 2 }), fc.constantFrom('', '/', 'b', 'ab'), fc.integer({ min: 1, max: 5 }), (keys, prefix, delimiter, most) => {
      run += 1;
      const bucket = `p${run}`;
      store.saveBucket({ name: bucket, createdAt: 0, versioning: 'Off' });
      store.together(() => keys.forEach((key) => store.add(version(key, bucket), false)));
      const expected = new Set<string>();
      for (const key of keys.filter((one) => one.startsWith(prefix)).sort(byBytes)) {
        const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
        expected.add(end < 0 ? `key ${key}` : `prefix ${key.slice(0, end + delimiter.length)}`);
      }
      expect(pages(bucket, { prefix, delimiter, most })).toEqual([...expected].sort((a, b) => byBytes(a.replace(/^\w+ /, ''), b.replace(/^\w+ /, ''))));
    }),
    { numRuns: 60 },
  );
});

/** Reads all pages as a client does: each from the last name of the one before. */
function pages(bucket: string, wish: { prefix: string; delimiter: string; most: number }): readonly string[] {
  const all: { name: string; kind: string }[] = [];
  for (let after = ''; ; ) {
    const start = byBytes(after, wish.prefix) < 0 || after === '' ? { key: Buffer.from(wish.prefix), rank: Number.MIN_SAFE_INTEGER } : { key: Buffer.from(after), rank: Number.MAX_SAFE_INTEGER };
    const page = gather((cursor) => store.objects(bucket, cursor), { ...wish, after }, start);
    expect(page.versions.length + page.prefixes.length).toBeLessThanOrEqual(wish.most);
    const entries = [...page.versions.map(({ key }) => ({ name: key, kind: 'key' })), ...page.prefixes.map((name) => ({ name, kind: 'prefix' }))];
    all.push(...entries.sort((a, b) => byBytes(a.name, b.name)));
    if (!page.truncated || !page.last) return all.map(({ name, kind }) => `${kind} ${name}`);
    after = page.last.name;
  }
}

describe('versions', () => {
  test('are ordered from the newest, and the one before takes the place of the newest when that is removed', () => {
    const [first, second] = [store.add(version('k'), false).added, store.add(version('k'), false).added];
    expect([...store.versions('b', beginning)].map(({ id, latest }) => [id, latest])).toEqual([[second.id, true], [first.id, false]]);
    store.removeVersion(second);
    expect(store.latest('b', 'k')).toMatchObject({ id: first.id, latest: true });
    expect([...store.objects('b', beginning)]).toHaveLength(1);
  });

  test('under a delete marker are no objects', () => {
    store.add(version('k'), false);
    store.add(version('k'), true);
    expect([...store.objects('b', beginning)]).toEqual([]);
    expect([...store.versions('b', beginning)].map(({ marker }) => marker)).toEqual([true, false]);
  });

  test('are replaced where the bucket keeps none, or keeps them no longer', () => {
    const kept = store.add(version('k'), false).added;
    store.saveBucket({ name: 'b', createdAt: 0, versioning: 'Suspended' });
    const empty = store.add(version('k'), false).added;
    expect(empty.id).toBe('null');
    expect(store.add(version('k'), false).replaced?.rank).toBe(empty.rank);
    expect([...store.versions('b', beginning)].map(({ id }) => id)).toEqual(['null', kept.id]);
  });
});

test('a transaction that throws leaves nothing, not even inside another', () => {
  expect(() =>
    store.together(() => {
      store.add(version('k'), false);
      throw new Error('no');
    }),
  ).toThrow('no');
  expect(store.latest('b', 'k')).toBeUndefined();
});

test('all is there after it was opened again, and the blobs it refers to are known', () => {
  store.add(version('k'), false);
  store.close();
  store = openStore(folder);
  expect(store.latest('b', 'k')?.key).toBe('k');
  expect(store.knownBlobs()).toEqual(new Set(['blob of k']));
  expect(store.add(version('k'), false).added.rank).toBeLessThan(-1);
});

test('a folder that is open already cannot be opened a second time', () => {
  store.add(version('k'), false);
  expect(() => openStore(folder)).toThrow(/locked/);
});
