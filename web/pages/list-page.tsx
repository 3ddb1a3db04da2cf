import { useState } from 'react';
import { useSearchParams, Link } from 'react-router';
import { publicationStates, recoveryStates, scenarioStates } from '../../machines/state-labels.zh.ts';
import { useCases, useMe } from '../api/queries.ts';
import type { CaseRow } from '../api/types.ts';
import { LinkButton } from '../parts/link-button.tsx';
import { useCollection } from '../parts/use-collection.ts';
import { LongTable, type Column } from '../parts/long-table.tsx';
import { Page } from '../parts/page.tsx';
import { Nothing, Shown, StateTags } from '../parts/states.tsx';
import { onDay } from '../parts/when.ts';
import { casePath, mostCompared, paths, type Collection } from '../paths.ts';
import { lifecycleName } from '../words/names.ts';
import { t } from '../words/language.ts';

const titles = { scenarios: '场景', batches: '发布批次', recoveries: '资金收回' } as const satisfies Record<Collection, string>;
const stateTables: Readonly<Record<Collection, { readonly [path: string]: string }>> = { scenarios: scenarioStates, batches: publicationStates, recoveries: recoveryStates };

// Who takes decisions on many at once (navigation; what is allowed, the API says).
const deciding = ['bureauOfficer', 'bureauLeader'];

/** The cases of a kind that the reader may see; the address holds the filters. */
export function ListPage() {
  const collection = useCollection();
  const [query, setQuery] = useSearchParams();
  const filter = { lifecycle: query.get('lifecycle') ?? undefined, phase: query.get('phase') ?? undefined };
  const cases = useCases(collection, filter);
  const [picked, setPicked] = useState<readonly string[]>([]);
  const picking = { picked, pick: (id: string) => setPicked(picked.includes(id) ? picked.filter((each) => each !== id) : [...picked, id]) };
  const decides = useMe(true).data?.roles.some((role) => deciding.includes(role)) ?? false;
  const choose = (name: string, value: string) => {
    const next = new URLSearchParams(query);
    if (value) next.set(name, value);
    else next.delete(name);
    setQuery(next);
  };
  return (
    <Page title={t(titles[collection])} extra={picked.length > 0 ? <span className="row">{picked.length > 1 && picked.length <= mostCompared && <LinkButton to={paths.compare(picked)}>{t('比较所选的 {count} 个', { count: picked.length })}</LinkButton>}{decides && <LinkButton to={paths.bulk(picked)} primary>{t('批量办理')}</LinkButton>}</span> : undefined}>
      <form className="filters" onSubmit={(event) => event.preventDefault()} aria-label={t('筛选')}>
        {collection === 'scenarios' && (
          <Choice label={t('类别')} value={filter.lifecycle} onChange={(value) => choose('lifecycle', value)} options={[['governmentInvestment', lifecycleName('governmentInvestment')], ['socialInvestment', lifecycleName('socialInvestment')]]} />
        )}
        <Choice label={t('环节')} value={filter.phase} onChange={(value) => choose('phase', value)} options={phases(collection)} />
      </form>
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

// A phase is a state without another around it.
function phases(collection: Collection): readonly (readonly [string, string])[] {
  return Object.entries(stateTables[collection]).filter(([path]) => !path.includes('.'));
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly options: readonly (readonly [string, string])[];
  readonly onChange: (value: string) => void;
}

function Choice({ label, value, options, onChange }: ChoiceProps) {
  return (
    <label>
      {label}
      <select value={value ?? ''} onChange={(event) => onChange(event.target.value)}>
        <option value="">{t('全部')}</option>
        {options.map(([id, text]) => <option key={id} value={id}>{text}</option>)}
      </select>
    </label>
  );
}

interface Picking {
  readonly picked: readonly string[];
  readonly pick: (id: string) => void;
}

const columns = (picking: Picking | undefined): readonly Column<CaseRow>[] => [
  ...(picking ? [{ head: t('选择'), width: '5rem', cell: (row: CaseRow) => <input type="checkbox" aria-label={t('选择“{title}”', { title: row.title })} checked={picking.picked.includes(row.id)} onChange={() => picking.pick(row.id)} /> }] : []),
  { head: t('名称'), cell: (row) => <Link to={casePath(row.lifecycle, row.id)}>{row.title || row.id}</Link> },
  { head: t('类别'), width: '14%', cell: (row) => lifecycleName(row.lifecycle) },
  { head: t('环节'), width: '30%', cell: (row) => <><StateTags lifecycle={row.lifecycle} leaves={row.state} />{row.status === 'done' ? ` ${t('已办结')}` : ''}</> },
  { head: t('更新'), width: '12%', cell: (row) => onDay(row.changedAt) },
];
