import { readXlsx } from 'hucre/xlsx';
import { parseCsv } from 'hucre/csv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { orgItem } from '../../../functions/store/people.ts';
import { put } from '../../../functions/store/put.ts';
import { governmentFormFixture } from '../../fixtures/forms.ts';
import { Office } from '../../harness/office.ts';
import { requestOf } from '../../harness/small-cloud.ts';

interface Row {
  readonly case: string;
  readonly command: string;
  readonly title: string;
  readonly n: number;
  readonly at: string;
  readonly leaf: string;
  readonly dueAt: string;
}
interface Page {
  readonly items: readonly Row[];
  readonly next?: string;
}

let office: Office;
beforeAll(async () => {
  office = await Office.start();
}, 60_000);
afterAll(() => office.cloud.stop());

const list = async (person: string, path: string): Promise<Page> => {
  const { status, body } = await office.cloud.send<Page>(person, 'GET', path);
  expect(status).toBe(200);
  return body;
};
const file = async (person: string, path: string) => {
  const answer = await office.cloud.raw(requestOf(person, 'GET', path));
  return { status: answer.statusCode, headers: answer.headers ?? {}, bytes: Buffer.from(answer.body ?? '', answer.isBase64Encoded ? 'base64' : 'utf8') };
};

describe('what somebody dealt with', () => {
  it('is on their own list and on nobody else’s, the newest first, with how the case stands now', async () => {
    const path = await office.toBureau();
    const id = path.split('/').at(-1) ?? '';
    const mine = (await list('lu-fang', '/done')).items.filter((row) => row.case === id);
    expect(mine.map(({ command }) => command)).toEqual(['submitToBureau', 'aggregate']);
    expect(mine[0]).toMatchObject({ state: ['intake.formalCheck'], unitName: '南宁市农产品流通服务中心（演示）', division: '450100' });
    expect((await list('mo-qiang', '/done')).items).toEqual([]);
    expect((await list('huang-yu', '/done')).items.filter((row) => row.case === id)).toEqual([]);
  });

  it('does not count saving a form, which deals with nothing', async () => {
    const { id } = await office.open('qin-hai');
    await office.does('qin-hai', `/scenarios/${id}`, 'saveForm', { form: governmentFormFixture({ name: '保存一次' }) });
    expect((await list('qin-hai', '/done')).items).toEqual([]);
    expect((await list('qin-hai', '/mine')).items).toMatchObject([{ case: id, command: 'open', title: '保存一次' }]);
  });

  it('is not shown any more to an expert who recused and may not see the case', async () => {
    const path = await office.toBureau();
    await office.does('li-ning', path, 'passFormalCheck');
    await office.does('li-ning', path, 'assignExperts', { experts: ['expert-chen', 'expert-zhou', 'expert-wu', 'expert-lin', 'expert-xie'] });
    const { version } = await office.read('expert-chen', path);
    expect(await office.send('expert-chen', path, 'recuse', { reason: '参与过该项目' }, version)).toMatchObject({ status: 200 });
    expect((await list('expert-chen', '/done')).items).toEqual([]);
    expect((await office.cloud.send<{ done: unknown }>('expert-chen', 'GET', '/desk')).body.done).toEqual({ count: 1, more: false });
  });
});

