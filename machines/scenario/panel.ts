import type { Question } from '../question.ts';
import type { Acceptance, Panel, ScenarioContext } from './context.ts';
import { inspectionOf } from './inspection.ts';
import { panelScore, reviewPack, sheetScore } from './scores.ts';

type Change = (ask: Question<ScenarioContext>) => Partial<ScenarioContext>;

/** A panel at work, with who of it has given the sheet or the opinion that was asked of them. */
export interface WorkingPanel extends Panel {
  readonly answered: readonly string[];
}

/** The panel that a case is with: that of the review until the scenario is published, then that of its acceptance. */
export function panelAtWork(context: ScenarioContext): WorkingPanel {
  const acceptance = acceptanceIn(context);
  const { experts, alternates, declared, recused, sheets } = context;
  if (acceptance) return { ...acceptance, answered: Object.keys(acceptance.opinions) };
  return { experts, recused, ...(alternates ? { alternates } : {}), ...(declared ? { declared } : {}), answered: Object.keys(sheets) };
}

/** What the review of a scenario changes in its context, and the acceptance where it does the same: the panel, its declarations and recusals, its sheets and its score. */
export const panelChanges = {
  addExperts: ({ args, context, policy }) => {
    const panel = panelAtWork(context);
    const experts = args.experts ?? [];
    const alternates = [...(panel.alternates ?? []), ...(args.alternates ?? [])].filter((id) => !experts.includes(id));
    return {
      ...onPanel(context, { experts: [...panel.experts, ...experts], ...(alternates.length > 0 || panel.alternates ? { alternates } : {}) }),
      ...(acceptanceIn(context) ? {} : { reviewPolicy: context.reviewPolicy ?? policy.id }),
    };
  },
  dropExpert: ({ args, context }) => onPanel(context, replaced(panelAtWork(context), args.expert ?? '')),
  noteRecusal: ({ actor, context }) => {
    const panel = panelAtWork(context);
    return onPanel(context, { ...replaced(panel, actor.person), recused: [...panel.recused, actor.person] });
  },
  noteDeclaration: ({ actor, context }) => onPanel(context, { declared: [...(panelAtWork(context).declared ?? []), actor.person] }),
  noteSheet: ({ args, actor, context, policy }) => ({ sheets: { ...context.sheets, [actor.person]: args.scores ? sheetScore(args.scores, reviewPack(context, policy)) : 0 } }),
  noteScore: ({ context, policy }) => ({ scoreHundredths: panelScore(Object.values(context.sheets), reviewPack(context, policy)) }),
  reopenPanel: () => ({ experts: [], alternates: [], declared: [], sheets: {}, reviewPolicy: null, scoreHundredths: null, proposal: null, objections: 0, noticeOver: false }),
} as const satisfies Record<string, Change>;

/** A change of the panel at work, wherever it stands. */
function onPanel(context: ScenarioContext, changed: Partial<Panel>): Partial<ScenarioContext> {
  const acceptance = acceptanceIn(context);
  return acceptance ? { acceptance: { ...acceptance, ...changed } } : changed;
}

/** The acceptance of a published scenario; a review comes no more after publication. */
function acceptanceIn(context: ScenarioContext): Acceptance | undefined {
  return context.batch === null ? undefined : inspectionOf(context);
}

/** The panel without an expert: the first of the alternates steps in, and is asked to declare like everybody. */
function replaced({ experts, alternates = [], declared = [] }: Panel, leaving: string): Partial<Panel> {
  const [next, ...rest] = alternates;
  return {
    experts: [...experts.filter((id) => id !== leaving), ...(next === undefined ? [] : [next])],
    declared: declared.filter((id) => id !== leaving),
    ...(next === undefined ? {} : { alternates: rest }),
  };
}
