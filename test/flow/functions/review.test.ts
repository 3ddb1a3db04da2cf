import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Office, type Case } from '../../harness/office.ts';

let office: Office;
beforeAll(async () => {
  office = await Office.start();
}, 60_000);
afterAll(() => office.cloud.stop());

const get = <T = Record<string, unknown>>(person: string, path: string) => office.cloud.send<T>(person, 'GET', path);
const scores = (points: number) => ({ majorTask: points, innovation: points, expectedTarget: points, economicBenefit: points, socialBenefit: points });
const sheetOf = (points: number) => ({ scores: scores(points), comment: '目标明确', conflictFree: true });
const panel = ['expert-chen', 'expert-zhou', 'expert-wu'];

/** A scenario whose review has begun, with a panel of three and one who stands by. */
async function reviewing(alternates?: readonly string[]): Promise<string> {
  const path = await office.toBureau();
  await office.does('li-ning', path, 'passFormalCheck');
  await office.does('li-ning', path, 'assignExperts', { experts: panel, ...(alternates ? { alternates } : {}) });
  return path;
}

async function scored(path: string, points: Readonly<Record<string, number>>): Promise<void> {
  for (const [expert, each] of Object.entries(points)) {
    await office.does(expert, path, 'declareNoConflict', { conflictFree: true });
    await office.does(expert, path, 'submitSheet', sheetOf(each));
  }
}

describe('a case under review', () => {
  it('is sealed for an invited expert until the declaration, and closed again to one who recuses', async () => {
    const path = await reviewing();
    const { body } = await get<Case & { form?: unknown }>('expert-chen', path);
    expect([Object.keys(body.context).includes('unit'), body.form, body.context['investmentFen']]).toEqual([true, undefined, undefined]);
    expect(body.offers.filter(({ allowed }) => allowed).map(({ command }) => command).toSorted()).toEqual(['declareNoConflict', 'recuse']);
    for (const file of ['events', 'case-file', 'revisions', 'formal-check', 'similar', 'attachments', 'documents', 'documents/annex1.xlsx'])
      expect(await get('expert-chen', `${path}/${file}`), file).toMatchObject({ status: 403, body: { type: '/problems/not-allowed', detail: expect.stringContaining('尚未对您开封') } });
    expect((await get('expert-chen', `/annex1/list.xlsx?ids=${body.id}`)).status).toBe(404);
    expect(await office.send('expert-chen', path, 'submitSheet', sheetOf(80), body.version)).toMatchObject({ status: 422, body: { rule: 'hasDeclared' } });

    await office.does('expert-chen', path, 'declareNoConflict', { conflictFree: true });
    expect((await get<{ form?: unknown }>('expert-chen', path)).body.form).toBeDefined();
    for (const file of ['events', 'attachments', 'documents']) expect((await get('expert-chen', `${path}/${file}`)).status).toBe(200);

    await office.does('expert-zhou', path, 'recuse', { reason: '与申报单位有合作' });
    expect((await get('expert-zhou', path)).status).toBe(404);
  });

  it('tells nobody but the Bureau and supervision whom it waits for', async () => {
    const path = await reviewing();
    const experts = async (person: string) => (await office.read(person, path)).tasks.filter(({ queue }) => queue.startsWith('person#')).map(({ queue }) => queue);
    expect([await experts('wei-lan'), await experts('lu-fang'), await experts('expert-wu')]).toEqual([[], [], ['person#expert-wu']]);
    expect((await experts('li-ning')).length).toBe(3);
  });

  it('asks the next alternate when somebody recuses or is dismissed', async () => {
    const path = await reviewing(['expert-lin', 'expert-xie']);
    expect((await get('expert-lin', path)).status).toBe(404);
    await office.does('expert-wu', path, 'recuse', { reason: '近亲属在申报单位' });
    const tasks = await get<{ items: { case: string }[] }>('expert-lin', '/tasks');
    expect(tasks.body.items.map((one) => `/scenarios/${one.case}`)).toContain(path);
    await office.does('li-ning', path, 'dismissExpert', { expert: 'expert-zhou', reason: '时间冲突' });
    const { context } = await office.read('li-ning', path);
    expect([context['experts'], context['alternates'], context['recused']]).toEqual([['expert-chen', 'expert-lin', 'expert-xie'], [], ['expert-wu']]);
  });

  it('lists the pool by conflict, field and load, and refuses whom it warns of', async () => {
    const path = await reviewing();
    const { body } = await get<{ fields: string[]; items: { id: string; open: number; conflicts: { kind: string; unit: string; reason: string }[]; matches: string[]; standing: string | null }[] }>('li-ning', `${path}/candidates`);
    expect(body.fields).toContain('digitalGovernment');
    const of = (id: string) => body.items.find((each) => each.id === id);
    expect(of('expert-chen')).toMatchObject({ standing: 'invited', matches: expect.arrayContaining(['digitalGovernment']) });
    expect(of('expert-chen')?.open).toBeGreaterThan(0);
    expect((await get('wei-lan', `${path}/candidates`)).status).toBe(403);
    expect((await get('expert-chen', '/experts')).status).toBe(403);

    await office.enterExpert('expert-tied', { workedAt: [{ unit: 'nanning-logistics', until: '2023-06-30' }], interests: ['12450000MB0000001G'] });
    await office.enterExpert('expert-free', { workedAt: [{ unit: 'nanning-logistics', until: '2020-06-30' }], interests: [] });
    const again = (await get<typeof body>('li-ning', `${path}/candidates`)).body;
    expect(again.items.at(-1)).toMatchObject({ id: 'expert-tied', conflicts: [{ kind: 'declaredInterest' }, { kind: 'workedThere', unit: '南宁市农产品流通服务中心（演示）', reason: '现在或近年在该单位任职' }] });
    expect(again.items.find(({ id }) => id === 'expert-free')?.conflicts).toEqual([]);
    const { version } = await office.read('li-ning', path);
    const refused = await office.send('li-ning', path, 'assignExperts', { experts: ['expert-free'], alternates: ['expert-tied'] }, version);
    expect(refused).toMatchObject({ status: 422, body: { rule: 'expertsAreIndependent', figures: { conflicts: [{ expert: 'expert-tied', kind: 'declaredInterest' }, { expert: 'expert-tied', kind: 'workedThere' }] } } });
    expect((await office.read('li-ning', path)).version).toBe(version);
  });
});

