import { mergeForms } from '../../shared/merge.ts';
import { valueAt } from '../../shared/pointers.ts';
import { Problem } from '../http/problem.ts';
import type { Head, StoredEvent } from '../store/case.ts';
import { formAt, revisionsBetween, type Revision } from '../store/forms.ts';
import { loadCase, loadEvent } from '../store/load.ts';
import type { Desk } from './act.ts';
import { carryOut, firstAnswer, type Request } from './command.ts';
import { stepAside } from './overtaken.ts';
import { isOutcomeOf, markOf } from './request-mark.ts';
import type { CaseAnswer } from './view.ts';

// Who left a form open while colleagues saved more often than this compares with the newest alone.
const mostLooked = 50;

/**
 * Saves a form that several people may be filling. What others did beside the form (an attachment, a reminder) is no conflict: the
 * save goes on with the newest version. When somebody saved the form meanwhile, nothing is overwritten: the problem shows both
 * changes, and how they go together. The same save again gets its first answer again. Throws `Problem`.
 */
export async function saveForm(desk: Desk, request: Request): Promise<CaseAnswer> {
  let { head } = request;
  if (request.version > head.version) return carryOut(desk, request);
  for (let attempt = 1; ; attempt += 1) {
    const later = await revisionsBetween(desk.table, head.id, request.version + 1, head.version, mostLooked);
    if (later.length > 0) return sameSaveOrConflict(desk, { ...request, head }, later);
    try {
      return await carryOut(desk, { ...request, head, version: head.version });
    } catch (error) {
      if (!(error instanceof Problem) || error.name !== 'stale-version') throw error;
      await stepAside(attempt);
      head = (await loadCase(desk.table, head.id)) ?? head;
    }
  }
}

async function sameSaveOrConflict(desk: Desk, request: Request, later: readonly Revision[]): Promise<CaseAnswer> {
  const events = await Promise.all(later.map(({ n }) => loadEvent(desk.table, request.head.id, n)));
  const mark = markOf(request.actor.person, request.key, request.command);
  const own = events.find((event) => isOutcomeOf(event, mark));
  if (own) return firstAnswer(desk, request.actor, request.head, own);
  throw conflict(request, await formAt(desk.table, request.head.id, request.version), later.at(-1) as Revision, events.at(-1));
}

function conflict({ head, command }: { readonly head: Head; readonly command: Request['command'] }, base: Revision | undefined, theirs: Revision, event: StoredEvent | undefined): Problem {
  const yours = command.args['form'];
  const { both, merged, ...alone } = mergeForms(base?.form ?? {}, theirs.form, yours);
  const at = (form: unknown, pointer: string): unknown => valueAt(form, pointer) ?? null;
  const detail =
    both.length === 0
      ? '其他人员刚保存了表单的另一些部分：您的内容没有丢失，合并双方的修改后即可再次保存'
      : '其他人员刚保存了同一些部分：您的内容没有丢失，请对照双方的填写逐项选择后再次保存';
  return new Problem('stale-version', detail, {
    version: head.version,
    conflict: {
      revision: theirs.n,
      savedAt: theirs.at,
      by: { person: theirs.person, name: event?.event.actor.name ?? theirs.person },
      theirs: alone.theirs.map((pointer) => ({ pointer, before: at(base?.form, pointer), after: at(theirs.form, pointer) })),
      yours: alone.yours.map((pointer) => ({ pointer, before: at(base?.form, pointer), after: at(yours, pointer) })),
      both: both.map((pointer) => ({ pointer, before: at(base?.form, pointer), theirs: at(theirs.form, pointer), yours: at(yours, pointer) })),
      ...(merged === undefined ? {} : { merged }),
    },
  });
}
