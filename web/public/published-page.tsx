import { Link } from 'react-router';
import { usePublished } from '../api/queries.ts';
import { LinkButton } from '../parts/link-button.tsx';
import { MoreButton } from '../parts/more-button.tsx';
import { Page } from '../parts/page.tsx';
import { Nothing, Shown } from '../parts/states.tsx';
import { onDay } from '../parts/when.ts';
import { paths } from '../paths.ts';
import { t } from '../words/language.ts';

/** The published half-yearly lists, for anybody. */
export function PublishedPage() {
  const list = usePublished();
  return (
    <Page title={t('已发布清单')} extra={<LinkButton to={paths.search}>{t('查找已发布场景')}</LinkButton>}>
      <Shown read={list} what={t('批次')}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) return <Nothing><p>{t('还没有发布过批次。清单每半年发布一批（第十一条、第十四条）。')}</p></Nothing>;
          return (
            <>
              <table className="table">
                <caption className="hidden">{t('已发布的批次，最新的在前')}</caption>
                <thead><tr><th scope="col">{t('批次')}</th><th scope="col">{t('版次')}</th><th scope="col">{t('编号')}</th><th scope="col">{t('场景数')}</th><th scope="col">{t('发布日期')}</th></tr></thead>
                <tbody>{items.map((one) => <tr key={one.case}><td data-head={t('批次')}><Link to={paths.batch(one.batch)}>{one.batch}</Link></td><td data-head={t('版次')}>{t('第 {edition} 版', { edition: one.edition })}{one.reason !== undefined && <span className="note"> {t('更正：')}{one.reason}</span>}</td><td data-head={t('编号')}>{one.number}</td><td data-head={t('场景数')}>{one.count}</td><td data-head={t('发布日期')}>{onDay(one.publishedAt)}</td></tr>)}</tbody>
              </table>
              <MoreButton list={list} shown={items.length} />
            </>
          );
        }}
      </Shown>
    </Page>
  );
}
