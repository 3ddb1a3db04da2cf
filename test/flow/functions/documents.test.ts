import { createHash } from 'node:crypto';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { annex1Workbook } from '../../../functions/documents/annex1/write-workbook.ts';
import { readAnnex1 } from '../../../functions/documents/annex1/read-workbook.ts';
import type { Annex1Row } from '../../../shared/annex1/columns.ts';
import { requiredParts } from '../../../shared/contracts/attachments.ts';
import { workbookType } from '../../../functions/documents/names.ts';
import { governmentFormFixture, socialFormFixture } from '../../fixtures/forms.ts';
import { samplePdf } from '../../fixtures/sample-pdf.ts';
import { Office } from '../../harness/office.ts';
import { requestOf } from '../../harness/small-cloud.ts';

let office: Office;
beforeAll(async () => {
  office = await Office.start();
}, 60_000);
afterAll(() => office.cloud.stop());

const example = governmentFormFixture().annex1 as Annex1Row;

interface File { readonly status: number; readonly type: string; readonly name: string; readonly bytes: Buffer }

async function get(person: string | undefined, path: string, headers: Record<string, string> = {}): Promise<File> {
  const answer = await office.cloud.raw(requestOf(person, 'GET', path, undefined, headers));
  const { 'content-type': type = '', 'content-disposition': name = '' } = answer.headers as Record<string, string>;
  return { status: answer.statusCode ?? 0, type, name, bytes: Buffer.from(answer.body ?? '', answer.isBase64Encoded ? 'base64' : 'utf8') };
}

const upload = (person: string | undefined, bytes: Uint8Array, type = workbookType) =>
  office.cloud.raw({ ...requestOf(person, 'POST', '/annex1/check', undefined, { 'content-type': type }), body: Buffer.from(bytes).toString('base64'), isBase64Encoded: true });

describe('annex 1 of a scenario', () => {
  it('is a workbook that reads back as what was filed, for whoever may read the case and nobody else', async () => {
    const path = `/scenarios/${(await office.open()).id}`;
    const file = await get('wei-lan', `${path}/documents/annex1.xlsx`);
    expect(file).toMatchObject({ status: 200, type: workbookType, name: expect.stringContaining(`filename*=UTF-8''${encodeURIComponent('多跨数字应用场景清单-')}`) as unknown });
    expect(await readAnnex1(file.bytes)).toMatchObject({ ok: true, rows: [example] });
    expect((await get('huang-yu', `${path}/documents/annex1.xlsx`)).status).toBe(200);
    for (const stranger of ['qin-hai', 'lu-fang', 'expert-chen']) expect((await get(stranger, `${path}/documents/annex1.xlsx`)).status).toBe(404);
    expect((await get(undefined, `${path}/documents/annex1.xlsx`)).status).toBe(401);
    expect((await get('somebody', `${path}/documents/annex1.xlsx`)).status).toBe(403);
  });

  it('is listed with what else there is, and nothing else is there', async () => {
    const path = `/scenarios/${(await office.open()).id}`;
    const list = await office.cloud.send<{ draft: boolean; items: { name: string }[] }>('wei-lan', 'GET', `${path}/documents`);
    expect(list).toMatchObject({ status: 200, body: { draft: true, items: expect.arrayContaining([{ name: 'annex1.xlsx', type: workbookType, title: '多跨数字应用场景清单（Excel）', href: `${path}/documents/annex1.xlsx` }]) as unknown } });
    for (const { name } of list.body.items) expect((await get('wei-lan', `${path}/documents/${name}`)).status).toBe(200);
    for (const name of ['annex2.pdf', 'annex1.exe', '..%2fHEAD', '__proto__']) expect((await get('wei-lan', `${path}/documents/${name}`)).status).toBe(404);
  });
});

