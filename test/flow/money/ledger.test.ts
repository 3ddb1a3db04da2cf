import { readXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Office } from '../../harness/office.ts';
import { booksFollowTheLog, fundFollowsTheBooks, scenarioFollowsTheBooks } from './books.ts';
import { storedScenario } from './stored-story.ts';

const today = '2025-03-11';
let office: Office;
beforeAll(async () => {
  office = await Office.start('2025-03-11T01:00:00.000Z');
}, 60_000);
afterAll(() => office.cloud.stop());

interface Balance {
  readonly totalFen: number;
  readonly agrees: boolean;
  readonly lines: readonly { readonly line: string; readonly accounts: readonly { readonly account: string; readonly fen: number }[] }[];
}
interface Money {
  readonly expenses: readonly { readonly repeated?: true }[];
  readonly award: { readonly unfunded: boolean; readonly placeInQueue?: number } | null;
  readonly [name: string]: unknown;
}

const get = async <T>(person: string, path: string): Promise<T> => (await office.cloud.send<T>(person, 'GET', path)).body;
const award = async (path: string, amountFen: number) => {
  await office.does('li-ning', path, 'proposeAward', { amountFen, reason: '按梯度核定' });
  await office.does('liang-shan', path, 'approveAward');
};
const adjust = async (direction: 'increase' | 'decrease', amountFen: number) => {
  await office.does('pan-hong', '/funds/fund', 'proposeAdjustment', { line: 'reward', direction, amountFen, documentNo: '桂财预〔2025〕1号', reason: '预算调整' });
  await office.does('liang-shan', '/funds/fund', 'approveAdjustment');
};
async function stand(): Promise<Readonly<Record<string, number>>> {
  const { totalFen, agrees, lines } = await get<Balance>('pan-hong', '/ledger/trial-balance');
  expect([totalFen, agrees]).toEqual([0, true]);
  return Object.fromEntries(lines.find(({ line }) => line === 'reward')?.accounts.map(({ account, fen }) => [account, fen]) ?? []);
}

