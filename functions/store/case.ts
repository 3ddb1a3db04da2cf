import type { LifecycleName, Snapshot, Task } from '../../machines/decision.ts';
import type { Leaf } from '../../shared/step.ts';
import { chain, type ChainedEvent, type EventRecord } from './chain.ts';
import type { Digests } from '../../shared/evidence.ts';
import { bytes, packText, pack, unpack, unpackText } from './pack.ts';
import { deskKeyOf } from './desk.ts';
import { caseKey, caseOf, count, sk, text, type Item } from './keys.ts';
import { leavesOf, phaseOf } from './leaves.ts';

/** One visit of an active leaf: the event that entered it, and the instant its wait is over. */
export interface Visit {
  readonly n: number;
  readonly dueAt: string;
}

/** A case as it stands: its snapshot after event `version`, the visits of its active leaves, and the end of its hash chain. */
export interface Head {
  readonly id: string;
  readonly version: number;
  readonly lifecycle: LifecycleName;
  readonly snapshot: Snapshot;
  readonly at: Readonly<Record<Leaf, Visit>>;
  readonly digests: Digests;
  /** The organisation whose case it is, and when it was opened and last moved (UTC ISO instants). */
  readonly owner: string;
  readonly openedAt: string;
  readonly changedAt: string;
  /** When it came into its phase; keeps the place in lists by phase. */
  readonly phaseSince: string;
  /** The to-do that the head itself lists in byQueue: it moves with the case, and an item of its own would cost as much as the event. */
  readonly listed?: Listing | undefined;
  /** The other to-dos have items of their own, by slot: what each lists, so that a save writes only what differs. */
  readonly slots: Readonly<Record<string, string>>;
}

/** How a to-do is listed in byQueue: whose it is, and until when. */
export type Listing = Pick<Task, 'slot' | 'queue' | 'dueAt'>;

/** The partition of the index byLeaf: a lifecycle and a phase. By phase and not by leaf, because a step inside a phase then writes no index. */
export function leafPartition(lifecycle: LifecycleName, phase: string): string {
  return `${lifecycle}#${phase}`;
}

/** The phase a case is listed under: its top-level state. */
export function phaseOfCase(snapshot: Snapshot): string {
  return phaseOf(leavesOf(snapshot.value)[0] ?? '');
}

/** A head as its item. What it knows of its case is packed in one piece: leaves and days that it tells twice cost their bytes once. */
export function headItem(head: Head): Item {
  return {
    ...caseKey(head.id, sk.head),
    v: { N: String(head.version) },
    state: pack({ snapshot: head.snapshot, at: head.at, slots: head.slots } satisfies PackedState),
    sha256: { B: Buffer.from(head.digests.sha256, 'hex') },
    sm3: { B: Buffer.from(head.digests.sm3, 'hex') },
    owner: { S: head.owner },
    ownerKey: { S: head.openedAt },
    leaf: { S: leafPartition(head.lifecycle, phaseOfCase(head.snapshot)) },
    leafKey: { S: head.phaseSince },
    ...(head.listed ? listingOf(head.listed) : {}),
    changedAt: { S: head.changedAt },
  };
}

type PackedState = Pick<Head, 'snapshot' | 'at' | 'slots'>;

/** What is packed in a head's item; before November 2026 in three attributes. */
function stateIn(item: Item): PackedState {
  if (item['state']) return unpack<PackedState>(item['state']);
  return { snapshot: unpack<Snapshot>(item['snapshot']), at: unpack<Head['at']>(item['at']), slots: unpack<Head['slots']>(item['slots']) };
}

/** The head inside its item. */
export function headOf(item: Item): Head {
  const { snapshot, at, slots } = stateIn(item);
  return {
    id: caseOf(text(item, 'pk')),
    version: count(item, 'v'),
    lifecycle: snapshot.lifecycle,
    snapshot,
    at,
    ...(item['queue'] ? { listed: listedIn(item) } : {}),
    slots,
    digests: digestsIn(item),
    owner: text(item, 'owner'),
    openedAt: instantIn(text(item, 'ownerKey')),
    changedAt: text(item, 'changedAt'),
    phaseSince: instantIn(text(item, 'leafKey')),
  };
}