describe('a list of several scenarios', () => {
  it('is compiled by whoever may read all of them, in the order asked for', async () => {
    const [first, second] = [await office.toBureau(), await office.toBureau()].map((path) => path.split('/')[2] ?? '');
    const list = await get('lu-fang', `/annex1/list.xlsx?ids=${second},${first}`);
    expect(await readAnnex1(list.bytes)).toEqual({ ok: true, head: { unit: '南宁市大数据发展局', filedOn: '2025-03-03' }, rows: [{ ...example, seqNo: 1 }, { ...example, seqNo: 2 }] });
    expect(await get('lu-fang', `/annex1/list.docx?ids=${first}`)).toMatchObject({ status: 200, type: expect.stringContaining('wordprocessingml') as unknown });
    expect((await get('mo-qiang', `/annex1/list.xlsx?ids=${first}`)).status).toBe(404);
    expect((await get('lu-fang', `/annex1/list.xlsx?ids=${first},s-unknown`)).status).toBe(404);
    for (const ids of ['', ',', 'a b', Array.from({ length: 101 }, (_, index) => `s-${index}`).join(',')]) expect((await get('lu-fang', `/annex1/list.xlsx?ids=${encodeURIComponent(ids)}`)).status).toBe(400);
    expect((await get(undefined, `/annex1/list.xlsx?ids=${first}`)).status).toBe(401);
  });
});

