import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { annex1Workbook } from '../../functions/documents/annex1/write-workbook.ts';
import type { Annex1Row } from '../../shared/annex1/columns.ts';
import { startConsole, type TestConsole } from './console.ts';

let it_: TestConsole;
beforeAll(async () => void (it_ = await startConsole()));
afterAll(() => it_.close());

const row = (name: string, seqNo = 1): Annex1Row => ({
  seqNo, demandName: `${name}需求`, demandTypes: ['enterpriseNeed'], demandContent: '环节多、信息不共享。', applicationName: name, planningBasis: '参考某港应用', projectType: 'incremental', architecture: '一个平台、两类应用',
  smallEntryScenarios: ['预约', '共享'], responsibleUnit: '南宁市交通运输局', reformProject: '流程改革', reformTasks: [{ option: 'dataSharing', text: '开放船期数据' }],
});
const pasted = (name: string): string => [`${name}需求`, '②企业的共性需求', '环节多、信息不共享。', name, '参考某港应用', '①增量开发', '一个平台、两类应用', '"预约\n共享"', '南宁市交通运输局', '流程改革', '⑤数据开放共享：开放船期数据'].join('\t');

/** Puts text on the clipboard of a cell, as Excel does. */
const paste = (page: Page, cell: string, text: string) =>
  page.locator(`[data-cell="${cell}"]`).evaluate((element, content) => {
    const data = new (globalThis as unknown as { DataTransfer: new () => { setData(type: string, value: string): void } }).DataTransfer();
    data.setData('text/plain', content);
    (element as unknown as { dispatchEvent(event: unknown): void }).dispatchEvent(new (globalThis as unknown as { ClipboardEvent: new (type: string, init: object) => unknown }).ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  }, text);

describe('the gathering workbench', () => {
  let address = '';

  it('opens a list, takes what was copied from Excel, names wrong cells, and saves when they are mended', async () => {
    const page = await it_.as('lu-fang', '/lists');
    await page.getByLabel('新清单的名称').fill('2026年下半年南宁市清单');
    await page.getByRole('button', { name: '新建清单' }).click();
    await page.waitForURL(/\/lists\/.*\/rows$/);
    address = new URL(page.url()).pathname.replace('/console', '');
    await page.getByRole('button', { name: '增加一行' }).click();
    await paste(page, '0-0', `${pasted('江上物流')}\n${pasted('果蔬冷链').replace('①增量开发', '新建')}`);
    await page.getByText('还有 1 格要改').waitFor();
    await page.getByText('第 2 行“项目类型”：').waitFor();
    expect(await page.getByRole('button', { name: /^保存/ }).isDisabled()).toBe(true);
    const cell = page.locator('[data-cell="1-5"]');
    await cell.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: '项目类型，第 2 行' }).fill('②迭代升级');
    await page.keyboard.press('Control+Enter');
    await page.getByText('格要改').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: '保存 2 行修改' }).click();
    await page.getByText('第 2 版').first().waitFor();
    expect(await page.locator('[data-cell="1-3"]').innerText()).toContain('果蔬冷链');
    await page.context().close();
  });

  it('imports a workbook whole or not at all, naming wrong cells by their address', async () => {
    const page = await it_.as('lu-fang', address);
    const wrong = Buffer.from(await annex1Workbook({ unit: '南宁市大数据发展局', filedOn: '2026-03-02' }, [{ ...row('错误的行'), projectType: undefined }]));
    const field = page.locator('input[type="file"]');
    await field.setInputFiles({ name: '错误.xlsx', mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', buffer: wrong });
    await page.getByText('有 1 格不正确，什么也没有导入').waitFor();
    expect(await page.getByRole('alert').innerText()).toMatch(/G\d+/);
    const right = Buffer.from(await annex1Workbook({ unit: '南宁市大数据发展局', filedOn: '2026-03-02' }, [row('数智大市场')]));
    await field.setInputFiles({ name: '清单.xlsx', mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', buffer: right });
    await page.getByRole('button', { name: '导入这 1 行' }).click();
    await page.locator('[data-cell="2-3"]').getByText('数智大市场').waitFor();
    await page.context().close();
  });

  it('names the unit of a row from the directory, and is refused one that is not of the area', async () => {
    const page = await it_.as('lu-fang', address);
    const open = page.getByRole('button', { name: '指明第 1 行的单位' });
    await open.click();
    await page.getByLabel('第 1 行的建设主体单位').fill('桂岭');
    await page.getByLabel(/桂岭矿业/).check();
    await page.getByRole('button', { name: '指明单位', exact: true }).click();
    await page.getByRole('alert').first().waitFor();
    await page.getByLabel('第 1 行的建设主体单位').fill('农产品');
    await page.getByLabel(/农产品流通服务中心/).check();
    await page.getByRole('button', { name: '指明单位', exact: true }).click();
    await page.locator('tbody th').first().getByText('南宁市农产品流通服务中心').waitFor();
    await expect.poll(() => open.evaluate((button) => button === (button as unknown as { ownerDocument: { activeElement: unknown } }).ownerDocument.activeElement), { timeout: 10_000 }).toBe(true);
    await page.context().close();
  });

  it('puts rows in order by keyboard and by dragging, and prints them so', async () => {
    const page = await it_.as('lu-fang', address);
    await page.locator('[data-order="2"]').focus();
    await page.keyboard.press('Alt+ArrowUp');
    await page.locator('[data-cell="1-3"]').getByText('数智大市场').waitFor();
    await page.locator('tbody th').nth(1).dragTo(page.locator('tbody tr').nth(0));
    await page.locator('[data-cell="0-3"]').getByText('数智大市场').waitFor();
    await page.getByRole('button', { name: '保存顺序' }).click();
    await page.getByRole('button', { name: /^保存$/ }).waitFor();
    await page.reload();
    await page.locator('[data-cell="0-3"]').getByText('数智大市场').waitFor();
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '下载Word' }).click()]);
    expect(file.suggestedFilename()).toBe('2026年下半年南宁市清单.docx');
    await page.context().close();
  });
});
