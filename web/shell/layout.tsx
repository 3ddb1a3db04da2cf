import { Alert, Button } from 'antd';
import { Suspense, useEffect } from 'react';
import { NavLink, Outlet, ScrollRestoration, useLocation } from 'react-router';
import { roleLabels } from '../../machines/labels.zh.ts';
import type { Me } from '../api/names.ts';
import { queryClient, useMe } from '../api/queries.ts';
import { Loading } from '../parts/states.tsx';
import { session, signIn } from '../session/session.ts';
import { useSession } from '../session/use-session.ts';
import { navigationFor } from './navigation.ts';
import { prefer, usePreferences } from './preferences.ts';

/** The frame of every page: who is signed in on top, where one can go on the side, the page. */
export function Layout() {
  const { signedIn, expired } = useSession();
  const me = useMe(signedIn).data;
  return (
    <div className="shell">
      <a className="skip" href="#main">跳到正文</a>
      <TopBar me={signedIn ? me : undefined} signedIn={signedIn} />
      <nav className="side" aria-label="主导航">
        <ul>
          {navigationFor(signedIn ? (me?.roles ?? []) : undefined).map(({ to, label }) => (
            <li key={to}><NavLink to={to} end={to === '/'}>{label}</NavLink></li>
          ))}
        </ul>
      </nav>
      <main id="main" tabIndex={-1}>
        {expired && <Expired />}
        <Suspense fallback={<Loading what="页面" />}><Outlet /></Suspense>
      </main>
      <ScrollRestoration />
    </div>
  );
}

function TopBar({ me, signedIn }: { readonly me: Me | undefined; readonly signedIn: boolean }) {
  const { large, dark } = usePreferences();
  const { pathname, search } = useLocation();
  useEffect(() => {
    document.documentElement.dataset['size'] = large ? 'large' : 'normal';
    document.documentElement.dataset['colour'] = dark ? 'dark' : 'light';
  }, [large, dark]);
  return (
    <header className="top">
      <a className="brand" href="/console">桂景 <small>广西数字应用场景</small></a>
      <span className="grow" />
      <Button size="small" type="text" aria-pressed={large} onClick={() => prefer({ large: !large })}>大字</Button>
      <Button size="small" type="text" aria-pressed={dark} onClick={() => prefer({ dark: !dark })}>深色</Button>
      {me && <span className="who"><b>{me.name}</b> <span>{me.roles.map((role) => roleLabels[role as keyof typeof roleLabels] ?? role).join('、')}</span><span className="org">{me.org.name}</span></span>}
      {signedIn
        ? <Button size="small" onClick={() => void leave()}>退出</Button>
        : <Button size="small" type="primary" onClick={() => void signIn(pathname + search, true)}>登录</Button>}
    </header>
  );
}

/** Who leaves takes everything that was read along. */
async function leave(): Promise<void> {
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
      title="登录已过期"
      description="没有写完的内容保存在本机。重新登录后回到本页，接着办理。"
      action={<Button type="primary" onClick={() => void signIn(pathname + search, false)}>重新登录</Button>}
    />
  );
}
