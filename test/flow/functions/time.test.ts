import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { StopExecutionCommand } from '@aws-sdk/client-sfn';
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

  it('goes on in a next leg before its execution is a year old, at the same leaf', async () => {
    const { id } = await office.open();
    await office.cloud.settle();
    await office.later(356);
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

describe('a leg that failed', () => {
  it('is replaced by the sweep, at growing intervals while it keeps failing', async () => {
    const { id } = await office.open();
    await office.cloud.settle();
    const stop = async (leg: number) => office.cloud.states.send(new StopExecutionCommand({ executionArn: `arn:aws:states:ap-southeast-1:000000000000:execution:governmentInvestment:${id}-${leg}` }));
    const forget = () => office.cloud.table.client.send(new DeleteItemCommand({ TableName: office.cloud.table.name, Key: { pk: { S: `C#${id}` }, sk: { S: 'TOKEN#declaration.draft' } } }));
    await stop(1);
    await forget();
    await office.later(0.01);
    expect((await office.cloud.sweep()).repaired).toMatchObject({ legReplaced: 1 });
    await office.cloud.settle();
    await stop(2);
    await forget();
    await office.later(0.004);
    expect((await office.cloud.sweep()).repaired).toMatchObject({ backingOff: 1 });
    await office.later(0.01);
    expect((await office.cloud.sweep()).repaired).toMatchObject({ legReplaced: 1 });
    await office.cloud.settle();
    expect((await office.executions('governmentInvestment')).filter((line) => line.startsWith(id)).toSorted()).toEqual([`${id}-1 ABORTED`, `${id}-2 ABORTED`, `${id}-3 RUNNING`]);
  });

  it('is noticed, although its token lies there, when nobody comes at the end of a term', async () => {
    const { id } = await office.open();
    await office.cloud.settle();
    await office.cloud.states.send(new StopExecutionCommand({ executionArn: `arn:aws:states:ap-southeast-1:000000000000:execution:governmentInvestment:${id}-1` }));
    // 181 days are more than the 90 that Step Functions remembers a closed execution for: the leg's name is free again.
    await office.later(181);
    expect((await office.cloud.sweep()).repaired).toMatchObject({ legStarted: 1 });
    await office.cloud.settle();
    await office.later(0.01);
    expect((await office.read('li-ning', `/scenarios/${id}`)).context).toMatchObject({ reminders: 1 });
  });
});
