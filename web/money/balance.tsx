import { Alert } from 'antd';
import { useTrialBalance, type TrialBalance } from '../api/money-queries.ts';
import { Shown } from '../parts/states.tsx';
import { atMinute } from '../parts/when.ts';
import { t } from '../words/language.ts';
import { yuan } from '../words/money.ts';
import { accountName, fundLineName } from '../words/names.ts';

/** The trial balance: what stands on each account of each budget line, and that all of it adds up to nothing. */
export function Balance() {
  const balance = useTrialBalance();
  return <Shown read={balance} what={t('预算与余额')}>{(found) => <Books found={found} />}</Shown>;
}

function Books({ found }: { readonly found: TrialBalance }) {
  const sound = found.totalFen === 0 && found.agrees;
  return (
    <>
      <p className="note">{t('截至 {at}，共 {count} 笔分录。', { at: atMinute(found.at), count: found.entries })}</p>
      {sound
        ? <Alert type="success" showIcon title={t('试算平衡：各科目借贷合计为零，与专项资金的记录一致')} />
        : <Alert type="error" showIcon role="alert" title={t('试算不平衡，请停止拨付并联系管理员')} description={yuan(found.totalFen)} />}
      {found.lines.map(({ line, accounts }) => (
        <section key={line} className="card" aria-label={fundLineName(line)}>
          <h2>{fundLineName(line)}</h2>
          <table className="table">
            <caption className="hidden">{fundLineName(line)}</caption>
            <thead><tr><th scope="col">{t('账户')}</th><th scope="col" className="figure">{t('余额')}</th><th scope="col" className="figure">{t('占预算')}</th></tr></thead>
            <tbody>
              {accounts.map((each) => (
                <tr key={each.account}><td data-head={t('账户')}>{accountName(each.account)}</td><td data-head={t('余额')} className="figure">{amount(each)}</td><td data-head={t('占预算')} className="figure">{share(each, accounts)}</td></tr>
              ))}
            </tbody>
          </table>
        </section>
      ))}
    </>
  );
}

type Account = TrialBalance['lines'][number]['accounts'][number];

// What was appropriated stands on the credit side: people read it as what there is.
const amount = ({ account, fen }: Account): string => yuan(account === 'appropriated' && fen !== 0 ? -fen : fen);

function share({ account, fen }: Account, all: readonly Account[]): string {
  const whole = -(all.find((each) => each.account === 'appropriated')?.fen ?? 0);
  return account === 'appropriated' || whole === 0 ? '' : `${((fen / whole) * 100).toFixed(1)}%`;
}
