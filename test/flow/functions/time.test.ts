import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Office, type Case } from '../../harness/office.ts';

let office: Office;
beforeAll(async () => {
  office = await Office.start();
}, 60_000);
afterAll(() => office.cloud.stop());

describe('time and outages', () => {
  it('reminds when a term is over and keeps waiting', async () => {
    const { id } = await office.open();
    await office.cloud.settle();
    await office.later(200);
    const { body } = await office.cloud.send<Case>('li-ning', 'GET', `/scenarios/${id}`);
    expect(body).toMatchObject({ state: ['declaration.draft'], context: { reminders: 1 } });
    expect(await office.executions('governmentInvestment')).toContain(`${id}-1 RUNNING`);
  });

  it('goes on in a next leg after 300 days, at the same leaf', async () => {
    const { id } = await office.open();
    await office.cloud.settle();
    await office.later(320);
    const legs = (await office.executions('governmentInvestment')).filter((line) => line.startsWith(id)).toSorted();
    expect(legs).toEqual([`${id}-1 SUCCEEDED`, `${id}-2 RUNNING`]);
    await office.does('wei-lan', `/scenarios/${id}`, 'withdraw', { reason: '不再申报' });
    await office.cloud.settle();
    expect(await office.executions('governmentInvestment')).toContain(`${id}-2 SUCCEEDED`);
  });

  it('is repaired by the sweep when the relay lost events', async () => {
    const { id } = await office.open();
    await office.cloud.settle({ lost: true });
    await office.later(0.01);
    expect((await office.cloud.sweep()).repaired).toMatchObject({ legStarted: 1 });
    await office.cloud.settle();
    await office.does('wei-lan', `/scenarios/${id}`, 'submit', { handler: 'nanning-data' });
    await office.cloud.settle({ lost: true });
    await office.later(0.01);
    expect((await office.cloud.sweep()).repaired).toMatchObject({ woken: 1 });
    await office.cloud.settle();
    await office.later(0.01);
    expect(Object.keys((await office.cloud.sweep()).repaired)).toEqual(['fine']);
  });
});
