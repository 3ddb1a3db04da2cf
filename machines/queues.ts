import type { Actor } from '../shared/actor.ts';

/** The to-do queues that a person sees: their own, and those of their roles in their organisation. A unit's administrator sees what its applicants see. */
export function queuesOf(actor: Actor): string[] {
  const roles = actor.roles.map((role) => (role === 'unitAdmin' ? 'applicant' : role));
  return [`person#${actor.person}`, ...new Set(roles.map((role) => `${role}#${actor.org.id}`))];
}
