import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { governmentFormFixture } from '../../fixtures/forms.ts';
import { Office, type Case } from '../../harness/office.ts';

let office: Office;
beforeAll(async () => {
  office = await Office.start();
}, 60_000);
afterAll(() => office.cloud.stop());

interface Revisions {
  readonly items: readonly { readonly revision: number; readonly by: { readonly name: string }; readonly submitted: boolean; readonly changed: number }[];
  readonly next?: number;
}
interface Changes {
  readonly from: number;
  readonly to: number;
  readonly changes: readonly { readonly pointer: string; readonly before: unknown; readonly after: unknown; readonly by: { readonly name: string } }[];
}
interface Formed extends Case {
  readonly form?: { readonly revision: number; readonly submitted: boolean; readonly form: { readonly system: Record<string, unknown> } };
}

const get = async <T>(person: string, path: string) => office.cloud.send<T>(person, 'GET', path);
const save = (person: string, path: string, form: object, version: number, key?: string) => office.send(person, path, 'saveForm', { form }, version, key);

async function draft(): Promise<{ readonly path: string; readonly form: ReturnType<typeof governmentFormFixture> }> {
  const { id } = await office.open();
  const path = `/scenarios/${id}`;
  const { body } = await get<Formed>('wei-lan', path);
  return { path, form: body.form?.form as unknown as ReturnType<typeof governmentFormFixture> };
}

const withName = <F extends object>(form: F, name: string): F => ({ ...form, system: { ...(form as { system: object }).system, name } });
const withDivision = <F extends object>(form: F, division: string): F => ({ ...form, system: { ...(form as { system: object }).system, division } });

describe('a draft', () => {
  it('keeps every save as a revision, with who changed what between any two', async () => {
    const { path, form } = await draft();
    expect((await save('wei-lan', path, withName(form, '第一版'), 1)).status).toBe(200);
    expect((await save('huang-yu', path, withDivision(withName(form, '第一版'), '450102'), 2)).status).toBe(200);
    expect((await save('wei-lan', path, withDivision(withName(form, '第二版'), '450102'), 3)).status).toBe(200);
    const { body } = await get<Revisions>('wei-lan', `${path}/revisions?limit=2`);
    expect(body.items.map(({ revision, changed, submitted }) => [revision, changed, submitted])).toEqual([[4, 1, false], [3, 1, false]]);
    expect((await get<Revisions>('wei-lan', `${path}/revisions?limit=2&before=${body.next}`)).body.items.map(({ revision }) => revision)).toEqual([2, 1]);
    const changes = (await get<Changes>('wei-lan', `${path}/revisions/4/changes?since=1`)).body.changes;
    expect(changes.map(({ pointer, after, by }) => [pointer, after, by.name]).toSorted()).toEqual([['/system/division', '450102', '黄宇'], ['/system/name', '第二版', '韦岚']]);
    expect((await get<Changes>('wei-lan', `${path}/revisions/4/changes`)).body).toMatchObject({ from: 3, to: 4, changes: [{ pointer: '/system/name', before: '第一版', after: '第二版' }] });
    expect((await get<{ form: object }>('wei-lan', `${path}/revisions/1`)).body.form).toEqual(form);
  });

  it('takes an older revision back by saving it again', async () => {
    const { path, form } = await draft();
    await save('wei-lan', path, withName(form, '改坏了'), 1);
    const old = (await get<{ form: object }>('wei-lan', `${path}/revisions/1`)).body.form;
    expect((await save('wei-lan', path, old, 2)).status).toBe(200);
    expect((await get<Changes>('wei-lan', `${path}/revisions/3/changes?since=1`)).body.changes).toEqual([]);
  });

  it('that two people fill shows both changes when they meet, and how they go together when they do not', async () => {
    const { path, form } = await draft();
    await save('huang-yu', path, withDivision(form, '450103'), 1);
    const apart = await save('wei-lan', path, withName(form, '我的名称'), 1);
    expect(apart).toMatchObject({ status: 412, body: { type: '/problems/stale-version', version: 2, conflict: { revision: 2, by: { name: '黄宇' }, theirs: [{ pointer: '/system/division' }], yours: [{ pointer: '/system/name', after: '我的名称' }], both: [] } } });
    const { merged } = (apart.body as unknown as { conflict: { merged: object } }).conflict;
    expect(await save('wei-lan', path, merged, 2)).toMatchObject({ status: 200, body: { version: 3 } });
    const met = await save('huang-yu', path, withName(withDivision(form, '450103'), '他的名称'), 2);
    expect(met).toMatchObject({ status: 412, body: { conflict: { both: [{ pointer: '/system/name', theirs: '我的名称', yours: '他的名称' }] } } });
    expect((met.body as unknown as { conflict: object }).conflict).not.toHaveProperty('merged');
  });

  it('is saved although something else happened to the case meanwhile, and a save whose answer was lost is not saved twice', async () => {
    const { path, form } = await draft();
    await office.does('li-ning', path, 'hold', { reason: '核实' });
    await office.does('li-ning', path, 'resume', { reason: '已核实' });
    const key = office.key();
    const first = await save('wei-lan', path, withName(form, '照旧保存'), 1, key);
    expect(first).toMatchObject({ status: 200, body: { version: 4 } });
    expect(await save('wei-lan', path, withName(form, '照旧保存'), 1, key)).toEqual(first);
    expect((await save('wei-lan', path, withName(form, '太新'), 9)).status).toBe(412);
  });

  it('is nobody else’s to read, and what is submitted is told from what is saved', async () => {
    const { path, form } = await draft();
    await save('wei-lan', path, withName(form, '草稿中的名称'), 1);
    expect((await get<Formed>('li-ning', path)).body.form).toBeUndefined();
    expect((await get<Revisions>('li-ning', `${path}/revisions`)).body.items).toEqual([]);
    expect((await get('li-ning', `${path}/revisions/2`)).status).toBe(404);
    expect((await get('lu-fang', `${path}/revisions`)).status).toBe(404);
    const events = (await get<{ items: { args: object; withheld?: true }[] }>('li-ning', `${path}/events`)).body.items;
    expect(events.map(({ args, withheld }) => [Object.keys(args), withheld])).toEqual([[[], true], [[], true]]);
    await office.does('wei-lan', path, 'submit', { handler: 'nanning-data' });
    expect((await get<Formed>('lu-fang', path)).body.form).toMatchObject({ revision: 2, submitted: true, form: { system: { name: '草稿中的名称' } } });
  });
});

