import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { processIdentity, readJson, writeDurably } from '../data-folder.ts';
import { freePort, type Ports } from '../ports.ts';

/** The running engine of the tables. */
export interface Engine {
  readonly port: number;
  /** Resident memory of the process in bytes, 0 when unknown. */
  pid(): number | undefined;
  stop(): Promise<void>;
}

/** How long the engine may take to say that it listens, in ms; it takes 30. */
const startLimit = 15_000;

/**
 * Starts dynoxide over `<folder>/tables.sqlite`, ends one that a killed cloud left behind, and starts it again at the same
 * port whenever it dies. Rejects when there is no binary for this platform or it does not come up.
 */
export async function startEngine(folder: string, ports: Ports): Promise<Engine> {
  const file = join(folder, 'tables.sqlite');
  const pidFile = join(folder, 'dynoxide.json');
  await endStale(pidFile, file);
  const port = await freePort(ports.last('dynoxide'));
  ports.used('dynoxide', port);
  const log = createWriteStream(join(folder, 'dynoxide.log'), { flags: 'a', mode: 0o600 });
  let stopping = false;
  let child: ChildProcess;
  const launch = async (): Promise<void> => {
    child = spawn(binary(), ['--host', '127.0.0.1', '--port', String(port), '--db-path', file], { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout?.pipe(log, { end: false });
    child.stderr?.pipe(log, { end: false });
    await listening(child);
    writeDurably(pidFile, JSON.stringify({ pid: child.pid }));
    child.once('exit', (code, signal) => {
      if (stopping) return;
      console.error(`dynoxide ended (${code ?? signal}); it is started again`);
      void relaunch();
    });
  };
  const relaunch = async (): Promise<void> => {
    await delay(50);
    if (stopping) return;
    await launch().catch((error: unknown) => {
      console.error('dynoxide could not be started again', error);
      return relaunch();
    });
  };
  await launch();
  return {
    port,
    pid: () => child.pid,
    stop: async () => {
      stopping = true;
      await ended(child);
      rmSync(pidFile, { force: true });
      await new Promise((resolve) => log.end(resolve));
    },
  };
}

function binary(): string {
  const name = `@dynoxide/${process.platform}-${process.arch}`;
  try {
    return join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), 'dynoxide');
  } catch (error) {
    throw new Error(`本机（${process.platform} ${process.arch}）没有表引擎 ${name}。 / There is no table engine ${name} installed for this platform.`, { cause: error });
  }
}

/** Resolves when the child says that it listens; ends it when it does not within the limit. */
function listening(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (reason: string) => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      reject(new Error(`dynoxide did not start: ${reason}`));
    };
    const timer = setTimeout(() => fail(`silent for ${startLimit} ms`), startLimit);
    const hear = (chunk: Buffer) => {
      if (!chunk.includes('listening')) return;
      clearTimeout(timer);
      resolve();
    };
    child.once('error', (error) => fail(error.message));
    child.once('exit', (code, signal) => fail(`ended with ${code ?? signal}, see dynoxide.log`));
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
  });
}

/** A child of a cloud that was killed lives on and holds the file; it is ours when its command line names the file. */
async function endStale(pidFile: string, file: string): Promise<void> {
  const pid = readJson<{ pid: number }>(pidFile)?.pid;
  if (pid === undefined || !processIdentity(pid)?.command.includes(file)) return;
  process.kill(pid, 'SIGTERM');
  for (let waited = 0; waited < 400; waited += 1) {
    if (!processIdentity(pid)?.command.includes(file)) return;
    if (waited === 200) process.kill(pid, 'SIGKILL');
    await delay(10);
  }
  throw new Error(`dynoxide (process ${pid}) of an earlier run cannot be ended`);
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 3000);
  await gone;
  clearTimeout(timer);
}
