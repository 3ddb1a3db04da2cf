import type { Step } from '../../shared/step.ts';
import { stepErrors } from '../../shared/step.ts';
import { actAsSystem, type Desk } from '../cases/act.ts';
import type { Head } from '../store/case.ts';
import { eventThatLeft, isHere, loadPosition } from './position.ts';
import { reasonToRollOver, startNextLeg } from './roll-over.ts';
import { replyOf, rollOverStep, stayAt, type LeafCall, type Reply } from './step.ts';
import type { Waker } from './wake.ts';

/** Leaving the parallel state around a leaf: crosses to Step Functions as an error whose message is the Step. */
export class Left extends Error {
  override readonly name = stepErrors.left;
  constructor(step: Step) {
    super(JSON.stringify(step));
  }
}

/** What a reply means for a function that an execution called: the Step, or `Left` thrown. */
export function answered({ step, abandoned }: Reply): Step {
  if (abandoned) throw new Left(step);
  return step;
}

// A reminder may leave the time-limit as it was; the execution then comes back a day later instead of at once.
const remindAgainSeconds = 24 * 60 * 60;

/**
 * What an execution does when a wait timed out: goes where the case went meanwhile; ends the leg when it is old; waits on when
 * the time is not over yet (waits are capped, terms are extended); else has `deadlinePassed` decided. Throws `Left`.
 */
export async function passDeadline(desk: Desk & Waker, call: LeafCall): Promise<Step> {
  const position = await loadPosition(desk.table, call.case);
  const { head, leg } = position;
  if (leg.leg > call.leg) return rollOverStep(head, desk.now);
  if (!isHere(head, call)) return answered(replyOf(await eventThatLeft(desk.table, call), call.leaf, desk.now));
  if (reasonToRollOver(position, desk.now)) {
    await startNextLeg(desk, head, leg, desk.now);
    return rollOverStep(head, desk.now);
  }
  return isDue(head, call, desk.now) ? decideDeadline(desk, call) : stayAt(head, call.leaf, desk.now);
}

function isDue(head: Head, call: LeafCall, now: number): boolean {
  const visit = head.at[call.leaf];
  return visit !== undefined && Date.parse(visit.dueAt) <= now;
}

async function decideDeadline(desk: Desk & Waker, call: LeafCall): Promise<Step> {
  const still = (head: Head): boolean => isHere(head, call) && isDue(head, call, desk.now);
  const done = await actAsSystem(desk, call.case, still, { command: { type: 'deadlinePassed', args: { leaf: call.leaf } }, via: call.leaf });
  if (done !== 'movedOn' && done.ok && done.stored.event.routes[call.leaf]) return answered(replyOf(done.stored.event, call.leaf, desk.now));
  const { head } = await loadPosition(desk.table, call.case);
  if (!isHere(head, call)) return answered(replyOf(await eventThatLeft(desk.table, call), call.leaf, desk.now));
  return waitOn(stayAt(head, call.leaf, desk.now), head, call, desk.now);
}

function waitOn(step: Step, head: Head, call: LeafCall, now: number): Step {
  if (!isDue(head, call, now)) return step;
  return { ...step, waits: { ...step.waits, [call.leaf]: remindAgainSeconds } };
}
