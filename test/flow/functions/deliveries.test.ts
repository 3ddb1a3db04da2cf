import { createServer, type IncomingHttpHeaders } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mailSender } from '../../../functions/notices/mail.ts';
import { mostTries, pauseAfter, sendDue, type Senders } from '../../../functions/notices/send.ts';
import { signatureOf, webhookSender } from '../../../functions/notices/webhook.ts';
import { putDelivery } from '../../../functions/store/deliveries.ts';
import { addWorkingDays, dayOf } from '../../../shared/days.ts';
import { Office } from '../../harness/office.ts';

interface Log {
  readonly items: readonly { readonly id: string; readonly channel: string; readonly status: string; readonly attempts: readonly { readonly outcome: string }[] }[];
}

let office: Office;
beforeAll(async () => {
  office = await Office.start();
}, 60_000);
afterAll(() => office.cloud.stop());

const post = (person: string, path: string, body: unknown) => office.cloud.send<Record<string, unknown>>(person, 'POST', path, { body });
const log = async (status: string): Promise<Log['items']> => (await office.cloud.send<Log>('liang-shan', 'GET', `/deliveries?status=${status}&limit=100`)).body.items;

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
    await post('lu-fang', '/notices/settings', { mail: 'lu.fang@example.cn', atOnce: true, digest: true });
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
