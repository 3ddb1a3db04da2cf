import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { governmentFormFixture } from '../../fixtures/forms.ts';
import { commandHeaders, createHeaders, problemIn, startWholeCloud, type Sent, type Wire, type WholeCloud } from './whole-cloud.ts';

let cloud: WholeCloud;
let path: string;

beforeAll(async () => {
  cloud = await startWholeCloud();
  path = `/scenarios/${await cloud.story.open('wei-lan', 'governmentInvestment', governmentFormFixture())}`;
  await cloud.story.settle();
});
afterAll(() => cloud.remove());

/** Sends what must be refused with this status: a problem document comes back, nothing is stored, the server goes on. */
async function refused(status: number, sent: Sent): Promise<ReturnType<typeof problemIn>> {
  const before = await cloud.records();
  const answer = await cloud.send({ as: 'wei-lan', ...sent });
  expect(answer.status, answer.text.slice(0, 300)).toBe(status);
  expect(await cloud.records()).toEqual(before);
  expect((await cloud.send({ path: '/healthz' })).status).toBe(200);
  return problemIn(answer);
}

const withdraw = (body: string | Buffer, headers: Record<string, string> = {}): Sent => ({ method: 'POST', path: `${path}/commands/withdraw`, headers: { ...commandHeaders(1), ...headers }, body });
const opening = (body: string | Buffer, headers: Record<string, string> = {}): Sent => ({ method: 'POST', path: '/scenarios', headers: { ...createHeaders(), ...headers }, body });
const without = (sent: Sent, header: string): Sent => ({ ...sent, headers: Object.fromEntries(Object.entries(sent.headers ?? {}).filter(([name]) => name !== header)) });
const good = JSON.stringify({ reason: '撤回' });

