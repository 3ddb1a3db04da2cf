import { headOf, type Head } from '../store/case.ts';
import type { EventRecord } from '../store/chain.ts';
import { caseKey, sk } from '../store/keys.ts';
import { legOf, type Leg } from '../store/legs.ts';
import { eventsAfter, nameOf, readItems, type ReadItem } from '../store/load.ts';
import type { Table } from '../store/table.ts';
import type { LeafCall } from './step.ts';

/** A case and its running leg, read in one call. */
export interface Position {
  readonly head: Head;
  readonly leg: Leg;
}

/** Reads a case with its running leg, strongly consistent; throws when there is no such case: only our own executions ask. */
export async function loadPosition(table: Table, id: string): Promise<Position> {
  const keys = [caseKey(id, sk.head), caseKey(id, sk.leg)] as const;
  const items = await readItems(table, keys);
  return readPosition(async (key) => items.get(nameOf(key)), id);
}

/** The same by a reader that reads for many cases together. */
export async function readPosition(read: ReadItem, id: string): Promise<Position> {
  const [head, leg] = await Promise.all([read(caseKey(id, sk.head)), read(caseKey(id, sk.leg))]);
  if (!head || !leg) throw new Error(`there is no case ${id}`);
  return { head: headOf(head), leg: legOf(leg) };
}

/** Whether a case is still in the visit of the leaf that an execution is in: entered at or before the event the execution knows. */
export function isHere(head: Head, call: LeafCall): boolean {
  const visit = head.at[call.leaf];
  return visit !== undefined && visit.n <= call.n;
}

/** The event that ended the visit of a leaf that an execution is in; throws when none did: then chart and execution have parted. */
export async function eventThatLeft(table: Table, call: LeafCall): Promise<EventRecord> {
  for await (const { event } of eventsAfter(table, call.case, call.n)) if (event.routes[call.leaf]) return event;
  throw new Error(`no event of ${call.case} after ${call.n} left ${call.leaf}`);
}
