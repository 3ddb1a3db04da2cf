import type { FundContext } from '../../machines/fund/context.ts';
import type { Story } from '../demo/story.ts';

const fund = '/funds/fund';
const lines = ['reward', 'subsidy'] as const;

/** Ends the fund of a walk that is over: what is proposed is refused, what nobody has a claim to is taken back line by line, and the Bureau's leader closes it. Answers what kept it open, undefined when it is closed. */
export async function closeFund(story: Story): Promise<string | undefined> {
  try {
    const { state, context } = await story.read('liang-shan', fund);
    if (state[0] === 'approving') await story.command('liang-shan', fund, 'rejectAdjustment', { reason: '走查结束' });
    // Awards that wait get their money first.
    for (const line of lines) await adjust(story, line, 'increase', waitingFen(context as unknown as FundContext, line));
    for (const line of lines) await adjust(story, line, 'decrease', ((await story.read('liang-shan', fund)).context as unknown as FundContext).lines[line].availableFen);
    await story.command('liang-shan', fund, 'closeFund', { reason: '走查结束' });
    return undefined;
  } catch (error) {
    return `the fund is not closed: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** Takes the budget for rewards away, so that the next award has to wait for money. Answers whether it is gone; not while somebody else's adjustment is on its way. */
export async function drainFund(story: Story): Promise<boolean> {
  const { state, context } = await story.read('liang-shan', fund);
  if (state[0] === 'approving') return false;
  await adjust(story, 'reward', 'decrease', (context as unknown as FundContext).lines.reward.availableFen);
  return true;
}

/** Gives every award that waits its money, and the budget for rewards enough for those to come; not while an adjustment is on its way. */
export async function refillFund(story: Story): Promise<void> {
  const { state, context } = await story.read('liang-shan', fund);
  const purse = context as unknown as FundContext;
  if (state[0] === 'approving' || (waitingFen(purse, 'reward') === 0 && purse.lines.reward.availableFen > plentyFen)) return;
  await adjust(story, 'reward', 'increase', waitingFen(purse, 'reward') + 2 * plentyFen);
}

/** More than the open cases of a walk can be awarded together. */
const plentyFen = 20_000_000_000;

async function adjust(story: Story, line: (typeof lines)[number], direction: 'increase' | 'decrease', amountFen: number): Promise<void> {
  if (amountFen <= 0) return;
  await story.command('pan-hong', fund, 'proposeAdjustment', { line, direction, amountFen, documentNo: '走查结束', reason: '预算年度结束' });
  await story.command('liang-shan', fund, 'approveAdjustment');
}

function waitingFen({ queue }: FundContext, line: (typeof lines)[number]): number {
  return queue.filter((claim) => claim.line === line).reduce((sum, { fen }) => sum + fen, 0);
}
