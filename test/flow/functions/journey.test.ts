import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ListExecutionsCommand } from '@aws-sdk/client-sfn';
import { governmentFormFixture } from '../../fixtures/forms.ts';
import { startSmallCloud, type Reply, type SmallCloud } from '../../harness/small-cloud.ts';

interface Case {
  readonly id: string;
  readonly version: number;
  readonly state: readonly string[];
  readonly context: Record<string, unknown>;
  readonly offers: readonly { readonly command: string; readonly allowed: boolean }[];
  readonly tasks: readonly { readonly queue: string }[];
}

let keys = 0;
const fresh = (): string => `key-${String((keys += 1)).padStart(8, '0')}`;

let cloud: SmallCloud;
beforeAll(async () => {
  cloud = await startSmallCloud();
}, 60_000);
afterAll(() => cloud.stop());

async function open(person = 'wei-lan'): Promise<Case> {
  const reply = await cloud.send<Case>(person, 'POST', '/scenarios', { body: { lifecycle: 'governmentInvestment', form: governmentFormFixture() }, headers: { 'idempotency-key': fresh() } });
  expect(reply.body).toMatchObject({ version: 1 });
  return reply.body;
}

function send(person: string, path: string, command: string, args: object, version: number, key = fresh()): Promise<Reply<Case>> {
  return cloud.send<Case>(person, 'POST', `${path}/commands/${command}`, { body: args, headers: { 'idempotency-key': key, 'if-match': `"${version}"` } });
}

async function does(person: string, path: string, command: string, args: object = {}): Promise<Case> {
  const { body } = await cloud.send<Case>(person, 'GET', path);
  const reply = await send(person, path, command, args, body.version);
  if (reply.status !== 200) throw new Error(`${person} ${command}: ${reply.status} ${JSON.stringify(reply.body)}`);
  return reply.body;
}

async function running(lifecycle: string): Promise<string[]> {
  const { executions } = await cloud.states.send(new ListExecutionsCommand({ stateMachineArn: `arn:aws:states:ap-southeast-1:000000000000:stateMachine:${lifecycle}` }));
  return (executions ?? []).map(({ name, status }) => `${name} ${status}`);
}

async function toBureau(): Promise<string> {
  const path = `/scenarios/${(await open()).id}`;
  await does('wei-lan', path, 'submit', { handler: 'nanning-data' });
  await does('lu-fang', path, 'aggregate', { opinion: '需求真实，同意汇总报送。', sealed: true });
  await does('lu-fang', path, 'submitToBureau');
  return path;
}

const sheet = (base: number) => ({ scores: { majorTask: base, innovation: base, expectedTarget: base, economicBenefit: base, socialBenefit: base }, comment: '建议入选', conflictFree: true });

async function toAwaitingBatch(): Promise<string> {
  const path = await toBureau();
  await cloud.settle();
  await does('li-ning', path, 'passFormalCheck');
  const experts = ['expert-chen', 'expert-zhou', 'expert-wu', 'expert-lin', 'expert-xie'];
  await does('li-ning', path, 'assignExperts', { experts });
  await does('zhao-wen', path, 'proposeLeadUnit', { leadUnit: 'gx-market', departments: ['gx-market', 'gx-industry'] });
  await does('nong-min', path, 'replyOnLeadUnit', { agree: true, comment: '同意' });
  await does('tan-jun', path, 'replyOnLeadUnit', { agree: true, comment: '同意' });
  await does('zhao-wen', path, 'confirmLeadUnit', { record: '已会商' });
  for (const expert of experts) await does(expert, path, 'submitSheet', sheet(85));
  await does('li-ning', path, 'closeReview');
  await does('li-ning', path, 'proposeSelection', { reason: '达标' });
  await does('liang-shan', path, 'approveSelection');
  await cloud.settle();
  return path;
}

