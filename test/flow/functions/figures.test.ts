import { readXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countFigures } from '../../../functions/figures/count.ts';
import { Office } from '../../harness/office.ts';
import { requestOf } from '../../harness/small-cloud.ts';
import type { Figures } from '../../../functions/figures/figures.ts';

let office: Office;
beforeAll(async () => {
  office = await Office.start();
}, 60_000);
afterAll(() => office.cloud.stop());

const figures = async (): Promise<Figures> => (await office.cloud.send<Figures>('liang-shan', 'GET', '/figures')).body;

describe('the figures of the programme', () => {
  it('are counted for who asks before the first count, and never for others than the offices of the region', async () => {
    expect((await figures()).groups.class).toEqual([]);
    for (const person of ['wei-lan', 'lu-fang', 'expert-chen', 'deng-bo']) expect((await office.cloud.send(person, 'GET', '/figures')).status).toBe(403);
  });

  it('say where scenarios are, how long that took, who reviews, and what the next batch will be', async () => {
    await office.toAwaitingBatch();
    const path = await office.toBureau();
    await office.later(12);
    await office.does('li-ning', path, 'passFormalCheck');
    await office.does('li-ning', path, 'assignExperts', { experts: ['expert-chen', 'expert-zhou', 'expert-wu'] });
    const before = await figures();
    expect(await countFigures(office.cloud.desk())).toMatchObject({ looked: 2, done: true });
    const told = await figures();
    expect(told).toEqual(before);
    expect(told.groups.class).toMatchObject([{ key: 'governmentInvestment', label: '政府投资类场景', cases: 2, open: 2, investmentFen: 2_400_000_000 }]);
    expect(told.groups.city).toMatchObject([{ label: '南宁市', cases: 2 }]);
    expect(told.stays.find(({ leaf }) => leaf === 'intake.formalCheck')).toMatchObject({ ended: 2, medianDays: 0, p90Days: 12, open: 0 });
    expect(told.reviewers.find(({ id }) => id === 'expert-chen')).toMatchObject({ name: '陈思源', open: 1, submitted: 1 });
    expect(told.forecast).toMatchObject({ waiting: 1, underway: 1 });
    expect(told.forecast.high).toBe(2);
  });

  it('cost, when counted again, only the events since then, those of many cases together; a run that was cut off goes on', async () => {
    office.cloud.consumed();
    await countFigures(office.cloud.desk());
    const again = office.cloud.consumed().length;
    const path = await office.toBureau();
    for (let more = 0; more < 2; more += 1) await office.toBureau();
    office.cloud.consumed();
    await countFigures(office.cloud.desk());
    expect(office.cloud.consumed().length - again).toBeLessThanOrEqual(3);
    expect((await figures()).groups.class[0]?.cases).toBe(5);
    await office.does('li-ning', path, 'rejectFiling', { reason: '不符合' });
    await office.cloud.settle();
    for (let run = await countFigures(office.cloud.desk(), 0); !run.done; run = await countFigures(office.cloud.desk(), 0));
    expect((await figures()).groups.class[0]).toMatchObject({ cases: 5, open: 4 });
  });

  it('are the same when two runs meet', async () => {
    await office.toBureau();
    await Promise.all([countFigures(office.cloud.desk()), countFigures(office.cloud.desk())]);
    const met = await figures();
    await countFigures(office.cloud.desk());
    expect(met.groups.class[0]).toMatchObject({ cases: 6, open: 5 });
    expect((await figures()).stays).toEqual(met.stays);
  });

  it('are a workbook, too', async () => {
    const { statusCode, body } = await office.cloud.raw(requestOf('liang-shan', 'GET', '/figures.xlsx'));
    expect(statusCode).toBe(200);
    const book = await readXlsx(Buffer.from(body ?? '', 'base64'));
    expect(book.sheets.map(({ name }) => name)).toEqual(['按类别', '按环节', '按建设阶段', '按设区市', '按行业', '按方向', '环节用时', '评审工作量', '历次发布', '下一批预测']);
    expect(book.sheets[0]?.rows[2]?.slice(0, 4)).toEqual(['政府投资类场景', 6, 5, 7200]);
    expect((await office.cloud.raw(requestOf('wei-lan', 'GET', '/figures.xlsx'))).statusCode).toBe(403);
  });
});
