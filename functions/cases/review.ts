import type { ScenarioContext } from '../../machines/scenario/context.ts';
import { countedSheets, panelScore, rangeOf, reviewPack } from '../../machines/scenario/scores.ts';
import type { Actor } from '../../shared/actor.ts';
import { policyOf } from '../../shared/policy.ts';
import { Problem } from '../http/problem.ts';
import type { Head } from '../store/case.ts';
import type { EventRecord } from '../store/chain.ts';
import { eventsDown } from '../store/load.ts';
import type { Desk } from './act.ts';
import { namesOf } from './people-names.ts';
import { seesReview } from './see.ts';

/**
 * The sheets of a panel side by side, as the Bureau and supervision see them: scores and comments by expert, who is still asked, the
 * weights they count by, what the panel comes to, and where its members disagree. Throws `not-allowed` for everybody else.
 */
export async function reviewOf(desk: Desk, head: Head, actor: Actor): Promise<Record<string, unknown>> {
  if (!seesReview(actor)) throw new Problem('not-allowed', '评审情况只供自治区数据局和监督人员查阅', { needs: ['bureauOfficer', 'bureauLeader', 'supervisor'] });
  const context = head.snapshot.context as unknown as ScenarioContext;
  const pack = reviewPack(context, policyOf(desk.policy));
  const counted = new Set(countedSheets(context.sheets, pack));
  const [sheets, names] = await Promise.all([sheetsOf(desk, head), namesOf(desk.table, [...context.experts, ...(context.alternates ?? []), ...context.recused])]);
  const rows = sheets.map(({ at, actor: { person, name }, args }) => ({
    expert: person, name, at,
    scores: args['scores'] as Scores, comment: String(args['comment']),
    total: (context.sheets[person] ?? 0) / 100,
    counted: counted.has(person),
  }));
  const named = (ids: readonly string[]) => ids.map((expert) => ({ expert, name: names.get(expert) ?? expert }));
  const waiting = context.experts.filter((id) => context.sheets[id] === undefined);
  return {
    policy: pack.id,
    criteria: pack.criteria.value.map(({ id, weight }) => ({ id, weight, ...agreement(rows.map(({ scores }) => scores[id] ?? 0), pack.disagreementPoints.value) })),
    quorum: pack.quorum.value,
    passLine: pack.passLine.value,
    sheets: rows,
    declared: named(waiting.filter((id) => (context.declared ?? []).includes(id))),
    invited: named(waiting.filter((id) => !(context.declared ?? []).includes(id))),
    alternates: named(context.alternates ?? []),
    recused: named(context.recused),
    score: rows.length === 0 ? null : panelScore(Object.values(context.sheets), pack) / 100,
    ...agreement(rows.map(({ total }) => total), pack.disagreementPoints.value),
  };
}

type Scores = Readonly<Record<string, number>>;

/** How far apart some scores are, in points, and whether that is more than the policy takes for agreement. */
function agreement(scores: readonly number[], most: number): { readonly range: number; readonly disagree: boolean } {
  const range = Math.round(rangeOf(scores) * 100) / 100;
  return { range, disagree: range > most };
}

/** The sheets that count now, oldest first: those of the running panel, in the events since it was named. */
async function sheetsOf({ table }: Desk, head: Head): Promise<EventRecord[]> {
  const wanted = new Set(Object.keys(head.snapshot.context['sheets'] ?? {}));
  const found: EventRecord[] = [];
  for await (const { event } of wanted.size === 0 ? [] : eventsDown(table, head.id)) {
    if (event.command !== 'submitSheet' || !wanted.delete(event.actor.person)) continue;
    found.unshift(event);
    if (wanted.size === 0) break;
  }
  return found;
}
