import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { download, read } from '../api/client.ts';
import { queryClient, useMe } from '../api/queries.ts';
import type { Reads } from '../api/types.ts';
import { MoreButton } from '../parts/more-button.tsx';
import { Page } from '../parts/page.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { Nothing, Shown } from '../parts/states.tsx';
import { atMinute } from '../parts/when.ts';
import { paths } from '../paths.ts';
import { t } from '../words/language.ts';
import { MeetingForm } from './meeting-form.tsx';

type Row = Reads['/selection-meetings']['answer']['items'][number];

const key = ['selection-meetings'];
// Who keeps records (navigation; what is allowed, the API says).
const recording = ['bureauOfficer', 'bureauLeader'];

/** The meetings that selected scenarios, each with its minutes; a new record of those scenarios that the address names, or one that puts an earlier record right. */
export function MeetingsPage() {
  const [query, setQuery] = useSearchParams();
  const ids = (query.get('ids') ?? '').split(',').filter(Boolean);
  const replaces = query.get('replaces') ?? undefined;
  const records = useMe(true).data?.roles.some((role) => recording.includes(role)) ?? false;
  const list = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam }) => read('/selection-meetings', {}, pageParam === '' ? {} : { before: pageParam }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  });
  const done = async () => {
    setQuery({}, { replace: true });
    await queryClient.invalidateQueries({ queryKey: key });
  };
  return (
    <Page title={t('遴选会议')}>
      <p className="note">{t('会议记录登记后不能改动；有误时另立一份更正，原来的仍可查阅。')}{records && <> <Link to={paths.list('scenarios')}>{t('在场景列表中选择场景，再登记会议')}</Link></>}</p>
      {records && (ids.length > 0 || replaces !== undefined) && <MeetingForm ids={ids} replaces={replaces} onDone={done} />}
      <Shown read={list} what={t('遴选会议')}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) return <Nothing><p>{t('还没有登记过遴选会议。')}</p></Nothing>;
          return <><Meetings items={items} records={records} /><MoreButton list={list} shown={items.length} /></>;
        }}
      </Shown>
    </Page>
  );
}

function Meetings({ items, records }: { readonly items: readonly Row[]; readonly records: boolean }) {
  const [error, setError] = useState<unknown>();
  const fetchFile = (row: Row, format: 'docx' | 'pdf') => {
    setError(undefined);
    download(`/selection-meetings/${row.id}/documents/minutes.${format}`, `${t('遴选会议纪要')}-${row.heldOn}.${format}`).catch(setError);
  };
  return (
    <>
      {error !== undefined && <ProblemAlert error={error} />}
      <table className="table">
        <caption className="hidden">{t('遴选会议')}</caption>
        <thead><tr>{[t('会议日期'), t('地点'), t('主持人'), t('审议场景'), t('登记'), t('会议纪要')].map((head) => <th key={head} scope="col">{head}</th>)}</tr></thead>
        <tbody>
          {items.map((row) => (
            <tr key={row.id}>
              <td data-head={t('会议日期')}>{row.heldOn}</td>
              <td data-head={t('地点')}>{row.place}</td>
              <td data-head={t('主持人')}>{row.chair}</td>
              <td data-head={t('审议场景')}>{t('{count} 个，入选 {selected} 个', { count: row.count, selected: row.selected })}</td>
              <td data-head={t('登记')}>{row.recordedBy} {atMinute(row.recordedAt)}{row.replacedBy !== undefined && <><br /><span className="late">{t('已更正')}</span></>}{row.replaces !== undefined && <><br /><span className="note">{t('更正了前一份')}</span></>}</td>
              <td data-head={t('会议纪要')}>
                {(['docx', 'pdf'] as const).map((format) => <Button key={format} size="small" onClick={() => fetchFile(row, format)}>{{ docx: 'Word', pdf: 'PDF' }[format]}<span className="hidden"> {t('会议纪要')} {row.heldOn}</span></Button>)}
                {records && row.replacedBy === undefined && <> <Link to={paths.correctMeeting(row.id)}>{t('更正')}<span className="hidden"> {row.heldOn}</span></Link></>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
