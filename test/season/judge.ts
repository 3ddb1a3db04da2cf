import { explained, type Explained } from './explanations.ts';
import { figuresOf, moneyAgrees, type SeasonFigures } from './figures.ts';
import { overseer } from './people.ts';
import type { Play, Stage } from './play.ts';
import { booksOf, caseFilesOf, deadNotices, failedExecutions } from './proof.ts';
import { staysOf } from './stays.ts';

/** What a season came to, what is open and why, and everything that is not as it has to be. */
export interface Judgement {
  readonly figures: SeasonFigures;
  readonly open: readonly Explained[];
  readonly wrong: string[];
}

/** Holds a season to its promises: record and execution agree, files verify, books balance, whatever is open is explained, nothing was given up. */
export async function judge(play: Play, { clerk, states, parallel, plan }: Stage): Promise<Judgement> {
  await clerk.story.settle();
  await play.compareAll();
  const opened = play.cases.filter(({ over }) => !over);
  for (const one of opened) one.note(await clerk.look(overseer, one.path), play.today);
  const paths = [...play.cases.map(({ path }) => path), ...[...play.batches.keys()].map((id) => `/batches/${id}`), ...[...play.lists.keys()].map((id) => `/lists/${id}`)];
  const { files, broken } = await caseFilesOf(clerk, paths, parallel);
  const open: Explained[] = [];
  for (const one of opened) open.push(...(await explained(one, staysOf(files.get(one.path)?.events ?? []).since, { today: play.today, cases: play.cases, clerk })));
  const books = await booksOf(clerk);
  const figures = figuresOf(play, files, books, open);
  const wrong = [
    ...play.comparison.divergences,
    ...broken,
    ...open.filter(({ kind }) => kind === undefined).map(({ scenario, strain, leaf, since, why }) => `no. ${scenario + 1} (${strain}) stands in ${leaf} since ${since}: ${why}`),
    ...(books.totalFen === 0 && books.agrees ? [] : [`the books of the fund do not balance: ${JSON.stringify(books)}`]),
    ...(moneyAgrees(figures.money, books) ? [] : [`case files and books differ: ${JSON.stringify(figures.money)}, ${JSON.stringify(books.accounts)}`]),
    ...(play.filed === plan.length ? [] : [`${play.filed} of ${plan.length} scenarios were filed`]),
    ...[...play.batches, ...play.lists].filter(([, { status }]) => status !== 'done').map(([id, { state }]) => `${id} is not over, but in ${state.join(', ')}`),
    ...play.gathered.map((path) => `${path} was never submitted`),
    ...(await failedExecutions(states)),
    ...(await deadNotices(clerk)),
  ];
  return { figures, open, wrong };
}
