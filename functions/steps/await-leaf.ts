import { keepWait } from '../store/tokens.ts';
import { eventThatLeft, isHere, loadPosition } from './position.ts';
import { longestWait, replyOf, rollOverStep, type LeafCall, type Reply } from './step.ts';
import type { Waker } from './wake.ts';

/** What `await-leaf` gets: the visit, the token that wakes the execution, and when the execution started. */
export interface AwaitCall extends LeafCall {
  readonly token: string;
  readonly startedAt: string;
}

// A token outlives no wait; a week more lets a late answer be told from a missing one.
const keptAfter = 7 * 24 * 60 * 60 * 1000;

/**
 * Registers a wait, then looks whether the case is still there: if it moved on before, the token is answered at once from the
 * event that left the leaf; if a later leg took over, with the end of this one. Answers what was sent, `undefined` while waiting.
 */
export async function awaitLeaf(waker: Waker, call: AwaitCall, now: number): Promise<Reply | undefined> {
  const expiresAt = Math.ceil((now + longestWait + keptAfter) / 1000);
  await keepWait(waker.table, { case: call.case, leaf: call.leaf, leg: call.leg, n: call.n, token: call.token, startedAt: call.startedAt }, expiresAt);
  const { head, leg } = await loadPosition(waker.table, call.case);
  const superseded = leg.leg > call.leg;
  if (!superseded && isHere(head, call)) return undefined;
  const reply = superseded ? { step: rollOverStep(head, now), abandoned: false } : replyOf(await eventThatLeft(waker.table, call), call.leaf, now);
  await waker.steps.answer(call.token, reply);
  return reply;
}
