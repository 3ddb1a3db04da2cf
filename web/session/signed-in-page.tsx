import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { Page } from '../parts/page.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { Loading } from '../parts/states.tsx';
import { paths } from '../paths.ts';
import { finishSignIn, signIn } from './session.ts';
import { t } from '../words/language.ts';

/** Where the issuer comes back to: takes the code, then goes on to where the person was. */
export function SignedInPage() {
  const [query] = useSearchParams();
  const navigate = useNavigate();
  const [error, setError] = useState<unknown>();
  // A code is good once; React runs effects twice while developing.
  const began = useRef(false);
  useEffect(() => {
    if (began.current) return;
    began.current = true;
    finishSignIn(query).then((place) => navigate(place, { replace: true })).catch(setError);
  }, [query, navigate]);
  return (
    <Page title={t('登录')}>
      {error === undefined ? <Loading what={t('身份')} /> : <><ProblemAlert error={error} /><p><Button type="primary" onClick={() => void signIn(paths.todo, true)}>{t('重新登录')}</Button></p></>}
    </Page>
  );
}
