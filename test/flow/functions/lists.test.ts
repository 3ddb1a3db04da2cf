import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openScenarios } from '../../../functions/activities/open-scenarios.ts';
import { readAnnex1 } from '../../../functions/documents/annex1/read-workbook.ts';
import { annex1Workbook } from '../../../functions/documents/annex1/write-workbook.ts';
import { cellTexts } from '../../../shared/annex1/cells.ts';
import { annex1Columns, type Annex1Row } from '../../../shared/annex1/columns.ts';
import { workbookType } from '../../../functions/documents/names.ts';
import { loadCase } from '../../../functions/store/load.ts';
import { governmentFormFixture } from '../../fixtures/forms.ts';
import { Office, type Case } from '../../harness/office.ts';
import { requestOf } from '../../harness/small-cloud.ts';
import { gridIn } from '../../unit/documents/workbooks.ts';
import { wordData } from '../../unit/documents/word-tables.ts';

let office: Office;
beforeAll(async () => {
  office = await Office.start();
}, 60_000);
afterAll(() => office.cloud.stop());

const example = governmentFormFixture().annex1 as Annex1Row;
const { seqNo: _seqNo, ...content } = example;
const rowNamed = (applicationName: string) => ({ ...content, applicationName });

interface Rows {
  readonly version: number;
  readonly digests?: { readonly sha256: string; readonly sm3: string };
  readonly items: readonly { readonly row: string; readonly seqNo: number; readonly unit: string | null; readonly unitName?: string; readonly content: unknown; readonly scenario?: string }[];
  readonly next?: number;
}

const headers = (version?: number, key = office.key()) => ({ 'idempotency-key': key, ...(version === undefined ? {} : { 'if-match': `"${version}"` }) });

async function newList(person = 'lu-fang', title = '南宁市2025年上半年清单'): Promise<string> {
  const { status, body } = await office.cloud.send<Case>(person, 'POST', '/lists', { body: { title }, headers: headers() });
  expect(status).toBe(201);
  return `/lists/${body.id}`;
}

const rowsOf = async (person: string, path: string, query = '') => (await office.cloud.send<Rows>(person, 'GET', `${path}/rows${query}`)).body;

async function seal(path: string, person = 'lu-fang'): Promise<Case> {
  const { digests } = await rowsOf(person, path);
  return office.does(person, path, 'sealList', { opinion: '内容属实，同意报送', sealed: true, listSha256: digests?.sha256, listSm3: digests?.sm3 });
}

async function file(person: string | undefined, path: string): Promise<{ readonly status: number; readonly bytes: Buffer; readonly text: string }> {
  const answer = await office.cloud.raw(requestOf(person, 'GET', path));
  const bytes = Buffer.from(answer.body ?? '', answer.isBase64Encoded ? 'base64' : 'utf8');
  return { status: answer.statusCode ?? 0, bytes, text: bytes.toString() };
}

function upload(person: string, path: string, bytes: Uint8Array, { key = office.key(), version = 1, query = '' } = {}) {
  const request = requestOf(person, 'POST', `${path}/import${query}`, undefined, { 'content-type': workbookType, 'idempotency-key': key, 'if-match': `"${version}"` });
  return office.cloud.raw({ ...request, body: Buffer.from(bytes).toString('base64'), isBase64Encoded: true });
}

const workbook = (...rows: readonly Annex1Row[]) => annex1Workbook({ unit: '某局', filedOn: '' }, rows);

