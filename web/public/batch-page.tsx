import { Input } from 'antd';
import { Link, useParams, useSearchParams } from 'react-router';
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
  const list = useBatch(half);
  const word = query.get('q') ?? '';
  const fits = (entry: Entry): boolean => ['number', 'name', 'unitName'].some((name) => String(entry[name] ?? '').includes(word));
  return (
    <Page title={`${half} 批次清单`}>
      <p className="note"><Link to={paths.published}>{t('全部批次')}</Link> · <Link to={paths.search}>{t('查找已发布场景')}</Link></p>
      <Editions half={half} />
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
            <td data-head={t('编号')}><div>{String(entry['number'] ?? '')}<br /><a className="note" href={`/published/${half}/extracts/${String(entry['number'] ?? '')}`}>{t('节录（PDF）')}</a></div></td>
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

/** The editions of the list, the newest first, each as files; a corrected one says why and what it changes. */
function Editions({ half }: { readonly half: string }) {
  const read = useEditions(half);
  return (
    <Shown read={read} what={t('版次')}>
      {({ items }) => (
        <section className="card" aria-label={t('版次')}>
          {items.toReversed().map((edition) => (
            <div key={edition.edition}>
              <p className="line"><b>{t('第 {edition} 版', { edition: edition.edition })}</b> · {edition.documentNo} · {onDay(edition.publishedAt)} · {t('{count} 个场景', { count: edition.count })} · {files.map(([name, kind]) => <a key={name} className="file-link" href={`/published/${half}/documents/${name}?edition=${edition.edition}`}>{kind}</a>)}</p>
              {edition.reason && <div className="quote">{t('更正：')}{edition.reason}{(edition.changes ?? []).map((change) => <div key={change.number}>{change.number}：{change.change === 'strike' ? t('删去') : [change.name, change.unitName].filter(Boolean).join(' · ')}</div>)}</div>}
            </div>
          ))}
        </section>
      )}
    </Shown>
  );
}
