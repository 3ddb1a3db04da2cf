import { lifecycles } from '../../machines/lifecycles.ts';
import { openTasks } from '../../machines/open-tasks.ts';
import type { LifecycleName } from '../../machines/decision.ts';
import type { Actor } from '../../shared/actor.ts';
import { cursorText, placeOf, queryNumber, queryValue, queryWord } from '../http/cursor.ts';
import { Problem } from '../http/problem.ts';
import { collections, type Collection } from '../http/routes.ts';
import type { HttpRequest } from '../http/shell.ts';
import { leafPartition } from '../store/case.ts';
import { casesIn, organisationsIn, tasksIn, type Page } from '../store/lists.ts';
import { loadHeads } from '../store/load.ts';
import { ownerPartition } from './about.ts';
import type { Desk } from './act.ts';
import { maySee } from './see.ts';
import { caseRow, taskAnswer } from './view.ts';

const limits = { least: 1, most: 100, otherwise: 20 };

/** A page of the cases of a kind that the reader may see: of the own unit, or (offices, authorities, experts) of all, by phase when asked. */
export async function caseList(desk: Desk, request: HttpRequest, actor: Actor, collection: Collection): Promise<Record<string, unknown>> {
  const limit = queryNumber(request, 'limit', limits);
  const { index, partitions, name } = whichList(request, actor, collection);
  const page = await casesIn(desk.table, index, partitions, limit, placeOf(request, name));
  const heads = (await loadHeads(desk.table, page.items)).filter(({ snapshot }) => maySee(snapshot, actor));
  return pageAnswer(heads.map(caseRow), page, name);
}

/** A page of the open tasks that land on the reader's desk: their own, and those of their roles in their organisation, due first on top. */
export async function taskList(desk: Desk, request: HttpRequest, actor: Actor): Promise<Record<string, unknown>> {
  const limit = queryNumber(request, 'limit', limits);
  const queues = queuesOf(actor);
  const name = `tasks:${actor.person}`;
  const page = await tasksIn(desk.table, queues, limit, placeOf(request, name));
  const heads = new Map((await loadHeads(desk.table, [...new Set(page.items.map((listed) => listed.case))])).map((head) => [head.id, head]));
  const items = page.items.flatMap((listed) => {
    const head = heads.get(listed.case);
    const task = head && openTasks(head.snapshot).find(({ slot, queue }) => slot === listed.slot && queue === listed.queue);
    // The index is a moment behind: what was done meanwhile is not shown.
    return task ? [taskAnswer(head, task)] : [];
  });
  return pageAnswer(items, page, name);
}

/** The queues a person sees. A unit's administrator sees what its applicants see. */
export function queuesOf(actor: Actor): string[] {
  const roles = actor.roles.map((role) => (role === 'unitAdmin' ? 'applicant' : role));
  return [`person#${actor.person}`, ...new Set(roles.map((role) => `${role}#${actor.org.id}`))];
}

/** The authorities that a filing may be handed to, and that forms choose from: cities first, then departments. Who they are is public; what they may forward, the rules say. */
export async function authorityList(desk: Desk): Promise<Record<string, unknown>> {
  const found = await Promise.all((['city', 'sectorAuthority'] as const).map((office) => organisationsIn(desk.table, office)));
  return { items: found.flat().map(({ id, name, office, division, sector }) => ({ id, name, office, division, ...(sector === undefined ? {} : { sector }) })) };
}

function pageAnswer(items: readonly unknown[], page: Page<unknown>, name: string): Record<string, unknown> {
  return { items, ...(page.next ? { next: cursorText(name, page.next) } : {}) };
}

interface List {
  readonly index: 'byOwner' | 'byLeaf';
  readonly partitions: readonly string[];
  readonly name: string;
}

function whichList(request: HttpRequest, actor: Actor, collection: Collection): List {
  const kinds: readonly LifecycleName[] = collections[collection];
  const lifecycle = queryWord(request, 'lifecycle', kinds);
  const phase = queryValue(request, 'phase');
  const wanted = lifecycle ? [lifecycle] : kinds;
  if (phase === undefined && isUnitOnly(actor) && collection !== 'batches') return ownList(actor, wanted, collection);
  const partitions = wanted.flatMap((kind) => phasesOf(kind).filter((one) => phase === undefined || one === phase).map((one) => leafPartition(kind, one)));
  if (partitions.length === 0) throw new Problem('invalid-input', '查询参数 phase 不正确：没有这个环节', { errors: [{ pointer: '/phase', detail: '没有这个环节' }] });
  return { index: 'byLeaf', partitions, name: [collection, lifecycle ?? '', phase ?? ''].join(':') };
}

function ownList(actor: Actor, wanted: readonly LifecycleName[], collection: Collection): List {
  const partitions = [...new Set(wanted.map((kind) => ownerPartition(kind, actor.org.id)))];
  return { index: 'byOwner', partitions, name: `${collection}:own:${actor.org.id}` };
}

function isUnitOnly(actor: Actor): boolean {
  return actor.roles.every((role) => role === 'applicant' || role === 'unitAdmin');
}

/** The phases of a lifecycle in chart order. */
function phasesOf(lifecycle: LifecycleName): string[] {
  return Object.keys(lifecycles[lifecycle].machine.root.states);
}
