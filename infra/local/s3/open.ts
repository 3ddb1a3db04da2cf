import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Clock } from '../clock.ts';
import type { Authorize } from '../iam/authorize.ts';
import type { KeyStore } from '../iam/sigv4.ts';
import type { Parts } from './asked.ts';
import { openBlobs } from './blobs.ts';
import { checkBucketName } from './buckets.ts';
import { checkedRule } from './cors.ts';
import { awaitingContinue } from './receive.ts';
import type { CorsRule, DefaultRetention, Versioning } from './records.ts';
import { serve } from './server.ts';
import { openStore } from './store.ts';

/** What the local S3 is opened with. `folder` is its own; `authorize` is left out where every known key may do everything. */
export interface S3Options {
  readonly folder: string;
  readonly clock: Clock;
  readonly keys: KeyStore;
  readonly region: string;
  readonly accountId?: string;
  readonly authorize?: Authorize;
}

/** What a template says about a bucket. */
export interface BucketWish {
  readonly versioning?: Exclude<Versioning, 'Off'>;
  readonly cors?: readonly CorsRule[];
  readonly lock?: { readonly retention?: DefaultRetention };
}

/** The local S3. */
export interface S3 {
  /** Answers a request of node:http. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Requests since the start, by HTTP method. */
  requests(): Readonly<Record<string, number>>;
  /** Listens on 127.0.0.1 and answers the URL; port 0 takes any. */
  listen(port?: number): Promise<string>;
  /** Makes a bucket be as the template says, whether it was there or not; throws InvalidBucketName. A lock is never taken back, versioning only suspended. */
  ensureBucket(name: string, wish?: BucketWish): void;
  close(): Promise<void>;
}

/** A connection on which nothing moves for this long is closed, in ms. Whole requests have no limit: 5 GB may come slowly. */
const idleMs = 120_000;

/** Opens the S3 of one folder: `index.sqlite` knows the objects, `data/` has their bytes. Whatever a crash left half done is swept. */
export function openS3(options: S3Options): S3 {
  const store = openStore(options.folder);
  const blobs = openBlobs(join(options.folder, 'blobs'));
  blobs.sweep(store.knownBlobs());
  const { clock, region } = options;
  const parts: Parts = { store, blobs, clock, region, accountId: options.accountId ?? '000000000000', partition: partitionOf(region) };
  const running = new Set<Promise<void>>();
  const requests: Record<string, number> = {};
  const handle = (request: IncomingMessage, response: ServerResponse) => {
    const method = request.method ?? '';
    requests[method] = (requests[method] ?? 0) + 1;
    const work = serve(parts, options, request, response).finally(() => running.delete(work));
    running.add(work);
    return work;
  };
  let server: Server | undefined;

  return {
    handle,
    requests: () => ({ ...requests }),
    listen: async (port = 0) => {
      server = serverFor(handle);
      await new Promise<void>((resolve, reject) => server?.once('error', reject).listen(port, '127.0.0.1', resolve));
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    },
    ensureBucket: (name, wish = {}) => ensureBucket(parts, name, wish),
    close: async () => {
      const closed = server && new Promise<void>((resolve) => server?.close(() => resolve()));
      server?.closeIdleConnections();
      await Promise.allSettled(running);
      server?.closeAllConnections();
      await closed;
      store.close();
    },
  };
}

function serverFor(handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>): Server {
  const server = createServer((request, response) => void handle(request, response));
  // A client that asks before it sends a large body hears a refusal first, not after gigabytes.
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    awaitingContinue.set(request, () => {
      awaitingContinue.delete(request);
      response.writeContinue();
    });
    void handle(request, response);
  });
  server.requestTimeout = 0;
  server.setTimeout(idleMs);
  server.keepAliveTimeout = 20_000;
  return server;
}

function ensureBucket({ store, clock }: Parts, name: string, wish: BucketWish): void {
  checkBucketName(name);
  const before = store.bucket(name);
  const { cors: _replaced, ...kept } = before ?? { name, createdAt: clock.now(), versioning: 'Off' as const };
  const lock = wish.lock ?? kept.lock;
  const versioning = lock ? 'Enabled' : (wish.versioning ?? (kept.versioning === 'Enabled' ? 'Suspended' : kept.versioning));
  const { cors } = wish;
  store.saveBucket({ ...kept, versioning, ...(lock ? { lock } : {}), ...(cors && cors.length > 0 ? { cors: cors.map(checkedRule) } : {}) });
}

function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}
