import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { processIdentity, readJson } from '../../infra/local/data-folder.ts';
import type { Endpoints as CloudEndpoints } from '../../infra/local/cloud/types.ts';

/** The addresses and the root key that the local cloud writes to `endpoints.json`; every URL is on 127.0.0.1. */
export type Endpoints = CloudEndpoints;

/** A local cloud in a process of its own, as `npm start` runs it. */
export interface CloudProcess {
  readonly dataFolder: string;
  readonly endpoints: Endpoints;
  readonly startedInMs: number;
  /** Ends the process at once (SIGKILL) and keeps its data. */
  kill(): Promise<void>;
  /** Ends the process in good order and keeps its data. */
  stop(): Promise<void>;
  /** Ends the process and removes its data. */
  remove(): Promise<void>;
}

const root = new URL('../..', import.meta.url).pathname;
// It ends in `exec`, so the shell's process is the cloud's.
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: { start: string } };

/** Starts the local cloud on free ports over `dataFolder` (a new temporary one by default); fails with the process's own words when it does not come up within a minute. */
export async function startCloudProcess(options: { dataFolder?: string; env?: Record<string, string> } = {}): Promise<CloudProcess> {
  const dataFolder = options.dataFolder ?? mkdtempSync(join(tmpdir(), 'guijing-'));
  const file = join(dataFolder, 'endpoints.json');
  rmSync(file, { force: true });
  const began = performance.now();
  const child = spawn('/bin/sh', ['-c', scripts.start], {
    cwd: root,
    env: { ...process.env, PATH: `${dirname(process.execPath)}:${process.env['PATH']}`, PORT: '0', GUIJING_DATA: dataFolder, GUIJING_ENFORCE: '1', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  endWithUs(child);
  const endpoints = await ready(child, file);
  const startedInMs = performance.now() - began;
  const end = (signal: NodeJS.Signals) => ended(child, signal);
  return {
    dataFolder,
    endpoints,
    startedInMs,
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    async remove() {
      await end('SIGTERM');
      endEngineLeftBehind(dataFolder);
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

// Nothing is left running when whoever started it ends early, by an error, by Ctrl-C or by a time limit.
const children = new Set<ChildProcess>();
process.once('exit', () => children.forEach((each) => each.kill('SIGTERM')));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

function endWithUs(child: ChildProcess): void {
  children.add(child);
  child.once('exit', () => children.delete(child));
}

function ready(child: ChildProcess, file: string): Promise<Endpoints> {
  let said = '';
  child.stdout?.on('data', (chunk: Buffer) => (said = (said + chunk).slice(-20_000)));
  child.stderr?.on('data', (chunk: Buffer) => (said = (said + chunk).slice(-20_000)));
  return new Promise((resolve, reject) => {
    const deadline = Date.now() + 120_000;
    const look = setInterval(() => {
      if (child.exitCode !== null || child.signalCode !== null) fail(`the local cloud ended with ${child.exitCode ?? child.signalCode}`);
      else if (existsSync(file)) done();
      else if (Date.now() > deadline) fail('the local cloud did not come up within two minutes');
    }, 10);
    const done = () => {
      clearInterval(look);
      resolve(JSON.parse(readFileSync(file, 'utf8')) as Endpoints);
    };
    const fail = (why: string) => {
      clearInterval(look);
      reject(new Error(`${why}:\n${said}`));
    };
  });
}

// A cloud that was killed and not started again leaves its table engine running.
function endEngineLeftBehind(dataFolder: string): void {
  const pid = readJson<{ pid: number }>(join(dataFolder, 'dynoxide.json'))?.pid;
  if (pid !== undefined && processIdentity(pid)?.command.includes(dataFolder)) process.kill(pid, 'SIGKILL');
}

function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill(signal);
  });
}
