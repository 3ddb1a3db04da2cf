import { Button } from 'antd';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { criterionNames } from '../../shared/contracts/scores.ts';
import { freshKey, Refused, send, write } from '../api/client.ts';
import { afterDecision } from '../api/queries.ts';
import { useSheetDraft } from '../api/review-queries.ts';
import type { Case, Json, Reads } from '../api/types.ts';
import { FormView } from '../filing/form-view.tsx';
import { pagesOf } from '../filing/forms.ts';
import { fieldId } from '../forms/field-input.tsx';
import { NumberInput } from '../forms/number-input.tsx';
import { TextInput } from '../forms/text-input.tsx';
import { keep, keptValue } from '../parts/kept.ts';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { Shown } from '../parts/states.tsx';
import { atClock } from '../parts/when.ts';
import { paths } from '../paths.ts';
import { argumentName } from '../words/names.ts';
import { t } from '../words/language.ts';
import { whyNot } from '../words/reasons.ts';

type Draft = Reads['/scenarios/{id}/sheet-draft']['answer'];
type Sheet = Draft['sheet'];
type Criterion = (typeof criterionNames)[number];

/** The sheet beside the document: what is written is kept at the server after a pause, and sent when the expert says so. */
export function SheetDesk({ one }: { readonly one: Case }) {
  const offer = one.offers.find(({ command }) => command === 'submitSheet');
  const draft = useSheetDraft(one.id, offer?.allowed ?? false);
  return (
    <div className="beside">
      <div><h2>{t('申报书')}</h2>{one.form ? <FormView pages={pagesOf(one.lifecycle)} form={one.form.form} /> : <p className="note">{t('声明无利害关系后可以查看申报书。')}</p>}</div>
      <div>
        <h2>{t('评分表')}</h2>
        {offer?.allowed ? <Shown read={draft} what={t('评分草稿')}>{(found) => <SheetForm one={one} draft={found} />}</Shown> : <p className="card">{whyNot(offer) ?? t('现在不能评分。')}</p>}
      </div>
    </div>
  );
}

const pauseMs = 2_000;

interface Saving {
  readonly sheet: Sheet;
  readonly said: string;
  readonly change: (sheet: Sheet) => void;
  /** After it was submitted nothing is left to save. */
  readonly forget: () => void;
}

/** The sheet at work: kept on this machine with every change, at the server after a pause; what was not sent yet goes out when the page is opened again. */
function useSaving(id: string, draft: Draft): Saving {
  const name = `sheet.${id}`;
  const [unsent] = useState(() => keptValue<Sheet>(name));
  const [sheet, setSheet] = useState<Sheet>(unsent ?? draft.sheet);
  const [said, setSaid] = useState(unsent ? t('稍后自动保存') : draft.savedAt ? t('已保存 {at}', { at: atClock(Date.parse(draft.savedAt)) }) : '');
  const now = useRef<Working>({ revision: draft.revision, unsent });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const busy = useRef<Promise<void>>(undefined);
  const save = useCallback(async () => {
    // One after the other: each goes on from the revision that the one before made.
    await busy.current;
    const { unsent: next } = now.current;
    if (next) await (busy.current = sendDraft(id, name, next, now.current, setSaid));
  }, [id, name]);
  useEffect(() => {
    if (now.current.unsent) timer.current = setTimeout(() => void save(), pauseMs);
    return () => clearTimeout(timer.current);
  }, [save]);
  const change = (next: Sheet) => {
    setSheet(next);
    now.current.unsent = next;
    keep(name, next);
    setSaid(t('稍后自动保存'));
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void save(), pauseMs);
  };
  const forget = () => {
    clearTimeout(timer.current);
    now.current.unsent = undefined;
    keep(name, undefined);
  };
  return { sheet, said, change, forget };
}

interface Working {
  revision: number;
  /** What the server does not have yet. */
  unsent: Sheet | undefined;
}

