import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { download, read } from '../api/client.ts';
import type { Reads } from '../api/types.ts';
import { useYear, YearChoice } from '../money/year-choice.tsx';
import { Page } from '../parts/page.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { Nothing, Shown } from '../parts/states.tsx';
import { paths } from '../paths.ts';
import { t } from '../words/language.ts';

type Row = Reads['/evaluations']['answer']['items'][number];

const grades = { commended: '表扬', ordinary: '一般', criticised: '通报' } as const;
type Grade = keyof typeof grades;

/** The evaluations of a year: grades, targets, and whether the regional government was told; the report of all as Word, PDF and Excel. The address holds year and grade. */
export function EvaluationsPage() {
  const [query, setQuery] = useSearchParams();
  const year = useYear();
  const grade = (Object.keys(grades) as Grade[]).find((each) => each === query.get('grade'));
  const found = useQuery({ queryKey: ['evaluations', year, grade], queryFn: () => read('/evaluations', {}, { year, ...(grade && { grade }) }) });
  const [error, setError] = useState<unknown>();
  const choose = (next: string) => {
    const changed = new URLSearchParams(query);
    if (next) changed.set('grade', next);
    else changed.delete('grade');
    setQuery(changed, { replace: true });
  };
  const fetchFile = (path: string, name: string) => {
    setError(undefined);
    download(path, name).catch(setError);
  };
  return (
    <Page title={t('成效评估')}>
      <form className="filters no-print" aria-label={t('筛选')} onSubmit={(event) => event.preventDefault()}>
        <YearChoice />
        <label>{t('评估等次')} <select value={grade ?? ''} onChange={(event) => choose(event.target.value)}>
          <option value="">{t('全部')}</option>
          {(Object.keys(grades) as Grade[]).map((each) => <option key={each} value={each}>{t(grades[each])}</option>)}
        </select></label>
        {(['docx', 'pdf', 'xlsx'] as const).map((format) => (
          <Button key={format} onClick={() => fetchFile(`/evaluations.${format}?year=${year}${grade ? `&grade=${grade}` : ''}`, t('成效评估报告-{year}.{format}', { year, format }))}>{t({ docx: '评估报告（Word）', pdf: '评估报告（PDF）', xlsx: '评估汇总（Excel）' }[format])}</Button>
        ))}
      </form>
      {error !== undefined && <ProblemAlert error={error} />}
      <Shown read={found} what={t('成效评估')}>
        {({ items, cut }) => (items.length === 0 ? <Nothing><p>{t('{year} 年度没有符合条件的评估。', { year })}</p></Nothing> : (
          <>
            <p role="status">{t('{year} 年度评估 {count} 个场景，{late} 个逾期未报送。', { year, count: items.length, late: items.filter(({ overdue }) => overdue).length })}{cut && ` ${t('数量较多，只列出一部分。')}`}</p>
            <table className="table">
              <caption className="hidden">{t('成效评估')}</caption>
              <thead><tr>{[t('场景'), t('评估等次'), t('预算绩效目标'), t('绩效指标'), t('报送自治区人民政府'), t('通报文件')].map((head) => <th key={head} scope="col">{t(head)}</th>)}</tr></thead>
              <tbody>{items.map((row) => <EvaluationLine key={row.case} row={row} onFile={fetchFile} />)}</tbody>
            </table>
          </>
        ))}
      </Shown>
    </Page>
  );
}

function EvaluationLine({ row, onFile }: { readonly row: Row; readonly onFile: (path: string, name: string) => void }) {
  const notice = (format: 'docx' | 'pdf') => onFile(`/scenarios/${row.case}/evaluation-notices/${row.year}.${format}`, `${row.title}-${grades[row.grade]}.${format}`);
  return (
    <tr>
      <td data-head={t('场景')}><Link to={paths.one('scenarios', row.case)}>{row.title}</Link><br /><span className="note">{row.unit}</span></td>
      <td data-head={t('评估等次')}>{t(grades[row.grade])}</td>
      <td data-head={t('预算绩效目标')}>{t(row.targetMet ? '达到' : '未达到')}</td>
      <td data-head={t('绩效指标')}>{row.indicators.length === 0 ? '—' : row.indicators.map((each) => <div key={each.name} className={each.met ? undefined : 'late'}>{t('{name} {actual}{measure}（{goal}）', { name: each.name, actual: each.actual, measure: each.measure, goal: `${each.goal === 'atLeast' ? '≥' : '≤'}${each.target}` })}</div>)}</td>
      <td data-head={t('报送自治区人民政府')}>{row.sentOn === null ? <span className={row.overdue ? 'late' : undefined}>{t(row.overdue ? '逾期未报送，期限 {day}' : '待报送，期限 {day}', { day: row.reportDueOn })}</span> : `${row.documentNo} ${row.sentOn}`}</td>
      <td data-head={t('通报文件')}>{row.grade === 'ordinary' ? '—' : <><Button size="small" onClick={() => notice('docx')}>Word</Button> <Button size="small" onClick={() => notice('pdf')}>PDF</Button></>}</td>
    </tr>
  );
}
