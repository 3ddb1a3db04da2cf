import type { AnyTransitionDefinition } from 'xstate';
import type { Actor } from '../shared/actor.ts';
import type { Role } from '../shared/roles.ts';
import type { Refusal } from './decision.ts';
import type { Reach, TransitionMeta } from './define.ts';
import { roleLabels } from './labels.zh.ts';

/** The part of any context that says whose case it is. */
interface Owned {
  readonly unit?: { readonly id: string };
  readonly filer?: string;
  readonly handler?: string | null;
  readonly experts?: readonly string[];
  readonly acceptance?: { readonly experts: readonly string[] };
  readonly provider?: string | null;
  readonly leadUnit?: { readonly departments: readonly string[] } | null;
}

const reachSays: Readonly<Record<Reach, string>> = {
  ownUnit: '只有申报单位自己的人员可以办理',
  handlingAuthority: '只有受理的主管部门可以办理',
  appointed: '只有被指派的专家或被征求意见的部门可以办理',
  provider: '只有被指明提供数据的部门可以办理',
  anyCase: '',
};

/** Why an actor may not use a transition; null when they may. */
export function forbids(transition: AnyTransitionDefinition, actor: Actor, context: unknown): Refusal | null {
  const meta = transition.meta as TransitionMeta;
  if (!hasRole(actor, meta.roles)) return notAllowed(`此事项由${namesOf(meta.roles)}办理`, meta);
  const owned = context as Owned;
  if (!reaches(meta, actor, owned)) return notAllowed(reachSays[meta.reach], meta);
  if (!meta.roles.includes('applicant') && owned.filer === actor.person) return notAllowed('不能办理自己申报的场景，请由他人办理', meta);
  return null;
}

/** Whether an actor holds one of the roles. */
export function hasRole(actor: Actor, roles: readonly Role[]): boolean {
  return roles.some((role) => actor.roles.includes(role));
}

function reaches({ reach, roles }: TransitionMeta, actor: Actor, context: Owned): boolean {
  switch (reach) {
    case 'ownUnit':
      return context.unit?.id === actor.org.id;
    case 'handlingAuthority':
      return context.handler === actor.org.id;
    case 'appointed':
      // Experts are appointed as persons, departments as organisations: an expert of an asked department is no appointed expert.
      return roles.includes('expert') ? ((context.acceptance ?? context).experts ?? []).includes(actor.person) : (context.leadUnit?.departments ?? []).includes(actor.org.id);
    case 'provider':
      return context.provider === actor.org.id;
    case 'anyCase':
      return true;
  }
}

function notAllowed(detail: string, meta: TransitionMeta): Refusal {
  return { ok: false, problem: 'not-allowed', detail, article: meta.article, needs: meta.roles };
}

function namesOf(roles: readonly Role[]): string {
  return roles.map((role) => roleLabels[role]).join('、');
}
