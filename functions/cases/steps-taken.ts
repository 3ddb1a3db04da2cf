import type * as z from 'zod/mini';
import { queuesOf } from '../../machines/queues.ts';
import type { Actor } from '../../shared/actor.ts';
import type * as answers from '../api/desk-answers.ts';
import { placeOf, queryNumber } from '../http/cursor.ts';
import type { HttpRequest } from '../http/shell.ts';
import type { Head } from '../store/case.ts';
import { begunPartition, donePartition, type Step } from '../store/desk.ts';
import { countIn, placedSteps, type Page } from '../store/lists.ts';
import type { Desk } from './act.ts';
import { headRows, limits, pageAnswer, type Part } from './lists.ts';
import { maySee } from './see.ts';
import { isOpen, passes, sieveOf, sifted, type Sieve } from './sieve.ts';
import { caseRow } from './rows.ts';

/** The two lists of a person's own work: what they dealt with (已办) and what they began (我发起的). */
export const workLists = { done: donePartition, mine: begunPartition } as const;

/** The name of one of them. */
export type WorkList = keyof typeof workLists;

/** A page of the reader's own work, the newest first. */
export async function workList(desk: Desk, request: HttpRequest, actor: Actor, list: WorkList): Promise<Record<string, unknown>> {
  const sieve = sieveOf(request);
  const name = `${list}:${actor.person}:${sieve.name}`;
  const page = await workPage(desk, actor, list, sieve, { limit: queryNumber(request, 'limit', limits), from: placeOf(request, name) });
  return pageAnswer(page.items.map(workRow), page, name);
}

/** A step with the case as it stands now. */
export interface Taken {
  readonly step: Step;
  readonly head: Head;
}

/** Some of the reader's own work that passes the sieve; a case that they may no longer see (an expert who recused) is left out. */
export async function workPage(desk: Desk, actor: Actor, list: WorkList, sieve: Sieve, { limit, from }: Part): Promise<Page<Taken>> {
  const rows = async (steps: readonly Step[]) => {
    const heads = await headRows(desk, steps.map((step) => step.case), (head) => maySee(head.snapshot, actor) && passes(sieve, head));
    return steps.map((step, index) => {
      const head = heads[index];
      return head && { step, head };
    });
  };
  return sifted({ read: (count, place) => placedSteps(desk.table, workLists[list](actor.person), count, place), rows, limit, dense: isOpen(sieve) }, from);
}

/** A step as a row: what was done, when, and how the case stands now. */
export function workRow({ step, head }: Taken): z.infer<typeof answers.workRow> {
  const { version: _, id, ...row } = caseRow(head);
  return { case: id, ...row, n: step.n, at: step.at, command: step.command };
}

// A badge says 999+; a count of 100,000 would read 10 MB of keys.
const mostCounted = 1000;

/** How many entries the reader's lists have, each counted up to a thousand. */
export async function workCounts(desk: Desk, actor: Actor): Promise<Record<'tasks' | WorkList, Counted>> {
  const [tasks, done, mine] = await Promise.all([
    countIn(desk.table, { index: 'byQueue', partitions: queuesOf(actor) }, mostCounted),
    ...[donePartition, begunPartition].map((partition) => countIn(desk.table, { index: 'byOwner', partitions: [partition(actor.person)] }, mostCounted)),
  ]);
  return { tasks: counted(tasks), done: counted(done ?? 0), mine: counted(mine ?? 0) };
}

/** A count; `more` where there are more than were counted. */
export interface Counted {
  readonly count: number;
  readonly more: boolean;
}

/** A count that was broken off at a thousand says so. */
export function counted(found: number, most = mostCounted): Counted {
  return found >= most ? { count: most - 1, more: true } : { count: found, more: false };
}
