import { createHash } from 'node:crypto';
import { StartExecutionCommand } from '@aws-sdk/client-sfn';
import { readXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Office, type Case } from '../../harness/office.ts';
import { listColumns } from '../../../functions/documents/published/columns.ts';
import { requestOf } from '../../harness/small-cloud.ts';
import { gridIn } from '../../unit/documents/workbooks.ts';
import { wordData } from '../../unit/documents/word-tables.ts';

const half = '2025-H1';
const batch = `/batches/batch-${half}`;
let office: Office;
let paths: string[];

beforeAll(async () => {
  office = await Office.start();
  paths = [await office.toAwaitingBatch(), await office.toAwaitingBatch(), await office.toAwaitingBatch()];
  const alias = 'arn:aws:states:ap-southeast-1:000000000000:stateMachine:publication:live';
  await office.cloud.states.send(new StartExecutionCommand({ stateMachineArn: alias, input: JSON.stringify({ scheduledTime: '2025-06-30T01:00:00Z' }) }));
  await office.cloud.settle();
  await sign(batch, '桂数发〔2025〕58号');
  // They were selected in the same moment of the standing clock: the list says who came first.
  paths = (await get<{ items: { case: string }[] }>(`/published/${half}`)).items.map(({ case: id }) => `/scenarios/${id}`);
}, 120_000);
afterAll(() => office.cloud.stop());

/** An officer checks the frozen list, a leader signs it, the run goes on to its end. */
async function sign(path: string, documentNo: string): Promise<void> {
  const { listSha256 } = (await office.read('liang-shan', path)).context;
  await office.does('he-ping', path, 'checkList', { listSha256 });
  await office.does('liang-shan', path, 'signOff', { documentNo, listSha256 });
  await office.cloud.settle();
}

async function file(path: string): Promise<{ readonly status: number; readonly type: string; readonly bytes: Buffer; readonly problem: string }> {
  const answer = await office.cloud.raw(requestOf(undefined, 'GET', path));
  const text = answer.body ?? '';
  return { status: answer.statusCode ?? 0, type: String(answer.headers?.['content-type'] ?? ''), bytes: Buffer.from(text, answer.isBase64Encoded ? 'base64' : 'utf8'), problem: answer.isBase64Encoded ? '' : text };
}

const get = async <T = Record<string, unknown>>(path: string): Promise<T> => (await office.cloud.send<T>('anybody', 'GET', path)).body;
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const idOf = (path: string): string => path.split('/')[2] ?? '';
const numberOf = (place: number): string => `GX-${half}-000${place}`;
const correct = (person: string, changes: object[], key = office.key(), path = batch) => office.cloud.send<Case>(person, 'POST', `${path}/corrections`, { body: { reason: '申报单位更名，场景名称有错字', changes }, headers: { 'idempotency-key': key } });
interface Found { readonly items: { case: string; name: string; number: string; edition: number; superseded: boolean }[]; readonly next?: string }

