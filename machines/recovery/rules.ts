import { dayOf } from '../../shared/days.ts';
import type { FundLineName } from '../ledger/accounts.ts';
import type { Question, Rule } from '../question.ts';
import type { CaseUnit, RecoveryCause } from '../scenario/context.ts';

/** What a recovery keeps; amounts in fen. `mandatory`: what was prepaid must come back, otherwise the Bureau decides. */
export interface RecoveryContext {
  readonly id: string;
  readonly scenario: string;
  readonly scenarioName: string;
  readonly unit: CaseUnit;
  readonly cause: RecoveryCause;
  readonly amountFen: number;
  /** The budget line that paid; absent in recoveries from before the fund was kept here. */
  readonly line?: FundLineName;
  readonly mandatory: boolean;
  /** The day on which it was opened; absent in recoveries from before it was kept. */
  readonly openedOn?: string;
  readonly proposal: { readonly by: string; readonly outcome: 'recover' | 'drop' | 'writeOff'; readonly amountFen: number | null } | null;
  readonly decidedFen: number | null;
  /** The day by which the demand wants the money back; absent before it, and in recoveries from before it was kept. */
  readonly demandedBy?: string | null;
  /** A plan of instalments that a leader has to approve, and the one that holds; absent while there is none. */
  readonly planProposal?: { readonly by: string; readonly instalments: readonly Instalment[] } | null;
  readonly plan?: InstalmentPlan | null;
  readonly offsetProposal?: Offset | null;
  readonly recoveredFen: number;
  readonly repayments: number;
  readonly reminders: number;
  readonly policy: string;
  readonly due: { readonly [leaf: string]: string };
}

/** One part of what is owed: an amount (fen) and the day by which it is to come back. */
export interface Instalment {
  readonly dueOn: string;
  readonly amountFen: number;
}

/** A plan that was approved; `fromFen` is what had come back by then, so that later repayments count towards the plan in its order. */
export interface InstalmentPlan {
  readonly instalments: readonly Instalment[];
  readonly fromFen: number;
}

/** An offset that a leader has to approve: fiscal money due to the unit elsewhere is kept back and goes to the fund instead (fen). */
export interface Offset {
  readonly by: string;
  readonly amountFen: number;
  /** Which money is kept back. */
  readonly against: string;
  /** The number of the settlement's document. */
  readonly documentNo: string;
}

/** What is still to be paid back, in fen. */
export function openFen(context: RecoveryContext): number {
  return Math.max(0, (context.decidedFen ?? context.amountFen) - context.recoveredFen);
}

/** Rules of a recovery (art. 12(2), A-12). */
export const recoveryRules = {
  isAnotherPerson: {
    article: 'policy A-08 (four eyes)',
    reads: 'case',
    sentence: '提出建议的人不能自己批准，请由另一位负责人办理',
    holds: ({ actor, context }) => context.proposal?.by !== actor.person,
  },
  statementPeriodIsOver: {
    article: 'policy A-12 (hearing)',
    reads: 'case',
    sentence: '陈述申辩期未满',
    holds: ({ context, now }) => now >= (context.due['awaitingStatement'] ?? now),
  },
  recoveryIsProposed: {
    article: 'art. 12(2)',
    reads: 'case',
    sentence: '经办人建议的是不予收回；不同意的请退回经办人',
    holds: ({ context }) => context.proposal?.outcome === 'recover',
  },
  dropIsProposed: {
    article: 'policy A-12',
    reads: 'case',
    sentence: '经办人建议的是收回；不同意的请退回经办人',
    holds: ({ context }) => context.proposal?.outcome === 'drop',
  },
  mayBeDropped: {
    article: 'art. 12(2)',
    reads: 'case',
    sentence: '预拨资金必须收回，不能建议不予收回',
    holds: ({ context }) => !context.mandatory,
  },
  amountFitsTheCause: {
    article: 'art. 12(2)',
    reads: 'args',
    sentence: '收回金额须大于0且不超过应收回的金额；必须收回的须为全额',
    holds: ({ args, context }) => args.amountFen === undefined || (args.amountFen > 0 && args.amountFen <= context.amountFen && (!context.mandatory || args.amountFen === context.amountFen)),
    figures: ({ args, context }) => ({ amountFen: args.amountFen ?? null, owedFen: context.amountFen, mandatory: context.mandatory }),
  },
  repaymentIsOwed: {
    article: 'art. 12(2)',
    reads: 'args',
    sentence: '退回金额须大于0且不超过尚欠的金额，请核对',
    holds: ({ args, context }) => args.amountFen === undefined || (args.amountFen > 0 && args.amountFen <= openFen(context)),
    figures: ({ args, context }) => ({ amountFen: args.amountFen ?? null, openFen: openFen(context) }),
  },
  everythingCameBack: {
    article: 'art. 12(2)',
    reads: 'case',
    sentence: '还有资金没有收回，请收齐后再办结，或按程序核销',
    holds: ({ context }) => openFen(context) === 0,
    figures: ({ context }) => ({ openFen: openFen(context) }),
  },
  somethingIsOpen: {
    article: 'art. 12(2)',
    reads: 'case',
    sentence: '资金已全部收回，请办结',
    holds: ({ context }) => openFen(context) > 0,
  },
  dueDayIsNotPast: {
    article: 'policy A-12',
    reads: 'args',
    sentence: '缴回期限不能早于今天，请核对',
    holds: ({ args, now }) => args.dueOn === undefined || args.dueOn >= dayOf(now),
    figures: ({ args, now }) => ({ dueOn: args.dueOn ?? null, today: dayOf(now) }),
  },
  repaymentFollowsTheOpening: {
    article: 'policy R-029',
    reads: 'args',
    sentence: '退回日期早于收回立案的日期，请核对',
    holds: ({ args, context }) => args.paidOn === undefined || args.paidOn >= (context.openedOn ?? args.paidOn),
    figures: ({ args, context }) => ({ paidOn: args.paidOn ?? null, earliest: context.openedOn ?? null }),
  },
  dayIsNotInTheFuture: {
    article: 'policy R-029',
    reads: 'args',
    sentence: '日期不能晚于今天，请核对',
    holds: ({ args, now }: Question<RecoveryContext>) => args.paidOn === undefined || args.paidOn <= dayOf(now),
  },
} as const satisfies Record<string, Rule<RecoveryContext>>;
