/** The accounts of the ledger, with their Chinese names: where each fen of the fund stands (art. 19). */
export const accounts = {
  appropriated: '预算安排',
  available: '可用预算',
  committed: '已承诺未拨付',
  spent: '已拨付',
  receivable: '应收回',
  writtenOff: '已核销',
} as const;

/** One account. */
export type Account = keyof typeof accounts;

/** The budget lines of the fund: rewards of government scenarios (art. 12(2)), subsidies of social ones (art. 15(1)). */
export const fundLines = ['reward', 'subsidy'] as const;

/** One budget line. */
export type FundLineName = (typeof fundLines)[number];

/** One line of an entry: an amount in fen on an account, debit positive, credit negative, of which budget line, for which scenario. */
export interface EntryLine {
  readonly account: Account;
  readonly line: FundLineName;
  readonly fen: number;
  readonly scenario?: string;
}

/** One entry: lines that add up to nothing in each budget line. Entries are only ever added; what was wrong is put right by a counter-entry. */
export interface Entry {
  readonly lines: readonly EntryLine[];
}

/** An entry that moves an amount (fen) to one account from another; nothing for nothing. */
export function moved(fen: number, to: Account, from: Account, line: FundLineName, scenario?: string): EntryLine[] {
  const about = { line, ...(scenario === undefined ? {} : { scenario }) };
  return fen === 0 ? [] : [{ account: to, fen, ...about }, { account: from, fen: -fen, ...about }];
}

/** An entry of lines; undefined without any. Throws when they do not add up to nothing, or are no whole fen: only we can cause that. */
export function entryOf(lines: readonly EntryLine[]): Entry | undefined {
  if (lines.length === 0) return undefined;
  for (const name of fundLines) {
    const sum = lines.filter(({ line }) => line === name).reduce((total, { fen }) => total + fen, 0);
    if (sum !== 0) throw new Error(`an entry of ${name} adds up to ${sum} fen`);
  }
  if (!lines.every(({ fen }) => Number.isSafeInteger(fen))) throw new Error('an entry is not in whole fen');
  return { lines };
}

/** What stands on each account of each budget line (fen), and what all of it adds up to: nothing, whatever happened before. */
export interface TrialBalance {
  readonly balances: Readonly<Record<FundLineName, Readonly<Record<Account, number>>>>;
  readonly totalFen: number;
}

/** The trial balance of some entries. */
export function trialBalance(entries: Iterable<Entry>): TrialBalance {
  const balances = Object.fromEntries(fundLines.map((line) => [line, Object.fromEntries(Object.keys(accounts).map((account) => [account, 0]))])) as Record<FundLineName, Record<Account, number>>;
  let totalFen = 0;
  for (const { lines } of entries)
    for (const { account, line, fen } of lines) {
      balances[line][account] += fen;
      totalFen += fen;
    }
  return { balances, totalFen };
}