describe('a published list', () => {
  it('is had as JSON byte for byte, and its digest and code prove it', async () => {
    const data = await file(`/published/${half}/documents/list.json`);
    const [edition] = (await get<{ items: { sha256: string; code: string; documentNo: string; edition: number }[] }>(`/published/${half}/editions`)).items;
    expect(edition).toMatchObject({ sha256: sha256(data.bytes), documentNo: '桂数发〔2025〕58号', edition: 1 });
    expect((JSON.parse(data.bytes.toString()) as { number: string; stage: string; sectors: string[] }[]).map(({ number, stage, sectors }) => [number, stage, sectors])).toEqual([1, 2, 3].map((place) => [numberOf(place), 'proposed', ['marketSupervision']]));
    expect(await get(`/verify/${edition?.code}`)).toMatchObject({ form: 'list', batch: half, edition: 1, latest: true, content: { sha256: edition?.sha256 } });
    expect((await office.cloud.send('anybody', 'GET', `/verify/${edition?.code.slice(0, -1)}${edition?.code.endsWith('0') ? '1' : '0'}`)).status).toBe(404);
  });

  it('is had as Excel, Word and PDF with every entry and the code', async () => {
    const [{ code } = { code: '' }] = (await get<{ items: { code: string }[] }>(`/published/${half}/editions`)).items;
    const excel = await file(`/published/${half}/documents/list.xlsx`);
    const cells = (await readXlsx(excel.bytes)).sheets[0]?.rows.flat().map(String) ?? [];
    for (const wanted of [numberOf(1), numberOf(3), '政府投资类', '拟建', '南宁市', '自治区市场监管局', '广西数字应用场景清单（2025年上半年）']) expect(cells).toContain(wanted);
    const word = wordData((await file(`/published/${half}/documents/list.docx`)).bytes);
    expect(word.paragraphs.join('\n')).toContain('桂数发〔2025〕58号');
    expect(word.tables[1]?.flat().join('\n')).toContain(code);
    // Word and Excel say cell for cell the same, and it is what the data file says.
    const lines = (await gridIn(excel.bytes)).map((row) => row.map(String).slice(0, listColumns.length));
    const at = lines.findIndex(([first]) => first === '序号');
    expect(word.tables[0]).toEqual(lines.slice(at, at + 4));
    const data = JSON.parse((await file(`/published/${half}/documents/list.json`)).bytes.toString()) as { number: string; name: string; unitName: string }[];
    expect(word.tables[0]?.slice(1).map((row) => [row[0], row[1], row[2], row[6]])).toEqual(data.map(({ number, name, unitName }, index) => [String(index + 1), number, name, unitName]));
    const pdf = await file(`/published/${half}/documents/list.pdf`);
    expect([pdf.status, pdf.type, pdf.bytes.subarray(0, 5).toString()]).toEqual([200, 'application/pdf', '%PDF-']);
    for (const path of ['list.exe', '..%2f..', '__proto__']) expect((await file(`/published/${half}/documents/${path}`)).status).toBe(404);
    expect((await file('/published/2024-H1/documents/list.pdf')).status).toBe(404);
    expect((await file(`/published/${half}/documents/list.pdf?edition=2`)).status).toBe(404);
    expect((await file(`/published/${half}/documents/list.pdf?edition=x`)).status).toBe(400);
  });

  it('gives a one-page extract of each entry, which the case leads to', async () => {
    const extract = await file(`/published/${half}/extracts/${numberOf(2)}`);
    expect([extract.status, extract.type]).toEqual([200, 'application/pdf']);
    expect(extract.bytes.toString('latin1').match(/\/Type \/Page\b/g)).toHaveLength(1);
    const { items } = (await office.cloud.send<{ items: { href: string }[] }>('wei-lan', 'GET', `${paths[1]}/documents`)).body;
    expect(items.map(({ href }) => href)).toContain(`/published/${half}/extracts/${numberOf(2)}`);
    for (const number of ['GX-2025-H1-0009', 'GX-2024-H1-0001', 'x']) expect((await file(`/published/${half}/extracts/${number}`)).status).toBe(404);
  });
});

