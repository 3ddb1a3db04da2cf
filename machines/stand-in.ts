import type { Actor } from '../shared/actor.ts';
import { addDays, dayOf, endOfDay, startOfDay } from '../shared/days.ts';
import { policyOf } from '../shared/policy.ts';
import type { Role } from '../shared/roles.ts';
import type { Asked, Command, Decision, Refusal, Snapshot } from './decision.ts';
import { decide } from './decide.ts';

/** Somebody acts in a colleague's place on the days from one to another, both included (Asia/Shanghai). */
export interface StandIn {
  readonly id: string;
  readonly person: string;
  readonly by: string;
  readonly from: string;
  readonly until: string;
}

/** What somebody wants to hand over: to whom, and for which days. */
export interface HandOver {
  readonly to: Actor;
  readonly from: string;
  readonly until: string;
}

// A review is the expert's own: conflicts are declared, and sheets signed, by the person (requirements 8.8). Supervision is nobody's to give away.
const personal: readonly Role[] = ['expert', 'supervisor', 'system', 'public'];

/** The roles in which one may act for the other. */
export function sharedRoles(person: Actor, by: Actor): Role[] {
  return person.org.id === by.org.id ? by.roles.filter((role) => person.roles.includes(role) && !personal.includes(role)) : [];
}

/** Why somebody may not be stood in for like this; null when they may. `others` are the stand-ins that both have already. */
export function refusesStandIn(person: Actor, { to, from, until }: HandOver, others: readonly StandIn[], asked: Pick<Asked, 'now' | 'policy'>): Refusal | null {
  const most = policyOf(asked.policy).standInDays.value;
  const meets = (each: StandIn): boolean => each.from <= until && from <= each.until;
  const no = (detail: string): Refusal => ({ ok: false, problem: 'rule-refused', detail, rule: 'standIn', article: 'policy issue B.10' });
  if (to.person === person.person) return no('不能委托给自己，请选择同单位的同事');
  if (sharedRoles(person, to).length === 0) return no('只能委托给同单位、同角色的人员；评审和监督须由本人办理');
  if (until < from || until < dayOf(asked.now)) return no('结束日期不能早于开始日期和今天，请检查日期');
  if (until > addDays(from, most - 1)) return no(`一次委托最多${most}天，请缩短期限`);
  if (others.some((each) => each.person === person.person && meets(each))) return no('这段时间已委托他人代办，请先撤销原委托');
  if (others.some((each) => each.person === to.person && meets(each))) return no('对方在这段时间也已委托他人代办，请另选他人');
  if (others.some((each) => each.by === person.person && meets(each))) return no('您在这段时间正代他人办理，不能再委托他人');
  return null;
}

/** Whether a stand-in holds at an instant. */
export function holdsAt({ from, until }: StandIn, now: string): boolean {
  return startOfDay(from) <= now && now <= endOfDay(until);
}

/** Somebody who acts in a colleague's place: in the roles that both have, and under both names. */
export function actingFor(actor: Actor, represented: Actor): Actor {
  return { ...actor, roles: sharedRoles(represented, actor), onBehalfOf: { person: represented.person, name: represented.name } };
}

/** Decides like `decide`; whoever acts in a colleague's place may only what both may, so that nobody's four eyes become two. */
export function decideFor(snapshot: Snapshot, command: Command, asked: Asked, represented?: Actor): Decision {
  const decision = decide(snapshot, command, asked);
  if (!decision.ok || represented === undefined) return decision;
  const theirs = decide(snapshot, command, { ...asked, actor: represented });
  return theirs.ok ? decision : { ...theirs, detail: `被代办人不能办理此事项：${theirs.detail}` };
}
