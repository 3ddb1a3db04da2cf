import { isRouteErrorResponse, Link, useRouteError } from 'react-router';
import { Page } from '../parts/page.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { paths } from '../paths.ts';
import { t } from '../words/language.ts';

/** What is shown where a page itself failed, or where there is none. */
export function FailedPage() {
  const error = useRouteError();
  if (isRouteErrorResponse(error) && error.status === 404) return <MissingPage />;
  return (
    <Page title={t('页面没有打开')}>
      <ProblemAlert error={error} onRetry={() => location.reload()} />
    </Page>
  );
}

/** There is no such address. */
export function MissingPage() {
  return (
    <Page title={t('没有这个页面')}>
      <p>{t('请核对地址，或回到')}<Link to={paths.todo}>{t('待办')}</Link>{t('。')}</p>
    </Page>
  );
}
