import type { Question } from '../question.ts';
import { served, withMoney, type FundContext } from './context.ts';

type Ask = Question<FundContext>;

/** Changes of the fund by action name. */
export const fundChanges = {
  noteClaim: ({ args, context, now }) => {
    const claim = { scenario: args.scenario ?? '', line: args.line ?? 'reward', fen: args.amountFen ?? 0, since: now };
    return afterServing({ lines: context.lines, queue: [...context.queue, claim] });
  },
  noteReturn: ({ args, context }) => {
    const { waiting, backFen } = returned(context, args.scenario ?? '', args.amountFen ?? 0, args.because ?? 'released');
    return afterServing({ lines: withMoney(context.lines, args.line ?? 'reward', backFen), queue: waiting });
  },
  noteAdjustmentProposal: ({ args, actor }) => ({
    proposal: { by: actor.person, line: args.line ?? 'reward', fen: (args.direction === 'decrease' ? -1 : 1) * (args.amountFen ?? 0), documentNo: args.documentNo ?? '' },
  }),
  noteAdjustment: ({ context: { lines, queue, proposal } }) => (proposal ? { ...afterServing({ lines: withMoney(lines, proposal.line, proposal.fen, true), queue }), proposal: null } : {}),
  clearProposal: () => ({ proposal: null }),
  remind: ({ args, context, now }) => (now >= (context.due[args.leaf ?? ''] ?? now) ? { reminders: context.reminders + 1 } : {}),
} as const satisfies Record<string, (ask: Ask) => Partial<FundContext>>;

function afterServing(fund: Pick<FundContext, 'lines' | 'queue'>): Pick<FundContext, 'lines' | 'queue'> {
  const { lines, queue } = served(fund);
  return { lines, queue };
}

/** What a return does: an award that still waits gives up its place, or part of its claim, and brings no money back; any other does. */
export function returned({ queue }: Pick<FundContext, 'queue'>, scenario: string, fen: number, because: string): { readonly waiting: FundContext['queue']; readonly backFen: number } {
  const claim = because === 'released' ? queue.find((each) => each.scenario === scenario) : undefined;
  if (!claim) return { waiting: queue, backFen: fen };
  return { waiting: queue.flatMap((each) => (each !== claim ? [each] : each.fen > fen ? [{ ...each, fen: each.fen - fen }] : [])), backFen: 0 };
}
