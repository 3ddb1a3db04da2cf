import { useSearchParams } from 'react-router';
import { useMe } from '../api/queries.ts';
import { LinkButton } from '../parts/link-button.tsx';
import { Page } from '../parts/page.tsx';
import { PageTabs } from '../parts/page-tabs.tsx';
import { paths } from '../paths.ts';
import { t } from '../words/language.ts';
import { Balance } from './balance.tsx';
import { Disbursements } from './disbursements.tsx';
import { Journal } from './journal.tsx';
import { Waiting } from './waiting.tsx';

const parts = ['balance', 'waiting', 'disbursements', 'journal'] as const;

// The fund is a case that these may see (navigation; what is allowed, the API says).
const seesFund = ['bureauOfficer', 'bureauLeader', 'finance', 'supervisor'];

/** The books of the fund: where each fen stands, what waits for payment, what was paid, and every entry. The address holds the part and the year. */
export function MoneyPage() {
  const [query] = useSearchParams();
  const shown = parts.find((each) => each === query.get('show')) ?? 'balance';
  const me = useMe(true).data;
  return (
    <Page title={t('资金账目')} extra={me?.roles.some((role) => seesFund.includes(role)) && <LinkButton to={paths.list('funds')}>{t('专项资金')}</LinkButton>}>
      <PageTabs label={t('资金账目')} name="show" current={shown} tabs={[['balance', t('预算与余额')], ['waiting', t('待拨付')], ['disbursements', t('拨付台账')], ['journal', t('分录')]]} />
      {shown === 'balance' && <Balance />}
      {shown === 'waiting' && <Waiting />}
      {shown === 'disbursements' && <Disbursements />}
      {shown === 'journal' && <Journal />}
    </Page>
  );
}
