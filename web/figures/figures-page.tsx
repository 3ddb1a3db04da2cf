import { Button } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { download, read } from '../api/client.ts';
import type { Reads } from '../api/types.ts';
import { Page } from '../parts/page.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { Shown } from '../parts/states.tsx';
import { atMinute } from '../parts/when.ts';
import { BarChart } from './bar-chart.tsx';
import { isEnglish, t } from '../words/language.ts';
import { stateName } from '../words/names.ts';
import { spoken } from '../words/spoken.ts';
import { yuan } from '../words/money.ts';

type Figures = Reads['/figures']['answer'];
type Group = Figures['groups']['class'][number];

const groups = { class: '按类别', phase: '按环节', stage: '按建设阶段', city: '按设区市', sector: '按行业', direction: '按申报方向' } as const satisfies Record<keyof Figures['groups'], string>;

/** What a bar can stand for, and how it reads. */
const measures = {
  cases: { label: '场景数', text: (group: Group) => t('{count} 个', { count: group.cases }) },
  open: { label: '在办', text: (group: Group) => t('{count} 个', { count: group.open }) },
  investmentFen: { label: '总投资', text: (group: Group) => yuan(group.investmentFen) },
  awardFen: { label: '核定奖补', text: (group: Group) => yuan(group.awardFen) },
  paidFen: { label: '已拨付', text: (group: Group) => yuan(group.paidFen) },
  recoveredFen: { label: '已收回', text: (group: Group) => yuan(group.recoveredFen) },
  owedFen: { label: '待收回', text: (group: Group) => yuan(group.owedFen) },
} as const;

type Measure = keyof typeof measures;

/** The programme in figures: charts whose data are tables, the time in each step, the reviewers' load, a forecast of the next batch. */
export function FiguresPage() {
  const figures = useQuery({ queryKey: ['figures'], queryFn: () => read('/figures'), staleTime: 60_000 });
  const [error, setError] = useState<unknown>();
  return (
    <Page title={t('统计分析')} extra={<Button className="no-print" onClick={() => void download('/figures.xlsx', t('统计分析.xlsx')).catch(setError)}>{t('导出Excel')}</Button>}>
      {error !== undefined && <ProblemAlert error={error} />}
      <Shown read={figures} what={t('统计')}>{(found) => <><Forecast figures={found} /><Grouped figures={found} /><Stays figures={found} /><Reviewers figures={found} /></>}</Shown>
    </Page>
  );
}

function Forecast({ figures: { at, forecast, batches, recoveries } }: { readonly figures: Figures }) {
  return (
    <>
      <p className="note">{t('截至 {at}。', { at: atMinute(at) })}</p>
      <BarChart title={t('各批次发布数与下一批预测')} head={t('批次')} bars={[...batches.map(({ batch, cases }) => ({ name: batch, value: cases, text: t('{count} 个', { count: cases }) })), { name: t('{half}（预测）', { half: forecast.half }), value: forecast.expected, text: t('约 {expected} 个（{low}–{high}）', { expected: forecast.expected, low: forecast.low, high: forecast.high }) }]}>
        <p>{t('下一批 {half} 于 {publishOn} 发布，还有 {daysLeft} 天：待发布 {waiting} 个，在办 {underway} 个；预测依据本项目 {history} 个已有结果的场景。', { half: forecast.half, publishOn: forecast.publishOn, daysLeft: forecast.daysLeft, waiting: forecast.waiting, underway: forecast.underway, history: forecast.history })}</p>
        {recoveries.open > 0 && <p className="soon">{t('未办结的资金收回 {open} 件，待收回 {openFen}。', { open: recoveries.open, openFen: yuan(recoveries.openFen) })}</p>}
      </BarChart>
    </>
  );
}

function Grouped({ figures }: { readonly figures: Figures }) {
  const [query, setQuery] = useSearchParams();
  const by = (query.get('by') ?? 'class') as keyof typeof groups;
  const measure = (query.get('of') ?? 'cases') as Measure;
  const rows = figures.groups[by] ?? figures.groups.class;
  const shown = measures[measure] ?? measures.cases;
  const choose = (name: string) => (event: { target: { value: string } }) => setQuery({ by, of: measure, [name]: event.target.value }, { replace: true });
  return (
    <>
      <form className="filters no-print" aria-label={t('筛选')} onSubmit={(event) => event.preventDefault()}>
        <label>{t('分组')}<select value={by} onChange={choose('by')}>{Object.entries(groups).map(([id, label]) => <option key={id} value={id}>{t(label)}</option>)}</select></label>
        <label>{t('指标')}<select value={measure} onChange={choose('of')}>{Object.entries(measures).map(([id, { label }]) => <option key={id} value={id}>{t(label)}</option>)}</select></label>
      </form>
      <BarChart title={t('{name}：{text}', { name: t(groups[by] ?? groups.class), text: t(shown.label) })} head={t(groups[by] ?? groups.class)} bars={rows.map((group) => ({ name: isEnglish() && by !== 'city' ? spoken(group.key) : group.label, value: group[measure] ?? 0, text: shown.text(group) }))} />
    </>
  );
}

const days = (value: unknown): string => (typeof value === 'number' ? t('{count} 天', { count: value.toFixed(1) }) : '—');

function Stays({ figures: { stays } }: { readonly figures: Figures }) {
  return (
    <section className="card" aria-labelledby="stays">
      <h2 id="stays">{t('各环节用时')}</h2>
      <table className="table">
        <caption className="hidden">{t('各环节用时的中位数和第90百分位')}</caption>
        <thead><tr><th scope="col">{t('环节')}</th><th scope="col" className="figure">{t('已办结')}</th><th scope="col" className="figure">{t('中位数')}</th><th scope="col" className="figure">{t('90%以内')}</th><th scope="col" className="figure">{t('在办')}</th><th scope="col" className="figure">{t('在办最久')}</th></tr></thead>
        <tbody>
          {stays.map((stay) => (
            <tr key={`${stay.lifecycle} ${stay.leaf}`}>
              <td data-head={t('环节')}>{isEnglish() ? stateName(stay.lifecycle, stay.leaf) : stay.label}</td><td data-head={t('已办结')} className="figure">{stay.ended}</td><td data-head={t('中位数')} className="figure">{days(stay.medianDays)}</td>
              <td data-head={t('90%以内')} className="figure">{days(stay.p90Days)}</td><td data-head={t('在办')} className="figure">{stay.open}</td><td data-head={t('在办最久')} className="figure">{days(stay.longestOpenDays)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Reviewers({ figures: { reviewers } }: { readonly figures: Figures }) {
  if (reviewers.length === 0) return null;
  return <BarChart title={t('专家在评数量')} head={t('专家')} bars={reviewers.map(({ name, open, submitted, recused }) => ({ name, value: open, text: t('在评 {open}，已评 {submitted}，回避 {recused}', { open, submitted, recused }) }))} />;
}
