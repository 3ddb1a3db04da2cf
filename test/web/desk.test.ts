import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { governmentFormFixture } from '../fixtures/forms.ts';
import { startConsole, type TestConsole } from './console.ts';

let it_: TestConsole;
beforeAll(async () => {
  it_ = await startConsole();
  for (const name of ['桌面一', '桌面二', '另一件']) {
    const id = await it_.story.open('wei-lan', 'governmentInvestment', governmentFormFixture({ name }));
    await it_.story.command('wei-lan', `/scenarios/${id}`, 'submit', { handler: 'nanning-data' });
    if (name === '另一件') await it_.story.command('lu-fang', `/scenarios/${id}`, 'aggregate', { opinion: '同意', sealed: true });
  }
});
afterAll(() => it_.close());

describe('the desk', () => {
  it('counts what waits, what was dealt with and what was begun, and filters by words and step', async () => {
    const page = await it_.as('lu-fang');
    const tabs = page.getByRole('navigation', { name: '我的桌面' });
    await tabs.getByRole('link', { name: '待办 3' }).waitFor();
    await page.getByLabel('名称、单位或编号').fill('桌面');
    await page.getByLabel('名称、单位或编号').press('Enter');
    await page.getByRole('link', { name: '另一件' }).waitFor({ state: 'detached' });
    expect(page.url()).toContain(`q=${encodeURIComponent('桌面')}`);
    expect(await page.getByRole('link', { name: /^桌面/ }).count()).toBe(2);
    await tabs.getByRole('link', { name: /^已办/ }).click();
    const row = page.getByRole('row', { name: /另一件/ });
    await row.waitFor();
    expect(await row.innerText()).toContain('已汇总');
    await page.context().close();
  });

  it('keeps a set of filters under a name', async () => {
    const page = await it_.as('lu-fang', `?q=${encodeURIComponent('另一')}`);
    await page.getByRole('link', { name: '另一件' }).waitFor();
    await page.getByRole('button', { name: '保存这组筛选' }).click();
    await page.getByLabel('筛选的名称').fill('我的筛选');
    await page.getByRole('button', { name: '保存', exact: true }).click();
    await page.getByRole('button', { name: '清除筛选' }).click();
    await page.getByRole('link', { name: '桌面一' }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: '我的筛选', exact: true }).click();
    await page.getByRole('link', { name: '桌面一' }).waitFor({ state: 'detached' });
    await page.getByRole('link', { name: '另一件' }).waitFor();
    await page.context().close();
  });

  it('is saved as a file, as it is filtered', async () => {
    const page = await it_.as('lu-fang', `?q=${encodeURIComponent('桌面')}`);
    await page.getByRole('link', { name: '桌面一' }).waitFor();
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '导出CSV' }).click()]);
    expect(file.suggestedFilename()).toBe('待办.csv');
    const text = readFileSync((await file.path()) ?? '', 'utf8');
    expect(text).toContain('桌面一');
    expect(text).not.toContain('另一件');
    await page.context().close();
  });

  it('of an applicant lists what they began', async () => {
    const page = await it_.as('wei-lan', '/mine');
    await page.getByRole('link', { name: '桌面一', exact: true }).waitFor();
    expect(await page.getByRole('link', { name: /^(桌面|另一)/ }).count()).toBe(3);
    await page.context().close();
  });
});

describe('notices', () => {
  it('say on every page how many are new, lead to the case, and are marked as read', async () => {
    await it_.story.settle();
    const page = await it_.as('lu-fang');
    const bell = page.getByRole('link', { name: /^消息 \d+ 条未读/ });
    await bell.waitFor();
    await bell.click();
    await page.getByRole('link', { name: /桌面一/ }).first().waitFor();
    await page.getByRole('button', { name: '全部标为已读' }).click();
    await page.getByText('未读 0 条').waitFor();
    await page.getByRole('link', { name: '消息', exact: true }).waitFor();
    await page.reload();
    await page.getByText('未读 0 条').waitFor();
    await page.context().close();
  });

  it('are sent as the person wants', async () => {
    const page = await it_.as('lu-fang', '/notices');
    await page.getByLabel(/^电子邮箱/).fill('lu-fang');
    await page.getByRole('button', { name: '保存设置' }).click();
    await page.getByRole('alert').waitFor();
    await page.getByLabel(/^电子邮箱/).fill('lu-fang@example.org');
    await page.getByLabel('每个工作日发送一份汇总').setChecked(true);
    await page.getByRole('button', { name: '保存设置' }).click();
    await page.getByText('已保存').waitFor();
    await page.reload();
    await expect.poll(() => page.getByLabel(/^电子邮箱/).inputValue()).toBe('lu-fang@example.org');
    await page.context().close();
  });
});
