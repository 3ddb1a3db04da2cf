import { Button } from 'antd';
import { useState } from 'react';
import { directionWords } from '../../shared/contracts/form-words.zh.ts';
import { subFieldWords } from '../../shared/contracts/system-words.zh.ts';
import { freshKey, send } from '../api/client.ts';
import { afterDecision } from '../api/queries.ts';
import { useCandidates } from '../api/review-queries.ts';
import type { Case, Reads } from '../api/types.ts';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { Shown } from '../parts/states.tsx';
import { choiceNames, conflictName, sectorName } from '../words/choices.ts';
import { t } from '../words/language.ts';
import { whyNot } from '../words/reasons.ts';

type Candidate = Reads['/scenarios/{id}/candidates']['answer']['items'][number];

const standings = { invited: '已邀请，待声明', declared: '待评分', submitted: '已评分', alternate: '候补', recused: '已回避' } as const;
const words: Readonly<Record<string, string>> = { ...directionWords, ...subFieldWords };
const fieldName = (id: string): string => choiceNames(words)[id] ?? sectorName(id, 'short');

const signings = { ...standings, declared: '待签署', submitted: '已签署' } as const;

/** Who could be asked to review: the fittest first, with what keeps somebody from it, their fields, their load and how they score; picked ones are assigned here. */
export function Candidates({ one }: { readonly one: Case }) {
  const offer = one.offers.find(({ command }) => command === 'assignExperts');
  const read = useCandidates(one.id, one.version, true);
  const [picked, setPicked] = useState<readonly string[]>([]);
  const [error, setError] = useState<unknown>();
  const assign = async () => {
    await send({ collection: 'scenarios', id: one.id, command: 'assignExperts', args: { experts: picked }, version: one.version, key: freshKey() });
    setPicked([]);
    await afterDecision('scenarios', one.id);
  };
  return (
    <section className="card" aria-labelledby="candidates">
      <h2 id="candidates">{t('可指派的专家')}</h2>
      {offer && !offer.allowed && <p className="note">{whyNot(offer)}</p>}
      {error !== undefined && <ProblemAlert error={error} />}
      <Shown read={read} what={t('专家')}>
        {({ fields, items }) => (
          <>
            {fields.length > 0 && <p className="note">{t('本场景的领域：')}{fields.map(fieldName).join(t('、'))}</p>}
            <CandidateTable items={items} standings={one.state.includes('acceptance.inspecting') ? signings : standings} picked={picked} mayPick={offer?.allowed ?? false} onPick={(id) => setPicked(picked.includes(id) ? picked.filter((each) => each !== id) : [...picked, id])} />
          </>
        )}
      </Shown>
      {offer?.allowed && <div className="buttons"><Button type="primary" disabled={picked.length === 0} onClick={() => { setError(undefined); assign().catch(setError); }}>{t('指派所选的 {count} 位专家', { count: picked.length })}</Button></div>}
    </section>
  );
}

interface TableProps {
  readonly items: readonly Candidate[];
  readonly standings: Readonly<Record<keyof typeof standings, string>>;
  readonly picked: readonly string[];
  readonly mayPick: boolean;
  readonly onPick: (id: string) => void;
}

function CandidateTable({ items, standings: places, picked, mayPick, onPick }: TableProps) {
  return (
    <table className="table">
      <caption className="hidden">{t('可指派的专家，最合适的在前')}</caption>
      <thead><tr><th scope="col">{t('指派')}</th><th scope="col">{t('专家')}</th><th scope="col">{t('专业领域')}</th><th scope="col">{t('在评')}</th><th scope="col">{t('评分宽严')}</th><th scope="col">{t('回避事由')}</th></tr></thead>
      <tbody>
        {items.map((each) => (
          <tr key={each.id}>
            <td data-head={t('指派')}>{each.standing ? t(places[each.standing]) : <input type="checkbox" aria-label={t('指派{name}', { name: each.name })} disabled={!mayPick || each.conflicts.length > 0} checked={picked.includes(each.id)} onChange={() => onPick(each.id)} />}</td>
            <td data-head={t('专家')}><div>{each.name}<br /><span className="note">{each.orgName}</span></div></td>
            <td data-head={t('专业领域')}><span className="tags">{each.fields.map((field) => <span key={field} className={each.matches.includes(field) ? 'state' : 'note'}>{fieldName(field)}</span>)}</span></td>
            <td data-head={t('在评')}>{t('{open} 份', { open: each.open })}</td>
            <td data-head={t('评分宽严')}>{leniencyWords(each)}</td>
            <td data-head={t('回避事由')}><div>{each.conflicts.length === 0 ? t('无') : each.conflicts.map(({ kind, unit }) => <span key={kind + unit} className="late">{t('{name}（{aside}）', { name: conflictName(kind), aside: unit })}</span>)}</div></td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function leniencyWords({ leniency, spread, reviews }: Candidate): string {
  if (typeof leniency !== 'number') return t('已评 {reviews} 份，尚不足以判断', { reviews });
  const apart = Math.abs(leniency).toFixed(1);
  const beside = leniency >= 0 ? t('比同组高 {apart} 分', { apart }) : t('比同组低 {apart} 分', { apart });
  return beside + (typeof spread === 'number' ? t('，离散 {spread}', { spread: spread.toFixed(1) }) : '');
}
