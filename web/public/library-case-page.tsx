import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { divisionName } from '../../shared/divisions.ts';
import { read } from '../api/client.ts';
import { Page } from '../parts/page.tsx';
import { Shown } from '../parts/states.tsx';
import { onDay } from '../parts/when.ts';
import { paths } from '../paths.ts';
import { t } from '../words/language.ts';
import { lifecycleName } from '../words/names.ts';

/** One case of the library, whole. */
export function LibraryCasePage() {
  const { id = '' } = useParams();
  const one = useQuery({ queryKey: ['library', id], queryFn: () => read('/library/{id}', { id }) });
  return (
    <Shown read={one} what={t('案例')} title={t('没有打开')}>
      {(found) => (
        <Page title={found.title}>
          <p className="note"><Link to={paths.library}>{t('案例库')}</Link> · {found.unit} · {divisionName(found.division)} · {lifecycleName(found.lifecycle)} · {found.batch} · {t('收入案例库')} {onDay(found.acceptedAt)}</p>
          <article className="card said">{found.text}</article>
        </Page>
      )}
    </Shown>
  );
}
