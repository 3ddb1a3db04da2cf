import { Link } from 'react-router';
import { useCorrection, useFormalCheck, useSimilar } from '../api/filing-queries.ts';
import { useMe } from '../api/queries.ts';
import type { Case, Reads } from '../api/types.ts';
import { pointerWords } from '../case/pointer-words.ts';
import { askedFor, fieldOf } from '../filing/fields.ts';
import { pagesOf } from '../filing/forms.ts';
import { Shown } from '../parts/states.tsx';
import { atMinute } from '../parts/when.ts';
import { paths } from '../paths.ts';
import { ChangeTable } from '../revisions/change-table.tsx';
import { CheckList } from './check-list.tsx';
import { viewId } from './view-id.ts';
import { t } from '../words/language.ts';
import { yuan } from '../words/money.ts';

// Whom the API answers about other units' filings; the others are not asked into a refusal.
const comparing = ['bureauOfficer', 'bureauLeader', 'expert', 'supervisor'];

/** What helps to judge a filing: the formal check, what changed since the return, filings like it. */
export function ReviewTab({ one }: { readonly one: Case }) {
  const roles = useMe(true).data?.roles ?? [];
  const returned = Number(one.context['returns'] ?? 0) > 0;
  return (
    <>
      <FormalCheck one={one} />
      {returned && <Corrected one={one} />}
      {roles.some((role) => comparing.includes(role)) && <SimilarFilings one={one} />}
    </>
  );
}

function FormalCheck({ one }: { readonly one: Case }) {
  const check = useFormalCheck(one.id, one.version);
  const pages = pagesOf(one.lifecycle);
  const placeOf = (pointer: string): string | undefined => {
    if (pointer.startsWith('/attachments/')) return paths.one('scenarios', one.id, 'files');
    const found = fieldOf(pages, pointer);
    return found && `${paths.one('scenarios', one.id, 'form')}#${viewId(found.field.pointer)}`;
  };
  return (
    <section className="card" aria-labelledby="formal">
      <h2 id="formal">{t('形式审查')}</h2>
      <Shown read={check} what={t('形式审查')}>
        {({ items, revision, submitted }) => (
          <>
            <p className="note">{t(submitted ? '按第 {revision} 版（已提交）检查；申报人提交前看到的是同一份清单。' : '按第 {revision} 版（尚未提交）检查；申报人提交前看到的是同一份清单。', { revision })}</p>
            <CheckList items={items} words={(pointer) => pointerWords(pages, pointer)} placeOf={placeOf} />
          </>
        )}
      </Shown>
    </section>
  );
}

function Corrected({ one }: { readonly one: Case }) {
  const read = useCorrection(one.id, one.version, true);
  const pages = pagesOf(one.lifecycle);
  return (
    <section className="card" aria-labelledby="corrected">
      <h2 id="corrected">{t('与退回版本的差别')}</h2>
      <Shown read={read} what={t('补正')}>
        {({ rounds, returnedAt, by, reason, items, changes }) => (
          <>
            <p>{t('第 {rounds} 次退回：{at}，{org} {name}。', { rounds, at: atMinute(returnedAt), org: by.org, name: by.name })}</p>
            {reason && <div className="quote">{reason}</div>}
            <ul className="errors">
              {items.map((item) => {
                const asked = askedFor(pages, item.pointer)?.field.pointer;
                const mended = changes.some((change) => change.pointer === item.pointer || askedFor(pages, change.pointer)?.field.pointer === asked);
                return <li key={item.pointer}>{t('{name}：{text}', { name: pointerWords(pages, item.pointer), text: item.reason })}{' '}{item.pointer.startsWith('/attachments/') ? <Link to={paths.one('scenarios', one.id, 'files')}>{t('查看附件')}</Link> : <strong className={mended ? 'done' : 'late'}>{mended ? t('✓ 已修改') : t('尚未修改')}</strong>}</li>;
              })}
            </ul>
            <ChangeTable pages={pages} changes={changes} none={t('退回以后，表单内容没有变化。')} />
          </>
        )}
      </Shown>
    </section>
  );
}

const percent = (share: number): string => `${Math.round(share * 100)}%`;

function SimilarFilings({ one }: { readonly one: Case }) {
  const read = useSimilar(one.id, true);
  const pages = pagesOf(one.lifecycle);
  return (
    <section className="card" aria-labelledby="similar">
      <h2 id="similar">{t('查重')}</h2>
      <Shown read={read} what={t('查重结果')}>
        {({ items, funding }) => <>{items.length === 0 ? <p className="done">{t('✓ 没有发现相似的申报。')}</p> : items.map((other) => (
          <details key={other.case} className="similar" open={items.length === 1}>
            <summary>{t('{title}（{unit}）：本申报有 {share} 的文字在对方申报中出现', { title: other.title, unit: other.unit, share: percent(other.share) })}</summary>
            <p><Link to={paths.one('scenarios', other.case)}>{t('打开“{title}”', { title: other.title })}</Link></p>
            {other.passages.length === 0 && <p className="note">{t('名称相近，正文没有成段相同。')}</p>}
            <ul>{other.passages.map((passage) => <li key={passage.pointer + passage.text}><span className="note">{pointerWords(pages, passage.pointer)}</span><blockquote className="quote"><mark>{passage.text}</mark></blockquote></li>)}</ul>
          </details>
        ))}<FundingBefore funding={funding} /></>}
      </Shown>
    </section>
  );
}

/** Same-kind money of the two years before: what the form says beside what the books say. It bars nothing. */
function FundingBefore({ funding: { from, to, declared, items, undeclared } }: { readonly funding: Reads['/scenarios/{id}/similar']['answer']['funding'] }) {
  return (
    <>
      <h3>{t('近两年同类财政资金')}</h3>
      <p className="note">{t('{from} 至 {to}，按统一社会信用代码与拨付台账比对；仅供评审参考，不影响申报。', { from, to })}</p>
      {declared !== null && <p>{t('申报书所填：')}{declared}</p>}
      {items.length === 0 ? <p className="done">{t('✓ 台账中没有拨付记录。')}</p> : <ul>{items.map((row) => <li key={row.case + row.on + row.kind}><Link to={paths.one('scenarios', row.case)}>{row.title}</Link>{' '}{t('{on} {kind} {amount}（{line}）', { on: row.on, kind: t(row.kind), amount: yuan(row.fen), line: t(row.line) })}</li>)}</ul>}
      {undeclared && <p className="late">{t('申报书填写没有，台账中有拨付记录，请核实。')}</p>}
    </>
  );
}
