import { Button } from 'antd';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { rehearsalsKey, useRehearsals, type Rehearsal } from '../api/batch-queries.ts';
import { freshKey, write } from '../api/client.ts';
import { queryClient, useMe } from '../api/queries.ts';
import { Page } from '../parts/page.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { Nothing, Shown } from '../parts/states.tsx';
import { atMinute } from '../parts/when.ts';
import { paths } from '../paths.ts';
import { t } from '../words/language.ts';

// Who rehearses (navigation; what is allowed, the API says).
const rehearsing = ['bureauOfficer', 'bureauLeader'];

/** The rehearsals of the half-yearly publication: what would be published at that moment, and what keeps the rest from it. */
export function RehearsalsPage() {
  const rehearsals = useRehearsals();
  const rehearses = useMe(true).data?.roles.some((role) => rehearsing.includes(role)) ?? false;
  return (
    <Page title={t('发布预演')} extra={rehearses && <RehearseButton />}>
      <p className="note"><Link to={paths.list('batches')}>{t('发布批次')}</Link> · {t('预演只是查看，不作任何决定：清单按此刻的情况编排，逐个说明其余场景还缺什么。')}</p>
      <Shown read={rehearsals} what={t('发布预演')}>
        {({ items }) => (items.length === 0 ? <Nothing><p>{t('还没有预演过。')}</p></Nothing> : <Rehearsals items={items} />)}
      </Shown>
    </Page>
  );
}

function RehearseButton() {
  const navigate = useNavigate();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const [key, setKey] = useState(freshKey);
  const rehearse = async () => {
    setBusy(true);
    setError(undefined);
    try {
      const { id } = await write('/rehearsals', {}, undefined, key);
      setKey(freshKey());
      await queryClient.invalidateQueries({ queryKey: rehearsalsKey });
      await navigate(paths.rehearsal(id));
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy(false);
    }
  };
  return <>{error !== undefined && <ProblemAlert error={error} />}<Button type="primary" loading={busy} onClick={() => void rehearse()}>{t('预演一次')}</Button></>;
}

function Rehearsals({ items }: { readonly items: readonly Rehearsal[] }) {
  return (
    <table className="table">
      <caption className="hidden">{t('发布预演')}</caption>
      <thead><tr><th scope="col">{t('预演时间')}</th><th scope="col">{t('批次')}</th><th scope="col" className="figure">{t('将列入')}</th><th scope="col" className="figure">{t('尚不能列入')}</th><th scope="col">{t('与上次相比')}</th><th scope="col">{t('由谁')}</th></tr></thead>
      <tbody>
        {items.map((one) => (
          <tr key={one.id}>
            <td data-head={t('预演时间')}><Link to={paths.rehearsal(one.id)}>{atMinute(one.at)}</Link></td>
            <td data-head={t('批次')}>{one.half}</td>
            <td data-head={t('将列入')} className="figure">{one.listed}</td>
            <td data-head={t('尚不能列入')} className="figure">{one.blocked}</td>
            <td data-head={t('与上次相比')}>{one.difference ? t('增 {joined}，减 {left}', { joined: one.difference.joinedCount, left: one.difference.leftCount }) : '—'}</td>
            <td data-head={t('由谁')}>{one.by.name}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
