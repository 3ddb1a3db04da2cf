import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileGovernment, fileSocial } from '../demo/chapters.ts';
import { startConsole, type TestConsole } from './console.ts';

let it_: TestConsole;
beforeAll(async () => {
  it_ = await startConsole();
  await fileSocial(it_.story);
  await fileGovernment(it_.story);
  // Figures are counted every six hours.
  await it_.story.moveClock({ advance: 'P1D' });
});
afterAll(() => it_.close());

describe('the figures', () => {
  it('are bars whose data are a table, grouped and measured as the address says, and a workbook', async () => {
    const page = await it_.as('li-ning', '/figures');
    const chart = page.getByRole('region', { name: '按类别：场景数' });
    await chart.getByRole('row', { name: /政府投资类/ }).waitFor();
    expect(await chart.getByRole('row', { name: /政府投资类/ }).innerText()).toContain('1 个');
    await page.getByLabel('分组').selectOption({ label: '按设区市' });
    await page.getByLabel('指标').selectOption({ label: '总投资' });
    await page.getByRole('region', { name: '按设区市：总投资' }).getByRole('row', { name: /柳州市.*8,260,000/ }).waitFor();
    await page.reload();
    await page.getByRole('region', { name: '按设区市：总投资' }).waitFor();
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '导出Excel' }).click()]);
    expect(file.suggestedFilename()).toBe('统计分析.xlsx');
    await page.context().close();
  });

  it('are not for an applicant, who is told for whom they are', async () => {
    const page = await it_.as('wei-lan', '/figures');
    await page.getByRole('alert').getByText('统计数据供自治区各办查阅').waitFor();
    await page.context().close();
  });
});

describe('what anybody finds', () => {
  it('an empty case library says how cases get into it', async () => {
    const page = await it_.browser.window();
    await page.goto(it_.at('/library'));
    await page.getByText('没有找到案例').waitFor();
    await page.getByLabel('全文查找').fill('冷链');
    await page.getByLabel('全文查找').press('Enter');
    await page.waitForURL(/q=/);
    await page.context().close();
  });
});

it('the board of who waits for data is there for the data authorities', async () => {
  const page = await it_.as('li-ning', '/demand-board');
  await page.getByText('没有等待办理的数据需求。').waitFor();
  await page.context().close();
});
