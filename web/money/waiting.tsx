import { Link } from 'react-router';
import { useCase, useCases } from '../api/queries.ts';
import { MoreButton } from '../parts/more-button.tsx';
import { Shown, StateTags } from '../parts/states.tsx';
import { onDay } from '../parts/when.ts';
import { paths } from '../paths.ts';
import { t } from '../words/language.ts';
import { yuan } from '../words/money.ts';
import { fundLineName, lifecycleName, stateName } from '../words/names.ts';

/** Where a scenario waits for a payment. */
const payable = [['governmentInvestment', 'construction.funding.advancePayable'], ['governmentInvestment', 'settlement.advancePayable'], ['governmentInvestment', 'settlement.remainderPayable'], ['socialInvestment', 'support.subsidy.payable']] as const;

/** What waits for payment, by step, and the awards that are approved and wait for the budget. */
export function Waiting() {
  return (
    <>
      <Unfunded />
      {payable.map(([lifecycle, leaf]) => <AtStep key={leaf} lifecycle={lifecycle} leaf={leaf} />)}
    </>
  );
}

interface Claim {
  readonly scenario: string;
  readonly line: 'reward' | 'subsidy';
  readonly fen: number;
  readonly since: string;
}

/** The awards that are approved and not funded, first in line first. */
function Unfunded() {
  const fund = useCase('funds', 'fund');
  // There is no fund before the first award is proposed, and not everybody who reads the books sees its case.
  const queue = (fund.data?.context['queue'] ?? []) as unknown as readonly Claim[];
  if (queue.length === 0) return null;
  return (
    <section className="card" aria-labelledby="unfunded">
      <h2 id="unfunded">{t('已批未拨（预算不足，按次序等待）')}</h2>
      <ol>{queue.map((claim) => <li key={claim.scenario}><Link to={paths.one('scenarios', claim.scenario, 'money')}>{claim.scenario}</Link> {yuan(claim.fen)} <span className="note">{fundLineName(claim.line)} · {t('自 {at} 起', { at: onDay(claim.since) })}</span></li>)}</ol>
    </section>
  );
}

function AtStep({ lifecycle, leaf }: { readonly lifecycle: string; readonly leaf: string }) {
  const cases = useCases('scenarios', { lifecycle, leaf });
  const name = stateName(lifecycle, leaf);
  const phase = stateName(lifecycle, leaf.split('.')[0] ?? leaf);
  const title = t('{lifecycle}（{phase}）：{name}', { lifecycle: lifecycleName(lifecycle), phase, name });
  return (
    <section className="card" aria-label={title}>
      <h2>{title}</h2>
      <Shown read={cases} what={name}>
        {({ pages }) => {
          const rows = pages.flatMap((page) => page.items);
          if (rows.length === 0) return <p className="note">{t('没有。')}</p>;
          return (
            <>
              <table className="table">
                <caption className="hidden">{name}</caption>
                <thead><tr><th scope="col">{t('场景')}</th><th scope="col">{t('单位')}</th><th scope="col">{t('环节')}</th><th scope="col">{t('更新')}</th></tr></thead>
                <tbody>
                  {rows.map((row) => (
                    <tr key={row.id}>
                      <td data-head={t('场景')}><Link to={paths.one('scenarios', row.id, 'money')}>{row.title || row.id}</Link></td>
                      <td data-head={t('单位')}>{row.unitName}</td>
                      <td data-head={t('环节')}><StateTags lifecycle={row.lifecycle} leaves={row.state} /></td>
                      <td data-head={t('更新')}>{onDay(row.changedAt)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
              {cases.hasNextPage && <MoreButton list={cases} shown={rows.length} />}
            </>
          );
        }}
      </Shown>
    </section>
  );
}