describe('the journey of a command', () => {
  it('answers the case with its version, what may be done and the open tasks', async () => {
    const opened = await open();
    expect(opened.state).toEqual(['declaration.draft']);
    expect(opened.offers.find(({ command }) => command === 'submit')).toMatchObject({ allowed: true });
    expect(opened.tasks).toMatchObject([{ queue: 'applicant#nanning-logistics' }]);
    const reply = await send('wei-lan', `/scenarios/${opened.id}`, 'submit', { handler: 'nanning-data' }, 1);
    expect(reply).toMatchObject({ status: 200, headers: { etag: '"2"' }, body: { version: 2 } });
    const tasks = await cloud.send<{ items: { case: string }[] }>('lu-fang', 'GET', '/tasks');
    expect(tasks.body.items.map((one) => one.case)).toContain(opened.id);
  });

  it('has its execution follow through the automatic preflight to the formal check', async () => {
    const path = await toBureau();
    await cloud.settle();
    const { body } = await cloud.send<Case>('li-ning', 'GET', path);
    expect(body.state).toEqual(['intake.formalCheck']);
    expect(await running('governmentInvestment')).toContain(`${body.id}-1 RUNNING`);
  });

  it('lets one of fifty people who decide the same task win, and writes one event', async () => {
    const path = `/scenarios/${(await open()).id}`;
    const { version } = await does('wei-lan', path, 'submit', { handler: 'nanning-data' });
    const replies = await Promise.all(Array.from({ length: 50 }, () => send('lu-fang', path, 'aggregate', { opinion: '同意', sealed: true }, version)));
    const statuses = replies.map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(statuses.filter((status) => status === 409 || status === 412)).toHaveLength(49);
    const { body } = await cloud.send<{ items: unknown[] }>('lu-fang', 'GET', `${path}/events`);
    expect(body.items).toHaveLength(version + 1);
  });

  it('answers the same request again with the first answer, also after the case has moved on', async () => {
    const path = `/scenarios/${(await open()).id}`;
    const key = fresh();
    const first = await send('wei-lan', path, 'submit', { handler: 'nanning-data' }, 1, key);
    expect(await send('wei-lan', path, 'submit', { handler: 'nanning-data' }, 1, key)).toEqual(first);
    await does('lu-fang', path, 'aggregate', { opinion: '同意', sealed: true });
    expect(await send('wei-lan', path, 'submit', { handler: 'nanning-data' }, 1, key)).toEqual(first);
    expect((await send('wei-lan', path, 'submit', { handler: 'liuzhou-data' }, 1, key)).status).toBe(412);
    expect((await send('huang-yu', path, 'submit', { handler: 'nanning-data' }, 1, key)).status).toBe(412);
  });

  it('opens the same scenario for the same key once, and refuses the key for another form', async () => {
    const headers = { 'idempotency-key': fresh() };
    const body = { lifecycle: 'governmentInvestment', form: governmentFormFixture() };
    const first = await cloud.send<Case>('wei-lan', 'POST', '/scenarios', { body, headers });
    const again = await cloud.send<Case>('wei-lan', 'POST', '/scenarios', { body, headers });
    expect(again).toEqual(first);
    const other = await cloud.send('wei-lan', 'POST', '/scenarios', { body: { ...body, form: governmentFormFixture({ name: '另一个' }) }, headers });
    expect(other).toMatchObject({ status: 409, body: { type: '/problems/conflict' } });
  });

  it('shows a case to nobody who has no business with it', async () => {
    const path = `/scenarios/${(await open()).id}`;
    for (const person of ['qin-hai', 'mo-qiang', 'lu-fang', 'expert-chen']) expect(await cloud.send(person, 'GET', path)).toMatchObject({ status: 404, body: { type: '/problems/not-found' } });
    expect((await send('qin-hai', path, 'submit', { handler: 'liuzhou-data' }, 1)).status).toBe(404);
    expect((await cloud.send('nobody-known', 'GET', path)).status).toBe(403);
    expect((await cloud.send('li-ning', 'GET', path)).status).toBe(200);
  });

  it('refuses forged events of the statechart and commands that only the workflow sends', async () => {
    const path = `/scenarios/${(await open()).id}`;
    expect((await send('wei-lan', path, 'xstate.done.state.declaration', {}, 1)).status).toBe(404);
    expect(await send('wei-lan', path, 'deadlinePassed', { leaf: 'declaration.draft' }, 1)).toMatchObject({ status: 403, body: { type: '/problems/not-allowed' } });
    expect((await send('wei-lan', path, 'confirmAttachment', {}, 1)).status).toBe(403);
    expect((await cloud.send<Case>('wei-lan', 'GET', path)).body.version).toBe(1);
  });

  it('names every unknown field and says which header is missing', async () => {
    const path = `/scenarios/${(await open()).id}/commands/submit`;
    const headers = { 'idempotency-key': fresh(), 'if-match': '"1"' };
    expect(await cloud.send('wei-lan', 'POST', path, { body: { handler: 'nanning-data', extra: 1 }, headers })).toMatchObject({ status: 400, body: { errors: [{ pointer: '/extra' }] } });
    expect(await cloud.send('wei-lan', 'POST', path, { body: {}, headers: { 'idempotency-key': fresh() } })).toMatchObject({ status: 428 });
    expect(await cloud.send('wei-lan', 'POST', path, { body: {}, headers: { 'if-match': '"1"' } })).toMatchObject({ status: 400 });
  });
});

