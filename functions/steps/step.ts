import type { LifecycleName } from '../../machines/decision.ts';
import { nextLeg, type LegInput, type Leaf, type Step } from '../../shared/step.ts';
import type { Head } from '../store/case.ts';
import type { EventRecord } from '../store/chain.ts';
import { leavesOf } from '../store/leaves.ts';

/** What an execution hands to a function about the visit of a leaf that it is in (docs/contract.md section 3). */
export interface LeafCall {
  readonly case: string;
  readonly leg: number;
  readonly leaf: Leaf;
  readonly n: number;
  readonly lifecycle: LifecycleName;
}

/** How an execution is told: go on with this Step, or leave the parallel state around the leaf with it. */
export interface Reply {
  readonly step: Step;
  readonly abandoned: boolean;
}

const second = 1000;
const day = 24 * 60 * 60 * second;

// Longer than an execution may last: the definition itself ends a wait in time for the leg to end (`legDays`), and no number grows
// beyond what Step Functions takes.
const longestWait = 366 * day;

// A token outlives no wait; a week more lets a late answer be told from a missing one.
const keptAfter = 7 * day;

/** When the table may forget what is registered now for a wait (epoch seconds). */
export function forgettableAt(now: number): number {
  return Math.ceil((now + longestWait + keptAfter) / second);
}

/** The answer for a leaf that an event left; throws when the event did not leave it. */
export function replyOf(event: EventRecord, leaf: Leaf, now: number): Reply {
  const route = event.routes[leaf];
  if (!route) throw new Error(`event ${event.n} of ${event.case} did not leave ${leaf}`);
  const step: Step = { to: route.to, ...(route.then === undefined ? {} : { then: route.then }), n: event.n, at: event.leaves, waits: waitsUntil(event.entered, now) };
  return { step, abandoned: route.abandoned === true };
}

/** The answer that lets an execution wait on at its leaf: the case is still there, its time is not over or was extended. */
export function stayAt(head: Head, leaf: Leaf, now: number): Step {
  return { ...positionOf(head, now), to: leaf };
}

/** The answer that ends a leg at this leaf. */
export function rollOverStep(head: Head, now: number): Step {
  return { ...positionOf(head, now), to: nextLeg };
}

/** What a leg starts from, at the case's leaves of this moment. */
export function legInput(head: Head, leg: number, now: number): LegInput {
  return { case: head.id, leg, ...positionOf(head, now) };
}

/** What leg 1 starts from, read from the event that began the case. */
export function firstLegInput(event: EventRecord, now: number): LegInput {
  return { case: event.case, leg: 1, n: event.n, at: event.leaves, waits: waitsUntil(event.entered, now) };
}

function positionOf(head: Head, now: number): Pick<LegInput, 'n' | 'at' | 'waits'> {
  const due = Object.fromEntries(Object.entries(head.at).map(([leaf, visit]) => [leaf, visit.dueAt]));
  return { n: head.version, at: leavesOf(head.snapshot.value), waits: waitsUntil(due, now) };
}

// Whole seconds, at least one: a wait that is already over must still be a wait that Step Functions accepts.
function waitsUntil(due: Readonly<Record<Leaf, string>>, now: number): Record<Leaf, number> {
  const seconds = (dueAt: string): number => Math.max(1, Math.ceil(Math.min(Date.parse(dueAt) - now, longestWait) / second));
  return Object.fromEntries(Object.entries(due).map(([leaf, dueAt]) => [leaf, seconds(dueAt)]));
}
