import { useState } from 'react';
import { Link } from 'react-router';
import { useCases, useMe } from '../api/queries.ts';
import { demandStates, fundStates, listStates, publicationStates, recoveryStates, scenarioStates } from '../../machines/state-labels.zh.ts';
import type { CaseRow } from '../api/types.ts';
import { ExportButtons } from '../desk/export-buttons.tsx';
import { FilterBar, phasesOf, unitFilters, useFilters, type Filter } from '../desk/filters.tsx';
import { NewList } from '../lists/new-list.tsx';
import { LinkButton } from '../parts/link-button.tsx';
import { useCollection } from '../parts/use-collection.ts';
import { LongTable, type Column } from '../parts/long-table.tsx';
import { Page } from '../parts/page.tsx';
import { Nothing, Shown, StateTags } from '../parts/states.tsx';
import { onDay } from '../parts/when.ts';
import { casePath, mostCompared, paths, type Collection } from '../paths.ts';
import { lifecycleName } from '../words/names.ts';
import { t } from '../words/language.ts';

const titles = { scenarios: '场景', batches: '发布批次', recoveries: '资金收回', lists: '场景清单', funds: '专项资金', demands: '数据需求' } as const satisfies Record<Collection, string>;
const stateTables: Readonly<Record<Collection, { readonly [path: string]: string }>> = { scenarios: scenarioStates, batches: publicationStates, recoveries: recoveryStates, lists: listStates, funds: fundStates, demands: demandStates };

// Who takes decisions on many at once (navigation; what is allowed, the API says).
const deciding = ['bureauOfficer', 'bureauLeader'];

const filtersOf = (collection: Collection): readonly Filter[] => [
  ...(collection === 'scenarios' ? [{ name: 'q', label: t('名称、单位或编号') }, { name: 'lifecycle', label: t('类别'), options: (['governmentInvestment', 'socialInvestment'] as const).map((id) => [id, lifecycleName(id)] as const) }] : []),
  { name: 'phase', label: t('环节'), options: phasesOf(stateTables[collection]) },
  ...(collection === 'scenarios' ? unitFilters() : []),
];

/** The cases of a kind that the reader may see; the address holds the filters. */
export function ListPage() {
  const collection = useCollection();
  const filters = filtersOf(collection);
  const filter = useFilters(filters);
  const cases = useCases(collection, filter);
  const [picked, setPicked] = useState<readonly string[]>([]);
  const picking = { picked, pick: (id: string) => setPicked(picked.includes(id) ? picked.filter((each) => each !== id) : [...picked, id]) };
  const gathers = useMe(true).data?.roles.includes('aggregator') ?? false;
  const extra = <span className="row"><PickedLinks picked={picked} /><ExportButtons list={collection} title={t(titles[collection])} filter={filter} /></span>;
  return (
    <Page title={t(titles[collection])} extra={extra}>
      {collection === 'lists' && gathers && <NewList />}
      <FilterBar key={collection} list={collection} filters={filters} />
      <Shown read={cases} what={t('列表')}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0 && !cases.hasNextPage) return <Nothing><p>{t('没有符合条件、您可以查看的记录。')}</p></Nothing>;
          return <LongTable caption={t(titles[collection])} columns={columns(collection === 'scenarios' ? picking : undefined)} rows={items} keyOf={(row) => row.id} list={cases} />;
        }}
      </Shown>
    </Page>
  );
}

/** What can be done with the picked ones. */
function PickedLinks({ picked }: { readonly picked: readonly string[] }) {
  const decides = useMe(true).data?.roles.some((role) => deciding.includes(role)) ?? false;
  return (
    <>
      {picked.length > 1 && picked.length <= mostCompared && <LinkButton to={paths.compare(picked)}>{t('比较所选的 {count} 个', { count: picked.length })}</LinkButton>}
      {picked.length > 0 && decides && <LinkButton to={paths.bulk(picked)} primary>{t('批量办理')}</LinkButton>}
    </>
  );
}

interface Picking {
  readonly picked: readonly string[];
  readonly pick: (id: string) => void;
}

const columns = (picking: Picking | undefined): readonly Column<CaseRow>[] => [
  ...(picking ? [{ head: t('选择'), width: '5rem', cell: (row: CaseRow) => <input type="checkbox" aria-label={t('选择“{title}”', { title: row.title })} checked={picking.picked.includes(row.id)} onChange={() => picking.pick(row.id)} /> }] : []),
  { head: t('名称'), cell: (row) => <Link to={casePath(row.lifecycle, row.id)}>{row.title || row.id}</Link> },
  { head: t('单位'), width: '20%', cell: (row) => row.unitName },
  { head: t('类别'), width: '11%', cell: (row) => lifecycleName(row.lifecycle) },
  { head: t('环节'), width: '22%', cell: (row) => <><StateTags lifecycle={row.lifecycle} leaves={row.state} />{row.status === 'done' ? ` ${t('已办结')}` : ''}</> },
  { head: t('更新'), width: '12%', cell: (row) => onDay(row.changedAt) },
];
