import { createServer, type IncomingHttpHeaders } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signatureOf } from '../../../functions/notices/webhook.ts';
import { Story } from '../../demo/story.ts';
import { governmentFormFixture } from '../../fixtures/forms.ts';
import { startCloudProcess, type CloudProcess } from '../../harness/cloud-process.ts';

const hooks: { headers: IncomingHttpHeaders; body: string }[] = [];
const gateway = createServer((request, response) => {
  const pieces: Buffer[] = [];
  request.on('data', (piece: Buffer) => pieces.push(piece));
  request.on('end', () => {
    hooks.push({ headers: request.headers, body: Buffer.concat(pieces).toString('utf8') });
    // The first delivery is answered badly: the next tick tries again.
    response.writeHead(hooks.length === 1 ? 503 : 200).end();
  });
});

let cloud: CloudProcess;
let story: Story;
beforeAll(async () => {
  gateway.listen(0, '127.0.0.1');
  await once(gateway, 'listening');
  cloud = await startCloudProcess({ env: { GUIJING_WEBHOOK_URL: `http://127.0.0.1:${(gateway.address() as AddressInfo).port}/`, GUIJING_WEBHOOK_SECRET: 's3cret' } });
  story = new Story(cloud.endpoints);
}, 120_000);
afterAll(async () => {
  await cloud.remove();
  gateway.closeAllConnections();
  gateway.close();
});

describe('notices in the whole cloud, roles enforced', () => {
  it('come from the stream to the desk, and from the schedule to the gateway, once more after a failure', async () => {
    const id = await story.open('wei-lan', 'governmentInvestment', governmentFormFixture({ name: '通知演示场景' }));
    await story.command('wei-lan', `/scenarios/${id}`, 'submit', { handler: 'nanning-data' });
    await story.settle();
    const { body } = await story.as('lu-fang').get<{ items: { kind: string; case: string }[]; unseen: { count: number } }>('/notices');
    expect(body).toMatchObject({ items: [{ kind: 'todo', case: id }], unseen: { count: 1 } });
    for (let tick = 0; tick < 5 && hooks.length < 2; tick += 1) {
      await story.moveClock({ advance: 'PT2M' });
      await story.settle();
    }
    expect(hooks.map(({ headers }) => headers['x-guijing-delivery'])).toEqual([1, 2].map(() => `${id}-2-main-webhook`));
    for (const { headers, body: text } of hooks) expect(headers['x-guijing-signature']).toBe(signatureOf('s3cret', String(headers['x-guijing-timestamp']), text));
    // Both readers of the stream have passed what lies behind them: it is gone.
    const tables = new DatabaseSync(join(cloud.dataFolder, 'tables.sqlite'), { readOnly: true });
    expect(Number(tables.prepare('SELECT COUNT(*) AS count FROM _stream_records').get()?.['count'])).toBeLessThan(10);
    tables.close();
    const log = await story.as('liang-shan').get<{ items: { attempts: { outcome: string }[] }[] }>('/deliveries?status=delivered');
    expect(log.body.items.map(({ attempts }) => attempts.map(({ outcome }) => outcome))).toEqual([['HTTP 503', 'HTTP 200']]);
  });

  it('answer through the gateway after a jump in time, and so do lists and files', async () => {
    await story.moveClock({ to: '2026-12-31T00:40:00.000Z' });
    const { status, body } = await story.as('lu-fang').get('/desk');
    expect([status, Object.keys(body).sort()]).toEqual([200, ['done', 'mine', 'tasks', 'unseen']]);
    const file = await story.as('lu-fang').get<string>('/exports/tasks.csv');
    expect([file.status, file.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
    expect(file.body).toContain('通知演示场景');
  });
});
