import { createServer, type IncomingHttpHeaders } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { followForPeople } from '../../../functions/notices/follow.ts';
import { mailSender } from '../../../functions/notices/mail.ts';
import { mostTries, pauseAfter, sendDue, type Senders } from '../../../functions/notices/send.ts';
import { signatureOf, webhookSender } from '../../../functions/notices/webhook.ts';
import { caseKey, sk } from '../../../functions/store/keys.ts';
import { readItems } from '../../../functions/store/load.ts';
import { putDelivery } from '../../../functions/store/deliveries.ts';
import { addWorkingDays, dayOf, isWorkingDay } from '../../../shared/days.ts';
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
interface Log {
  readonly items: readonly { readonly id: string; readonly channel: string; readonly status: string; readonly attempts: readonly { readonly outcome: string }[] }[];
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
const log = async (status: string): Promise<Log['items']> => (await office.cloud.send<Log>('liang-shan', 'GET', `/deliveries?status=${status}&limit=100`)).body.items;

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
    await office.does('lu-fang', path, 'returnForCorrection', { reason: '请补充', items: [{ pointer: '/name', reason: '名称不规范' }] }).catch(() => office.does('lu-fang', path, 'decline', { reason: '不符合' }));
    await office.cloud.settle();
    expect((await notices('wei-lan')).unseen.count).toBe(1);
  });

  it('must lie on a desk of the reader', async () => {
    const foreign = (await notices('li-ning')).items[0]!.notice;
    for (const body of [{ notices: [foreign] }, { notices: ['x'] }, { notices: [] }, { upTo: 'today' }, {}]) expect((await post('wei-lan', '/notices/seen', body)).status).toBe(400);
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

describe('notices that leave the house', () => {
  const mails: { to: string[]; raw: string }[] = [];
  const hooks: { headers: IncomingHttpHeaders; body: string }[] = [];
  let mailAnswer: () => Error | undefined = () => undefined;
  let hookAnswer: () => number = () => 204;
  const smtp = new SMTPServer({
    authOptional: false, disabledCommands: ['STARTTLS'], allowInsecureAuth: true,
    onAuth: ({ username, password }, _, done) => (username === 'guijing' && password === 'p@ss' ? done(null, { user: username }) : done(new Error('wrong'))),
    onRcptTo: (address, _, done) => done(address.address.startsWith('nobody') ? Object.assign(new Error('no such user'), { responseCode: 550 }) : undefined),
    onData: (stream, session, done) => {
      const pieces: Buffer[] = [];
      stream.on('data', (piece: Buffer) => pieces.push(piece));
      stream.on('end', () => {
        const error = mailAnswer();
        if (!error) mails.push({ to: session.envelope.rcptTo.map(({ address }) => address), raw: Buffer.concat(pieces).toString('utf8') });
        done(error);
      });
    },
  });
  const gateway = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      hooks.push({ headers: request.headers, body: Buffer.concat(pieces).toString('utf8') });
      const status = hookAnswer();
      if (status === 0) response.destroy();
      else response.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end();
    });
  });
  let senders: Senders;
  beforeAll(async () => {
    smtp.listen(0, '127.0.0.1');
    await once(smtp.server, 'listening');
    gateway.listen(0, '127.0.0.1');
    await once(gateway, 'listening');
    senders = {
      mail: mailSender({ url: `smtp://guijing:p%40ss@127.0.0.1:${(smtp.server.address() as AddressInfo).port}`, from: '桂景 <guijing@example.gov.cn>', console: 'https://guijing.example.gov.cn' }),
      webhook: webhookSender({ url: `http://127.0.0.1:${(gateway.address() as AddressInfo).port}/hook`, secret: 's3cret' }, office.cloud.now),
    };
    office.cloud.channels.push('mail', 'webhook');
  });
  afterAll(async () => {
    office.cloud.channels.splice(0);
    await new Promise<void>((resolve) => smtp.close(resolve));
    gateway.closeAllConnections();
    await new Promise<unknown>((resolve) => gateway.close(resolve));
  });
  const round = () => sendDue(office.cloud.table, senders, office.cloud.now, office.cloud.now() + 60_000);
  const submitted = async () => {
    const path = `/scenarios/${(await office.open()).id}`;
    await office.does('wei-lan', path, 'submit', { handler: 'nanning-data' });
    await office.cloud.settle();
    return path;
  };
  const minutes = (count: number) => office.later(count / 1440);

  it('go by mail to who wants it, and to the gateway signed, each once', async () => {
    const path = await submitted();
    const id = path.split('/').at(-1);
    expect(await round()).toEqual({ delivered: 2, failed: 0, dead: 0 });
    expect(await round()).toEqual({ delivered: 0, failed: 0, dead: 0 });
    expect(mails.map(({ to }) => to)).toEqual([['lu.fang@example.cn']]);
    expect(mails[0]?.raw).toMatch(new RegExp(`^Message-ID: <${id}-2-main-mail-lu-fang@example.gov.cn>`, 'm'));
    expect(mails[0]?.raw).toMatch(/^Auto-Submitted: auto-generated/m);
    const [hook] = hooks;
    expect(JSON.parse(hook!.body)).toMatchObject({ delivery: `${id}-2-main-webhook`, kind: 'todo', case: id, queue: 'aggregator#nanning-data', to: [{ person: 'lu-fang', name: '陆芳' }] });
    expect(hook!.headers['x-guijing-signature']).toBe(signatureOf('s3cret', String(hook!.headers['x-guijing-timestamp']), hook!.body));
    expect(signatureOf('other', String(hook!.headers['x-guijing-timestamp']), hook!.body)).not.toBe(hook!.headers['x-guijing-signature']);
    expect((await log('delivered')).map(({ channel, attempts }) => [channel, attempts.length]).sort()).toEqual([['mail', 1], ['webhook', 1]]);
  });

  it('are tried again after a failure, at growing distances, under the same number', async () => {
    hooks.splice(0);
    mails.splice(0);
    const answers = [503, 0, 429];
    hookAnswer = () => answers.shift() ?? 200;
    const busy = [Object.assign(new Error('busy'), { responseCode: 451 })];
    mailAnswer = () => busy.shift();
    await submitted();
    expect(await round()).toMatchObject({ delivered: 0, failed: 2 });
    expect(await round()).toMatchObject({ delivered: 0, failed: 0 });
    await minutes(1.1);
    expect(await round()).toMatchObject({ delivered: 1, failed: 1 });
    await minutes(1.1);
    expect(await round()).toMatchObject({ delivered: 0, failed: 0 });
    await minutes(1);
    expect(await round()).toMatchObject({ failed: 1 });
    await minutes(4.1);
    expect(await round()).toMatchObject({ delivered: 1, failed: 0 });
    expect(new Set(hooks.map(({ headers }) => headers['x-guijing-delivery'])).size).toBe(1);
    expect(hooks).toHaveLength(4);
    const done = (await log('delivered')).find(({ channel, id }) => channel === 'webhook' && id === hooks[0]?.headers['x-guijing-delivery']);
    expect(done?.attempts.map(({ outcome }) => outcome.split(':')[0])).toEqual(['HTTP 503', 'TypeError', 'HTTP 429', 'HTTP 200']);
    hookAnswer = () => 200;
  });

  it('that nobody will ever take are dead letters at once; an operator may send them again', async () => {
    hookAnswer = () => 302;
    await post('lu-fang', '/notices/settings', { mail: 'nobody@example.cn', atOnce: true, digest: false });
    await submitted();
    expect(await round()).toMatchObject({ delivered: 0, dead: 2 });
    const dead = await log('dead');
    expect(dead.map(({ channel, attempts }) => [channel, attempts[0]?.outcome.slice(0, 9)]).sort()).toEqual([['mail', 'EENVELOPE'], ['webhook', 'HTTP 302']]);
    hookAnswer = () => 200;
    const webhook = dead.find(({ channel }) => channel === 'webhook')!;
    const retry = `/deliveries/${encodeURIComponent(webhook.id)}/retry`;
    expect((await office.cloud.send('wei-lan', 'POST', retry)).status).toBe(403);
    expect((await office.cloud.send('liang-shan', 'POST', retry)).status).toBe(200);
    expect((await office.cloud.send('liang-shan', 'POST', retry)).status).toBe(409);
    expect(await round()).toMatchObject({ delivered: 1, dead: 0 });
    expect((await log('dead')).map(({ channel }) => channel)).toEqual(['mail']);
    expect((await office.cloud.send('wei-lan', 'GET', '/deliveries')).status).toBe(403);
  });

  it('become dead letters after three days of silence', async () => {
    hookAnswer = () => 500;
    await post('lu-fang', '/notices/settings', { mail: null, atOnce: false, digest: false });
    const path = await submitted();
    const began = office.cloud.now();
    let dead = 0;
    let rounds = 0;
    for (; dead === 0 && rounds < 40; rounds += 1) {
      ({ dead } = await round());
      if (dead === 0) await minutes(pauseAfter(rounds + 1) / 60_000 + 0.01);
    }
    expect(rounds).toBe(mostTries);
    expect((office.cloud.now() - began) / 86_400_000).toBeGreaterThan(2.5);
    expect((await log('dead')).find(({ id }) => path.endsWith(id.split('-2-main')[0]!))?.attempts).toHaveLength(20);
    hookAnswer = () => 200;
  });

  it('are sent at least once when a round dies after it sent, and the repeat has the same number', async () => {
    hooks.splice(0);
    await submitted();
    const dies = { ...senders, webhook: async (delivery: Parameters<NonNullable<Senders['webhook']>>[0]) => {
      await senders.webhook?.(delivery);
      return new Promise<never>(() => undefined);
    } };
    void sendDue(office.cloud.table, dies, office.cloud.now, office.cloud.now() + 60_000);
    while (hooks.length === 0) await new Promise(setImmediate);
    expect(await round()).toMatchObject({ delivered: 0 });
    await minutes(1.1);
    expect(await round()).toMatchObject({ delivered: 1 });
    expect(hooks.map(({ headers }) => headers['x-guijing-delivery'])).toEqual([hooks[0]?.headers['x-guijing-delivery'], hooks[0]?.headers['x-guijing-delivery']]);
  });

  it('are sent by one of two rounds at the same moment', async () => {
    hooks.splice(0);
    const path = await submitted();
    const both = await Promise.all([round(), round()]);
    const sent = hooks.map(({ headers }) => String(headers['x-guijing-delivery']));
    expect(sent).toContain(`${path.split('/').at(-1)}-2-main-webhook`);
    expect(new Set(sent).size).toBe(sent.length);
    expect(both.reduce((sum, { delivered }) => sum + delivered, 0)).toBe(sent.length);
  });

  it('are not put in again by whoever derives them again', async () => {
    const delivered = (await log('delivered')).find(({ channel }) => channel === 'webhook')!;
    const notice = { id: 'x', queue: 'q', at: '', kind: 'todo', subject: '', case: '', lifecycle: '' } as const;
    expect(await putDelivery(office.cloud.table, { id: delivered.id, channel: 'webhook', notice, to: [] }, '2025-01-01T00:00:00Z', 0)).toBe(false);
    expect(await round()).toMatchObject({ delivered: 0 });
  });

  it('hold a digest a day for who wants one, and none for who has nothing to do', async () => {
    hooks.splice(0);
    mails.splice(0);
    await post('lu-fang', '/notices/settings', { mail: 'lu.fang@example.cn', atOnce: false, digest: true });
    await post('deng-bo', '/notices/settings', { mail: 'deng.bo@example.cn', atOnce: false, digest: true });
    const { body } = await office.cloud.send<{ subject: string; tasks: { count: number } }>('lu-fang', 'GET', '/digest');
    expect(body.subject).toMatch(/待办摘要：待办\d+件/);
    const next = addWorkingDays(dayOf(new Date(office.cloud.now()).toISOString()), 1);
    await office.cloud.moveTo(`${next}T00:40:00.000Z`);
    expect(await office.cloud.calendar()).toMatchObject({ day: next, digests: 1 });
    await round();
    expect(mails.map(({ to }) => to)).toEqual([['lu.fang@example.cn']]);
    expect(hooks.map(({ body: text }) => JSON.parse(text) as { kind: string; to: unknown }).filter(({ kind }) => kind === 'digest')).toMatchObject([{ to: [{ person: 'lu-fang' }] }]);
  });
});
