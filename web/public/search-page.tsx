import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { read } from '../api/client.ts';
import type { Reads } from '../api/types.ts';
import { FilterBar, unitFilters, useFilters, type Filter } from '../desk/filters.tsx';
import { LongTable, type Column } from '../parts/long-table.tsx';
import { Page } from '../parts/page.tsx';
import { Nothing, Shown } from '../parts/states.tsx';
import { paths } from '../paths.ts';
import { t } from '../words/language.ts';
import { lifecycleName } from '../words/names.ts';

type Found = Reads['/published-scenarios']['answer']['items'][number];

const filters = (): readonly Filter[] => [
  { name: 'text', label: t('场景或单位') },
  { name: 'lifecycle', label: t('类别'), options: (['governmentInvestment', 'socialInvestment'] as const).map((id) => [id, lifecycleName(id)] as const) },
  ...unitFilters(),
  { name: 'editions', label: t('版次'), options: [['newest', t('最新一版')], ['all', t('各版')]] },
];

/** All published lists in one search, for anybody. */
export function SearchPage() {
  const chosen = filters();
  const filter = useFilters(chosen);
  const list = useInfiniteQuery({
    queryKey: ['published-scenarios', filter],
    queryFn: ({ pageParam }) => read('/published-scenarios', {}, { ...filter, limit: 50, ...(pageParam ? { cursor: pageParam } : {}) } as Reads['/published-scenarios']['query']),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });
  return (
    <Page title={t('查找已发布场景')}>
      <FilterBar list="published" filters={chosen} />
      <Shown read={list} what={t('清单')}>
        {({ pages }) => {
          const rows = pages.flatMap((page) => page.items);
          if (rows.length === 0 && !list.hasNextPage) return <Nothing><p>{t('没有找到。')}</p></Nothing>;
          return <LongTable caption={t('查找已发布场景')} columns={columns()} rows={rows} keyOf={(row) => `${row.batch} ${row.edition} ${row.number}`} list={list} />;
        }}
      </Shown>
    </Page>
  );
}

const columns = (): readonly Column<Found>[] => [
  { head: t('编号'), width: '16%', cell: (row) => row.number },
  { head: t('场景'), cell: (row) => row.name },
  { head: t('单位'), width: '24%', cell: (row) => row.unitName },
  { head: t('类别'), width: '14%', cell: (row) => lifecycleName(row.lifecycle) },
  { head: t('批次'), width: '16%', cell: (row) => <><Link to={paths.batch(row.batch)}>{row.batch}</Link>{row.superseded && <span className="note"> {t('（已有新版）')}</span>}</> },
];
