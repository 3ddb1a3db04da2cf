import type { LifecycleName } from '../../machines/decision.ts';
import { Problem } from '../http/problem.ts';
import type { Actor } from '../../shared/actor.ts';
import type { RequestMark } from '../store/case.ts';
import { loadCase, loadEvent } from '../store/load.ts';
import { Conflict } from '../store/save.ts';
import { open, type Desk, type Opening } from './act.ts';
import { firstAnswer } from './command.ts';
import { refused } from './refusals.ts';
import { isOutcomeOf } from './request-mark.ts';
import { caseAnswer, type CaseAnswer } from './view.ts';

/** Opens a case that a person asks for; the id follows from person and key, so the same request again gets the first answer again. Throws `Problem`. */
export async function openOnce<L extends LifecycleName>(desk: Desk, opening: Opening<L> & { readonly request: RequestMark }): Promise<CaseAnswer> {
  const { actor, input, request } = opening;
  try {
    const done = await open(desk, opening);
    if (!done.ok) throw refused(done);
    return caseAnswer(desk, done.head, actor, { tasks: done.accepted.tasks, event: done.stored });
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
    const before = await openedBefore(desk, actor, input.id, request);
    if (before) return before;
    throw error.final ? new Problem('conflict', '这个 Idempotency-Key 已用于另一份申报，请换用新的编号') : error;
  }
}

/** The first answer once more where a case of that id was opened by this very request; `undefined` where there is none, or it came from another. */
export async function openedBefore(desk: Desk, actor: Actor, id: string, request: RequestMark): Promise<CaseAnswer | undefined> {
  const [head, first] = await Promise.all([loadCase(desk.table, id), loadEvent(desk.table, id, 1)]);
  return head && isOutcomeOf(first, request) ? firstAnswer(desk, actor, head, first) : undefined;
}
