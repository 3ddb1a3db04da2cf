import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { StartExecutionCommand } from '@aws-sdk/client-sfn';
import { inflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { filterOf } from '../../../functions/library/grams.ts';
import { openApiDocument } from '../../../functions/api/openapi.ts';
import { Office } from '../../harness/office.ts';
import { requestOf } from '../../harness/small-cloud.ts';

let office: Office;
let path: string;

const today = (): string => new Date(office.cloud.now() + 8 * 3_600_000).toISOString().slice(0, 10);
const text = '以数据贯通业务：登记、价格与物流数据一次采集、多方共享。\n推广到十四个设区市时，只需更换目录。';

interface Found {
  readonly items: readonly { readonly case: string; readonly title: string; readonly excerpt: string }[];
  readonly next?: string;
}

const search = async (query: Record<string, string>): Promise<Found> => {
  const { status, body } = await publicly(`/library?${new URLSearchParams(query)}`);
  expect(status).toBe(200);
  return body as Found;
};

/** What anybody gets who is not signed in. */
async function publicly(path: string): Promise<{ readonly status: number | undefined; readonly body: unknown }> {
  const { statusCode, body } = await office.cloud.raw(requestOf(undefined, 'GET', path));
  return { status: statusCode, body: JSON.parse(body ?? 'null') as unknown };
}

/** A document that somebody downloads. */
async function download(path: string): Promise<Buffer> {
  const { statusCode, body, isBase64Encoded } = await office.cloud.raw(requestOf('wei-lan', 'GET', path));
  expect([statusCode, isBase64Encoded]).toEqual([200, true]);
  return Buffer.from(body ?? '', 'base64');
}

beforeAll(async () => {
  office = await Office.start();
  path = await office.toAwaitingBatch();
  await office.cloud.states.send(new StartExecutionCommand({ stateMachineArn: 'arn:aws:states:ap-southeast-1:000000000000:stateMachine:publication:live', name: 'run', input: JSON.stringify({ scheduledTime: '2025-06-30T01:00:00Z' }) }));
  await office.cloud.settle();
  const { context } = await office.read('liang-shan', '/batches/batch-2025-H1');
  await office.does('li-ning', '/batches/batch-2025-H1', 'checkList', { listSha256: context['listSha256'] });
  await office.does('liang-shan', '/batches/batch-2025-H1', 'signOff', { documentNo: '桂数发〔2025〕58号', listSha256: context['listSha256'] });
  await office.cloud.settle();
  await office.does('wei-lan', path, 'recordProjectApproval', { approvalNo: '南发改数〔2025〕16号', approvedOn: today(), totalInvestmentFen: 1_200_000_000 });
  await office.does('wei-lan', path, 'waiveAward', { reason: '自愿放弃' });
  await office.does('wei-lan', path, 'registerIrs', { appCode: 'A45', registeredOn: today(), reason: '独立部署' });
  await office.does('wei-lan', path, 'planMilestones', { milestones: [{ name: '上线', dueOn: today() }] });
  await office.does('wei-lan', path, 'completeMilestone', { name: '上线', completedOn: today() });
  await office.does('wei-lan', path, 'reportCompletion', { completedOn: today(), effect: '好' });
  await office.inspects(path, today());
  await office.does('li-ning', path, 'passAcceptance', { conclusion: '合格', inspectedOn: today(), finalAccountsFen: 1_100_000_000 });
  await office.does('li-ning', path, 'recordEvaluation', { year: Number(today().slice(0, 4)), grade: 'commended', targetMet: true, summary: '成效明显' });
  await office.does('li-ning', path, 'reportToGovernment', { documentNo: '1', sentOn: today() });
  await office.does('wei-lan', path, 'submitCaseText', { title: '初稿', background: '初稿：螺蛳粉。', practice: '以数据贯通业务。', effect: '办理时间缩短30%。', experience: '先统一标准，再推广。' });
  await office.does('li-ning', path, 'returnCase', { reason: '请写明经验' });
  await office.does('wei-lan', path, 'submitCaseText', { title: '农产品流通一张网', background: '产销对接难。', practice: text, effect: '流通环节减少2个。', experience: '先统一标准，再推广。' });
  expect((await search({})).items).toEqual([]);
  await office.does('li-ning', path, 'acceptCase');
  await office.cloud.settle();
}, 120_000);
afterAll(() => office.cloud.stop());

describe('the case library (R-043, R-052)', () => {
  it('is found by anybody through any words of its text, its title, its unit or its name', async () => {
    for (const q of ['贯通业务', '数据 推广', '农产品流通一张网', '南宁市农产品流通服务中心', '']) expect((await search({ q })).items.map((item) => item.case)).toEqual([path.slice(11)]);
    expect((await search({ q: '价格' })).items[0]?.excerpt).toContain('价格与物流');
    // What the Bureau sent back is not the case; what does not stand there is not found.
    for (const q of ['螺蛳粉', '初稿', '贯通业务 海洋']) expect((await search({ q })).items).toEqual([]);
    expect((await search({ q: '数据', lifecycle: 'socialInvestment' })).items).toEqual([]);
    expect((await search({ q: '数据', division: '450100' })).items).toHaveLength(1);
    expect((await search({ division: '450200' })).items).toEqual([]);
  });

  it('shows the whole text of a case in it, and of no other', async () => {
    expect((await publicly(`/library/${path.slice(11)}`)).body).toMatchObject({ title: '农产品流通一张网', text: `【背景】\n产销对接难。\n\n【做法】\n${text}\n\n【实施成效】\n流通环节减少2个。\n\n【可供借鉴的经验】\n先统一标准，再推广。` });
    expect((await publicly(`/library/${(await office.open()).id}`)).status).toBe(404);
  });

  it('refuses a query that is none', async () => {
    for (const query of ['cursor=x', 'limit=0', 'limit=51', 'direction=x', `q=${'长'.repeat(61)}`, 'division=1']) expect((await publicly(`/library?${query}`)).status).toBe(400);
  });

  it('takes as many on a page as the document says, and no more', async () => {
    const parameter = openApiDocument().paths?.['/library']?.get?.parameters?.find((each) => 'name' in each && each.name === 'limit');
    const { maximum } = (parameter as { readonly schema: { readonly maximum: number } }).schema;
    expect([(await publicly(`/library?limit=${maximum}`)).status, (await publicly(`/library?limit=${maximum + 1}`)).status]).toEqual([200, 400]);
  });

  it('pages without losing or repeating any, and goes on where one look was not enough', async () => {
    // A library of 2,100 more: entries of this case under other instants, most of which a search rules out by their filters.
    const other = filterOf('完全无关的内容');
    const same = filterOf(['农产品流通一张网', text].join('\n'));
    const { client, name } = office.cloud.table;
    const put = (index: number) => client.send(new PutItemCommand({ TableName: name, Item: { pk: { S: 'LIBRARY' }, sk: { S: `2024-01-01T00:00:00.${String(index).padStart(4, '0')}Z#${path.slice(11)}` }, n: { N: String(eventOfText) }, filter: { B: index % 500 === 0 ? same : other } } }));
    const { body } = await office.cloud.send<{ events: { event: { n: number; command: string } }[] }>('long-fei', 'GET', `${path}/case-file`);
    const eventOfText = body.events.findLast(({ event }) => event.command === 'submitCaseText')?.event.n;
    for (let at = 0; at < 2100; at += 100) await Promise.all(Array.from({ length: 100 }, (_, index) => put(at + index)));
    let found = 0;
    let pages = 0;
    for (let cursor: string | undefined = ''; cursor !== undefined; pages += 1) {
      const page: Found = await search({ q: '贯通业务', limit: '2', ...(cursor ? { cursor } : {}) });
      found += page.items.length;
      cursor = page.next;
    }
    expect(found).toBe(6);
    expect(pages).toBeLessThan(8);
  });

  it('is a book of the year as Word and PDF', async () => {
    const year = today().slice(0, 4);
    expect((await download(`/casebook.pdf?year=${year}`)).subarray(0, 5).toString('latin1')).toBe('%PDF-');
    const xml = documentXml(await download(`/casebook.docx?year=${year}`));
    for (const words of ['广西数字应用场景案例集', '农产品流通一张网', '推广到十四个设区市时，只需更换目录。', '南宁市']) expect(xml).toContain(words);
    expect((await office.cloud.send('wei-lan', 'GET', '/casebook.pdf?year=2023')).status).toBe(404);
    // More than one request can set are no book.
    expect((await office.cloud.send('wei-lan', 'GET', '/casebook.pdf?year=2024')).status).toBe(413);
    expect((await office.cloud.send('wei-lan', 'GET', '/casebook.pdf')).status).toBe(400);
  });

  it('R-073: loses a case that becomes void', async () => {
    await office.does('liang-shan', path, 'void', { reason: '申报材料不实' });
    await office.cloud.settle();
    expect((await search({ q: '贯通业务' })).items).toEqual([]);
    expect((await publicly(`/library/${path.slice(11)}`)).status).toBe(404);
  });
});

/** The part `word/document.xml` of a package (APPNOTE 4.3: local header, name, data). */
function documentXml(bytes: Buffer): string {
  const name = Buffer.from('word/document.xml');
  for (let at = bytes.indexOf('PK\u0003\u0004', 0, 'latin1'); at >= 0; at = bytes.indexOf('PK\u0003\u0004', at + 4, 'latin1')) {
    const length = bytes.readUInt16LE(at + 26);
    if (!bytes.subarray(at + 30, at + 30 + length).equals(name)) continue;
    const from = at + 30 + length + bytes.readUInt16LE(at + 28);
    return inflateRawSync(bytes.subarray(from)).toString('utf8');
  }
  throw new Error('no document.xml');
}
