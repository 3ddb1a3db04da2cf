import type { Json } from '../../machines/decision.ts';
import type { Actor } from '../../shared/actor.ts';
import { changedPointers, valueAt } from '../../shared/pointers.ts';
import { queryNumber } from '../http/cursor.ts';
import { Problem } from '../http/problem.ts';
import type { HttpRequest } from '../http/shell.ts';
import { eventOf, type Head } from '../store/case.ts';
import type { EventRecord } from '../store/chain.ts';
import { formAt, revisionsBetween, revisionsDown, type Revision } from '../store/forms.ts';
import { caseKey, sk } from '../store/keys.ts';
import { eventsDown, readItems } from '../store/load.ts';
import type { Table } from '../store/table.ts';
import { seenUpTo, submittedUpTo } from './see.ts';

/** Who saved something, and when. */
interface Saved {
  readonly revision: number;
  readonly savedAt: string;
  readonly by: { readonly person: string; readonly name: string };
}

/** One place of a form that differs between two revisions, with who changed it last on the way. */
export interface FormChange {
  readonly pointer: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly at: string;
  readonly by: { readonly person: string; readonly name: string };
}

/** The form a reader gets with a case, and whether it is what was submitted; `undefined` when there is none for them. */
export async function formFor(table: Table, head: Head, actor: Actor): Promise<{ readonly revision: number; readonly savedAt: string; readonly submitted: boolean; readonly form: Json } | undefined> {
  const found = await formAt(table, head.id, seenUpTo(head, actor));
  return found && { revision: found.n, savedAt: found.at, submitted: found.n <= submittedUpTo(head), form: found.form };
}

const limits = { least: 1, most: 50, otherwise: 20 };

/** A page of the revisions a reader may see, newest first, each with how many places it changed. */
export async function revisionPage(table: Table, request: HttpRequest, head: Head, actor: Actor): Promise<Record<string, unknown>> {
  const limit = queryNumber(request, 'limit', limits);
  const before = queryNumber(request, 'before', { least: 1, most: 9_999_999_999, otherwise: 9_999_999_999 });
  const found = await revisionsDown(table, head.id, Math.min(before - 1, seenUpTo(head, actor)), limit + 1);
  const shown = found.slice(0, limit);
  const saved = await savedBy(table, head.id, shown);
  const items = shown.map((revision, index) => {
    const older = found[index + 1];
    return { ...saved(revision), submitted: revision.n <= submittedUpTo(head), changed: older ? changedPointers(older.form, revision.form).length : 0 };
  });
  return { items, ...(found.length > limit ? { next: shown.at(-1)?.n } : {}) };
}

/** One revision with its form. Throws `not-found` when there is none of that number for the reader. */
export async function oneRevision(table: Table, head: Head, actor: Actor, n: number): Promise<Record<string, unknown>> {
  const revision = await revisionNumbered(table, head, actor, n);
  const saved = await savedBy(table, head.id, [revision]);
  return { ...saved(revision), submitted: revision.n <= submittedUpTo(head), form: revision.form };
}

// A form that is saved every ten seconds for three hours; more is asked for in pieces.
const mostCompared = 1000;

/** What changed in a form between two revisions, place by place, with who changed it last. `since` is the revision before by default. */
export async function revisionChanges(table: Table, request: HttpRequest, head: Head, actor: Actor, n: number): Promise<Record<string, unknown>> {
  const to = await revisionNumbered(table, head, actor, n);
  const since = queryNumber(request, 'since', { least: 1, most: 9_999_999_999, otherwise: 0 });
  const from = since === 0 ? ((await formAt(table, head.id, n - 1)) ?? to) : await revisionNumbered(table, head, actor, since);
  if (from.n > to.n) throw new Problem('invalid-input', '查询参数 since 不正确：应早于所比较的版本', { errors: [{ pointer: '/since', detail: '应早于所比较的版本' }] });
  return { from: from.n, to: to.n, changes: await changesBetween(table, head.id, from, to) };
}

/** The places that differ between two revisions, each with the person who changed it last on the way. */
async function changesBetween(table: Table, id: string, from: Revision, to: Revision): Promise<FormChange[]> {
  const between = await revisionsBetween(table, id, from.n + 1, to.n, mostCompared + 1);
  if (between.length > mostCompared) throw new Problem('invalid-input', `两个版本之间保存超过 ${mostCompared} 次，请选择相距较近的版本比较`, { errors: [{ pointer: '/since', detail: '两个版本相距过远' }] });
  const authors = lastAuthors(from, between);
  const saved = await savedBy(table, id, [...new Set(authors.values())]);
  return changedPointers(from.form, to.form).map((pointer) => {
    const author = saved(authors.get(pointer) ?? to);
    return { pointer, before: valueAt(from.form, pointer) ?? null, after: valueAt(to.form, pointer) ?? null, at: author.savedAt, by: author.by };
  });
}

function lastAuthors(from: Revision, between: readonly Revision[]): Map<string, Revision> {
  const authors = new Map<string, Revision>();
  let before = from;
  for (const revision of between) {
    for (const pointer of changedPointers(before.form, revision.form)) authors.set(pointer, revision);
    before = revision;
  }
  return authors;
}

/** The latest return of a filing: its reasons by field and attachment, and what the unit has changed since, as far as the reader may see it. Throws `not-found` when nothing was returned. */
export async function correction(table: Table, head: Head, actor: Actor): Promise<Record<string, unknown>> {
  const event = await lastReturn(table, head);
  if (!event) throw new Problem('not-found', '这份申报没有被退回过');
  const from = await formAt(table, head.id, event.n);
  const to = await formAt(table, head.id, Math.max(event.n, seenUpTo(head, actor)));
  return {
    rounds: Number(head.snapshot.context['returns']),
    returnedAt: event.at,
    by: { org: event.actor.org.name, name: event.actor.name },
    reason: event.reason ?? '',
    items: event.args['items'] ?? [],
    changes: from && to ? await changesBetween(table, head.id, from, to) : [],
  };
}

async function lastReturn(table: Table, head: Head): Promise<EventRecord | undefined> {
  if (head.snapshot.context['returns'] === 0) return undefined;
  for await (const { event } of eventsDown(table, head.id)) if (event.command === 'returnForCorrection') return event;
  return undefined;
}

/** Names those who saved revisions: a revision carries the number of the event that saved it. */
async function savedBy(table: Table, id: string, revisions: readonly Revision[]): Promise<(revision: Revision) => Saved> {
  const names = new Map<number, string>();
  for (let first = 0; first < revisions.length; first += 100) {
    const items = await readItems(table, revisions.slice(first, first + 100).map(({ n }) => caseKey(id, sk.event(n))));
    for (const item of items.values()) {
      const { event } = eventOf(item);
      names.set(event.n, event.actor.name);
    }
  }
  return ({ n, at, person }) => ({ revision: n, savedAt: at, by: { person, name: names.get(n) ?? person } });
}

async function revisionNumbered(table: Table, head: Head, actor: Actor, n: number): Promise<Revision> {
  const found = n <= seenUpTo(head, actor) ? await formAt(table, head.id, n) : undefined;
  if (found?.n !== n) throw new Problem('not-found', '没有这个版本，请从版本列表中选择');
  return found;
}
