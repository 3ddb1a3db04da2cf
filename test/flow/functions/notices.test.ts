import type { DynamoDBStreamEvent } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { actAsSystem } from '../../../functions/cases/act.ts';
import { followForPeople } from '../../../functions/notices/follow.ts';
import { caseKey, sk } from '../../../functions/store/keys.ts';
import { readItems } from '../../../functions/store/load.ts';
import { markAllSeen, seenUpTo } from '../../../functions/store/notices.ts';
import { addDays, dayOf, isWorkingDay } from '../../../shared/days.ts';
import { Office } from '../../harness/office.ts';

interface Row {
  readonly id: string;
  readonly notice: string;
  readonly kind: string;
  readonly subject: string;
  readonly case: string;
  readonly seen: boolean;
}
interface Page {
  readonly items: readonly Row[];
  readonly unseen: { readonly count: number; readonly more: boolean };
  readonly next?: string;
}

let office: Office;
beforeAll(async () => {
  office = await Office.start();
}, 60_000);
afterAll(() => office.cloud.stop());

const notices = async (person: string, query = ''): Promise<Page> => {
  const { status, body } = await office.cloud.send<Page>(person, 'GET', `/notices${query}`);
  expect(status).toBe(200);
  return body;
};
const of = async (person: string, path: string) => (await notices(person, '?limit=100')).items.filter((row) => path.endsWith(row.case));
const post = (person: string, path: string, body: unknown) => office.cloud.send<Record<string, unknown>>(person, 'POST', path, { body });

describe('what people are told', () => {
  it('is a new to-do on their desk, but not what they brought there themselves, and to the unit how its case gets on', async () => {
    const path = `/scenarios/${(await office.open()).id}`;
    await office.does('wei-lan', path, 'submit', { handler: 'nanning-data' });
    await office.cloud.settle();
    expect(await of('lu-fang', path)).toMatchObject([{ kind: 'todo', subject: expect.stringMatching(/^新的待办：“数智大市场 .*”（待市或主管部门汇总）$/), seen: false }]);
    expect(await of('mo-qiang', path)).toEqual([]);
    expect(await of('wei-lan', path)).toEqual([]);
    await office.does('lu-fang', path, 'aggregate', { opinion: '同意汇总报送。', sealed: true });
    await office.does('lu-fang', path, 'submitToBureau');
    await office.cloud.settle();
    expect((await of('wei-lan', path)).map(({ subject }) => subject.replace(/.*”/, ''))).toEqual(['已报送自治区数据局', '已汇总']);
    // The next to-do of the own desk, and the one that was done before anybody looked, are no news.
    expect(await of('lu-fang', path)).toHaveLength(1);
    expect((await of('li-ning', path)).map(({ kind }) => kind)).toEqual(['todo']);
    expect((await of('huang-yu', path)).length).toBe(2);
  });

  it('is told once of a to-do that came, went and came again before anybody looked', async () => {
    const path = `/scenarios/${(await office.open()).id}`;
    await office.does('wei-lan', path, 'submit', { handler: 'nanning-data' });
    await office.does('lu-fang', path, 'returnForCorrection', { reason: '请补正', items: [{ pointer: '/system/name', reason: '名称不规范' }] });
    await office.does('wei-lan', path, 'submit', { handler: 'nanning-data' });
    await office.cloud.settle();
    expect((await of('lu-fang', path)).map(({ kind }) => kind)).toEqual(['todo']);
  });

  it('is the same, however often the log is read', async () => {
    const { id } = await office.open();
    await office.does('wei-lan', `/scenarios/${id}`, 'submit', { handler: 'nanning-data' });
    await office.cloud.settle();
    const before = await of('lu-fang', `/scenarios/${id}`);
    const [item] = (await readItems(office.cloud.table, [caseKey(id, sk.event(2))])).values();
    const image = JSON.parse(JSON.stringify(item, (_, value: unknown) => (value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value))) as never;
    const record = { eventName: 'INSERT', dynamodb: { NewImage: image, SequenceNumber: '1' } };
    expect(await followForPeople({ ...office.cloud.desk(), channels: [] }, { Records: [record, record] } as unknown as DynamoDBStreamEvent)).toEqual({ batchItemFailures: [] });
    expect(await of('lu-fang', `/scenarios/${id}`)).toEqual(before);
    expect(before).toHaveLength(1);
  });

  it('comes page by page, the newest first, each once', async () => {
    const whole = (await notices('wei-lan', '?limit=100')).items.map(({ notice }) => notice);
    const seen: string[] = [];
    for (let cursor: string | undefined = ''; cursor !== undefined; ) {
      const page: Page = await notices('wei-lan', `?limit=1${cursor && `&cursor=${cursor}`}`);
      seen.push(...page.items.map(({ notice }) => notice));
      cursor = page.next;
    }
    expect(seen).toEqual(whole);
    expect(whole.length).toBeGreaterThan(1);
    expect((await office.cloud.send('wei-lan', 'GET', '/notices?cursor=abc')).status).toBe(400);
  });
});

