import { Input } from 'antd';
import { Link, useParams, useSearchParams } from 'react-router';
import { RowChanges } from '../batches/row-changes.tsx';
import { useBatch, useEditions } from '../api/queries.ts';
import type { Json } from '../api/types.ts';
import { MoreButton } from '../parts/more-button.tsx';
import { Page } from '../parts/page.tsx';
import { Nothing, Shown } from '../parts/states.tsx';
import { onDay } from '../parts/when.ts';
import { paths } from '../paths.ts';
import { lifecycleName } from '../words/names.ts';
import { t } from '../words/language.ts';

type Entry = { readonly [name: string]: Json };

/** One published list, searched among the entries that were read. */
export function BatchPage() {
  const { half = '' } = useParams();
  const [query, setQuery] = useSearchParams();
  const edition = Number(query.get('edition')) || undefined;
  const list = useBatch(half, edition);
  const word = query.get('q') ?? '';
  const fits = (entry: Entry): boolean => ['number', 'name', 'unitName'].some((name) => String(entry[name] ?? '').includes(word));
  return (
    <Page title={t('{half} 批次清单', { half })}>
      <p className="note"><Link to={paths.published}>{t('全部批次')}</Link> · <Link to={paths.search}>{t('查找已发布场景')}</Link></p>
      <Editions half={half} shown={edition} />
      <form className="filters" role="search" onSubmit={(event) => event.preventDefault()}>
        <label>{t('查找（编号、场景、单位）')}<Input value={word} onChange={(event) => setQuery({ ...(event.target.value ? { q: event.target.value } : {}), ...(edition ? { edition: String(edition) } : {}) }, { replace: true })} allowClear /></label>
      </form>
      <Shown read={list} what={t('清单')}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items as readonly Entry[]);
          const found = items.filter(fits);
          return (
            <>
              {found.length === 0 ? <Nothing><p>{t(word ? '没有找到。' : '这一批没有场景。')}</p></Nothing> : <Entries entries={found} half={half} edition={edition} />}
              <MoreButton list={list} shown={items.length} />
            </>
          );
        }}
      </Shown>
    </Page>
  );
}

function Entries({ entries, half, edition }: { readonly entries: readonly Entry[]; readonly half: string; readonly edition: number | undefined }) {
  return (
    <table className="table">
      <caption className="hidden">{t('{half} 批次清单', { half })}</caption>
      <thead><tr><th scope="col">{t('编号')}</th><th scope="col">{t('场景')}</th><th scope="col">{t('类别')}</th><th scope="col">{t('单位')}</th></tr></thead>
      <tbody>
        {entries.map((entry) => (
          <tr key={String(entry['number'])}>
            <td data-head={t('编号')}><div>{String(entry['number'] ?? '')}<br /><a className="note" href={`/published/${half}/extracts/${String(entry['number'] ?? '')}${edition ? `?edition=${edition}` : ''}`}>{t('节录（PDF）')}</a></div></td>
            <td data-head={t('场景')}>{String(entry['name'] ?? '')}</td>
            <td data-head={t('类别')}>{lifecycleName(String(entry['lifecycle']))}</td>
            <td data-head={t('单位')}>{String(entry['unitName'] ?? '')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const files = [['list.docx', 'Word'], ['list.xlsx', 'Excel'], ['list.pdf', 'PDF'], ['list.json', 'JSON']] as const;

/** The editions of the list, the newest first, each as files and to be looked at; a corrected one says why and what it changes. */
function Editions({ half, shown }: { readonly half: string; readonly shown: number | undefined }) {
  const read = useEditions(half);
  return (
    <Shown read={read} what={t('版次')}>
      {({ items }) => (
        <section className="card" aria-label={t('版次')}>
          {items.toReversed().map((edition) => (
            <div key={edition.edition}>
              <p className="line"><b>{t('第 {edition} 版', { edition: edition.edition })}</b> · {edition.documentNo} · {onDay(edition.publishedAt)} · {t('{count} 个场景', { count: edition.count })} · {edition.edition === (shown ?? items.length)
                ? <span className="note">{t('下面显示的是这一版')}</span>
                : <Link to={`?edition=${edition.edition}`} preventScrollReset>{t('显示这一版')}</Link>}</p>
              <p className="line">{files.map(([name, kind]) => <a key={name} className="file-link" href={`/published/${half}/documents/${name}?edition=${edition.edition}`}>{kind}</a>)}</p>
              {edition.reason && <RowChanges half={half} edition={edition.edition} reason={edition.reason} changes={edition.changes ?? []} />}
            </div>
          ))}
        </section>
      )}
    </Shown>
  );
}
