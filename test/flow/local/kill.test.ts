import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import type { Endpoints } from '../../../infra/local/cloud/types.ts';
import { processIdentity, readJson } from '../../../infra/local/data-folder.ts';

const folder = mkdtempSync(join(tmpdir(), 'killed-'));
const entry = new URL('./small-cloud.ts', import.meta.url).pathname;
const file = join(folder, 'data/endpoints.json');
let child: ChildProcess | undefined;

async function startChild(): Promise<Endpoints> {
  rmSync(file, { force: true });
  const started = spawn(process.execPath, [entry, folder], { stdio: ['ignore', 'ignore', 'pipe'] });
  child = started;
  let said = '';
  started.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  await expect.poll(() => existsSync(file) || started.exitCode !== null, { timeout: 30_000, interval: 10 }).toBe(true);
  const endpoints = readJson<Endpoints>(file);
  if (!endpoints) throw new Error(said);
  return endpoints;
}

function end(signal: NodeJS.Signals): Promise<void> {
  const ending = child;
  child = undefined;
  if (!ending || ending.exitCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    ending.once('exit', () => resolve());
    ending.kill(signal);
  });
}

afterEach(() => end('SIGTERM'));
afterAll(() => rmSync(folder, { recursive: true }));

const settle = async ({ admin }: Endpoints) => expect((await fetch(`${admin}/settle`, { method: 'POST' })).status).toBe(200);

describe('a cloud that is killed', () => {
  test('loses no acknowledged write and no stream record, whenever it dies', async () => {
    const acknowledged: string[] = [];
    for (let round = 0; round < 3; round += 1) {
      const endpoints = await startChild();
      const { api } = endpoints;
      const life = { over: false };
      const writing = Array.from({ length: 4 }, async (_, lane) => {
        for (let n = 0; !life.over; n += 1) {
          const id = `k${round}-${lane}-${n}`;
          const answer = await fetch(`${api}/items/${id}`, { method: 'PUT', body: id, headers: { 'content-type': 'text/plain' } }).catch(() => undefined);
          if (answer?.status === 201) acknowledged.push(id);
        }
      });
      const goal = acknowledged.length + 40 + round * 17;
      await expect.poll(() => acknowledged.length >= goal, { timeout: 30_000, interval: 1 }).toBe(true);
      await end('SIGKILL');
      life.over = true;
      await Promise.all(writing);
    }
    const endpoints = await startChild();
    await settle(endpoints);
    const missing: string[] = [];
    const look = async (path: string) => {
      if ((await fetch(`${endpoints.api}/items/${path}`)).status !== 200) missing.push(path);
    };
    for (const id of acknowledged) await Promise.all([look(id), look(`${id}?sk=copy`)]);
    expect(missing).toEqual([]);
  });

  test('leaves its table engine behind, which the next start ends', async () => {
    await startChild();
    const before = readJson<{ pid: number }>(join(folder, 'data/dynoxide.json'))?.pid ?? 0;
    await end('SIGKILL');
    expect(processIdentity(before)?.command).toContain('dynoxide');
    await startChild();
    expect(processIdentity(before)?.command ?? 'gone').not.toContain('dynoxide');
  });

  test('keeps its moved clock, its ports and its keys', async () => {
    const before = await startChild();
    await fetch(`${before.admin}/clock`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"advance":"P20D"}' });
    await end('SIGKILL');
    const after = await startChild();
    const { now } = (await (await fetch(`${after.admin}/clock`)).json()) as { now: string };
    expect(Date.parse(now) - Date.now()).toBeGreaterThan(19 * 86_400_000);
    expect({ ...after, pid: 0 }).toEqual({ ...before, pid: 0 });
  });
});

describe('a running cloud', () => {
  test('refuses a second one over the same folder, with its process number', async () => {
    const { pid } = await startChild();
    const second = spawn(process.execPath, [entry, folder], { stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    second.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    await new Promise((resolve) => second.once('exit', resolve));
    expect(said).toContain(`正被进程 ${pid} 使用`);
    expect(existsSync(file)).toBe(true);
  });

  test('goes on when its table engine dies', async () => {
    const { api } = await startChild();
    const enginePid = readJson<{ pid: number }>(join(folder, 'data/dynoxide.json'))?.pid ?? 0;
    process.kill(enginePid, 'SIGKILL');
    const put = () => fetch(`${api}/items/engine`, { method: 'PUT', body: 'x' });
    await expect.poll(async () => (await put()).status, { timeout: 10_000 }).toBe(201);
    expect((await fetch(`${api}/items/engine`)).status).toBe(200);
  });
});
