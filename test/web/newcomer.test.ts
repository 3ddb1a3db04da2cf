import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { governmentFormFixture, socialFormFixture } from '../fixtures/forms.ts';
import { samplePdf } from '../fixtures/sample-pdf.ts';
import { startConsole, type TestConsole } from './console.ts';

// What somebody does who has never seen the console, and what the console answers.
let it_: TestConsole;
beforeAll(async () => void (it_ = await startConsole()));
afterAll(() => it_.close());

const phone = { viewport: { width: 390, height: 844 } };
const answer = (page: Page, legend: string, option: string) => page.getByRole('group', { name: legend }).getByLabel(option, { exact: true }).check();
const focused = (page: Page): Promise<string> => page.evaluate('document.activeElement.textContent');
const draft = (name: string) => it_.story.open('wei-lan', 'governmentInvestment', governmentFormFixture({ name }));

async function filed(name: string): Promise<string> {
  const id = await draft(name);
  await it_.story.command('wei-lan', `/scenarios/${id}`, 'submit', { handler: 'nanning-data' });
  return `/scenarios/${id}`;
}

/** Whether somebody sees the beginning of what a place says. */
const isSeen = (page: Page, role: 'alert' | 'status') =>
  page.getByRole(role).first().evaluate((place) => { const { top } = (place as unknown as { getBoundingClientRect(): { top: number } }).getBoundingClientRect(); return top >= 0 && top < (globalThis as unknown as { innerHeight: number }).innerHeight; });

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

it('a new filing whose answer was lost can be begun under another name', async () => {
  const page = await it_.as('qin-hai', '/filing/new');
  for (const [legend, option] of [['场景是否涉及国家秘密？', '否'], ['场景是否在广西实施？', '是'], ['建设资金中是否有地方财政资金？', '否'], ['场景是否已经建成？', '是']] as const) await answer(page, legend, option);
  let lost = false;
  await page.route('**/scenarios', async (route) => {
    if (lost || route.request().method() !== 'POST') return route.continue();
    lost = true;
    await route.fetch();
    return route.abort('connectionreset');
  });
  await page.getByLabel('场景名称').fill('第一个名称');
  await page.getByRole('button', { name: '开始填写' }).click();
  await page.getByRole('alert').getByText('请检查网络后重试').waitFor();
  await page.getByLabel('场景名称').fill('改过的\t名称\u200b');
  await page.getByRole('button', { name: '开始填写' }).click();
  await page.getByRole('heading', { level: 1, name: '申报：改过的 名称', exact: true }).waitFor();
  await page.context().close();
});

describe('figures', () => {
  it('in full width, with separators and with their unit are read; what is none stays and says so', async () => {
    const page = await it_.as('wei-lan', `/filing/${await draft('全角数字')}/money`);
    const total = page.getByLabel('总投资', { exact: true });
    for (const typed of ['１，２００．５', '1200.5万元']) {
      await total.fill(typed);
      await page.getByText('= 12,005,000.00元').waitFor();
      expect(await total.inputValue()).toBe(typed);
    }
    await total.fill('一千二百');
    await page.getByText('请填写数字，最小到分').waitFor();
    expect(await total.inputValue()).toBe('一千二百');
    await page.context().close();
  });

  it('of a number are not lost while it is none', async () => {
    const page = await it_.as('wei-lan', `/filing/${await draft('序号')}/demand`);
    const place = page.getByLabel('1 序号');
    await place.fill('３');
    await page.getByText('已保存在本机').waitFor();
    expect(await place.inputValue()).toBe('３');
    await place.fill('3号');
    await page.getByText('请填写整数').waitFor();
    expect(await place.inputValue()).toBe('3号');
    await page.context().close();
  });

  it('that somebody else changed meanwhile are shown as they are', async () => {
    const id = await draft('两人改投资');
    const [one, other] = [await it_.as('wei-lan', `/filing/${id}/money`), await it_.as('huang-yu', `/filing/${id}/money`)];
    const saved = (page: Page) => page.waitForResponse((response) => response.url().endsWith('/commands/saveForm') && response.ok());
    await one.getByLabel('总投资', { exact: true }).fill('1300');
    await saved(one);
    await other.getByLabel('总投资', { exact: true }).fill('1400');
    await other.getByText('韦岚同时修改了同样的内容').waitFor();
    await other.getByRole('button', { name: '都用对方的内容' }).click();
    await other.getByRole('button', { name: '按以上选择合并并保存' }).click();
    await expect.poll(() => other.getByLabel('总投资', { exact: true }).inputValue()).toBe('1300');
    await one.context().close();
    await other.context().close();
  });
});

