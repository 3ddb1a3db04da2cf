import type * as z from 'zod/mini';
import type { ScenarioContext } from '../../machines/scenario/context.ts';
import type { Actor } from '../../shared/actor.ts';
import type * as meetings from '../api/meeting-answers.ts';
import type * as answers from '../api/review-answers.ts';
import { titleOf } from '../cases/about.ts';
import type { Desk } from '../cases/act.ts';
import { reviewOf } from '../cases/review.ts';
import type { Head } from '../store/case.ts';
import type { EventRecord } from '../store/chain.ts';
import { eventsDown } from '../store/load.ts';

/** How the selection of one scenario stands: its sheets and score, who proposed what and why, who signed, who decided. */
export type SelectionFacts = z.infer<typeof meetings.selection>;

type Review = z.infer<typeof answers.review>;

/** The selection of a scenario as sheets and log tell it, with the latest round alone. Throws `Problem` for who may not see reviews. */
export async function selectionFacts(desk: Desk, head: Head, actor: Actor): Promise<SelectionFacts> {
  const [review, steps] = await Promise.all([reviewOf(desk, head, actor) as Promise<Review>, latestSteps(desk, head.id)]);
  const { unit, investmentFen } = head.snapshot.context as unknown as ScenarioContext;
  return {
    case: head.id, title: titleOf(head.snapshot), unitName: unit.name, lifecycle: head.lifecycle, investmentFen,
    score: review.score, quorum: review.quorum, passLine: review.passLine, range: review.range, disagree: review.disagree,
    sheets: review.sheets.map(({ name, total, counted, comment }) => ({ name, total, counted, comment })),
    recused: review.recused.map(({ name }) => name),
    ...steps,
  };
}

interface Steps extends Pick<SelectionFacts, 'proposal' | 'decision'> {
  readonly signatures: { by: string; on: string; opinion: string }[];
}

// What lies before one of these belongs to an earlier round, or was sent back.
const beginnings: readonly string[] = ['sendBack', 'closeReview', 'reopenReview', 'assignExperts', 'passFormalCheck'];
const outcomes: Readonly<Record<string, 'selected' | 'notSelected'>> = { proposeSelection: 'selected', approveSelection: 'selected', proposeRejection: 'notSelected', approveRejection: 'notSelected' };

/** From the newest event down to the proposal that the latest decision rests on. */
async function latestSteps({ table }: Desk, id: string): Promise<Steps> {
  const taken = new Set<string>();
  let found: Steps = { signatures: [] };
  for await (const { event, digests } of eventsDown(table, id)) {
    if (event.command.startsWith('propose') && Object.hasOwn(outcomes, event.command)) return { ...found, proposal: { ...stepOf(event), outcome: outcomes[event.command] ?? 'notSelected' } };
    if (beginnings.includes(event.command)) return found;
    if (event.command === 'withdrawCountersign') taken.add(event.actor.person);
    else if (event.command === 'countersign' && !taken.delete(event.actor.person)) found = { ...found, signatures: [{ by: event.actor.name, on: event.at, opinion: String(event.args['opinion']) }, ...found.signatures] };
    else if (Object.hasOwn(outcomes, event.command)) found = { ...found, decision: { ...stepOf(event), outcome: outcomes[event.command] ?? 'notSelected', n: event.n, sha256: digests.sha256 } };
  }
  return found;
}

function stepOf({ actor, at, args }: EventRecord): { by: string; on: string; reason?: string } {
  return { by: actor.name, on: at, ...(typeof args['reason'] === 'string' ? { reason: args['reason'] } : {}) };
}
