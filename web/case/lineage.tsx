import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { read } from '../api/client.ts';
import { useMe } from '../api/queries.ts';
import type { Case, Reads } from '../api/types.ts';
import { LinkButton } from '../parts/link-button.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { onDay } from '../parts/when.ts';
import { casePath, paths } from '../paths.ts';
import { t } from '../words/language.ts';

type Found = Reads['/scenarios/{id}/lineage']['answer'];

const kinds = { list: '来自场景清单', refiling: '由以前的申报复制而来', replication: '复制推广自案例' } as const satisfies Record<Found['to'][number]['kind'], string>;

/** Where a scenario came from, back to the first, and what came from it; for the own unit also the way to copy it. */
export function Lineage({ one }: { readonly one: Case }) {
  const me = useMe(true).data;
  const lineage = useQuery({ queryKey: ['lineage', one.id, one.version], queryFn: () => read('/scenarios/{id}/lineage', { id: one.id }) });
  const unit = one.context['unit'] as { readonly id?: string } | undefined;
  // Navigation for those who file; whether a copy may be made, the API says.
  const isOwn = unit?.id === me?.org.id && (me?.roles.some((role) => role === 'applicant' || role === 'unitAdmin') ?? false);
  const isEmpty = lineage.data && lineage.data.from.length === 0 && lineage.data.refilings + lineage.data.replications === 0;
  if (isEmpty && !isOwn) return null;
  return (
    <section className="card" aria-labelledby="lineage">
      <h2 id="lineage">{t('来历与复制')}</h2>
      {lineage.error && <ProblemAlert error={lineage.error} onRetry={() => void lineage.refetch()} />}
      {lineage.data && (isEmpty ? <p className="note">{t('这个场景不由其他场景而来，也没有由它而来的场景。')}</p> : <Chain found={lineage.data} />)}
      {isOwn && <p className="buttons no-print"><LinkButton to={paths.copyFiling('refiling', one.id)}>{t('复制为新的申报')}</LinkButton></p>}
    </section>
  );
}

function Chain({ found }: { readonly found: Found }) {
  return (
    <ul className="plain">
      {found.from.map((each) => (
        <li key={each.case}>{t('{name}：', { name: t(kinds[each.kind]) })}{each.readable ? <Link to={each.kind === 'list' ? casePath('scenarioList', each.case) : paths.one('scenarios', each.case)}>{each.title}</Link> : each.title} <span className="note">{each.unitName}</span></li>
      ))}
      {found.to.map((each) => (
        <li key={each.case}>{t('由此而来')}{t('：')}<Link to={paths.one('scenarios', each.case)}>{each.title}</Link> <span className="note">{each.unitName} · {onDay(each.at)}</span></li>
      ))}
      {found.refilings + found.replications > 0 && <li className="note">{t('重新申报 {refilings} 次，复制推广 {replications} 次。', { refilings: found.refilings, replications: found.replications })}</li>}
    </ul>
  );
}