describe('lists are sifted', () => {
  it('by class, state, city, sector, words and the day a to-do is due', async () => {
    const { id } = await office.open('meng-jie');
    await office.does('meng-jie', `/scenarios/${id}`, 'saveForm', { form: governmentFormFixture({ name: '邕江 智慧水务Ａ１' }) });
    const of = async (query: string) => (await list('meng-jie', `/tasks?${query}`)).items.map((row) => row.case);
    const due = (await list('meng-jie', '/tasks')).items.find((row) => row.case === id)?.dueAt.slice(0, 10) ?? '';
    for (const wanted of ['lifecycle=governmentInvestment', 'leaf=declaration', 'leaf=declaration.draft', 'city=450100', 'sector=industryInformation', 'q=%E6%B0%B4%E5%8A%A1+a1', `q=${id}`, `dueFrom=${due}&dueTo=${due}`]) expect([wanted, await of(wanted)]).toEqual([wanted, [id]]);
    for (const other of ['lifecycle=socialInvestment', 'leaf=intake', 'city=450200', 'sector=finance', 'q=%E4%BA%A4%E9%80%9A', 'dueTo=2025-03-04', 'dueFrom=2030-01-01']) expect([other, await of(other)]).toEqual([other, []]);
    expect((await list('meng-jie', '/mine?q=%E6%B0%B4%E5%8A%A1')).items).toHaveLength(1);
    expect((await list('long-fei', '/scenarios?q=%E6%B0%B4%E5%8A%A1&city=450100')).items).toHaveLength(1);
    expect((await list('long-fei', '/scenarios?q=%E6%B0%B4%E5%8A%A1&city=450200')).items).toHaveLength(0);
  });

  it.each(['city=45', 'city=450102', 'sector=nobody', 'leaf=declaration.nowhere', 'leaf=__proto__', 'dueFrom=2025-02-30', `q=${'长'.repeat(61)}`, 'lifecycle=none', 'limit=0', 'cursor=x'])('refuses %s', async (query) => {
    const { status, body } = await office.cloud.send('li-ning', 'GET', `/tasks?${query}`);
    expect([status, body['type']]).toEqual([400, '/problems/invalid-input']);
  });

  it('page by page without a row twice or never, whatever the sieve lets through', async () => {
    const ids: string[] = [];
    for (let index = 0; index < 7; index += 1) ids.push((await office.open('wei-lan')).id);
    for (const query of ['', 'leaf=declaration.draft', 'city=450100']) {
      const seen: string[] = [];
      for (let cursor: string | undefined = ''; cursor !== undefined; ) {
        const page: Page = await list('wei-lan', `/tasks?limit=2&${query}${cursor ? `&cursor=${cursor}` : ''}`);
        expect(page.items.length).toBeLessThanOrEqual(2);
        seen.push(...page.items.map((row) => row.case));
        cursor = page.next;
      }
      expect(new Set(seen).size).toBe(seen.length);
      for (const id of ids) expect(seen).toContain(id);
    }
  });

  it('take a cursor of the same list and wishes only', async () => {
    const { next } = await list('wei-lan', '/tasks?limit=1');
    for (const other of [`/tasks?limit=1&city=450100&cursor=${next}`, `/mine?cursor=${next}`]) expect((await office.cloud.send('wei-lan', 'GET', other)).status).toBe(400);
    expect((await office.cloud.send('huang-yu', 'GET', `/tasks?cursor=${next}`)).status).toBe(400);
  });
});

describe('the desk', () => {
  it('counts to-dos, done and begun', async () => {
    const { body } = await office.cloud.send<Record<'tasks' | 'done' | 'mine', { count: number; more: boolean }>>('wei-lan', 'GET', '/desk');
    const all = async (path: string) => (await list('wei-lan', `${path}?limit=100`)).items.length;
    expect(body).toMatchObject({ tasks: { count: await all('/tasks'), more: false }, done: { count: await all('/done') }, mine: { count: await all('/mine') } });
    expect(body.mine.count).toBeGreaterThan(7);
  });

  it('is closed to whoever is not registered', async () => {
    for (const path of ['/desk', '/done', '/mine']) expect((await office.cloud.send('stranger', 'GET', path)).status).toBe(403);
    expect((await file('stranger', '/exports/tasks.csv')).status).toBe(403);
  });
});