describe('annex 1 from Excel through a list to scenarios and back (R-017, R-025)', () => {
  it('keeps the regulation’s example cell for cell', async () => {
    const path = await newList();
    const second = { ...example, seqNo: 2, applicationName: '数智大市场二期' };
    const answer = await upload('wei-lan', path, await workbook(example, second));
    expect(answer.statusCode).toBe(200);
    const draft = await file('lu-fang', `${path}/documents/annex1.xlsx`);
    expect(strFromU8(unzipSync(draft.bytes)['xl/worksheets/sheet1.xml'] ?? new Uint8Array())).toContain('草稿');
    await seal(path);
    await office.does('lu-fang', path, 'submitToBureau');
    await office.does('li-ning', path, 'acceptList');
    await office.cloud.settle();
    const list = await office.read('lu-fang', path);
    expect(list.state).toEqual(['accepted']);
    expect(list.context['opened']).toBe(2);
    const out = await file('li-ning', `${path}/documents/annex1.xlsx`);
    expect(await readAnnex1(out.bytes)).toEqual({ ok: true, head: { unit: '南宁市大数据发展局', filedOn: '2025-03-03' }, rows: [example, second] });
    const [table = []] = wordData((await file('li-ning', `${path}/documents/annex1.docx`)).bytes).tables;
    const sheet = (await gridIn(out.bytes)).slice(5, 7).map((cells) => cells.slice(0, annex1Columns.length).map(String));
    expect(table.slice(3)).toEqual(sheet);
    expect(table.slice(3)).toEqual([example, second].map((row) => annex1Columns.map(({ key }) => cellTexts(row)[key])));
    const { items } = await rowsOf('wei-lan', path);
    expect(items.map(({ seqNo, unitName }) => [seqNo, unitName])).toEqual([[1, '南宁市农产品流通服务中心（演示）'], [2, '南宁市农产品流通服务中心（演示）']]);
    const scenario = await office.read('wei-lan', `/scenarios/${items[0]?.scenario}`);
    expect(scenario).toMatchObject({ state: ['declaration.draft'], form: { form: { annex1: example } }, context: { filer: 'wei-lan', origin: { kind: 'list', case: path.split('/')[2], row: 'r1', unitName: '南宁市大数据发展局' } } });
    const own = await file('wei-lan', `/scenarios/${items[0]?.scenario}/documents/annex1.xlsx`);
    expect(await readAnnex1(own.bytes)).toMatchObject({ ok: true, rows: [example] });
    // What annex 1 does not ask for is the unit's to fill in; then the case goes on like any other.
    await office.does('wei-lan', `/scenarios/${scenario.id}`, 'saveForm', { form: governmentFormFixture({ name: example.applicationName }) });
    expect((await office.does('wei-lan', `/scenarios/${scenario.id}`, 'submit', { handler: 'nanning-data' })).state).toEqual(['declaration.withAggregator']);
    expect((await office.executions('scenarioList')).filter((line) => line.startsWith(path.split('/')[2] ?? ''))).toEqual([`${path.split('/')[2]}-1 SUCCEEDED`]);
  });

  it('certifies what was sealed, and says when the seal was broken', async () => {
    const path = await newList();
    await upload('wei-lan', path, await workbook(example));
    const sealed = await seal(path);
    const sheet = strFromU8(unzipSync((await file('lu-fang', `${path}/documents/annex1.xlsx`)).bytes)['xl/worksheets/sheet1.xml'] ?? new Uint8Array());
    const code = /核验码：([\w-]+)/.exec(sheet)?.[1];
    const verify = async (wanted = code) => JSON.parse((await file(undefined, `/verify/${wanted}`)).text) as Record<string, unknown>;
    expect(await verify()).toMatchObject({ form: 'annex1', scenario: '南宁市2025年上半年清单', version: sealed.version, latest: true, unchanged: true, content: { sha256: (sealed.context['sealed'] as { sha256: string }).sha256 } });
    await office.does('lu-fang', path, 'unsealList', { reason: '补充一行' });
    expect(await verify()).toMatchObject({ latest: false, unchanged: false });
    expect((await file(undefined, `/verify/${(code ?? '').replace(/-\d+-/, '-1-')}`)).status).toBe(404);
    expect((await file(undefined, `/verify/${code?.slice(0, -1)}${code?.endsWith('0') ? '1' : '0'}`)).status).toBe(404);
  });
});

