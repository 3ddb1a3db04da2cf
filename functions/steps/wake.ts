import type { EventRecord } from '../store/chain.ts';
import type { ReadItem } from '../store/load.ts';
import { waitsAt, type Wait } from '../store/tokens.ts';
import type { Table } from '../store/table.ts';
import { replyOf } from './step.ts';
import type { Steps } from './step-functions.ts';

/** What waking executions needs. */
export interface Waker {
  readonly table: Table;
  readonly steps: Steps;
}

/**
 * Answers the executions that wait at the leaves an event left; answers how many took it. A wait that is not registered yet is
 * not lost: its registration reads the head after it wrote, and finds this event (docs/contract.md section 4).
 */
export async function wake(steps: Steps, read: ReadItem, event: EventRecord, now: number): Promise<number> {
  // The leaf named by `via` gets its answer from the function that decided: its execution is not waiting for a token.
  const leaves = Object.keys(event.routes).filter((leaf) => leaf !== event.via);
  const waits = (await waitsAt(read, event.case, leaves)).filter((wait) => wait.n < event.n);
  return answerWaits(steps, waits, event, now);
}

async function answerWaits(steps: Steps, waits: readonly Wait[], event: EventRecord, now: number): Promise<number> {
  let taken = 0;
  for (const wait of waits) {
    const reply = replyOf(event, wait.leaf, now);
    taken += Number(await steps.answer(wait.token, reply));
    // Leaving a parallel state takes one failed branch; Step Functions cancels the others itself.
    if (reply.abandoned && taken > 0) return taken;
  }
  return taken;
}
