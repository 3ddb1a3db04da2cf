import type { FundLineName } from '../../machines/ledger/accounts.ts';
import type { FundContext } from '../../machines/fund/context.ts';
import { ceilingOf } from '../../machines/scenario/money.ts';
import { addYears, type Day } from '../../shared/days.ts';
import { gx2025Draft } from '../../shared/policy.ts';
import type { Clerk } from './clerk.ts';
import type { Fate } from './fate.ts';

const path = '/funds/fund';
const lines = ['reward', 'subsidy'] as const;
/** What part of what the plan could award (percent) the budget has from when on, in years after the opening. It begins scarce, so that awards have to wait, and comes back. */
const shares = [{ after: 0, percent: 20 }, { after: 2, percent: 60 }, { after: 3, percent: 100 }] as const;

/** Keeps the fund: cut down to a share of what the season could award when it opens, raised year by year. Proposed by finance, approved by the Bureau's leader. */
export class FundKeeper {
  readonly #clerk: Clerk;
  readonly #couldAward: Readonly<Record<FundLineName, number>>;
  readonly #dates: readonly { readonly day: Day; readonly percent: number }[];
  #next = 0;
  #open = false;

  constructor(clerk: Clerk, plan: readonly Fate[], opens: Day) {
    this.#clerk = clerk;
    this.#couldAward = { reward: awardable(plan, 'governmentInvestment'), subsidy: awardable(plan, 'socialInvestment') };
    this.#dates = shares.map(({ after, percent }) => ({ day: addYears(opens, after), percent }));
  }

  /** The next day on which the budget changes, when the fund is open. */
  get nextDay(): Day | undefined {
    return this.#open ? this.#dates[this.#next]?.day : undefined;
  }

  /** Sets the budget as it is to be on a day; `isOpen` says whether the fund is there already: the first award that is proposed opens it. */
  async keep(today: Day, isOpen: boolean): Promise<void> {
    this.#open = isOpen;
    const due = this.#dates.findLastIndex(({ day }) => day <= today);
    const { percent } = this.#dates[due] ?? {};
    if (!isOpen || percent === undefined || due < this.#next) return;
    this.#next = due + 1;
    for (const line of lines) await this.#adjust(line, Math.floor((this.#couldAward[line] * percent) / 100));
  }

  async #adjust(line: FundLineName, wantedFen: number): Promise<void> {
    const fund = await this.#clerk.look('pan-hong', path);
    const { appropriatedFen } = (fund.context as unknown as FundContext).lines[line];
    const byFen = wantedFen - appropriatedFen;
    if (byFen === 0) return;
    const args = { line, direction: byFen > 0 ? 'increase' : 'decrease', amountFen: Math.abs(byFen), documentNo: `桂财预-${line}-${this.#next}`, reason: '按年度预算安排' };
    await this.#must('pan-hong', 'proposeAdjustment', args);
    await this.#must('liang-shan', 'approveAdjustment', {});
  }

  async #must(person: string, command: string, args: Parameters<Clerk['take']>[3]): Promise<void> {
    const outcome = await this.#clerk.take(person, path, command, args);
    if ('refused' in outcome) throw new Error(`${person} ${command} on the fund: ${outcome.refused}`);
  }
}

function awardable(plan: readonly Fate[], funding: Fate['funding']): number {
  return plan.filter((fate) => fate.funding === funding).reduce((sum, { investmentFen }) => sum + ceilingOf(funding, investmentFen, gx2025Draft).ceilingFen, 0);
}
