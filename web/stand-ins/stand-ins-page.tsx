import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { Button } from 'antd';
import { freshKey, read, write } from '../api/client.ts';
import { queryClient } from '../api/queries.ts';
import type { Reads } from '../api/types.ts';
import { ConfirmDialog } from '../parts/confirm-dialog.tsx';
import { Page } from '../parts/page.tsx';
import { Shown } from '../parts/states.tsx';
import { paths } from '../paths.ts';
import { actFor, useActingFor } from '../session/acting.ts';
import { t } from '../words/language.ts';
import { HandOverForm } from './hand-over-form.tsx';

type StandIn = Reads['/stand-ins']['answer']['given'][number];

const key = ['stand-ins'];

/** Who stands in for the reader and for whom the reader stands in; naming somebody, ending it, and acting in a colleague's place. */
export function StandInsPage() {
  const list = useQuery({ queryKey: key, queryFn: () => read('/stand-ins') });
  const heading = useRef<HTMLHeadingElement>(null);
  const refresh = () => queryClient.invalidateQueries({ queryKey: key });
  return (
    <Page title={t('代办委托')}>
      <p className="note">{t('外出期间可以委托同单位、同角色的同事代办。办理记录写明实际办理人和被代办人；双方都能办理的事项才能代办，评审和监督不能委托。')}</p>
      <Shown read={list} what={t('代办委托')}>
        {({ given, received }) => (
          <>
            <section className="card" aria-labelledby="received">
              <h2 id="received">{t('委托我的')}</h2>
              {received.length === 0 ? <p className="note">{t('没有人委托您代办。')}</p> : <ul className="offers">{received.map((one) => <Received key={one.id} one={one} />)}</ul>}
            </section>
            <section className="card" aria-labelledby="given">
              <h2 id="given" ref={heading} tabIndex={-1}>{t('我委托的')}</h2>
              {given.length === 0 ? <p className="note">{t('您没有委托他人代办。')}</p> : <ul className="offers">{given.map((one) => <Given key={one.id} one={one} onEnded={() => refresh().then(() => heading.current?.focus())} />)}</ul>}
            </section>
          </>
        )}
      </Shown>
      <HandOverForm onDone={refresh} />
    </Page>
  );
}

/** The days, the reason, and whether it holds today. */
function About({ one }: { readonly one: StandIn }) {
  return <div className="why"><p>{t('{from} 至 {until}', { from: one.from, until: one.until })} {one.active && <span className="state">{t('今天有效')}</span>}</p><p className="note">{one.reason}</p></div>;
}

function Received({ one }: { readonly one: StandIn }) {
  const navigate = useNavigate();
  const acting = useActingFor()?.person === one.person.person;
  const begin = () => { actFor(one.person); void navigate(paths.todo); };
  return (
    <li>
      <b>{one.person.name}</b>
      <About one={one} />
      {acting
        ? <Button onClick={() => actFor(undefined)}>{t('不再代{name}办理', { name: one.person.name })}</Button>
        : one.active && <Button type="primary" onClick={begin}>{t('代{name}办理', { name: one.person.name })}</Button>}
    </li>
  );
}

function Given({ one, onEnded }: { readonly one: StandIn; readonly onEnded: () => Promise<unknown> }) {
  const [asking, setAsking] = useState(false);
  // No state: the dialog closes before the page is drawn anew.
  const ended = useRef(false);
  const end = async () => {
    await write('/stand-ins/{id}/revoke', { id: one.id }, undefined, freshKey());
    ended.current = true;
  };
  // What was ended leaves the page, so the focus goes to the heading of what is left.
  const close = () => {
    setAsking(false);
    if (ended.current) void onEnded();
  };
  return (
    <li>
      <b>{one.by.name}</b>
      <About one={one} />
      <Button onClick={() => setAsking(true)}>{t('撤销')}<span className="hidden"> {one.by.name}</span></Button>
      {asking && (
        <ConfirmDialog title={t('撤销对{name}的委托？', { name: one.by.name })} label={t('撤销委托')} onConfirm={end} onClose={close}>
          <p>{t('立即生效；已经代办的事项仍然有效。')}</p>
        </ConfirmDialog>
      )}
    </li>
  );
}
