import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { governmentFormFixture } from '../fixtures/forms.ts';
import { startConsole, type TestConsole } from './console.ts';

let it_: TestConsole;
let id = '';
beforeAll(async () => {
  it_ = await startConsole();
  id = await it_.story.open('wei-lan', 'governmentInvestment', governmentFormFixture({ name: '人人可用' }));
  await it_.story.command('wei-lan', `/scenarios/${id}`, 'submit', { handler: 'nanning-data' });
  await it_.story.command('lu-fang', `/scenarios/${id}`, 'aggregate', { opinion: '同意汇总', sealed: true });
});
afterAll(() => it_.close());

describe('the time machine', () => {
  const painted = (page: Page, leaf: string) => page.locator(`.chart [data-leaf="${leaf}"] rect`).first().evaluate((rect) => (globalThis as unknown as { getComputedStyle(of: unknown): { fill: string } }).getComputedStyle(rect).fill);
  const orange = 'rgb(255, 217, 160)';

  it('steps through the history by buttons, and the address keeps the step', async () => {
    const page = await it_.as('wei-lan', `/scenarios/${id}/chart`);
    const machine = page.getByRole('region', { name: '时光机' });
    await machine.getByText('第 3 步，共 3 步').waitFor();
    expect(await painted(page, 'declaration.aggregated')).toBe(orange);
    await machine.getByRole('button', { name: '上一步' }).click();
    await machine.getByText('第 2 步，共 3 步').waitFor();
    expect(await painted(page, 'declaration.withAggregator')).toBe(orange);
    expect(await painted(page, 'declaration.aggregated')).not.toBe(orange);
    await page.reload();
    await machine.getByText('第 2 步，共 3 步').waitFor();
    await page.getByLabel('第 2 步，共 3 步').press('ArrowLeft');
    await machine.getByText('第 1 步，共 3 步').waitFor();
    await machine.getByRole('button', { name: '播放' }).click();
    await machine.getByText('第 3 步，共 3 步').waitFor();
    await page.context().close();
  });
});

describe('English', () => {
  it('is one button away, stays after a reload, and leaves what people filed as it is', async () => {
    const page = await it_.as('wei-lan', `/scenarios/${id}`);
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('link', { name: 'Overview' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { level: 1, name: '人人可用' }).waitFor();
    await page.getByText('Declaration: Aggregated').first().waitFor();
    expect(await page.getByRole('navigation', { name: 'Main navigation' }).innerText()).toContain('To do');
    expect(await page.evaluate('document.documentElement.lang')).toBe('en');
    await page.getByRole('button', { name: '中文' }).click();
    await page.getByRole('link', { name: '基本情况' }).waitFor();
    await page.context().close();
  });

  it('keeps what is being typed', async () => {
    const draft = await it_.story.open('wei-lan', 'governmentInvestment', governmentFormFixture({ name: '换语言' }));
    const page = await it_.as('wei-lan', `/filing/${draft}/reform`);
    await page.getByLabel('11 改革项目').fill('换语言之前');
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('button', { name: '中文' }).waitFor();
    await expect.poll(() => page.getByLabel('11 Reform project').inputValue()).toBe('换语言之前');
    await page.context().close();
  });
});

describe('large text', () => {
  it('is larger everywhere, and nothing is wider than the phone', async () => {
    const page = await it_.as('wei-lan', `/scenarios/${id}`, { viewport: { width: 390, height: 844 } });
    const size = () => page.getByRole('heading', { level: 1 }).evaluate((heading) => Number.parseFloat((globalThis as unknown as { getComputedStyle(of: unknown): { fontSize: string } }).getComputedStyle(heading).fontSize));
    const before = await size();
    await page.getByRole('button', { name: '大字' }).click();
    expect(await size()).toBeGreaterThan(before * 1.2);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await page.context().close();
  });
});

describe('a phone', () => {
  const phone = { viewport: { width: 390, height: 844 } };

  it('shows a list before its filters, which unfold, and stay so while they are used', async () => {
    const page = await it_.as('lu-fang', '/done', phone);
    await page.getByRole('link', { name: '人人可用' }).first().waitFor();
    const search = page.getByRole('search', { name: '筛选' });
    expect(await search.isVisible()).toBe(false);
    await page.getByText('筛选', { exact: true }).click();
    await search.getByLabel('类别').selectOption({ label: '社会投资类场景' });
    await page.getByText('没有符合筛选条件的事项。').waitFor();
    await page.reload();
    await search.getByRole('button', { name: '清除筛选' }).click();
    await page.getByRole('link', { name: '人人可用' }).first().waitFor();
    await page.context().close();
  });

  it('has the open page and the open tab in sight, however long their rows are', async () => {
    const page = await it_.as('wei-lan', `/scenarios/${id}/act`, phone);
    const tab = page.getByRole('navigation', { name: '案件内容' }).getByRole('link', { name: '办理' });
    await tab.waitFor();
    await expect.poll(async () => { const box = await tab.boundingBox(); return box !== null && box.x >= 0 && box.x + box.width <= 390; }).toBe(true);
    await page.goto(it_.at('/rules'));
    const place = page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '规则与流程图' });
    await expect.poll(async () => { const box = await place.boundingBox(); return box !== null && box.x >= 0 && box.x + box.width <= 390; }).toBe(true);
    await page.context().close();
  });
});

describe('a slow network', () => {
  it('shows that something is being read, then the page; a save on its way is said, and the text is there', async () => {
    const draft = await it_.story.open('wei-lan', 'governmentInvestment', governmentFormFixture({ name: '慢速网络' }));
    const page = await it_.as('wei-lan', '/');
    const session = await page.context().newCDPSession(page);
    await session.send('Network.enable');
    // A phone at the edge of a village: 400 ms there and back, 50 KB a second.
    await session.send('Network.emulateNetworkConditions', { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 });
    const going = page.goto(it_.at(`/filing/${draft}/reform`), { timeout: 60_000 });
    await page.getByRole('status', { name: /正在读取/ }).first().waitFor({ timeout: 60_000 });
    await going;
    await page.getByLabel('11 改革项目').fill('慢慢保存', { timeout: 60_000 });
    await page.getByText('正在保存……').waitFor({ timeout: 20_000 });
    await page.getByText(/已保存 \d\d:\d\d/).waitFor({ timeout: 20_000 });
    await page.context().close();
  });

  it('that goes away altogether says so, and what was typed goes out when it is back', async () => {
    const draft = await it_.story.open('wei-lan', 'governmentInvestment', governmentFormFixture({ name: '断网再连' }));
    const page = await it_.as('wei-lan', `/filing/${draft}/reform`);
    await page.getByLabel('11 改革项目').waitFor();
    await page.context().setOffline(true);
    await page.getByLabel('11 改革项目').fill('断网时写的');
    await page.getByText('没有保存到系统').waitFor();
    await page.context().setOffline(false);
    await page.getByText(/已保存 \d\d:\d\d/).waitFor();
    await page.context().close();
  });
});

describe('what cannot be done now', () => {
  it('says which rule stands in the way, on what ground, and who could', async () => {
    const draft = await it_.story.open('wei-lan', 'governmentInvestment', { system: { name: '没有写完', stage: 'proposed', nonSecret: true, division: '450100' } });
    const page = await it_.as('wei-lan', `/scenarios/${draft}/act`);
    const greyed = page.locator('[data-command] button[aria-disabled="true"]');
    await greyed.first().waitFor();
    for (const row of await page.locator('[data-command]', { has: greyed }).all()) expect((await row.locator('.why').innerText()).length).toBeGreaterThan(5);
    await page.context().close();
  });
});
