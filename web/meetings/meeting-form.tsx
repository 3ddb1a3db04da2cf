import { useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useMemo, useState } from 'react';
import { freshKey, read, Refused, write } from '../api/client.ts';
import type { Reads } from '../api/types.ts';
import { keep, keptValue } from '../parts/kept.ts';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { Loading } from '../parts/states.tsx';
import { t } from '../words/language.ts';

type Meeting = Reads['/selection-meetings/{id}']['answer'];

/** What is typed: attendees one a line, as 姓名 单位 职务. */
interface Draft {
  readonly heldOn: string;
  readonly place: string;
  readonly chair: string;
  readonly recorder: string;
  readonly attendees: string;
  readonly absent: string;
  readonly discussion: string;
}

interface Props {
  readonly ids: readonly string[];
  readonly replaces: string | undefined;
  readonly onDone: () => Promise<void>;
}

const blank: Draft = { heldOn: '', place: '', chair: '', recorder: '', attendees: '', absent: '', discussion: '' };

/** A record of a meeting: of the chosen scenarios, or of those of the record that it puts right, which it begins from. */
export function MeetingForm(props: Props) {
  const { ids, replaces } = props;
  const before = useQuery({ queryKey: ['selection-meetings', replaces], queryFn: () => read('/selection-meetings/{id}', { id: replaces ?? '' }), enabled: replaces !== undefined });
  if (before.error) return <ProblemAlert error={before.error} />;
  if (replaces !== undefined && !before.data) return <Loading what={t('会议记录')} />;
  const scenarios = before.data ? before.data.items.map((each) => each.case) : ids;
  return <Fields key={replaces ?? ids.join()} {...props} scenarios={scenarios} first={before.data ? draftOf(before.data) : blank} />;
}

function draftOf({ heldOn, place, chair, recorder, attendees, absent = '', discussion = '' }: Meeting): Draft {
  return { heldOn, place, chair, recorder, absent, discussion, attendees: attendees.map(({ name, unit, duty = '' }) => `${name} ${unit} ${duty}`.trim()).join('\n') };
}

function Fields({ scenarios, first, replaces, onDone }: Props & { readonly scenarios: readonly string[]; readonly first: Draft }) {
  const kept = `meeting-${replaces ?? scenarios.join()}`;
  const [draft, setDraft] = useState<Draft>(() => keptValue<Draft>(kept) ?? first);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  // The same record is the same write, however often it is sent.
  // oxlint-disable-next-line react/exhaustive-deps -- the key belongs to what is sent
  const key = useMemo(freshKey, [draft]);
  const change = (part: Partial<Draft>) => { setDraft({ ...draft, ...part }); keep(kept, { ...draft, ...part }); };
  const send = async () => {
    setBusy(true);
    setError(undefined);
    try {
      await write('/selection-meetings', {}, bodyOf(draft, scenarios, replaces), key);
      keep(kept, undefined);
      await onDone();
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy(false);
    }
  };
  const wrong = (name: keyof Draft): true | undefined => (error instanceof Refused && error.document.errors?.some(({ pointer }) => pointer.split('/')[1] === name) ? true : undefined);
  const field = (name: Exclude<keyof Draft, 'attendees' | 'discussion'>, type = 'text') => (
    <div className="field"><label htmlFor={`meeting-${name}`}>{t(fieldNames[name])}</label><Input id={`meeting-${name}`} type={type} value={draft[name]} aria-invalid={wrong(name)} onChange={(event) => change({ [name]: event.target.value })} /></div>
  );
  return (
    <form className="card" noValidate onSubmit={(event) => { event.preventDefault(); void send(); }} aria-labelledby="meeting-form">
      <h2 id="meeting-form">{replaces === undefined ? t('登记遴选会议：{count} 个场景', { count: scenarios.length }) : t('更正会议记录：{count} 个场景', { count: scenarios.length })}</h2>
      <div className="row">{field('heldOn', 'date')}{field('place')}</div>
      <div className="row">{field('chair')}{field('recorder')}</div>
      <div className="field"><label htmlFor="meeting-attendees">{t(fieldNames.attendees)}</label><p className="note" id="meeting-attendees-how">{t('每行一人：姓名、单位、职务（可不填），用空格隔开')}</p>
        <Input.TextArea id="meeting-attendees" aria-describedby="meeting-attendees-how" rows={4} value={draft.attendees} aria-invalid={wrong('attendees')} onChange={(event) => change({ attendees: event.target.value })} /></div>
      {field('absent')}
      <div className="field"><label htmlFor="meeting-discussion">{t(fieldNames.discussion)}</label><Input.TextArea id="meeting-discussion" rows={3} value={draft.discussion} aria-invalid={wrong('discussion')} onChange={(event) => change({ discussion: event.target.value })} /></div>
      {error !== undefined && <ProblemAlert error={error} words={wordsOf} onJump={jump} />}
      <div className="buttons"><Button type="primary" htmlType="submit" loading={busy}>{t('登记会议')}</Button></div>
    </form>
  );
}

function bodyOf({ attendees, absent, discussion, ...said }: Draft, scenarios: readonly string[], replaces: string | undefined) {
  const people = attendees.split('\n').map((line) => line.trim().split(/[\s，,、]+/u)).filter(([name]) => name).map(([name = '', unit = '', ...duty]) => ({ name, unit, ...(duty.length > 0 && { duty: duty.join(' ') }) }));
  return { ...said, attendees: people, scenarios, ...(absent.trim() && { absent }), ...(discussion.trim() && { discussion }), ...(replaces !== undefined && { replaces }) };
}

const fieldNames = { heldOn: '会议日期', place: '地点', chair: '主持人', recorder: '记录人', attendees: '参会人员', absent: '请假人员（可不填）', discussion: '讨论情况（可不填）' } as const satisfies Record<keyof Draft, string>;

function jump(pointer: string): void {
  document.getElementById(`meeting-${pointer.split('/')[1]}`)?.focus();
}

// `/attendees/1/unit`: the second person's unit.
function wordsOf(pointer: string): string {
  const [, name = '', index] = pointer.split('/');
  const label = Object.hasOwn(fieldNames, name) ? t(fieldNames[name as keyof Draft]) : t('场景');
  return index === undefined ? label : t('{label}第 {place} 行', { label, place: Number(index) + 1 });
}
