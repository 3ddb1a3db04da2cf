import type * as z from 'zod/mini';
import type { Origin } from '../../machines/scenario/context.ts';
import type { Actor } from '../../shared/actor.ts';
import { overseers } from '../../shared/roles.ts';
import type * as answers from '../api/lineage-answers.ts';
import { Problem } from '../http/problem.ts';
import type { Head } from '../store/case.ts';
import { descendantsOf, replications } from '../store/lineage.ts';
import { loadCase, loadHeads } from '../store/load.ts';
import type { Table } from '../store/table.ts';
import { titleOf } from './about.ts';
import type { Desk } from './act.ts';
import { maySee } from './see.ts';

type Lineage = z.infer<typeof answers.lineage>;

// A filing that was refiled ten times has been told more than once what to mend.
const mostAncestors = 10;

/** Where a scenario came from, back to the first, and what came from it; of others' cases a reader learns how many, and no more. */
export async function lineageOf(table: Table, head: Head, actor: Actor): Promise<Lineage> {
  const marks = await descendantsOf(table, head.id);
  const heads = await headsOf(table, marks.map(({ id }) => id));
  const seen = marks.filter(({ id }) => maySeeIn(heads, id, actor));
  return {
    from: await ancestors(table, head, actor),
    to: seen.map(({ kind, id, at }) => ({ kind, case: id, at, title: titleOf((heads.get(id) as Head).snapshot), unitName: unitNameOf(heads.get(id) as Head) })),
    refilings: marks.filter(({ kind }) => kind === 'refiling').length,
    replications: marks.filter(({ kind }) => kind === 'replication').length,
  };
}

async function ancestors(table: Table, head: Head, actor: Actor): Promise<Lineage['from']> {
  const found: Lineage['from'] = [];
  for (let origin = originIn(head); origin && found.length < mostAncestors; ) {
    const source = await loadCase(table, origin.case);
    const { kind, case: id, title, unitName, row } = origin;
    const readable = source !== undefined && maySee(source.snapshot, actor);
    found.push({ kind, case: id, title, unitName, readable, ...(row === undefined ? {} : { row }) });
    origin = readable ? originIn(source) : undefined;
  }
  return found;
}

const mostCounted = 2000;

/** How often each case of the library is replicated: by how many units, in how many cities, and how far these scenarios came; most replicated first (art. 12(4)). Throws `not-allowed`. */
export async function reuse({ table }: Desk, actor: Actor): Promise<z.infer<typeof answers.reuse>> {
  if (!actor.roles.some((role) => overseers.includes(role))) throw new Problem('not-allowed', '复制推广统计供自治区数据局、领导小组办公室和监督人员查看', { needs: overseers });
  const { items: marks, whole } = await replications(table, mostCounted);
  const heads = await headsOf(table, [...new Set(marks.flatMap(({ source, id }) => [source, id]))]);
  const rows = [...Map.groupBy(marks, ({ source }) => source)].map(([source, some]) => rowOf(source, heads, some.flatMap(({ id }) => heads.get(id) ?? [])));
  return { items: rows.toSorted((a, b) => b.replications - a.replications || a.case.localeCompare(b.case)), whole };
}

function rowOf(source: string, heads: ReadonlyMap<string, Head>, copies: readonly Head[]): z.infer<typeof answers.reuse>['items'][number] {
  const head = heads.get(source);
  const count = (of: (copy: Head) => unknown): number => new Set(copies.map(of)).size;
  return {
    case: source,
    title: head ? titleOf(head.snapshot) : source,
    unitName: head ? unitNameOf(head) : '',
    replications: copies.length,
    units: count(({ owner }) => owner),
    cities: count(({ snapshot }) => String(snapshot.context['division']).slice(0, 4)),
    submitted: copies.filter(({ snapshot }) => snapshot.context['handler'] !== null).length,
    published: copies.filter(({ snapshot }) => typeof snapshot.context['batch'] === 'string').length,
    inCaseLibrary: copies.filter(({ snapshot }) => snapshot.context['inCaseLibrary'] === true).length,
  };
}

// One BatchGetItem takes a hundred.
async function headsOf(table: Table, ids: readonly string[]): Promise<Map<string, Head>> {
  const found = new Map<string, Head>();
  for (let at = 0; at < ids.length; at += 100) for (const head of await loadHeads(table, ids.slice(at, at + 100))) found.set(head.id, head);
  return found;
}

function maySeeIn(heads: ReadonlyMap<string, Head>, id: string, actor: Actor): boolean {
  const head = heads.get(id);
  return head !== undefined && maySee(head.snapshot, actor);
}

function originIn({ snapshot }: Head): Origin | undefined {
  return (snapshot.context['origin'] as unknown as Origin | undefined) ?? undefined;
}

function unitNameOf({ snapshot }: Head): string {
  const { unit } = snapshot.context as { readonly unit?: { readonly name?: string } };
  return unit?.name ?? '';
}
