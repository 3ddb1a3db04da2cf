import { organisations, people } from '../../infra/local/seed/people.ts';
import type { ScenarioContext } from '../../machines/scenario/context.ts';
import { conflictsOf } from '../../machines/scenario/conflicts.ts';
import { panelAtWork } from '../../machines/scenario/panel.ts';
import type { Organisation } from '../../shared/actor.ts';
import { policyOf } from '../../shared/policy.ts';
import type { Role } from '../../shared/roles.ts';

/** Who looks after a case on everybody's behalf: the Bureau sees every filing and its review. */
export const overseer = 'li-ning';

/** Who reads case files whole, drafts too: supervision. */
export const auditor = 'ou-lin';

export { people };

/** What a seeded person may act as. */
export function rolesOf(person: string): readonly Role[] {
  return people.find(({ id }) => id === person)?.roles ?? [];
}

/** The organisation of a seeded person. */
export function orgOf(person: string): Organisation {
  const org = people.find(({ id }) => id === person)?.org;
  const found = organisations.find(({ id }) => id === org);
  if (!found) throw new Error(`nobody is called ${person}`);
  return found;
}

/** Who of a role works for an organisation; throws where nobody does, because then nobody can act. */
export function personOf(role: Role, org: string): string {
  const found = people.find((each) => each.org === org && each.roles.includes(role));
  if (!found) throw new Error(`nobody is ${role} at ${org}`);
  return found.id;
}

/** The people of an office that has several, by turns: case `number` gets the same ones at any time. */
export function inTurn(role: Role, number: number): string {
  const all = people.filter(({ roles }) => roles.includes(role));
  const chosen = all[number % all.length];
  if (!chosen) throw new Error(`nobody is ${role}`);
  return chosen.id;
}

/** Another person of the same role and office. */
export function colleagueOf(person: string, role: Role): string {
  const org = orgOf(person).id;
  const other = people.find((each) => each.id !== person && each.org === org && each.roles.includes(role));
  if (!other) throw new Error(`${person} has no colleague who is ${role}`);
  return other.id;
}

/** The experts whom nothing ties to a case and who are not on the panel it is with, in their order. */
export function freeExperts(context: ScenarioContext, today: string): string[] {
  const { experts, recused, alternates = [] } = panelAtWork(context);
  const taken = [...experts, ...recused, ...alternates];
  const pool = people.filter(({ id, roles }) => roles.includes('expert') && !taken.includes(id));
  return pool.filter(({ id, expertise }) => conflictsOf({ org: orgOf(id), ...(expertise ? { expertise } : {}) }, context, today, policyOf(context.policy)).length === 0).map(({ id }) => id);
}
