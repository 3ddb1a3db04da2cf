import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkCharacter } from '../../../shared/uscc.ts';
import { Office } from '../../harness/office.ts';

let office: Office;
beforeAll(async () => void (office = await Office.start()), 60_000);
afterAll(() => office.cloud.stop());

interface Accounts {
  readonly unit: { readonly id: string };
  readonly charge: string;
  readonly items: readonly { readonly person: string; readonly roles: readonly string[]; readonly active: boolean }[];
  readonly log: readonly { readonly by: string; readonly person: string; readonly change: string; readonly reason: string }[];
  readonly errors?: readonly { readonly pointer: string }[];
}

const read = (person: string, org?: string) => office.cloud.send<Accounts>(person, 'GET', `/unit-accounts${org === undefined ? '' : `?org=${org}`}`);
const register = (by: string, body: object) => office.cloud.send<Accounts>(by, 'POST', '/unit-accounts', { body: { roles: ['applicant'], reason: '新到岗', ...body } });
const change = (by: string, person: string, body: object) => office.cloud.send<Accounts>(by, 'POST', `/unit-accounts/${person}/change`, { body: { reason: '人员变动', ...body } });
const newUnit = (by: string, body: object) => office.cloud.send<Accounts>(by, 'POST', '/units', { body: { name: '南宁青秀智能农业有限公司（演示）', kind: 'enterprise', uscc: code('91450100MA5KB0001'), division: '450103', admin: { person: 'u-qiu', name: '邱立' }, reason: '营业执照已核验', ...body } });
const code = (first: string): string => first + checkCharacter(first);
const me = async (person: string): Promise<number> => (await office.cloud.send(person, 'GET', '/me')).status;
const row = (accounts: Accounts, person: string) => accounts.items.find((each) => each.person === person);

