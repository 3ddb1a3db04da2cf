import { ListStateMachineAliasesCommand, ListStateMachinesCommand, DescribeExecutionCommand, StartExecutionCommand, type SFNClient } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadHeads } from '../../../functions/store/load.ts';
import { statesClient } from '../../demo/promises.ts';
import { evidenceIn } from '../../faults/evidence.ts';
import { divergenceOf } from '../../walk/agreement.ts';
import { awaitingScenarios } from './awaiting-scenarios.ts';
import { startWholeCloud, type WholeCloud } from './whole-cloud.ts';

// Enough for several transactions of the run, so that there is a half-way.
const scenarios = 32;
const half = '2026-H2';
const batch = `/batches/batch-${half}`;
const scheduledTime = '2026-12-31T01:00:00.000Z';
let cloud: WholeCloud;
let ids: readonly string[];

beforeAll(async () => {
  cloud = await startWholeCloud();
  ids = await awaitingScenarios(cloud.story, scenarios);
}, 240_000);
afterAll(() => cloud.remove());

/** Fires the schedule once more, as EventBridge Scheduler does: at least once means sometimes twice. */
async function fire(states: SFNClient, time: string): Promise<string> {
  const { stateMachines = [] } = await states.send(new ListStateMachinesCommand({}));
  const machine = stateMachines.find(({ name }) => name?.endsWith('publication'))?.stateMachineArn;
  const { stateMachineAliases = [] } = await states.send(new ListStateMachineAliasesCommand({ stateMachineArn: machine }));
  const { executionArn = '' } = await states.send(new StartExecutionCommand({ stateMachineArn: stateMachineAliases[0]?.stateMachineAliasArn, input: JSON.stringify({ scheduledTime: time }) }));
  return executionArn;
}

const publishedCount = async (): Promise<number> => (await loadHeads(cloud.table, ids)).filter(({ snapshot }) => snapshot.context['batch'] === half).length;
const publishEvents = async (): Promise<number[]> => {
  const evidence = await evidenceIn(cloud.table);
  return ids.map((id) => evidence.get(id)?.events.filter(({ event }) => event.command === 'publish').length ?? 0);
};
const listOf = async (): Promise<{ case: string; number: string }[]> => {
  const items: { case: string; number: string }[] = [];
  let cursor = '';
  do {
    const { status, body } = await cloud.story.as('wei-lan').get<{ items: { case: string; number: string }[]; next?: string }>(`/published/${half}${cursor}`);
    expect(status).toBe(200);
    items.push(...body.items);
    cursor = body.next === undefined ? '' : `?cursor=${encodeURIComponent(body.next)}`;
  } while (cursor !== '');
  return items;
};

describe('the publication of a half-year', () => {
  it('is opened once though its schedule fires four times', async () => {
    await cloud.story.moveClock({ to: '2026-12-31T15:59:00.000Z' });
    const states = statesClient(cloud.endpoints);
    const again = await Promise.all([1, 2, 3].map(() => fire(states, scheduledTime)));
    await cloud.story.settle();
    for (const executionArn of again) {
      const { status, output } = await states.send(new DescribeExecutionCommand({ executionArn }));
      expect({ status, output }).toMatchObject({ status: 'SUCCEEDED', output: expect.stringContaining('"duplicate":true') });
    }
    const { body } = await cloud.story.as('liang-shan').get<{ items: { id: string }[] }>('/batches');
    expect(body.items.map(({ id }) => id)).toEqual([`batch-${half}`]);
  });

  it('that is killed half-way through the list goes on after the restart, and each scenario is published once under its frozen number', async () => {
    const before = await cloud.story.read('liang-shan', batch);
    expect(before.context['count']).toBe(scenarios);
    await cloud.story.command('li-ning', batch, 'checkList', { listSha256: before.context['listSha256'], note: '清单与遴选结果一致。' });
    await cloud.story.command('liang-shan', batch, 'signOff', { documentNo: '桂数发〔2026〕58号', listSha256: before.context['listSha256'] });
    let published = 0;
    while (published === 0) published = await publishedCount();
    expect(published).toBeLessThan(scenarios);
    await cloud.killAndRestart();
    await cloud.story.settle();
    await cloud.story.moveClock({ advance: 'PT10M' });
    await cloud.story.settle();
    expect(await publishEvents()).toEqual(ids.map(() => 1));
    const list = await listOf();
    expect(list.map(({ case: id }) => id).sort()).toEqual([...ids].sort());
    expect(list.map(({ number }) => number)).toEqual(ids.map((_, index) => `GX-${half}-${String(index + 1).padStart(4, '0')}`));
    const evidence = await evidenceIn(cloud.table);
    const numberOf = (id: string) => evidence.get(id)?.events.find(({ event }) => event.command === 'publish')?.event.args['number'];
    expect(list.filter(({ case: id, number }) => numberOf(id) !== number)).toEqual([]);
    const states = statesClient(cloud.endpoints);
    for (const id of [`batch-${half}`, ...ids]) expect(await divergenceOf(cloud.table, states, id)).toBeUndefined();
  });

  it('fired again after its end changes neither list nor scenarios, and the next half-year fired thrice at one moment is opened once', async () => {
    const before = await listOf();
    const states = statesClient(cloud.endpoints);
    await fire(states, scheduledTime);
    await Promise.all([1, 2, 3].map(() => fire(states, '2027-06-30T01:00:00.000Z')));
    await cloud.story.settle();
    expect(await listOf()).toEqual(before);
    expect(await publishEvents()).toEqual(ids.map(() => 1));
    const { body } = await cloud.story.as('liang-shan').get<{ items: { id: string }[] }>('/batches');
    expect(body.items.map(({ id }) => id).sort()).toEqual(['batch-2026-H2', 'batch-2027-H1']);
  });
});
