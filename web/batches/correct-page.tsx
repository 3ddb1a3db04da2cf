import { Alert, Button, Input } from 'antd';
import { useMemo, useState } from 'react';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { freshKey, Refused, write } from '../api/client.ts';
import { afterDecision, keys, queryClient, useBatch, useCase } from '../api/queries.ts';
import type { Case, Reads, Writes } from '../api/types.ts';
import { useKept } from '../parts/kept.ts';
import { MoreButton } from '../parts/more-button.tsx';
import { Page } from '../parts/page.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { Nothing, Shown } from '../parts/states.tsx';
import { paths } from '../paths.ts';
import { t } from '../words/language.ts';

type Entry = Reads['/published/{batch}']['answer']['items'][number];
type Change = Writes['/batches/{id}/corrections']['body']['changes'][number];

/** What somebody wants to have corrected, by scenario; `was` is what the list says. */
type Wanted = Readonly<Record<string, { readonly number: string; readonly strike: true } | { readonly number: string; readonly strike?: never; readonly was: Names; readonly now: Names }>>;

interface Names {
  readonly name: string;
  readonly unitName: string;
}

interface Draft {
  readonly reason: string;
  readonly wanted: Wanted;
}

const blank: Draft = { reason: '', wanted: {} };

/** Proposes a correction of a published list: another edition, which a colleague checks and a leader signs like the first. */
export function CorrectPage() {
  const { id = '' } = useParams();
  const batch = useCase('batches', id);
  return <Shown read={batch} what={t('批次')} title={t('提出更正')}>{(one) => <Correcting one={one} />}</Shown>;
}

function Correcting({ one }: { readonly one: Case }) {
  const half = String(one.context['half'] ?? '');
  const [query, setQuery] = useSearchParams();
  const word = query.get('q') ?? '';
  const list = useBatch(half);
  const [draft, setDraft, forget] = useKept<Draft>(`correct.${one.id}`, blank);
  const change = (entry: Entry, wanted: Wanted[string] | undefined) => {
    const { [entry.case]: _old, ...others } = draft.wanted;
    setDraft({ ...draft, wanted: wanted ? { ...others, [entry.case]: wanted } : others });
  };
  return (
    <Page title={t('更正 {half} 批次清单', { half })}>
      <p className="note"><Link to={paths.one('batches', one.id)}>{one.title || one.id}</Link> · <Link to={paths.batch(half)}>{t('查看清单')}</Link></p>
      <Alert type="info" showIcon title={t('已发布的清单不作修改，更正以新的一版发布')} description={t('更正经经办人核对、负责人签发后发布；提出更正的人不能签发。编号不变，原来各版仍可查阅。')} />
      <form className="filters" role="search" onSubmit={(event) => event.preventDefault()}>
        <label>{t('查找（编号、场景、单位）')}<Input value={word} onChange={(event) => setQuery(event.target.value ? { q: event.target.value } : {}, { replace: true })} allowClear /></label>
      </form>
      <Shown read={list} what={t('清单')}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          const found = items.filter((entry) => draft.wanted[entry.case] !== undefined || [entry.number, entry.name, entry.unitName].some((text) => text.includes(word)));
          return (
            <>
              {found.length === 0 ? <Nothing><p>{t('没有找到。')}</p></Nothing> : found.map((entry) => <EntryRow key={entry.case} entry={entry} wanted={draft.wanted[entry.case]} onChange={(wanted) => change(entry, wanted)} />)}
              <MoreButton list={list} shown={items.length} />
            </>
          );
        }}
      </Shown>
      <Proposal one={one} draft={draft} onReason={(reason) => setDraft({ ...draft, reason })} onSent={forget} />
    </Page>
  );
}

interface RowProps {
  readonly entry: Entry;
  readonly wanted: Wanted[string] | undefined;
  readonly onChange: (wanted: Wanted[string] | undefined) => void;
}

