import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { download } from '../api/client.ts';
import { useDisbursements, type Disbursement } from '../api/money-queries.ts';
import { LongTable, type Column } from '../parts/long-table.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { Nothing, Shown } from '../parts/states.tsx';
import { paths } from '../paths.ts';
import { t } from '../words/language.ts';
import { yuan } from '../words/money.ts';
import { articleName } from '../words/names.ts';
import { useYear, YearChoice } from './year-choice.tsx';

// A ledger of a year comes whole.
const whole = { hasNextPage: false, isFetchingNextPage: false, fetchNextPage: () => undefined };

/** The disbursement ledger of a year, the newest first, with its sums and as a workbook. */
export function Disbursements() {
  const year = useYear();
  const ledger = useDisbursements(year);
  const [error, setError] = useState<unknown>();
  return (
    <>
      <form className="filters no-print" aria-label={t('筛选')} onSubmit={(event) => event.preventDefault()}>
        <YearChoice />
        <Button onClick={() => { setError(undefined); download(`/ledger/disbursements.xlsx?year=${year}`, t('资金拨付台账-{year}.xlsx', { year })).catch(setError); }}>{t('导出Excel')}</Button>
      </form>
      {error !== undefined && <ProblemAlert error={error} />}
      <Shown read={ledger} what={t('拨付台账')}>
        {(found) => (found.items.length === 0 ? <Nothing><p>{t('{year} 年还没有拨付或收回。', { year })}</p></Nothing> : (
          <>
            <p role="status">{t('{year} 年拨付 {paid}，收回或核销 {back}。', { year, paid: yuan(found.paidFen), back: yuan(found.backFen) })}{found.cut && ` ${t('只列出最近的一部分，全部见Excel。')}`}</p>
            <LongTable caption={t('拨付台账')} columns={columns()} rows={found.items} keyOf={(row) => `${row.scenario} ${row.on} ${row.kind} ${row.voucherNo} ${row.paidFen} ${row.backFen}`} list={whole} />
          </>
        ))}
      </Shown>
    </>
  );
}

const columns = (): readonly Column<Disbursement>[] => [
  { head: t('日期'), width: '10%', cell: (row) => row.on },
  { head: t('类型'), width: '7%', cell: (row) => t(row.kind) },
  { head: t('场景'), cell: (row) => <><Link to={paths.one('scenarios', row.scenario, 'money')}>{row.title}</Link><br /><span className="note">{row.unit}</span></> },
  { head: t('核定金额'), width: '13%', cell: (row) => (row.awardFen === null ? '—' : yuan(row.awardFen)) },
  { head: t('金额'), width: '13%', cell: (row) => <b>{yuan(row.paidFen > 0 ? row.paidFen : -row.backFen)}</b> },
  { head: t('凭证号'), width: '14%', cell: (row) => row.voucherNo },
  { head: t('依据'), width: '16%', cell: (row) => <>{articleName(row.article)}<br /><span className="note">{row.policy} · {row.by}</span></> },
];
