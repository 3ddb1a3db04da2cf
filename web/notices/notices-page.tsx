import { Button, Input } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { freshKey, write } from '../api/client.ts';
import type { LifecycleName } from '../api/names.ts';
import { useNotices, useNoticeSettings } from '../api/notice-queries.ts';
import { queryClient } from '../api/queries.ts';
import type { Reads } from '../api/types.ts';
import { Due } from '../parts/due.tsx';
import { LongTable, type Column } from '../parts/long-table.tsx';
import { Page } from '../parts/page.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { Nothing, Shown } from '../parts/states.tsx';
import { atMinute } from '../parts/when.ts';
import { casePath } from '../paths.ts';
import { t } from '../words/language.ts';

type Notice = Reads['/notices']['answer']['items'][number];
type Settings = Reads['/notices/settings']['answer'];

const kinds = { todo: '待办', outcome: '办理结果', warning: '建设预警', reminder: '到期提醒', overdue: '已逾期', escalation: '督办', digest: '每日汇总' } as const satisfies Record<Notice['kind'], string>;

/** What the reader was told: what is new stands out until it is marked as read; below, how they want to be told. */
export function NoticesPage() {
  const list = useNotices();
  const [error, setError] = useState<unknown>();
  const seeUpTo = (upTo: string) => {
    write('/notices/seen', {}, { upTo }, freshKey()).then(() => queryClient.invalidateQueries({ queryKey: ['notices'] })).catch(setError);
  };
  return (
    <Page title={t('消息')}>
      {error !== undefined && <ProblemAlert error={error} />}
      <Shown read={list} what={t('消息')}>
        {({ pages }) => {
          const rows = pages.flatMap((page) => page.items);
          const [newest] = rows;
          if (!newest) return <Nothing><p>{t('还没有消息。')}</p></Nothing>;
          return (
            <>
              <div className="more"><span className="note">{t('未读 {count} 条', { count: pages[0]?.unseen.count ?? 0 })}</span><Button disabled={pages[0]?.unseen.count === 0} onClick={() => seeUpTo(newest.at)}>{t('全部标为已读')}</Button></div>
              <LongTable caption={t('消息')} columns={columns()} rows={rows} keyOf={({ id }) => id} list={list} />
            </>
          );
        }}
      </Shown>
      <NoticeSettings />
    </Page>
  );
}

const columns = (): readonly Column<Notice>[] => [
  { head: t('消息'), cell: (notice) => <><Link to={casePath(notice.lifecycle as LifecycleName, notice.case)} className={notice.seen ? undefined : 'unseen'}>{notice.subject}</Link>{!notice.seen && <span className="hidden">{t('（{aside}）', { aside: t('未读') })}</span>}</> },
  { head: t('类型'), width: '16%', cell: (notice) => t(kinds[notice.kind]) },
  { head: t('时间'), width: '18%', cell: (notice) => atMinute(notice.at) },
  { head: t('期限'), width: '20%', cell: (notice) => <Due at={notice.dueAt} /> },
];

function NoticeSettings() {
  const settings = useNoticeSettings();
  return (
    <section className="card" aria-labelledby="told">
      <h2 id="told">{t('怎样通知我')}</h2>
      <Shown read={settings} what={t('设置')}>{(found) => <SettingsForm settings={found} />}</Shown>
    </section>
  );
}

function SettingsForm({ settings }: { readonly settings: Settings }) {
  const [mail, setMail] = useState(String(settings.mail ?? ''));
  const [atOnce, setAtOnce] = useState(settings.atOnce);
  const [digest, setDigest] = useState(settings.digest);
  const [said, setSaid] = useState('');
  const [error, setError] = useState<unknown>();
  const save = async () => {
    setError(undefined);
    await write('/notices/settings', {}, { mail: mail.trim() || null, atOnce, digest }, freshKey());
    setSaid(t('已保存'));
  };
  return (
    <form noValidate onSubmit={(event) => { event.preventDefault(); save().catch(setError); }}>
      {error !== undefined && <ProblemAlert error={error} />}
      <div className="field"><label htmlFor="mail">{t('电子邮箱（选填；不填只在这里通知）')}</label><Input id="mail" type="email" value={mail} onChange={(event) => setMail(event.target.value)} autoComplete="email" /></div>
      <div className="checks">
        <label><input type="checkbox" checked={atOnce} onChange={(event) => setAtOnce(event.target.checked)} />{t('有消息时随即发送')}</label>
        <label><input type="checkbox" checked={digest} onChange={(event) => setDigest(event.target.checked)} />{t('每个工作日发送一份汇总')}</label>
      </div>
      <div className="buttons"><Button htmlType="submit">{t('保存设置')}</Button><span role="status" className="done">{said}</span></div>
    </form>
  );
}
