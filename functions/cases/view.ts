import type * as z from 'zod/mini';
import { flagsOf } from '../../machines/flags.ts';
import { offers } from '../../machines/offers.ts';
import type { Asked, Offer, Task } from '../../machines/decision.ts';
import { packOf } from '../../machines/pack.ts';
import type { ScenarioContext } from '../../machines/scenario/context.ts';
import { progressOf } from '../../machines/scenario/progress.ts';
import { dayOf } from '../../shared/days.ts';
import type { Actor } from '../../shared/actor.ts';
import type * as answers from '../api/answers.ts';
import type { Head, StoredEvent } from '../store/case.ts';
import { leavesOf } from '../store/leaves.ts';
import { titleOf } from './about.ts';
import type { Desk } from './act.ts';
import { taskAnswer } from './rows.ts';
import { isSealedFor, visibleContext, visibleTasks, withheldFor } from './see.ts';

/** A case as the API answers it. */
export type CaseAnswer = z.infer<typeof answers.caseAnswer>;

/** What a reader gets of a case besides the head. */
export interface Beside {
  readonly tasks: readonly Task[];
  readonly form?: CaseAnswer['form'];
  readonly event?: StoredEvent;
}

/** A case as one reader may see it now, with what they may do and why not the rest. */
export function caseAnswer(desk: Pick<Desk, 'policy' | 'now'>, head: Head, actor: Actor, beside: Beside): CaseAnswer {
  const { snapshot } = head;
  const now = new Date(desk.now).toISOString();
  const asked: Asked = { actor, now, policy: packOf(snapshot, desk.policy, now) };
  return {
    id: head.id,
    lifecycle: head.lifecycle,
    definition: snapshot.definition,
    version: head.version,
    status: snapshot.status,
    state: [...leavesOf(snapshot.value)],
    title: titleOf(snapshot),
    openedAt: head.openedAt,
    changedAt: head.changedAt,
    due: Object.fromEntries(Object.entries(head.at).map(([leaf, visit]) => [leaf, visit.dueAt])),
    context: { ...visibleContext(snapshot, actor) } as CaseAnswer['context'],
    flags: (isSealedFor(snapshot, actor) ? [] : flagsOf(snapshot, asked.now, asked.policy)).map((flag) => ({ ...flag, figures: { ...flag.figures } as Record<string, never> })),
    ...progressAnswer(snapshot, actor, now),
    offers: offers(snapshot, asked).map(offerAnswer),
    tasks: visibleTasks(beside.tasks, actor).map((task) => taskAnswer(head, task)),
    ...(beside.form ? { form: beside.form } : {}),
    ...(beside.event ? { event: { n: beside.event.event.n, type: beside.event.event.type, at: beside.event.event.at } } : {}),
  };
}

function progressAnswer(snapshot: Head['snapshot'], actor: Actor, now: string): Pick<CaseAnswer, 'progress'> {
  const made = snapshot.lifecycle === 'governmentInvestment' && !isSealedFor(snapshot, actor) ? progressOf(snapshot.context as unknown as ScenarioContext, dayOf(now)) : null;
  return made ? { progress: { ...made, milestones: made.milestones.map((each) => ({ ...each })) } } : {};
}

/** An event as one reader may see it: who reviewed and how is withheld from those whom the review is blind to, a bank account from who has nothing to do with the money, a draft from all but its unit. */
export function eventAnswer({ event, digests }: StoredEvent, head: Head, actor: Actor): z.infer<typeof answers.event> {
  const withheld = withheldFor(event, head, actor);
  const { n, at, type, command, article, policy, leaves } = event;
  return {
    n, at, type, command, article, policy,
    actor: withheld === 'review' ? { person: '', name: '（评审环节，不公开）', roles: [], org: '', orgName: '' } : { person: event.actor.person, name: event.actor.name, roles: [...event.actor.roles], org: event.actor.org.id, orgName: event.actor.org.name, ...(event.actor.onBehalfOf ? { onBehalfOf: { ...event.actor.onBehalfOf } } : {}) },
    args: withheld ? {} : ({ ...event.args } as Record<string, never>),
    ...(event.reason === undefined || withheld ? {} : { reason: event.reason }),
    ...(event.money === undefined ? {} : { money: { ...event.money } as Record<string, never> }),
    ...(event.entry === undefined ? {} : { entry: { lines: event.entry.lines.map((line) => ({ ...line })) } }),
    leaves: [...leaves],
    ...digests,
    ...(withheld ? { withheld: true as const } : {}),
  };
}

function offerAnswer({ command, allowed, refusal }: Offer): CaseAnswer['offers'][number] {
  if (!refusal) return { command, allowed };
  const { problem, detail, rule, article, figures, needs } = refusal;
  return {
    command, allowed,
    refusal: {
      problem, detail,
      ...(rule === undefined ? {} : { rule }), ...(article === undefined ? {} : { article }),
      ...(figures === undefined ? {} : { figures: { ...figures } as Record<string, never> }), ...(needs === undefined ? {} : { needs: [...needs] }),
    },
  };
}
