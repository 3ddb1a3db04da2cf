import type { Rule } from '../question.ts';
import type { FundContext } from './context.ts';

/** Rules of the fund (art. 19, R-062). */
export const fundRules = {
  isAnotherPerson: {
    article: 'policy A-08 (four eyes)',
    reads: 'case',
    sentence: '提出建议的人不能自己批准，请由另一位负责人办理',
    holds: ({ actor, context }) => context.proposal?.by !== actor.person,
  },
  adjustmentIsPositive: {
    article: 'art. 19, policy R-062',
    reads: 'args',
    sentence: '请填写调整金额（大于0）',
    holds: ({ args }) => args.amountFen === undefined || args.amountFen > 0,
  },
  decreaseIsAvailable: {
    article: 'art. 19, policy R-062',
    reads: 'args',
    sentence: '调减金额超过可用预算：已承诺和已拨付的资金不能调减，请核对',
    holds: ({ args, context }) => args.direction !== 'decrease' || (args.amountFen ?? 0) <= context.lines[args.line ?? 'reward'].availableFen,
    figures: ({ args, context }) => ({ amountFen: args.amountFen ?? null, availableFen: context.lines[args.line ?? 'reward'].availableFen }),
  },
  decreaseIsStillAvailable: {
    article: 'art. 19, policy R-062',
    reads: 'case',
    sentence: '可用预算已不足以调减，请不同意后重新提出',
    holds: ({ context: { proposal, lines } }) => proposal === null || lines[proposal.line].availableFen + proposal.fen >= 0,
    figures: ({ context: { proposal, lines } }) => ({ fen: proposal?.fen ?? null, availableFen: proposal ? lines[proposal.line].availableFen : null }),
  },
  fundIsUsedUp: {
    article: 'art. 19, policy R-062',
    reads: 'case',
    sentence: '还有可用预算或待安排的奖补，请先调整预算再结清',
    holds: ({ context: { lines, queue } }) => queue.length === 0 && lines.reward.availableFen === 0 && lines.subsidy.availableFen === 0,
    figures: ({ context: { lines, queue } }) => ({ rewardFen: lines.reward.availableFen, subsidyFen: lines.subsidy.availableFen, waiting: queue.length }),
  },
} as const satisfies Record<string, Rule<FundContext>>;
