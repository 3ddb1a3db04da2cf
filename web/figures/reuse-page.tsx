import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { read } from '../api/client.ts';
import { Page } from '../parts/page.tsx';
import { Nothing, Shown } from '../parts/states.tsx';
import { paths } from '../paths.ts';
import { t } from '../words/language.ts';

const heads = ['案例', '复制申报', '单位', '设区市', '已报送', '已发布', '已入库'] as const;

/** How often each case of the library is replicated, and how far these scenarios came: the most replicated first. */
export function ReusePage() {
  const found = useQuery({ queryKey: ['reuse'], queryFn: () => read('/reuse') });
  return (
    <Page title={t('案例复用')}>
      <Shown read={found} what={t('案例复用')}>
        {({ items, whole }) => (items.length === 0 ? <Nothing><p>{t('还没有单位复制案例库的案例申报。')}<Link to={paths.library}>{t('案例库')}</Link></p></Nothing> : (
          <>
            <p role="status">{t('{count} 个案例被复制申报，最多的在前。', { count: items.length })}{!whole && ` ${t('数量较多，只统计了一部分。')}`}</p>
            <table className="table">
              <caption className="hidden">{t('案例复用')}</caption>
              <thead><tr>{heads.map((head) => <th key={head} scope="col">{t(head)}</th>)}</tr></thead>
              <tbody>{items.map((row) => (
                <tr key={row.case}>
                  <td data-head={t('案例')}><Link to={paths.libraryCase(row.case)}>{row.title}</Link><br /><span className="note">{row.unitName}</span></td>
                  {[row.replications, row.units, row.cities, row.submitted, row.published, row.inCaseLibrary].map((count, index) => <td key={heads[index + 1]} data-head={t(heads[index + 1] ?? '')}>{count}</td>)}
                </tr>
              ))}</tbody>
            </table>
          </>
        ))}
      </Shown>
    </Page>
  );
}
