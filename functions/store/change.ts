import { createHash } from 'node:crypto';
import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Actor } from '../../shared/actor.ts';
import type { Accepted, Effect, Task } from '../../machines/decision.ts';
import { isNews } from '../../machines/news.ts';
import { queuesOf } from '../../machines/queues.ts';
import { phaseOfCase, chained, eventItem, headItem, taskItem, type Head, type RequestMark, type EventNotes, type StoredEvent, type Visit } from './case.ts';
import { noDigests } from '../../shared/evidence.ts';
import type { EventRecord } from './chain.ts';
import { deskOf } from './desk.ts';
import { caseKey, sk, type Item } from './keys.ts';
import { entryItem } from './ledger.ts';
import { leavesOf } from './leaves.ts';
import { messageItem } from './outbox.ts';
import { pack } from './pack.ts';
import { isNew } from './put.ts';
import { recoveryMarks } from './recoveries.ts';
import { reviewItem } from './reviews.ts';
import { rowsWrite } from './rows.ts';
import type { Table } from './table.ts';

/** One accepted decision about one case, ready to be written. `before` is missing for a case that begins. */
export interface Change {
  readonly id: string;
  readonly before?: Head | undefined;
  readonly accepted: Accepted;
  readonly actor: Actor;
  readonly now: string;
  readonly facts?: EventRecord['facts'] | undefined;
  /** What it rests on beside the case, and must be so still when it is written. */
  readonly holds?: readonly TransactWriteItem[] | undefined;
  readonly request?: RequestMark | undefined;
  readonly via?: string | undefined;
  /** Who had the workflow open this case: it stands on their list of what they began. */
  readonly begunBy?: string | undefined;
  readonly owner: string;
  /** The execution that already runs for a case that begins inside one; otherwise the relay starts leg 1. */
  readonly leg?: { readonly startedAt: string; readonly execution: string } | undefined;
}

/** What a change makes of a case: the head and the event that are written. */
export interface Outcome {
  readonly head: Head;
  readonly stored: StoredEvent;
}

/** The head and event that a change leads to; pure but for the hashing. */
export function outcomeOf(change: Change): Outcome {
  const { before, accepted } = change;
  const at = visitsAfter(before?.at ?? {}, accepted, (before?.version ?? 0) + 1);
  const stored = chained(eventRecord(change), before?.digests ?? noDigests, change.request);
  const samePhase = before !== undefined && phaseOfCase(before.snapshot) === phaseOfCase(accepted.snapshot);
  const listed = listedBy(before, accepted.tasks);
  const head: Head = {
    at,
    snapshot: accepted.snapshot,
    id: change.id,
    version: stored.event.n,
    lifecycle: accepted.snapshot.lifecycle,
    digests: stored.digests,
    owner: change.owner,
    openedAt: before?.openedAt ?? change.now,
    changedAt: change.now,
    phaseSince: samePhase ? before.phaseSince : change.now,
    ...(listed ? { listed: { slot: listed.slot, queue: listed.queue, dueAt: listed.dueAt } } : {}),
    slots: Object.fromEntries(othersOf(change).map((task) => [task.slot, listingDigest(task)])),
  };
  return { head, stored };
}

/** The items of one transaction for a change: head if still at the version read, event if not there yet, differing tasks, and the effects that are records. */
export function writesOf(table: Table, change: Change, { head, stored }: Outcome): TransactWriteItem[] {
  return [
    putIf(table, headItem(head), change.before ? { v: change.before.version } : 'absent'),
    putIf(table, eventItem(stored, notesFor(change)), 'absent'),
    ...taskWrites(table, change, head),
    ...change.accepted.effects.flatMap((effect, line) => recordWrites(table, change, stored.event, effect, line)),
    ...(change.before ? [] : [put(table, legItem(change, stored.event))]),
    ...recoveryMarks(table, change.id, change.accepted),
    ...(change.holds ?? []),
    ...(stored.event.entry ? [putIf(table, entryItem(stored.event, stored.event.entry), 'absent')] : []),
  ];
}

/** The condition a put carries. */
type Condition = 'absent' | { readonly v: number };

function put(table: Table, item: Item): TransactWriteItem {
  return { Put: { TableName: table.name, Item: item } };
}

function putIf(table: Table, item: Item, condition: Condition): TransactWriteItem {
  return {
    Put: {
      TableName: table.name,
      Item: item,
      ...(condition === 'absent'
        ? isNew
        : { ConditionExpression: 'v = :v', ExpressionAttributeValues: { ':v': { N: String(condition.v) } } }),
    },
  };
}

function visitsAfter(before: Readonly<Record<string, Visit>>, accepted: Accepted, n: number): Record<string, Visit> {
  if (accepted.snapshot.status === 'done') return {};
  const stayed = Object.keys(before).filter((leaf) => !(leaf in accepted.routes));
  const leaves = [...new Set([...stayed, ...Object.keys(accepted.entered)])];
  return Object.fromEntries(leaves.map((leaf): [string, Visit] => [leaf, { n: stayed.includes(leaf) ? (before[leaf]?.n ?? n) : n, dueAt: dueOf(leaf, before, accepted) }]));
}

