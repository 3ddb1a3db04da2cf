import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { actAsSystem } from '../../../functions/cases/act.ts';
import { governmentFormFixture, socialFormFixture } from '../../fixtures/forms.ts';
import { Office, type Case } from '../../harness/office.ts';

let office: Office;
beforeAll(async () => {
  office = await Office.start();
}, 60_000);
afterAll(() => office.cloud.stop());

interface Opened extends Case {
  readonly form?: { readonly form: { readonly system: Record<string, unknown>; readonly annex1?: Record<string, unknown>; readonly annex2?: Record<string, Record<string, unknown>> } };
}

const open = (person: string, body: object, key = office.key()) => office.cloud.send<Opened>(person, 'POST', '/scenarios', { body, headers: { 'idempotency-key': key } });
const formOf = async (person: string, id: string) => (await office.cloud.send<Opened>(person, 'GET', `/scenarios/${id}`)).body.form?.form;
const lineage = async (person: string, id: string) =>
  (await office.cloud.send<{ from: { kind: string; case: string; readable: boolean }[]; to: { case: string }[]; refilings: number; replications: number }>(person, 'GET', `/scenarios/${id}/lineage`)).body;

describe('a filing that begins from an earlier one of the own unit (A-22, requirements 8.2)', () => {
  it('has its fields but not what is declared anew, no attachments, and says which case it came from', async () => {
    const first = await office.open();
    await office.does('wei-lan', `/scenarios/${first.id}`, 'withdraw', { reason: '完善后再报' });
    const { status, body } = await open('huang-yu', { lifecycle: 'governmentInvestment', from: { kind: 'refiling', case: first.id } });
    expect(status).toBe(201);
    expect(body.context).toMatchObject({ origin: { kind: 'refiling', case: first.id }, parts: {}, handler: null });
    const source = governmentFormFixture({ name: first.context['name'] });
    const { nonSecret: _nonSecret, ...system } = source.system as Record<string, unknown>;
    expect(await formOf('huang-yu', body.id)).toEqual({ system, annex1: source.annex1 });
    expect(await lineage('huang-yu', body.id)).toMatchObject({ from: [{ kind: 'refiling', case: first.id, readable: true }], to: [] });
    expect(await lineage('wei-lan', first.id)).toMatchObject({ from: [], to: [{ case: body.id }], refilings: 1, replications: 0 });
    const third = await open('wei-lan', { lifecycle: 'governmentInvestment', from: { kind: 'refiling', case: body.id } });
    expect((await lineage('wei-lan', third.body.id)).from.map((each) => each.case)).toEqual([body.id, first.id]);
  });

  it('takes into another class what both have, and nothing that is signed or dated', async () => {
    const social = await open('qin-hai', { lifecycle: 'socialInvestment', form: socialFormFixture() });
    const again = await open('qin-hai', { lifecycle: 'socialInvestment', from: { kind: 'refiling', case: social.body.id } });
    const form = await formOf('qin-hai', again.body.id);
    expect(form?.annex2?.['cover']).not.toHaveProperty('filedOn');
    expect(form?.annex2).not.toHaveProperty('opinion');
    expect(form?.annex2?.['report']).toEqual((socialFormFixture().annex2 as Record<string, unknown>)['report']);
    const other = await open('qin-hai', { lifecycle: 'governmentInvestment', from: { kind: 'refiling', case: social.body.id } });
    const system = await formOf('qin-hai', other.body.id);
    expect(system).not.toHaveProperty('annex2');
    expect(system?.system).toMatchObject({ name: '石灰石矿山5G无人驾驶运输' });
    expect(system?.system).not.toHaveProperty('stage');
  });

  it('is the same one however often it is asked for, and nobody copies what is not theirs', async () => {
    const first = await office.open();
    const key = office.key();
    const body = { lifecycle: 'governmentInvestment', from: { kind: 'refiling', case: first.id } };
    const [one, two] = [await open('wei-lan', body, key), await open('wei-lan', body, key)];
    expect(two.body.id).toBe(one.body.id);
    expect((await lineage('wei-lan', first.id)).refilings).toBe(1);
    expect((await open('qin-hai', body)).status).toBe(404);
    expect((await open('qin-hai', { ...body, from: { kind: 'refiling', case: 's-unknown' } })).status).toBe(404);
    expect((await open('qin-hai', { ...body, from: { kind: 'replication', case: first.id } }))).toMatchObject({ status: 422, body: { rule: 'isInCaseLibrary' } });
    for (const wrong of [{ lifecycle: 'governmentInvestment' }, { ...body, from: { kind: 'theft', case: first.id } }, { ...body, from: { kind: 'refiling' } }]) expect((await open('wei-lan', wrong)).status).toBe(400);
    expect((await lineage('wei-lan', first.id)).refilings).toBe(1);
  });
});