it('a text pasted from Word is kept without what nobody sees', async () => {
  const page = await it_.as('wei-lan', `/filing/${await draft('粘贴')}/demand`);
  await page.getByLabel('2 需求名称').fill('江上\t物流\u200b');
  await page.getByLabel('4 需求内容').fill('一、等泊\u000b二、信息\u0001不共享');
  expect(await page.getByLabel('2 需求名称').inputValue()).toBe('江上 物流');
  expect(await page.getByLabel('4 需求内容').inputValue()).toBe('一、等泊\n二、信息不共享');
  await page.context().close();
});

it('two windows of one person lose nothing, not even when one is closed while the other saves', async () => {
  const id = await draft('两个窗口');
  const one = await it_.as('wei-lan', `/filing/${id}/reform`);
  await one.getByLabel('11 改革项目').waitFor();
  const other = await one.context().newPage();
  await other.addInitScript(`sessionStorage.setItem('guijing.token', ${JSON.stringify(await one.evaluate(`sessionStorage.getItem('guijing.token')`))})`);
  await other.goto(it_.at(`/filing/${id}/demand`));
  await other.getByLabel('4 需求内容').waitFor();
  const saved = one.waitForResponse((response) => response.url().endsWith('/commands/saveForm') && response.ok());
  await one.getByLabel('11 改革项目').fill('一个窗口写的');
  await other.getByLabel('4 需求内容').fill('另一个窗口写的');
  await other.close();
  await saved;
  await one.getByText(/已保存 \d\d:\d\d/).waitFor();
  await one.goto(it_.at(`/filing/${id}/demand`));
  expect(await one.getByLabel('4 需求内容').inputValue()).toBe('另一个窗口写的');
  await one.getByText(/已保存 \d\d:\d\d/).waitFor();
  await one.goto(it_.at(`/filing/${id}/reform`));
  expect(await one.getByLabel('11 改革项目').inputValue()).toBe('一个窗口写的');
  await one.context().close();
});

describe('without a line', () => {
  it('a page says so, and is read when the line is back', async () => {
    const page = await it_.as('wei-lan', '/');
    await page.getByRole('link', { name: '我发起的' }).waitFor();
    await page.context().setOffline(true);
    await page.getByRole('link', { name: '我发起的' }).click();
    await page.getByRole('alert').getByText('请检查网络后重试').waitFor();
    await page.context().setOffline(false);
    await page.getByRole('alert').waitFor({ state: 'detached' });
    await page.getByRole('link', { name: '两个窗口' }).first().waitFor();
    await page.context().close();
  });

  it('a decision is refused at once, and not sent by itself later', async () => {
    const page = await it_.as('lu-fang', `${await filed('断网办理')}/act?do=aggregate`);
    await page.getByLabel('意见').fill('同意');
    await page.getByLabel('已加盖公章').check();
    await page.context().setOffline(true);
    await page.getByRole('button', { name: '确认汇总' }).click();
    await page.getByRole('alert').getByText('请检查网络后重试').waitFor();
    await page.context().setOffline(false);
    await page.getByRole('button', { name: '确认汇总' }).click();
    await page.getByText('已汇总。').waitFor();
    await page.context().close();
  });
});

describe('what comes of a press of a button', () => {
  it('is in sight and has the focus, however long the form is', async () => {
    const path = await filed('看得见的错误');
    const page = await it_.as('lu-fang', `${path}/act?do=returnForCorrection`, phone);
    for (let more = 0; more < 4; more += 1) await page.getByRole('button', { name: '再加一项' }).click();
    await page.getByRole('button', { name: '确认退回补正' }).click();
    await page.getByRole('alert').getByText('填写内容有误').waitFor();
    expect(await isSeen(page, 'alert')).toBe(true);
    expect(await focused(page)).toContain('填写内容有误');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.tagName')).toBe('TEXTAREA');
    await page.context().close();
  });

  it('is what the focus goes to after a decision, not the beginning of the page', async () => {
    const page = await it_.as('lu-fang', `${await filed('办好以后')}/act?do=aggregate`, phone);
    await page.getByLabel('意见').fill('同意');
    await page.getByLabel('已加盖公章').check();
    await page.getByRole('button', { name: '确认汇总' }).dblclick();
    await page.getByText('已汇总。').waitFor();
    await expect.poll(() => focused(page)).toBe('已汇总。');
    await page.context().close();
  });

  it('on a page of the declaration is the list of what is missing', async () => {
    const page = await it_.as('wei-lan', `/filing/${await it_.story.open('wei-lan', 'governmentInvestment', { system: { name: '缺项', stage: 'proposed', nonSecret: true, division: '450100' } })}/demand`, phone);
    await page.getByRole('button', { name: '保存并继续' }).click();
    await page.getByText(/^还有 \d+ 项要补：$/).waitFor();
    expect(await focused(page)).toContain('项要补');
    await page.context().close();
  });
});

