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

/** Opens the pool of a function: at most `limit` threads, each one invocation at a time; `makeRoom` is asked before a thread is added. */
export function openPool(plan: EnvironmentPlan, limit: number, makeRoom: () => void): Pool {
  const idle: Environment[] = [];
  const all = new Set<Environment>();
  const waiting: ((environment: Environment) => void)[] = [];

  const acquire = (): Promise<Environment> | Environment => {
    for (let free = idle.pop(); free; free = idle.pop()) {
      if (!free.dead) return free;
      all.delete(free);
    }
    if (all.size < limit) return add();
    if (waiting.length >= queueLimit || limit === 0) throw new Throttled(plan.model.name);
    return new Promise((resolve) => waiting.push(resolve));
  };
  const add = (): Environment => {
    makeRoom();
    const environment = openEnvironment(plan);
    all.add(environment);
    return environment;
  };
  const release = (environment: Environment) => {
    if (environment.dead) all.delete(environment);
    const next = waiting.shift();
    if (next) next(environment.dead ? add() : environment);
    else if (!environment.dead) idle.push(environment);
  };
  return {
    invoke: async (arn, event) => {
      const environment = await acquire();
      const outcome = await environment.run(arn, event);
      release(environment);
      return outcome;
    },
    get busy() {
      return all.size - idle.length + waiting.length;
    },
    get waiting() {
      return waiting.length;
    },
    get size() {
      return all.size;
    },
    // The list is last in, first out: its head has been idle for longest.
    oldestIdle: () => idle[0],
    drop: (environment) => {
      const at = idle.indexOf(environment);
      if (at < 0) return;
      idle.splice(at, 1);
      all.delete(environment);
      void environment.end();
    },
    close: async () => {
      await Promise.all([...all].map((environment) => environment.end()));
    },
  };
}