/** An event with its chain, and the request behind it: whose key, and the digest of what was asked. */
export interface StoredEvent extends ChainedEvent {
  readonly request?: RequestMark | undefined;
}

/** What marks a request so that its repeat is recognised: the idempotency key, and the SHA-256 of command, arguments and person. */
export interface RequestMark {
  readonly key: string;
  readonly digest: string;
}

/** Chains an event to the head before it. */
export function chained(event: EventRecord, previous: Digests, request?: RequestMark): StoredEvent {
  return { event, digests: chain(event, previous), ...(request ? { request } : {}) };
}

/** An event as its item; `notes` tell the relay what it need not look up: whether messages go out, whether an execution runs already. */
export function eventItem({ event, digests, request }: StoredEvent, notes: EventNotes = {}): Item {
  return {
    ...caseKey(event.case, sk.event(event.n)),
    body: packText(JSON.stringify(event)),
    sha256: { B: Buffer.from(digests.sha256, 'hex') },
    sm3: { B: Buffer.from(digests.sm3, 'hex') },
    ...(request ? { key: { S: request.key }, asked: { S: request.digest } } : {}),
    ...(notes.desk ? { owner: { S: notes.desk }, ownerKey: { S: deskKeyOf(event) } } : {}),
    ...(notes.opens ? { opens: { S: notes.opens.join(' ') } } : {}),
    ...(notes.tells ? { tells: { BOOL: true } } : {}),
    ...(notes.runs ? { runs: { BOOL: true } } : {}),
    ...(isFollowed(event, notes) ? { moves: { BOOL: true } } : {}),
  };
}

/** What stands beside an event: for the relay, messages to other cases and an execution that opened the case for itself; for lists, whose work it shows in byOwner (`desk.ts`). */
export interface EventNotes {
  readonly desk?: string | undefined;
  /** For notices: the slots of the to-dos that it opened on other desks; present where somebody is to be told something. */
  readonly opens?: readonly string[] | undefined;
  readonly tells?: boolean;
  readonly runs?: boolean;
}

// The relay's stream filter reads this mark (infra/aws/workflow-stack.ts): an expert's sheet costs no invocation of it.
function isFollowed({ n, routes }: EventRecord, { tells, runs }: EventNotes): boolean {
  return (n === 1 && !runs) || tells === true || Object.keys(routes).length > 0;
}

/** The notes beside an event in its item. */
export function notesOf(item: Item): EventNotes {
  const opens = item['opens']?.S;
  return { tells: item['tells']?.BOOL === true, runs: item['runs']?.BOOL === true, ...(opens === undefined ? {} : { opens: opens.split(' ').filter(Boolean) }) };
}

/** The event inside its item, or inside its stream record. */
export function eventOf(item: Item): StoredEvent {
  const key = item['key']?.S;
  return {
    event: JSON.parse(unpackText(item['body'])) as EventRecord,
    digests: digestsIn(item),
    ...(key === undefined ? {} : { request: { key, digest: text(item, 'asked') } }),
  };
}

/** A to-do as an item of its own: it says no more than where it is listed, the rest is in the head's snapshot. */
export function taskItem(id: string, listing: Listing): Item {
  return { ...caseKey(id, sk.task(listing.slot)), ...listingOf(listing) };
}

// A queue is sorted by what is due first.
function listingOf({ slot, queue, dueAt }: Listing): Item {
  return { queue: { S: queue }, queueKey: { S: `${dueAt}#${slot}` } };
}

/** What an item lists in byQueue. */
export function listedIn(item: Item): Listing {
  const queueKey = text(item, 'queueKey');
  return { queue: text(item, 'queue'), dueAt: instantIn(queueKey), slot: queueKey.slice(queueKey.lastIndexOf('#') + 1) };
}

function digestsIn(item: Item): Digests {
  const hex = (name: string): string => Buffer.from(bytes(item[name]?.B ?? '')).toString('hex');
  return { sha256: hex('sha256'), sm3: hex('sm3') };
}

// An index key begins with an instant; what follows a # tells apart, and stood in more keys than today.
function instantIn(indexKey: string): string {
  return indexKey.split('#', 1)[0] ?? '';
}
