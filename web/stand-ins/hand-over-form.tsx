import { useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useMemo, useState } from 'react';
import { freshKey, read, Refused, write } from '../api/client.ts';
import { useKept } from '../parts/kept.ts';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { Shown } from '../parts/states.tsx';
import { roleNames } from '../words/names.ts';
import { t } from '../words/language.ts';

interface Wish {
  readonly to: string;
  readonly from: string;
  readonly until: string;
  readonly reason: string;
}

const blank: Wish = { to: '', from: '', until: '', reason: '' };

/** Names a colleague who stands in for the reader on some days. */
export function HandOverForm({ onDone }: { readonly onDone: () => Promise<unknown> }) {
  const colleagues = useQuery({ queryKey: ['colleagues'], queryFn: () => read('/colleagues'), staleTime: 600_000 });
  const [wish, setWish, forget] = useKept<Wish>('hand-over', blank);
  const [said, setSaid] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  // The same wish is the same write, however often it is sent.
  // oxlint-disable-next-line react/exhaustive-deps -- the key belongs to what is sent
  const key = useMemo(freshKey, [wish]);
  const change = (part: Partial<Wish>) => { setSaid(''); setWish({ ...wish, ...part }); };
  const send = async () => {
    setBusy(true);
    setError(undefined);
    try {
      const { by } = await write('/stand-ins', {}, wish, key);
      setWish(blank);
      forget();
      setSaid(t('已委托{name}代办。', { name: by.name }));
      await onDone();
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy(false);
    }
  };
  const wrong = (name: keyof Wish): true | undefined => (error instanceof Refused && error.document.errors?.some(({ pointer }) => pointer === `/${name}`) ? true : undefined);
  return (
    <form className="card" noValidate onSubmit={(event) => { event.preventDefault(); void send(); }} aria-labelledby="hand-over">
      <h2 id="hand-over">{t('委托同事代办')}</h2>
      <Shown read={colleagues} what={t('同事')}>
        {({ items }) => (items.length === 0 ? <p className="note">{t('本单位没有与您同角色的同事，不能委托代办。')}</p> : (
          <>
            <div className="field"><label htmlFor="stand-in">{t('委托给')}</label>
              <select id="stand-in" value={wish.to} aria-invalid={wrong('to')} onChange={(event) => change({ to: event.target.value })}>
                <option value="">{t('请选择')}</option>
                {items.map((each) => <option key={each.person} value={each.person}>{t('{name}（{aside}）', { name: each.name, aside: roleNames(each.roles) })}</option>)}
              </select>
            </div>
            <div className="row">
              <div className="field"><label htmlFor="stand-in-from">{t('开始日期')}</label><input id="stand-in-from" type="date" value={wish.from} aria-invalid={wrong('from')} onChange={(event) => change({ from: event.target.value })} /></div>
              <div className="field"><label htmlFor="stand-in-until">{t('结束日期（含当天）')}</label><input id="stand-in-until" type="date" value={wish.until} aria-invalid={wrong('until')} onChange={(event) => change({ until: event.target.value })} /></div>
            </div>
            <div className="field"><label htmlFor="stand-in-why">{t('事由')}</label><Input id="stand-in-why" value={wish.reason} aria-invalid={wrong('reason')} onChange={(event) => change({ reason: event.target.value })} /></div>
            {error !== undefined && <ProblemAlert error={error} words={(pointer) => t(fieldNames[pointer] ?? pointer)} />}
            <div className="buttons"><Button type="primary" htmlType="submit" loading={busy} disabled={Object.values(wish).some((value) => value.trim() === '')}>{t('委托代办')}</Button><span role="status" className="done">{said}</span></div>
          </>
        ))}
      </Shown>
    </form>
  );
}

const fieldNames: Readonly<Record<string, string>> = { '/to': '委托给', '/from': '开始日期', '/until': '结束日期（含当天）', '/reason': '事由' };
