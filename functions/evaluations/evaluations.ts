import type { Json } from '../../machines/decision.ts';
import type { CaseUnit, Evaluation, Indicator, ScenarioContext } from '../../machines/scenario/context.ts';
import type { Actor } from '../../shared/actor.ts';
import { addWorkingDays, dayOf } from '../../shared/days.ts';
import { policyOf } from '../../shared/policy.ts';
import { overseers } from '../../shared/roles.ts';
import { titleOf } from '../cases/about.ts';
import type { Desk } from '../cases/act.ts';
import { badQuery, queryValue } from '../http/cursor.ts';
import { Problem } from '../http/problem.ts';
import type { HttpRequest } from '../http/shell.ts';
import { askedYear } from '../money/ledger.ts';
import { leafPartition, type Head } from '../store/case.ts';
import { casesIn, type Place } from '../store/lists.ts';
import { eventsAfter, loadHeads } from '../store/load.ts';
import type { Table } from '../store/table.ts';

/** One evaluation of one year: what was found, and whether the regional government was told (days Asia/Shanghai). */
export interface EvaluationRow {
  readonly case: string;
  readonly title: string;
  readonly unit: string;
  readonly division: string;
  readonly year: number;
  readonly grade: Evaluation['grade'];
  readonly targetMet: boolean;
  readonly summary: string;
  readonly indicators: readonly (Pick<Indicator, 'name' | 'measure' | 'goal' | 'target'> & { readonly actual: string; readonly met: boolean; readonly remark: string })[];
  readonly evaluatedOn: string;
  readonly reportDueOn: string;
  readonly documentNo: string | null;
  readonly sentOn: string | null;
  readonly overdue: boolean;
}

/** The evaluations of a year, newest case first; `cut` when more cases were evaluated than could be looked at. */
export interface EvaluationList {
  readonly year: number;
  readonly at: string;
  /** The grade alone that was asked for; absent where all were. */
  readonly grade?: Evaluation['grade'];
  readonly items: readonly EvaluationRow[];
  readonly cut: boolean;
}

/** The grades of an evaluation. */
export const evaluationGrades = ['commended', 'ordinary', 'criticised'] as const;
/** So many cases at most are looked at for one answer. */
const most = 2000;

/** The phases in which an evaluated case is, or in which it ended; named here because prints must not carry the charts. */
export const evaluatedPhases = ['evaluation', 'promotion', 'archiving', 'inCaseLibrary', 'closed', 'terminated', 'voided'] as const;
const partitions = evaluatedPhases.map((phase) => leafPartition('governmentInvestment', phase));

/** The evaluations of the year that a request names (this year unless it does), of one grade where it names one (art. 11(7)). Throws `Problem`. */
export async function evaluationsFor(desk: Desk, request: HttpRequest, { roles }: Actor): Promise<EvaluationList> {
  if (!roles.some((role) => overseers.includes(role))) throw new Problem('not-allowed', '评估结果汇总供自治区数据局、领导小组办公室和监督人员查阅', { needs: overseers });
  const year = askedYear(desk, request);
  const asked = queryValue(request, 'grade');
  const grade = evaluationGrades.find((known) => known === asked);
  if (asked !== undefined && grade === undefined) throw badQuery('grade', '评估等次为 commended、ordinary 或 criticised');
  const items: EvaluationRow[] = [];
  let seen = 0;
  let place: Place | undefined = { partition: 0 };
  while (place !== undefined && seen < most) {
    const page: Awaited<ReturnType<typeof casesIn>> = await casesIn(desk.table, 'byLeaf', partitions, 100, place);
    seen += page.items.length;
    const evaluated = (await loadHeads(desk.table, page.items)).filter(({ snapshot }) => (snapshot.context as unknown as ScenarioContext).evaluation);
    items.push(...(await Promise.all(evaluated.map((head) => evaluationOf(desk.table, head, year, desk)))).filter((row) => row !== undefined));
    place = page.next;
  }
  return { year, at: new Date(desk.now).toISOString(), ...(grade === undefined ? {} : { grade }), items: items.filter((row) => grade === undefined || row.grade === grade), cut: place !== undefined };
}

/** The evaluation of a scenario for a year as its events tell it; undefined when there was none. */
export async function evaluationOf(table: Table, head: Head, year: number, { now }: Pick<Desk, 'now'>): Promise<EvaluationRow | undefined> {
  let row: EvaluationRow | undefined;
  let underway = false;
  for await (const { event } of eventsAfter(table, head.id)) {
    if (event.command === 'recordEvaluation') underway = event.args['year'] === year;
    if (!underway) continue;
    if (event.command === 'recordEvaluation') row = evaluated(head, event.args, dayOf(event.at), event.policy);
    if (event.command === 'reportToGovernment' && row) row = { ...row, documentNo: String(event.args['documentNo']), sentOn: String(event.args['sentOn']) };
  }
  return row && { ...row, overdue: row.sentOn === null && row.reportDueOn < dayOf(new Date(now).toISOString()) };
}

function evaluated(head: Head, args: { readonly [name: string]: Json }, evaluatedOn: string, policy: string): EvaluationRow {
  const context = head.snapshot.context as unknown as ScenarioContext;
  const { workingDays } = policyOf(policy).periods.value.report as { readonly workingDays?: number };
  return {
    case: head.id, title: titleOf(head.snapshot), unit: (context.unit as CaseUnit).name, division: context.division,
    year: Number(args['year']), grade: args['grade'] as Evaluation['grade'], targetMet: args['targetMet'] === true, summary: String(args['summary']),
    indicators: judged(context.indicators ?? [], args['judgements']),
    evaluatedOn, reportDueOn: addWorkingDays(evaluatedOn, workingDays ?? 0), documentNo: null, sentOn: null, overdue: false,
  };
}

function judged(indicators: readonly Indicator[], judgements: Json | undefined): EvaluationRow['indicators'] {
  const given = (Array.isArray(judgements) ? judgements : []) as readonly { readonly name: string; readonly actual: string; readonly met: boolean; readonly remark?: string }[];
  return given.flatMap(({ name, actual, met, remark = '' }) => indicators.filter((each) => each.name === name).map(({ measure, goal, target }) => ({ name, measure, goal, target, actual, met, remark })));
}
