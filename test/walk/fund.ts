import type { FundContext } from '../../machines/fund/context.ts';
import type { Story } from '../demo/story.ts';

const fund = '/funds/fund';
const lines = ['reward', 'subsidy'] as const;
/** What tells adjustments made here from those that are walked. */
const ourDocument = '走查预算调整';

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

/** Takes the budget for rewards away, so that the next award has to wait for money. Answers whether it is gone: others use the fund at the same moment. */
export async function drainFund(story: Story): Promise<boolean> {
  return withFund(story, ({ lines }) => adjust(story, 'reward', 'decrease', lines.reward.availableFen));
}

/** Gives every award that waits its money, and the budget for rewards enough for those to come; answers whether it has enough. */
export async function refillFund(story: Story): Promise<boolean> {
  return withFund(story, async (purse) => {
    if (waitingFen(purse, 'reward') > 0 || purse.lines.reward.availableFen < plentyFen) await adjust(story, 'reward', 'increase', waitingFen(purse, 'reward') + 2 * plentyFen);
  });
}

/** Whether something could be done with the fund: not before the first award opens it (404), while an adjustment is on its way, or when somebody came in between (409, 412, 422). */
async function withFund(story: Story, work: (purse: FundContext) => Promise<void>): Promise<boolean> {
  try {
    const { state, context } = await story.read('liang-shan', fund);
    const purse = context as unknown as FundContext;
    if (state[0] === 'approving') {
      if (purse.proposal?.documentNo !== ourDocument) return false;
      // Of ours: somebody came in between its proposal and its approval.
      await story.command('liang-shan', fund, 'rejectAdjustment', { reason: '走查' });
    }
    await work(purse);
    return true;
  } catch (error) {
    if (!/: (404|409|412|422) /.test(String(error))) throw error;
    return false;
  }
}

/** More than the open cases of a walk can be awarded together. */
const plentyFen = 20_000_000_000;

async function adjust(story: Story, line: (typeof lines)[number], direction: 'increase' | 'decrease', amountFen: number): Promise<void> {
  if (amountFen <= 0) return;
  await story.command('pan-hong', fund, 'proposeAdjustment', { line, direction, amountFen, documentNo: ourDocument, reason: '走查' });
  await story.command('liang-shan', fund, 'approveAdjustment');
}

function waitingFen({ queue }: FundContext, line: (typeof lines)[number]): number {
  return queue.filter((claim) => claim.line === line).reduce((sum, { fen }) => sum + fen, 0);
}
