import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StartExecutionCommand } from '@aws-sdk/client-sfn';
import { governmentFormFixture } from '../../fixtures/forms.ts';
import { Office, type Case } from '../../harness/office.ts';

let office: Office;
beforeAll(async () => {
  office = await Office.start();
}, 60_000);
afterAll(() => office.cloud.stop());

describe('the journey of a command', () => {
  it('answers the case with its version, what may be done and the open tasks', async () => {
    const opened = await office.open();
    expect(opened.state).toEqual(['declaration.draft']);
    expect(opened.offers.find(({ command }) => command === 'submit')).toMatchObject({ allowed: true });
    expect(opened.tasks).toMatchObject([{ queue: 'applicant#nanning-logistics' }]);
    const reply = await office.send('wei-lan', `/scenarios/${opened.id}`, 'submit', { handler: 'nanning-data' }, 1);
    expect(reply).toMatchObject({ status: 200, headers: { etag: '"2"' }, body: { version: 2 } });
    const tasks = await office.cloud.send<{ items: { case: string }[] }>('lu-fang', 'GET', '/tasks');
    expect(tasks.body.items.map((one) => one.case)).toContain(opened.id);
  });

  it('has its execution follow through the automatic preflight to the formal check', async () => {
    const path = await office.toBureau();
    await office.cloud.settle();
    const { body } = await office.cloud.send<Case>('li-ning', 'GET', path);
    expect(body.state).toEqual(['intake.formalCheck']);
    expect(await office.executions('governmentInvestment')).toContain(`${body.id}-1 RUNNING`);
  });

  it('lets one of fifty people who decide the same task win, and writes one event', async () => {
    const path = `/scenarios/${(await office.open()).id}`;
    const { version } = await office.does('wei-lan', path, 'submit', { handler: 'nanning-data' });
    const replies = await Promise.all(Array.from({ length: 50 }, () => office.send('lu-fang', path, 'aggregate', { opinion: '同意', sealed: true }, version)));
    const statuses = replies.map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(statuses.filter((status) => status === 409 || status === 412)).toHaveLength(49);
    const { body } = await office.cloud.send<{ items: unknown[] }>('lu-fang', 'GET', `${path}/events`);
    expect(body.items).toHaveLength(version + 1);
  });

  it('answers the same request again with the first answer, also after the case has moved on', async () => {
    const path = `/scenarios/${(await office.open()).id}`;
    const key = office.key();
    const first = await office.send('wei-lan', path, 'submit', { handler: 'nanning-data' }, 1, key);
    expect(await office.send('wei-lan', path, 'submit', { handler: 'nanning-data' }, 1, key)).toEqual(first);
    await office.does('lu-fang', path, 'aggregate', { opinion: '同意', sealed: true });
    expect(await office.send('wei-lan', path, 'submit', { handler: 'nanning-data' }, 1, key)).toEqual(first);
    expect((await office.send('wei-lan', path, 'submit', { handler: 'liuzhou-data' }, 1, key)).status).toBe(412);
    expect((await office.send('huang-yu', path, 'submit', { handler: 'nanning-data' }, 1, key)).status).toBe(412);
  });

  it('opens the same scenario for the same key once, and refuses the key for another form', async () => {
    const headers = { 'idempotency-key': office.key() };
    const body = { lifecycle: 'governmentInvestment', form: governmentFormFixture() };
    const first = await office.cloud.send<Case>('wei-lan', 'POST', '/scenarios', { body, headers });
    const again = await office.cloud.send<Case>('wei-lan', 'POST', '/scenarios', { body, headers });
    expect(again).toEqual(first);
    const other = await office.cloud.send('wei-lan', 'POST', '/scenarios', { body: { ...body, form: governmentFormFixture({ name: '另一个' }) }, headers });
    expect(other).toMatchObject({ status: 409, body: { type: '/problems/conflict' } });
  });

  it('shows a case to nobody who has no business with it', async () => {
    const path = `/scenarios/${(await office.open()).id}`;
    for (const person of ['qin-hai', 'mo-qiang', 'lu-fang', 'expert-chen']) expect(await office.cloud.send(person, 'GET', path)).toMatchObject({ status: 404, body: { type: '/problems/not-found' } });
    expect((await office.send('qin-hai', path, 'submit', { handler: 'liuzhou-data' }, 1)).status).toBe(404);
    expect((await office.cloud.send('nobody-known', 'GET', path)).status).toBe(403);
    expect((await office.cloud.send('li-ning', 'GET', path)).status).toBe(200);
  });

  it('refuses forged events of the statechart and commands that only the workflow sends', async () => {
    const path = `/scenarios/${(await office.open()).id}`;
    expect((await office.send('wei-lan', path, 'xstate.done.state.declaration', {}, 1)).status).toBe(404);
    expect(await office.send('wei-lan', path, 'deadlinePassed', { leaf: 'declaration.draft' }, 1)).toMatchObject({ status: 403, body: { type: '/problems/not-allowed' } });
    expect((await office.send('wei-lan', path, 'confirmAttachment', {}, 1)).status).toBe(403);
    expect((await office.cloud.send<Case>('wei-lan', 'GET', path)).body.version).toBe(1);
  });

  it('names every unknown field and says which header is missing', async () => {
    const path = `/scenarios/${(await office.open()).id}/commands/submit`;
    const headers = { 'idempotency-key': office.key(), 'if-match': '"1"' };
    expect(await office.cloud.send('wei-lan', 'POST', path, { body: { handler: 'nanning-data', extra: 1 }, headers })).toMatchObject({ status: 400, body: { errors: [{ pointer: '/extra' }] } });
    expect(await office.cloud.send('wei-lan', 'POST', path, { body: {}, headers: { 'idempotency-key': office.key() } })).toMatchObject({ status: 428 });
    expect(await office.cloud.send('wei-lan', 'POST', path, { body: {}, headers: { 'if-match': '"1"' } })).toMatchObject({ status: 400 });
  });
});

