import { ListMultipartUploadsCommand } from '@aws-sdk/client-s3';
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attachments } from '../../../functions/attachments.ts';
import { carryOut } from '../../../functions/cases/command.ts';
import { removalWrites } from '../../../functions/files/attachment.ts';
import { loadAsking, loadCase } from '../../../functions/store/load.ts';
import { inBetween } from '../../harness/in-between.ts';
import { Office, type Case } from '../../harness/office.ts';
import { requestOf } from '../../harness/small-cloud.ts';

let office: Office;
beforeAll(async () => {
  office = await Office.start();
}, 60_000);
afterAll(() => office.cloud.stop());

describe('attachments', () => {
  const pdf = Buffer.from('%PDF-1.4\n1 0 obj\n<< >>\nendobj\ntrailer\n<< >>\n%%EOF\n');
  const announce = (bytes: Buffer, more: object = {}) => ({ part: 'projectApproval', name: '批复.pdf', type: 'application/pdf', size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex'), ...more });
  interface Ticket { readonly attachment: { readonly id: string }; readonly upload: { readonly url: string; readonly headers: Record<string, string> } }
  const ticket = (path: string, bytes: Buffer, more: object = {}) => office.cloud.send<Ticket>('wei-lan', 'POST', `${path}/attachments`, { body: announce(bytes, more), headers: { 'idempotency-key': office.key() } });

  it('are uploaded by a signed link, checked by their bytes, and read back by a link', async () => {
    const path = `/scenarios/${(await office.open()).id}`;
    const { status, body } = await ticket(path, pdf);
    expect(status).toBe(201);
    expect(await office.cloud.send('wei-lan', 'POST', `${path}/attachments/${body.attachment.id}/confirm`)).toMatchObject({ status: 409 });
    expect((await fetch(body.upload.url, { method: 'PUT', headers: body.upload.headers, body: new Uint8Array(pdf) })).status).toBe(200);
    const confirmed = await office.cloud.send('wei-lan', 'POST', `${path}/attachments/${body.attachment.id}/confirm`);
    expect(confirmed).toMatchObject({ status: 200, body: { version: 2, attachment: { status: 'confirmed' } } });
    expect(await office.cloud.send('wei-lan', 'POST', `${path}/attachments/${body.attachment.id}/confirm`)).toMatchObject({ status: 200, body: { version: 2 } });
    const link = await office.cloud.send<{ url: string; view: string }>('wei-lan', 'GET', `${path}/attachments/${body.attachment.id}/link`);
    expect(Buffer.from(await (await fetch(link.body.url)).arrayBuffer())).toEqual(pdf);
    const shown = await fetch(link.body.view);
    expect([shown.headers.get('content-type'), shown.headers.get('content-disposition')?.split(';')[0]]).toEqual(['application/pdf', 'inline']);
    expect((await office.cloud.send('qin-hai', 'GET', `${path}/attachments/${body.attachment.id}/link`)).status).toBe(404);
  });

  it('announced by requests that arrive at the same moment are one, at once or in pieces', async () => {
    const path = `/scenarios/${(await office.open()).id}/attachments`;
    const large = Buffer.concat([pdf, Buffer.alloc(6 * 1024 * 1024, 0x20)]);
    const pieces = [large.subarray(0, 5 * 1024 * 1024), large.subarray(5 * 1024 * 1024)].map((piece) => createHash('sha256').update(piece).digest('hex'));
    for (const body of [announce(pdf), announce(large, { pieces })]) {
      const headers = { 'idempotency-key': office.key() };
      const answers = await Promise.all(Array.from({ length: 8 }, () => office.cloud.send<Ticket>('wei-lan', 'POST', path, { body, headers })));
      expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(201));
      expect(new Set(answers.map((answer) => answer.body.attachment.id)).size).toBe(1);
    }
    const { Uploads = [] } = await office.cloud.bucket.client.send(new ListMultipartUploadsCommand({ Bucket: office.cloud.bucket.name }));
    expect(Uploads.filter(({ Key }) => Key?.includes(path.split('/')[2] ?? ''))).toHaveLength(1);
  });

  it('confirmed by requests that arrive at the same moment are registered once, and all are told the same', async () => {
    const path = `/scenarios/${(await office.open()).id}`;
    const { body } = await ticket(path, pdf);
    await fetch(body.upload.url, { method: 'PUT', headers: body.upload.headers, body: new Uint8Array(pdf) });
    const confirm = () => office.cloud.send('wei-lan', 'POST', `${path}/attachments/${body.attachment.id}/confirm`);
    const answers = await Promise.all(Array.from({ length: 8 }, confirm));
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
    expect(new Set(answers.map((answer) => JSON.stringify(answer.body))).size).toBe(1);
    expect((await office.read('wei-lan', path)).version).toBe(2);
  });

  it.each([['the case', 1], ['the file', 2]])('confirmed by a request that has read %s before the same one is through are what that one made of them', async (_, nth) => {
    const path = `/scenarios/${(await office.open()).id}`;
    const { body } = await ticket(path, pdf);
    await fetch(body.upload.url, { method: 'PUT', headers: body.upload.headers, body: new Uint8Array(pdf) });
    const confirm = `${path}/attachments/${body.attachment.id}/confirm`;
    const first: unknown[] = [];
    const table = inBetween(office.cloud.table, 'BatchGetItemCommand', nth, async () => first.push((await office.cloud.send('wei-lan', 'POST', confirm)).body));
    const second = await attachments({ ...office.cloud.desk(), table, now: office.cloud.now() + 5000 }, requestOf('wei-lan', 'POST', confirm));
    expect([JSON.parse(second.body ?? '')]).toEqual(first);
  });

  it('announced again after the confirmation, with what they replace, are the same still', async () => {
    const path = `/scenarios/${(await office.open()).id}`;
    const earlier = await ticket(path, pdf);
    await fetch(earlier.body.upload.url, { method: 'PUT', headers: earlier.body.upload.headers, body: new Uint8Array(pdf) });
    await office.cloud.send('wei-lan', 'POST', `${path}/attachments/${earlier.body.attachment.id}/confirm`);
    const again = { body: announce(pdf, { replaces: earlier.body.attachment.id }), headers: { 'idempotency-key': office.key() } };
    const first = await office.cloud.send<Ticket>('wei-lan', 'POST', `${path}/attachments`, again);
    await fetch(first.body.upload.url, { method: 'PUT', headers: first.body.upload.headers, body: new Uint8Array(pdf) });
    await office.cloud.send('wei-lan', 'POST', `${path}/attachments/${first.body.attachment.id}/confirm`);
    expect(await office.cloud.send('wei-lan', 'POST', `${path}/attachments`, again)).toMatchObject({ status: 201, body: { attachment: { id: first.body.attachment.id, status: 'confirmed' } } });
    expect(await office.cloud.send('wei-lan', 'POST', `${path}/attachments`, { ...again, body: announce(Buffer.from('%PDF-1.4 other')) })).toMatchObject({ status: 409 });
  });

  it('removed by a request that arrives twice are removed once, though the second finds the file gone', async () => {
    const path = `/scenarios/${(await office.open()).id}`;
    const { body } = await ticket(path, pdf);
    await fetch(body.upload.url, { method: 'PUT', headers: body.upload.headers, body: new Uint8Array(pdf) });
    await office.cloud.send('wei-lan', 'POST', `${path}/attachments/${body.attachment.id}/confirm`);
    const { table } = office.cloud;
    const [head, { actor }] = [await loadCase(table, path.split('/')[2] ?? ''), await loadAsking(table, 'wei-lan')];
    if (!head || !actor) throw new Error('nobody to ask, or nothing to ask about');
    // Both requests have read the case before either is carried out.
    const asked = { actor, head, version: head.version, key: office.key(), command: { type: 'removeAttachment', args: { attachment: body.attachment.id, part: 'projectApproval' } }, further: removalWrites(table, head.id, body.attachment.id) };
    const first = await carryOut(office.cloud.desk(), asked);
    expect((await carryOut(office.cloud.desk(), asked)).event).toEqual(first.event);
    await expect(carryOut(office.cloud.desk(), { ...asked, key: office.key() })).rejects.toMatchObject({ name: 'stale-version' });
  });

  it.each([['批复.hta', '批复.hta.pdf'], ['批复.PDF', '批复.PDF'], ['批复', '批复.pdf']])('named %s is saved as %s, whatever else its bytes could be', async (name, saved) => {
    const path = `/scenarios/${(await office.open()).id}`;
    const both = Buffer.concat([pdf, Buffer.from('<script>alert(1)</script>')]);
    const { body } = await ticket(path, both, { name });
    await fetch(body.upload.url, { method: 'PUT', headers: body.upload.headers, body: new Uint8Array(both) });
    await office.cloud.send('wei-lan', 'POST', `${path}/attachments/${body.attachment.id}/confirm`);
    const link = await office.cloud.send<{ url: string }>('wei-lan', 'GET', `${path}/attachments/${body.attachment.id}/link`);
    expect((await fetch(link.body.url)).headers.get('content-disposition')).toBe(`attachment; filename*=UTF-8''${encodeURIComponent(saved)}`);
  });

  it('of other bytes, lengths or types than announced are refused by the store itself, and twice over one upload', async () => {
    const path = `/scenarios/${(await office.open()).id}`;
    const { body } = await ticket(path, pdf);
    const other = Buffer.from(pdf);
    other[20] = 0x41;
    expect((await fetch(body.upload.url, { method: 'PUT', headers: body.upload.headers, body: new Uint8Array(other) })).status).toBe(400);
    expect((await fetch(body.upload.url, { method: 'PUT', headers: { ...body.upload.headers, 'content-type': 'text/html' }, body: new Uint8Array(pdf) })).status).toBe(403);
    const longer = Buffer.concat([pdf, pdf]);
    expect((await fetch(body.upload.url, { method: 'PUT', headers: { ...body.upload.headers, 'content-length': String(longer.length) }, body: new Uint8Array(longer) })).status).toBe(403);
    expect((await fetch(body.upload.url, { method: 'PUT', headers: body.upload.headers, body: new Uint8Array(pdf) })).status).toBe(200);
    expect((await fetch(body.upload.url, { method: 'PUT', headers: body.upload.headers, body: new Uint8Array(pdf) })).status).toBe(412);
  });

  it('that are not what their type says are refused at the confirmation', async () => {
    const path = `/scenarios/${(await office.open()).id}`;
    const script = Buffer.from('<script>alert(1)</script>');
    const { body } = await ticket(path, script);
    await fetch(body.upload.url, { method: 'PUT', headers: body.upload.headers, body: new Uint8Array(script) });
    expect(await office.cloud.send('wei-lan', 'POST', `${path}/attachments/${body.attachment.id}/confirm`)).toMatchObject({ status: 400, body: { errors: [{ pointer: '/type' }] } });
    expect((await office.cloud.send<Case>('wei-lan', 'GET', path)).body.version).toBe(1);
  });

  it('over 50 MB or of foreign types are not even announced', async () => {
    const path = `/scenarios/${(await office.open()).id}/attachments`;
    const headers = { 'idempotency-key': office.key() };
    expect(await office.cloud.send('wei-lan', 'POST', path, { body: announce(pdf, { size: 50 * 1024 * 1024 + 1 }), headers })).toMatchObject({ status: 400, body: { errors: [{ pointer: '/size' }] } });
    expect(await office.cloud.send('wei-lan', 'POST', path, { body: announce(pdf, { type: 'application/x-msdownload' }), headers })).toMatchObject({ status: 400, body: { errors: [{ pointer: '/type' }] } });
  });

  describe('in pieces', () => {
    const mb = 1024 * 1024;
    const large = Buffer.concat([pdf, Buffer.alloc(11 * mb, 0x20)]);
    const piecesOf = (bytes: Buffer): Buffer[] => Array.from({ length: Math.ceil(bytes.length / (5 * mb)) }, (_, at) => bytes.subarray(at * 5 * mb, (at + 1) * 5 * mb));
    const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
    interface Pieces { readonly attachment: { readonly id: string }; readonly upload: { readonly pieces: readonly { number: number; from: number; to: number; url: string; headers: Record<string, string> }[] } }
    const begin = (path: string, bytes: Buffer, key: string, more: object = {}) => office.cloud.send<Pieces>('wei-lan', 'POST', `${path}/attachments`, { body: announce(bytes, { pieces: piecesOf(bytes).map(sha256), ...more }), headers: { 'idempotency-key': key } });
    const put = async ({ url, headers, from, to }: Pieces['upload']['pieces'][number], bytes: Buffer) => (await fetch(url, { method: 'PUT', headers, body: new Uint8Array(bytes.subarray(from, to)) })).status;

    it('go on where they broke off, and are one file once all have arrived', async () => {
      const path = `/scenarios/${(await office.open()).id}`;
      const key = office.key();
      const { status, body } = await begin(path, large, key);
      expect([status, body.upload.pieces.map(({ number }) => number)]).toEqual([201, [1, 2, 3]]);
      const [first, , third] = body.upload.pieces;
      if (!first || !third) throw new Error('there are three pieces');
      expect([await put(first, large), await put(third, large)]).toEqual([200, 200]);
      expect(await office.cloud.send('wei-lan', 'POST', `${path}/attachments/${body.attachment.id}/confirm`)).toMatchObject({ status: 409 });
      const again = (await begin(path, large, key)).body;
      expect([again.attachment.id, again.upload.pieces.map(({ number }) => number)]).toEqual([body.attachment.id, [2]]);
      for (const piece of again.upload.pieces) expect(await put(piece, large)).toBe(200);
      expect((await begin(path, large, key)).body.upload.pieces).toEqual([]);
      expect(await office.cloud.send('wei-lan', 'POST', `${path}/attachments/${body.attachment.id}/confirm`)).toMatchObject({ status: 200, body: { attachment: { status: 'confirmed', sha256: sha256(large), size: large.length } } });
      const link = await office.cloud.send<{ url: string }>('wei-lan', 'GET', `${path}/attachments/${body.attachment.id}/link`);
      const got = await fetch(link.body.url);
      expect([got.headers.get('content-type'), sha256(Buffer.from(await got.arrayBuffer()))]).toEqual(['application/pdf', sha256(large)]);
      // Nothing takes the place of what was checked.
      expect(await put(first, large)).toBe(404);
    });

    it('of other bytes or lengths than announced are refused by the store itself, and a whole that is not the announced one at the confirmation', async () => {
      const path = `/scenarios/${(await office.open()).id}`;
      const other = Buffer.from(large);
      other[3] = 0x41;
      const [first] = (await begin(path, large, office.key())).body.upload.pieces;
      if (!first) throw new Error('there are pieces');
      expect(await put(first, other)).toBe(400);
      expect(await put({ ...first, headers: { ...first.headers, 'x-amz-checksum-sha256': createHash('sha256').update(other.subarray(0, 5 * mb)).digest('base64') } }, other)).toBe(403);
      expect(await put({ ...first, to: first.to - 1, headers: { ...first.headers, 'content-length': String(first.to - 1) } }, large)).toBe(403);
      const wrong = (await begin(path, large, office.key(), { sha256: sha256(other) })).body;
      for (const piece of wrong.upload.pieces) expect(await put(piece, large)).toBe(200);
      expect(await office.cloud.send('wei-lan', 'POST', `${path}/attachments/${wrong.attachment.id}/confirm`)).toMatchObject({ status: 400, body: { errors: [{ pointer: '/sha256' }] } });
    });

    it('are as many as the size asks for, and the same key means the same pieces', async () => {
      const path = `/scenarios/${(await office.open()).id}`;
      expect(await begin(path, large, office.key(), { pieces: piecesOf(large).slice(1).map(sha256) })).toMatchObject({ status: 400, body: { errors: [{ pointer: '/pieces' }] } });
      expect(await begin(path, pdf, office.key())).toMatchObject({ status: 400 });
      const key = office.key();
      await begin(path, large, key);
      expect((await begin(path, large, key, { pieces: [...piecesOf(large).slice(1).map(sha256), sha256(pdf)] })).status).toBe(409);
    });
  });
});
