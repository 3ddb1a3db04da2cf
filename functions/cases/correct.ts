import { correctionOf, type CorrectionAsked, type ListedScenario } from '../../machines/correction.ts';
import type { Actor } from '../../shared/actor.ts';
import { Problem } from '../http/problem.ts';
import { correctionId, editionIn, runsOf } from '../published/editions.ts';
import { phaseOfCase, type Head, type RequestMark } from '../store/case.ts';
import { loadEvent, loadHeads } from '../store/load.ts';
import { Conflict } from '../store/save.ts';
import { open, type Desk } from './act.ts';
import { firstAnswer } from './command.ts';
import { openedBefore } from './opening.ts';
import { refused } from './refusals.ts';
import { isOutcomeOf } from './request-mark.ts';
import { caseAnswer, type CaseAnswer } from './view.ts';

/**
 * Opens the run of a new edition of a published list: it is frozen, checked by an officer and signed by a leader like the first
 * one. One at a time for each half-year; the same request again gets the first answer again. Throws `Problem`.
 */
export async function openCorrection(desk: Desk, actor: Actor, batch: Head, asked: CorrectionAsked, mark: RequestMark): Promise<CaseAnswer> {
  const { half } = batch.snapshot.context as unknown as { readonly half: string };
  const runs = await runsOf(desk.table, half);
  const repeated = await answeredBefore(desk, actor, runs, mark);
  if (repeated) return repeated;
  const editions = runs.flatMap((run) => editionIn(run) ?? []);
  const newest = editions.at(-1);
  if (!newest) throw new Problem('wrong-state', '这一批次还没有发布，不能更正；发布前请重新冻结清单');
  const open = runs.find(({ snapshot }) => snapshot.status === 'active');
  if (open) throw new Problem('wrong-state', `已有一项更正正在办理（${open.id}），请办结后再提出新的更正`);
  const scenarios = (await loadHeads(desk.table, asked.changes.map(({ scenario }) => scenario))).map(listed);
  const decided = correctionOf(half, asked, scenarios, editions.flatMap(({ correction }) => correction ?? []), actor.person);
  if (!decided.ok) throw refused(decided);
  return begun(desk, actor, { id: correctionId(half, runs.length), half, edition: newest.edition + 1, correction: decided.correction }, mark);
}

async function begun(desk: Desk, actor: Actor, input: Parameters<typeof open<'publication'>>[1]['input'], request: RequestMark): Promise<CaseAnswer> {
  try {
    const done = await open(desk, { lifecycle: 'publication', input, actor, request });
    if (!done.ok) throw refused(done);
    return caseAnswer(desk, done.head, actor, { tasks: done.accepted.tasks, event: done.stored });
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
    // The number of the run is the next free one: the same request, sent twice, has taken it itself.
    const before = await openedBefore(desk, actor, input.id, request);
    if (before) return before;
    throw new Problem('conflict', '同时有人提出了更正，请刷新后查看');
  }
}

async function answeredBefore(desk: Desk, actor: Actor, runs: readonly Head[], mark: RequestMark): Promise<CaseAnswer | undefined> {
  for (const run of runs.slice(1)) {
    const first = await loadEvent(desk.table, run.id, 1);
    if (first && isOutcomeOf(first, mark)) return firstAnswer(desk, actor, run, first);
  }
  return undefined;
}

function listed({ id, snapshot }: Head): ListedScenario {
  const { batch, listNumber } = snapshot.context;
  return { id, batch: typeof batch === 'string' ? batch : null, listNumber: typeof listNumber === 'string' ? listNumber : null, ended: snapshot.status === 'done' ? phaseOfCase(snapshot) : null };
}
