import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { socialFormFixture } from '../fixtures/forms.ts';
import { samplePdf } from '../fixtures/sample-pdf.ts';
import { startConsole, type TestConsole } from './console.ts';

// What somebody does who has never seen the console, and what the console answers.
let it_: TestConsole;
beforeAll(async () => void (it_ = await startConsole()));
afterAll(() => it_.close());


describe('a file that cannot be taken', () => {
  it.each([
    ['木马.exe', Buffer.from('MZ'), '只能上传 PDF'],
    ['申报书.doc', Buffer.from('d0cf11e0', 'hex'), '请另存为 docx'],
    ['没有后缀', samplePdf('x'), '只能上传 PDF'],
    ['空白.pdf', Buffer.alloc(0), '文件是空的'],
    ['扫描件.pdf', Buffer.concat([samplePdf('x'), Buffer.alloc(45 * 1024 * 1024)]), undefined],
  ])('%s is refused by name, with what helps, and is not sent', async (name, buffer, why) => {
    const id = await it_.story.open('qin-hai', 'socialInvestment', socialFormFixture({ name: `文件 ${name}` }));
    const page = await it_.as('qin-hai', `/filing/${id}/files`);
    let announced = 0;
    page.on('request', (request) => void (announced += request.method() === 'POST' && request.url().endsWith('/attachments') ? 1 : 0));
    const box = page.getByRole('region', { name: '（六）承诺书' });
    // The browser is told of a larger file than a test can hand over.
    if (why === undefined) await page.evaluate(`Object.defineProperty(File.prototype, 'size', { get: () => 60 * 1024 * 1024 })`);
    await box.locator('input[type="file"]').setInputFiles({ name, mimeType: 'application/octet-stream', buffer });
    const said = box.getByRole('alert');
    await said.getByText(`不能上传 ${name}`).waitFor();
    expect(await said.innerText()).toContain(why ?? '文件有 60 MB，超过 50 MB');
    expect(await said.innerText()).not.toMatch(/\/(type|size|pieces)|application\//);
    expect(await box.getByRole('button', { name: '重试' }).count()).toBe(0);
    expect(announced).toBe(0);
    await box.getByRole('button', { name: /^放弃/ }).click();
    await said.waitFor({ state: 'detached' });
    await page.context().close();
  });

  it('what only its contents betray is named, too, and is not tried again', async () => {
    const id = await it_.story.open('qin-hai', 'socialInvestment', socialFormFixture({ name: '内容不符' }));
    const page = await it_.as('qin-hai', `/filing/${id}/files`);
    const box = page.getByRole('region', { name: '（六）承诺书' });
    await box.locator('input[type="file"]').setInputFiles({ name: '假的.pdf', mimeType: 'application/pdf', buffer: Buffer.from('not a PDF at all') });
    await box.getByRole('alert').getByText('假的.pdf：文件内容不是 PDF').waitFor();
    expect(await box.getByRole('button', { name: '重试' }).count()).toBe(0);
    await page.context().close();
  });
});
