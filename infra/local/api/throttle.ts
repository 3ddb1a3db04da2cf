import type { StageModel } from '../template/model.ts';

/** Lets requests of a route through at the rate of its stage; false means 429. */
export type Throttle = (routeKey: string) => boolean;

/** Token buckets by route: `burst` at once, `rate` more each second; routes without settings of their own share the default bucket. */
export function openThrottle(stage: StageModel | undefined): Throttle {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return (routeKey) => {
    const key = stage?.throttle.has(routeKey) ? routeKey : 'default';
    const limit = stage?.throttle.get(key);
    if (!limit) return true;
    const now = performance.now();
    const bucket = buckets.get(key) ?? { tokens: limit.burst, at: now };
    bucket.tokens = Math.min(limit.burst, bucket.tokens + ((now - bucket.at) / 1000) * limit.rate);
    bucket.at = now;
    buckets.set(key, bucket);
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
  };
}
