import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fundingBefore, type SameKindFunding } from '../../../functions/money/same-kind.ts';
import { loadCase } from '../../../functions/store/load.ts';
import { socialFormFixture } from '../../fixtures/forms.ts';
import { Office, type Case } from '../../harness/office.ts';
import { storedScenario } from './stored-story.ts';

let office: Office;
beforeAll(async () => {
  office = await Office.start('2025-03-11T01:00:00.000Z');
  const path = await storedScenario(office.cloud.table, 'socialInvestment', 's-paid');
  await office.cloud.settle({ lost: true });
  await office.later(0.01);
  await office.cloud.sweep();
  await office.cloud.settle();
  await office.does('li-ning', path, 'proposeAward', { amountFen: 40_000_000, reason: '按标准核定' });
  await office.does('liang-shan', path, 'approveAward');
  await office.pays(path, 40_000_000, '2025-03-11');
}, 120_000);
afterAll(() => office.cloud.stop());

/** Another filing of a unit, with its answer about other money; answers its id. */
async function filed(person: string, filedOn: string, answer: string, unit: object = {}): Promise<{ id: string; form: object }> {
  const { annex2, ...form } = socialFormFixture({ name: `新场景${filedOn}${answer}${person}`, ...unit }) as unknown as { annex2: { cover: object; basic: object } };
  const whole = { ...form, annex2: { ...annex2, cover: { ...annex2.cover, filedOn }, basic: { ...annex2.basic, sameKindFunding: answer } } };
  const { body, status } = await office.cloud.send<Case>(person, 'POST', '/scenarios', { body: { lifecycle: 'socialInvestment', form: whole }, headers: { 'idempotency-key': office.key() } });
  expect(status).toBe(201);
  return { id: body.id, form: whole };
}

async function before({ id, form }: { id: string; form: object }): Promise<SameKindFunding> {
  const head = await loadCase(office.cloud.table, id);
  if (!head) throw new Error('no case');
  return fundingBefore(office.cloud.desk(), head, form);
}

describe('same-kind money of the two years before a filing (R-076, A-14, A-15)', () => {
  it('is found in the books by credit code, and flagged where the form says there was none; the filing goes on', async () => {
    const none = await filed('qin-hai', '2026-05-10', '近两年未申请、未获得自治区同类财政资金支持');
    expect(await before(none)).toMatchObject({ from: '2024-05-10', to: '2026-05-10', undeclared: true, items: [{ case: 's-paid', kind: '拨付', on: '2025-03-11', fen: 40_000_000 }] });
    const { body } = await office.cloud.send<{ funding: SameKindFunding }>('li-ning', 'GET', `/scenarios/${none.id}/similar`);
    expect(body.funding).toMatchObject({ undeclared: false, declared: null, items: [{ case: 's-paid' }] });
    expect((await office.cloud.send('qin-hai', 'GET', `/scenarios/${none.id}/similar`)).status).toBe(403);
    expect((await office.read('qin-hai', `/scenarios/${none.id}`)).offers.find(({ command }) => command === 'withdraw')?.allowed).toBe(true);
    expect(await before(await filed('qin-hai', '2026-05-11', '2025年获得数字广西建设资金40万元'))).toMatchObject({ undeclared: false, items: [{ fen: 40_000_000 }] });
  });

  it.each([['2025-03-11', 1], ['2025-03-10', 1], ['2010-01-01', 1], ['2027-03-11', 1], ['2027-03-12', 0]])('counts back two years from the day of filing, which is not before that of the draft: %s', async (filedOn, found) => {
    expect((await before(await filed('qin-hai', filedOn, '无'))).items).toHaveLength(found);
  });

  it('is nobody else’s, but that of the unit that builds counts, whoever files', async () => {
    const other = { constructUnit: { name: '南宁邕江智联科技有限公司（演示）', uscc: '91450100MA5KA0001U' } };
    expect((await before(await filed('meng-jie', '2026-05-12', '无', other))).items).toEqual([]);
    expect((await before(await filed('meng-jie', '2026-05-13', '无'))).items).toMatchObject([{ case: 's-paid' }]);
  });
});
