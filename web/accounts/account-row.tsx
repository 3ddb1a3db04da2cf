import { Button, Input } from 'antd';
import { useState } from 'react';
import { freshKey, write } from '../api/client.ts';
import { ConfirmDialog } from '../parts/confirm-dialog.tsx';
import { roleNames } from '../words/names.ts';
import { t } from '../words/language.ts';
import type { Accounts } from './accounts.ts';

interface Props {
  readonly one: Accounts['items'][number];
  readonly own: boolean;
  readonly onDone: (answer: Accounts, words: string) => Promise<void>;
}

/** What can be changed about an account, each with the sentence that asks first. */
type Change = 'suspend' | 'restore' | 'promote' | 'demote';

/** One person of a unit, and what can be changed about them; each change has its reason. */
export function AccountRow({ one, own, onDone }: Props) {
  const [change, setChange] = useState<Change>();
  const [reason, setReason] = useState('');
  const isAdmin = one.roles.includes('unitAdmin');
  const words: Readonly<Record<Change, string>> = { suspend: t('停用账号'), restore: t('恢复账号'), promote: t('设为管理员'), demote: t('不再任管理员') };
  const offered: readonly Change[] = one.active ? ['suspend', isAdmin ? 'demote' : 'promote'] : ['restore'];
  const send = async () => {
    if (!change) return;
    const body = { suspend: { active: false }, restore: { active: true }, promote: { roles: ['applicant', 'unitAdmin'] as const }, demote: { roles: ['applicant'] as const } }[change];
    await onDone(await write('/unit-accounts/{person}/change', { person: one.person }, { ...body, reason }, freshKey()), t('已办理：{what} {name}', { what: words[change], name: one.name }));
    setReason('');
  };
  return (
    <li>
      <b>{one.name}</b>
      <div className="why"><p>{one.person} · {roleNames(one.roles)} {!one.active && <span className="late">{t('已停用')}</span>}</p></div>
      {own ? <span className="note">{t('本人')}</span> : offered.map((each) => <Button key={each} onClick={() => setChange(each)}>{words[each]}<span className="hidden"> {one.name}</span></Button>)}
      {change && (
        <ConfirmDialog title={`${words[change]} ${one.name}`} label={words[change]} onConfirm={send} onClose={() => setChange(undefined)}>
          <div className="field"><label htmlFor={`why-${one.person}`}>{t('事由')}</label><Input id={`why-${one.person}`} value={reason} onChange={(event) => setReason(event.target.value)} /></div>
        </ConfirmDialog>
      )}
    </li>
  );
}
