import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digestsOf } from '../../../functions/store/digest.ts';
import { canonical } from '../../../shared/canonical.ts';
import { checkCaseFile } from '../../../shared/case-file.ts';
import { Office, type Case } from '../../harness/office.ts';

let office: Office;
let scenario: string;
beforeAll(async () => {
  office = await Office.start();
  scenario = (await office.open()).id;
}, 60_000);
afterAll(() => office.cloud.stop());

const wanted = { dataTypes: ['经营主体登记', '农产品价格'], scope: '南宁市2023年以来', purpose: '农产品流通监测' };
const day = (after = 0): string => new Date(office.cloud.now() + 8 * 3_600_000 + after * 86_400_000).toISOString().slice(0, 10);
const promises = () => [{ name: '登记接口', dueOn: day(10) }, { name: '价格目录', dueOn: day(20) }];

function open(body: object, person = 'wei-lan', key = office.key()) {
  return office.cloud.send<Case & { detail: string; rule: string }>(person, 'POST', '/demands', { body, headers: { 'idempotency-key': key } });
}

async function opened(level = 'city', handler = 'nanning-data'): Promise<string> {
  const { status, body } = await open({ scenario, level, handler, ...wanted });
  expect(status).toBe(201);
  await office.cloud.settle();
  return `/demands/${body.id}`;
}

interface Board {
  readonly parties: readonly { readonly org: string; readonly waiting: number; readonly overdue: number; readonly demands: readonly { readonly case: string; readonly leaf: string; readonly overdue: boolean; readonly waits: readonly { readonly org: string }[]; readonly promises: readonly { readonly name: string; readonly overdue: boolean }[] }[] }[];
}

async function waitedFor(id: string): Promise<string[]> {
  const { body } = await office.cloud.send<Board>('li-ning', 'GET', '/demand-board');
  return body.parties.filter(({ demands }) => demands.some((each) => each.case === id)).map(({ org }) => org).sort();
}

