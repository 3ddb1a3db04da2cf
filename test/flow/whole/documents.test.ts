import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { workbookType } from '../../../functions/documents/names.ts';
import { readAnnex1 } from '../../../functions/documents/annex1/read-workbook.ts';
import { governmentFormFixture, socialFormFixture } from '../../fixtures/forms.ts';
import { startWholeCloud, type WholeCloud } from './whole-cloud.ts';

let cloud: WholeCloud;
beforeAll(async () => {
  cloud = await startWholeCloud();
}, 120_000);
afterAll(() => cloud.remove());

async function ask(person: string | null, path: string, body?: Uint8Array): Promise<{ readonly status: number; readonly type: string; readonly bytes: Buffer }> {
  const response = await fetch(cloud.endpoints.api + path, {
    ...(body ? { method: 'POST', body: new Uint8Array(body) } : {}),
    headers: { ...(person === null ? {} : { authorization: `Bearer ${await cloud.tokenFor(person)}` }), ...(body ? { 'content-type': workbookType } : {}) },
  });
  return { status: response.status, type: response.headers.get('content-type') ?? '', bytes: Buffer.from(await response.arrayBuffer()) };
}

describe('documents of the whole local cloud, roles enforced', () => {
  it('come through the gateway as they were made, and go back in', async () => {
    const form = governmentFormFixture({ name: '文件往返' });
    const path = `/scenarios/${await cloud.story.open('wei-lan', 'governmentInvestment', form)}`;
    const file = await ask('wei-lan', `${path}/documents/annex1.xlsx`);
    expect(file).toMatchObject({ status: 200, type: workbookType });
    expect(await readAnnex1(file.bytes)).toMatchObject({ ok: true, rows: [form.annex1] });
    const checked = await ask('lu-fang', '/annex1/check', file.bytes);
    expect((await ask('wei-lan', `/annex1/list.xlsx?ids=${path.split('/')[2]}`)).status).toBe(200);
    expect((await ask(null, '/annex1/template.xlsx')).status).toBe(200);
    expect([checked.status, JSON.parse(checked.bytes.toString())]).toMatchObject([200, { ok: true, rows: [form.annex1] }]);
  });

  it('are set in Word and PDF by the bundle itself, with the fonts beside it', async () => {
    const path = `/scenarios/${await cloud.story.open('qin-hai', 'socialInvestment', socialFormFixture())}`;
    const pdf = await ask('qin-hai', `${path}/documents/annex2.pdf`);
    expect([pdf.status, pdf.type, pdf.bytes.subarray(0, 5).toString()]).toEqual([200, 'application/pdf', '%PDF-']);
    const word = await ask('qin-hai', `${path}/documents/annex2.docx`);
    expect([word.status, word.bytes.subarray(0, 2).toString()]).toEqual([200, 'PK']);
    expect((await ask('wei-lan', `${path}/documents/annex2.pdf`)).status).toBe(404);
  });

  it('are for readers of the case alone', async () => {
    const path = `/scenarios/${await cloud.story.open('wei-lan', 'governmentInvestment', governmentFormFixture({ name: '文件权限' }))}`;
    expect((await ask('qin-hai', `${path}/documents/annex1.xlsx`)).status).toBe(404);
    expect((await ask(null, `${path}/documents/annex1.xlsx`)).status).toBe(401);
    expect((await ask(null, '/annex1/check', Buffer.from('PK'))).status).toBe(401);
    expect((await ask(null, '/verify/s-00000000000000000000-1-0000000000000000')).status).toBe(404);
  });
});