describe('a body', () => {
  it.each([
    ['that is not JSON', 'reason=x'],
    ['of a JSON text cut in half', '{"reason":"x'],
    ['of nothing', ''],
    ['of two JSON texts', '{} {}'],
    ['with a trailing comma', '{"reason":"x",}'],
    ['with NaN in it', '{"reason":NaN}'],
    ['of only a byte order mark', '\ufeff'],
    ['with a raw line break in a text', '{"reason":"a\nb"}'],
    ['that is a list', '[]'],
    ['that is a text', '"reason"'],
    ['that is null', 'null'],
    ['that is a number', '1e400'],
    ['where an object should be a text', '{"reason":{"$ne":""}}'],
    ['where a list should be a text', '{"reason":["x"]}'],
    ['with a blank text', '{"reason":"  \\u3000 "}'],
    ['with half a surrogate pair', '{"reason":"\\ud800"}'],
    ['with a NUL in a text', '{"reason":"x\\u0000y"}'],
  ])('%s is refused', async (_, body) => {
    expect((await refused(400, withdraw(body))).type).toBe('/problems/invalid-input');
  });

  it.each([
    ['invalid UTF-8', Buffer.from([0x7b, 0x22, 0x72, 0xff, 0xfe, 0x22, 0x7d])],
    ['an overlong slash', Buffer.concat([Buffer.from('{"reason":"'), Buffer.from([0xc0, 0xaf]), Buffer.from('"}')])],
    ['UTF-16', Buffer.from('{"reason":"x"}', 'utf16le')],
    ['GBK', Buffer.from([0x7b, 0x22, 0xb3, 0xb7, 0x22, 0x3a, 0x31, 0x7d])],
  ])('in %s is refused', async (_, body) => {
    expect((await refused(400, withdraw(body))).type).toBe('/problems/invalid-input');
  });

  it('with members that we do not know gets each of them named by its pointer', async () => {
    const { errors } = await refused(400, withdraw(JSON.stringify({ reason: 'x', extra: 1, 'a/b~c': 2, version: 9 })));
    expect(errors?.map(({ pointer }) => pointer).sort()).toEqual(['/a~1b~0c', '/extra', '/version']);
  });

  it('with an unknown member deep in a form gets it named by its pointer', async () => {
    const form = governmentFormFixture() as unknown as { system: Record<string, unknown> };
    const { errors } = await refused(400, opening(JSON.stringify({ lifecycle: 'governmentInvestment', form: { ...form, system: { ...form.system, ceiling: 1 } } })));
    expect(errors?.map(({ pointer }) => pointer)).toContain('/system/ceiling');
  });

  it.each(['{"reason":"x","__proto__":{"roles":["system"]}}', '{"__proto__":{"reason":"x"}}', '{"constructor":{"prototype":{"ok":true}},"reason":"x"}'])('that reaches for prototypes (%s) is refused', async (body) => {
    await refused(400, withdraw(body));
    expect(({} as Record<string, unknown>)['roles']).toBeUndefined();
  });

  it('with the same member twice counts as the last one says, and is checked as that', async () => {
    await refused(400, withdraw('{"reason":"x","reason":1}'));
  });

  it.each([
    ['in a form', '{"lifecycle":"governmentInvestment","form":{"annex1":{"demand/Content":"\\ud800"}}}', '/form/annex1/demand~1Content'],
    ['in the name of a member', '{"lifecycle":"governmentInvestment","form":{"annex1":{"\\udc00":1}}}', '/form/annex1'],
    ['in a list', '{"lifecycle":"governmentInvestment","form":{"a":["x","\\ud83d"]}}', '/form/a/1'],
  ])('with half a surrogate pair %s is refused at its place', async (_, body, pointer) => {
    expect((await refused(400, opening(body))).errors?.map((each) => each.pointer)).toEqual([pointer]);
  });

  it('nested a hundred thousand levels deep is refused', async () => {
    await refused(400, withdraw(`{"reason":${'['.repeat(100_000)}${']'.repeat(100_000)}}`));
    await refused(400, opening(`{"lifecycle":"governmentInvestment","form":${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}}`));
  });

  it.each(['1e308', '1e999', '-1', '0.5', '9007199254740993', '123456789012345678901234567890', '-0.0000001', '"1200000000"', 'true', 'null', '[1]'])('with %s fen in a form is refused or kept as a draft without harm, never a failure of ours', async (amount) => {
    const text = JSON.stringify({ lifecycle: 'governmentInvestment', form: governmentFormFixture({ name: `金额 ${amount}`, totalInvestmentFen: 'AMOUNT' }) }).replace('"AMOUNT"', amount);
    const answer = await cloud.send({ as: 'wei-lan', ...opening(text) });
    expect([201, 400, 422], answer.text.slice(0, 300)).toContain(answer.status);
    if (answer.status === 201) await draftCannotBeSubmitted(answer);
    await cloud.story.settle();
  });

  async function draftCannotBeSubmitted(answer: Wire): Promise<void> {
    const { id, version } = JSON.parse(answer.text) as { id: string; version: number };
    const submitted = await cloud.send({ as: 'wei-lan', method: 'POST', path: `/scenarios/${id}/commands/submit`, headers: commandHeaders(version), body: JSON.stringify({ handler: 'nanning-data' }) });
    expect(submitted.status, submitted.text.slice(0, 300)).toBe(422);
  }

  it('over 256 KB is refused, and so is one over 10 MB, and one of 50 MB', async () => {
    for (const size of [300 * 1024, 11 * 1024 * 1024, 50 * 1024 * 1024]) {
      const body = Buffer.alloc(size, 'x');
      body.write('{"reason":"', 0);
      expect((await refused(413, withdraw(body))).type).toBe('/problems/too-large');
    }
  });

  it('of another content type is refused', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/xml', 'application/jsonp', 'json', ''])
      expect((await refused(415, withdraw(good, { 'content-type': type }))).type).toBe('/problems/unsupported-type');
    await refused(415, without(withdraw(good), 'content-type'));
  });
});

describe('a header', () => {
  it('Idempotency-Key that is missing or no key is asked for', async () => {
    await refused(400, without(withdraw(good), 'idempotency-key'));
    await refused(400, without(opening('{}'), 'idempotency-key'));
    for (const key of ['short', 'x'.repeat(129), 'with spaces in it', 'tab\there-and-there']) await refused(400, withdraw(good, { 'idempotency-key': key }));
  });

  it('If-Match that is missing is asked for with 428, and one that is no version is refused', async () => {
    expect((await refused(428, without(withdraw(good), 'if-match'))).type).toBe('/problems/version-required');
    for (const version of ['*', '""', 'x', '"1", "2"', '-1', '1e1', '99999999999', '1.0']) await refused(400, withdraw(good, { 'if-match': version }));
    for (const version of ['"0"', '"2"', '"999"']) expect((await refused(412, withdraw(good, { 'if-match': version }))).type).toBe('/problems/stale-version');
  });

  it('line that is endless is refused', async () => {
    const answer = await cloud.send({ as: 'wei-lan', path: '/me', headers: { 'x-long': 'x'.repeat(20_000) } });
    expect([400, 431]).toContain(answer.status);
    expect(JSON.parse(answer.text)).toMatchObject({ status: answer.status });
    expect((await cloud.send({ path: '/healthz' })).status).toBe(200);
  });
});

