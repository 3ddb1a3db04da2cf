import { randomUUID } from 'node:crypto';
import type { Clock, Due } from '../clock.ts';
import type { Delivery, EventStore, StoredDelivery } from './store.ts';

/** Hands work to its target; rejects when the target did not take it. */
export interface Taker {
  take(delivery: StoredDelivery): Promise<void>;
  /** The work is given up: into its dead letter queue, or into the log. */
  bury(delivery: StoredDelivery, reason: Error): Promise<void>;
}

/** Delivers at least once, with retries by the cloud's clock; survives a restart. */
export interface Deliveries extends Due {
  /** Keeps the work and starts on it. */
  post(delivery: Omit<Delivery, 'id'> & { id?: string }): void;
  /** Number of deliveries under way. */
  busy(): number;
  stop(): Promise<void>;
}

/** How many deliveries run at once. */
const lanes = 16;

/** Opens the deliveries kept in `store`; nothing is taken before the first `fireDue` or `post`. */
export function openDeliveries(store: EventStore, clock: Clock, taker: Taker): Deliveries {
  const running = new Map<string, Promise<void>>();
  let stopped = false;
  const run = async (delivery: StoredDelivery): Promise<void> => {
    try {
      await taker.take(delivery);
      store.removeDelivery(delivery.id);
    } catch (error) {
      if (!stopped) await failed(delivery, error instanceof Error ? error : new Error(String(error)));
    }
  };
  const failed = async (delivery: StoredDelivery, error: Error): Promise<void> => {
    const attempts = delivery.attempts + 1;
    const dueAt = clock.now() + backOff(delivery.kind, attempts);
    if (attempts <= delivery.retries && dueAt < delivery.expiresAt) {
      store.postpone(delivery.id, attempts, dueAt);
      return;
    }
    await taker.bury({ ...delivery, attempts }, error);
    store.removeDelivery(delivery.id);
  };
  const fill = (): void => {
    if (stopped || running.size >= lanes) return;
    for (const delivery of store.deliveries(clock.now(), lanes * 2)) {
      if (running.size >= lanes) return;
      if (running.has(delivery.id)) continue;
      // In a later turn: taking one delivery may post the next, which comes back here.
      const done = Promise.resolve()
        .then(() => run(delivery))
        .catch((error: unknown) => console.error(`delivery ${delivery.id} to ${delivery.arn}`, error))
        .finally(() => {
          running.delete(delivery.id);
          fill();
        });
      running.set(delivery.id, done);
    }
  };
  return {
    post: ({ id = randomUUID(), ...delivery }) => {
      store.addDelivery({ id, ...delivery }, clock.now());
      fill();
    },
    // While some are running the next due instant may be theirs: asking again a moment later costs nothing.
    nextDue: () => (running.size > 0 ? undefined : store.nextDelivery()),
    fireDue: fill,
    busy: () => running.size,
    stop: async () => {
      stopped = true;
      await Promise.all(running.values());
    },
  };
}

/** Lambda waits one minute, then two; EventBridge begins with seconds and doubles. */
function backOff(kind: Delivery['kind'], attempts: number): number {
  return kind === 'invoke' ? 60_000 * attempts : Math.min(600_000, 1000 * 2 ** Math.min(attempts, 20));
}