async function sendDraft(id: string, name: string, sheet: Sheet, work: Working, say: (said: string) => void): Promise<void> {
  try {
    const saved = await write('/scenarios/{id}/sheet-draft', { id }, sheet, freshKey(), work.revision);
    work.revision = saved.revision;
    if (work.unsent !== sheet) return;
    work.unsent = undefined;
    keep(name, undefined);
    say(t('已保存 {at}（未提交，只有本人可见）', { at: atClock(Date.parse(saved.savedAt)) }));
  } catch (error) {
    say(t('没有保存到系统：{why}（内容保存在本机）', { why: error instanceof Error ? error.message : t('请重试') }));
  }
}

function SheetForm({ one, draft }: { readonly one: Case; readonly draft: Draft }) {
  const navigate = useNavigate();
  const { sheet, change, said, forget } = useSaving(one.id, draft);
  const [error, setError] = useState<unknown>();
  const [free, setFree] = useState(false);
  // The same sheet on the same version is the same write, however often it is sent.
  // oxlint-disable-next-line react/exhaustive-deps -- the key belongs to what is sent
  const key = useMemo(freshKey, [sheet, free, one.version]);
  const errors = error instanceof Refused ? (error.document.errors ?? []) : [];
  const wrong = (pointer: string): string[] => errors.filter((each) => each.pointer === pointer).map(({ detail }) => detail);
  const submit = async () => {
    setError(undefined);
    await send({ collection: 'scenarios', id: one.id, command: 'submitSheet', args: { ...sheet, ...(free ? { conflictFree: true } : {}) }, version: one.version, key });
    forget();
    await navigate(paths.one('scenarios', one.id), { state: { notice: t('已提交评分表。') } });
    await afterDecision('scenarios', one.id);
  };
  const score = (name: Criterion, value: Json | undefined) => {
    const { [name]: _old, ...others } = sheet.scores ?? {};
    change({ ...sheet, scores: typeof value === 'number' ? { ...others, [name]: value } : others });
  };
  return (
    <form className="card" noValidate aria-label={t('评分表')} onSubmit={(event) => { event.preventDefault(); submit().catch(setError); }}>
      <p className="note" role="status">{said}</p>
      {error !== undefined && <ProblemAlert error={error} words={(pointer) => argumentName(pointer.split('/').at(-1) ?? '')} onJump={(pointer) => document.getElementById(fieldId(pointer))?.querySelector<HTMLElement>('input,textarea')?.focus()} />}
      {criterionNames.map((name) => (
        <div className="field" key={name} id={fieldId(`/scores/${name}`)}>
          <label htmlFor={name}>{t('{name}（0至100）', { name: argumentName(name) })}</label>
          <div className="short"><NumberInput id={name} label={argumentName(name)} describedBy={undefined} disabled={false} invalid={wrong(`/scores/${name}`).length > 0} most={100} value={sheet.scores?.[name]} onChange={(value) => score(name, value)} /></div>
          {wrong(`/scores/${name}`).map((detail) => <p key={detail} className="wrong">{detail}</p>)}
        </div>
      ))}
      <div className="field" id={fieldId('/comment')}>
        <label htmlFor="comment">{argumentName('comment')}</label>
        <TextInput id="comment" label={argumentName('comment')} describedBy={undefined} disabled={false} invalid={wrong('/comment').length > 0} value={sheet.comment} limit={500} others={[]} together={undefined} onChange={(value) => change({ ...sheet, ...(typeof value === 'string' && value ? { comment: value } : { comment: undefined }) } as Sheet)} />
        {wrong('/comment').map((detail) => <p key={detail} className="wrong">{detail}</p>)}
      </div>
      <div className="checks" id={fieldId('/conflictFree')}><label><input type="checkbox" checked={free} onChange={(event) => setFree(event.target.checked)} />{argumentName('conflictFree')}</label></div>
      {wrong('/conflictFree').map((detail) => <p key={detail} className="wrong">{detail}</p>)}
      <div className="buttons"><Button type="primary" htmlType="submit">{t('提交评分表')}</Button></div>
    </form>
  );
}