describe('a query', () => {
  const cursors = ['x', '%00', '%', '%zz', '..', 'e30', Buffer.from('{"list":"x","partition":0}').toString('base64url'), Buffer.from('{"list":1}').toString('base64url'), Buffer.from('null').toString('base64url'), 'A'.repeat(5000)];

  it.each(cursors)('with the cursor %.30s is refused', async (cursor) => {
    for (const list of ['/scenarios', '/published']) await refused(400, { path: `${list}?cursor=${cursor}` });
  });

  it.each(['limit=0', 'limit=-1', 'limit=101', 'limit=1e2', 'limit=x', 'limit=', 'limit=1&limit=2', 'lifecycle=publication', 'lifecycle=__proto__', 'phase=%23', 'limit=99999999999', 'citty=450100', 'constructor=1'])('with %s is refused', async (query) => {
    await refused(400, { path: `/scenarios?${query}` });
  });

  it.each(['after=-1', 'after=x', 'after=99999999999', 'limit=0'])('of events with %s is refused', async (query) => {
    await refused(400, { path: `${path}/events?${query}` });
  });

  it('with a cursor made for somebody else’s list is refused', async () => {
    const page = JSON.parse((await cloud.send({ as: 'li-ning', path: '/scenarios?limit=1' })).text) as { next?: string };
    if (page.next !== undefined) await refused(400, { path: `/scenarios?limit=1&cursor=${page.next}` });
  });
});

describe('a method', () => {
  it('that a path does not have is told which it has', async () => {
    for (const [method, where] of [['DELETE', path], ['PUT', path], ['PATCH', '/scenarios'], ['POST', '/me'], ['GET', `${path}/commands/withdraw`], ['POST', '/published'], ['TRACE', '/me'], ['DELETE', '/healthz']] as const) {
      const answer = await cloud.send({ as: 'wei-lan', method, path: where });
      expect([404, 405], `${method} ${where} ${answer.status} ${answer.text.slice(0, 200)}`).toContain(answer.status);
      problemIn(answer);
    }
  });
});

describe('the same request again', () => {
  it('under the same key gets the same answer and stores nothing more, other content under that key is refused', async () => {
    const key = randomUUID();
    const first = opening(JSON.stringify({ lifecycle: 'governmentInvestment', form: governmentFormFixture({ name: '重复提交' }) }), { 'idempotency-key': key });
    const answer = await cloud.send({ as: 'wei-lan', ...first });
    expect(answer.status).toBe(201);
    await cloud.story.settle();
    const before = await cloud.records();
    const again = await Promise.all([1, 2, 3].map(() => cloud.send({ as: 'wei-lan', ...first })));
    expect(again.map(({ status, text }) => [status, JSON.parse(text)])).toEqual(again.map(() => [201, JSON.parse(answer.text)]));
    expect(await cloud.records()).toEqual(before);
    expect((await refused(409, opening(JSON.stringify({ lifecycle: 'governmentInvestment', form: governmentFormFixture({ name: '另一份' }) }), { 'idempotency-key': key }))).type).toBe('/problems/conflict');
  });

  it('of an expert who recused, and may see the case no more, gets the first answer', async () => {
    const { story } = cloud;
    const filed = `/scenarios/${await story.open('wei-lan', 'governmentInvestment', governmentFormFixture({ name: '回避' }))}`;
    await story.command('wei-lan', filed, 'submit', { handler: 'nanning-data' });
    await story.command('lu-fang', filed, 'aggregate', { opinion: '同意', sealed: true });
    await story.command('lu-fang', filed, 'submitToBureau');
    await story.settle();
    await story.command('li-ning', filed, 'passFormalCheck');
    const { version } = await story.command('li-ning', filed, 'assignExperts', { experts: ['expert-chen', 'expert-zhou', 'expert-wu'] });
    const recusal: Sent = { as: 'expert-chen', method: 'POST', path: `${filed}/commands/recuse`, headers: commandHeaders(version), body: JSON.stringify({ reason: '与申报单位有合作' }) };
    const first = await cloud.send(recusal);
    const again = await cloud.send(recusal);
    expect([first.status, again.status]).toEqual([200, 200]);
    expect(JSON.parse(again.text)).toEqual(JSON.parse(first.text));
    expect((await cloud.send({ as: 'expert-chen', path: filed })).status).toBe(404);
    await refused(404, { ...recusal, headers: commandHeaders(version) });
    await refused(404, { ...recusal, as: 'expert-lin' });
  });
});
