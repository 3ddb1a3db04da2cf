import { useQuery } from '@tanstack/react-query';
import type { Case } from '../api/types.ts';
import { Shown } from '../parts/states.tsx';
import { commandName, roleNames, stateName } from '../words/names.ts';
import { t } from '../words/language.ts';

interface Transition {
  readonly lifecycle: string;
  readonly from: string;
  readonly command: string;
  readonly kind: string;
  readonly to: string;
  readonly roles: readonly string[];
  /** The state that declares it; the leaf itself or one around it. */
  readonly source: string;
}

/** The table that is derived from the charts. */
export const useTransitions = () => useQuery({ queryKey: ['transitions'], queryFn: async () => ((await (await fetch('/derived/transitions.json')).json()) as { readonly rows: readonly Transition[] }).rows, staleTime: Infinity });

/** What can happen next, and who can make it happen. */
export function NextSteps({ one }: { readonly one: Case }) {
  const rows = useTransitions();
  return (
    <section className="card">
      <h2>{t('下一步')}</h2>
      <Shown read={rows} what={t('下一步')}>
        {(all) => (
          <table className="table">
            <thead><tr><th scope="col">{t('所在环节')}</th><th scope="col">{t('事项')}</th><th scope="col">{t('由谁')}</th><th scope="col">{t('然后')}</th></tr></thead>
            <tbody>
              {nextOf(all, one).map((row) => (
                <tr key={`${row.from} ${row.command} ${row.to}`}>
                  <td data-head={t('所在环节')}>{stateName(one.lifecycle, row.from)}</td>
                  <td data-head={t('事项')}>{commandName(row.command)}</td>
                  <td data-head={t('由谁')}>{roleNames(row.roles)}</td>
                  <td data-head={t('然后')}>{stateName(one.lifecycle, row.to)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Shown>
    </section>
  );
}

/** The transitions that lead on from where a case is; `own` are those of the leaf itself, the others leave from anywhere. */
export function nextOf(rows: readonly Transition[], one: Case): readonly (Transition & { readonly own: boolean })[] {
  const moves = rows.filter((row) => row.lifecycle === one.lifecycle && one.state.includes(row.from) && row.kind !== 'stays' && row.to !== row.from);
  return [...new Map(moves.map((row) => [`${row.from} ${row.command} ${row.to}`, { ...row, own: row.source === row.from }])).values()];
}
