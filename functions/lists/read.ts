import type * as z from 'zod/mini';
import type { Actor } from '../../shared/actor.ts';
import { changedPointers, valueAt } from '../../shared/pointers.ts';
import type * as answers from '../api/list-answers.ts';
import { seesWholeList } from '../cases/see.ts';
import { queryNumber } from '../http/cursor.ts';
import { Problem } from '../http/problem.ts';
import type { HttpRequest } from '../http/shell.ts';
import type { Head } from '../store/case.ts';
import { orgKey } from '../store/keys.ts';
import { nameOf, readItems } from '../store/load.ts';
import { rowEvents, type RowEvent } from '../store/rows.ts';
import type { Table } from '../store/table.ts';
import { fullRows, listContext, listDigests, type FullRow } from './contents.ts';
import { scenarioOfRow } from './row-scenario.ts';

const limits = { least: 1, most: 50, otherwise: 20 };

/** A page of a list's rows in its order, with the digests of the whole list, which a seal must name; a unit sees its own rows and no digests. */
export async function rowPage(table: Table, request: HttpRequest, head: Head, actor: Actor): Promise<z.infer<typeof answers.rowPage>> {
  const limit = queryNumber(request, 'limit', limits);
  const after = queryNumber(request, 'after', { least: 0, most: 9999, otherwise: 0 });
  const whole = seesWholeList(head.snapshot, actor);
  const rows = await fullRows(table, listContext(head.snapshot));
  const seen = rows.filter(({ seqNo, unit }) => seqNo > after && (whole || unit === actor.org.id));
  const items = await shown(table, head, seen.slice(0, limit));
  return { version: head.version, rows: rows.length, ...(whole ? { digests: listDigests(rows) } : {}), items, ...(seen.length > limit ? { next: items.at(-1)?.seqNo } : {}) };
}

/** What happened to one row: its proposal, and of each edit who made it and every place before and after. Answers rows that were taken out, too. Throws `not-found`. */
export async function rowHistory(table: Table, head: Head, actor: Actor, row: string): Promise<z.infer<typeof answers.rowHistory>> {
  const events = await rowEvents(table, head.id, row);
  const listed = listContext(head.snapshot).rows.find(({ id }) => id === row);
  const isOwn = listed?.unit === actor.org.id || events[0]?.stored.event.actor.org.id === actor.org.id;
  if (events.length === 0 || !(seesWholeList(head.snapshot, actor) || isOwn)) throw new Problem('not-found', '清单中没有这一行，请从清单中选择');
  return { row, listed: listed !== undefined, history: events.map((each, index) => entry(each, events[index - 1])) };
}

function entry({ stored: { event }, content }: RowEvent, before: RowEvent | undefined): z.infer<typeof answers.rowHistory>['history'][number] {
  const at = (value: unknown, pointer: string) => (valueAt(value, pointer) ?? null) as null;
  const changes = before ? changedPointers(before.content, content).map((pointer) => ({ pointer, before: at(before.content, pointer), after: at(content, pointer) })) : [];
  return {
    n: event.n, at: event.at, command: event.command,
    by: { person: event.actor.person, name: event.actor.name, org: event.actor.org.id, orgName: event.actor.org.name },
    ...(event.reason === undefined ? {} : { reason: event.reason }),
    changes,
  };
}

async function shown(table: Table, head: Head, rows: readonly FullRow[]): Promise<z.infer<typeof answers.rowPage>['items']> {
  const units = [...new Set(rows.flatMap(({ unit }) => unit ?? []))];
  const items = await readItems(table, units.map(orgKey));
  const isAccepted = listContext(head.snapshot).opened !== null;
  return rows.map(({ id, unit, by, edits, seqNo, content }) => ({
    row: id, seqNo, unit, by, edits, content,
    ...(unit === null ? {} : { unitName: items.get(nameOf(orgKey(unit)))?.['name']?.S ?? unit }),
    ...(isAccepted ? { scenario: scenarioOfRow(head.id, id) } : {}),
  }));
}
