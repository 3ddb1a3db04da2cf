import { Button } from 'antd';
import { useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { freshKey, read, send } from '../api/client.ts';
import { useChanges, useRevisions } from '../api/filing-queries.ts';
import { afterDecision } from '../api/queries.ts';
import type { Case, Json, Reads } from '../api/types.ts';
import { pagesOf } from '../filing/forms.ts';
import { keep } from '../parts/kept.ts';
import { MoreButton } from '../parts/more-button.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { Nothing, Shown } from '../parts/states.tsx';
import { atMinute } from '../parts/when.ts';
import { paths } from '../paths.ts';
import { ChangeTable } from './change-table.tsx';
import { t } from '../words/language.ts';

type Revision = Reads['/scenarios/{id}/revisions']['answer']['items'][number];

/** Everything that was saved of the form: compare any two, restore one. The address holds which are compared. */
export function RevisionsTab({ one }: { readonly one: Case }) {
  const list = useRevisions(one.id, one.version);
  return (
    <Shown read={list} what={t('版本')}>
      {({ pages }) => {
        const revisions = pages.flatMap((page) => page.items);
        if (revisions.length === 0) return <Nothing><p>{t('还没有您可以查看的版本。')}</p></Nothing>;
        return <><Comparison one={one} revisions={revisions} /><RevisionTable one={one} revisions={revisions} /><MoreButton list={list} shown={revisions.length} /></>;
      }}
    </Shown>
  );
}

const nameOf = ({ revision, savedAt, by, submitted }: Revision): string => [t('第 {revision} 版', { revision }), atMinute(savedAt), by.name, ...(submitted ? [t('已提交')] : [])].join(' · ');

interface Props {
  readonly one: Case;
  readonly revisions: readonly Revision[];
}

function Comparison({ one, revisions }: Props) {
  const [query, setQuery] = useSearchParams();
  const latest = revisions[0]?.revision ?? 0;
  const to = Number(query.get('to') ?? latest);
  const from = Number(query.get('from') ?? revisions[1]?.revision ?? latest);
  const changes = useChanges(one.id, from, to);
  const choose = (name: 'from' | 'to') => (event: { target: { value: string } }) => setQuery({ from: String(from), to: String(to), [name]: event.target.value }, { replace: true });
  const options = revisions.map((each) => <option key={each.revision} value={each.revision}>{nameOf(each)}</option>);
  return (
    <section className="card" aria-labelledby="compare">
      <h2 id="compare">{t('比较两个版本')}</h2>
      <div className="filters">
        <label>{t('较早的版本')}<select value={from} onChange={choose('from')}>{options}</select></label>
        <label>{t('较晚的版本')}<select value={to} onChange={choose('to')}>{options}</select></label>
      </div>
      {from >= to ? <p className="note">{t('请选择一早一晚两个版本。')}</p> : <Shown read={changes} what={t('差别')}>{(found) => <ChangeTable pages={pagesOf(one.lifecycle)} changes={found.changes} none={t('两个版本内容相同。')} />}</Shown>}
    </section>
  );
}

function RevisionTable({ one, revisions }: Props) {
  const latest = revisions[0]?.revision ?? 0;
  const mayRestore = one.offers.some((offer) => offer.command === 'saveForm' && offer.allowed);
  return (
    <table className="table">
      <caption className="hidden">{t('保存过的版本，最新的在前')}</caption>
      <thead><tr><th scope="col">{t('版本')}</th><th scope="col">{t('保存于')}</th><th scope="col">{t('由谁')}</th><th scope="col">{t('修改')}</th><th scope="col">{t('恢复')}</th></tr></thead>
      <tbody>
        {revisions.map((each) => (
          <tr key={each.revision}>
            <td data-head={t('版本')}>{t('第 {revision} 版', { revision: each.revision })}{each.submitted && ` · ${t('已提交')}`}</td>
            <td data-head={t('保存于')}>{atMinute(each.savedAt)}</td>
            <td data-head={t('由谁')}>{each.by.name}</td>
            <td data-head={t('修改')}>{t('{count} 处', { count: each.changed })}</td>
            <td data-head={t('恢复')}>{each.revision === latest ? t('当前版本') : mayRestore ? <Restore one={one} revision={each.revision} latest={latest} /> : '—'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Saves an earlier form once more as the newest: nothing in between is lost. */
function Restore({ one, revision, latest }: { readonly one: Case; readonly revision: number; readonly latest: number }) {
  const navigate = useNavigate();
  const [sure, setSure] = useState(false);
  const [error, setError] = useState<unknown>();
  const restore = async () => {
    const { form } = await read('/scenarios/{id}/revisions/{revision}', { id: one.id, revision: String(revision) });
    await send({ collection: 'scenarios', id: one.id, command: 'saveForm', args: { form: form as Json }, version: latest, key: freshKey() });
    // What this machine still held belongs to the form that was left.
    keep(`form.${one.id}`, undefined);
    await navigate(paths.one('scenarios', one.id, 'revisions'), { state: { notice: t('已恢复第 {revision} 版的内容，并存为新的版本；之前的版本都还在。', { revision }) } });
    await afterDecision('scenarios', one.id);
  };
  if (!sure) return <Button size="small" onClick={() => setSure(true)}>{t('恢复')}<span className="hidden">{t('第 {revision} 版', { revision })}</span></Button>;
  return (
    <>
      <span className="row"><Button size="small" type="primary" onClick={() => void restore().catch(setError)}>{t('确认恢复')}</Button><Button size="small" onClick={() => setSure(false)}>{t('取消')}</Button></span>
      {error !== undefined && <ProblemAlert error={error} />}
    </>
  );
}
