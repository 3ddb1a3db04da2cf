import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CreateTableCommand, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { dynamoClient, type Table } from '../../functions/store/table.ts';
import { answersAreLost, losing, losingAnswers } from './lost-answers.ts';

const binary = fileURLToPath(import.meta.resolve('@dynoxide/linux-x64/dynoxide'));

/** A running store engine on 127.0.0.1 with a file of its own. */
export interface Engine {
  readonly endpoint: string;
  /** The engine's database file. */
  readonly file: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** Starts dynoxide on a free port with a fresh file; throws when it does not answer. */
export async function startDynoxide(): Promise<Engine> {
  const folder = await mkdtemp(join(tmpdir(), 'guijing-store-'));
  const port = await freePort();
  const file = join(folder, 'store.db');
  const child = spawn(binary, ['--host', '127.0.0.1', '--port', String(port), '--db-path', file], { stdio: 'ignore' });
  const endpoint = `http://127.0.0.1:${port}`;
  await answers(endpoint, child);
  return {
    endpoint,
    file,
    pid: child.pid ?? 0,
    stop: async () => {
      await end(child);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A fresh table of docs/contract.md section 6 on an engine; tables share the engine by name. */
export async function freshTable(endpoint: string, name: string, meter?: Table['meter']): Promise<Table> {
  const client = dynamoClient({ endpoint, region: 'local', credentials: { accessKeyId: 'test', secretAccessKey: 'test' }, ...(answersAreLost ? losing : {}) });
  await client.send(new CreateTableCommand(schema(name)));
  return { client: answersAreLost ? losingAnswers(client) : client, name, meter };
}

/** The table's schema, with its three indexes and its stream. */
function schema(name: string): CreateTableCommand['input'] {
  const string = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' as const });
  const keys = (hash: string, range: string) => [
    { AttributeName: hash, KeyType: 'HASH' as const },
    { AttributeName: range, KeyType: 'RANGE' as const },
  ];
  return {
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: ['pk', 'sk', 'queue', 'queueKey', 'owner', 'ownerKey', 'leaf', 'leafKey'].map(string),
    KeySchema: keys('pk', 'sk'),
    GlobalSecondaryIndexes: [
      { IndexName: 'byQueue', KeySchema: keys('queue', 'queueKey'), Projection: { ProjectionType: 'KEYS_ONLY' } },
      { IndexName: 'byOwner', KeySchema: keys('owner', 'ownerKey'), Projection: { ProjectionType: 'KEYS_ONLY' } },
      { IndexName: 'byLeaf', KeySchema: keys('leaf', 'leafKey'), Projection: { ProjectionType: 'KEYS_ONLY' } },
    ],
    StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
  };
}

/** A port nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Ends a child that we started and waits until it is gone. */
export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

/** Waits until an engine answers ListTables; each try ends by itself, so nothing sleeps. */
export async function answers(endpoint: string, child: ChildProcess, tries = 400): Promise<void> {
  const client = dynamoClient({ endpoint, region: 'local', maxAttempts: 1, credentials: { accessKeyId: 'test', secretAccessKey: 'test' } });
  for (let attempt = 0; attempt < tries; attempt += 1) {
    if (child.exitCode !== null) throw new Error(`the store engine ended with ${child.exitCode}`);
    const ok = await client.send(new ListTablesCommand({})).then(
      () => true,
      () => false,
    );
    if (ok) return client.destroy();
    await new Promise((resume) => setTimeout(resume, 10));
  }
  throw new Error(`no answer from the store engine at ${endpoint}`);
}
