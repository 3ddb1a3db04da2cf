import { Alert, Button } from 'antd';
import { Suspense, useEffect } from 'react';
import { Link, NavLink, Outlet, ScrollRestoration, useLocation } from 'react-router';
import type { Me } from '../api/names.ts';
import { useUnseen } from '../api/notice-queries.ts';
import { queryClient, useMe } from '../api/queries.ts';
import { useInSight } from '../parts/in-sight.ts';
import { Loading } from '../parts/states.tsx';
import { paths } from '../paths.ts';
import { actFor, useActingFor } from '../session/acting.ts';
import { session, signIn } from '../session/session.ts';
import { useSession } from '../session/use-session.ts';
import { roleNames } from '../words/names.ts';
import { t } from '../words/language.ts';
import { navigationFor } from './navigation.ts';
import { prefer, usePreferences } from './preferences.ts';

/** The frame of every page: who is signed in on top, where one can go on the side, the page. */
export function Layout() {
  const { signedIn, expired } = useSession();
  const me = useMe(signedIn).data;
  const { pathname } = useLocation();
  const side = useInSight<HTMLElement>(`${pathname} ${me?.roles.join(' ') ?? ''}`);
  return (
    <div className="shell">
      <a className="skip" href="#main">{t('跳到正文')}</a>
      <TopBar me={signedIn ? me : undefined} signedIn={signedIn} />
      <nav ref={side} className="side" aria-label={t('主导航')}>
        <ul>
          {navigationFor(signedIn ? (me?.roles ?? []) : undefined).map(({ to, label }) => (
            <li key={to}><NavLink to={to} end={to === '/'}>{t(label)}</NavLink></li>
          ))}
        </ul>
      </nav>
      <main id="main" tabIndex={-1}>
        {expired && <Expired />}
        <Suspense fallback={<Loading what={t('页面')} />}><Outlet /></Suspense>
      </main>
      <ScrollRestoration />
    </div>
  );
}

function TopBar({ me, signedIn }: { readonly me: Me | undefined; readonly signedIn: boolean }) {
  const { large, dark, english } = usePreferences();
  const { pathname, search } = useLocation();
  useEffect(() => {
    document.documentElement.dataset['size'] = large ? 'large' : 'normal';
    document.documentElement.dataset['colour'] = dark ? 'dark' : 'light';
    document.documentElement.lang = english ? 'en' : 'zh-CN';
  }, [large, dark, english]);
  return (
    <header className="top">
      <a className="brand" href="/console">{t('桂景')}{' '}<small>{t('广西数字应用场景')}</small></a>
      <span className="grow" />
      <Button size="small" type="text" aria-pressed={large} onClick={() => prefer({ large: !large })}>{t('大字')}</Button>
      <Button size="small" type="text" aria-pressed={dark} onClick={() => prefer({ dark: !dark })}>{t('深色')}</Button>
      <Button size="small" type="text" lang={english ? 'zh-CN' : 'en'} onClick={() => prefer({ english: !english })}>{english ? '中文' : 'English'}</Button>
      {signedIn && <Bell />}
      {me && <Acting />}
      {me && <span className="who"><b>{me.name}</b> <span>{roleNames(me.roles)}</span><span className="org">{me.org.name}</span></span>}
      {signedIn
        ? <Button size="small" onClick={() => void leave()}>{t('退出')}</Button>
        : <Button size="small" type="primary" onClick={() => void signIn(pathname + search, true)}>{t('登录')}</Button>}
    </header>
  );
}

/** In whose place the person acts, on every page, and the way back. */
function Acting() {
  const represented = useActingFor();
  if (!represented) return null;
  return <span className="acting" role="status">{t('正在代{name}办理', { name: represented.name })} <Button size="small" onClick={() => actFor(undefined)}>{t('不再代办')}</Button></span>;
}

/** Who leaves takes everything that was read along. */
async function leave(): Promise<void> {
  actFor(undefined);
  session.end();
  queryClient.clear();
  location.assign('/console');
}

function Expired() {
  const { pathname, search } = useLocation();
  return (
    <Alert
      type="warning"
      showIcon
      role="alert"
      title={t('登录已过期')}
      description={t('没有写完的内容保存在本机。重新登录后回到本页，接着办理。')}
      action={<Button type="primary" onClick={() => void signIn(pathname + search, false)}>{t('重新登录')}</Button>}
    />
  );
}

/** The way to the notices, with how many are new. */
function Bell() {
  const unseen = useUnseen(true).data;
  const count = unseen ? `${unseen.count}${unseen.more ? '+' : ''}` : '';
  return <Link to={paths.notices} className="bell">{t('消息')} {unseen && unseen.count > 0 ? <span className="badge">{count}<span className="hidden"> {t('条未读')}</span></span> : null}</Link>;
}
