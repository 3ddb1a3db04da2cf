import type * as z from 'zod/mini';
import { lifecycles } from '../../machines/lifecycles.ts';
import type { LifecycleName } from '../../machines/decision.ts';
import { packOf } from '../../machines/pack.ts';
import { differencesOf } from '../../machines/what-if.ts';
import type { Actor } from '../../shared/actor.ts';
import { triedOut, whatIfArgs } from '../../shared/contracts/policy-changes.ts';
import { dayOf } from '../../shared/days.ts';
import { packOn, policyOf } from '../../shared/policy.ts';
import type { Role } from '../../shared/roles.ts';
import type * as answers from '../api/policy-answers.ts';
import { cursorText, placeIn } from '../http/cursor.ts';
import { checked, jsonBody } from '../http/door.ts';
import { Problem } from '../http/problem.ts';
import type { HttpRequest } from '../http/shell.ts';
import { leafPartition } from '../store/case.ts';
import { casesIn } from '../store/lists.ts';
import { loadHeads } from '../store/load.ts';
import { titleOf } from './about.ts';
import type { Desk } from './act.ts';

type WhatIf = z.infer<typeof answers.whatIf>;

const askers: readonly Role[] = ['bureauOfficer', 'bureauLeader', 'leadingGroupOffice'];
const scenarios: readonly LifecycleName[] = ['governmentInvestment', 'socialInvestment'];
const listName = 'whatIf';
const pageSize = 100;

const partitions = scenarios.flatMap((lifecycle) =>
  Object.values(lifecycles[lifecycle].machine.root.states)
    .filter((state) => state.type !== 'final')
    .map((state) => leafPartition(lifecycle, state.key)),
);

/** Runs a page of the open scenarios under the pack in force with changes, beside the pack that each is decided under; stores nothing. Throws `Problem`. */
export async function whatIf(desk: Desk, request: HttpRequest, actor: Actor): Promise<WhatIf> {
  if (!actor.roles.some((role) => askers.includes(role))) throw new Problem('not-allowed', '政策推演由自治区数据局和领导小组办公室使用', { needs: [...askers] });
  const { changes, cursor } = checked(whatIfArgs, jsonBody(request));
  const now = new Date(desk.now).toISOString();
  const base = packOn(desk.policy, dayOf(now));
  const tried = triedOut(policyOf(base), changes);
  const page = await casesIn(desk.table, 'byLeaf', partitions, pageSize, placeIn(cursor, listName));
  const heads = await loadHeads(desk.table, page.items);
  const cases = heads.flatMap(({ id, lifecycle, snapshot, at }): WhatIf['cases'] => {
    const policy = packOf(snapshot, desk.policy, now);
    const differences = differencesOf(snapshot, policyOf(policy), tried);
    return differences.length === 0 ? [] : [{ case: id, title: titleOf(snapshot), lifecycle, state: Object.keys(at), policy, differences: differences as WhatIf['cases'][number]['differences'] }];
  });
  return { base, looked: heads.length, cases, totals: totalsOf(cases), ...(page.next ? { next: cursorText(listName, page.next) } : {}) };
}

function totalsOf(cases: WhatIf['cases']): WhatIf['totals'] {
  const all = cases.flatMap(({ differences }) => differences);
  const sum = (side: 'before' | 'after') => all.reduce((total, each) => total + (each.what === 'ceilingFen' ? Number(each[side]) : 0), 0);
  return { byChange: Object.fromEntries([...Map.groupBy(all, ({ what }) => what)].map(([what, list]) => [what, list.length])), ceilingBeforeFen: sum('before'), ceilingAfterFen: sum('after') };
}
