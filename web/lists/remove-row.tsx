import { Button, Input } from 'antd';
import { useState } from 'react';
import { freshKey, send } from '../api/client.ts';
import { afterDecision } from '../api/queries.ts';
import type { Case } from '../api/types.ts';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { t } from '../words/language.ts';

/** Takes a row out of a list, with the reason that stays in its history. */
export function RemoveRow({ one, row, onLeave }: { readonly one: Case; readonly row: string; readonly onLeave: () => void }) {
  const [reason, setReason] = useState('');
  const [error, setError] = useState<unknown>();
  const remove = async () => {
    await send({ collection: 'lists', id: one.id, command: 'removeRow', args: { row, reason }, version: one.version, key: freshKey() });
    onLeave();
    await afterDecision('lists', one.id);
  };
  return (
    <form className="card" onSubmit={(event) => { event.preventDefault(); remove().catch(setError); }}>
      <div className="field"><label htmlFor="why-row">{t('撤下这一行的理由')}</label><Input id="why-row" autoFocus value={reason} onChange={(event) => setReason(event.target.value)} /></div>
      {error !== undefined && <ProblemAlert error={error} />}
      <div className="buttons"><Button type="primary" htmlType="submit" disabled={reason.trim() === ''}>{t('确认撤下')}</Button><Button onClick={onLeave}>{t('取消')}</Button></div>
    </form>
  );
}
