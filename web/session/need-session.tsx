import { Button, Input } from 'antd';
import { useState, type ReactNode } from 'react';
import { useLocation } from 'react-router';
import { Page } from '../parts/page.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { setup } from '../setup.ts';
import { t } from '../words/language.ts';
import { session, signIn } from './session.ts';
import { useSession } from './use-session.ts';

/** Shows a page to who is signed in; anybody else signs in first and comes back to it. */
export function NeedSession({ children }: { readonly children: ReactNode }) {
  return useSession().signedIn ? children : <SignInPage />;
}

function SignInPage() {
  const { pathname, search } = useLocation();
  const [error, setError] = useState<unknown>();
  return (
    <Page title={t('登录')}>
      <div className="card">
        <p>{t('登录后可以申报、办理和查看与您有关的场景。已发布的清单、规则与流程图不需要登录。')}</p>
        {error !== undefined && <ProblemAlert error={error} />}
        {setup.issuer ? <Button type="primary" size="large" onClick={() => void signIn(pathname + search, true).catch(setError)}>{t('登录')}</Button> : <PasteToken />}
      </div>
    </Page>
  );
}

/** Without an issuer of its own a page can ask, people bring the token that their identity system gave them. */
function PasteToken() {
  const [token, setToken] = useState('');
  return (
    <form onSubmit={(event) => { event.preventDefault(); session.begin(token.trim()); }}>
      <label htmlFor="token">{t('访问令牌')}</label>
      <Input.Password id="token" value={token} onChange={(event) => setToken(event.target.value)} autoComplete="off" />
      <p><Button type="primary" htmlType="submit" disabled={token.trim() === ''}>{t('使用此令牌')}</Button></p>
    </form>
  );
}
