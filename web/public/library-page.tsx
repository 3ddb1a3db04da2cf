import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { directionWords } from '../../shared/contracts/form-words.zh.ts';
import { cities, divisionName } from '../../shared/divisions.ts';
import { read } from '../api/client.ts';
import type { Reads } from '../api/types.ts';
import { FilterBar, useFilters, type Filter } from '../desk/filters.tsx';
import { MoreButton } from '../parts/more-button.tsx';
import { Page } from '../parts/page.tsx';
import { Nothing, Shown } from '../parts/states.tsx';
import { onDay } from '../parts/when.ts';
import { paths } from '../paths.ts';
import { choiceNames } from '../words/choices.ts';
import { t } from '../words/language.ts';
import { lifecycleName } from '../words/names.ts';

type Row = Reads['/library']['answer']['items'][number];

const filters = (): readonly Filter[] => [
  { name: 'q', label: t('全文查找') },
  { name: 'direction', label: t('申报方向'), options: Object.entries(choiceNames(directionWords)) },
  { name: 'lifecycle', label: t('类别'), options: (['governmentInvestment', 'socialInvestment'] as const).map((id) => [id, lifecycleName(id)] as const) },
  { name: 'division', label: t('设区市'), options: cities.map(({ code, name }) => [code, name]) },
];

/** The case library, for anybody: searched by words of the whole text. */
export function LibraryPage() {
  const chosen = filters();
  const filter = useFilters(chosen);
  const list = useInfiniteQuery({
    queryKey: ['library', filter],
    queryFn: ({ pageParam }) => read('/library', {}, { ...filter, limit: 20, ...(pageParam ? { cursor: pageParam } : {}) } as Reads['/library']['query']),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });
  return (
    <Page title={t('案例库')}>
      <FilterBar list="library" filters={chosen} />
      <Shown read={list} what={t('案例')}>
        {({ pages }) => {
          const rows = pages.flatMap((page) => page.items);
          if (rows.length === 0 && !list.hasNextPage) return <Nothing><p>{t('没有找到案例。场景评估后成效明显的，编写案例并收入案例库（第十二条、第十五条）。')}</p></Nothing>;
          return <>{rows.map((row) => <CaseCard key={row.case} row={row} words={filter['q'] ?? ''} />)}<MoreButton list={list} shown={rows.length} /></>;
        }}
      </Shown>
    </Page>
  );
}

function CaseCard({ row, words }: { readonly row: Row; readonly words: string }) {
  return (
    <article className="card">
      <h2><Link to={paths.libraryCase(row.case)}>{row.title}</Link></h2>
      <p className="note">{row.unit} · {divisionName(row.division)} · {lifecycleName(row.lifecycle)} · {row.batch} · {t('收入案例库')} {onDay(row.acceptedAt)}</p>
      <p><Marked text={row.excerpt} words={words} /></p>
    </article>
  );
}

/** A text with the words that were looked for marked. */
function Marked({ text, words }: { readonly text: string; readonly words: string }) {
  const wanted = words.split(/\s+/).filter(Boolean).map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  if (wanted.length === 0) return <>{text}</>;
  // What lies between two found words is at the even places, the words themselves at the odd ones.
  return <>{text.split(new RegExp(`(${wanted.join('|')})`, 'gi')).map((piece, index) => (index % 2 === 1 ? <mark key={`${index} ${piece}`}>{piece}</mark> : piece))}</>;
}