describe('a notice that was seen', () => {
  it('is seen by that person alone, once or all up to a moment, and the figures follow', async () => {
    const { items, unseen } = await notices('wei-lan', '?limit=100');
    expect(unseen.count).toBe(items.length);
    for (const _ of [1, 2]) expect((await post('wei-lan', '/notices/seen', { notices: [items[0]!.notice] })).body).toMatchObject({ unseen: { count: items.length - 1 } });
    expect((await notices('wei-lan', '?limit=100')).items.map(({ seen }) => seen)).toEqual(items.map((_, index) => index === 0));
    expect((await notices('huang-yu')).items.every(({ seen }) => !seen)).toBe(true);
    expect((await post('wei-lan', '/notices/seen', { upTo: '2999-01-01T00:00:00Z' })).body).toMatchObject({ unseen: { count: 0, more: false } });
    expect((await office.cloud.send<{ unseen: unknown }>('wei-lan', 'GET', '/desk')).body.unseen).toEqual({ count: 0, more: false });
    // What comes later is new, though everything was seen up to a time that has not come.
    const path = `/scenarios/${(await office.open('huang-yu')).id}`;
    await office.does('huang-yu', path, 'submit', { handler: 'nanning-data' });
    await office.later(0.01);
    await office.does('lu-fang', path, 'returnForCorrection', { reason: '请补充', items: [{ pointer: '/system/name', reason: '名称不规范' }] }).catch(() => office.does('lu-fang', path, 'decline', { reason: '不符合' }));
    await office.cloud.settle();
    expect((await notices('wei-lan')).unseen.count).toBe(1);
  });

  it('seen up to a moment stay seen when an earlier mark comes late, or many at once', async () => {
    const { table } = office.cloud;
    const moments = [5, 2, 9, 1, 7].map((day) => `2025-07-0${day}T00:00:00.000Z`);
    await Promise.all(moments.map((upTo) => markAllSeen(table, 'somebody', upTo)));
    expect(await seenUpTo(table, 'somebody')).toBe('2025-07-09T00:00:00.000Z');
    await markAllSeen(table, 'somebody', '2025-07-03T00:00:00.000Z');
    expect(await seenUpTo(table, 'somebody')).toBe('2025-07-09T00:00:00.000Z');
  });

  it('must lie on a desk of the reader', async () => {
    const foreign = (await notices('li-ning')).items[0]!.notice;
    for (const body of [{ notices: [foreign] }, { notices: ['x'] }, { notices: [] }, { upTo: 'today' }, {}]) expect((await post('wei-lan', '/notices/seen', body)).status).toBe(400);
  });
});

