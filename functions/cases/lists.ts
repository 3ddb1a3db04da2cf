import { openTasks } from '../../machines/open-tasks.ts';
import { queuesOf } from '../../machines/queues.ts';
import { phasesOf } from '../../machines/state-paths.ts';
import type { LifecycleName, Task } from '../../machines/decision.ts';
import type { Actor } from '../../shared/actor.ts';
import { cursorText, placeOf, queryNumber, queryWord } from '../http/cursor.ts';
import { collections, type Collection } from '../http/routes.ts';
import type { HttpRequest } from '../http/shell.ts';
import { listsOfTheArea } from '../lists/lists-of-the-area.ts';
import { leafPartition, type Head } from '../store/case.ts';
import { organisationsIn, peopleIn, placedCases, placedTasks, type Listed, type Page, type Place, type Span } from '../store/lists.ts';
import { loadHeads } from '../store/load.ts';
import { ownerPartition } from './about.ts';
import type { Desk } from './act.ts';
import { maySee } from './see.ts';
import { isOpen, passes, sieveOf, sifted, type Sieve } from './sieve.ts';
import { caseRow, taskRow } from './rows.ts';

/** How many rows a page of a list may have. */
export const limits = { least: 1, most: 100, otherwise: 20 };

/** A page of the cases of a kind that the reader may see: of the own unit, or (offices, authorities, experts) of all, by phase when asked. */
export async function caseList(desk: Desk, request: HttpRequest, actor: Actor, collection: Collection): Promise<Record<string, unknown>> {
  const { span: whole, sieve, name } = whichList(request, actor, collection);
  const span = collection === 'lists' && isUnitOnly(actor) ? { ...whole, partitions: await listsOfTheArea(desk, actor) } : whole;
  const page = await casePage(desk, actor, span, sieve, { limit: queryNumber(request, 'limit', limits), from: placeOf(request, name) });
  return pageAnswer(page.items.map(caseRow), page, name);
}

/** How much of a list, and from where. */
export interface Part {
  readonly limit: number;
  readonly from: Place;
}

/** Some cases of a span that pass the sieve and that the reader may see. */
export async function casePage(desk: Desk, actor: Actor, span: Span, sieve: Sieve, { limit, from }: Part): Promise<Page<Head>> {
  const rows = async (ids: readonly string[]) => headRows(desk, ids, (head) => maySee(head.snapshot, actor) && passes(sieve, head));
  return sifted({ read: (count, place) => placedCases(desk.table, span, count, place), rows, limit, dense: isOpen(sieve) }, from);
}

/** A page of the open tasks that land on the reader's desk: their own, and those of their roles in their organisation, due first on top. */
export async function taskList(desk: Desk, request: HttpRequest, actor: Actor): Promise<Record<string, unknown>> {
  const sieve = sieveOf(request);
  const name = `tasks:${actor.person}:${sieve.name}`;
  const page = await taskPage(desk, actor, sieve, { limit: queryNumber(request, 'limit', limits), from: placeOf(request, name) });
  return pageAnswer(page.items.map(({ head, task }) => taskRow(head, task)), page, name);
}

/** A to-do with the case it belongs to. */
export interface OpenTask {
  readonly head: Head;
  readonly task: Task;
}

/** Some open tasks of the reader that pass the sieve. */
export async function taskPage(desk: Desk, actor: Actor, sieve: Sieve, { limit, from }: Part): Promise<Page<OpenTask>> {
  const rows = async (listed: readonly Listed[]) => {
    const heads = new Map((await loadHeads(desk.table, [...new Set(listed.map(({ case: id }) => id))])).map((head) => [head.id, head]));
    return listed.map((one) => openTaskOf(heads.get(one.case), one, sieve));
  };
  return sifted({ read: (count, place) => placedTasks(desk.table, queuesOf(actor), sieve.due, count, place), rows, limit, dense: isOpen(sieve) }, from);
}

// The index is a moment behind: what was done meanwhile is not shown.
function openTaskOf(head: Head | undefined, listed: Listed, sieve: Sieve): OpenTask | undefined {
  if (!head || !passes({ ...sieve, leaf: undefined }, head)) return undefined;
  const task = openTasks(head.snapshot).find(({ slot, queue }) => slot === listed.slot && queue === listed.queue);
  return task && passes(sieve, head, [task.leaf]) ? { head, task } : undefined;
}

/** Heads by id, one for each id where there is one that is wanted. At most 100 ids. */
export async function headRows(desk: Desk, ids: readonly string[], wanted: (head: Head) => boolean): Promise<(Head | undefined)[]> {
  const heads = new Map((await loadHeads(desk.table, [...new Set(ids)])).map((head) => [head.id, head]));
  return ids.map((id) => {
    const head = heads.get(id);
    return head && wanted(head) ? head : undefined;
  });
}

/** The authorities that a filing may be handed to, and that forms choose from: cities first, then departments. Who they are is public; what they may forward, the rules say. */
export async function authorityList(desk: Desk): Promise<Record<string, unknown>> {
  const found = await Promise.all((['city', 'sectorAuthority'] as const).map((office) => organisationsIn(desk.table, office)));
  return { items: found.flat().map(({ id, name, office, division, sector }) => ({ id, name, office, division, ...(sector === undefined ? {} : { sector }) })) };
}

/** The people of the reader's own unit, themselves left out: whom they may ask to sign, or hand something to. */
export async function signerList(desk: Desk, actor: Actor): Promise<Record<string, unknown>> {
  const people = await peopleIn(desk.table, actor.org.id);
  return { items: people.filter(({ id }) => id !== actor.person).map(({ id, name, roles }) => ({ id, name, roles: [...roles] })) };
}

/** A page as lists answer it. */
export function pageAnswer(items: readonly unknown[], page: Page<unknown>, name: string): Record<string, unknown> {
  return { items, ...(page.next ? { next: cursorText(name, page.next) } : {}) };
}

/** A list of cases as a request names it: where it stands, what of it is wanted, and the name that a cursor of it carries. */
export interface WhichList {
  readonly span: Span;
  readonly sieve: Sieve;
  readonly name: string;
}

/** Which list of cases a request means for a reader. Throws `Problem`. */
export function whichList(request: HttpRequest, actor: Actor, collection: Collection): WhichList {
  const kinds: readonly LifecycleName[] = collections[collection];
  const lifecycle = queryWord(request, 'lifecycle', kinds);
  const phase = queryWord(request, 'phase', kinds.flatMap(phasesOf));
  const sieve = sieveOf(request);
  const wanted = lifecycle ? [lifecycle] : kinds;
  const phases = wanted.flatMap((kind) => phasesOf(kind).filter((one) => phase === undefined || one === phase).map((one) => ({ kind, one })));
  const name = [collection, lifecycle ?? '', phase ?? '', sieve.name].join(':');
  if (isUnitOnly(actor) && collection !== 'batches' && collection !== 'funds') {
    const partitions = [...new Set(wanted.map((kind) => ownerPartition(kind, actor.org.id)))];
    return { span: { index: 'byOwner', partitions, forward: false }, sieve: { ...sieve, lifecycle, leaf: sieve.leaf ?? phase }, name: `${name}:own:${actor.org.id}` };
  }
  const partitions = phases.map(({ kind, one }) => leafPartition(kind, one));
  // The partitions say both already.
  return { span: { index: 'byLeaf', partitions, forward: false }, sieve: { ...sieve, lifecycle: undefined }, name };
}

function isUnitOnly(actor: Actor): boolean {
  return actor.roles.every((role) => role === 'applicant' || role === 'unitAdmin');
}
