import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordMeeting } from '../../../functions/meetings/meetings.ts';
import { loadAsking } from '../../../functions/store/load.ts';
import { inBetween } from '../../harness/in-between.ts';
import { Office } from '../../harness/office.ts';
import { requestOf } from '../../harness/small-cloud.ts';
import { wordData } from '../../unit/documents/word-tables.ts';

let office: Office;
let decided: string[];
let open: string;
beforeAll(async () => {
  office = await Office.start();
  decided = [idOf(await office.toAwaitingBatch()), idOf(await office.toAwaitingBatch())];
  open = idOf(await office.toBureau());
}, 120_000);
afterAll(() => office.cloud.stop());

const idOf = (path: string): string => path.split('/')[2] ?? '';

interface Meeting {
  readonly id: string;
  readonly replacedBy?: string;
  readonly items: readonly { readonly case: string; readonly title: string; readonly score: number | null; readonly sheets: readonly unknown[]; readonly proposal?: { readonly by: string; readonly reason: string }; readonly decision?: { readonly by: string; readonly outcome: string; readonly n: number; readonly sha256: string } }[];
}

const said = {
  heldOn: '2025-03-03', place: '数据局三楼会议室', chair: '梁山', recorder: '李宁', absent: '谭军（因公出差）',
  attendees: [{ name: '梁山', unit: '自治区数据局', duty: '负责人' }, { name: '李宁', unit: '自治区数据局' }, { name: '农敏', unit: '自治区市场监管局' }],
  discussion: '与会人员一致认为两个场景需求真实、示范性强。',
};
const record = (body: object, { person = 'li-ning', key = office.key() } = {}) => office.cloud.send<Meeting & { detail?: string; errors?: { pointer: string }[] }>(person, 'POST', '/selection-meetings', { body, headers: { 'idempotency-key': key } });
const read = <T = Meeting>(person: string, path: string) => office.cloud.send<T>(person, 'GET', path);

async function file(person: string | undefined, path: string, accept?: string) {
  const answer = await office.cloud.raw(requestOf(person, 'GET', path, undefined, accept === undefined ? {} : { accept }));
  return { status: answer.statusCode ?? 0, type: String((answer.headers as Record<string, string> | undefined)?.['content-type']), bytes: Buffer.from(answer.body ?? '', answer.isBase64Encoded ? 'base64' : 'utf8') };
}

