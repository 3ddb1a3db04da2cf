import { readFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { format } from 'node:util';
import { parentPort, workerData } from 'node:worker_threads';

/** What a worker thread is made for: one function's code. `offset` is the cloud's clock (float64, ms). */
export interface WorkerSetup {
  readonly folder: string | undefined;
  readonly source: string | undefined;
  readonly handler: string;
  readonly offset: SharedArrayBuffer;
  readonly name: string;
  readonly memory: number;
}

/** One invocation on its way into a worker; `deadline` is in real ms since 1970. */
export interface WorkerAsk {
  readonly requestId: string;
  readonly arn: string;
  readonly deadline: number;
  readonly event: string;
}

/** What a worker answers: the result as JSON, or the error as JSON; with what the function has logged since. */
export interface WorkerAnswer extends WorkerLog {
  readonly requestId: string;
  readonly payload: string;
  readonly failed: boolean;
}

/** What a function has logged, whole lines. */
export interface WorkerLog {
  readonly logged: string;
}

type Handler = (event: unknown, context: unknown, callback: (error: unknown, result?: unknown) => void) => unknown;

const setup = workerData as WorkerSetup;
const port = parentPort;
if (!port) throw new Error('this file runs in a worker thread only');

const realNow = Date.now;
const lines: string[] = [];
let flushing: NodeJS.Timeout | undefined;
keepLines();
followClock(new Float64Array(setup.offset));
const loading = load();
// A module that cannot be loaded is told at the first invocation, as Lambda does; loading does not count against its time.
loading.catch(() => undefined).finally(() => port.postMessage('loaded'));

port.on('message', async (ask: WorkerAsk) => {
  const ended = await answer(ask);
  port.postMessage({ ...ended, logged: takeLines() } satisfies WorkerAnswer);
});

async function answer(ask: WorkerAsk): Promise<Omit<WorkerAnswer, 'logged'>> {
  try {
    const handler = await loading;
    const result = await call(handler, JSON.parse(ask.event), contextOf(ask));
    return { requestId: ask.requestId, payload: JSON.stringify(result) ?? 'null', failed: false };
  } catch (error) {
    return { requestId: ask.requestId, payload: JSON.stringify(errorPayload(error)), failed: true };
  }
}

/** Lines go with the answer, or by themselves after a moment: a stream to the other thread costs messages both ways for each. Lambda's runtime writes the console's lines itself, too. */
function keepLines(): void {
  const keep = (...args: unknown[]): void => {
    lines.push(`${format(...args)}\n`);
    flushing ??= setTimeout(flushLines, 50).unref();
  };
  for (const level of ['log', 'info', 'debug', 'warn', 'error'] as const) console[level] = keep;
  process.once('exit', flushLines);
}

function flushLines(): void {
  const logged = takeLines();
  if (logged !== '') port?.postMessage({ logged } satisfies WorkerLog);
}

function takeLines(): string {
  clearTimeout(flushing);
  flushing = undefined;
  return lines.splice(0).join('');
}

/** Async handlers answer by their promise, old ones by the callback. */
function call(handler: Handler, event: unknown, context: unknown): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const answered = handler(event, context, (error, result) => (error ? reject(error) : resolve(result)));
    if (answered instanceof Promise) answered.then(resolve, reject);
    else if (handler.length < 3) resolve(answered);
  });
}

function contextOf(ask: WorkerAsk): Record<string, unknown> {
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: setup.name,
    functionVersion: '$LATEST',
    invokedFunctionArn: ask.arn,
    memoryLimitInMB: String(setup.memory),
    awsRequestId: ask.requestId,
    logGroupName: `/aws/lambda/${setup.name}`,
    logStreamName: 'local',
    getRemainingTimeInMillis: () => Math.max(0, ask.deadline - realNow()),
  };
}

function errorPayload(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
  return { errorType: error.name || 'Error', errorMessage: error.message, trace: (error.stack ?? '').split('\n') };
}

async function load(): Promise<Handler> {
  const [file = '', name = ''] = setup.handler.split(/\.(?=[^.]*$)/);
  const exported = (await loadModule(file)) as Record<string, unknown>;
  const handler = exported[name];
  if (typeof handler !== 'function') throw named('Runtime.HandlerNotFound', `${setup.handler} is undefined or not exported`);
  return handler as Handler;
}

async function loadModule(file: string): Promise<unknown> {
  if (setup.source !== undefined) return compile(setup.source, join(process.cwd(), `${setup.name}.js`));
  const path = join(setup.folder ?? '', `${file}.js`);
  try {
    return compile(readFileSync(path, 'utf8'), path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') return import(pathToFileURL(join(setup.folder ?? '', `${file}.mjs`)).href);
    throw named('Runtime.ImportModuleError', String((error as Error).stack ?? error));
  }
}

/** In Lambda the bundle stands alone and is CommonJS; here it lies below our own package.json, which says otherwise. */
function compile(source: string, path: string): unknown {
  const module = new Module(path) as Module & { _compile(source: string, path: string): void };
  module.filename = path;
  module.require = createRequire(path);
  module._compile(source, path);
  return module.exports;
}

function named(name: string, message: string): Error {
  const error = new Error(message);
  error.name = name;
  return error;
}

/** Makes every clock reading of this thread the cloud's; explicit instants stay as they are. */
function followClock(offset: Float64Array): void {
  const Real = Date;
  const now = () => Math.floor(realNow() + (offset[0] ?? 0));
  function CloudDate(...args: unknown[]): unknown {
    if (!new.target) return new Real(now()).toString();
    return Reflect.construct(Real, args.length === 0 ? [now()] : args, new.target);
  }
  const cloud = Object.assign(CloudDate, { now, parse: Real.parse, UTC: Real.UTC }) as unknown as DateConstructor;
  Object.defineProperty(cloud, 'prototype', { value: Real.prototype, writable: false });
  Object.defineProperty(Real.prototype, 'constructor', { value: cloud, writable: true, configurable: true });
  globalThis.Date = cloud;
}
