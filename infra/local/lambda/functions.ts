import type { FunctionModel, Model } from '../template/model.ts';
import type { Outcome } from './environment.ts';
import { openLog } from './log.ts';
import { openPool, type Pool } from './pool.ts';

/** The functions of the cloud, ready to be invoked. */
export interface Functions {
  /** Invokes by ARN (with or without a qualifier that the template publishes) and waits for the result; rejects with FunctionMissing or Throttled. */
  invoke(arn: string, event: string): Promise<Outcome>;
  model(arn: string): FunctionModel | undefined;
  /** How many invocations are under way or waiting. */
  busy(): number;
  /** How many invocations wait for a thread. */
  waiting(): number;
  /** Invocations since the start, by function name. */
  counts(): Readonly<Record<string, number>>;
  /** Worker threads by function name. */
  threads(): Readonly<Record<string, number>>;
  close(): Promise<void>;
}

/** What functions get from the cloud around them. */
export interface FunctionHost {
  readonly offset: SharedArrayBuffer;
  readonly logFolder: string;
  /** How many threads a function has at most, unless the template reserves fewer. */
  threads(model: FunctionModel): number;
  /** How many invocations of a function may share a thread; one unless said otherwise, and where the template reserves concurrency. */
  sideBySide?(model: FunctionModel): number;
  /** Threads of all functions together that are kept warm: with fewer than a mixed load uses in turn, each is started anew again and again. */
  readonly warmThreads?: number | undefined;
  /** The cloud's part of a function's environment: region, credentials of its role, endpoints. */
  variables(model: FunctionModel): Readonly<Record<string, string>>;
  /** Called after each invocation: what it wrote may be waiting in a stream. */
  afterInvocation(): void;
}

/** Threads of all functions together before idle ones are ended, unless the host says otherwise; each costs about 40 MB, and the whole cloud shall stay under 500. */
const fewThreads = 8;

/** Idle threads are ended after this many ms, as Lambda freezes and drops environments. */
const idleLimitMs = 60_000;

/** The template has no such function (`ResourceNotFoundException`). */
export class FunctionMissing extends Error {
  constructor(arn: string) {
    super(`Function not found: ${arn}`);
    this.name = 'ResourceNotFoundException';
  }
}

/** Prepares a pool for each function of the model; threads start with the first invocation. */
export function openFunctions(model: Model, host: FunctionHost): Functions {
  const logs = new Map([...model.functions.values()].map((each) => [each.arn, openLog(host.logFolder, each.name)]));
  const pools = new Map<string, Pool>();
  const counts: Record<string, number> = {};
  const makeRoom = () => {
    const total = [...pools.values()].reduce((sum, pool) => sum + pool.size, 0);
    if (total >= (host.warmThreads ?? fewThreads)) dropOldest(pools);
  };
  for (const each of model.functions.values()) {
    const plan = { model: each, variables: { ...each.environment, ...host.variables(each) }, offset: host.offset, log: logs.get(each.arn) ?? openLog(host.logFolder, each.name) };
    const threads = host.threads(each);
    const limits = { threads: Math.min(threads, each.concurrency ?? threads), sideBySide: each.concurrency === undefined ? (host.sideBySide?.(each) ?? 1) : 1 };
    pools.set(each.arn, openPool(plan, limits, makeRoom));
  }
  const reaper = setInterval(() => dropIdle(pools), 30_000).unref();
  const find = (arn: string) => model.versions.get(arn) ?? arn.replace(/:\$LATEST$/, '');
  return {
    model: (arn) => model.functions.get(find(arn)),
    invoke: async (arn, event) => {
      const pool = pools.get(find(arn));
      if (!pool) throw new FunctionMissing(arn);
      const name = arn.split(':')[6] ?? arn;
      counts[name] = (counts[name] ?? 0) + 1;
      try {
        return await pool.invoke(arn, event);
      } finally {
        host.afterInvocation();
      }
    },
    busy: () => [...pools.values()].reduce((sum, pool) => sum + pool.busy, 0),
    waiting: () => [...pools.values()].reduce((sum, pool) => sum + pool.waiting, 0),
    counts: () => ({ ...counts }),
    threads: () => Object.fromEntries([...pools].map(([arn, pool]) => [arn.split(':')[6] ?? arn, pool.size])),
    close: async () => {
      clearInterval(reaper);
      await Promise.all([...pools.values()].map((pool) => pool.close()));
      for (const log of logs.values()) log.close();
    },
  };
}

function dropOldest(pools: ReadonlyMap<string, Pool>): void {
  const idle = [...pools.values()].flatMap((pool) => {
    const environment = pool.oldestIdle();
    return environment ? [{ pool, environment }] : [];
  });
  const [oldest] = idle.sort((left, right) => left.environment.lastUsed - right.environment.lastUsed);
  oldest?.pool.drop(oldest.environment);
}

function dropIdle(pools: ReadonlyMap<string, Pool>): void {
  for (const pool of pools.values()) {
    for (let oldest = pool.oldestIdle(); oldest && Date.now() - oldest.lastUsed > idleLimitMs; oldest = pool.oldestIdle()) pool.drop(oldest);
  }
}