describe('a workbook with anything wrong', () => {
  it('imports nothing, and names every wrong cell', async () => {
    const path = await newList();
    const answer = await upload('wei-lan', path, await workbook(example, { ...example, seqNo: 2, demandContent: ' ' }, { ...example, seqNo: 2, projectType: 'x' as never }));
    expect(answer.statusCode).toBe(400);
    expect((JSON.parse(answer.body ?? '') as { wrong: { cell: string }[] }).wrong.map(({ cell }) => cell)).toEqual(['D7', 'G8']);
    expect((await office.read('lu-fang', path)).version).toBe(1);
  });

  it('imports its rows once, however often it is sent, and in the order of its numbers', async () => {
    const path = await newList();
    const bytes = await workbook({ ...example, seqNo: 3, applicationName: '丙' }, { ...example, seqNo: 1, applicationName: '甲' });
    const key = office.key();
    const first = await upload('wei-lan', path, bytes, { key });
    await office.send('meng-jie', path, 'proposeRows', { rows: [rowNamed('乙')] }, 1);
    const again = await upload('wei-lan', path, bytes, { key });
    expect([first.statusCode, again.statusCode]).toEqual([200, 200]);
    expect((JSON.parse(again.body ?? '') as Case).version).toBe(2);
    expect(((await office.read('lu-fang', path)).context['rows'] as { name: string }[]).map(({ name }) => name)).toEqual(['甲', '丙', '乙']);
  });

  it('is refused from strangers, as no workbook, and on a list that is shut', async () => {
    const path = await newList();
    expect((await upload('qin-hai', path, await workbook(example))).statusCode).toBe(404);
    expect((await upload('li-ning', path, await workbook(example))).statusCode).toBe(403);
    expect((await upload('wei-lan', path, Buffer.from('PK'))).statusCode).toBe(415);
    expect((await upload('lu-fang', path, await workbook(example), { query: '?unit=guiling-cement' })).statusCode).toBe(422);
    expect((await upload('lu-fang', path, await workbook(example), { query: '?unit=%2F' })).statusCode).toBe(400);
    expect((await upload('lu-fang', path, await workbook(example), { query: '?unit=yongjiang-tech' })).statusCode).toBe(200);
    await seal(path);
    expect((await upload('meng-jie', path, await workbook(example), { version: 3 })).statusCode).toBe(409);
    expect((await upload('wei-lan', path, await workbook(example), { version: 3 })).statusCode).toBe(404);
  });
});