describe('an expert', () => {
  it('who leaves the page at once finds every word of the sheet again, and is told what is no score', async () => {
    const path = await filed('评分草稿');
    await it_.story.command('lu-fang', path, 'aggregate', { opinion: '同意', sealed: true });
    await it_.story.command('lu-fang', path, 'submitToBureau');
    await it_.story.settle();
    await it_.story.command('li-ning', path, 'passFormalCheck');
    await it_.story.command('li-ning', path, 'assignExperts', { experts: ['expert-chen', 'expert-zhou', 'expert-wu'] });
    await it_.story.command('expert-chen', path, 'declareNoConflict', { conflictFree: true });
    const page = await it_.as('expert-chen', `${path}/panel`);
    const sheet = page.getByRole('form', { name: '评分表' });
    await sheet.getByLabel(/创新/).fill('８５.5');
    await sheet.getByText('请填写0到100的整数').waitFor();
    expect(await sheet.getByLabel(/创新/).inputValue()).toBe('８５.5');
    await sheet.getByLabel(/创新/).fill('８５');
    await sheet.getByRole('textbox', { name: /意见|评语/ }).fill('刚写下就离开');
    await page.getByRole('link', { name: '申报书', exact: true }).click();
    await page.getByRole('link', { name: '评审', exact: true }).click();
    await sheet.waitFor();
    expect(await sheet.getByRole('textbox', { name: /意见|评语/ }).inputValue()).toBe('刚写下就离开');
    expect(await sheet.getByLabel(/创新/).inputValue()).toBe('85');
    await sheet.getByText(/已保存 \d\d:\d\d/).waitFor();
    await page.context().close();
  });
});

describe('a page', () => {
  const style = (page: Page, selector: string, name: string): Promise<string> => page.locator(selector).first().evaluate((place, property) => (globalThis as unknown as { getComputedStyle(of: unknown): { getPropertyValue(name: string): string } }).getComputedStyle(place).getPropertyValue(property), name);

  it('that is read dark is printed dark on white', async () => {
    const page = await it_.as('wei-lan', await filed('深色打印'));
    await page.getByRole('button', { name: '深色' }).click();
    await page.locator('.card').first().waitFor();
    expect(await style(page, '.card', 'background-color')).not.toBe('rgb(255, 255, 255)');
    await page.emulateMedia({ media: 'print' });
    expect(await style(page, '.card', 'background-color')).toBe('rgb(255, 255, 255)');
    expect(await style(page, '.note', 'color')).toBe('rgb(75, 91, 107)');
    await page.context().close();
  });

  it('is not wider than the phone, however long a name without a blank is', async () => {
    const path = await filed('Guangxi'.repeat(25));
    const page = await it_.as('wei-lan', path, phone);
    for (const place of [path, `${path}/form`, `/filing/${path.slice(11)}`, '/mine', '/filing/copy?kind=refiling']) {
      await page.goto(it_.at(place));
      await page.getByText(/GuangxiGuangxi/).first().waitFor();
      expect([place, await page.evaluate('document.documentElement.scrollWidth <= innerWidth')]).toEqual([place, true]);
    }
    await page.context().close();
  });

  it('says in English what an amount is, not how it is kept', async () => {
    const path = await filed('英文金额');
    const page = await it_.as('wei-lan', `${path}/act?do=recordExpense`);
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByLabel('Amount', { exact: true }).waitFor();
    await page.context().close();
  });

  it('shows which tab is open where the system sets the colours', async () => {
    const page = await it_.as('wei-lan', await filed('高对比度'), { forcedColors: 'active' });
    await page.locator('.tabs a[aria-current]').waitFor();
    expect(await style(page, '.tabs a[aria-current]', 'border-bottom-color')).not.toBe(await style(page, '.tabs a:not([aria-current])', 'border-bottom-color'));
    await page.context().close();
  });
});

it('a verification code is asked for as it is meant, not as it was typed', async () => {
  const page = await it_.browser.window(phone);
  await page.goto(it_.at('/verify'));
  await page.getByLabel('核验码').fill('ｓ－0000 0000—1');
  await page.getByRole('button', { name: '核验' }).click();
  await page.waitForURL(it_.at('/verify/s-00000000-1'));
  await page.context().close();
});
