import { dayOf } from '../../shared/days.ts';
import type { Question, Rule } from '../question.ts';
import { openFen, type Instalment, type InstalmentPlan, type RecoveryContext } from './rules.ts';

/** What deadlines and flags read of a case that collects money. */
export interface Collecting {
  readonly recoveredFen?: number;
  readonly demandedBy?: string | null;
  readonly plan?: InstalmentPlan | null;
}

/** The instalments that have not come back whole, each with what is missing (fen); empty without a plan. */
export function openInstalments({ plan, recoveredFen = 0 }: Collecting): (Instalment & { readonly missingFen: number })[] {
  let paidFen = recoveredFen - (plan?.fromFen ?? 0);
  return (plan?.instalments ?? []).flatMap((each) => {
    const covered = Math.min(each.amountFen, Math.max(0, paidFen));
    paidFen -= covered;
    return covered < each.amountFen ? [{ ...each, missingFen: each.amountFen - covered }] : [];
  });
}

/** The day by which the next money has to be back: of the plan where there is one, else of the demand. */
export function nextRepaymentDay(context: Collecting): string | undefined {
  return openInstalments(context)[0]?.dueOn ?? context.demandedBy ?? undefined;
}

type Ask = Question<RecoveryContext>;

/** Rules of repayment by instalments (A-12: the text has no term and forbids no plan). */
export const instalmentRules = {
  planFitsWhatIsOwed: {
    article: 'policy A-12',
    reads: 'args',
    sentence: '分期方案每期金额须大于0，各期合计须等于尚欠金额，期限须逐期推后且不早于今天',
    holds: ({ args, context, now }) => args.instalments === undefined || isSound(args.instalments, context, dayOf(now)),
    figures: ({ args, context }) => ({ plannedFen: sumOf(args.instalments ?? []), openFen: openFen(context) }),
  },
  planIsProposed: {
    article: 'policy A-12',
    reads: 'case',
    sentence: '没有待批准的分期缴回方案',
    holds: ({ context }) => Boolean(context.planProposal),
  },
  planIsOfAnother: {
    article: 'policy A-08 (four eyes)',
    reads: 'case',
    sentence: '拟定方案的人不能自己批准，请由另一位负责人办理',
    holds: ({ actor, context }) => context.planProposal?.by !== actor.person,
  },
  planStillFits: {
    article: 'policy A-12',
    reads: 'case',
    sentence: '方案拟定后又有款项退回或首期期限已过，请退回经办人重新拟定',
    holds: ({ context, now }) => !context.planProposal || isSound(context.planProposal.instalments, context, dayOf(now)),
    figures: ({ context }) => ({ plannedFen: sumOf(context.planProposal?.instalments ?? []), openFen: openFen(context) }),
  },
} as const satisfies Record<string, Rule<RecoveryContext>>;

/** Changes of a recovery about its plan. */
export const instalmentChanges = {
  notePlanProposal: ({ actor, args }) => ({ planProposal: { by: actor.person, instalments: args.instalments ?? [] } }),
  notePlan: ({ context: { planProposal, recoveredFen } }) => ({ plan: planProposal ? { instalments: planProposal.instalments, fromFen: recoveredFen } : null, planProposal: null }),
  dropPlanProposal: () => ({ planProposal: null }),
} as const satisfies Record<string, (ask: Ask) => Partial<RecoveryContext>>;

function isSound(instalments: readonly Instalment[], context: RecoveryContext, today: string): boolean {
  const days = [today, ...instalments.map(({ dueOn }) => dueOn)];
  const inOrder = days.every((day, index) => index === 0 || (index === 1 ? day >= today : day > (days[index - 1] ?? '')));
  return inOrder && instalments.every(({ amountFen }) => amountFen > 0) && sumOf(instalments) === openFen(context);
}

function sumOf(instalments: readonly Instalment[]): number {
  return instalments.reduce((sum, { amountFen }) => sum + amountFen, 0);
}