describe('the money of the fund', () => {
  const paths: string[] = [];
  beforeAll(async () => {
    for (const id of ['s-money-1', 's-money-2', 's-money-3']) paths.push(await storedScenario(office.cloud.table, 'governmentInvestment', id));
    await office.cloud.settle({ lost: true });
  });

  it('is committed with the award, in the same moment, and paid by an order that others approve', async () => {
    const [path = ''] = paths;
    await award(path, 240_000_000);
    expect(await stand()).toMatchObject({ appropriated: -100_000_000_000, available: 99_760_000_000, committed: 240_000_000, spent: 0 });
    const pay = { amountFen: 120_000_000, paidOn: today, voucherNo: 'ZF-1', fundSource: '数字广西建设资金' };
    const refusal = async (person: string, command: string, args: object) => (await office.send(person, path, command, args, (await office.read(person, path)).version)).body;
    expect(await refusal('pan-hong', 'confirmPayment', pay)).toMatchObject({ rule: 'orderIsApproved', status: 422 });
    await office.does('pan-hong', path, 'orderPayment', { amountFen: 120_000_000, payee: '单位', bank: '银行', account: '4501000012345678' });
    expect((await get<Money>('liang-shan', `${path}/money`)).order).toMatchObject({ fen: 120_000_000, payee: '单位', bank: '银行', account: '4501000012345678' });
    expect((await get<Money>('lu-fang', `${path}/money`)).order).not.toHaveProperty('account');
    expect(await refusal('pan-hong', 'approvePayment', {})).toMatchObject({ rule: 'approverIsAnother' });
    expect(await refusal('liang-shan', 'approvePayment', {})).toMatchObject({ rule: 'approvalIsMine' });
    await office.does('su-mei', path, 'approvePayment');
    expect(await refusal('pan-hong', 'confirmPayment', pay)).toMatchObject({ rule: 'orderIsApproved' });
    expect((await get<{ items: { case: string; slot: string }[] }>('liang-shan', '/tasks')).items.filter(({ slot }) => slot.endsWith(':order'))).toHaveLength(1);
    await office.does('liang-shan', path, 'approvePayment');
    await office.does('pan-hong', path, 'confirmPayment', pay);
    expect(await stand()).toMatchObject({ committed: 120_000_000, spent: 120_000_000 });
  });

  it('R-062: when it is used up, an award is approved and not funded, and is first in line when money comes', async () => {
    const [first = '', second = '', third = ''] = paths;
    await adjust('decrease', 99_700_000_000);
    await award(second, 240_000_000);
    await award(third, 50_000_000);
    const money = (path: string) => get<Money>('wei-lan', `${path}/money`);
    expect([(await money(second)).award, (await money(third)).award]).toMatchObject([{ unfunded: true, placeInQueue: 1 }, { unfunded: true, placeInQueue: 2 }]);
    const order = { amountFen: 120_000_000, payee: '单位', bank: '银行', account: '4501000012345678' };
    expect((await office.send('pan-hong', second, 'orderPayment', order, (await office.read('pan-hong', second)).version)).body).toMatchObject({ rule: 'awardIsFunded', detail: expect.stringContaining('已批未拨') });
    expect(await stand()).toMatchObject({ available: 60_000_000, committed: 120_000_000 });
    // 120 million fen come free when the first scenario is terminated: with the 60 million left that is not enough for the second, and the third must not overtake.
    await office.does('liang-shan', first, 'terminate', { reason: '项目取消' });
    await office.cloud.settle();
    expect(await stand()).toMatchObject({ available: 180_000_000, committed: 0, spent: 120_000_000 });
    await adjust('increase', 60_000_000);
    expect((await money(second)).award).toMatchObject({ unfunded: false });
    expect((await money(third)).award).toMatchObject({ unfunded: true, placeInQueue: 1 });
    expect(await stand()).toMatchObject({ available: 0, committed: 240_000_000 });
  });

  it('that comes back, by instalments or not at all, is in the books and serves who waits', async () => {
    const recovery = '/recoveries/s-money-1-R1';
    await office.does('li-ning', recovery, 'issueNotice', { documentNo: '1', reason: '终止' });
    await office.does('wei-lan', recovery, 'fileStatement', { statement: '无异议' });
    await office.does('li-ning', recovery, 'proposeRecovery', { amountFen: 120_000_000, reason: '全额' });
    await office.does('liang-shan', recovery, 'approveRecovery', { documentNo: '1' });
    expect(await stand()).toMatchObject({ spent: 0, receivable: 120_000_000 });
    await office.does('li-ning', recovery, 'issueDemand', { documentNo: '2', dueOn: '2025-12-31' });
    await office.does('pan-hong', recovery, 'recordRepayment', { amountFen: 70_000_000, receiptNo: 'SK-1', paidOn: today });
    await office.cloud.settle();
    expect(await stand()).toMatchObject({ available: 20_000_000, committed: 290_000_000, receivable: 50_000_000 });
    await office.does('li-ning', recovery, 'proposeWriteOff', { reason: '单位注销' });
    await office.does('liang-shan', recovery, 'approveWriteOff');
    await office.cloud.settle();
    expect(await stand()).toMatchObject({ receivable: 0, writtenOff: 50_000_000 });
  });

  it('R-063: is proved by expenses, never more than was paid, and every amount of it explains itself', async () => {
    const [, second = ''] = paths;
    await office.pays(second, 120_000_000, today);
    await office.does('wei-lan', second, 'recordExpense', { amountFen: 70_000_000, spentOn: today, purpose: '服务器采购', voucherNo: 'E-1' });
    const much = { amountFen: 50_000_001, spentOn: today, purpose: '装修', voucherNo: 'E-2' };
    expect((await office.send('wei-lan', second, 'recordExpense', much, (await office.read('wei-lan', second)).version)).body).toMatchObject({ rule: 'expenseIsCovered', figures: { unprovedFen: 50_000_000 } });
    expect(await get<Money>('wei-lan', `${second}/money`)).toMatchObject({
      line: 'reward', ceiling: { article: 'art. 12(2)', tier: 3, percent: 20, ceilingFen: 240_000_000, basis: 'approved', policy: 'gx-2025-draft' },
      award: { fen: 240_000_000, unfunded: false }, paidFen: 120_000_000, committedFen: 120_000_000, unprovedFen: 50_000_000, recoverableFen: 120_000_000,
      payments: [{ amountFen: 120_000_000, voucherNo: 'ZF-120000000', by: '潘红' }], expenses: [{ amountFen: 70_000_000, purpose: '服务器采购' }],
    });
    await office.does('wei-lan', second, 'recordExpense', { ...much, amountFen: 1, voucherNo: 'E-1' });
    expect((await get<Money>('long-fei', `${second}/money`)).expenses.map(({ repeated }) => repeated)).toEqual([undefined, true]);
  });

  it('is listed in the disbursement ledger, and its books open to their readers alone', async () => {
    const answer = await office.cloud.raw((await import('../../harness/small-cloud.ts')).requestOf('su-mei', 'GET', '/ledger/disbursements.xlsx?year=2025'));
    const book = await readXlsx(Buffer.from(answer.body ?? '', 'base64'));
    const rows = book.sheets[0]?.rows ?? [];
    // The clock of this test stands still: what happened in one instant has no order.
    const lines = rows.slice(2).map((row) => [row[2], row[3], row[13], row[14]]);
    expect(lines.slice(0, -1).toSorted()).toEqual([['拨付', 's-money-1', 1_200_000, 0], ['拨付', 's-money-2', 1_200_000, 0], ['收回', 's-money-1', 0, 700_000], ['核销', 's-money-1', 0, 500_000]].toSorted());
    expect(lines.at(-1)).toEqual([null, null, 2_400_000, 1_200_000]);
    expect(rows.filter((row) => row[2] === '收回').map((row) => [row[1], row[8], row[15]])).toEqual([[today, '第十九条；实施口径 R-062', 'SK-1']]);
    const listed = await get<{ paidFen: number; backFen: number; cut: boolean; items: { kind: string; scenario: string }[] }>('su-mei', '/ledger/disbursements?year=2025');
    expect([listed.paidFen, listed.backFen, listed.cut, listed.items.length]).toEqual([240_000_000, 120_000_000, false, 4]);
    for (const path of ['/ledger/trial-balance', '/ledger/entries', '/ledger/disbursements', '/funds/fund']) expect((await office.cloud.send('wei-lan', 'GET', path)).status, path).toBe(path === '/funds/fund' ? 404 : 403);
    const page = await get<{ items: { lines: unknown[] }[]; next?: string }>('long-fei', '/ledger/entries?limit=3');
    const { items: posted } = await get<{ items: { title?: string; lines: { scenario?: string }[] }[] }>('su-mei', '/ledger/entries?limit=200');
    for (const { title, lines } of posted) expect(title !== undefined).toBe(lines.some(({ scenario }) => scenario !== undefined));
    expect([page.items.length, page.next]).toEqual([3, expect.stringContaining('#')]);
    expect((await get<{ items: unknown[] }>('long-fei', `/ledger/entries?limit=200&after=${encodeURIComponent(page.next ?? '')}`)).items.length).toBeGreaterThan(3);
    expect((await office.cloud.send('long-fei', 'GET', '/ledger/entries?after=x')).status).toBe(400);
  });

  it('stands in the books as in the log, in the fund as in the books', async () => {
    await booksFollowTheLog(office.cloud.table, ['fund', 's-money-1', 's-money-2', 's-money-3', 's-money-1-R1']);
    await fundFollowsTheBooks(office.cloud.table);
    for (const path of paths) await scenarioFollowsTheBooks(office.cloud.table, path.slice('/scenarios/'.length));
  });
});
