import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { Worker } from 'node:worker_threads';
import type { FunctionModel } from '../template/model.ts';
import type { LineLog } from './log.ts';
import type { WorkerAnswer, WorkerAsk, WorkerLog, WorkerSetup } from './worker.ts';

/** How an invocation ended: its result or its error, both as JSON text. */
export interface Outcome {
  readonly payload: string;
  readonly functionError?: 'Unhandled';
}

/** One execution environment of a function: a worker thread. How many invocations run in it side by side is up to its pool. */
export interface Environment {
  /** Runs one invocation; never rejects. After `dead` turns true the environment takes no more. */
  run(arn: string, event: string): Promise<Outcome>;
  readonly dead: boolean;
  lastUsed: number;
  end(): Promise<void>;
}

/** What all environments of a function share. */
export interface EnvironmentPlan {
  readonly model: FunctionModel;
  readonly variables: Readonly<Record<string, string>>;
  readonly offset: SharedArrayBuffer;
  readonly log: LineLog;
}

/** How long a function's code may take to load (AWS: 10 s); after that its first invocation pays for it. */
const initLimitMs = 10_000;

const workerCode = new URL(`data:text/javascript;base64,${Buffer.from(stripped(new URL('./worker.ts', import.meta.url))).toString('base64')}`);

/** The worker's code with its types taken off here, once: a thread that reads TypeScript loads the stripper, 10 MB and 30 ms each. */
function stripped(file: URL): string {
  const { emitWarning } = process;
  // Node says at each start that this function is experimental.
  process.emitWarning = () => undefined;
  try {
    return stripTypeScriptTypes(readFileSync(file, 'utf8'));
  } finally {
    process.emitWarning = emitWarning;
  }
}

/** Starts a worker thread with the function's code, variables and memory limit. */
export function openEnvironment(plan: EnvironmentPlan): Environment {
  const { model, log } = plan;
  const worker = startWorker(plan);
  const running = new Map<string, (outcome: Outcome) => void>();
  let dead = false;
  const settle = (requestId: string, outcome: Outcome) => {
    const done = running.get(requestId);
    running.delete(requestId);
    done?.(outcome);
  };
  const die = (errorType: string, errorMessage: string) => {
    dead = true;
    clearTimeout(slow);
    loaded();
    for (const requestId of running.keys()) settle(requestId, failure(errorType, `RequestId: ${requestId} Error: ${errorMessage}`));
  };
  let loaded: () => void = () => undefined;
  const loading = new Promise<void>((resolve) => (loaded = resolve));
  const slow = setTimeout(loaded, initLimitMs);
  worker.on('message', (answer: WorkerAnswer | WorkerLog | 'loaded') => {
    if (answer === 'loaded') {
      clearTimeout(slow);
      loaded();
      return;
    }
    if (answer.logged !== '') log.write(answer.logged);
    if ('requestId' in answer) settle(answer.requestId, answer.failed ? { payload: answer.payload, functionError: 'Unhandled' } : { payload: answer.payload });
  });
  worker.on('error', (error: NodeJS.ErrnoException) => {
    log.write(`${new Date().toISOString()} ${error.stack ?? error.message}\n`);
    if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') die('Runtime.OutOfMemory', 'Runtime exited with error: signal: killed');
    else die(error.name === 'Error' ? 'Runtime.UnhandledPromiseRejection' : error.name, error.message);
  });
  worker.on('exit', (code) => die('Runtime.ExitError', `Runtime exited ${code === 0 ? 'without providing a reason' : `with error: exit status ${code}`}`));

  const environment: Environment = {
    get dead() {
      return dead;
    },
    lastUsed: Date.now(),
    end: async () => {
      dead = true;
      await worker.terminate();
    },
    run: async (arn, event) => {
      await loading;
      if (dead) return failure('Runtime.ExitError', 'Error: Runtime exited before the invocation');
      return new Promise((resolve) => {
        const limitMs = model.timeout * 1000;
        const requestId = randomUUID();
        const timer = setTimeout(() => {
          log.write(`${new Date().toISOString()} ${requestId} Task timed out after ${model.timeout.toFixed(2)} seconds\n`);
          dead = true;
          settle(requestId, failure('Sandbox.Timedout', `RequestId: ${requestId} Error: Task timed out after ${model.timeout.toFixed(2)} seconds`));
        }, limitMs);
        running.set(requestId, (outcome) => {
          clearTimeout(timer);
          environment.lastUsed = Date.now();
          resolve(outcome);
          // What runs beside the one that was too slow may end first.
          if (dead && running.size === 0) void worker.terminate();
        });
        const ask: WorkerAsk = { requestId, arn, event, deadline: Date.now() + limitMs };
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker thread has no origin
        worker.postMessage(ask);
      });
    },
  };
  return environment;
}

function startWorker({ model, variables, offset, log }: EnvironmentPlan): Worker {
  const { folder, source, handler, name, memory } = model;
  const workerData: WorkerSetup = { folder, source, handler, offset, name, memory };
  const worker = new Worker(workerCode, {
    workerData,
    env: { ...variables },
    // The bundle is compiled by Node alone: what the cloud's own process was started with (loaders, inspectors) is not its.
    execArgv: [],
    argv: [],
    stdout: true,
    stderr: true,
    // Node's own parts of a thread live outside this limit; less than 64 MB would not even load the SDK.
    resourceLimits: { maxOldGenerationSizeMb: Math.max(64, memory), maxYoungGenerationSizeMb: 12 },
  });
  const take = (chunk: Buffer) => log.write(chunk.toString('utf8'));
  worker.stdout.on('data', take);
  worker.stderr.on('data', take);
  return worker;
}

function failure(errorType: string, errorMessage: string): Outcome {
  return { payload: JSON.stringify({ errorType, errorMessage }), functionError: 'Unhandled' };
}
