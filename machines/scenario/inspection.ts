import { dayOf } from '../../shared/days.ts';
import type { Question } from '../question.ts';
import type { Acceptance, ScenarioContext } from './context.ts';

type Change = (ask: Question<ScenarioContext>) => Partial<ScenarioContext>;

/** What an acceptance changes in a scenario's context: the application, what was inspected, the panel's opinions, the rounds, how it ended (art. 11(6), A-13). */
export const inspectionChanges = {
  noteApplication: ({ args, context, now }) => on(context, { appliedOn: dayOf(now), absent: (args.absent ?? []).map(({ part }) => part) }),
  noteReturned: ({ context }) => on(context, { appliedOn: null, absent: [] }),
  noteInspection: ({ args, context }) =>
    args.check === undefined || args.result === undefined ? {} : on(context, { checks: { ...inspectionOf(context).checks, [args.check]: { result: args.result, on: args.checkedOn ?? '' } } }),
  noteOpinion: ({ args, actor, context }) => (args.verdict === undefined ? {} : on(context, { opinions: { ...inspectionOf(context).opinions, [actor.person]: args.verdict } })),
  openNextRound: ({ context }) => on(context, { round: inspectionOf(context).round + 1, checks: {}, opinions: {} }),
  noteRectification: ({ context }) => ({ rectifications: context.rectifications + 1 }),
  notePassed: ({ context, now }) => on(context, { outcome: { result: 'passed', on: dayOf(now) } }),
  noteFailed: ({ context, now }) => on(context, { outcome: { result: 'failed', on: dayOf(now) } }),
  noteAccounts: ({ args }) => ({ accountsFen: args.finalAccountsFen ?? null }),
} as const satisfies Record<string, Change>;

/** The acceptance of a case, empty where nothing has been done for it yet. */
export function inspectionOf({ acceptance }: ScenarioContext): Acceptance {
  return acceptance ?? { round: 1, appliedOn: null, absent: [], experts: [], recused: [], checks: {}, opinions: {} };
}

function on(context: ScenarioContext, changed: Partial<Acceptance>): Partial<ScenarioContext> {
  return { acceptance: { ...inspectionOf(context), ...changed } };
}
