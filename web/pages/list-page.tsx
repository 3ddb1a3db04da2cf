import { useLocation, useSearchParams, Link } from 'react-router';
import { lifecycleLabels } from '../../machines/labels.zh.ts';
import { publicationStates, recoveryStates, scenarioStates } from '../../machines/state-labels.zh.ts';
import { useCases } from '../api/queries.ts';
import type { CaseRow } from '../api/types.ts';
import { MoreButton } from '../parts/more-button.tsx';
import { Page } from '../parts/page.tsx';
import { Nothing, Shown, StateTags } from '../parts/states.tsx';
import { onDay } from '../parts/when.ts';
import { casePath, type Collection } from '../paths.ts';

const titles = { scenarios: '场景', batches: '发布批次', recoveries: '资金收回' } as const satisfies Record<Collection, string>;
const stateTables: Readonly<Record<Collection, { readonly [path: string]: string }>> = { scenarios: scenarioStates, batches: publicationStates, recoveries: recoveryStates };

/** The collection that an address of a list or a case is about. */
export function useCollection(): Collection {
  return useLocation().pathname.split('/')[1] as Collection;
}

/** The cases of a kind that the reader may see; the address holds the filters. */
export function ListPage() {
  const collection = useCollection();
  const [query, setQuery] = useSearchParams();
  const filter = { lifecycle: query.get('lifecycle') ?? undefined, phase: query.get('phase') ?? undefined };
  const cases = useCases(collection, filter);
  const choose = (name: string, value: string) => {
    const next = new URLSearchParams(query);
    if (value) next.set(name, value);
    else next.delete(name);
    setQuery(next);
  };
  return (
    <Page title={titles[collection]}>
      <form className="filters" onSubmit={(event) => event.preventDefault()} aria-label="筛选">
        {collection === 'scenarios' && (
          <Choice label="类别" value={filter.lifecycle} onChange={(value) => choose('lifecycle', value)} options={[['governmentInvestment', lifecycleLabels.governmentInvestment], ['socialInvestment', lifecycleLabels.socialInvestment]]} />
        )}
        <Choice label="环节" value={filter.phase} onChange={(value) => choose('phase', value)} options={phases(collection)} />
      </form>
      <Shown read={cases} what="列表">
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0 && !cases.hasNextPage) return <Nothing><p>没有符合条件、您可以查看的{titles[collection]}。</p></Nothing>;
          return <><CaseTable items={items} title={titles[collection]} /><MoreButton list={cases} shown={items.length} /></>;
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
        <option value="">全部</option>
        {options.map(([id, text]) => <option key={id} value={id}>{text}</option>)}
      </select>
    </label>
  );
}

function CaseTable({ items, title }: { readonly items: readonly CaseRow[]; readonly title: string }) {
  return (
    <table className="table">
      <caption className="hidden">{title}</caption>
      <thead><tr><th scope="col">名称</th><th scope="col">类别</th><th scope="col">环节</th><th scope="col">更新</th></tr></thead>
      <tbody>
        {items.map((row) => (
          <tr key={row.id}>
            <td data-head="名称"><Link to={casePath(row.lifecycle, row.id)}>{row.title || row.id}</Link></td>
            <td data-head="类别">{lifecycleLabels[row.lifecycle]}</td>
            <td data-head="环节"><StateTags lifecycle={row.lifecycle} leaves={row.state} />{row.status === 'done' ? ' 已办结' : ''}</td>
            <td data-head="更新">{onDay(row.changedAt)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