describe('a case of the library that another unit replicates (R-034, R-043)', () => {
  it('lends what is to be learned from it, and is counted', async () => {
    const source = await inLibrary();
    const own = await open('huang-yu', { lifecycle: 'governmentInvestment', from: { kind: 'replication', case: source } });
    expect(own).toMatchObject({ status: 422, body: { rule: 'replicatesAnothers' } });
    const copy = await open('meng-jie', { lifecycle: 'governmentInvestment', from: { kind: 'replication', case: source }, profile: true });
    expect(copy.status).toBe(201);
    const form = await formOf('meng-jie', copy.body.id);
    const example = governmentFormFixture();
    expect(form?.annex1).toMatchObject({ architecture: example.annex1.architecture, reformTasks: example.annex1.reformTasks, planningBasis: expect.stringMatching(/^南宁市农产品流通服务中心（演示）：.*（案例库）$/) as unknown, responsibleUnit: '南宁邕江智联科技有限公司（演示）' });
    expect(form?.system).toMatchObject({ directions: example.system.directions, constructUnit: { name: '南宁邕江智联科技有限公司（演示）' }, division: '450103' });
    for (const kept of ['contact', 'totalInvestmentFen', 'name', 'localFiscalFen']) expect(form?.system).not.toHaveProperty(kept);
    // The source's unit learns that somebody replicates, not who: a draft is its unit's own.
    expect(await lineage('wei-lan', source)).toMatchObject({ to: [], replications: 1 });
    expect(await lineage('meng-jie', copy.body.id)).toMatchObject({ from: [{ kind: 'replication', case: source, readable: false }] });
    expect((await office.cloud.send('li-ning', 'GET', '/reuse')).body).toMatchObject({ whole: true, items: [{ case: source, replications: 1, units: 1, cities: 1, submitted: 0, published: 0, inCaseLibrary: 0 }] });
    for (const other of ['wei-lan', 'lu-fang', 'expert-chen']) expect((await office.cloud.send(other, 'GET', '/reuse')).status).toBe(403);
  });

  async function inLibrary(): Promise<string> {
    const path = await office.toAwaitingBatch();
    const id = path.split('/')[2] ?? '';
    const desk = { table: office.cloud.table, policy: 'gx-2025-draft', now: office.cloud.now() };
    await actAsSystem(desk, id, () => true, { command: { type: 'publish', args: { batch: '2025-H1', batchCase: 'batch-2025-H1', number: 'GX-2025-H1-0001' } } });
    await office.cloud.settle();
    const today = '2025-03-03';
    await office.does('wei-lan', path, 'recordProjectApproval', { approvalNo: '桂发改审批〔2025〕1号', approvedOn: today, totalInvestmentFen: 1_200_000_000 });
    await office.does('wei-lan', path, 'waiveAward', { reason: '自筹' });
    await office.does('wei-lan', path, 'registerIrs', { appCode: 'IRS-1', registeredOn: today, reason: '独立部署' });
    await office.does('wei-lan', path, 'reportCompletion', { completedOn: today, effect: '达到预期成效' });
    await office.inspects(path, today);
    await office.does('li-ning', path, 'passAcceptance', { conclusion: '合格', inspectedOn: today, finalAccountsFen: 1_100_000_000 });
    await office.does('li-ning', path, 'recordEvaluation', { year: 2025, grade: 'ordinary', targetMet: true, summary: '成效明显' });
    await office.does('li-ning', path, 'reportToGovernment', { documentNo: '桂数报〔2025〕1号', sentOn: today });
    await office.does('wei-lan', path, 'submitCaseText', { title: '可复制的经验', background: '以数据贯通业务。', practice: '以数据贯通业务。', effect: '办理时间缩短30%。', experience: '先统一标准，再推广。' });
    await office.does('li-ning', path, 'acceptCase');
    await office.cloud.settle();
    return id;
  }
});

