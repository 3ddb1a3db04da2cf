import { S3Client } from '@aws-sdk/client-s3';
import type { S3ClientConfig } from '@aws-sdk/client-s3';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../../../infra/local/clock.ts';
import type { Authorize } from '../../../infra/local/iam/authorize.ts';
import { openCredentials } from '../../../infra/local/iam/credentials.ts';
import type { AccessKey, Credentials } from '../../../infra/local/iam/credentials.ts';
import { openS3 } from '../../../infra/local/s3/open.ts';
import type { S3 } from '../../../infra/local/s3/open.ts';

export const region = 'ap-southeast-1';
export const accountId = '000000000000';

/** A clock that tests move by hand. */
export interface HandClock extends Clock {
  advance(ms: number): void;
}

export interface LocalS3 {
  readonly s3: S3;
  readonly url: string;
  readonly folder: string;
  readonly credentials: Credentials;
  readonly clock: HandClock;
  client(key?: AccessKey, config?: S3ClientConfig): S3Client;
  /** Stops it and starts another one on the same folder. */
  again(): Promise<LocalS3>;
  stop(): Promise<void>;
}

/** Starts a local S3 on a folder of its own (or on a given one). */
export async function startS3(options: { folder?: string; clock?: HandClock; authorize?: Authorize } = {}): Promise<LocalS3> {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'guijing-s3-')));
  const clock = options.clock ?? handClock();
  const credentials = openCredentials(folder, { accountId, partition: 'aws' });
  const { authorize } = options;
  const s3 = openS3({ folder: join(folder, 's3'), clock, keys: credentials, region, accountId, ...(authorize ? { authorize } : {}) });
  const url = await s3.listen();
  const clients: S3Client[] = [];
  const halt = async () => {
    for (const client of clients) client.destroy();
    await s3.close();
  };
  return {
    s3,
    url,
    folder,
    credentials,
    clock,
    client: (key = credentials.root, config = {}) => {
      const client = new S3Client({ endpoint: url, region, forcePathStyle: true, credentials: key, maxAttempts: 1, ...config });
      clients.push(client);
      return client;
    },
    again: async () => {
      await halt();
      return startS3({ folder, clock, ...(authorize ? { authorize } : {}) });
    },
    stop: async () => {
      await halt();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Real time, plus what was advanced. */
export function handClock(): HandClock {
  let offset = 0;
  return { now: () => Date.now() + offset, advance: (ms) => void (offset += ms) };
}

/** The name, status and message of the error a call ends with; fails when it does not end with one. */
export async function errorOf(call: Promise<unknown>): Promise<{ name: string; status: number | undefined; message: string }> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason as { name: string; Code?: string; message: string; $metadata?: { httpStatusCode?: number } },
  );
  if (!error) throw new Error('the call was expected to be refused');
  return { name: error.Code ?? error.name, status: error.$metadata?.httpStatusCode, message: error.message };
}
