import { Button } from 'antd';
import { useState } from 'react';
import { freshKey, send } from '../api/client.ts';
import { afterDecision } from '../api/queries.ts';
import type { Case } from '../api/types.ts';
import { OrganisationInput } from '../forms/organisation-input.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { t } from '../words/language.ts';

/** Says which unit builds what a row proposes, chosen from the directory. */
export function AssignRow({ one, row, place, onLeave }: { readonly one: Case; readonly row: string; readonly place: number; readonly onLeave: () => void }) {
  const [unit, setUnit] = useState<string>();
  const [error, setError] = useState<unknown>();
  const assign = async () => {
    setError(undefined);
    await send({ collection: 'lists', id: one.id, command: 'assignRow', args: { row, unit: unit ?? '' }, version: one.version, key: freshKey() });
    // With the new version the sheet is made anew, and this form goes with the old one.
    await afterDecision('lists', one.id);
  };
  return (
    <form className="card" onSubmit={(event) => { event.preventDefault(); assign().catch(setError); }}>
      <div className="field"><label htmlFor="row-unit">{t('第 {place} 行的建设主体单位', { place })}</label><OrganisationInput id="row-unit" value={unit ?? ''} invalid={error !== undefined} onChange={setUnit} /></div>
      {error !== undefined && <ProblemAlert error={error} />}
      <div className="buttons"><Button type="primary" htmlType="submit" disabled={unit === undefined}>{t('指明单位')}</Button><Button onClick={onLeave}>{t('取消')}</Button></div>
    </form>
  );
}
