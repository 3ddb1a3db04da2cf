import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Office, type Case } from '../../harness/office.ts';

let office: Office;
beforeAll(async () => {
  office = await Office.start();
}, 60_000);
afterAll(() => office.cloud.stop());

describe('attachments', () => {
  const pdf = Buffer.from('%PDF-1.4\n1 0 obj\n<< >>\nendobj\ntrailer\n<< >>\n%%EOF\n');
  const announce = (bytes: Buffer, more: object = {}) => ({ part: 'projectApproval', name: '批复.pdf', type: 'application/pdf', size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex'), ...more });
  interface Ticket { readonly attachment: { readonly id: string }; readonly upload: { readonly url: string; readonly headers: Record<string, string> } }
  const ticket = (path: string, bytes: Buffer) => office.cloud.send<Ticket>('wei-lan', 'POST', `${path}/attachments`, { body: announce(bytes), headers: { 'idempotency-key': office.key() } });

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
});