describe('publication', () => {
  it('moves selected scenarios on by the schedule, in one batch, however often the schedule fires', async () => {
    const path = await office.toAwaitingBatch();
    expect((await office.cloud.send<Case>('li-ning', 'GET', path)).body.state).toEqual(['awaitingBatch']);
    const alias = 'arn:aws:states:ap-southeast-1:000000000000:stateMachine:publication:live';
    for (const name of ['once', 'twice']) await office.cloud.states.send(new StartExecutionCommand({ stateMachineArn: alias, name, input: JSON.stringify({ scheduledTime: '2025-06-30T01:00:00Z' }) }));
    await office.cloud.settle();
    const batch = (await office.cloud.send<Case>('liang-shan', 'GET', '/batches/batch-2025-H1')).body;
    expect(batch.state).toEqual(['awaitingSignOff']);
    await office.does('li-ning', '/batches/batch-2025-H1', 'checkList', { listSha256: batch.context['listSha256'] });
    await office.does('liang-shan', '/batches/batch-2025-H1', 'signOff', { documentNo: '桂数发〔2025〕58号', listSha256: batch.context['listSha256'] });
    await office.cloud.settle();
    expect((await office.cloud.send<Case>('liang-shan', 'GET', '/batches/batch-2025-H1')).body).toMatchObject({ state: ['published'], context: { published: 1, refused: 0 } });
    const { body } = await office.cloud.send<Case>('wei-lan', 'GET', path);
    expect(body.context).toMatchObject({ batch: '2025-H1', listNumber: 'GX-2025-H1-0001' });
    expect(body.state.toSorted()).toEqual(['construction.funding.awardProposing', 'construction.irs.registering', 'construction.project.approval'].toSorted());
    expect((await office.executions('publication')).toSorted()).toEqual(['once SUCCEEDED', 'twice SUCCEEDED']);
    const list = await office.cloud.send<{ items: { case: string; number: string }[] }>('anybody', 'GET', '/published/2025-H1');
    expect(list.body.items).toMatchObject([{ case: body.id, number: 'GX-2025-H1-0001' }]);
    expect((await office.cloud.send<{ items: { batch: string }[] }>('anybody', 'GET', '/published')).body.items).toMatchObject([{ batch: '2025-H1', count: 1 }]);
  });

  it('A-14, A-41: recognises a second filing of what was published, as open and as a repetition', async () => {
    const { items } = (await office.cloud.send<{ items: { id: string; title: string }[] }>('li-ning', 'GET', '/scenarios?phase=construction')).body;
    const form = governmentFormFixture({ name: items[0]?.title });
    const opened = await office.cloud.send<Case>('wei-lan', 'POST', '/scenarios', { body: { lifecycle: 'governmentInvestment', form }, headers: { 'idempotency-key': office.key() } });
    const path = `/scenarios/${opened.body.id}`;
    const twins = async (person: string) => (await office.cloud.send<{ items: { article: string; figures?: unknown }[] }>(person, 'GET', `${path}/formal-check`)).body.items.filter(({ article }) => article === 'policy A-41').map(({ figures }) => figures);
    expect(await twins('wei-lan')).toEqual([{ duplicates: [items[0]?.id] }]);
    await office.does('wei-lan', path, 'submit', { handler: 'nanning-data' });
    await office.does('lu-fang', path, 'aggregate', { opinion: '同意', sealed: true });
    await office.does('lu-fang', path, 'submitToBureau');
    await office.cloud.settle();
    expect(await twins('li-ning')).toEqual([{ duplicates: [items[0]?.id] }]);
    expect((await office.read('li-ning', path)).context).toMatchObject({ duplicates: [items[0]?.id], repeats: [items[0]?.id] });
  });

  it.each(['li-ning', 'wei-lan'])('lists nothing of a phase that the wanted lifecycle has not, and refuses what is no phase at all, for %s', async (person) => {
    const list = (query: string) => office.cloud.send<{ items: unknown[] }>(person, 'GET', `/scenarios?${query}`);
    expect((await list('lifecycle=governmentInvestment&phase=construction')).body.items).not.toEqual([]);
    expect(await list('lifecycle=socialInvestment&phase=construction')).toMatchObject({ status: 200, body: { items: [] } });
    expect(await list('lifecycle=governmentInvestment&leaf=support')).toMatchObject({ status: 200, body: { items: [] } });
    expect(await list('phase=opening')).toMatchObject({ status: 400, body: { errors: [{ pointer: '/phase' }] } });
  });

  it('leaves the parallel state of an execution when a scenario is terminated', async () => {
    const { body } = await office.cloud.send<{ items: { id: string; state: string[] }[] }>('li-ning', 'GET', '/scenarios?phase=construction');
    const id = body.items[0]?.id ?? '';
    await office.does('liang-shan', `/scenarios/${id}`, 'terminate', { reason: '项目取消' });
    await office.cloud.settle();
    expect(await office.executions('governmentInvestment')).toContain(`${id}-1 SUCCEEDED`);
  });
});
