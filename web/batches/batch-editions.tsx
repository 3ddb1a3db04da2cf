import { Link } from 'react-router';
import { useEditions, useMe } from '../api/queries.ts';
import type { Case } from '../api/types.ts';
import { LinkButton } from '../parts/link-button.tsx';
import { Shown } from '../parts/states.tsx';
import { onDay } from '../parts/when.ts';
import { casePath, paths } from '../paths.ts';
import { t } from '../words/language.ts';
import { RowChanges, type RowChange } from './row-changes.tsx';

interface Correction {
  readonly reason: string;
  readonly changes: readonly RowChange[];
}

/** What was published of a half-year's list, edition by edition, and what this run corrects where it is a correction. */
export function BatchEditions({ one }: { readonly one: Case }) {
  const half = String(one.context['half'] ?? '');
  const editions = useEditions(half);
  const corrects = useMe(true).data?.roles.includes('bureauOfficer') ?? false;
  const correction = one.context['correction'] as unknown as Correction | undefined;
  // Before its first list is out there is nothing to tell.
  if (!correction && editions.error) return null;
  return (
    <section className="card" aria-labelledby="editions">
      <h2 id="editions">{t('版次')}</h2>
      {correction && <><p>{t('本次办理更正清单，形成第 {edition} 版。', { edition: Number(one.context['edition'] ?? 1) })}</p><RowChanges half={half} edition={Number(one.context['edition'] ?? 1)} reason={correction.reason} changes={correction.changes} /></>}
      <Shown read={editions} what={t('版次')}>
        {({ items }) => (
          <>
            {items.length === 0 && <p className="note">{t('清单尚未发布。')}</p>}
            <ul className="plain">
              {items.map((edition) => (
                <li key={edition.edition}><Link to={casePath('publication', edition.case)}>{t('第 {edition} 版', { edition: edition.edition })}</Link> · {edition.documentNo} · {onDay(edition.publishedAt)} · {t('{count} 个场景', { count: edition.count })}{edition.reason && <> · {t('更正：')}{edition.reason}</>}</li>
              ))}
            </ul>
            {items.length > 0 && <p className="buttons no-print"><LinkButton to={paths.batch(half)}>{t('查看清单')}</LinkButton>{corrects && <LinkButton to={paths.correct(items[0]?.case ?? one.id)}>{t('提出更正')}</LinkButton>}</p>}
          </>
        )}
      </Shown>
    </section>
  );
}