// A reminder may renew a term without leaving the leaf: the context knows the newest.
function dueOf(leaf: string, before: Readonly<Record<string, Visit>>, { snapshot, entered }: Accepted): string {
  const due = snapshot.context['due'] as { readonly [leaf: string]: string } | undefined;
  return due?.[leaf] ?? entered[leaf] ?? before[leaf]?.dueAt ?? '';
}

function eventRecord(change: Change): EventRecord {
  const { accepted, before } = change;
  return {
    ...accepted.event,
    case: change.id,
    n: (before?.version ?? 0) + 1,
    at: change.now,
    definition: accepted.snapshot.definition,
    actor: change.actor,
    leaves: leavesOf(accepted.snapshot.value),
    routes: accepted.routes,
    entered: accepted.entered,
    ...(change.facts ? { facts: change.facts } : {}),
    ...(change.via === undefined ? {} : { via: change.via }),
  };
}

function notesFor(change: Change): EventNotes {
  const { accepted, leg, before, actor, begunBy } = change;
  const desk = deskOf({ command: accepted.event.command, person: begunBy ?? actor.person, opens: before === undefined });
  return { tells: accepted.effects.some(({ type }) => type === 'tellCase'), runs: leg !== undefined, desk, opens: openedFor(change) };
}

// Whoever acts needs no notice of what they have brought on their own desk.
function openedFor({ accepted, before, actor }: Change): string[] | undefined {
  const own = queuesOf(actor);
  const opened = accepted.tasks.filter((task) => !wasListed(before, task) && !own.includes(task.queue)).map(({ slot }) => slot);
  return opened.length > 0 || isNews(accepted.event.command) ? opened : undefined;
}

function wasListed(before: Head | undefined, task: Task): boolean {
  const { listed, slots = {} } = before ?? {};
  return listed?.slot === task.slot ? listed.queue === task.queue && listed.dueAt === task.dueAt : slots[task.slot] === listingDigest(task);
}

/**
 * The to-do that the head lists itself: the same as before while it is open, else one that has no item of its own yet, else one whose
 * item would be written anew. Taking that one over costs as much as writing it, and from then on it moves with the head for half.
 */
function listedBy(before: Head | undefined, tasks: readonly Task[]): Task | undefined {
  const { listed, slots = {} } = before ?? {};
  return tasks.find(({ slot }) => slot === listed?.slot) ?? tasks.find(({ slot }) => !(slot in slots)) ?? tasks.find((task) => slots[task.slot] !== listingDigest(task));
}

/** The to-dos with items of their own. */
function othersOf({ before, accepted }: Change): Task[] {
  const listed = listedBy(before, accepted.tasks);
  return accepted.tasks.filter((task) => task !== listed);
}

// Twelve base64 digits are 72 bits: enough to see that what a slot lists has changed.
function listingDigest({ queue, dueAt }: Task): string {
  return createHash('sha256').update(`${queue} ${dueAt}`).digest('base64url').slice(0, 12);
}

function taskWrites(table: Table, change: Change, head: Head): TransactWriteItem[] {
  const old = change.before?.slots ?? {};
  const puts = othersOf(change).filter((task) => old[task.slot] !== head.slots[task.slot]);
  const gone = Object.keys(old).filter((slot) => !(slot in head.slots));
  return [...puts.map((task) => put(table, taskItem(change.id, task))), ...gone.map((slot) => ({ Delete: { TableName: table.name, Key: caseKey(change.id, sk.task(slot)) } }))];
}

function recordWrites(table: Table, change: Change, event: EventRecord, effect: Effect, line: number): TransactWriteItem[] {
  const stamp = { n: { N: String(event.n) }, at: { S: event.at }, person: { S: event.actor.person } };
  switch (effect.type) {
    case 'storeRevision':
      // The form itself stands in the event; that the first event holds one needs no mark.
      return event.n === 1 ? [] : [put(table, { ...caseKey(change.id, sk.revision(event.n)), ...stamp })];
    case 'storeRows':
      return [rowsWrite(table, change.id, event.n, effect.rows)];
    case 'recordPayment':
      return [putIf(table, paymentItem(change.id, event, effect, line), 'absent')];
    case 'recordReview':
      return [put(table, reviewItem({ case: change.id, n: event.n, at: event.at, policy: effect.policy, sheets: effect.sheets }))];
    case 'tellCase':
      return [put(table, messageItem({ from: change.id, n: event.n, line, to: effect.id, command: effect.command, args: effect.args }, event.at))];
    case 'openCase':
    case 'askCase':
      return []; // a change of its own in the same transaction
  }
}

function paymentItem(id: string, event: EventRecord, effect: Extract<Effect, { type: 'recordPayment' }>, line: number): Item {
  return {
    ...caseKey(id, sk.payment(event.n, line)),
    n: { N: String(event.n) },
    at: { S: event.at },
    person: { S: event.actor.person },
    kind: { S: effect.kind },
    amountFen: { N: String(effect.amountFen) },
    explanation: pack(effect.explanation),
  };
}

function legItem(change: Change, event: EventRecord): Item {
  return {
    ...caseKey(change.id, sk.leg),
    leg: { N: '1' },
    n: { N: String(event.n) },
    startedAt: { S: change.leg?.startedAt ?? change.now },
    definition: { S: event.definition },
    ...(change.leg ? { execution: { S: change.leg.execution } } : {}),
  };
}
