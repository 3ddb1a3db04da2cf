import { setTimeout as delay } from 'node:timers/promises';

/** A part of the cloud that may have something in flight. */
export interface Activity {
  /** Resolves when, for the moment, nothing is in flight in this part. */
  quiet(): Promise<void>;
  busy(): boolean;
  /** Grows with everything the part does, so that work that came and went is noticed. */
  count(): number;
}

/** The cloud did not come to rest in time; the message names the parts that are still busy. */
export class Restless extends Error {
  constructor(names: readonly string[]) {
    super(`仍有未完成的工作：${names.join('、')} / still busy: ${names.join(', ')}`);
    this.name = 'Restless';
  }
}

/** Resolves when no part has anything in flight and none did anything while the others were asked; rejects with Restless after `limitMs`. */
export async function settle(parts: Readonly<Record<string, Activity>>, limitMs: number): Promise<void> {
  const deadline = performance.now() + limitMs;
  const limit = new AbortController();
  const overdue = delay(limitMs, undefined, { ref: false, signal: limit.signal }).catch(() => undefined);
  try {
    await untilQuiet(parts, deadline, overdue);
  } finally {
    limit.abort();
  }
}

async function untilQuiet(parts: Readonly<Record<string, Activity>>, deadline: number, overdue: Promise<unknown>): Promise<void> {
  const total = () => Object.values(parts).reduce((sum, part) => sum + part.count(), 0);
  for (;;) {
    const before = total();
    for (const part of Object.values(parts)) await Promise.race([part.quiet(), overdue]);
    const busy = Object.entries(parts).filter(([, part]) => part.busy()).map(([name]) => name);
    if (busy.length === 0 && total() === before) return;
    if (performance.now() > deadline) throw new Restless(busy.length > 0 ? busy : ['…']);
    await delay(busy.length > 0 ? 2 : 0);
  }
}
