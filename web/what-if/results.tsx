import { Link } from 'react-router';
import type { Period } from '../../shared/policy.ts';
import type { Json, Writes } from '../api/types.ts';
import { BarChart } from '../figures/bar-chart.tsx';
import { MoreButton } from '../parts/more-button.tsx';
import { Nothing, StateTags } from '../parts/states.tsx';
import { paths } from '../paths.ts';
import { t } from '../words/language.ts';
import { yuan } from '../words/money.ts';
import { articleName, lifecycleName, stateName } from '../words/names.ts';

type Answer = Writes['/policy-what-if']['answer'];
type Affected = Answer['cases'][number];
type Difference = Affected['differences'][number];

const names = {
  ceilingFen: '奖补上限', awardWithinCeiling: '已核定金额是否不超上限', advanceFen: '首期拨付', remainderFen: '剩余拨付', scoreHundredths: '综合得分', passes: '是否达到入选线', quorumReached: '评审人数是否足够',
  publicNotice: '是否公示', rectificationAllowed: '是否还能整改', crossCuttingRequired: '是否须多跨', period: '期限',
} as const satisfies Record<Difference['what'], string>;

interface Props {
  readonly pages: readonly Answer[];
  readonly list: { readonly hasNextPage: boolean; readonly isFetchingNextPage: boolean; readonly fetchNextPage: () => unknown };
}

/** What would be different: how often what, the ceilings together, and case by case. */
export function Results({ pages, list }: Props) {
  const cases = pages.flatMap((page) => page.cases);
  const looked = pages.reduce((sum, page) => sum + page.looked, 0);
  return (
    <>
      <h2>{t('推演结果')}</h2>
      <p role="status">{t('看了 {looked} 个在办场景，{count} 个会有不同。', { looked, count: cases.length })}</p>
      {cases.length === 0 ? !list.hasNextPage && <Nothing><p>{t('在办场景都没有不同。')}</p></Nothing> : <Totals pages={pages} />}
      {cases.map((one) => <AffectedCard key={one.case} one={one} />)}
      {list.hasNextPage && <MoreButton list={list} shown={cases.length} />}
    </>
  );
}

function Totals({ pages }: Pick<Props, 'pages'>) {
  const counts = new Map<string, number>();
  for (const page of pages) for (const [what, count] of Object.entries(page.totals.byChange)) counts.set(what, (counts.get(what) ?? 0) + count);
  const before = pages.reduce((sum, { totals }) => sum + totals.ceilingBeforeFen, 0);
  const after = pages.reduce((sum, { totals }) => sum + totals.ceilingAfterFen, 0);
  return (
    <BarChart title={t('哪些会不同')} head={t('内容')} bars={[...counts].map(([what, count]) => ({ name: t(names[what as Difference['what']] ?? what), value: count, text: t('{count} 处', { count }) }))}>
      {before !== after && <p>{t('上限有变的场景，上限合计由 {before} 变为 {after}。', { before: yuan(before), after: yuan(after) })}</p>}
    </BarChart>
  );
}

function AffectedCard({ one }: { readonly one: Affected }) {
  return (
    <section className="card" aria-label={one.title}>
      <p className="line"><Link to={paths.one('scenarios', one.case)}>{one.title || one.case}</Link> <StateTags lifecycle={one.lifecycle} leaves={one.state} /> <span className="note">{lifecycleName(one.lifecycle)} · {t('办理所依政策：{policy}', { policy: one.policy })}</span></p>
      <table className="table">
        <caption className="hidden">{t('{title}的不同', { title: one.title })}</caption>
        <thead><tr><th scope="col">{t('内容')}</th><th scope="col">{t('现在')}</th><th scope="col">{t('推演')}</th><th scope="col">{t('依据')}</th></tr></thead>
        <tbody>
          {one.differences.map((each) => (
            <tr key={each.what + (each.leaf ?? '')}>
              <td data-head={t('内容')}>{t(names[each.what])}{each.leaf && <span className="note"> {stateName(one.lifecycle, each.leaf)}</span>}</td>
              <td data-head={t('现在')}>{said(each, each.before)}</td>
              <td data-head={t('推演')}><b>{said(each, each.after)}</b></td>
              <td data-head={t('依据')}>{articleName(each.article)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function said({ what }: Difference, value: Json): string {
  if (typeof value === 'boolean') return t(value ? '是' : '否');
  if (typeof value === 'number') return what.endsWith('Fen') ? yuan(value) : what === 'scoreHundredths' ? (value / 100).toFixed(2) : String(value);
  if (what === 'period' && typeof value === 'object' && value !== null) return periodText(value as Period);
  return value === null ? '—' : String(value);
}

function periodText({ workingDays, days, years }: Period): string {
  if (workingDays !== undefined) return t('{count} 个工作日', { count: workingDays });
  return years === undefined ? t('{count} 天', { count: days ?? 0 }) : t('{count} 年', { count: years });
}
