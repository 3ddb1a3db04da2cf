import { dayOf } from '../../shared/days.ts';
import type { Effect } from '../decision.ts';
import { fundId } from '../fund/context.ts';
import type { Question, Rule } from '../question.ts';
import { openFen, type RecoveryContext } from './rules.ts';

type Ask = Question<RecoveryContext>;

/** Rules of an offset (A-12: the text says that money comes back, not from where). */
export const offsetRules = {
  offsetIsProposed: {
    article: 'policy A-12',
    reads: 'case',
    sentence: '没有待批准的抵扣',
    holds: ({ context }) => Boolean(context.offsetProposal),
  },
  offsetIsOfAnother: {
    article: 'policy A-08 (four eyes)',
    reads: 'case',
    sentence: '提出抵扣的人不能自己批准，请由另一位负责人办理',
    holds: ({ actor, context }) => context.offsetProposal?.by !== actor.person,
  },
  offsetStillFits: {
    article: 'policy A-12',
    reads: 'case',
    sentence: '提出抵扣后又有款项退回，抵扣金额已超过尚欠金额，请退回重新提出',
    holds: ({ context }) => (context.offsetProposal?.amountFen ?? 0) <= openFen(context),
    figures: ({ context }) => ({ amountFen: context.offsetProposal?.amountFen ?? null, openFen: openFen(context) }),
  },
} as const satisfies Record<string, Rule<RecoveryContext>>;

/** Changes of a recovery about an offset. */
export const offsetChanges = {
  noteOffsetProposal: ({ actor, args }) => ({ offsetProposal: { by: actor.person, amountFen: args.amountFen ?? 0, against: args.against ?? '', documentNo: args.documentNo ?? '' } }),
  noteOffset: ({ context }) => ({ recoveredFen: context.recoveredFen + (context.offsetProposal?.amountFen ?? 0), repayments: context.repayments + 1, offsetProposal: null }),
  dropOffsetProposal: () => ({ offsetProposal: null }),
} as const satisfies Record<string, (ask: Ask) => Partial<RecoveryContext>>;

/** Effects of an approved offset: the ledger's line, and the money in the fund. Both read what was proposed, before it is counted. */
export const offsetEffects = {
  recordOffset: ({ context, policy, now }) => {
    const { amountFen = 0, against = '', documentNo = '' } = context.offsetProposal ?? {};
    return [{ type: 'recordPayment', kind: 'recovered', amountFen, explanation: { article: 'art. 12(2)', policy: policy.id, scenario: context.scenario, cause: context.cause, offsetAgainst: against, receiptNo: documentNo, paidOn: dayOf(now) } }];
  },
  returnOffsetToFund: ({ context, now }) => {
    const { amountFen = 0, documentNo = '' } = context.offsetProposal ?? {};
    return [{ type: 'tellCase', id: fundId, command: 'returnFunds', args: { scenario: context.scenario, line: context.line ?? 'reward', amountFen, because: 'repaid', receiptNo: documentNo, paidOn: dayOf(now) } }];
  },
} as const satisfies Record<string, (ask: Ask, after: RecoveryContext) => readonly Effect[]>;