describe('the search over published lists', () => {
  const found = async (query: string): Promise<string[]> => (await get<Found>(`/published-scenarios?${query}`)).items.map(({ number }) => number);
  const all = [1, 2, 3].map(numberOf);

  it('finds by text, name, unit, city, sector, class, year and batch, all of which must fit', async () => {
    for (const query of ['', 'text=数智', `text=${encodeURIComponent('ｇｘ-2025')}`, 'text=南宁市', 'text=数智 市场监督', 'unit=流通服务', 'city=450100', 'sector=marketSupervision', 'lifecycle=governmentInvestment', 'year=2025', `batch=${half}`, 'name=数智&city=450100']) expect(await found(query), query).toEqual(all);
    for (const query of ['text=没有这个', 'unit=柳州', 'city=450200', 'sector=finance', 'lifecycle=socialInvestment', 'year=2024', 'batch=2025-H2', 'name=数智&city=450200']) expect(await found(query), query).toEqual([]);
  });

  it('is read page by page, and a cursor fits no other search', async () => {
    const first = await get<Found>('/published-scenarios?text=数智&limit=2');
    const second = await get<Found>(`/published-scenarios?text=数智&limit=2&cursor=${first.next}`);
    expect([...first.items, ...second.items].map(({ number }) => number)).toEqual(all);
    expect(second.next).toBeUndefined();
    expect((await office.cloud.send('anybody', 'GET', `/published-scenarios?text=大市场&cursor=${first.next}`)).status).toBe(400);
    for (const query of ['cursor=x', 'limit=0', 'city=110000', 'city=450102', 'sector=x', 'year=x', 'batch=2025', 'lifecycle=x', 'editions=2', `text=${'长'.repeat(101)}`]) expect((await office.cloud.send('anybody', 'GET', `/published-scenarios?${query}`)).status, query).toBe(400);
  });
});