describe('a milestone', () => {
  it('that passes its day is told by the calendar, once, to the Bureau and to the unit; nobody has to report first', async () => {
    const path = await office.toAwaitingBatch();
    const desk = { table: office.cloud.table, policy: 'gx-2025-draft', now: office.cloud.now() };
    await actAsSystem(desk, path.split('/')[2] ?? '', () => true, { command: { type: 'publish', args: { batch: '2025-H1', batchCase: 'batch-2025-H1', number: 'GX-2025-H1-0001' } } });
    const today = dayOf(new Date(office.cloud.now()).toISOString());
    await office.does('wei-lan', path, 'recordProjectApproval', { approvalNo: '桂发改〔2025〕1号', approvedOn: today, totalInvestmentFen: 1_200_000_000 });
    await office.does('wei-lan', path, 'planMilestones', { milestones: [{ name: '初验', dueOn: addDays(today, 9) }] });
    const told = async (person: string) => (await of(person, path)).filter(({ subject }) => subject.includes('里程碑“初验”')).map(({ kind }) => kind);
    for (let days = 0; days <= 20; days += 1) {
      await office.cloud.moveTo(`${addDays(today, days)}T01:00:00.000Z`);
      await office.cloud.calendar();
      if (days === 9) expect([await told('li-ning'), await told('wei-lan')]).toEqual([[], []]);
    }
    expect([await told('li-ning'), await told('wei-lan')]).toEqual([['warning'], ['overdue']]);
  });
});

describe('deadlines', () => {
  it('are reminded of three working days and one before, once each, on working days after half past eight', async () => {
    const path = `/scenarios/${(await office.open()).id}`;
    await office.does('wei-lan', path, 'submit', { handler: 'nanning-data' });
    const { tasks } = (await office.read('lu-fang', path)) as unknown as { tasks: { dueAt: string }[] };
    const due = Date.parse(tasks[0]!.dueAt);
    const told: string[] = [];
    for (let days = 15; days >= 0; days -= 1) {
      const day = new Date(due - days * 86_400_000 + 8 * 3_600_000).toISOString().slice(0, 10);
      if (Date.parse(`${day}T00:00:00Z`) <= office.cloud.now()) continue;
      await office.cloud.moveTo(`${day}T00:20:00.000Z`);
      expect(await office.cloud.calendar()).toBeUndefined();
      await office.cloud.moveTo(`${day}T00:40:00.000Z`);
      expect((await office.cloud.calendar()) === undefined).toBe(!isWorkingDay(day));
      expect(await office.cloud.calendar()).toBeUndefined();
      const subjects = (await of('lu-fang', path)).filter(({ kind }) => kind === 'reminder').map(({ subject }) => subject.slice(0, 9));
      if (subjects.length > told.length) told.push(subjects[0]!);
    }
    expect(told).toEqual(['还有3个工作日到期', '还有1个工作日到期']);
  });

  it('that pass are told to the desk and to the office above it, the second time to the next one', async () => {
    const path = `/scenarios/${(await office.open('qin-hai')).id}`;
    await office.does('qin-hai', path, 'submit', { handler: 'liuzhou-data' });
    await office.cloud.settle();
    const kinds = async (person: string) => (await of(person, path)).map(({ kind }) => kind).filter((kind) => kind !== 'todo' && kind !== 'reminder');
    await office.later(20);
    await office.cloud.settle();
    expect([await kinds('mo-qiang'), await kinds('li-ning'), await kinds('liang-shan')]).toEqual([['overdue'], ['escalation'], []]);
    await office.later(31);
    await office.cloud.settle();
    expect([await kinds('mo-qiang'), await kinds('li-ning'), await kinds('liang-shan')]).toEqual([['overdue', 'overdue'], ['escalation'], ['escalation']]);
    expect((await of('liang-shan', path))[0]?.subject).toMatch(/^下级逾期未办（第2次提醒）：“数智大市场 .*”（待市或主管部门汇总），请督促$/);
  });
});

describe('how people want to be told', () => {
  it('is theirs to say, and only a real address is taken', async () => {
    expect((await office.cloud.send('lu-fang', 'GET', '/notices/settings')).body).toEqual({ mail: null, atOnce: false, digest: false });
    for (const mail of ['lu fang@x.cn', 'a@b\r\nBcc: c@d.cn', 'x', '']) expect((await post('lu-fang', '/notices/settings', { mail, atOnce: true, digest: true })).status).toBe(400);
    expect((await post('lu-fang', '/notices/settings', { mail: 'lu.fang@example.cn', atOnce: true, digest: true })).body).toEqual({ mail: 'lu.fang@example.cn', atOnce: true, digest: true });
    expect((await office.cloud.send('lu-fang', 'GET', '/notices/settings')).body).toMatchObject({ mail: 'lu.fang@example.cn' });
  });
});
