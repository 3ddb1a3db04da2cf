import { carryOut, firstAnswer, type Request } from '../cases/command.ts';
import type { Desk } from '../cases/act.ts';
import { stepAside } from '../cases/overtaken.ts';
import { isOutcomeOf, markOf } from '../cases/request-mark.ts';
import type { CaseAnswer } from '../cases/view.ts';
import { Problem } from '../http/problem.ts';
import { eventsAfter, loadCase } from '../store/load.ts';

/**
 * Proposes rows to a list that others work on at the same moment: proposals do not meet, so one that knows an older version goes on
 * with the newest. The same request again gets its first answer again. Throws `Problem`.
 */
export async function propose(desk: Desk, request: Request): Promise<CaseAnswer> {
  const mark = markOf(request.actor.person, request.key, request.command);
  let { head } = request;
  for (let attempt = 1; request.version <= head.version; attempt += 1) {
    if (request.version < head.version) for await (const stored of eventsAfter(desk.table, head.id, request.version)) if (isOutcomeOf(stored, mark)) return firstAnswer(desk, request.actor, head, stored);
    try {
      return await carryOut(desk, { ...request, head, version: head.version });
    } catch (error) {
      if (!(error instanceof Problem) || error.name !== 'stale-version') throw error;
      await stepAside(attempt);
      head = (await loadCase(desk.table, head.id)) ?? head;
    }
  }
  return carryOut(desk, request);
}