describe('a correction of a published list', () => {
  it('is asked for by an officer alone, about entries of that list alone', async () => {
    const rename = { scenario: idOf(paths[0] ?? ''), change: 'amend', name: '数智大市场（更名）' };
    for (const stranger of ['wei-lan', 'expert-chen', 'lu-fang']) expect((await correct(stranger, [rename])).status).toBe(404);
    expect((await correct('liang-shan', [rename])).status).toBe(403);
    expect((await correct('li-ning', [rename], office.key(), '/batches/batch-2024-H1')).status).toBe(404);
    expect(await correct('li-ning', [{ ...rename, scenario: 's-unknown' }])).toMatchObject({ status: 422, body: { rule: 'rowIsOnTheList' } });
    expect(await correct('li-ning', [{ scenario: rename.scenario, change: 'strike' }])).toMatchObject({ status: 422, body: { rule: 'struckScenarioHasEnded' } });
    for (const changes of [[], [{ scenario: rename.scenario, change: 'amend' }], [rename, { ...rename, name: '另一个' }], [{ ...rename, number: 'GX-1' }], [{ ...rename, change: 'add' }]]) expect((await correct('li-ning', changes)).status).toBe(400);
    expect((await get<{ items: unknown[] }>(`/published/${half}/editions`)).items).toHaveLength(1);
  });

  it('becomes a second edition by four eyes; both stay readable, and each code says what became of it', async () => {
    const before = await file(`/published/${half}/documents/list.json`);
    const [first] = (await get<{ items: { code: string }[] }>(`/published/${half}/editions`)).items;
    const extracts = await Promise.all([1, 2, 3].map((place) => codeOf(place)));
    await office.does('liang-shan', paths[2] ?? '', 'void', { reason: '材料不实' });
    const key = office.key();
    const changes = [{ scenario: idOf(paths[0] ?? ''), change: 'amend', name: '数智大市场（更名）' }, { scenario: idOf(paths[2] ?? ''), change: 'strike' }];
    // The same request, sent four times at once, is one.
    const [opened, ...others] = await Promise.all([correct('li-ning', changes, key), correct('li-ning', changes, key), correct('li-ning', changes, key), correct('li-ning', changes, key)]);
    expect(opened).toMatchObject({ status: 201, body: { id: `batch-${half}-c1`, state: ['freezing'] } });
    for (const other of others) expect(other).toMatchObject({ status: 201, body: { id: opened.body.id, version: 1 } });
    await office.cloud.settle();
    expect(await correct('li-ning', changes, key)).toMatchObject({ status: 201, body: { id: `batch-${half}-c1` } });
    expect((await correct('he-ping', changes)).status).toBe(409);
    const path = `/batches/${opened.body.id}`;
    expect((await office.read('liang-shan', path)).state).toEqual(['awaitingSignOff']);
    expect((await file(`/published/${half}/documents/list.json`)).bytes).toEqual(before.bytes);
    await sign(path, '桂数发〔2025〕66号');

    expect(await get(`/published/${half}/editions`)).toMatchObject({ items: [{ edition: 1, count: 3 }, { edition: 2, count: 2, documentNo: '桂数发〔2025〕66号', reason: '申报单位更名，场景名称有错字', changes: [{ number: numberOf(1), change: 'amend', name: '数智大市场（更名）' }, { number: numberOf(3), change: 'strike' }] }] });
    expect(await get(`/published/${half}`)).toMatchObject({ edition: 2, items: [{ number: numberOf(1), name: '数智大市场（更名）' }, { number: numberOf(2) }] });
    expect((await get<Found>(`/published/${half}?edition=1`)).items).toHaveLength(3);
    expect((await file(`/published/${half}/documents/list.json?edition=1`)).bytes).toEqual(before.bytes);
    expect((await get<Found>('/published-scenarios?text=数智')).items.map(({ number, edition }) => [number, edition])).toEqual([[numberOf(1), 2], [numberOf(2), 2]]);
    expect((await get<Found>('/published-scenarios?text=数智&editions=all&limit=100')).items.map(({ number, edition, superseded }) => [number, edition, superseded])).toEqual([[numberOf(1), 2, false], [numberOf(2), 2, false], [numberOf(1), 1, true], [numberOf(2), 1, true], [numberOf(3), 1, true]]);
    expect(await get(`/verify/${first?.code}`)).toMatchObject({ edition: 1, latest: false });
    expect(await Promise.all(extracts.map((code) => get(`/verify/${code}`)))).toMatchObject([
      { form: 'extract', number: numberOf(1), edition: 1, latest: false, unchanged: false, onList: true },
      { latest: false, unchanged: true, onList: true },
      { latest: false, unchanged: false, onList: false },
    ]);
    expect(await file(`/published/${half}/extracts/${numberOf(3)}`)).toMatchObject({ status: 409, problem: expect.stringContaining('已从清单中撤销') as unknown });
    expect((await file(`/published/${half}/documents/list.pdf`)).status).toBe(200);
  });

  it('that is cancelled uses up no edition, and the next one corrects the newest', async () => {
    const change = [{ scenario: idOf(paths[1] ?? ''), change: 'amend', unitName: '南宁市农产品流通中心' }];
    expect((await correct('li-ning', change)).body.id).toBe(`batch-${half}-c2`);
    await office.cloud.settle();
    await office.does('liang-shan', `/batches/batch-${half}-c2`, 'cancelBatch', { reason: '无需更正' });
    await office.cloud.settle();
    expect(await correct('li-ning', [{ scenario: idOf(paths[2] ?? ''), change: 'amend', name: '已撤销的' }])).toMatchObject({ status: 422, body: { rule: 'rowIsOnTheList' } });
    expect((await correct('li-ning', change)).body.id).toBe(`batch-${half}-c3`);
    await office.cloud.settle();
    await sign(`/batches/batch-${half}-c3`, '桂数发〔2025〕70号');
    expect(await get(`/published/${half}`)).toMatchObject({ edition: 3, items: [{ name: '数智大市场（更名）' }, { unitName: '南宁市农产品流通中心' }] });
    expect((await get<{ items: { edition: number }[] }>('/published')).items.map(({ edition }) => edition).toSorted()).toEqual([1, 2, 3]);
  });

  async function codeOf(place: number): Promise<string> {
    const { extractOf } = await import('../../../functions/documents/published/extract.ts');
    const { editionsOf } = await import('../../../functions/published/editions.ts');
    const { entryNumbered } = await import('../../../functions/published/entries.ts');
    const [edition] = await editionsOf(office.cloud.table, half);
    const entry = await entryNumbered(office.cloud.bucket, half, 1, numberOf(place));
    if (!edition || !entry) throw new Error('nothing published');
    return extractOf(edition, entry).code;
  }
});