describe('the record of a meeting that selected scenarios (requirements 8.8)', () => {
  it('holds who was there and, from the log, each score, proposal and decision; the same request again is the same record', async () => {
    const key = office.key();
    const first = await record({ ...said, scenarios: decided }, { key });
    expect(first.status).toBe(200);
    const [item] = first.body.items;
    expect(first.body.items.map(({ case: id }) => id)).toEqual(decided);
    expect(item).toMatchObject({ score: 85, proposal: { by: '李宁', reason: '达标', outcome: 'selected' }, decision: { by: '梁山', outcome: 'selected' } });
    expect(item?.sheets).toHaveLength(5);
    const { items: events } = (await read<{ items: { n: number; command: string; sha256: string }[] }>('li-ning', `/scenarios/${decided[0]}/events?limit=100`)).body;
    expect(events.find(({ command }) => command === 'approveSelection')).toMatchObject({ n: item?.decision?.n, sha256: item?.decision?.sha256 });
    expect((await record({ ...said, scenarios: decided }, { key })).body.id).toBe(first.body.id);
    expect((await record({ ...said, place: '别处', scenarios: decided }, { key })).status).toBe(409);
    expect((await read('long-fei', `/selection-meetings/${first.body.id}`)).body).toEqual(first.body);
  });

  it('is one record, replaced by one other, when requests arrive at the same moment', async () => {
    const eight = (body: object, key?: string) => Promise.all(Array.from({ length: 8 }, () => record(body, key === undefined ? {} : { key })));
    const first = await eight({ ...said, scenarios: decided }, office.key());
    expect(first.map(({ status }) => status)).toEqual(Array(8).fill(200));
    const replaces = first[0]?.body.id;
    const same = await eight({ ...said, place: '数据局五楼会议室', scenarios: decided, replaces }, office.key());
    expect(same.map(({ status }) => status)).toEqual(Array(8).fill(200));
    expect([new Set(first.map(({ body }) => body.id)).size, new Set(same.map(({ body }) => body.id)).size]).toEqual([1, 1]);
    // The second of two reads that the first has replaced the record by then.
    const twice = { ...said, place: '数据局七楼会议室', scenarios: decided, replaces: same[0]?.body.id };
    const { actor } = await loadAsking(office.cloud.table, 'li-ning');
    if (!actor) throw new Error('nobody to ask');
    const headers = { 'idempotency-key': office.key() };
    const table = inBetween(office.cloud.table, 'BatchGetItemCommand', 1, () => office.cloud.send('li-ning', 'POST', '/selection-meetings', { body: twice, headers }));
    const second = await recordMeeting({ ...office.cloud.desk(), table }, requestOf('li-ning', 'POST', '/selection-meetings', twice, headers), actor);
    const others = await eight({ ...said, place: '数据局六楼会议室', scenarios: decided, replaces: second.id });
    expect(others.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(others.every(({ status }) => [200, 400, 409].includes(status))).toBe(true);
  });

  it('is refused about what is not decided, was decided before, is not there or is still to come, naming the place', async () => {
    for (const [body, pointer] of [
      [{ scenarios: [decided[0], open] }, '/scenarios/1'], [{ scenarios: ['s-none'] }, '/scenarios/0'], [{ scenarios: decided, heldOn: '2025-03-09' }, '/heldOn'],
      [{ scenarios: [] }, '/scenarios'], [{ scenarios: [decided[0], decided[0]] }, '/scenarios'], [{ scenarios: decided, attendees: [] }, '/attendees'], [{ scenarios: decided, replaces: 'm-20250303-aaaaaaaaaaaa' }, '/replaces'],
    ] as const) expect(await record({ ...said, ...body }), pointer).toMatchObject({ status: 400, body: { errors: [{ pointer }] } });
    await office.later(3);
    expect(await record({ ...said, heldOn: '2025-03-05', scenarios: decided })).toMatchObject({ status: 400, body: { detail: expect.stringContaining('不能晚于决定') as unknown } });
  });

  it('is for the Bureau to keep and for supervision to read, and for nobody else', async () => {
    const { body: { id } } = await record({ ...said, scenarios: decided });
    for (const person of ['wei-lan', 'lu-fang', 'expert-chen', 'zhao-wen', 'pan-hong', 'long-fei']) expect((await record({ ...said, scenarios: decided }, { person })).status, person).toBe(403);
    for (const path of ['/selection-meetings', `/selection-meetings/${id}`]) {
      for (const person of ['wei-lan', 'lu-fang', 'expert-chen', 'pan-hong']) expect((await read(person, path)).status, person).toBe(403);
      for (const person of ['liang-shan', 'ou-lin']) expect((await read(person, path)).status, person).toBe(200);
    }
    for (const path of [`/selection-meetings/${id}/documents/minutes.pdf`, `/selection-summary.pdf?ids=${open}`]) {
      for (const person of ['wei-lan', 'expert-chen']) expect((await file(person, path)).status, person).toBe(403);
      expect((await file(undefined, path)).status).toBe(401);
    }
    expect((await read('li-ning', '/selection-meetings/m-20250303-aaaaaaaaaaaa')).status).toBe(404);
    expect((await file('li-ning', `/selection-meetings/${id}/documents/minutes.exe`)).status).toBe(404);
  });

  it('is put right by another record, once; both stay, and the code of the first says that it is not the latest', async () => {
    const first = (await record({ ...said, scenarios: decided })).body;
    const code = await codeOf(first.id);
    expect(await verified(code)).toMatchObject({ form: 'minutes', case: first.id, latest: true, unchanged: true });
    const second = await record({ ...said, place: '数据局五楼会议室', scenarios: decided, replaces: first.id });
    expect(second.status).toBe(200);
    expect((await record({ ...said, scenarios: decided, replaces: first.id }))).toMatchObject({ status: 400, body: { errors: [{ pointer: '/replaces' }] } });
    expect((await read('li-ning', `/selection-meetings/${first.id}`)).body).toEqual({ ...first, replacedBy: second.body.id });
    expect(await codeOf(first.id)).toBe(code);
    expect(await verified(code)).toMatchObject({ latest: false, unchanged: false });
    expect((await file(undefined, `/verify/${code.slice(0, -1)}${code.endsWith('0') ? '1' : '0'}`)).status).toBe(404);
    expect((await file(undefined, `/verify/${code}`, 'text/html')).bytes.toString()).toContain('遴选会议纪要');
  });

  it('is listed, the latest meeting first, page by page', async () => {
    const all: string[] = [];
    for (let next: string | undefined = ''; next !== undefined; ) {
      const { body }: { body: { items: { id: string; count: number; selected: number }[]; next?: string } } = await read('li-ning', `/selection-meetings?limit=2${next === '' ? '' : `&before=${next}`}`);
      for (const { count, selected } of body.items) expect([count, selected]).toEqual([2, 2]);
      all.push(...body.items.map(({ id }) => id));
      next = body.next;
    }
    expect(all).toEqual(all.toSorted().toReversed());
    expect(new Set(all).size).toBe(all.length);
    expect(all.length).toBeGreaterThan(3);
  });

  async function codeOf(id: string): Promise<string> {
    const { tables } = wordData((await file('li-ning', `/selection-meetings/${id}/documents/minutes.docx`)).bytes);
    return /核验码：([\w-]+)/.exec(tables.flat(2).join('\n'))?.[1] ?? '';
  }

  async function verified(code: string): Promise<unknown> {
    return JSON.parse((await file(undefined, `/verify/${code}`)).bytes.toString());
  }
});

describe('the papers of a meeting', () => {
  it('are minutes in Word, read back: who, what, each scenario with its sheets, and places to sign', async () => {
    const meeting = (await record({ ...said, scenarios: decided })).body;
    const { paragraphs, tables } = wordData((await file('liang-shan', `/selection-meetings/${meeting.id}/documents/minutes.docx`)).bytes);
    expect(tables[0]).toEqual([
      ['会议日期', '2025年3月3日'], ['会议地点', said.place], ['主持人', '梁山'],
      ['参会人员', '梁山（自治区数据局，负责人）、李宁（自治区数据局）、农敏（自治区市场监管局）'], ['请假人员', said.absent], ['记录人', '李宁'],
    ]);
    expect(tables[1]?.slice(1)).toEqual(meeting.items.map(({ title }, index) => [String(index + 1), title, '南宁市农产品流通服务中心（演示）', '政府投资类', '85', '同意入选']));
    expect(tables[2]?.slice(1).map(([name, total, , comment]) => [name, total, comment])).toContainEqual(['陈思源', '85', '建议入选']);
    const text = paragraphs.join('\n');
    for (const words of ['同意入选2个、不予入选0个', '经办意见：同意入选。达标（李宁，2025年3月3日）', '决定：同意入选。（梁山，2025年3月3日', said.discussion, '主持人（签字）', '广西壮族自治区数据局（盖章）']) expect(text).toContain(words);
    expect(await file('liang-shan', `/selection-meetings/${meeting.id}/documents/minutes.pdf`)).toMatchObject({ status: 200, type: 'application/pdf' });
  });

  it('are a summary beforehand, a draft, also of what nobody has decided or scored', async () => {
    const { paragraphs, tables } = wordData((await file('he-ping', `/selection-summary.docx?ids=${open},${decided[0]}`)).bytes);
    expect(tables[0]?.slice(1).map((row) => row.slice(4))).toEqual([['—', '尚未决定'], ['85', '同意入选']]);
    expect(paragraphs.join('\n')).toContain('尚未决定1个');
    expect(await file('he-ping', `/selection-summary.pdf?ids=${open}`)).toMatchObject({ status: 200, type: 'application/pdf' });
    for (const ids of ['', ',', `${open},${open}`, 's-none', Array.from({ length: 51 }, (_, index) => `s-${index}`).join(',')]) expect((await file('he-ping', `/selection-summary.docx?ids=${ids}`)).status, ids).toBe(400);
  });
});
