import type { Actor, Organisation } from '../shared/actor.ts';
import type { Role } from '../shared/roles.ts';
import type { Refusal } from './decision.ts';
import { isInArea } from './list/rules.ts';

/** By what right somebody looks after the accounts of a unit: its own administrator, or an authority above it (requirements 8.16). */
export type Charge = 'ownUnit' | 'superior';

/** Somebody who works for a unit, as far as these rules read it. */
export interface UnitAccount {
  readonly person: string;
  readonly roles: readonly Role[];
  readonly active: boolean;
}

/** What is to become of an account. */
export interface AccountChange {
  readonly person: string;
  readonly roles: readonly Role[];
  readonly active: boolean;
}

/**
 * By what right a person looks after a unit's accounts; undefined when by none. A unit's administrator its own; the city or sector
 * authority those of the ordinary units of its area, the Bureau those of any: so an account is recovered when a unit's only
 * administrator is gone. Offices are nobody's here: their people are named by whoever runs the installation.
 */
export function chargeOf(actor: Actor, unit: Organisation): Charge | undefined {
  if (unit.office !== 'none') return undefined;
  if (actor.roles.includes('unitAdmin') && actor.org.id === unit.id) return 'ownUnit';
  if (actor.roles.some((role) => role === 'bureauOfficer' || role === 'bureauLeader')) return 'superior';
  const { id, division, sector } = actor.org;
  return actor.roles.includes('aggregator') && isInArea(unit, { unit: { id, division, sector: sector ?? null } }) ? 'superior' : undefined;
}

/** Why a change may not be made to a unit's accounts as they are; null when it may. Nobody changes their own account, and a unit keeps an administrator unless an authority above it decides. */
export function refusesAccountChange(actor: Actor, charge: Charge, accounts: readonly UnitAccount[], change: AccountChange): Refusal | null {
  const no = (rule: string, detail: string): Refusal => ({ ok: false, problem: 'rule-refused', detail, rule, article: 'policy requirements 8.16' });
  if (change.person === actor.person) return no('accountIsNotTheOwn', '不能更改自己的账号，请由本单位其他管理员或上级主管部门办理');
  const after = [...accounts.filter(({ person }) => person !== change.person), change];
  const hasAdmin = after.some(({ active, roles }) => active && roles.includes('unitAdmin'));
  if (charge === 'ownUnit' && !hasAdmin) return no('unitKeepsAnAdmin', '本单位至少要有一名管理员，请先指定另一名管理员');
  return null;
}
