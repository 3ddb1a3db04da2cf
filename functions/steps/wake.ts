import type { EventRecord } from '../store/chain.ts';
import type { ReadItem } from '../store/load.ts';
import { noteLeft, waitsAt, type Wait } from '../store/tokens.ts';
import type { Table } from '../store/table.ts';
import { forgettableAt, replyOf } from './step.ts';
import type { Steps } from './step-functions.ts';

/** What waking executions needs. */
export interface Waker {
  readonly table: Table;
  readonly steps: Steps;
}

/**
 * Answers the executions that wait at the leaves an event left. Where no wait is registered yet, a note is left that its
 * registration meets; where one came between, it is answered: no wake-up is lost (docs/contract.md section 4).
 */
export async function wake(waker: Waker, read: ReadItem, event: EventRecord, now: number): Promise<void> {
  // The leaf named by `via` gets its answer from the function that decided: its execution is not waiting for a token.
  let open = Object.keys(event.routes).filter((leaf) => leaf !== event.via);
  while (open.length > 0) {
    const found = await waitsAt(read, event.case, open);
    const waits = found.filter((wait) => wait.n < event.n);
    const answered = await answerWaits(waker.steps, waits, event, now);
    // Leaving a parallel state takes one failed branch; Step Functions cancels the others itself.
    if (answered.some((leaf) => event.routes[leaf]?.abandoned)) return;
    const waitsOn = found.filter((wait) => wait.n >= event.n).map((wait) => wait.leaf);
    open = await cameBetween(waker.table, open.filter((leaf) => !answered.includes(leaf) && !waitsOn.includes(leaf)), waits, event, now);
  }
}

async function answerWaits(steps: Steps, waits: readonly Wait[], event: EventRecord, now: number): Promise<string[]> {
  const answered: string[] = [];
  for (const wait of waits) {
    const reply = replyOf(event, wait.leaf, now);
    if (!(await steps.answer(wait.token, reply))) continue;
    answered.push(wait.leaf);
    if (reply.abandoned) break;
  }
  return answered;
}

/** Notes at each leaf that the case has left it; answers those where a wait was registered meanwhile. */
async function cameBetween(table: Table, leaves: readonly string[], waits: readonly Wait[], event: EventRecord, now: number): Promise<string[]> {
  const noted = await Promise.all(
    leaves.map((leaf) => noteLeft(table, { case: event.case, leaf, n: event.n }, waits.find((wait) => wait.leaf === leaf)?.token, forgettableAt(now))),
  );
  return leaves.filter((_, index) => !noted[index]);
}
