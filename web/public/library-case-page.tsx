import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { divisionName } from '../../shared/divisions.ts';
import { read } from '../api/client.ts';
import { useMe } from '../api/queries.ts';
import { LinkButton } from '../parts/link-button.tsx';
import { Page } from '../parts/page.tsx';
import { Shown } from '../parts/states.tsx';
import { onDay } from '../parts/when.ts';
import { paths } from '../paths.ts';
import { useSession } from '../session/use-session.ts';
import { t } from '../words/language.ts';
import { lifecycleName } from '../words/names.ts';

/** One case of the library, whole. */
export function LibraryCasePage() {
  const { id = '' } = useParams();
  const files = useMe(useSession().signedIn).data?.roles.some((role) => role === 'applicant' || role === 'unitAdmin') ?? false;
  const one = useQuery({ queryKey: ['library', id], queryFn: () => read('/library/{id}', { id }) });
  return (
    <Shown read={one} what={t('案例')} title={t('没有打开')}>
      {(found) => (
        <Page title={found.title} extra={files && <LinkButton to={paths.copyFiling('replication', id)}>{t('复制推广')}</LinkButton>}>
          <p className="note"><Link to={paths.library}>{t('案例库')}</Link> · {found.unit} · {divisionName(found.division)} · {lifecycleName(found.lifecycle)} · {found.batch} · {t('收入案例库')} {onDay(found.acceptedAt)}</p>
          <article className="card said">{found.text}</article>
        </Page>
      )}
    </Shown>
  );
}
