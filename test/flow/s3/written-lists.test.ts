import { afterAll, beforeAll, expect, test } from 'vitest';
import { readObject, s3Client, writeObject, type Bucket } from '../../../functions/files/bucket.ts';
import { digestsOf } from '../../../functions/store/digest.ts';
import { region, startS3, type LocalS3 } from './_local-s3.ts';

let local: LocalS3;
let bucket: Bucket;
const sent: { command: string; gathered: number }[] = [];
let gathered = 0;

beforeAll(async () => {
  local = await startS3();
  local.s3.ensureBucket('lists');
  bucket = { name: 'lists', client: s3Client({ endpoint: local.url, region, credentials: local.credentials.root }) };
  bucket.client.middlewareStack.add(
    (next, { commandName = '' }) => (input) => {
      sent.push({ command: commandName, gathered });
      return next(input);
    },
    { step: 'initialize' },
  );
});
afterAll(async () => {
  bucket.client.destroy();
  await local.stop();
});

const megabyte = 1024 * 1024;
const partBytes = 5 * megabyte;
const line = `${'桂'.repeat((megabyte - 1) / 3)}\n`;

/** Lines of 1 MiB; counts the bytes that were asked for. */
async function* lines(count: number): AsyncGenerator<string> {
  for (let n = 0; n < count; n += 1) {
    gathered += megabyte;
    yield line;
  }
}

async function written(key: string, count: number, once = false): Promise<{ readonly size: number; readonly commands: readonly string[] }> {
  sent.length = 0;
  gathered = 0;
  const told = await writeObject(bucket, key, 'text/plain', lines(count), once);
  const commands = sent.map(({ command }) => command);
  const kept = Buffer.concat(await Array.fromAsync((await readObject(bucket, key))?.pieces ?? []));
  expect({ sha256: told.sha256, sm3: told.sm3 }).toEqual(digestsOf(line.repeat(count)));
  if (!once) expect(kept.equals(Buffer.from(line.repeat(count)))).toBe(true);
  return { size: told.size, commands };
}

test.each([
  ['nothing', 0, ['PutObjectCommand']],
  ['less than a part', 4, ['PutObjectCommand']],
  ['a part and no more', 5, ['CreateMultipartUploadCommand', 'UploadPartCommand', 'CompleteMultipartUploadCommand']],
  ['two parts and some', 12, ['CreateMultipartUploadCommand', 'UploadPartCommand', 'UploadPartCommand', 'UploadPartCommand', 'CompleteMultipartUploadCommand']],
])('%s is written as it was given', async (name, count, commands) => {
  expect(await written(name, count)).toEqual({ size: count * megabyte, commands });
});

test('a full part leaves before the next one is gathered', async () => {
  await written('long', 12);
  const parts = sent.filter(({ command }) => command === 'UploadPartCommand').map((each) => each.gathered);
  expect(parts).toEqual([partBytes, 2 * partBytes, 12 * megabyte]);
});

test('what is written once stays, however long what comes after it is, and nothing of that is left lying about', async () => {
  await written('once', 1);
  expect((await written('once', 6, true)).commands).toEqual(['CreateMultipartUploadCommand', 'UploadPartCommand', 'UploadPartCommand', 'CompleteMultipartUploadCommand', 'AbortMultipartUploadCommand']);
  expect((await readObject(bucket, 'once'))?.size).toBe(megabyte);
});
