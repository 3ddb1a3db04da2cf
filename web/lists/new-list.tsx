import { Button, Input } from 'antd';
import { useMemo, useState } from 'react';
import { useNavigate } from 'react-router';
import { freshKey, write } from '../api/client.ts';
import { keys, queryClient } from '../api/queries.ts';
import { cleanLine } from '../forms/clean-text.ts';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { paths } from '../paths.ts';
import { t } from '../words/language.ts';

/** Opens a list of annex 1 for the own area or sector. */
export function NewList() {
  const navigate = useNavigate();
  const [title, setTitle] = useState('');
  const [busy, setBusy] = useState(false);
  // The same title is the same write, however often it is sent; another one is another.
  // oxlint-disable-next-line react/exhaustive-deps -- the key belongs to what is sent
  const key = useMemo(freshKey, [title]);
  const [error, setError] = useState<unknown>();
  const open = async () => {
    setBusy(true);
    setError(undefined);
    const one = await write('/lists', {}, { title }, key);
    await queryClient.invalidateQueries({ queryKey: keys.lists });
    await navigate(paths.one('lists', one.id, 'rows'));
  };
  return (
    <form className="card no-print" onSubmit={(event) => { event.preventDefault(); open().catch(setError).finally(() => setBusy(false)); }}>
      <div className="field"><label htmlFor="list-title">{t('新清单的名称')}</label><p className="hint" id="list-title-hint">{t('如：2026年下半年南宁市多跨数字应用场景清单')}</p><Input id="list-title" aria-describedby="list-title-hint" value={title} onChange={(event) => setTitle(cleanLine(event.target.value))} /></div>
      {error !== undefined && <ProblemAlert error={error} />}
      <Button type="primary" htmlType="submit" loading={busy} disabled={title.trim() === ''}>{t('新建清单')}</Button>
    </form>
  );
}
