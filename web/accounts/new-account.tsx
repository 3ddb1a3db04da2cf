import { Button, Input } from 'antd';
import { useState } from 'react';
import { freshKey, write } from '../api/client.ts';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { t } from '../words/language.ts';
import type { Accounts } from './accounts.ts';

interface Props {
  readonly unit: Accounts['unit'];
  readonly onDone: (answer: Accounts, words: string) => Promise<void>;
}

const blank = { person: '', name: '', admin: false, reason: '' };

/** Registers somebody for a unit. */
export function NewAccount({ unit, onDone }: Props) {
  const [draft, setDraft] = useState(blank);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const send = async () => {
    setBusy(true);
    setError(undefined);
    try {
      const { admin, ...said } = draft;
      const answer = await write('/unit-accounts', {}, { ...said, org: unit.id, roles: admin ? ['applicant', 'unitAdmin'] : ['applicant'] }, freshKey());
      setDraft(blank);
      await onDone(answer, t('已登记 {name}。', { name: said.name }));
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form className="card" noValidate aria-labelledby="new-account" onSubmit={(event) => { event.preventDefault(); void send(); }}>
      <h2 id="new-account">{t('登记人员')}</h2>
      <div className="row">
        <div className="field"><label htmlFor="account-person">{t('账号')}</label><Input id="account-person" autoComplete="off" value={draft.person} onChange={(event) => setDraft({ ...draft, person: event.target.value })} /></div>
        <div className="field"><label htmlFor="account-name">{t('姓名')}</label><Input id="account-name" value={draft.name} onChange={(event) => setDraft({ ...draft, name: event.target.value })} /></div>
      </div>
      <div className="checks"><label><input type="checkbox" checked={draft.admin} onChange={(event) => setDraft({ ...draft, admin: event.target.checked })} />{t('同时是单位管理员')}</label></div>
      <div className="field"><label htmlFor="account-reason">{t('事由')}</label><Input id="account-reason" value={draft.reason} onChange={(event) => setDraft({ ...draft, reason: event.target.value })} /></div>
      {error !== undefined && <ProblemAlert error={error} words={(pointer) => t(fieldNames[pointer] ?? '账号')} />}
      <div className="buttons"><Button type="primary" htmlType="submit" loading={busy}>{t('登记人员')}</Button></div>
    </form>
  );
}

const fieldNames: Readonly<Record<string, string>> = { '/person': '账号', '/name': '姓名', '/reason': '事由' };
