import { createHash } from 'node:crypto';
import type { CaseFile } from '../demo/promises.ts';
import type { Explained } from './explanations.ts';
import type { Followed } from './followed.ts';
import type { Play } from './play.ts';
import type { Books } from './proof.ts';
import { quantile, staysOf } from './stays.ts';

/** What a season came to, apart from how fast it was: the same seed gives the same. Amounts in fen. */
export interface SeasonFigures {
  readonly ends: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly explained: Readonly<Record<string, number>>;
  readonly money: Readonly<Record<'budgetFen' | 'awardedFen' | 'paidFen' | 'recoveredFen' | 'writtenOffFen' | 'owedFen' | 'inFundFen' | 'committedFen', number>>;
  readonly counts: Readonly<Record<string, number>>;
  readonly stays: readonly { readonly lifecycle: string; readonly leaf: string; readonly times: number; readonly medianDays: number; readonly p90Days: number }[];
  readonly lists: readonly { readonly half: string; readonly edition: number; readonly state: string; readonly scenarios: number }[];
}

/** Adds a season up from its cases, their files, the books and what was explained. */
export function figuresOf(play: Play, files: ReadonlyMap<string, CaseFile>, books: Books, open: readonly Explained[]): SeasonFigures {
  const { accounts } = books;
  const all = [...files.values()];
  const commands = all.flatMap(({ events }) => events.map(({ event }) => event));
  const sumOf = (command: string) => commands.filter((event) => event.command === command).reduce((sum, { args }) => sum + Number(args['amountFen'] ?? 0), 0);
  return {
    ends: grouped([...play.cases.map(({ view }) => view), ...play.batches.values(), ...play.lists.values()], ({ lifecycle }) => lifecycle, ({ status, state }) => (status === 'done' ? (state[0] ?? '') : 'open')),
    explained: counted(open.map(({ kind }) => kind ?? 'unexplained')),
    money: {
      budgetFen: -(accounts['appropriated'] ?? 0),
      awardedFen: play.cases.reduce((sum, one) => sum + (one.lifecycle.endsWith('Investment') ? (one.context.award?.fen ?? 0) : 0), 0),
      paidFen: all.filter(({ lifecycle }) => lifecycle.endsWith('Investment')).flatMap(({ payments }) => payments).reduce((sum, { amountFen }) => sum + amountFen, 0),
      recoveredFen: sumOf('recordRepayment'),
      writtenOffFen: accounts['writtenOff'] ?? 0,
      owedFen: accounts['receivable'] ?? 0,
      inFundFen: accounts['available'] ?? 0,
      committedFen: accounts['committed'] ?? 0,
    },
    counts: counted(commands.filter(({ command }) => told.includes(command)).map(({ command }) => command)),
    stays: staysIn(play.cases, files),
    lists: [...play.batches].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, { context, state }]) => ({ half: String(context['half']), edition: Number(context['edition'] ?? 1), state: state[0] ?? '', scenarios: Number(context['published']) })),
  };
}

/** What happened how often, in the table. */
const told: readonly string[] = ['proposeRows', 'sealList', 'acceptList', 'submit', 'returnForCorrection', 'recuse', 'sendBack', 'countersign', 'fileObjection', 'reopenReview', 'returnAward', 'returnPayment', 'confirmPayment', 'recordExpense', 'orderRectification', 'stateIndicators', 'reportActuals', 'recordEvaluation', 'recordCommitmentCheck', 'recordBreach', 'recordFinding', 'resolveFinding', 'hold', 'resume', 'amendForm', 'orderRecovery', 'proposeInstalments', 'approveInstalments', 'rejectInstalments', 'recordRepayment', 'cancelBatch', 'deadlinePassed', 'acceptCase'];

/** Whether the payments in the case files are what the books say: paid is spent, owed, written off or back. */
export function moneyAgrees({ paidFen, recoveredFen }: SeasonFigures['money'], { accounts }: Books): boolean {
  return paidFen === (accounts['spent'] ?? 0) + (accounts['receivable'] ?? 0) + (accounts['writtenOff'] ?? 0) + recoveredFen;
}

/** The digest of the figures: the same for the same seed, number of scenarios and year. */
export function digestOf(figures: SeasonFigures): string {
  return createHash('sha256').update(JSON.stringify(figures)).digest('hex');
}

function staysIn(cases: readonly Followed[], files: ReadonlyMap<string, CaseFile>): SeasonFigures['stays'] {
  const left = cases.flatMap(({ lifecycle, path }) => staysOf(files.get(path)?.events ?? []).left.map(({ leaf, days }) => ({ lifecycle, leaf, days })));
  const byLeaf = Map.groupBy(left, ({ lifecycle, leaf }) => `${lifecycle} ${leaf}`);
  return [...byLeaf.values()]
    .map((some) => ({ lifecycle: some[0]?.lifecycle ?? '', leaf: some[0]?.leaf ?? '', times: some.length, medianDays: quantile(some.map(({ days }) => days), 0.5), p90Days: quantile(some.map(({ days }) => days), 0.9) }))
    .sort((a, b) => (`${a.lifecycle} ${a.leaf}` < `${b.lifecycle} ${b.leaf}` ? -1 : 1));
}

function grouped<T>(items: readonly T[], by: (item: T) => string, into: (item: T) => string): Record<string, Record<string, number>> {
  return Object.fromEntries([...Map.groupBy(items, by)].sort().map(([name, some]) => [name, counted(some.map(into))]));
}

function counted(names: readonly string[]): Record<string, number> {
  return Object.fromEntries([...Map.groupBy(names, (name) => name)].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, some]) => [name, some.length]));
}