describe('a returned filing', () => {
  it('shows its reasons, and to the officer the difference to the version returned, once it is submitted again', async () => {
    const { path, form } = await draft();
    await office.does('wei-lan', path, 'submit', { handler: 'nanning-data' });
    await office.does('lu-fang', path, 'returnForCorrection', { reason: '请补正', items: [{ pointer: '/system/name', reason: '名称不规范' }] });
    const { version } = await office.read('wei-lan', path);
    expect((await save('wei-lan', path, withName(form, '规范的名称'), version)).status).toBe(200);
    expect((await get<Formed>('lu-fang', path)).body.form).toMatchObject({ revision: 1, submitted: true });
    expect((await get<Formed>('wei-lan', path)).body.form).toMatchObject({ revision: 4, submitted: false });
    expect((await get('lu-fang', `${path}/correction`)).body).toMatchObject({ rounds: 1, reason: '请补正', items: [{ pointer: '/system/name', reason: '名称不规范' }], changes: [] });
    await office.does('wei-lan', path, 'submit', { handler: 'nanning-data' });
    expect((await get('lu-fang', `${path}/correction`)).body).toMatchObject({ rounds: 1, changes: [{ pointer: '/system/name', after: '规范的名称', by: { name: '韦岚' } }] });
  });

  it('is not to be asked for where nothing was returned', async () => {
    const { path } = await draft();
    expect((await get('wei-lan', `${path}/correction`)).status).toBe(404);
    expect((await get('wei-lan', `${path}/revisions/x`)).status).toBe(404);
    expect((await get('wei-lan', `${path}/revisions/1/changes?since=5`)).status).toBe(404);
  });
});

describe('the formal check', () => {
  interface Check {
    readonly ready: boolean;
    readonly submitted: boolean;
    readonly items: readonly { readonly pointer: string; readonly weight: string }[];
  }

  it('says the same to the unit before it submits and to the officer afterwards, and nothing of a draft to others (R-017)', async () => {
    const { path, form } = await draft();
    await save('wei-lan', path, withName(form, ''), 1);
    const gaps = (await get<Check>('wei-lan', `${path}/formal-check`)).body;
    expect(gaps).toMatchObject({ ready: false, submitted: false, items: [{ pointer: '/system/name', weight: 'mustMend' }] });
    expect((await get('li-ning', `${path}/formal-check`)).status).toBe(404);
    await save('wei-lan', path, withName(form, '完整的名称'), 2);
    await office.does('wei-lan', path, 'submit', { handler: 'nanning-data' });
    const [own, officers] = await Promise.all(['wei-lan', 'lu-fang'].map(async (person) => (await get<Check>(person, `${path}/formal-check`)).body));
    expect(own).toMatchObject({ ready: true, submitted: true });
    expect(officers).toEqual(own);
  });
});