describe('a list as a file', () => {
  it('reads back as the list, in both formats, and what looks like a formula is harmless', async () => {
    const evil = '=HYPERLINK("http://x","点我")';
    const { id } = await office.open('meng-jie');
    await office.does('meng-jie', `/scenarios/${id}`, 'saveForm', { form: governmentFormFixture({ name: evil }) });
    const csv = await file('meng-jie', '/exports/tasks.csv');
    expect([...csv.bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(csv.headers).toMatchObject({ 'content-type': 'text/csv; charset=utf-8', 'cache-control': 'no-store' });
    const lines = parseCsv(csv.bytes.toString('utf8'));
    expect(lines[0]).toEqual(['场景（事项）', '编号', '类别', '申报单位', '设区市', '行业主管部门', '待办环节', '可办事项', '期限']);
    expect(lines.find((line) => line[1] === id)).toEqual([`'${evil}`, id, '政府投资类场景', '南宁邕江智联科技有限公司（演示）', '南宁市', '自治区工业和信息化厅', '草稿', expect.stringContaining('提交申报'), expect.stringMatching(/^2025-\d\d-\d\d$/)]);
    const book = await readXlsx((await file('meng-jie', '/exports/tasks.xlsx')).bytes);
    expect(book.sheets[0]?.rows.map((row) => row.map((cell) => String(cell ?? '')))).toEqual(lines.map((line) => line.map(String)));
    expect(lines.length - 1).toBe((await list('meng-jie', '/tasks?limit=100')).items.length);
  });

  it('exists for every list, sifted like it', async () => {
    await office.cloud.send('lu-fang', 'POST', '/lists', { body: { title: '南宁市清单' }, headers: { 'idempotency-key': office.key() } });
    for (const name of ['scenarios', 'batches', 'recoveries', 'lists', 'funds', 'demands']) {
      const rows = parseCsv((await file('li-ning', `/exports/${name}.csv`)).bytes.toString('utf8'));
      const { items } = (await office.cloud.send<{ items: { id: string }[] }>('li-ning', 'GET', `/${name}?limit=100`)).body;
      expect([name, rows.slice(1).map((row) => row[1])]).toEqual([name, items.map(({ id }) => id)]);
      if (name === 'lists') expect(rows.length).toBeGreaterThan(1);
    }
    for (const name of ['done', 'mine', 'scenarios']) {
      const rows = parseCsv((await file('wei-lan', `/exports/${name}.csv?q=${encodeURIComponent('数智')}`)).bytes.toString('utf8'));
      const { items } = await list('wei-lan', `/${name}?limit=100&q=${encodeURIComponent('数智')}`);
      expect([name, rows.length - 1]).toEqual([name, items.length]);
    }
  });

  it('says what there is when there is no such file, and that nothing was published', async () => {
    for (const name of ['tasks.pdf', 'people.csv', 'published.csv']) expect((await file('li-ning', `/exports/${name}`)).status).toBe(404);
    expect((await file('li-ning', '/exports/tasks.csv?city=1')).status).toBe(400);
  });
});

describe('the directory of units', () => {
  const found = async (person: string, q: string, more: Record<string, string> = {}) => office.cloud.send<{ items: { id: string; name: string; uscc?: string }[]; next?: string }>(person, 'GET', `/organisations?${new URLSearchParams({ q, ...more })}`);

  it('finds units by words of the name and by the credit code, full-width or not, for anybody signed in', async () => {
    expect((await found('lu-fang', '农产品')).body).toMatchObject({ items: [{ id: 'nanning-logistics', division: '450100', uscc: '12450000MB0000001G' }] });
    expect((await found('wei-lan', '91450200ma5ka')).body.items.map(({ id }) => id)).toEqual(['guiling-cement']);
    expect((await found('expert-chen', '９１４５０２００')).body.items.map(({ id }) => id)).toEqual(['guiling-cement']);
    expect((await found('lu-fang', '没有这个单位')).body).toEqual({ items: [] });
  });

  it('is read page by page, as far as it goes, however rare the words', async () => {
    for (let n = 1; n <= 1200; n += 1) await put(office.cloud.table, orgItem({ id: `o-many-${n}`, name: n === 1200 ? '来宾唯一数据中心' : `来宾第${n}数据中心`, kind: 'publicInstitution', office: 'none', division: '451300' }));
    const ids: string[] = [];
    let next: string | undefined = '';
    for (; next !== undefined; ) {
      const { body } = await found('lu-fang', '来宾第', { limit: '100', ...(next === '' ? {} : { cursor: next }) });
      ids.push(...body.items.map(({ id }) => id));
      next = body.next;
    }
    expect([ids.length, new Set(ids).size]).toEqual([1199, 1199]);
    const first = (await found('lu-fang', '来宾唯一')).body;
    const rest = first.next === undefined ? [] : (await found('lu-fang', '来宾唯一', { cursor: first.next })).body.items;
    expect([...first.items, ...rest].map(({ id }) => id)).toEqual(['o-many-1200']);
    for (const cursor of ['x', first.next ?? 'x']) expect((await found('lu-fang', '来宾第', { cursor })).status).toBe(400);
  });

  it('is asked with at least two characters, and by nobody unknown', async () => {
    for (const q of ['', '南', '长'.repeat(61)]) expect((await found('lu-fang', q)).status, q).toBe(400);
    expect((await found('nobody', '南宁')).status).toBe(403);
  });
});
