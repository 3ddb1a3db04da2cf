import { Alert } from 'antd';
import { useScenarioMoney, type ScenarioMoney } from '../api/money-queries.ts';
import type { Case, Json } from '../api/types.ts';
import { Shown } from '../parts/states.tsx';
import { atMinute } from '../parts/when.ts';
import { t } from '../words/language.ts';
import { yuan } from '../words/money.ts';
import { articleName, eventName, fundLineName } from '../words/names.ts';

type Row = { readonly [name: string]: Json };

const basis = { declared: '申报总投资', approved: '批复总投资', finalAccounts: '竣工决算' } as const;

/** The money of a scenario explained: the ceiling with its article and tier, what was awarded, paid, spent and asked back, and the decisions behind it. */
export function MoneyTab({ one }: { readonly one: Case }) {
  const money = useScenarioMoney(one.id, one.version);
  return <Shown read={money} what={t('资金')}>{(found) => <><Ceiling money={found} /><Amounts money={found} unit={(one.context['unit'] as { readonly name?: string } | undefined)?.name ?? ''} /><Lists money={found} /><Decisions decisions={found.decisions} /></>}</Shown>;
}

function Fact({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return <div style={{ display: 'contents' }}><dt>{name}</dt><dd>{children}</dd></div>;
}

function Ceiling({ money: { ceiling, line } }: { readonly money: ScenarioMoney }) {
  return (
    <section className="card" aria-labelledby="ceiling">
      <h2 id="ceiling">{t('上限怎样算出')}</h2>
      {ceiling.nearTier && <Alert type="warning" showIcon title={t('投资额接近档次的分界')} description={t('请核对投资额的依据，防止为提高档次拆分或虚增投资。')} />}
      <dl className="facts">
        <Fact name={t('预算科目')}>{fundLineName(line)}</Fact>
        <Fact name={t(basis[ceiling.basis])}>{yuan(ceiling.investmentFen)}</Fact>
        <Fact name={t('档次')}>{t('第 {tier} 档，不超过投资的 {percent}%', { tier: ceiling.tier, percent: ceiling.percent })}</Fact>
        <Fact name={t('单个场景上限')}>{yuan(ceiling.capFen)}{ceiling.capped && <b> {t('（已按此封顶）')}</b>}</Fact>
        <Fact name={t('奖补上限')}><b>{yuan(ceiling.ceilingFen)}</b></Fact>
        <Fact name={t('依据')}>{articleName(ceiling.article)}</Fact>
        <Fact name={t('规则版本')}>{ceiling.policy}</Fact>
      </dl>
    </section>
  );
}

function Amounts({ money, unit }: { readonly money: ScenarioMoney; readonly unit: string }) {
  const { award, order } = money;
  return (
    <section className="card" aria-labelledby="amounts">
      <h2 id="amounts">{t('核定与拨付')}</h2>
      {money.waived && <p>{t('申报单位已放弃奖补。')}</p>}
      {!award && <p className="note">{t('尚未核定金额。')}</p>}
      {award?.unfunded && <Alert type="warning" showIcon title={t('已批未拨：预算不足，排在第 {place} 位', { place: award.placeInQueue ?? 1 })} />}
      {order?.payee && order.payee !== unit && <Alert type="warning" showIcon title={t('收款单位与申报单位名称不一致')} description={t('申报单位：{unit}。请核对收款单位和账户后再审核。', { unit })} />}
      <dl className="facts">
        {award && <Fact name={t('核定金额')}>{yuan(award.fen)}</Fact>}
        {award && award.settledFen !== award.fen && <Fact name={t('按决算调整后')}>{yuan(award.settledFen)}</Fact>}
        <Fact name={t('已承诺未拨付')}>{yuan(money.committedFen)}</Fact>
        {money.releasedFen > 0 && <Fact name={t('已退回预算')}>{yuan(money.releasedFen)}</Fact>}
        <Fact name={t('下一笔拨付')}>{yuan(money.dueFen)}</Fact>
        {order && <Fact name={t('拨付单')}>{t('{text}，', { text: yuan(order.fen) })}{order.next === null ? t('已批准，待拨付') : t('待批准')}</Fact>}
        {order?.payee && <Fact name={t('收款单位')}>{[order.payee, order.bank, order.account].join(' ')}</Fact>}
        <Fact name={t('已拨付')}>{yuan(money.paidFen)}</Fact>
        <Fact name={t('尚未提供支出凭据')}>{yuan(money.unprovedFen)}</Fact>
        <Fact name={t('最多可收回')}>{yuan(money.recoverableFen)}</Fact>
        <Fact name={t('已收回')}>{yuan(money.recoveredFen)}</Fact>
      </dl>
    </section>
  );
}

const text = (row: Row, name: string): string => (row[name] === null || row[name] === undefined ? '' : String(row[name]));
const fen = (row: Row, name: string): string => (typeof row[name] === 'number' ? yuan(row[name]) : '—');

function Lists({ money: { payments, expenses } }: { readonly money: ScenarioMoney }) {
  return (
    <>
      <List title={t('拨付')} rows={payments} columns={[[t('款项日期'), (row) => text(row, 'paidOn')], [t('金额'), (row) => fen(row, 'amountFen')], [t('凭证号'), (row) => text(row, 'voucherNo')], [t('资金来源'), (row) => text(row, 'fundSource')], [t('由谁'), (row) => text(row, 'by')]]} />
      <List title={t('支出')} rows={expenses} columns={[[t('支出日期'), (row) => text(row, 'spentOn')], [t('金额'), (row) => fen(row, 'amountFen')], [t('用途'), (row) => text(row, 'purpose')], [t('凭证号'), (row) => `${text(row, 'voucherNo')}${row['repeated'] === true ? t('（与前面的凭证号重复，请核对）') : ''}`], [t('由谁'), (row) => text(row, 'by')]]} />
    </>
  );
}

interface ListProps {
  readonly title: string;
  readonly rows: readonly Row[];
  readonly columns: readonly (readonly [string, (row: Row) => string])[];
}

function List({ title, rows, columns }: ListProps) {
  if (rows.length === 0) return null;
  return (
    <section className="card" aria-label={title}>
      <h2>{title}</h2>
      <table className="table">
        <caption className="hidden">{title}</caption>
        <thead><tr>{columns.map(([head]) => <th key={head} scope="col">{head}</th>)}</tr></thead>
        <tbody>{rows.map((row) => <tr key={text(row, 'n')}>{columns.map(([head, cell]) => <td key={head} data-head={head}>{cell(row)}</td>)}</tr>)}</tbody>
      </table>
    </section>
  );
}

/** The decisions behind the amounts, the newest first. */
function Decisions({ decisions }: Pick<ScenarioMoney, 'decisions'>) {
  if (decisions.length === 0) return null;
  return (
    <section className="card" aria-labelledby="decisions">
      <h2 id="decisions">{t('每笔金额的由来')}</h2>
      <ol className="timeline" reversed>
        {decisions.toReversed().map((each) => (
          <li key={text(each, 'n')}>
            <strong>{eventName(text(each, 'command'))}</strong>{amountOf(each)}
            <div className="note">{atMinute(text(each, 'at'))} · {text(each, 'by')} · {articleName(text(each, 'article'))} · {text(each, 'policy')}</div>
            {text(each, 'reason') && <div className="quote">{text(each, 'reason')}</div>}
          </li>
        ))}
      </ol>
    </section>
  );
}

// An approval repeats no amount; that of an award is the award's.
function amountOf({ command, money }: Row): string {
  if (typeof money !== 'object' || money === null || Array.isArray(money)) return '';
  const { amountFen, awardFen } = money as Row;
  const amount = amountFen ?? (command === 'approveAward' ? awardFen : null);
  return typeof amount === 'number' && amount > 0 ? ` ${yuan(amount)}` : '';
}
