import { Button, Input } from 'antd';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { cities } from '../../shared/divisions.ts';
import { departments } from '../../shared/sectors.ts';
import { useKept } from '../parts/kept.ts';
import { useNarrow } from '../parts/narrow.ts';
import { sectorName } from '../words/choices.ts';
import { isEnglish, t } from '../words/language.ts';
import { stateName } from '../words/names.ts';

/** One filter of a list: the name that the API and the address know it by, its label, and what may be chosen (nothing: a text, a day). */
export interface Filter {
  readonly name: string;
  readonly label: string;
  readonly options?: readonly (readonly [string, string])[];
  readonly day?: true;
}

/** Filters by where the filing unit is, for any list of cases. */
export const unitFilters = (): readonly Filter[] => [
  { name: 'city', label: t('设区市'), options: cities.map(({ code, name }) => [code, name]) },
  { name: 'sector', label: t('行业'), options: departments.map(({ id }) => [id, sectorName(id, 'short')]) },
];

/** The phases among a lifecycle's states, as choices: a phase is a state without another around it. */
export function phasesOf(states: { readonly [path: string]: string }): readonly (readonly [string, string])[] {
  return Object.entries(states).filter(([path]) => !path.includes('.')).map(([path, label]) => [path, isEnglish() ? stateName('', path) : label]);
}

/** The filters that stand in the address, by name; only the named ones. */
export function useFilters(filters: readonly Filter[]): Readonly<Record<string, string>> {
  const [query] = useSearchParams();
  return Object.fromEntries(filters.map(({ name }) => [name, query.get(name) ?? '']).filter(([, value]) => value !== ''));
}

interface Props {
  /** What the saved filters are kept under. */
  readonly list: string;
  readonly filters: readonly Filter[];
  /** What else of the address stays when the filters are cleared. */
  readonly keep?: readonly string[];
}

/** The filters of a list: the address holds them; a set of them can be kept on this machine under a name. On a phone the list comes first: unused filters are folded. */
export function FilterBar({ list, filters, keep = [] }: Props) {
  const [query, setQuery] = useSearchParams();
  const narrow = useNarrow();
  const rest = [...query].filter(([name]) => keep.includes(name));
  const choose = (name: string, value: string) => {
    const next = new URLSearchParams(query);
    if (value) next.set(name, value);
    else next.delete(name);
    setQuery(next, { replace: true });
  };
  return (
    <>
      <details className="filter-box no-print" open={!narrow || query.size > rest.length}>
        <summary>{t('筛选')}</summary>
        <form className="filters" role="search" aria-label={t('筛选')} onSubmit={(event) => event.preventDefault()}>
          {filters.map((filter) => <Control key={filter.name} filter={filter} value={query.get(filter.name) ?? ''} onChange={(value) => choose(filter.name, value)} />)}
          {query.size > rest.length && <Button onClick={() => setQuery(rest, { replace: true })}>{t('清除筛选')}</Button>}
        </form>
      </details>
      {keep.length === 0 && <SavedFilters list={list} />}
    </>
  );
}

function Control({ filter: { label, options, day }, value, onChange }: { readonly filter: Filter; readonly value: string; readonly onChange: (value: string) => void }) {
  if (day) return <label>{label}<input type="date" value={value} onChange={(event) => onChange(event.target.value)} /></label>;
  if (!options) return <TextControl key={value} label={label} value={value} onChange={onChange} />;
  return (
    <label>
      {label}
      <select value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">{t('全部')}</option>
        {options.map(([id, text]) => <option key={id} value={id}>{text}</option>)}
      </select>
    </label>
  );
}

/** Searches on Enter or on leaving the field, not with every key. */
function TextControl({ label, value, onChange }: { readonly label: string; readonly value: string; readonly onChange: (value: string) => void }) {
  const [text, setText] = useState(value);
  const go = () => { if (text.trim() !== value) onChange(text.trim()); };
  return <label>{label}<Input value={text} allowClear onChange={(event) => { setText(event.target.value); if (event.type === 'click') onChange(''); }} onBlur={go} onPressEnter={go} /></label>;
}

interface Saved {
  readonly name: string;
  readonly query: string;
}

function SavedFilters({ list }: Pick<Props, 'list'>) {
  const [query, setQuery] = useSearchParams();
  const [saved, setSaved] = useKept<readonly Saved[]>(`filters.${list}`, []);
  const [naming, setNaming] = useState<string>();
  if (saved.length === 0 && query.size === 0) return null;
  const save = () => {
    if (!naming?.trim()) return;
    setSaved([...saved.filter(({ name }) => name !== naming.trim()), { name: naming.trim(), query: String(query) }]);
    setNaming(undefined);
  };
  return (
    <p className="saved-filters no-print">
      {saved.map((each) => (
        <span key={each.name} className="tag">
          <button type="button" className="link" aria-pressed={each.query === String(query)} onClick={() => setQuery(each.query)}>{each.name}</button>
          <button type="button" className="link" aria-label={t('删除筛选“{name}”', { name: each.name })} onClick={() => setSaved(saved.filter((other) => other !== each))}>×</button>
        </span>
      ))}
      {query.size > 0 && (naming === undefined
        ? <Button size="small" onClick={() => setNaming('')}>{t('保存这组筛选')}</Button>
        : <span className="row"><Input size="small" autoFocus aria-label={t('筛选的名称')} placeholder={t('筛选的名称')} value={naming} onChange={(event) => setNaming(event.target.value)} onPressEnter={save} /><Button size="small" type="primary" onClick={save}>{t('保存')}</Button></span>)}
    </p>
  );
}
