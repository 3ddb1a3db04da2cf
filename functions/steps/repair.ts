import { lifecycles } from '../../machines/lifecycles.ts';
import type { StateMeta } from '../../machines/define.ts';
import type { AnyStateNode } from 'xstate';
import type { Desk } from '../cases/act.ts';
import type { Head } from '../store/case.ts';
import type { ReadItem } from '../store/load.ts';
import { forgetWait, waitsAt, waitsOf, type Wait } from '../store/tokens.ts';
import { eventThatLeft, isHere, loadPosition, readPosition, type Position } from './position.ts';
import { reasonToRollOver, startNextLeg } from './roll-over.ts';
import { legInput, replyOf, rollOverStep } from './step.ts';
import type { Waker } from './wake.ts';

/** What a look at a case led to. */
export type Repair = 'fine' | 'young' | 'rolledOver' | 'woken' | 'legStarted' | 'legReplaced' | 'backingOff' | 'stuckWorking';

// A leg that runs, holds no live token and reacts to nothing for this long has lost its way; the next leg starts at the same leaf.
const lostAfter = 60 * 60 * 1000;

// By then whatever the leg before was doing has long ended, retries and all.
const aloneAfter = 24 * 60 * 60 * 1000;

// What fails again and again wants a person, not a thousand executions: 10 minutes, 20, 40, up to a day. The alarm on failed executions tells.
const backOff = (failures: number): number => (failures === 0 ? 0 : Math.min(5 * 60_000 * 2 ** failures, 24 * 60 * 60_000));

/**
 * Whether a case is as it has to be, by what a glance tells: its head, its leg and the tokens of its leaves, which many cases read together. Of a leg that
 * began lately more has to be read: the one before it may still come to a leaf that the case is no longer in.
 */
export async function isInOrder(read: ReadItem, id: string, now: number): Promise<boolean> {
  const position = await readPosition(read, id);
  const { head, leg } = position;
  if (head.snapshot.status === 'done') return true;
  if (reasonToRollOver(position, now) || (leg.leg > 1 && now - Date.parse(leg.startedAt) < aloneAfter)) return false;
  const leaves = Object.keys(head.at);
  const waits = await waitsAt(read, id, leaves);
  return leaves.every((leaf) => waits.some((wait) => wait.leaf === leaf && isLive(wait, head, leg.leg, now)));
}

/** Looks at one open case and repairs its execution where it has fallen behind; `before` is the instant (ISO) after which it may simply be on its way. */
export async function repair(desk: Desk & Waker, id: string, before: string): Promise<Repair> {
  const [position, held] = await Promise.all([loadPosition(desk.table, id), waitsOf(desk.table, id)]);
  const { head, leg } = position;
  if (head.snapshot.status === 'done') return 'fine';
  const waits = await endOldLegs(desk, position, held);
  if (reasonToRollOver(position, desk.now)) return rollOver(desk, position, waits);
  const idle = Object.keys(head.at).filter((leaf) => !waits.some((wait) => wait.leaf === leaf && isLive(wait, head, leg.leg, desk.now)));
  if (idle.length === 0) return 'fine';
  if (head.changedAt > before || leg.startedAt > before) return 'young';
  if (await answerStale(desk, head, waits)) return 'woken';
  return restart(desk, position, idle);
}

// A wait that is long overdue is none: an execution that was stopped leaves its token behind, and nobody comes when the time is over.
function isLive(wait: Wait, head: Head, leg: number, now: number): boolean {
  const dueAt = Date.parse(head.at[wait.leaf]?.dueAt ?? '');
  return wait.leg === leg && isHere(head, { ...wait, lifecycle: head.lifecycle }) && now < dueAt + lostAfter;
}

async function rollOver(desk: Desk & Waker, { head, leg }: Position, waits: readonly Wait[]): Promise<Repair> {
  await startNextLeg(desk, head, leg, desk.now);
  for (const wait of waits.filter((one) => one.leg === leg.leg)) await desk.steps.answer(wait.token, { step: rollOverStep(head, desk.now), abandoned: false });
  return 'rolledOver';
}

// A leg that a later one replaced may still have come to a leaf: it ends there. Answers the waits that are left.
async function endOldLegs(desk: Desk & Waker, { head, leg }: Position, waits: readonly Wait[]): Promise<Wait[]> {
  for (const wait of waits.filter((one) => one.leg < leg.leg)) {
    await desk.steps.answer(wait.token, { step: rollOverStep(head, desk.now), abandoned: false });
    await forgetWait(desk.table, wait);
  }
  return waits.filter((wait) => wait.leg >= leg.leg);
}

// Tokens of leaves that the case has left: somebody should have been told. A token that nobody wants any more is forgotten.
async function answerStale(desk: Desk & Waker, head: Head, waits: readonly Wait[]): Promise<boolean> {
  let woken = false;
  for (const wait of waits) {
    const call = { ...wait, lifecycle: head.lifecycle };
    if (isHere(head, call)) continue;
    const reply = replyOf(await eventThatLeft(desk.table, call), wait.leaf, desk.now);
    if (await desk.steps.answer(wait.token, reply)) woken = true;
    else await forgetWait(desk.table, wait);
  }
  return woken;
}

async function restart(desk: Desk & Waker, { head, leg }: Position, idle: readonly string[]): Promise<Repair> {
  const status = await desk.steps.status(head.lifecycle, head.id, leg.leg, leg.execution);
  if (status === 'unknown' && leg.execution === undefined && leg.leg === 1) {
    await desk.steps.start(head.lifecycle, legInput(head, 1, desk.now));
    return 'legStarted';
  }
  // An activity that runs holds no token: its own definition retries it, and ends the execution when that is in vain.
  if (status === 'RUNNING' && idle.every((leaf) => isWorking(head, leaf))) return 'stuckWorking';
  if (status === 'RUNNING' && desk.now - Date.parse(head.changedAt) < lostAfter) return 'young';
  const failures = leg.failures ?? 0;
  if (desk.now - Date.parse(leg.startedAt) < backOff(failures)) return 'backingOff';
  await startNextLeg(desk, head, leg, desk.now, failures + 1);
  return 'legReplaced';
}

function isWorking(head: Head, leaf: string): boolean {
  const root: AnyStateNode = lifecycles[head.lifecycle].machine.root;
  const node = leaf.split('.').reduce<AnyStateNode | undefined>((state, name) => state?.states[name], root);
  return (node?.meta as StateMeta | undefined)?.kind === 'working';
}