function EntryRow({ entry, wanted, onChange }: RowProps) {
  const { number } = entry;
  return (
    <section className="card" aria-label={number}>
      <p className="line"><b>{number}</b> {entry.name} <span className="note">{entry.unitName}</span></p>
      <fieldset className="field">
        <legend className="hidden">{t('{number} 怎样更正', { number })}</legend>
        <div className="checks">
          <label><input type="radio" name={number} checked={wanted === undefined} onChange={() => onChange(undefined)} />{t('不变')}</label>
          <label><input type="radio" name={number} checked={wanted !== undefined && !wanted.strike} onChange={() => onChange({ number, was: entry, now: { name: entry.name, unitName: entry.unitName } })} />{t('更名')}</label>
          <label><input type="radio" name={number} checked={wanted?.strike ?? false} onChange={() => onChange({ number, strike: true })} />{t('从清单中删去（场景已认定无效或终止）')}</label>
        </div>
      </fieldset>
      {wanted && !wanted.strike && (
        <div className="row">
          <Input className="wide" aria-label={t('{number} 的场景名称', { number })} value={wanted.now.name} onChange={(event) => onChange({ ...wanted, now: { ...wanted.now, name: event.target.value } })} />
          <Input className="wide" aria-label={t('{number} 的单位名称', { number })} value={wanted.now.unitName} onChange={(event) => onChange({ ...wanted, now: { ...wanted.now, unitName: event.target.value } })} />
        </div>
      )}
    </section>
  );
}

function Proposal({ one, draft, onReason, onSent }: { readonly one: Case; readonly draft: Draft; readonly onReason: (reason: string) => void; readonly onSent: () => void }) {
  const navigate = useNavigate();
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  // The same proposal is the same write, however often it is sent.
  // oxlint-disable-next-line react/exhaustive-deps -- the key belongs to what is sent
  const key = useMemo(freshKey, [draft]);
  const numbers = Object.values(draft.wanted).map(({ number }) => number);
  const send = async () => {
    setBusy(true);
    setError(undefined);
    try {
      const run = await write('/batches/{id}/corrections', { id: one.id }, { reason: draft.reason, changes: Object.entries(draft.wanted).map(changeOf) }, key);
      onSent();
      await afterDecision('batches', one.id);
      await queryClient.invalidateQueries({ queryKey: [...keys.lists] });
      await navigate(paths.one('batches', run.id), { state: { notice: t('已提出更正，等待核对和签发。') } });
    } catch (caught) {
      setError(caught);
      setBusy(false);
    }
  };
  return (
    <form className="card" noValidate onSubmit={(event) => { event.preventDefault(); void send(); }} aria-labelledby="proposal">
      <h2 id="proposal">{t('提出更正')}</h2>
      <p role="status">{numbers.length === 0 ? t('还没有选择要更正的行。') : t('更正 {count} 行：{numbers}', { count: numbers.length, numbers: numbers.join(t('、')) })}</p>
      <div className="field"><label htmlFor="why">{t('更正的理由')}</label><Input.TextArea id="why" rows={3} value={draft.reason} onChange={(event) => onReason(event.target.value)} aria-invalid={error instanceof Refused && error.document.errors?.some(({ pointer }) => pointer === '/reason') ? true : undefined} /></div>
      {error !== undefined && <ProblemAlert error={error} />}
      <div className="buttons"><Button type="primary" htmlType="submit" loading={busy} disabled={numbers.length === 0 || draft.reason.trim() === ''}>{t('提出更正')}</Button></div>
    </form>
  );
}

// A name that says the same is no change and is left out; where nothing is left, the API says so.
function changeOf([scenario, wanted]: [string, Wanted[string]]): Change {
  if (wanted.strike) return { scenario, change: 'strike' };
  const { was, now } = wanted;
  return { scenario, change: 'amend', ...(now.name.trim() === was.name ? {} : { name: now.name.trim() }), ...(now.unitName.trim() === was.unitName ? {} : { unitName: now.unitName.trim() }) };
}