describe('annex 2 of a scenario', () => {
  it('is printed as a draft, then with a code that answers for what was filed', async () => {
    const opened = await office.cloud.send<{ id: string }>('qin-hai', 'POST', '/scenarios', { body: { lifecycle: 'socialInvestment', form: socialFormFixture() }, headers: { 'idempotency-key': office.key() } });
    const path = `/scenarios/${opened.body.id}`;
    const wordText = async (): Promise<string> => strFromU8(unzipSync((await get('qin-hai', `${path}/documents/annex2.docx`)).bytes)['word/document.xml'] ?? new Uint8Array());
    expect(await wordText()).not.toContain('核验码');
    expect(await get('qin-hai', `${path}/documents/annex2.pdf`)).toMatchObject({ status: 200, type: 'application/pdf' });
    expect((await get('qin-hai', `${path}/documents/annex1.xlsx`)).status).toBe(404);
    await withAllParts(path);
    await office.does('qin-hai', path, 'submit', { handler: 'liuzhou-data' });
    const text = await wordText();
    const code = /核验码：([\w-]+)/.exec(text)?.[1];
    const answer = JSON.parse((await get(undefined, `/verify/${code}`)).bytes.toString()) as { content: { sha256: string } };
    expect(answer).toMatchObject({ form: 'annex2', scenario: '石灰石矿山5G无人驾驶运输', latest: true });
    expect(text).toContain(answer.content.sha256);
    expect(text).toContain('资料-auditReport.pdf');
    expect((await get('lu-fang', `${path}/documents/annex2.docx`)).status).toBe(404);
    expect((await get('mo-qiang', `${path}/documents/annex2.docx`)).status).toBe(200);
  });

  async function withAllParts(path: string): Promise<void> {
    for (const [part] of requiredParts('enterprise')) {
      const bytes = samplePdf(part ?? '');
      const file = { part, name: `资料-${part}.pdf`, type: 'application/pdf', size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
      const { body } = await office.cloud.send<{ attachment: { id: string }; upload: { url: string; headers: Record<string, string> } }>('qin-hai', 'POST', `${path}/attachments`, { body: file, headers: { 'idempotency-key': office.key() } });
      await fetch(body.upload.url, { method: 'PUT', headers: body.upload.headers, body: new Uint8Array(bytes) });
      await office.cloud.send('qin-hai', 'POST', `${path}/attachments/${body.attachment.id}/confirm`);
    }
  }
});

describe('a list that somebody filled in', () => {
  it('begins with an empty one that anybody may have', async () => {
    const template = await get(undefined, '/annex1/template.xlsx');
    expect(template).toMatchObject({ status: 200, type: workbookType });
    expect(JSON.parse((await upload('lu-fang', template.bytes)).body ?? '')).toMatchObject({ ok: false, wrong: [{ cell: 'A5', detail: expect.stringContaining('没有填写任何一行') as unknown }] });
  });

  it('is read whole, or answered by its wrong cells', async () => {
    const good = await upload('lu-fang', await annex1Workbook({ unit: '某局', filedOn: '' }, [example]));
    expect(good.statusCode).toBe(200);
    expect(JSON.parse(good.body ?? '')).toEqual({ ok: true, head: { unit: '某局', filedOn: '' }, rows: [example] });
    const bad = await upload('lu-fang', await annex1Workbook({ unit: '某局', filedOn: '' }, [example, { ...example, seqNo: 2, demandContent: ' ' }]));
    expect(JSON.parse(bad.body ?? '')).toEqual({ ok: false, wrong: [{ cell: 'D7', detail: '不能为空，请填写' }] });
  });

  it('is refused as what is no workbook, is too large, or comes from nobody', async () => {
    expect((await upload('lu-fang', Buffer.from('PK'))).statusCode).toBe(415);
    expect((await upload('lu-fang', Buffer.from('{}'), 'application/json')).statusCode).toBe(415);
    expect((await upload('lu-fang', Buffer.alloc(4 * 1024 * 1024))).statusCode).toBe(413);
    expect((await upload(undefined, Buffer.from('PK'))).statusCode).toBe(401);
    expect((await upload('somebody', Buffer.from('PK'))).statusCode).toBe(403);
  });
});

describe('a verification code', () => {
  it('tells anybody what was certified, and nothing is certified before the filing', async () => {
    const path = `/scenarios/${(await office.open()).id}`;
    expect(await codeIn('wei-lan', path)).toBeUndefined();
    await office.does('wei-lan', path, 'submit', { handler: 'nanning-data' });
    const code = await codeIn('wei-lan', path);
    const answer = await office.cloud.raw(requestOf(undefined, 'GET', `/verify/${code}`));
    const body = JSON.parse(answer.body ?? '') as Record<string, unknown>;
    expect(body).toMatchObject({ code, form: 'annex1', title: '多跨数字应用场景清单', case: path.split('/')[2], version: 2, latest: true, unchanged: true });
    expect(JSON.stringify(body)).not.toMatch(/韦岚|wei-lan|0771/);
    const { events } = { events: (await office.cloud.send<{ items: { sha256: string }[] }>('wei-lan', 'GET', `${path}/events`)).body.items };
    expect((body['event'] as { sha256: string }).sha256).toBe(events.at(-1)?.sha256);
    await office.does('lu-fang', path, 'returnForCorrection', { reason: '请补正', items: [{ pointer: '/annex1/demandContent', reason: '请写具体' }] });
    expect(JSON.parse((await office.cloud.raw(requestOf(undefined, 'GET', `/verify/${code}`))).body ?? '')).toMatchObject({ code, version: 2, latest: false, unchanged: true });
    const form = governmentFormFixture({ name: body['scenario'] });
    await office.does('wei-lan', path, 'saveForm', { form: { ...form, annex1: { ...form.annex1, demandContent: '写得更具体了' } } });
    // What is saved and not submitted is nobody's to know.
    expect(JSON.parse((await office.cloud.raw(requestOf(undefined, 'GET', `/verify/${code}`))).body ?? '')).toMatchObject({ code, version: 2, unchanged: true });
    expect(await codeIn('wei-lan', path)).toBeUndefined();
    await office.does('wei-lan', path, 'submit', { handler: 'nanning-data' });
    expect(JSON.parse((await office.cloud.raw(requestOf(undefined, 'GET', `/verify/${code}`))).body ?? '')).toMatchObject({ code, version: 2, unchanged: false, scenario: body['scenario'] });
  });

  it('that is not one of ours is not found, and people who scan one get a page', async () => {
    const path = await office.toBureau();
    const code = (await codeIn('li-ning', path)) ?? '';
    for (const wrong of [`${code.slice(0, -1)}${code.endsWith('0') ? '1' : '0'}`, code.replace(/-\d+-/, '-1-'), 'x', `${'9'.repeat(300)}`, '__proto__']) expect((await get(undefined, `/verify/${wrong}`)).status).toBe(404);
    const page = await get(undefined, `/verify/${code}`, { accept: 'text/html,*/*' });
    expect(page).toMatchObject({ status: 200, type: 'text/html; charset=utf-8' });
    expect(page.bytes.toString()).toContain('由本系统出具');
  });

  async function codeIn(person: string, path: string): Promise<string | undefined> {
    const parts = unzipSync((await get(person, `${path}/documents/annex1.xlsx`)).bytes);
    const xml = strFromU8(parts['xl/worksheets/sheet1.xml'] ?? new Uint8Array());
    const code = /核验码：([\w-]+)/.exec(xml)?.[1];
    expect(xml.includes('草稿')).toBe(code === undefined);
    return code;
  }
});
