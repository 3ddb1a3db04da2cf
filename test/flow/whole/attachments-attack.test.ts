import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { socialFormFixture } from '../../fixtures/forms.ts';
import { samplePdf } from '../../fixtures/sample-pdf.ts';
import { createHeaders, problemIn, startWholeCloud, type Wire, type WholeCloud } from './whole-cloud.ts';

let cloud: WholeCloud;
let mine: string;
let foreign: string;

beforeAll(async () => {
  cloud = await startWholeCloud();
  mine = `/scenarios/${await cloud.story.open('qin-hai', 'socialInvestment', socialFormFixture())}`;
  foreign = `/scenarios/${await cloud.story.open('meng-jie', 'socialInvestment', socialFormFixture({ name: '别家的场景' }))}`;
  await cloud.story.settle();
});
afterAll(() => cloud.remove());

interface Ticket {
  readonly attachment: { readonly id: string };
  readonly upload: { readonly url: string; readonly headers: Record<string, string> };
}

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const aboutPdf = (bytes: Buffer) => ({ part: 'auditReport', name: '审计报告.pdf', type: 'application/pdf', size: bytes.length, sha256: sha256(bytes) });
const announceRaw = (as: string, path: string, file: object): Promise<Wire> => cloud.send({ as, method: 'POST', path: `${path}/attachments`, headers: createHeaders(), body: JSON.stringify(file) });
const confirm = (as: string, path: string, id: string): Promise<Wire> => cloud.send({ as, method: 'POST', path: `${path}/attachments/${id}/confirm` });
const put = (url: string, headers: Record<string, string>, bytes: Buffer): Promise<Response> => fetch(url, { method: 'PUT', headers, body: new Uint8Array(bytes) });

async function announce(file: object, as = 'qin-hai', path = mine): Promise<Ticket> {
  const answer = await announceRaw(as, path, file);
  expect(answer.status, answer.text).toBe(201);
  return JSON.parse(answer.text) as Ticket;
}

async function withoutTrace<T>(attempt: () => Promise<T>): Promise<T> {
  const before = await cloud.records();
  const answer = await attempt();
  expect(await cloud.records()).toEqual(before);
  return answer;
}

const refusedBy = async (response: Response): Promise<string> => /<Code>(\w+)<\/Code>/.exec(await response.text())?.[1] ?? `status ${response.status}`;

describe('the announcement of a file', () => {
  const good = aboutPdf(samplePdf('good'));

  it.each([
    ['over 50 MB', { size: 50 * 1024 * 1024 + 1 }, '/size'],
    ['of no bytes', { size: 0 }, '/size'],
    ['of less than nothing', { size: -1 }, '/size'],
    ['of half a byte', { size: 1.5 }, '/size'],
    ['of more bytes than numbers have', { size: 1e300 }, '/size'],
    ['of a program', { type: 'application/x-msdownload' }, '/type'],
    ['of a web page', { type: 'text/html' }, '/type'],
    ['of a drawing that can run scripts', { type: 'image/svg+xml' }, '/type'],
    ['of an unknown part', { part: 'toString' }, '/part'],
    ['with a digest that is none', { sha256: 'zz' }, '/sha256'],
    ['with a member too many', { case: 'other' }, '/case'],
    ['with a way out in its name', { name: '../../etc/passwd' }, '/name'],
    ['with a line break in its name', { name: 'a\r\nSet-Cookie: x.pdf' }, '/name'],
    ['without a name', { name: '' }, '/name'],
    ['with an endless name', { name: 'x'.repeat(5000) }, '/name'],
  ])('%s is refused by the member’s name', async (_, change, pointer) => {
    const answer = await withoutTrace(() => announceRaw('qin-hai', mine, { ...good, ...change }));
    expect(answer.status).toBe(400);
    expect(problemIn(answer).errors?.map((error) => error.pointer)).toContain(pointer);
  });

  it('on a foreign case is refused as if there were none', async () => {
    for (const as of ['meng-jie', 'wei-lan', 'expert-chen']) expect((await withoutTrace(() => announceRaw(as, mine, good))).status).toBe(404);
  });

  it('by somebody who may look and not file is refused', async () => {
    expect(problemIn(await withoutTrace(() => announceRaw('li-ning', mine, good))).type).toBe('/problems/not-allowed');
  });
});

