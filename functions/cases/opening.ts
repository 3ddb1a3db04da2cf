import type { LifecycleName } from '../../machines/decision.ts';
import { Problem } from '../http/problem.ts';
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
  }
  const [head, first] = await Promise.all([loadCase(desk.table, input.id), loadEvent(desk.table, input.id, 1)]);
  if (!head || !isOutcomeOf(first, request)) throw new Problem('conflict', '这个 Idempotency-Key 已用于另一份申报，请换用新的编号');
  return firstAnswer(desk, actor, head, first);
}
