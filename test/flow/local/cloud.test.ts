import { dirname } from 'node:path';
import { rmSync } from 'node:fs';
import { connect } from 'node:net';
import { DeleteTableCommand, DescribeTableCommand, DynamoDBClient, GetItemCommand, PutItemCommand, QueryCommand, UpdateTableCommand, type UpdateTableCommandInput } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startCloud } from '../../../infra/local/cloud.ts';
import type { Cloud } from '../../../infra/local/cloud/types.ts';
import { ensureTable } from '../../../infra/local/dynamodb/tables.ts';
import type { EngineClient } from '../../../infra/local/dynamodb/engine-client.ts';
import { invokeFunction, type FrontServices } from '../../../infra/local/front/services.ts';
import { frontCall } from './front-call.ts';
import { smallApp } from './small-app.ts';

const app = smallApp();
let cloud: Cloud;
let db: DynamoDBClient;
let TableName: string;

beforeAll(async () => {
  cloud = await startCloud(app);
  const { region, dynamodb: endpoint, accessKeyId, secretAccessKey } = cloud.endpoints;
  db = new DynamoDBClient({ region, endpoint, credentials: { accessKeyId, secretAccessKey } });
  TableName = String(cloud.model.outputs.get('small.Table'));
});
afterAll(async () => {
  db.destroy();
  await cloud.stop();
  rmSync(dirname(app.dataFolder), { recursive: true });
});

const get = (path: string, init?: RequestInit) => fetch(cloud.endpoints.api + path, init);
const item = async (pk: string, sk: string) => (await db.send(new GetItemCommand({ TableName, Key: { pk: { S: pk }, sk: { S: sk } }, ConsistentRead: true }))).Item;
const aws = (target: string, body: unknown) =>
  fetch(cloud.endpoints.events, { method: 'POST', headers: { 'x-amz-target': target, 'content-type': 'application/x-amz-json-1.0' }, body: JSON.stringify(body) });

