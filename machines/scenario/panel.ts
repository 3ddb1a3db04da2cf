import type { Question } from '../question.ts';
import type { ScenarioContext } from './context.ts';
import { panelScore, reviewPack, sheetScore } from './scores.ts';

type Change = (ask: Question<ScenarioContext>) => Partial<ScenarioContext>;

/** What the review of a scenario changes in its context: the panel, its declarations and recusals, its sheets and its score. */
export const panelChanges = {
  addExperts: ({ args, context, policy }) => {
    const experts = args.experts ?? [];
    const alternates = [...(context.alternates ?? []), ...(args.alternates ?? [])].filter((id) => !experts.includes(id));
    return { experts: [...context.experts, ...experts], reviewPolicy: context.reviewPolicy ?? policy.id, ...(alternates.length > 0 || context.alternates ? { alternates } : {}) };
  },
  dropExpert: ({ args, context }) => replaced(context, args.expert ?? ''),
  noteRecusal: ({ actor, context }) => ({ ...replaced(context, actor.person), recused: [...context.recused, actor.person] }),
  noteDeclaration: ({ actor, context }) => ({ declared: [...(context.declared ?? []), actor.person] }),
  noteSheet: ({ args, actor, context, policy }) => ({ sheets: { ...context.sheets, [actor.person]: args.scores ? sheetScore(args.scores, reviewPack(context, policy)) : 0 } }),
  noteScore: ({ context, policy }) => ({ scoreHundredths: panelScore(Object.values(context.sheets), reviewPack(context, policy)) }),
  reopenPanel: () => ({ experts: [], alternates: [], declared: [], sheets: {}, reviewPolicy: null, scoreHundredths: null, proposal: null, objections: 0, noticeOver: false }),
} as const satisfies Record<string, Change>;

/** The panel without an expert: the first of the alternates steps in, and is asked to declare like everybody. */
function replaced({ experts, alternates = [], declared = [] }: ScenarioContext, leaving: string): Partial<ScenarioContext> {
  const [next, ...rest] = alternates;
  return {
    experts: [...experts.filter((id) => id !== leaving), ...(next === undefined ? [] : [next])],
    declared: declared.filter((id) => id !== leaving),
    ...(next === undefined ? {} : { alternates: rest }),
  };
}
