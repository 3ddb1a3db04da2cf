import { useQueries } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { caseQuery } from '../api/queries.ts';
import type { Case } from '../api/types.ts';
import { valueAt, type Field, type FormPage } from '../filing/fields.ts';
import { pagesOf } from '../filing/forms.ts';
import { shownValue } from '../filing/shown-value.ts';
import { Page } from '../parts/page.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { Loading, Nothing, StateTags } from '../parts/states.tsx';
import { mostCompared, paths } from '../paths.ts';
import { t } from '../words/language.ts';
import { lifecycleName } from '../words/names.ts';

/** Filings side by side, field by field in the order of the official form; the address holds which. */
export function ComparePage() {
  const [query, setQuery] = useSearchParams();
  const ids = (query.get('ids') ?? '').split(',').filter(Boolean).slice(0, mostCompared);
  // A box that waits for the router would spring back for a moment; the address follows it.
  const [onlyDifferent, setOnlyDifferent] = useState(query.get('different') === '1');
  const show = (different: boolean) => {
    setOnlyDifferent(different);
    setQuery({ ids: ids.join(','), ...(different ? { different: '1' } : {}) }, { replace: true });
  };
  const reads = useQueries({ queries: ids.map((id) => caseQuery('scenarios', id)) });
  const failed = reads.find(({ error }) => error);
  const cases = reads.flatMap(({ data }) => data ?? []);
  return (
    <Page title={t('场景比较')}>
      {ids.length < 2 && <Nothing><p>{t('请在场景列表中选择两个到四个场景，再作比较。')}<Link to={paths.list('scenarios')}>{t('查看场景')}</Link></p></Nothing>}
      {failed && <ProblemAlert error={failed.error} />}
      {ids.length >= 2 && !failed && cases.length < ids.length && <Loading what={t('场景')} />}
      {ids.length >= 2 && cases.length === ids.length && (
        <>
          <form className="filters no-print" onSubmit={(event) => event.preventDefault()}>
            <div className="checks"><label><input type="checkbox" checked={onlyDifferent} onChange={(event) => show(event.target.checked)} />{t('只看不同之处')}</label></div>
          </form>
          <Comparison cases={cases} onlyDifferent={onlyDifferent} />
        </>
      )}
    </Page>
  );
}

interface Props {
  readonly cases: readonly Case[];
  readonly onlyDifferent: boolean;
}

function Comparison({ cases, onlyDifferent }: Props) {
  // Both classes ask some of the same; each field stands once, in the order of the first form that has it.
  const pages = [...new Set(cases.map(({ lifecycle }) => pagesOf(lifecycle)))];
  const rows = distinct(pages.flatMap((some) => some.flatMap((page) => page.fields.map((field) => ({ page, field })))));
  const shown = rows.map(({ page, field }) => ({ page, field, texts: cases.map((one) => shownValue(field, valueAt(one.form?.form, field.pointer)) ?? '') })).filter(({ texts }) => !onlyDifferent || new Set(texts).size > 1);
  return (
    <div className="sheet" tabIndex={0} role="group" aria-label={t('场景比较')}>
      <table className="compare">
        <thead><tr><th scope="col">{t('内容')}</th>{cases.map((one) => <th key={one.id} scope="col"><Link to={paths.one('scenarios', one.id)}>{one.title || one.id}</Link><br /><span className="note">{lifecycleName(one.lifecycle)} <StateTags lifecycle={one.lifecycle} leaves={one.state} /></span></th>)}</tr></thead>
        <tbody>
          {shown.map(({ page, field, texts }) => (
            <tr key={field.pointer} className={new Set(texts).size > 1 ? 'differs' : undefined}>
              <th scope="row"><span className="note">{page.title}</span><br />{field.label}</th>
              {texts.map((text, index) => <td key={cases[index]?.id}><span className="said">{text || '—'}</span></td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function distinct(rows: readonly { readonly page: FormPage; readonly field: Field }[]): readonly { readonly page: FormPage; readonly field: Field }[] {
  return [...new Map(rows.toReversed().map((row) => [row.field.pointer, row])).values()].toReversed();
}
