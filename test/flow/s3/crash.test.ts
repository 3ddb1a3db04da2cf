import { CompleteMultipartUploadCommand, CreateBucketCommand, CreateMultipartUploadCommand, GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client, UploadPartCommand } from '@aws-sdk/client-s3';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCredentials } from '../../../infra/local/iam/credentials.ts';

const Bucket = 'crash-bucket';
const child = join(import.meta.dirname, '_server-child.ts');
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'guijing-crash-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Life {
  readonly process: ChildProcess;
  readonly client: S3Client;
  kill(): Promise<void>;
}

async function begin(): Promise<Life> {
  const process_ = spawn(process.execPath, [child, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [endpoint] = (await once(createInterface(process_.stdout), 'line')) as [string];
  const credentials = openCredentials(folder, { accountId: '000000000000', partition: 'aws' }).root;
  const client = new S3Client({ endpoint, region: 'ap-southeast-1', forcePathStyle: true, credentials, maxAttempts: 1 });
  return {
    process: process_,
    client,
    kill: async () => {
      const gone = once(process_, 'exit');
      process_.kill('SIGKILL');
      await gone;
      client.destroy();
    },
  };
}

const hash = (data: Uint8Array) => createHash('sha256').update(data).digest('hex');

test('killed in the middle of uploads, nothing acknowledged is lost, nothing half is seen, nothing is left over', async () => {
  const acknowledged = new Map<string, string>();
  const first = await begin();
  await first.client.send(new CreateBucketCommand({ Bucket }));
  await first.kill();

  for (let round = 0; round < 4; round += 1) {
    const life = await begin();
    let answered = 0;
    let enough = () => {};
    const killTime = new Promise<void>((resolve) => (enough = resolve));
    const writers = Array.from({ length: 6 }, async (_, writer) => {
      for (let i = 0; ; i += 1) {
        const Key = `${round}/${writer}/${i}`;
        const Body = randomBytes(50_000 + writer * 200_000);
        await life.client.send(new PutObjectCommand({ Bucket, Key, Body }));
        acknowledged.set(Key, hash(Body));
        answered += 1;
        if (answered === 20 + round * 7) enough();
      }
    });
    // A writer ends when the server is gone.
    const ended = Promise.allSettled(writers);
    await killTime;
    await life.kill();
    await ended;
  }

  const last = await begin();
  try {
    const seen = new Map<string, string>();
    for (let token: string | undefined, more = true; more; ) {
      const page = await last.client.send(new ListObjectsV2Command({ Bucket, ContinuationToken: token }));
      for (const { Key = '', Size } of page.Contents ?? []) {
        const bytes = (await (await last.client.send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToByteArray()) ?? new Uint8Array();
        expect(bytes.length).toBe(Size);
        seen.set(Key, hash(bytes));
      }
      token = page.NextContinuationToken;
      more = page.IsTruncated === true;
    }
    for (const [key, digest] of acknowledged) expect(seen.get(key)).toBe(digest);
    const files = readdirSync(join(folder, 's3', 'blobs'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(files).toHaveLength(seen.size);
  } finally {
    await last.kill();
  }
});

test('an upload in parts goes on after the server was killed between them', async () => {
  const before = await begin();
  await before.client.send(new CreateBucketCommand({ Bucket: 'parts-after-crash' }));
  const target = { Bucket: 'parts-after-crash', Key: 'k' };
  const { UploadId } = await before.client.send(new CreateMultipartUploadCommand(target));
  const [one, two] = [randomBytes(5 * 1024 * 1024), randomBytes(10)];
  const first = await before.client.send(new UploadPartCommand({ ...target, UploadId, PartNumber: 1, Body: one }));
  await before.kill();
  const after = await begin();
  try {
    const second = await after.client.send(new UploadPartCommand({ ...target, UploadId, PartNumber: 2, Body: two }));
    const Parts = [first, second].map(({ ETag, ChecksumCRC32 }, index) => ({ ETag, ChecksumCRC32, PartNumber: index + 1 }));
    await after.client.send(new CompleteMultipartUploadCommand({ ...target, UploadId, MultipartUpload: { Parts } }));
    const bytes = await (await after.client.send(new GetObjectCommand(target))).Body?.transformToByteArray();
    expect(hash(bytes ?? new Uint8Array())).toBe(hash(Buffer.concat([one, two])));
  } finally {
    await after.kill();
  }
});
