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

type Party = Reads['/demand-board']['answer']['parties'][number];

/** Who waits for whom about data: each party with what waits for it, the latest first. */
export function BoardPage() {
  const board = useQuery({ queryKey: ['demand-board'], queryFn: () => read('/demand-board') });
  return (
    <Page title="数据需求督办">
      <p className="note"><Link to={paths.list('demands')}>全部数据需求</Link></p>
      <Shown read={board} what="督办情况">
        {({ parties, at, cut }) => (
          <>
            <p className="note">截至 {atMinute(at)}{cut && '；数量较多，只列出一部分'}。</p>
            {parties.length === 0 ? <Nothing><p>没有等待办理的数据需求。</p></Nothing> : parties.map((party) => <PartyCard key={party.org} party={party} />)}
          </>
        )}
      </Shown>
    </Page>
  );
}

function PartyCard({ party }: { readonly party: Party }) {
  return (
    <section className="card" aria-label={party.name}>
      <h2>{party.name} <span className="note">等待其办理 {party.waiting} 件{party.overdue > 0 && <span className="late">，逾期 {party.overdue} 件</span>}</span></h2>
      <table className="table">
        <caption className="hidden">等待{party.name}办理的数据需求</caption>
        <thead><tr><th scope="col">数据需求</th><th scope="col">环节</th><th scope="col">谁在等</th><th scope="col">自</th><th scope="col">期限</th><th scope="col">承诺</th></tr></thead>
        <tbody>
          {party.demands.map((demand) => (
            <tr key={demand.case}>
              <td data-head="数据需求"><Link to={paths.one('demands', demand.case)}>{demand.title}</Link></td>
              <td data-head="环节">{stateName('dataDemand', demand.leaf)}</td>
              <td data-head="谁在等">{demand.waits.map(({ name }) => name).join('、')}</td>
              <td data-head="自">{atMinute(demand.since)}</td>
              <td data-head="期限"><Due at={demand.dueAt} /></td>
              <td data-head="承诺">{demand.promises.map((promise) => <span key={promise.name} className={promise.overdue ? 'late' : undefined}>{promise.name} {promise.dueOn} </span>)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
