import { type Environment, type EnvironmentPlan, openEnvironment, type Outcome } from './environment.ts';

/** The environments of one function. */
export interface Pool {
  /** Runs one invocation, after waiting for a free environment where all are busy; rejects with Throttled when too many wait. */
  invoke(arn: string, event: string): Promise<Outcome>;
  readonly busy: number;
  /** How many invocations wait for an environment. */
  readonly waiting: number;
  readonly size: number;
  /** The environment idle for longest, if any. */
  oldestIdle(): Environment | undefined;
  drop(environment: Environment): void;
  close(): Promise<void>;
}

/** How many invocations may wait for an environment before further ones are refused as AWS refuses above its limit. */
const queueLimit = 2000;

/** Too many invocations at once (`TooManyRequestsException`). */
export class Throttled extends Error {
  constructor(name: string) {
    super(`Rate Exceeded: function ${name}`);
    this.name = 'TooManyRequestsException';
  }
}

/** How large a pool may grow: threads, and invocations that share one. */
export interface PoolLimits {
  readonly threads: number;
  readonly sideBySide: number;
}

/** Opens the pool of a function; `makeRoom` is asked before a thread is added. An invocation shares a thread only when none is idle and none may be added. */
export function openPool(plan: EnvironmentPlan, { threads, sideBySide }: PoolLimits, makeRoom: () => void): Pool {
  /** Environments and how many invocations each runs; of the idle ones the one that was idle for longest comes first. */
  const held = new Map<Environment, number>();
  const waiting: ((environment: Environment) => void)[] = [];
  let busy = 0;

  const seat = (): Environment | undefined => {
    let least: Environment | undefined;
    let shared = sideBySide;
    for (const [environment, count] of held) {
      if (environment.dead && count === 0) held.delete(environment);
      else if (!environment.dead && count <= shared) [least, shared] = [environment, count];
    }
    if (shared > 0 && held.size < threads) [least, shared] = [add(), 0];
    if (!least || shared >= sideBySide) return undefined;
    held.set(least, shared + 1);
    return least;
  };
  const add = (): Environment => {
    makeRoom();
    return openEnvironment(plan);
  };
  const acquire = (): Promise<Environment> | Environment => {
    const free = seat();
    if (free) return free;
    if (waiting.length >= queueLimit || threads === 0) throw new Throttled(plan.model.name);
    return new Promise((resolve) => waiting.push(resolve));
  };
  const release = (environment: Environment): void => {
    const left = (held.get(environment) ?? 1) - 1;
    held.delete(environment);
    if (!environment.dead || left > 0) held.set(environment, left);
    for (let next = waiting[0]; next; next = waiting[0]) {
      const free = seat();
      if (!free) return;
      waiting.shift();
      next(free);
    }
  };
  const idle = (): Environment | undefined => [...held].find(([environment, count]) => count === 0 && !environment.dead)?.[0];
  return {
    invoke: async (arn, event) => {
      busy += 1;
      try {
        const environment = await acquire();
        const outcome = await environment.run(arn, event);
        release(environment);
        return outcome;
      } finally {
        busy -= 1;
      }
    },
    get busy() {
      return busy;
    },
    get waiting() {
      return waiting.length;
    },
    get size() {
      return held.size;
    },
    oldestIdle: idle,
    drop: (environment) => {
      if (held.get(environment) !== 0) return;
      held.delete(environment);
      void environment.end();
    },
    close: async () => {
      await Promise.all([...held.keys()].map((environment) => environment.end()));
    },
  };
}