describe('the accounts of a unit (requirements 8.16)', () => {
  it('are looked after by its administrator: somebody is registered, files at once, is suspended at once, and restored', async () => {
    expect(await me('u-new')).toBe(403);
    const registered = await register('huang-yu', { person: 'u-new', name: '新来' });
    expect(registered).toMatchObject({ status: 200, body: { unit: { id: 'nanning-logistics' }, charge: 'ownUnit', log: [{ by: '黄宇', person: 'u-new', change: 'registered', reason: '新到岗' }] } });
    expect((await register('huang-yu', { person: 'u-new', name: '新来' })).body.log).toHaveLength(1);
    const { id } = await office.open('u-new');
    expect((await change('huang-yu', 'u-new', { active: false })).body.log[0]).toMatchObject({ change: 'suspended' });
    expect(await me('u-new')).toBe(403);
    expect((await office.cloud.send('u-new', 'GET', `/scenarios/${id}`)).status).toBe(403);
    expect((await office.send('u-new', `/scenarios/${id}`, 'withdraw', { reason: '不报了' }, 1)).status).toBe(403);
    expect((await office.cloud.send<{ items: { person: string }[] }>('wei-lan', 'GET', '/colleagues')).body.items.map(({ person }) => person)).not.toContain('u-new');
    expect((await office.read('wei-lan', `/scenarios/${id}`)).context['filer']).toBe('u-new');
    expect(row((await change('huang-yu', 'u-new', { active: true })).body, 'u-new')).toEqual({ person: 'u-new', name: '新来', roles: ['applicant'], active: true });
    expect(await me('u-new')).toBe(200);
    expect((await read('huang-yu')).body.log.map(({ change: what }) => what)).toEqual(['restored', 'suspended', 'registered']);
  });

  it('keep an administrator, whom nobody makes or unmakes of themselves, until an authority above decides', async () => {
    expect(await change('huang-yu', 'huang-yu', { active: false })).toMatchObject({ status: 422, body: { rule: 'accountIsNotTheOwn' } });
    expect(await change('huang-yu', 'wei-lan', { roles: ['applicant', 'unitAdmin'] })).toMatchObject({ status: 200 });
    expect(await change('wei-lan', 'huang-yu', { roles: ['applicant'] })).toMatchObject({ status: 200 });
    expect((await read('huang-yu')).status).toBe(403);
    expect(await change('huang-yu', 'wei-lan', { active: false })).toMatchObject({ status: 404 });
    await change('wei-lan', 'huang-yu', { roles: ['unitAdmin'] });
    await change('huang-yu', 'wei-lan', { roles: ['applicant'] });
  });

  it('asked for by requests that arrive at the same moment are changed once, and all are told the same', async () => {
    const asked = { person: 'u-once', name: '同时', roles: ['applicant'] };
    const eight = <T>(send: () => Promise<T>): Promise<T[]> => Promise.all(Array.from({ length: 8 }, send));
    const answers = [await eight(() => register('huang-yu', asked)), await eight(() => change('huang-yu', 'u-once', { roles: ['unitAdmin'] })), await eight(() => newUnit('lu-fang', { name: '南宁良庆冷链有限公司（演示）', uscc: code('91450100MA5KC0001'), admin: { person: 'u-first', name: '首任' } }))];
    for (const some of answers) expect(some.map(({ status }) => status)).toEqual(Array(8).fill(200));
    expect((await read('huang-yu')).body.log.filter(({ person }) => person === 'u-once').map(({ change: what }) => what)).toEqual(['changed', 'registered']);
    await change('huang-yu', 'u-once', { active: false });
  });

  it('keep an administrator when two suspend each other at the same moment', async () => {
    await change('huang-yu', 'wei-lan', { roles: ['applicant', 'unitAdmin'] });
    for (let round = 0; round < 5; round += 1) {
      const answers = await Promise.all([change('huang-yu', 'wei-lan', { active: false }), change('wei-lan', 'huang-yu', { active: false })]);
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      for (const person of ['huang-yu', 'wei-lan']) await change('li-ning', person, { active: true });
    }
    await change('huang-yu', 'wei-lan', { roles: ['applicant'] });
  });

  it('are recovered by the city of the unit, its sector’s department or the Bureau when the administrator is gone; by no other', async () => {
    for (const stranger of ['mo-qiang', 'tan-jun', 'wei-lan', 'qin-hai', 'expert-chen', 'pan-hong', 'long-fei', 'zhao-wen', 'shi-qing']) {
      expect((await read(stranger, 'nanning-logistics')).status, stranger).toBe(403);
      expect((await register(stranger, { org: 'nanning-logistics', person: 'u-bad', name: '冒名', roles: ['unitAdmin'] })).status, stranger).toBe(403);
      expect((await change(stranger, 'huang-yu', { active: false })).status, stranger).toBe(404);
    }
    expect(await me('u-bad')).toBe(403);
    expect(await change('lu-fang', 'huang-yu', { active: false, reason: '原管理员离职，单位来函' })).toMatchObject({ status: 200, body: { charge: 'superior' } });
    expect(await me('huang-yu')).toBe(403);
    await office.later(1);
    expect(await register('nong-min', { org: 'nanning-logistics', person: 'u-head', name: '新管', roles: ['applicant', 'unitAdmin'], reason: '单位来函更换管理员' })).toMatchObject({ status: 200 });
    expect((await read('u-head')).body.log[0]).toMatchObject({ by: '农敏', person: 'u-head', reason: '单位来函更换管理员' });
    expect(await change('u-head', 'huang-yu', { active: true })).toMatchObject({ status: 200 });
    expect((await read('li-ning', 'guiling-cement')).status).toBe(200);
  });

  it('take nobody from another unit or office, and give no office', async () => {
    expect(await register('huang-yu', { person: 'qin-hai', name: '覃海' })).toMatchObject({ status: 409 });
    for (const person of ['li-ning', 'expert-chen', 'lu-fang']) {
      expect((await register('huang-yu', { person, name: '谁' })).status, person).toBe(409);
      for (const by of ['huang-yu', 'li-ning', 'lu-fang']) expect((await change(by, person, { active: false })).status, `${by} ${person}`).toBe(404);
    }
    expect((await read('lu-fang', 'nanning-data')).status).toBe(403);
    expect((await register('li-ning', { org: 'gx-bureau', person: 'u-x', name: '甲' })).status).toBe(403);
    for (const body of [{ roles: ['bureauOfficer'] }, { roles: [] }, { person: '../x' }, { person: '' }, { name: ' ' }, { reason: '' }]) expect((await register('huang-yu', { person: 'u-y', name: '乙', ...body })).status, JSON.stringify(body)).toBe(400);
    expect((await change('huang-yu', 'wei-lan', {})).status).toBe(400);
    // Who has left one unit may be taken on by another; what they did stays in both logs.
    await office.later(1);
    await change('huang-yu', 'u-new', { active: false, reason: '调离' });
    expect(await register('meng-jie', { person: 'u-new', name: '新来' })).toMatchObject({ status: 200, body: { unit: { id: 'yongjiang-tech' } } });
    expect(row((await read('huang-yu')).body, 'u-new')).toBeUndefined();
    expect((await read('huang-yu')).body.log[0]).toMatchObject({ person: 'u-new', change: 'suspended', reason: '调离' });
    expect((await office.cloud.send<{ org: { id: string } }>('u-new', 'GET', '/me')).body.org.id).toBe('yongjiang-tech');
  });

  it('begin with a new unit, registered once by an authority of its area, whose administrator files on the same day', async () => {
    expect(await newUnit('lu-fang', { uscc: '91450100MA5KB00010' })).toMatchObject({ status: 400, body: { errors: [{ pointer: '/uscc' }] } });
    for (const stranger of ['mo-qiang', 'huang-yu', 'expert-chen', 'long-fei']) expect((await newUnit(stranger, {})).status, stranger).toBe(403);
    expect((await newUnit('lu-fang', { division: '110000' })).status).toBe(400);
    expect((await newUnit('lu-fang', { sector: 'x' })).status).toBe(400);
    expect((await newUnit('lu-fang', { admin: { person: 'qin-hai', name: '覃海' } })).status).toBe(409);
    const made = await newUnit('lu-fang', {});
    expect(made).toMatchObject({ status: 200, body: { items: [{ person: 'u-qiu', roles: ['applicant', 'unitAdmin'], active: true }], log: [{ by: '陆芳', change: 'registered' }] } });
    expect((await newUnit('lu-fang', {})).body.log).toHaveLength(1);
    expect((await newUnit('li-ning', { name: '另一名称', admin: { person: 'u-else', name: '别人' } })).status).toBe(409);
    expect((await office.cloud.send<{ items: { id: string }[] }>('li-ning', 'GET', `/organisations?q=${encodeURIComponent('青秀智能')}`)).body.items).toHaveLength(1);
    expect((await office.open('u-qiu')).id).toMatch(/^s-/);
    expect(await register('u-qiu', { person: 'u-clerk', name: '文员' })).toMatchObject({ status: 200, body: { items: [{ person: 'u-clerk' }, { person: 'u-qiu' }] } });
  });

  it('are changed once when two change them at one moment', async () => {
    const answers = await Promise.all(['a', 'b', 'c', 'd'].map(() => change('u-qiu', 'u-clerk', { active: false })));
    expect(answers.every(({ status }) => status === 200 || status === 409)).toBe(true);
    expect((await read('u-qiu')).body.log.filter(({ change: what }) => what === 'suspended')).toHaveLength(1);
  });
});