describe('a demand for data (art. 16)', () => {
  it('R-054: states type, scope and purpose, or nothing is stored', async () => {
    for (const missing of ['dataTypes', 'scope', 'purpose'] as const) {
      const { [missing]: _left, ...rest } = wanted;
      const { status, body } = await open({ scenario, level: 'city', handler: 'nanning-data', ...rest });
      expect([status, (body as unknown as { errors: { pointer: string }[] }).errors[0]?.pointer]).toEqual([400, `/${missing}`]);
    }
    expect((await office.cloud.send<{ items: unknown[] }>('wei-lan', 'GET', '/demands')).body.items).toEqual([]);
  });

  it('R-055: goes to the data authority of the level, and to no other', async () => {
    const names = async (query: string) => (await office.cloud.send<{ items: { id: string }[] }>('wei-lan', 'GET', `/data-authorities?${query}`)).body.items.map(({ id }) => id);
    expect(await names('level=region&division=450100')).toEqual(['gx-info-center']);
    expect(await names('level=city&division=450100')).toEqual(['nanning-data']);
    // A county without an authority of its own files with its city.
    expect(await names('level=county&division=450222')).toEqual(['liuzhou-data']);
    for (const [level, handler] of [['city', 'liuzhou-data'], ['city', 'gx-info-center'], ['region', 'nanning-data'], ['city', 'gx-market'], ['city', 'nobody']]) {
      const { status, body } = await open({ scenario, level, handler, ...wanted });
      expect([status, body.rule]).toEqual([422, 'handlerIsOfTheLevel']);
    }
  });

  it('is asked for by the own unit only; the same request twice is one demand', async () => {
    expect((await open({ scenario, level: 'city', handler: 'nanning-data', ...wanted }, 'meng-jie')).status).toBe(404);
    expect((await open({ scenario, level: 'city', handler: 'nanning-data', ...wanted }, 'li-ning')).status).toBe(403);
    const key = office.key();
    const twice = [await open({ scenario, level: 'city', handler: 'nanning-data', ...wanted }, 'wei-lan', key), await open({ scenario, level: 'city', handler: 'nanning-data', ...wanted }, 'wei-lan', key)];
    expect(new Set(twice.map(({ body }) => body.id)).size).toBe(1);
    await office.does('wei-lan', `/demands/${twice[0]?.body.id}`, 'withdraw', { reason: '重复' });
    await office.cloud.settle();
  });

  it('R-056, R-057, R-059: is agreed in a meeting, signed by both sides, delivered by promises and judged; each is waited for in turn', async () => {
    const path = await opened();
    const id = path.slice(9);
    expect(await waitedFor(id)).toEqual(['nanning-data']);
    await office.does('shi-qing', path, 'returnDemand', { reason: '请写明字段' });
    await office.does('wei-lan', path, 'resubmitDemand', { ...wanted, scope: '南宁市2023年以来，统一社会信用代码、名称' });
    await office.does('shi-qing', path, 'acceptDemand', { provider: 'gx-market' });
    expect(await waitedFor(id)).toEqual(['gx-market']);
    expect((await office.read('nong-min', path)).tasks).toMatchObject([{ queue: 'aggregator#gx-market' }]);
    expect((await office.cloud.send('tan-jun', 'GET', path)).status).toBe(404);
    await office.does('nong-min', path, 'raiseDifficulty', { reason: '数据尚未归集' });
    // No minutes, no agreement.
    const { version } = await office.read('shi-qing', path);
    for (const command of ['releaseData', 'offerData']) expect((await office.send('shi-qing', path, command, command === 'offerData' ? { plan: '接口', promises: promises() } : {}, version)).status).toBe(409);
    expect((await office.send('shi-qing', path, 'recordMeeting', { heldOn: day(), participants: ['双方'], promises: promises() }, version)).status).toBe(400);
    expect((await office.send('shi-qing', path, 'recordMeeting', { heldOn: day(1), participants: ['双方'], minutes: '商定', promises: promises() }, version)).body).toMatchObject({ rule: 'meetingIsNotInTheFuture' });
    await office.does('shi-qing', path, 'recordMeeting', { heldOn: day(), participants: ['南宁市农产品流通服务中心', '自治区市场监管局'], minutes: '分两批提供', promises: promises() });
    expect(await waitedFor(id)).toEqual(['gx-market', 'nanning-logistics']);
    await office.does('wei-lan', path, 'signAsUser', { responsible: '韦岚', undertaken: true });
    const signing = await office.read('shi-qing', path);
    expect((await office.send('shi-qing', path, 'releaseData', {}, signing.version)).body).toMatchObject({ rule: 'bothHaveSigned', figures: { user: true, provider: false } });
    await office.does('nong-min', path, 'signAsProvider', { responsible: '农敏', undertaken: true });
    await office.does('shi-qing', path, 'releaseData');
    await office.cloud.settle();
    expect(await office.executions('dataDemand')).toContain(`${id}-1 RUNNING`);
    // what is late is flagged, with the provider.
    await office.later(12);
    const { body: board } = await office.cloud.send<Board>('shi-qing', 'GET', '/demand-board');
    const row = board.parties.find(({ org }) => org === 'gx-market')?.demands.find((each) => each.case === id);
    expect(row).toMatchObject({ leaf: 'delivering', overdue: false, promises: [{ name: '登记接口', overdue: true }, { name: '价格目录', overdue: false }] });
    await office.does('shi-qing', path, 'recordProgress', { note: '已督办' });
    for (const name of ['登记接口', '价格目录']) await office.does('nong-min', path, 'recordDelivery', { name, deliveredOn: day() });
    await office.does('nong-min', path, 'reportDelivered');
    await office.does('wei-lan', path, 'reportDefects', { reason: '价格缺两周', items: [{ pointer: '/promises/价格目录', reason: '缺数据' }], dueOn: day(5) });
    await office.does('nong-min', path, 'recordDelivery', { name: '价格目录', deliveredOn: day() });
    await office.does('nong-min', path, 'reportDelivered');
    const done = await office.does('wei-lan', path, 'confirmUsable', { accuracy: 5, completeness: 4, timeliness: 3, comment: '可用' });
    await office.cloud.settle();
    expect(done).toMatchObject({ status: 'done', context: { quality: { accuracy: 5, completeness: 4, timeliness: 3 }, meetings: 1, defects: 1 } });
    expect(await office.executions('dataDemand')).toContain(`${id}-1 SUCCEEDED`);
    expect(await waitedFor(id)).toEqual([]);
    const { body: file } = await office.cloud.send('wei-lan', 'GET', `${path}/case-file`);
    expect(checkCaseFile(Buffer.from(canonical(file)), digestsOf)).toMatchObject({ whole: true });
  });

  it('R-058: who does not answer in time is overdue on the board, and is reminded', async () => {
    const path = await opened('region', 'gx-info-center');
    await office.does('deng-bo', path, 'acceptDemand', { provider: 'gx-industry' });
    await office.cloud.settle();
    await office.later(15);
    const { body } = await office.cloud.send<Board>('deng-bo', 'GET', '/demand-board');
    expect(body.parties[0]).toMatchObject({ org: 'gx-industry', waiting: 1, overdue: 1, demands: [{ overdue: true, waits: [{ org: 'nanning-logistics' }, { org: 'gx-info-center' }] }] });
    expect((await office.read('deng-bo', path)).context['reminders']).toBeGreaterThan(0);
    // Another city's authority sees nothing of it; units and experts no board at all.
    expect((await office.cloud.send<Board>('ma-lin', 'GET', '/demand-board')).body.parties).toEqual([]);
    for (const person of ['wei-lan', 'expert-chen', 'nong-min']) expect((await office.cloud.send(person, 'GET', '/demand-board')).status).toBe(403);
  });

  it('may be handed to the authority of another level, which then decides', async () => {
    const path = await opened();
    const { version } = await office.read('shi-qing', path);
    for (const handler of ['gx-market', 'nanning-data']) expect((await office.send('shi-qing', path, 'transferDemand', { handler, reason: '请受理' }, version)).body).toMatchObject({ rule: 'handlerIsDataAuthority' });
    await office.does('shi-qing', path, 'transferDemand', { handler: 'gx-info-center', reason: '数据在自治区平台' });
    expect((await office.cloud.send('shi-qing', 'GET', path)).status).toBe(404);
    await office.does('deng-bo', path, 'refuseDemand', { reason: '涉及个人隐私，不宜共享' });
    await office.cloud.settle();
    expect((await office.read('wei-lan', path)).state).toEqual(['refused']);
  });
});
