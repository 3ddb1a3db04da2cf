import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { read } from '../api/client.ts';
import type { Reads } from '../api/types.ts';
import { Due } from '../parts/due.tsx';
import { Page } from '../parts/page.tsx';
import { Nothing, Shown } from '../parts/states.tsx';
import { atMinute } from '../parts/when.ts';
import { paths } from '../paths.ts';
import { stateName } from '../words/names.ts';
import { t } from '../words/language.ts';

type Party = Reads['/demand-board']['answer']['parties'][number];

/** Who waits for whom about data: each party with what waits for it, the latest first. */
export function BoardPage() {
  const board = useQuery({ queryKey: ['demand-board'], queryFn: () => read('/demand-board') });
  return (
    <Page title={t('数据需求督办')}>
      <p className="note"><Link to={paths.list('demands')}>{t('全部数据需求')}</Link></p>
      <Shown read={board} what={t('督办情况')}>
        {({ parties, at, cut }) => (
          <>
            <p className="note">{t(cut ? '截至 {at}；数量较多，只列出一部分。' : '截至 {at}。', { at: atMinute(at) })}</p>
            {parties.length === 0 ? <Nothing><p>{t('没有等待办理的数据需求。')}</p></Nothing> : parties.map((party) => <PartyCard key={party.org} party={party} />)}
          </>
        )}
      </Shown>
    </Page>
  );
}

function PartyCard({ party }: { readonly party: Party }) {
  return (
    <section className="card" aria-label={party.name}>
      <h2>{party.name} <span className="note">{t('等待其办理 {waiting} 件', { waiting: party.waiting })}{party.overdue > 0 && <span className="late">{t('，逾期 {overdue} 件', { overdue: party.overdue })}</span>}</span></h2>
      <table className="table">
        <caption className="hidden">{t('等待{name}办理的数据需求', { name: party.name })}</caption>
        <thead><tr><th scope="col">{t('数据需求')}</th><th scope="col">{t('环节')}</th><th scope="col">{t('谁在等')}</th><th scope="col">{t('自')}</th><th scope="col">{t('期限')}</th><th scope="col">{t('承诺')}</th></tr></thead>
        <tbody>
          {party.demands.map((demand) => (
            <tr key={demand.case}>
              <td data-head={t('数据需求')}><Link to={paths.one('demands', demand.case)}>{demand.title}</Link></td>
              <td data-head={t('环节')}>{stateName('dataDemand', demand.leaf)}</td>
              <td data-head={t('谁在等')}>{demand.waits.map(({ name }) => name).join(t('、'))}</td>
              <td data-head={t('自')}>{atMinute(demand.since)}</td>
              <td data-head={t('期限')}><Due at={demand.dueAt} /></td>
              <td data-head={t('承诺')}>{demand.promises.map((promise) => <span key={promise.name} className={promise.overdue ? 'late' : undefined}>{promise.name} {promise.dueOn} </span>)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
