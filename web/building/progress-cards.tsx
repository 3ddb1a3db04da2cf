import type { Case } from '../api/types.ts';
import { t } from '../words/language.ts';
import { yuan } from '../words/money.ts';

type Progress = NonNullable<Case['progress']>;

/** The budget against what was spent and done, and the milestones against their first plan. */
export function ProgressCards({ progress }: { readonly progress: Progress }) {
  return (
    <>
      <Budget progress={progress} />
      <Milestones progress={progress} />
    </>
  );
}

const noted = (fen: number | null): string => (fen === null ? t('未登记') : yuan(fen));

function Budget({ progress }: { readonly progress: Progress }) {
  const { budgetFen, costFen, leftFen, costPercent, donePercent, reportedOn, baselineOn, forecastOn, completedOn, slipDays } = progress;
  return (
    <section className="card" aria-labelledby="budget">
      <h2 id="budget">{t('预算与进度')}</h2>
      <dl className="facts">
        <dt>{t('批复总投资')}</dt><dd>{noted(budgetFen)}</dd>
        <dt>{t('开工以来累计费用')}</dt><dd>{noted(costFen)}{leftFen !== null && <span className={leftFen < 0 ? 'late' : 'note'}>{leftFen < 0 ? t('（超出 {amount}）', { amount: yuan(-leftFen) }) : t('（结余 {amount}）', { amount: yuan(leftFen) })}</span>}</dd>
        <dt>{t('费用占批复')}</dt><dd><Share percent={costPercent} name={t('费用占批复')} /></dd>
        <dt>{t('建设进度')}</dt><dd><Share percent={donePercent} name={t('建设进度')} />{reportedOn && <span className="note">{t('（{reportedOn} 报送）', { reportedOn })}</span>}</dd>
        <dt>{t('最初计划竣工')}</dt><dd>{baselineOn ?? t('未制定')}</dd>
        <dt>{completedOn ? t('实际竣工') : t('目前预计竣工')}</dt><dd>{completedOn ?? forecastOn ?? t('未制定')} <Slip days={slipDays} /></dd>
      </dl>
    </section>
  );
}

function Share({ percent, name }: { readonly percent: number | null; readonly name: string }) {
  if (percent === null) return <>{t('未报送')}</>;
  return <>{percent}% <progress aria-label={name} max={100} value={Math.min(100, percent)} /></>;
}

/** By how many days something is later or earlier than first planned. */
export function Slip({ days }: { readonly days: number | null }) {
  if (days === null || days === 0) return null;
  return days > 0 ? <span className="late">{t('晚 {days} 天', { days })}</span> : <span className="done">{t('早 {days} 天', { days: -days })}</span>;
}

const states = { done: '已完成', open: '进行中', overdue: '已逾期' } as const;

function Milestones({ progress }: { readonly progress: Progress }) {
  if (progress.milestones.length === 0) return null;
  return (
    <section className="card" aria-labelledby="milestones">
      <h2 id="milestones">{t('里程碑')}</h2>
      <table className="table">
        <caption className="hidden">{t('里程碑与最初计划的对照')}</caption>
        <thead><tr><th scope="col">{t('里程碑')}</th><th scope="col">{t('最初计划')}</th><th scope="col">{t('目前预计')}</th><th scope="col">{t('完成日期')}</th><th scope="col">{t('状态')}</th></tr></thead>
        <tbody>
          {progress.milestones.map(({ name, baselineOn, forecastOn, doneOn, slipDays, state }) => (
            <tr key={name}>
              <td data-head={t('里程碑')}>{name}</td><td data-head={t('最初计划')}>{baselineOn}</td><td data-head={t('目前预计')}>{doneOn ? '—' : forecastOn}</td><td data-head={t('完成日期')}>{doneOn ?? '—'}</td>
              <td data-head={t('状态')}><span><span className={state === 'overdue' ? 'late' : state}>{t(states[state])}</span> <Slip days={slipDays} /></span></td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