describe('a unit’s profile (requirements 7, 8.15)', () => {
  const save = (person: string, profile: object, version: number) => office.cloud.send<{ version: number; profile: object; by?: object }>(person, 'POST', '/unit-profile', { body: profile, headers: { 'idempotency-key': office.key(), 'if-match': `"${version}"` } });

  it('fills what is blank in a new filing, and no later change of it reaches one that runs', async () => {
    const contact = { name: '蒙洁', phone: '0771-5550102' };
    expect((await office.cloud.send('meng-jie', 'GET', '/unit-profile')).body).toEqual({ version: 0, profile: {} });
    expect((await save('meng-jie', { contact, address: '南宁市青秀区' }, 0)).body).toMatchObject({ version: 1, by: { person: 'meng-jie' } });
    const running = await open('meng-jie', { lifecycle: 'socialInvestment', form: { system: { name: '甲' } }, profile: true });
    const before = await formOf('meng-jie', running.body.id);
    expect(before).toMatchObject({ system: { name: '甲', contact, sectors: ['industryInformation'] }, annex2: { cover: { applicant: '南宁邕江智联科技有限公司（演示）', phone: contact.phone }, basic: { address: '南宁市青秀区' } } });
    expect((await save('meng-jie', { contact: { ...contact, phone: '0771-5550199' } }, 1)).status).toBe(200);
    expect(await formOf('meng-jie', running.body.id)).toEqual(before);
    const form = { ...before, system: { ...before?.system, name: '乙' } };
    expect((await office.does('meng-jie', `/scenarios/${running.body.id}`, 'saveForm', { form })).version).toBe(2);
    expect((await formOf('meng-jie', (await open('meng-jie', { lifecycle: 'socialInvestment', form: {}, profile: true })).body.id))?.system).toMatchObject({ contact: { phone: '0771-5550199' } });
  });

  it('is the unit’s alone, saved on the version that was read, and never half', async () => {
    expect(await save('qin-hai', { contact: { name: '覃海', phone: 'x' } }, 0)).toMatchObject({ status: 400, body: { errors: [{ pointer: '/contact/phone' }] } });
    expect((await save('qin-hai', { surprise: 1 }, 0)).status).toBe(400);
    expect((await save('qin-hai', { address: '柳州市' }, 0)).status).toBe(200);
    expect((await save('qin-hai', { address: '柳州市' }, 0)).body).toMatchObject({ version: 1 }); // the same save again
    expect(await save('qin-hai', { address: '柳州市柳南区' }, 0)).toMatchObject({ status: 412, body: { version: 1 } });
    expect((await save('wei-lan', { address: '南宁市' }, 3)).status).toBe(412);
    for (const office_ of ['lu-fang', 'li-ning', 'expert-chen']) expect((await office.cloud.send(office_, 'GET', '/unit-profile')).status).toBe(403);
    expect((await office.cloud.send('huang-yu', 'GET', '/unit-profile')).body).toEqual({ version: 0, profile: {} });
  });
});
