import { keepWait } from '../store/tokens.ts';
import { eventThatLeft, isHere, loadPosition } from './position.ts';
import { forgettableAt, replyOf, rollOverStep, type LeafCall, type Reply } from './step.ts';
import type { Waker } from './wake.ts';

/** What `await-leaf` gets: the visit, the token that wakes the execution, and when the execution started. */
export interface AwaitCall extends LeafCall {
  readonly token: string;
  readonly startedAt: string;
}

/**
 * Registers a wait. It is refused when the relay found none and noted that the case has left, or when a later leg waits here: then
 * the token is answered at once, from the event that left the leaf or with the end of this leg. Answers what was sent, `undefined` while waiting.
 */
export async function awaitLeaf(waker: Waker, call: AwaitCall, now: number): Promise<Reply | undefined> {
  const { leaf, leg, n, token, startedAt } = call;
  if (await keepWait(waker.table, { case: call.case, leaf, leg, n, token, startedAt }, forgettableAt(now))) return undefined;
  const position = await loadPosition(waker.table, call.case);
  const superseded = position.leg.leg > leg;
  if (!superseded && isHere(position.head, call)) return undefined;
  const reply = superseded ? { step: rollOverStep(position.head, now), abandoned: false } : replyOf(await eventThatLeft(waker.table, call), leaf, now);
  await waker.steps.answer(token, reply);
  return reply;
}
