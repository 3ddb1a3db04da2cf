import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { divisionName } from '../../shared/divisions.ts';
import { read } from '../api/client.ts';
import { useCase, useCases, useMe } from '../api/queries.ts';
import type { CaseRow, Reads } from '../api/types.ts';
import { FilterBar, useFilters, type Filter } from '../desk/filters.tsx';
import { MoreButton } from '../parts/more-button.tsx';
import { Page } from '../parts/page.tsx';
import { PageTabs } from '../parts/page-tabs.tsx';
import { Nothing, Shown, StateTags } from '../parts/states.tsx';
import { onDay } from '../parts/when.ts';
import { paths, type CopyKind } from '../paths.ts';
import { t } from '../words/language.ts';
import { lifecycleName } from '../words/names.ts';
import { CopyForm } from './copy-form.tsx';

type LibraryRow = Reads['/library']['answer']['items'][number];

/** Begins a filing from an earlier one of the own unit, or from a case of the library; the address says from which. */
export function CopyPage() {
  const [query] = useSearchParams();
  const kind: CopyKind = query.get('kind') === 'replication' ? 'replication' : 'refiling';
  const id = query.get('case') ?? '';
  return (
    <Page title={t('从已有场景开始申报')}>
      <p className="note"><Link to={paths.newFiling}>{t('新建申报')}</Link></p>
      {id === '' && <PageTabs label={t('从哪里开始')} name="kind" current={kind} tabs={[['refiling', t('本单位以前的申报')], ['replication', t('案例库中的案例')]]} />}
      {id === ''
        ? kind === 'refiling' ? <OwnFilings /> : <LibraryCases />
        : kind === 'refiling' ? <FromOwn id={id} /> : <FromLibrary id={id} />}
    </Page>
  );
}

function OwnFilings() {
  const cases = useCases('scenarios', {});
  const unit = useMe(true).data?.org.id;
  return (
    <Shown read={cases} what={t('列表')}>
      {({ pages }) => {
        const rows = pages.flatMap((page) => page.items).filter((row) => row.unit === unit);
        if (rows.length === 0 && !cases.hasNextPage) return <Nothing><p>{t('本单位还没有申报可以复制。')}</p><p><Link to={paths.newFiling}>{t('新建申报')}</Link></p></Nothing>;
        return <><Filings rows={rows} /><MoreButton list={cases} shown={rows.length} /></>;
      }}
    </Shown>
  );
}

function Filings({ rows }: { readonly rows: readonly CaseRow[] }) {
  return (
    <table className="table">
      <caption className="hidden">{t('本单位以前的申报')}</caption>
      <thead><tr><th scope="col">{t('名称')}</th><th scope="col">{t('类别')}</th><th scope="col">{t('环节')}</th><th scope="col">{t('更新')}</th><th scope="col">{t('办理')}</th></tr></thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td data-head={t('名称')}><Link to={paths.one('scenarios', row.id)}>{row.title || row.id}</Link></td>
            <td data-head={t('类别')}>{lifecycleName(row.lifecycle)}</td>
            <td data-head={t('环节')}><StateTags lifecycle={row.lifecycle} leaves={row.state} /></td>
            <td data-head={t('更新')}>{onDay(row.changedAt)}</td>
            <td data-head={t('办理')}><Link to={paths.copyFiling('refiling', row.id)}>{t('复制')}<span className="hidden"> {row.title}</span></Link></td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const filters = (): readonly Filter[] => [{ name: 'q', label: t('全文查找') }];

function LibraryCases() {
  const filter = useFilters(filters());
  const list = useInfiniteQuery({
    queryKey: ['library', filter],
    queryFn: ({ pageParam }) => read('/library', {}, { ...filter, limit: 20, ...(pageParam ? { cursor: pageParam } : {}) }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });
  return (
    <>
      <FilterBar list="library" filters={filters()} keep={['kind']} />
      <Shown read={list} what={t('案例')}>
        {({ pages }) => {
          const rows = pages.flatMap((page) => page.items);
          if (rows.length === 0 && !list.hasNextPage) return <Nothing><p>{t('没有找到案例。场景评估后成效明显的，编写案例并收入案例库（第十二条、第十五条）。')}</p></Nothing>;
          return <>{rows.map((row) => <LibraryCard key={row.case} row={row} />)}<MoreButton list={list} shown={rows.length} /></>;
        }}
      </Shown>
    </>
  );
}

function LibraryCard({ row }: { readonly row: LibraryRow }) {
  return (
    <article className="card">
      <h2><Link to={paths.libraryCase(row.case)}>{row.title}</Link></h2>
      <p className="note">{row.unit} · {divisionName(row.division)} · {lifecycleName(row.lifecycle)}</p>
      <p>{row.excerpt}</p>
      <p><Link to={paths.copyFiling('replication', row.case)}>{t('复制推广')}<span className="hidden"> {row.title}</span></Link></p>
    </article>
  );
}

function FromOwn({ id }: { readonly id: string }) {
  const source = useCase('scenarios', id);
  return <Shown read={source} what={t('案件')}>{(one) => <CopyForm kind="refiling" source={{ id, title: one.title || id, unit: (one.context['unit'] as { readonly name?: string } | undefined)?.name ?? '', lifecycle: one.lifecycle }} />}</Shown>;
}

function FromLibrary({ id }: { readonly id: string }) {
  const source = useQuery({ queryKey: ['library', id], queryFn: () => read('/library/{id}', { id }) });
  return <Shown read={source} what={t('案例')}>{(one) => <CopyForm kind="replication" source={{ id, title: one.title, unit: one.unit, lifecycle: one.lifecycle }} />}</Shown>;
}
