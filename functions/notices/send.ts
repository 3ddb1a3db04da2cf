import type { Table } from '../store/table.ts';
import { deliveriesById, dueDeliveries, noteAttempt, takeDelivery, type Channel, type Delivery } from '../store/deliveries.ts';

/** How the other side answered: `refused` is for good (no such address), `failed` may go better the next time. */
export interface Sent {
  readonly outcome: 'taken' | 'refused' | 'failed';
  readonly said: string;
}

/** Sends one delivery; never throws for what the other side does. */
export type Sender = (delivery: Delivery) => Promise<Sent>;

/** The ways out of the house that are set up. */
export type Senders = Readonly<Partial<Record<Channel, Sender>>>;

/** What a round came to. */
export interface Round {
  readonly delivered: number;
  readonly failed: number;
  readonly dead: number;
}

/** Attempts before a delivery is a dead letter: nine doubled pauses (8.5 hours) and eleven of six hours, about three days: a weekend without anybody in the server room. */
export const mostTries = 20;
const minute = 60_000;

/** How long after an attempt the next one comes: 1, 2, 4 … minutes, at most six hours. */
export function pauseAfter(tries: number): number {
  return Math.min(360, 2 ** (tries - 1)) * minute;
}

const atOnce = 50;

/** Sends what waits and whose time has come, each at least once. `until` is when this round has to end (ms). */
export async function sendDue(table: Table, senders: Senders, clock: () => number, until: number): Promise<Round> {
  const round = { delivered: 0, failed: 0, dead: 0 };
  for (let found = atOnce; found === atOnce && clock() < until; ) {
    const ids = await dueDeliveries(table, new Date(clock()).toISOString(), atOnce);
    found = ids.length;
    for (const delivery of await deliveriesById(table, ids)) {
      if (clock() >= until) break;
      const status = await attempt(table, senders, delivery, clock);
      if (status) round[status === 'waiting' ? 'failed' : status] += 1;
    }
  }
  return round;
}

async function attempt(table: Table, senders: Senders, delivery: Delivery, clock: () => number): Promise<Delivery['status'] | undefined> {
  const tries = delivery.tries + 1;
  const again = new Date(clock() + pauseAfter(tries)).toISOString();
  // Taken first: a round that dies while it sends is followed by another attempt, and two rounds never send the same at once.
  if (delivery.status !== 'waiting' || !(await takeDelivery(table, delivery, again))) return undefined;
  const { outcome, said } = await send(senders, delivery);
  const status = outcome === 'taken' ? 'delivered' : outcome === 'refused' || tries >= mostTries ? 'dead' : 'waiting';
  const at = new Date(clock()).toISOString();
  await noteAttempt(table, delivery, { at, outcome: said }, status, status === 'waiting' ? again : at);
  console.log(JSON.stringify({ delivery: delivery.id, channel: delivery.channel, tries, status }));
  return status;
}

async function send(senders: Senders, delivery: Delivery): Promise<Sent> {
  const sender = senders[delivery.channel];
  if (!sender) return { outcome: 'failed', said: `the channel ${delivery.channel} is not set up` };
  try {
    return await sender(delivery);
  } catch (error) {
    return { outcome: 'failed', said: error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 200) : 'unknown' };
  }
}