describe('a sheet', () => {
  it('is kept as a draft that only its expert sees, never as a decision, and saved on what was seen', async () => {
    const path = await reviewing();
    const save = (person: string, sheet: object, seen: number) => office.cloud.send(person, 'POST', `${path}/sheet-draft`, { body: sheet, headers: { 'if-match': `"${seen}"` } });
    expect((await save('expert-chen', {}, 0)).status).toBe(403);
    await office.does('expert-chen', path, 'declareNoConflict', { conflictFree: true });
    const { version } = await office.read('li-ning', path);
    const first = { scores: { majorTask: 70 } };
    expect(await save('expert-chen', first, 0)).toMatchObject({ status: 200, headers: { etag: '"1"' }, body: { revision: 1, sheet: first } });
    expect((await save('expert-chen', first, 0)).status).toBe(200);
    expect(await save('expert-chen', { comment: '另一窗口' }, 0)).toMatchObject({ status: 412, body: { version: 1, draft: { sheet: first } } });
    expect((await save('expert-chen', { comment: '继续填写', scores: { innovation: 60 } }, 1)).status).toBe(200);
    expect((await get('expert-chen', `${path}/sheet-draft`)).body).toMatchObject({ revision: 2, sheet: { comment: '继续填写' } });

    for (const who of ['expert-zhou', 'li-ning', 'wei-lan', 'long-fei']) expect([403, 404]).toContain((await get(who, `${path}/sheet-draft`)).status);
    expect((await save('li-ning', first, 0)).status).toBe(403);
    expect(await save('expert-chen', { scores: { majorTask: 101 } }, 2)).toMatchObject({ status: 400, body: { errors: [{ pointer: '/scores/majorTask' }] } });
    expect((await office.read('li-ning', path)).version).toBe(version);
    expect(JSON.stringify((await get('li-ning', `${path}/case-file`)).body)).not.toContain('继续填写');

    await office.does('expert-chen', path, 'submitSheet', sheetOf(80));
    expect((await get('expert-chen', `${path}/sheet-draft`)).status).toBe(404);
    expect(await save('expert-chen', first, 2)).toMatchObject({ status: 422, body: { rule: 'sheetIsOpen' } });
  });

  it('stands beside the others for the Bureau, with weights, what counts and where experts disagree, and is blind to the rest', async () => {
    const path = await reviewing(['expert-lin']);
    await scored(path, { 'expert-chen': 90, 'expert-zhou': 60 });
    const { body } = await get<Record<string, unknown>>('li-ning', `${path}/review`);
    expect(body).toMatchObject({
      policy: 'gx-2025-draft', quorum: 3, passLine: 60, score: 75, range: 30, disagree: true,
      sheets: [{ expert: 'expert-chen', name: '陈思源', total: 90, counted: true, comment: '目标明确' }, { expert: 'expert-zhou', total: 60 }],
      invited: [{ expert: 'expert-wu', name: '吴秀兰' }], alternates: [{ expert: 'expert-lin' }], declared: [],
    });
    expect(body['criteria']).toHaveLength(5);
    for (const who of ['wei-lan', 'lu-fang', 'expert-chen', 'pan-hong']) expect((await get(who, `${path}/review`)).status).toBe(403);
    expect((await get('long-fei', `${path}/review`)).status).toBe(200);
  });

  it('counts towards the leniency and spread of its expert once the review is closed', async () => {
    const before = (await get<{ items: { id: string; reviews: number }[] }>('li-ning', '/experts')).body.items.find(({ id }) => id === 'expert-wu')?.reviews ?? 0;
    for (const own of [90, 70]) {
      const path = await reviewing();
      await scored(path, { 'expert-chen': 70, 'expert-zhou': 70, 'expert-wu': own });
      await office.does('li-ning', path, 'closeReview');
    }
    const { items } = (await get<{ items: { id: string; reviews: number; leniency: number; spread: number; fields: string[] }[] }>('li-ning', '/experts')).body;
    expect(items.find(({ id }) => id === 'expert-wu')).toMatchObject({ reviews: before + 2, leniency: 10, spread: 10, fields: ['digitalFinance', 'finance'] });
  });
});

