import type { Command } from '../../machines/decision.ts';
import type { Step } from '../../shared/step.ts';
import { actAsSystem, type Desk } from '../cases/act.ts';
import type { Head } from '../store/case.ts';
import { loadCase } from '../store/load.ts';
import { answered } from './pass-deadline.ts';
import { eventThatLeft, isHere } from './position.ts';
import { replyOf, type LeafCall } from './step.ts';

/** What `run-activity` gets: the visit of a working leaf, and the activity its meta names. */
export interface ActivityCall extends LeafCall {
  readonly activity: string;
}

/** A named piece of work: does it for a case as it stands and answers the system command that says how it went. May run twice for one visit. */
export type Activity<D> = (desk: D, head: Head) => Promise<Command>;

/**
 * Runs the activity of a working leaf and has its outcome decided; a repeat after the event was committed answers from that
 * event. Throws when the activity fails (the definition retries), or when the core refuses its outcome.
 */
export async function runActivity<D extends Desk>(desk: D, call: ActivityCall, activities: Readonly<Record<string, Activity<D>>>): Promise<Step> {
  const activity = activities[call.activity];
  if (!activity) throw new Error(`no activity ${call.activity}`);
  const head = await loadCase(desk.table, call.case);
  if (!head) throw new Error(`there is no case ${call.case}`);
  if (!isHere(head, call)) return fromLog(desk, call);
  const command = await activity(desk, head);
  const done = await actAsSystem(desk, call.case, (newest) => isHere(newest, call), { command, via: call.leaf });
  if (done === 'movedOn') return fromLog(desk, call);
  if (!done.ok) throw new Error(`${call.activity} of ${call.case} was refused: ${done.problem} ${done.rule ?? ''} ${done.detail}`);
  return answered(replyOf(done.stored.event, call.leaf, desk.now));
}

async function fromLog(desk: Desk, call: LeafCall): Promise<Step> {
  return answered(replyOf(await eventThatLeft(desk.table, call), call.leaf, desk.now));
}
