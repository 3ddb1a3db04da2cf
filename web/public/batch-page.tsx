import { Input } from 'antd';
import { Link, useParams, useSearchParams } from 'react-router';
import { useBatch } from '../api/queries.ts';
import type { Json } from '../api/types.ts';
import { MoreButton } from '../parts/more-button.tsx';
import { Page } from '../parts/page.tsx';
import { Nothing, Shown } from '../parts/states.tsx';
import { paths } from '../paths.ts';
import { lifecycleName } from '../words/names.ts';
import { t } from '../words/language.ts';

type Entry = { readonly [name: string]: Json };

/** One published list, searched among the entries that were read. */
export function BatchPage() {
  const { half = '' } = useParams();
  const [query, setQuery] = useSearchParams();
  const list = useBatch(half);
  const word = query.get('q') ?? '';
  const fits = (entry: Entry): boolean => ['number', 'name', 'unitName'].some((name) => String(entry[name] ?? '').includes(word));
  return (
    <Page title={`${half} 批次清单`}>
      <p className="note"><Link to={paths.published}>{t('全部批次')}</Link> · <a href={`/published/${half}`}>{t('数据（JSON）')}</a></p>
      <form className="filters" role="search" onSubmit={(event) => event.preventDefault()}>
        <label>{t('查找（编号、场景、单位）')}<Input value={word} onChange={(event) => setQuery(event.target.value ? { q: event.target.value } : {}, { replace: true })} allowClear /></label>
      </form>
      <Shown read={list} what={t('清单')}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items as readonly Entry[]);
          const found = items.filter(fits);
          return (
            <>
              {found.length === 0 ? <Nothing><p>{word ? '没有找到。' : '这一批没有场景。'}</p></Nothing> : <Entries entries={found} half={half} />}
              <MoreButton list={list} shown={items.length} />
            </>
          );
        }}
      </Shown>
    </Page>
  );
}

function Entries({ entries, half }: { readonly entries: readonly Entry[]; readonly half: string }) {
  return (
    <table className="table">
      <caption className="hidden">{half} 批次的场景</caption>
      <thead><tr><th scope="col">{t('编号')}</th><th scope="col">{t('场景')}</th><th scope="col">{t('类别')}</th><th scope="col">{t('单位')}</th></tr></thead>
      <tbody>
        {entries.map((entry) => (
          <tr key={String(entry['number'])}>
            <td data-head={t('编号')}>{String(entry['number'] ?? '')}</td>
            <td data-head={t('场景')}>{String(entry['name'] ?? '')}</td>
            <td data-head={t('类别')}>{lifecycleName(String(entry['lifecycle']))}</td>
            <td data-head={t('单位')}>{String(entry['unitName'] ?? '')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