describe('publication', () => {
  it('moves selected scenarios on by the schedule, in one batch, however often the schedule fires', async () => {
    const path = await toAwaitingBatch();
    expect((await cloud.send<Case>('li-ning', 'GET', path)).body.state).toEqual(['awaitingBatch']);
    const alias = 'arn:aws:states:ap-southeast-1:000000000000:stateMachine:publication:live';
    const { StartExecutionCommand } = await import('@aws-sdk/client-sfn');
    for (const name of ['once', 'twice']) await cloud.states.send(new StartExecutionCommand({ stateMachineArn: alias, name, input: JSON.stringify({ scheduledTime: '2025-06-30T01:00:00Z' }) }));
    await cloud.settle();
    const batch = (await cloud.send<Case>('liang-shan', 'GET', '/batches/batch-2025-H1')).body;
    expect(batch.state).toEqual(['awaitingSignOff']);
    await does('liang-shan', '/batches/batch-2025-H1', 'signOff', { documentNo: '桂数发〔2025〕58号', listSha256: batch.context['listSha256'] });
    await cloud.settle();
    expect((await cloud.send<Case>('liang-shan', 'GET', '/batches/batch-2025-H1')).body).toMatchObject({ state: ['published'], context: { published: 1, refused: 0 } });
    const { body } = await cloud.send<Case>('wei-lan', 'GET', path);
    expect(body.context).toMatchObject({ batch: '2025-H1', listNumber: 'GX-2025-H1-0001' });
    expect(body.state.toSorted()).toEqual(['construction.funding.proposing', 'construction.irs.registering', 'construction.project.approval'].toSorted());
    expect((await running('publication')).toSorted()).toEqual(['once SUCCEEDED', 'twice SUCCEEDED']);
    const list = await cloud.send<{ items: { case: string; number: string }[] }>('anybody', 'GET', '/published/2025-H1');
    expect(list.body.items).toMatchObject([{ case: body.id, number: 'GX-2025-H1-0001' }]);
    expect((await cloud.send<{ items: { batch: string }[] }>('anybody', 'GET', '/published')).body.items).toMatchObject([{ batch: '2025-H1', count: 1 }]);
  });

  it('leaves the parallel state of an execution when a scenario is terminated', async () => {
    const { body } = await cloud.send<{ items: { id: string; state: string[] }[] }>('li-ning', 'GET', '/scenarios?phase=construction');
    const id = body.items[0]?.id ?? '';
    await does('liang-shan', `/scenarios/${id}`, 'terminate', { reason: '项目取消' });
    await cloud.settle();
    expect(await running('governmentInvestment')).toContain(`${id}-1 SUCCEEDED`);
  });
});

describe('time and outages', () => {
  it('reminds when a term is over and keeps waiting', async () => {
    const { id } = await open();
    await cloud.settle();
    await cloud.moveTo(new Date(cloud.now() + 200 * 86_400_000).toISOString());
    const { body } = await cloud.send<Case>('li-ning', 'GET', `/scenarios/${id}`);
    expect(body).toMatchObject({ state: ['declaration.draft'], context: { reminders: 1 } });
    expect(await running('governmentInvestment')).toContain(`${id}-1 RUNNING`);
  });

  it('goes on in a next leg after 300 days, at the same leaf', async () => {
    const { id } = await open();
    await cloud.settle();
    await cloud.moveTo(new Date(cloud.now() + 320 * 86_400_000).toISOString());
    const legs = (await running('governmentInvestment')).filter((line) => line.startsWith(id)).toSorted();
    expect(legs).toEqual([`${id}-1 SUCCEEDED`, `${id}-2 RUNNING`]);
    await does('wei-lan', `/scenarios/${id}`, 'withdraw', { reason: '不再申报' });
    await cloud.settle();
    expect(await running('governmentInvestment')).toContain(`${id}-2 SUCCEEDED`);
  });

  it('is repaired by the sweep when the relay lost events', async () => {
    const { id } = await open();
    await cloud.settle({ lost: true });
    await cloud.moveTo(new Date(cloud.now() + 600_000).toISOString());
    expect((await cloud.sweep()).repaired).toMatchObject({ legStarted: 1 });
    await cloud.settle();
    await does('wei-lan', `/scenarios/${id}`, 'submit', { handler: 'nanning-data' });
    await cloud.settle({ lost: true });
    await cloud.moveTo(new Date(cloud.now() + 600_000).toISOString());
    expect((await cloud.sweep()).repaired).toMatchObject({ woken: 1 });
    await cloud.settle();
    await cloud.moveTo(new Date(cloud.now() + 600_000).toISOString());
    expect(Object.keys((await cloud.sweep()).repaired)).toEqual(['fine']);
  });
});