describe('an upload', () => {
  const bytes = samplePdf('as announced');

  it.each([
    ['other bytes of the same length', (b: Buffer) => Buffer.concat([b.subarray(0, -1), Buffer.from('x')])],
    ['fewer bytes', (b: Buffer) => b.subarray(0, -10)],
    ['more bytes', (b: Buffer) => Buffer.concat([b, Buffer.from('more')])],
  ])('of %s is refused by the store, and cannot be confirmed', async (_, change) => {
    const { attachment, upload } = await announce(aboutPdf(bytes));
    await withoutTrace(async () => {
      const response = await put(upload.url, { ...upload.headers, 'content-length': String(change(bytes).length) }, change(bytes));
      expect(response.status).toBeGreaterThanOrEqual(400);
      expect(problemIn(await confirm('qin-hai', mine, attachment.id)).type).toBe('/problems/wrong-state');
    });
  });

  it.each([
    ['another type', { 'content-type': 'text/html' }],
    ['another checksum', { 'x-amz-checksum-sha256': createHash('sha256').update('other').digest('base64') }],
    ['no promise to be the first', { 'if-none-match': '' }],
  ])('with %s in its headers is refused by the store', async (_, headers) => {
    const { upload } = await announce(aboutPdf(bytes));
    const sent = Object.fromEntries(Object.entries({ ...upload.headers, ...headers }).filter(([, value]) => value !== ''));
    expect(['SignatureDoesNotMatch', 'AccessDenied', 'BadDigest', 'XAmzContentSHA256Mismatch', 'InvalidRequest']).toContain(await refusedBy(await put(upload.url, sent, bytes)));
  });

  it('to a neighbour’s place with this link is refused', async () => {
    const { upload } = await announce(aboutPdf(bytes));
    const other = await announce(aboutPdf(bytes), 'meng-jie', foreign);
    const moved = new URL(upload.url);
    moved.pathname = new URL(other.upload.url).pathname;
    expect(await refusedBy(await put(moved.href, upload.headers, bytes))).toBe('SignatureDoesNotMatch');
  });

  it('twice is refused the second time, and confirming twice is one event', async () => {
    const { attachment, upload } = await announce(aboutPdf(samplePdf('twice')));
    expect((await put(upload.url, upload.headers, samplePdf('twice'))).status).toBe(200);
    expect(await refusedBy(await put(upload.url, upload.headers, samplePdf('twice')))).toBe('PreconditionFailed');
    const before = (await cloud.story.read('qin-hai', mine)).version;
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => confirm('qin-hai', mine, attachment.id)));
    const again = await confirm('qin-hai', mine, attachment.id);
    expect(again.status).toBe(200);
    expect(answers.filter(({ status }) => status >= 500).map(({ text }) => text)).toEqual([]);
    expect(answers.some(({ status }) => status === 200)).toBe(true);
    expect((await cloud.story.read('qin-hai', mine)).version).toBe(before + 1);
  });

  it('that is not what its type says is refused at the confirmation', async () => {
    const script = Buffer.from('<html><script>alert(1)</script></html>');
    const { attachment, upload } = await announce({ ...aboutPdf(script), name: '看起来是.pdf' });
    expect((await put(upload.url, upload.headers, script)).status).toBe(200);
    const answer = await withoutTrace(() => confirm('qin-hai', mine, attachment.id));
    expect(problemIn(answer).errors?.[0]?.pointer).toBe('/type');
    expect((await cloud.send({ as: 'qin-hai', path: `${mine}/attachments/${attachment.id}/link` })).status).toBe(409);
  });

  it('after its link has run out is refused', async () => {
    const { attachment, upload } = await announce(aboutPdf(samplePdf('late')));
    await cloud.story.moveClock({ advance: 'PT61M' });
    expect(await refusedBy(await put(upload.url, upload.headers, samplePdf('late')))).toBe('AccessDenied');
    expect(problemIn(await withoutTrace(() => confirm('qin-hai', mine, attachment.id))).type).toBe('/problems/wrong-state');
  });
});

describe('an attachment of another case', () => {
  it('cannot be confirmed, linked or removed through the own case', async () => {
    const bytes = samplePdf('theirs');
    const { attachment, upload } = await announce(aboutPdf(bytes), 'meng-jie', foreign);
    expect((await put(upload.url, upload.headers, bytes)).status).toBe(200);
    await withoutTrace(async () => {
      expect((await confirm('qin-hai', mine, attachment.id)).status).toBe(404);
      expect((await confirm('qin-hai', foreign, attachment.id)).status).toBe(404);
    });
    expect((await confirm('meng-jie', foreign, attachment.id)).status).toBe(200);
    expect((await cloud.send({ as: 'qin-hai', path: `${mine}/attachments/${attachment.id}/link` })).status).toBe(404);
    expect((await cloud.send({ as: 'qin-hai', path: `${foreign}/attachments/${attachment.id}/link` })).status).toBe(404);
    const { version } = await cloud.story.read('qin-hai', mine);
    const removal = await withoutTrace(() => cloud.send({ as: 'qin-hai', method: 'POST', path: `${mine}/commands/removeAttachment`, headers: { ...createHeaders(), 'if-match': `"${version}"` }, body: JSON.stringify({ attachment: attachment.id, part: 'auditReport' }) }));
    expect(removal.status).toBeGreaterThanOrEqual(400);
    problemIn(removal);
  });

  it.each(['../x', '%2e%2e%2fHEAD', 'A%23a-1', '%00', 'HEAD', '__proto__'])('named %s is not there', async (id) => {
    const answer = await withoutTrace(() => confirm('qin-hai', mine, id));
    expect([400, 404]).toContain(answer.status);
    problemIn(answer);
  });
});
