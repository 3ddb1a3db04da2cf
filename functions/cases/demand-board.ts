import type * as z from 'zod/mini';
import { openPromises, type DemandContext } from '../../machines/demand/rules.ts';
import { isProperAuthority } from '../../machines/demand/routing.ts';
import { dueAt } from '../../machines/deadlines.ts';
import { openTasks } from '../../machines/open-tasks.ts';
import { activeLeaves, pathOf, restore } from '../../machines/position.ts';
import { phasesOf } from '../../machines/state-paths.ts';
import type { Task } from '../../machines/decision.ts';
import type { Actor } from '../../shared/actor.ts';
import { dayOf } from '../../shared/days.ts';
import { divisionName, region } from '../../shared/divisions.ts';
import { policyOf } from '../../shared/policy.ts';
import type { Role } from '../../shared/roles.ts';
import type * as answers from '../api/demand-answers.ts';
import { badQuery, queryValue, queryWord } from '../http/cursor.ts';
import { Problem } from '../http/problem.ts';
import type { HttpRequest } from '../http/shell.ts';
import { leafPartition, type Head } from '../store/case.ts';
import { casesIn, organisationsIn } from '../store/lists.ts';
import { loadHeads } from '../store/load.ts';
import type { Desk } from './act.ts';
import { loadOrganisations } from './facts.ts';
import { maySee } from './see.ts';

const levels = ['region', 'city', 'county'] as const;

/** The data authorities that take demands of a level for a scenario's place (art. 16). Throws `Problem` for a level or place that is none. */
export async function dataAuthorityList(desk: Desk, request: HttpRequest): Promise<z.infer<typeof answers.dataAuthorityList>> {
  const level = queryWord(request, 'level', levels) ?? 'region';
  const division = queryValue(request, 'division') ?? region.code;
  if (divisionName(division) === undefined) throw badQuery('division', '没有这个行政区划代码');
  const orgs = (await Promise.all((['dataAuthority', 'city'] as const).map((office) => organisationsIn(desk.table, office)))).flat();
  return { items: orgs.filter((org) => isProperAuthority(org, level, division)).map(({ id, name, division: place }) => ({ id, name, division: place })) };
}

const readers: readonly Role[] = ['dataAuthority', 'bureauOfficer', 'bureauLeader', 'leadingGroupOffice', 'supervisor'];
/** So many open demands at most are looked at: six reads of the store. */
const most = 500;

type Board = z.infer<typeof answers.demandBoard>;
type Row = Board['parties'][number]['demands'][number];

/** Who waits for whom about data, for the authorities that see to it and for offices of the region. Throws `Problem`. */
export async function demandBoard(desk: Desk, actor: Actor): Promise<Board> {
  if (!actor.roles.some((role) => readers.includes(role))) throw new Problem('not-allowed', '数据需求督办情况供数据主管部门和自治区各办查阅', { needs: [...readers] });
  const phases = phasesOf('dataDemand').map((phase) => leafPartition('dataDemand', phase));
  const page = await casesIn(desk.table, 'byLeaf', phases, most, { partition: 0 });
  const heads = (await headsOf(desk, page.items)).filter(({ snapshot }) => snapshot.status === 'active' && maySee(snapshot, actor));
  const orgs = await loadOrganisations(desk.table, heads.flatMap(({ snapshot: { context } }) => [String(context['handler']), ...(context['provider'] === null ? [] : [String(context['provider'])])]));
  const names = new Map([...Object.values(orgs).map(({ id, name }) => [id, name] as const), ...heads.map(({ snapshot }) => contextOf(snapshot).unit).map(({ id, name }) => [id, name] as const)]);
  return { at: new Date(desk.now).toISOString(), parties: partiesOf(heads, desk.now, (id) => names.get(id) ?? id), cut: page.next !== undefined };
}

// One BatchGetItem takes a hundred keys.
async function headsOf(desk: Desk, ids: readonly string[]): Promise<Head[]> {
  const found: Head[] = [];
  for (let at = 0; at < ids.length; at += 100) found.push(...(await loadHeads(desk.table, ids.slice(at, at + 100))));
  return found;
}

function partiesOf(heads: readonly Head[], now: number, nameOf: (id: string) => string): Board['parties'] {
  const rows = heads.flatMap((head) => waitedFor(head).map((task) => ({ org: task.queue.slice(task.queue.indexOf('#') + 1), row: rowOf(head, task, now, nameOf) })));
  return [...Map.groupBy(rows, ({ org }) => org)]
    .map(([org, group]) => {
      const demands = group.map(({ row }) => row).sort((a, b) => a.dueAt.localeCompare(b.dueAt));
      return { org, name: nameOf(org), waiting: demands.length, overdue: demands.filter(({ overdue }) => overdue).length, demands };
    })
    .sort((a, b) => b.overdue - a.overdue || b.waiting - a.waiting || a.org.localeCompare(b.org));
}

/** The open to-dos of a demand; while sides have still to sign, it waits for them and not for the authority. */
function waitedFor({ snapshot }: Head): readonly Task[] {
  const tasks = openTasks(snapshot);
  return tasks.length > 1 ? tasks.filter(({ slot }) => slot !== 'main') : tasks;
}

function rowOf(head: Head, task: Task, now: number, nameOf: (id: string) => string): Row {
  const context = contextOf(head.snapshot);
  const waited = task.queue.slice(task.queue.indexOf('#') + 1);
  const today = dayOf(new Date(now).toISOString());
  const due = firstDue(head, task.leaf);
  const waits = [context.unit.id, context.handler, ...(context.provider === null ? [] : [context.provider])].filter((org) => org !== waited);
  return {
    case: head.id,
    title: context.name,
    leaf: task.leaf,
    waits: [...new Set(waits)].map((org) => ({ org, name: nameOf(org) })),
    since: head.phaseSince,
    dueAt: due,
    overdue: Date.parse(due) < now,
    promises: openPromises(context).map(({ name, dueOn }) => ({ name, dueOn, overdue: dueOn < today })),
  };
}

/** When the wait was over for the first time: a reminder renews the term, but not the delay. */
function firstDue({ snapshot, phaseSince }: Head, leaf: string): string {
  const node = activeLeaves(restore(snapshot)).find((each) => pathOf(each) === leaf);
  if (!node) throw new Error(`${leaf} is no leaf of the case`);
  return dueAt(node, snapshot.context, policyOf(String(snapshot.context['policy'])), phaseSince);
}

function contextOf(snapshot: Head['snapshot']): DemandContext {
  return snapshot.context as unknown as DemandContext;
}