describe('attachments', () => {
  const pdf = Buffer.from('%PDF-1.4\n1 0 obj\n<< >>\nendobj\ntrailer\n<< >>\n%%EOF\n');
  const announce = (bytes: Buffer, more: object = {}) => ({ part: 'projectApproval', name: '批复.pdf', type: 'application/pdf', size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex'), ...more });
  interface Ticket { readonly attachment: { readonly id: string }; readonly upload: { readonly url: string; readonly headers: Record<string, string> } }
  const ticket = (path: string, bytes: Buffer) => cloud.send<Ticket>('wei-lan', 'POST', `${path}/attachments`, { body: announce(bytes), headers: { 'idempotency-key': fresh() } });

  it('are uploaded by a signed link, checked by their bytes, and read back by a link', async () => {
    const path = `/scenarios/${(await open()).id}`;
    const { status, body } = await ticket(path, pdf);
    expect(status).toBe(201);
    expect(await cloud.send('wei-lan', 'POST', `${path}/attachments/${body.attachment.id}/confirm`)).toMatchObject({ status: 409 });
    expect((await fetch(body.upload.url, { method: 'PUT', headers: body.upload.headers, body: new Uint8Array(pdf) })).status).toBe(200);
    const confirmed = await cloud.send('wei-lan', 'POST', `${path}/attachments/${body.attachment.id}/confirm`);
    expect(confirmed).toMatchObject({ status: 200, body: { version: 2, attachment: { status: 'confirmed' } } });
    expect(await cloud.send('wei-lan', 'POST', `${path}/attachments/${body.attachment.id}/confirm`)).toMatchObject({ status: 200, body: { version: 2 } });
    const link = await cloud.send<{ url: string }>('wei-lan', 'GET', `${path}/attachments/${body.attachment.id}/link`);
    expect(Buffer.from(await (await fetch(link.body.url)).arrayBuffer())).toEqual(pdf);
    expect((await cloud.send('qin-hai', 'GET', `${path}/attachments/${body.attachment.id}/link`)).status).toBe(404);
  });

  it('of other bytes, lengths or types than announced are refused by the store itself, and twice over one upload', async () => {
    const path = `/scenarios/${(await open()).id}`;
    const { body } = await ticket(path, pdf);
    const other = Buffer.from(pdf);
    other[20] = 0x41;
    expect((await fetch(body.upload.url, { method: 'PUT', headers: body.upload.headers, body: new Uint8Array(other) })).status).toBe(400);
    expect((await fetch(body.upload.url, { method: 'PUT', headers: { ...body.upload.headers, 'content-type': 'text/html' }, body: new Uint8Array(pdf) })).status).toBe(403);
    const longer = Buffer.concat([pdf, pdf]);
    expect((await fetch(body.upload.url, { method: 'PUT', headers: { ...body.upload.headers, 'content-length': String(longer.length) }, body: new Uint8Array(longer) })).status).toBe(403);
    expect((await fetch(body.upload.url, { method: 'PUT', headers: body.upload.headers, body: new Uint8Array(pdf) })).status).toBe(200);
    expect((await fetch(body.upload.url, { method: 'PUT', headers: body.upload.headers, body: new Uint8Array(pdf) })).status).toBe(412);
  });

  it('that are not what their type says are refused at the confirmation', async () => {
    const path = `/scenarios/${(await open()).id}`;
    const script = Buffer.from('<script>alert(1)</script>');
    const { body } = await ticket(path, script);
    await fetch(body.upload.url, { method: 'PUT', headers: body.upload.headers, body: new Uint8Array(script) });
    expect(await cloud.send('wei-lan', 'POST', `${path}/attachments/${body.attachment.id}/confirm`)).toMatchObject({ status: 400, body: { errors: [{ pointer: '/type' }] } });
    expect((await cloud.send<Case>('wei-lan', 'GET', path)).body.version).toBe(1);
  });

  it('over 50 MB or of foreign types are not even announced', async () => {
    const path = `/scenarios/${(await open()).id}/attachments`;
    const headers = { 'idempotency-key': fresh() };
    expect(await cloud.send('wei-lan', 'POST', path, { body: announce(pdf, { size: 50 * 1024 * 1024 + 1 }), headers })).toMatchObject({ status: 400, body: { errors: [{ pointer: '/size' }] } });
    expect(await cloud.send('wei-lan', 'POST', path, { body: announce(pdf, { type: 'application/x-msdownload' }), headers })).toMatchObject({ status: 400, body: { errors: [{ pointer: '/type' }] } });
  });
});