describe('one decision on many cases', () => {
  const bulk = (person: string, body: object, key = office.key()) => office.cloud.send<{ items: { id: string; ok: boolean; version?: number; state?: string[]; problem?: { type: string; rule?: string } }[] }>(person, 'POST', '/decisions', { body, headers: { 'idempotency-key': key } });
  const seen = async (paths: readonly string[]) => Promise.all(paths.map(async (path) => ({ id: path.split('/')[2] ?? '', version: (await office.read('li-ning', path)).version })));

  it('moves those that may move, says why of the others, and answers the same when it is sent again', async () => {
    const paths: string[] = [];
    for (const points of [80, 80, 40]) {
      const path = await reviewing();
      await scored(path, { 'expert-chen': points, 'expert-zhou': points, 'expert-wu': points });
      paths.push(path);
    }
    const key = office.key();
    const wish = { command: 'closeReview', args: {}, cases: await seen(paths) };
    const closed = await bulk('li-ning', wish, key);
    expect(closed.body.items.map(({ ok, state }) => [ok, state])).toEqual(paths.map(() => [true, ['selection.proposing']]));

    const proposing = { command: 'proposeSelection', args: { reason: '综合得分高于入选线' }, cases: [...(await seen(paths)), { id: 'no-such-case', version: 1 }] };
    const keyTwo = office.key();
    const proposed = await bulk('li-ning', proposing, keyTwo);
    expect(proposed.body.items.map(({ ok, problem }) => ok || (problem?.rule ?? problem?.type))).toEqual([true, true, 'scoreReachesPassLine', '/problems/not-found']);
    expect((await bulk('li-ning', proposing, keyTwo)).body.items.map(({ ok, version }) => [ok, version])).toEqual(proposed.body.items.map(({ ok, version }) => [ok, version]));
    expect((await bulk('li-ning', wish, key)).body).toEqual(closed.body);
    expect((await bulk('li-ning', proposing)).body.items.map(({ problem }) => problem?.type)).toEqual(['/problems/stale-version', '/problems/stale-version', '/problems/rule-refused', '/problems/not-found']);

    const approving = { command: 'approveSelection', args: {}, cases: await seen(paths.slice(0, 2)) };
    expect((await bulk('li-ning', approving)).body.items.map(({ problem }) => problem?.type)).toEqual(['/problems/not-allowed', '/problems/not-allowed']);
    expect((await bulk('liang-shan', approving)).body.items.map(({ ok }) => ok)).toEqual([true, true]);
    await office.cloud.settle();
    expect((await office.read('li-ning', paths[0] ?? '')).state).toEqual(['leadUnit.confirming']);
  });

  it.each([
    ['a command that is about one case', { command: 'submitSheet', args: sheetOf(80), cases: [{ id: 'a', version: 1 }] }, '/command'],
    ['no reason where one is needed', { command: 'proposeSelection', args: {}, cases: [{ id: 'a', version: 1 }] }, '/reason'],
    ['the same case twice', { command: 'closeReview', args: {}, cases: [{ id: 'a', version: 1 }, { id: 'a', version: 2 }] }, '/cases'],
    ['no case', { command: 'closeReview', args: {}, cases: [] }, '/cases'],
    ['more than one answer can hold', { command: 'closeReview', args: {}, cases: Array.from({ length: 51 }, (_, index) => ({ id: `a${index}`, version: 1 })) }, '/cases'],
    ['a member that nobody knows', { command: 'closeReview', args: {}, cases: [{ id: 'a', version: 1 }], force: true }, '/force'],
  ])('is refused as a whole for %s', async (_, body, pointer) => {
    expect(await bulk('li-ning', body)).toMatchObject({ status: 400, body: { errors: [{ pointer }] } });
  });
});
