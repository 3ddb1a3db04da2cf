import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type MovableClock, openClock } from '../clock.ts';
import { lockFolder } from '../data-folder.ts';
import { type EngineClient, openEngineClient } from '../dynamodb/engine-client.ts';
import { startEngine } from '../dynamodb/process.ts';
import { type EventStore, openEventStore } from '../events/store.ts';
import type { Authorize } from '../iam/authorize.ts';
import { type Credentials, openCredentials } from '../iam/credentials.ts';
import { closeServer, lateServer, listenAgain, openPorts, type Ports } from '../ports.ts';
import { openS3, type S3 } from '../s3/open.ts';
import { partitionOf } from '../template/deploy.ts';
import { accountId, type CloudOptions } from './types.ts';

/** What stands before the template is read: data, clock, keys, and the addresses of all services. */
export interface Ground {
  readonly folder: string;
  readonly ports: Ports;
  readonly clock: MovableClock;
  readonly credentials: Credentials;
  readonly engine: EngineClient;
  readonly enginePort: number;
  readonly store: EventStore;
  readonly s3: S3;
  readonly s3Url: string;
  readonly front: Late;
  readonly oidc: Late;
  /** Sets by which roles the services judge; before that nobody but the root key may do anything. */
  judgeBy(authorize: Authorize): void;
  /** What to do at the end, last first. */
  readonly undo: (() => unknown)[];
}

interface Late {
  readonly url: string;
  open: ReturnType<typeof lateServer>['open'];
}

/** Locks the data folder and starts what needs no template; `undo` grows with each thing started. */
export async function layGround(options: CloudOptions, undo: (() => unknown)[]): Promise<Ground> {
  const folder = options.dataFolder;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  undo.push(lockFolder(folder));
  // Addresses of an earlier run would lead nowhere; the file comes back when everything is up.
  rmSync(join(folder, 'endpoints.json'), { force: true });
  const ports = openPorts(folder);
  const clock = openClock(join(folder, 'clock.json'));
  const credentials = openCredentials(folder, { accountId, partition: partitionOf(options.region) });
  const process = await startEngine(folder, ports);
  undo.push(process.stop);
  const engine = openEngineClient(process.port);
  undo.push(engine.close);
  const store = openEventStore(join(folder, 'events.sqlite'));
  undo.push(store.close);
  let authorize: Authorize = ({ principal }) => (principal === credentials.rootPrincipal ? { allowed: true } : { allowed: false, reason: 'the cloud is starting' });
  const judged = options.enforce ? { authorize: (question: Parameters<Authorize>[0]) => authorize(question) } : {};
  const s3 = openS3({ folder: join(folder, 's3'), clock, keys: credentials, region: options.region, accountId, ...judged });
  undo.push(s3.close);
  const s3Url = await s3.listen(ports.last('s3')).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error;
    return s3.listen(0);
  });
  ports.used('s3', Number(new URL(s3Url).port));
  const front = await late('front', ports, undo);
  const oidc = await late('oidc', ports, undo);
  return { folder, ports, clock, credentials, engine, enginePort: process.port, store, s3, s3Url, front, oidc, undo, judgeBy: (decided) => void (authorize = decided) };
}

async function late(service: string, ports: Ports, undo: (() => unknown)[]): Promise<Late> {
  const { server, open } = lateServer();
  const port = await listenAgain(server, service, ports);
  undo.push(() => closeServer(server));
  return { url: `http://127.0.0.1:${port}`, open };
}
