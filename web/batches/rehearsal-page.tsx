import { Link, useParams, useSearchParams } from 'react-router';
import { useRehearsal, useRehearsalPart, type BlockedRow, type ListedRow, type Rehearsal } from '../api/batch-queries.ts';
import { BarChart } from '../figures/bar-chart.tsx';
import { Due } from '../parts/due.tsx';
import { MoreButton } from '../parts/more-button.tsx';
import { Page } from '../parts/page.tsx';
import { PageTabs } from '../parts/page-tabs.tsx';
import { Nothing, Shown, StateTags } from '../parts/states.tsx';
import { atMinute } from '../parts/when.ts';
import { paths } from '../paths.ts';
import { t } from '../words/language.ts';
import { articleName, lifecycleName } from '../words/names.ts';

const parts = ['blocked', 'list', 'difference'] as const;
type Part = (typeof parts)[number];

/** One rehearsal: what would be listed, what keeps each of the rest from it, and what is different from the rehearsal before. */
export function RehearsalPage() {
  const { id = '' } = useParams();
  const read = useRehearsal(id);
  return <Shown read={read} what={t('发布预演')} title={t('发布预演')}>{(one) => <OneRehearsal one={one} />}</Shown>;
}

function OneRehearsal({ one }: { readonly one: Rehearsal }) {
  const [query] = useSearchParams();
  const shown: Part = parts.find((each) => each === query.get('show')) ?? 'blocked';
  return (
    <Page title={t('{half} 批次预演', { half: one.half })}>
      <p className="note"><Link to={paths.rehearsals}>{t('全部预演')}</Link> · {atMinute(one.at)} · {one.by.name}</p>
      <PageTabs label={t('预演结果')} name="show" current={shown} tabs={[
        ['blocked', t('尚不能列入（{count}）', { count: one.blocked })],
        ['list', t('将列入清单（{count}）', { count: one.listed })],
        ['difference', t('与上次相比')],
      ]} />
      {shown === 'blocked' && <><Reasons one={one} /><Blocked id={one.id} /></>}
      {shown === 'list' && <Listed id={one.id} />}
      {shown === 'difference' && <Difference one={one} />}
    </Page>
  );
}

function Reasons({ one }: { readonly one: Rehearsal }) {
  if (one.reasons.length === 0) return null;
  return <BarChart title={t('为什么不能列入')} head={t('原因')} bars={one.reasons.map(({ sentence, count }) => ({ name: sentence, value: count, text: t('{count} 个场景', { count }) }))} />;
}

function Blocked({ id }: { readonly id: string }) {
  const list = useRehearsalPart(id, 'blocked');
  return (
    <Shown read={list} what={t('列表')}>
      {({ pages }) => {
        const rows = pages.flatMap((page) => page.items) as readonly BlockedRow[];
        if (rows.length === 0) return <Nothing><p>{t('到数据局的场景都将列入清单。')}</p></Nothing>;
        return <>{rows.map((row) => <BlockedCard key={row.case} row={row} />)}<MoreButton list={list} shown={rows.length} /></>;
      }}
    </Shown>
  );
}

function BlockedCard({ row }: { readonly row: BlockedRow }) {
  return (
    <section className="card" aria-label={row.name}>
      <p className="line"><Link to={paths.one('scenarios', row.case)}>{row.name || row.case}</Link> <span className="note">{row.unitName} · {lifecycleName(row.lifecycle)}</span></p>
      <ul className="plain">
        {row.blockers.map((blocker) => (
          <li key={blocker.leaf + blocker.command + blocker.sentence}>
            <StateTags lifecycle={row.lifecycle} leaves={[blocker.leaf]} /> {blocker.sentence}
            <div className="note">{t('依据：')}{articleName(blocker.article)}{blocker.dueAt && <> · {t('期限')} <Due at={blocker.dueAt} /></>}</div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Listed({ id }: { readonly id: string }) {
  const list = useRehearsalPart(id, 'list');
  return (
    <Shown read={list} what={t('清单')}>
      {({ pages }) => {
        const rows = pages.flatMap((page) => page.items) as readonly ListedRow[];
        if (rows.length === 0) return <Nothing><p>{t('此刻没有场景可以列入清单。')}</p></Nothing>;
        return (
          <>
            <table className="table">
              <caption className="hidden">{t('将列入清单的场景')}</caption>
              <thead><tr><th scope="col">{t('编号')}</th><th scope="col">{t('场景')}</th><th scope="col">{t('类别')}</th><th scope="col">{t('单位')}</th></tr></thead>
              <tbody>
                {rows.map((row) => (
                  <tr key={row.case}><td data-head={t('编号')}>{row.number}</td><td data-head={t('场景')}><Link to={paths.one('scenarios', row.case)}>{row.name}</Link></td><td data-head={t('类别')}>{lifecycleName(row.lifecycle)}</td><td data-head={t('单位')}>{row.unitName}</td></tr>
                ))}
              </tbody>
            </table>
            <MoreButton list={list} shown={rows.length} />
          </>
        );
      }}
    </Shown>
  );
}

function Difference({ one: { difference } }: { readonly one: Rehearsal }) {
  if (!difference) return <Nothing><p>{t('这是第一次预演，没有可以比较的。')}</p></Nothing>;
  const { since, at, joinedCount, leftCount, joined, left } = difference;
  return (
    <>
      <p className="note"><Link to={paths.rehearsal(since)}>{t('上次预演：{at}', { at: atMinute(at) })}</Link></p>
      <section className="card" aria-labelledby="joined">
        <h2 id="joined">{t('新列入的（{count}）', { count: joinedCount })}</h2>
        {joined.length === 0 && <p className="note">{t('没有。')}</p>}
        <ul className="plain">{joined.map((each) => <li key={each.case}><Link to={paths.one('scenarios', each.case)}>{each.name}</Link></li>)}</ul>
      </section>
      <section className="card" aria-labelledby="left">
        <h2 id="left">{t('不再列入的（{count}）', { count: leftCount })}</h2>
        {left.length === 0 && <p className="note">{t('没有。')}</p>}
        <ul className="plain">{left.map((each) => <li key={each.case}><Link to={paths.one('scenarios', each.case)}>{each.name}</Link> <span className="note">{each.why}</span></li>)}</ul>
      </section>
      {(joined.length < joinedCount || left.length < leftCount) && <p className="note">{t('只列出前一百个；全部请对照两次的清单。')}</p>}
    </>
  );
}