describe('the rows of a list', () => {
  it('are edited with trace: who, when, each place before and after, also after they were taken out', async () => {
    const path = await newList();
    await office.does('wei-lan', path, 'proposeRows', { rows: [rowNamed('甲'), rowNamed('乙')] });
    await office.does('lu-fang', path, 'editRow', { row: 'r1', content: { ...rowNamed('甲'), responsibleUnit: '南宁市商务局' }, reason: '责任单位写全称' });
    const trace = async (person: string, row = 'r1') => office.cloud.send<{ listed: boolean; history: unknown[] }>(person, 'GET', `${path}/rows/${row}`);
    const { body } = await trace('wei-lan');
    expect(body).toMatchObject({
      listed: true,
      history: [
        { n: 2, command: 'proposeRows', by: { person: 'wei-lan', org: 'nanning-logistics' }, changes: [] },
        { n: 3, command: 'editRow', by: { person: 'lu-fang', name: '陆芳', orgName: '南宁市大数据发展局' }, reason: '责任单位写全称', changes: [{ pointer: '/responsibleUnit', before: example.responsibleUnit, after: '南宁市商务局' }] },
      ],
    });
    await office.does('lu-fang', path, 'removeRow', { row: 'r1', reason: '与他县重复' });
    expect((await trace('lu-fang')).body.listed).toBe(false);
    expect((await trace('wei-lan')).body.listed).toBe(false);
    expect((await trace('meng-jie', 'r2')).status).toBe(404);
    expect((await trace('lu-fang', 'r9')).status).toBe(404);
  });

  it('are seen by their unit, the authority and the Bureau; nobody else learns of them', async () => {
    const path = await newList();
    await office.does('wei-lan', path, 'proposeRows', { rows: [rowNamed('甲')] });
    await office.does('meng-jie', path, 'proposeRows', { rows: [rowNamed('乙')] });
    const own = await rowsOf('meng-jie', path);
    expect(own.items.map(({ row }) => row)).toEqual(['r2']);
    expect(own).not.toHaveProperty('digests');
    for (const view of [await office.read('meng-jie', path), (await office.cloud.send('meng-jie', 'GET', `${path}/events`)).body, (await office.cloud.send('meng-jie', 'GET', `${path}/case-file`)).body]) expect(JSON.stringify(view)).not.toContain('甲');
    expect((await rowsOf('li-ning', path)).items).toHaveLength(2);
    for (const stranger of ['qin-hai', 'mo-qiang', 'nong-min', 'expert-chen', 'deng-bo']) expect((await office.cloud.send(stranger, 'GET', path)).status).toBe(404);
    expect((await file('meng-jie', `${path}/documents/annex1.xlsx`)).status).toBe(403);
    expect((await file('lu-fang', `${path}/documents/annex2.pdf`)).status).toBe(404);
    expect((await rowsOf('lu-fang', path, '?limit=1'))).toMatchObject({ next: 1 });
    expect((await rowsOf('lu-fang', path, '?limit=1&after=1')).items.map(({ seqNo }) => seqNo)).toEqual([2]);
  });

  it('are found: by units in the lists of their area, by an authority in its own', async () => {
    const path = await newList('nong-min', '市场监管行业清单');
    const listed = async (person: string) => (await office.cloud.send<{ items: { id: string }[] }>(person, 'GET', '/lists?limit=100')).body.items.map(({ id }) => `/lists/${id}`);
    expect(await listed('wei-lan')).toContain(path);
    expect(await listed('nong-min')).toEqual([path]);
    expect(await listed('li-ning')).toContain(path);
    for (const other of ['meng-jie', 'lu-fang', 'mo-qiang']) expect(await listed(other)).not.toContain(path);
  });

  it('takes the proposals of twenty people who know the same version and send them at the same moment', async () => {
    const path = await newList();
    const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => office.send(index % 2 === 0 ? 'wei-lan' : 'meng-jie', path, 'proposeRows', { rows: [rowNamed(`场景${index}`)] }, 1)));
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
    expect((await rowsOf('lu-fang', path, '?limit=50')).items).toHaveLength(20);
  });
});

describe('an accepted list', () => {
  it('opens each scenario once, also when the run before died half way', async () => {
    const path = await newList();
    await office.does('wei-lan', path, 'proposeRows', { rows: ['甲', '乙', '丙'].map(rowNamed) });
    await office.does('lu-fang', path, 'proposeRows', { rows: [rowNamed('丁')], unit: 'yongjiang-tech' });
    await seal(path);
    await office.does('lu-fang', path, 'submitToBureau');
    const head = await loadCase(office.cloud.table, path.split('/')[2] ?? '');
    if (!head) throw new Error('no list');
    // A run that opened two of four and died: the next one finds them.
    const partly = { ...head, snapshot: { ...head.snapshot, context: { ...head.snapshot.context, rows: (head.snapshot.context['rows'] as readonly never[]).slice(0, 2) } } };
    const desk = { table: office.cloud.table, policy: 'gx-2025-draft', now: office.cloud.now() };
    await openScenarios(desk, partly);
    await office.does('li-ning', path, 'acceptList');
    await office.cloud.settle();
    const { items } = await rowsOf('li-ning', path);
    const scenarios = await Promise.all(items.map(({ scenario }) => office.read('li-ning', `/scenarios/${scenario}`)));
    expect(scenarios.map(({ version, context }) => [version, context['filer']])).toEqual([[1, 'wei-lan'], [1, 'wei-lan'], [1, 'wei-lan'], [1, '']]);
    expect((await openScenarios(desk, head)).args).toEqual({ opened: 4 });
    expect((await office.cloud.send('meng-jie', 'GET', `/scenarios/${items[3]?.scenario}`)).status).toBe(200);
    expect((await office.cloud.send('meng-jie', 'GET', `/scenarios/${items[0]?.scenario}`)).status).toBe(404);
  });
});