describe('the HTTP API of the template', () => {
  test('a request becomes an event of payload format 2.0', async () => {
    const event = (await (await get('/echo?a=1&a=2&b=%E6%A1%82', { headers: { cookie: 'x=1; y=2', 'x-own': 'z' } })).json()) as Record<string, unknown>;
    expect(event).toMatchObject({
      version: '2.0',
      routeKey: 'GET /echo',
      rawPath: '/echo',
      rawQueryString: 'a=1&a=2&b=%E6%A1%82',
      cookies: ['x=1', 'y=2'],
      queryStringParameters: { a: '1,2', b: '桂' },
      headers: { 'x-own': 'z' },
      requestContext: { http: { method: 'GET', path: '/echo', sourceIp: '127.0.0.1' }, stage: '$default', accountId: '000000000000' },
      isBase64Encoded: false,
    });
  });

  test('status, headers, cookies and path parameters of an answer go through', async () => {
    const answer = await get('/items/%E6%A1%82', { method: 'PUT', headers: { 'content-type': 'application/json' }, body: '"hello"' });
    expect([answer.status, answer.headers.get('x-made'), answer.headers.getSetCookie()]).toEqual([201, null, ['a=1', 'b=2']]);
    expect(await (await get('/items/%E6%A1%82')).json()).toMatchObject({ body: { S: '"hello"' } });
  });

  test('bytes arrive as base64, and so does text that is not UTF-8', async () => {
    const post = async (type: string, body: Uint8Array<ArrayBuffer>) => (await (await get('/echo', { method: 'POST', headers: { 'content-type': type }, body })).json()) as Record<string, unknown>;
    expect(await post('application/pdf', Uint8Array.of(1, 2, 255))).toMatchObject({ body: 'AQL/', isBase64Encoded: true });
    expect(await post('application/json', Uint8Array.of(34, 255, 34))).toMatchObject({ body: 'Iv8i', isBase64Encoded: true });
    expect(await post('application/json', new TextEncoder().encode('"桂"'))).toMatchObject({ body: '"桂"', isBase64Encoded: false });
  });

  const failures: readonly [string, string, number, string][] = [
    ['a function that throws', '/fail', 500, '/problems/unexpected'],
    ['a function over its time', '/slow', 503, '/problems/unavailable'],
    ['a function whose process ends', '/exit', 500, '/problems/unexpected'],
    ['a path without route', '/nowhere', 404, '/problems/not-found'],
    ['a path that cannot be decoded', '/items/%E0%A4%A', 400, '/problems/invalid-input'],
  ];
  test.each(failures)('%s is answered by a problem document in Chinese', async (_, path, status, type) => {
    const answer = await get(path);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([status, 'application/problem+json; charset=utf-8']);
    expect(await answer.json()).toMatchObject({ type, status, detail: expect.stringMatching(/[一-鿿]/) as string });
  });

  test('a method that a path does not have is told with those it has', async () => {
    const answer = await get('/echo', { method: 'DELETE' });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, POST']);
  });

  test('a body over 10 MB is refused with an answer, and the server goes on', async () => {
    const answer = await get('/echo', { method: 'POST', headers: { 'content-type': 'application/json' }, body: Buffer.alloc(50 * 1024 * 1024, 32) });
    expect(answer.status).toBe(413);
    expect((await get('/echo')).status).toBe(200);
  });

  test.each([
    ['what is not HTTP', 'hello\r\n\r\n', '400'],
    ['headers over the limit', `GET / HTTP/1.1\r\nhost: a\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`, '431'],
  ])('%s is refused in words', async (_, bytes, status) => {
    expect(await raw(bytes)).toMatch(new RegExp(`^HTTP/1.1 ${status} [\\s\\S]*problem\\+json`));
    expect((await get('/echo')).status).toBe(200);
  });

  test('a preflight is answered for the allowed origin only', async () => {
    const preflight = (origin: string) => get('/echo', { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'GET' } });
    expect((await preflight('https://console.example')).headers.get('access-control-allow-origin')).toBe('https://console.example');
    expect((await preflight('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('roles', () => {
  test('a function does only what its role allows', async () => {
    expect(await (await get('/forbidden')).text()).toBe('AccessDeniedException');
  });

  test('an unsigned call is refused', async () => {
    const answer = await aws('DynamoDB_20120810.ListTables', {});
    expect([answer.status, ((await answer.json()) as { __type: string }).__type]).toEqual([400, expect.stringContaining('MissingAuthenticationToken')]);
    expect(await (await aws('constructor.ListTables', {})).json()).toMatchObject({ __type: 'UnknownOperationException' });
    const schedules = await fetch(`${cloud.endpoints.scheduler}/schedules`);
    expect([schedules.status, await schedules.text()]).toEqual([400, expect.stringContaining('MissingAuthenticationToken')]);
  });

  test('a table that the template protects cannot be deleted before somebody takes the protection away', async () => {
    await expect(db.send(new DeleteTableCommand({ TableName }))).rejects.toMatchObject({ name: 'ValidationException', message: expect.stringContaining('protected against deletion') as string });
    const engine = { call: (operation: string, input: unknown) => db.send(operation === 'DescribeTable' ? new DescribeTableCommand({ TableName }) : new UpdateTableCommand(input as UpdateTableCommandInput)) } as unknown as EngineClient;
    const { Table } = await db.send(new DescribeTableCommand({ TableName }));
    await db.send(new UpdateTableCommand({ TableName, DeletionProtectionEnabled: false }));
    // A data folder from before: the next start protects its table.
    await ensureTable(engine, { ...Table, DeletionProtectionEnabled: true });
    await expect(db.send(new DeleteTableCommand({ TableName }))).rejects.toMatchObject({ name: 'ValidationException' });
  });

  test('a function is invoked by the names that the template gives it, with JSON', async () => {
    const services = { functions: cloud.functions, model: cloud.model, queueInvocation: () => undefined } as unknown as FrontServices;
    const invoke = async (name: string, payload = '{"routeKey":"GET /now"}') => {
      const { status, body } = await invokeFunction(services, name, 'RequestResponse', payload);
      return [status, JSON.parse(String(body)) as unknown];
    };
    expect(await invoke('small-door')).toEqual([200, expect.objectContaining({ now: expect.any(Number) as number })]);
    expect((await invoke('small-door:$LATEST'))[0]).toBe(200);
    expect(await invoke('small-door:nobody')).toEqual([404, expect.objectContaining({ __type: 'ResourceNotFoundException' })]);
    expect(await invoke('small-door', '{bad')).toEqual([400, expect.objectContaining({ __type: 'InvalidRequestContentException' })]);
  });

  test('a function’s name that no URI has is the name of no function', async () => {
    expect(await frontCall(cloud.endpoints, 'lambda', {}, '/2015-03-31/functions/%zz/invocations')).toMatchObject({ __type: expect.not.stringContaining('InternalServerError') as string });
  });
});

describe('the table stream', () => {
  test('each new item reaches the function once, and nothing else does', async () => {
    for (let n = 0; n < 30; n += 1) await get(`/items/s${n}`, { method: 'PUT', body: `n${n}`, headers: { 'content-type': 'text/plain' } });
    await cloud.settle();
    for (let n = 0; n < 30; n += 1) expect(await item(`s${n}`, 'copy')).toMatchObject({ body: { S: `n${n}` }, times: { N: '1' } });
  });

  test('a record that fails is tried again, and those before it are not', async () => {
    for (const body of ['plain', 'fail 2', 'plain']) await db.send(new PutItemCommand({ TableName, Item: { pk: { S: `r-${body}` }, sk: { S: 'item' }, body: { S: body } } }));
    await cloud.settle();
    expect(await item('r-fail 2', 'copy')).toMatchObject({ times: { N: '1' } });
    expect(await item('r-plain', 'copy')).toMatchObject({ times: { N: '1' } });
  });

  test('a record that fails for good is given up into the queue, and the next ones go on', async () => {
    const put = (body: string) => db.send(new PutItemCommand({ TableName, Item: { pk: { S: `g-${body}` }, sk: { S: 'item' }, body: { S: body } } }));
    const asked = () => Object.values(cloud.functions.counts()).reduce((sum, count) => sum + count, 0);
    const before = asked();
    await put('fail 99');
    // In one batch with it, the next one would be given up, too: this mapping does not bisect.
    await expect.poll(asked, { timeout: 10_000 }).toBeGreaterThan(before);
    await put('after');
    await cloud.settle();
    expect(await item('g-fail 99', 'copy')).toBeUndefined();
    expect(await item('g-after', 'copy')).toMatchObject({ times: { N: '1' } });
  });
});

describe('time', () => {
  const diary = async () => (await db.send(new QueryCommand({ TableName, KeyConditionExpression: 'pk = :d', ExpressionAttributeValues: { ':d': { S: 'diary' } }, ConsistentRead: true }))).Items ?? [];
  const move = (body: unknown) => fetch(`${cloud.endpoints.admin}/clock`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

  test('functions see the moved clock, schedules fire in order with their own instant, ticks only once per stop', async () => {
    expect((await move({ advance: 'P400D' })).status).toBe(200);
    const lines = (await diary()).map((line) => ({ what: line['sk']?.S?.slice(25), day: line['sk']?.S?.slice(0, 10), at: line['scheduled']?.S }));
    const scheduled = lines.filter(({ what }) => what !== 'tick');
    expect(scheduled.length).toBeGreaterThanOrEqual(2);
    for (const { what, day, at } of scheduled) expect([what, day, at?.slice(4)]).toEqual(what === 'june' ? ['june', at?.slice(0, 10), '-06-30T01:00:00Z'] : ['december', at?.slice(0, 10), '-12-31T01:00:00Z']);
    expect(lines.filter(({ what }) => what === 'tick').length).toBeLessThanOrEqual(scheduled.length + 2);
    const { now } = (await (await get('/now')).json()) as { now: number };
    expect(now - Date.now()).toBeGreaterThan(399 * 86_400_000);
  });

  test('an item past its time is deleted by the cloud’s clock', async () => {
    const expiresAt = Math.floor(cloud.clock.now() / 1000) + 3600;
    await db.send(new PutItemCommand({ TableName, Item: { pk: { S: 'old' }, sk: { S: 'x' }, expiresAt: { N: String(expiresAt) } } }));
    await move({ advance: 'P2D' });
    expect(await item('old', 'x')).toBeUndefined();
  });

  test('the clock refuses to go back, and a wrong question is answered in Chinese', async () => {
    expect((await move({ to: '2020-01-01T00:00:00Z' })).status).toBe(409);
    expect([(await move({ advance: 'soon' })).status, (await move([])).status]).toEqual([400, 400]);
  });

  test('another site’s page cannot use the admin endpoint', async () => {
    const ask = (headers: Record<string, string>) => fetch(`${cloud.endpoints.admin}/token`, { method: 'POST', headers, body: '{"person":"an"}' });
    expect((await ask({ origin: 'https://evil.example', 'content-type': 'application/json' })).status).toBe(403);
    expect((await ask({ 'content-type': 'text/plain' })).status).toBe(415);
    expect(await raw('GET /clock HTTP/1.1\r\nhost: evil.example\r\nconnection: close\r\n\r\n', cloud.endpoints.admin)).toMatch(/^HTTP\/1.1 403/);
  });
});

/** Sends bytes to a server and answers everything that comes back. */
function raw(bytes: string, url = cloud.endpoints.api): Promise<string> {
  return new Promise((resolve, reject) => {
    let back = '';
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(bytes));
    socket.on('data', (chunk) => (back += chunk.toString()));
    socket.on('close', () => resolve(back));
    socket.on('error', reject);
  });
}
