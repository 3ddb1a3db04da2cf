import type { Page, Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { governmentFormFixture, socialFormFixture } from '../fixtures/forms.ts';
import { samplePdf } from '../fixtures/sample-pdf.ts';
import { choose, startConsole, type TestConsole } from './console.ts';

let it_: TestConsole;
beforeAll(async () => void (it_ = await startConsole()));
afterAll(() => it_.close());

interface Offers {
  offers: { command: string; allowed: boolean; refusal?: object }[];
}

/** Answers a case as the API does, but for its offers. */
async function changeOffers(page: Page, id: string, change: (body: Offers) => void): Promise<void> {
  await page.route(`${it_.cloud.endpoints.api}/scenarios/${id}`, async (route: Route) => {
    const response = await route.fetch();
    const body = (await response.json()) as Offers;
    change(body);
    await route.fulfill({ response, json: body });
  });
}

const draft = (name: string) => it_.story.open('wei-lan', 'governmentInvestment', governmentFormFixture({ name }));

async function filed(name: string): Promise<string> {
  const id = await draft(name);
  await it_.story.command('wei-lan', `/scenarios/${id}`, 'submit', { handler: 'nanning-data' });
  return id;
}

it("the site's own address is the console", async () => {
  const page = await it_.browser.window();
  await page.goto(`${it_.cloud.endpoints.api}/`);
  await page.locator('main').getByRole('button', { name: '登录' }).waitFor();
  expect(page.url()).toBe(it_.at('/'));
  await page.context().close();
});

describe('the console holds no rules', () => {
  it('a command that the API refuses is greyed with its reason, its article and who could do it', async () => {
    const id = await filed('灰色按钮');
    const page = await it_.as('lu-fang', `/scenarios/${id}/act`);
    await page.locator('[data-command="aggregate"]').getByRole('link', { name: '汇总' }).waitFor();
    await changeOffers(page, id, (body) => {
      body.offers = body.offers.map((offer) => (offer.command === 'aggregate' ? { command: 'aggregate', allowed: false, refusal: { problem: 'rule-refused', detail: '今天不汇总，请明天再来', article: 'art. 11(2)', needs: ['bureauLeader'] } } : offer));
    });
    await page.reload();
    const row = page.locator('[data-command="aggregate"]');
    const button = row.getByRole('button', { name: '汇总' });
    await button.waitFor();
    expect(await button.getAttribute('aria-disabled')).toBe('true');
    expect(await row.innerText()).toContain('今天不汇总，请明天再来');
    expect(await row.innerText()).toContain('第十一条（二）');
    expect(await row.innerText()).toContain('自治区数据局负责人');
    await button.click({ force: true });
    expect(page.url()).toBe(it_.at(`/scenarios/${id}/act`));
    await page.context().close();
  });

  it('a command that the API does not list has no button, nor a form at its address', async () => {
    const id = await filed('没有按钮');
    const page = await it_.as('lu-fang', `/scenarios/${id}/act`);
    await changeOffers(page, id, (body) => void (body.offers = body.offers.filter((offer) => offer.command !== 'aggregate')));
    await page.goto(it_.at(`/scenarios/${id}/act?do=aggregate`));
    await page.locator('[data-command="returnForCorrection"]').waitFor();
    expect(await page.locator('[data-command="aggregate"]').count()).toBe(0);
    await page.context().close();
  });

  it('a refusal of the API is shown whole, beside what was typed', async () => {
    const id = await filed('拒绝显示');
    const page = await it_.as('lu-fang', `/scenarios/${id}/act?do=aggregate`);
    await page.getByLabel('意见').fill('同意');
    await page.getByRole('button', { name: '确认汇总' }).click();
    await page.getByRole('alert').getByText('填写内容有误').waitFor();
    await page.getByRole('button', { name: '已加盖公章' }).click();
    expect(await page.getByLabel('意见').inputValue()).toBe('同意');
    await page.context().close();
  });
});

describe('nothing typed is lost', () => {
  it('a session that ends in the wizard keeps the text, and signing in again comes back to it', async () => {
    const id = await draft('会话过期');
    const page = await it_.as('wei-lan', `/filing/${id}/demand`);
    await page.getByLabel('4 需求内容').waitFor();
    await page.evaluate(`sessionStorage.setItem('guijing.token', sessionStorage.getItem('guijing.token').replace(/.{6}$/, 'AAAAAA'))`);
    await page.getByLabel('4 需求内容').fill('过期之前写下的一句话');
    await page.getByText('登录已过期').waitFor();
    expect(await page.getByLabel('4 需求内容').inputValue()).toBe('过期之前写下的一句话');
    await page.getByRole('button', { name: '重新登录' }).click();
    await page.waitForURL((url) => url.pathname.endsWith('/demand') || url.pathname.startsWith('/interaction'));
    if (page.url().includes('/interaction')) await choose(page, 'wei-lan');
    await page.waitForURL(it_.at(`/filing/${id}/demand`));
    expect(await page.getByLabel('4 需求内容').inputValue()).toBe('过期之前写下的一句话');
    await page.getByText(/已保存 \d\d:\d\d/).waitFor();
    await page.context().close();
  });

  it('a reload before the first saving keeps the text', async () => {
    const id = await draft('重新载入');
    const page = await it_.as('wei-lan', `/filing/${id}/reform`);
    await page.getByLabel('11 改革项目').fill('载入之前');
    await page.reload();
    expect(await page.getByLabel('11 改革项目').inputValue()).toBe('载入之前');
    await page.goBack();
    await page.goForward();
    expect(await page.getByLabel('11 改革项目').inputValue()).toBe('载入之前');
    await page.context().close();
  });

  it('two people who fill in different parts of one draft lose nothing', async () => {
    const id = await draft('两人分填');
    const [one, other] = [await it_.as('wei-lan', `/filing/${id}/reform`), await it_.as('huang-yu', `/filing/${id}/application`)];
    const saving = one.waitForResponse((response) => response.url().endsWith('/commands/saveForm'));
    await one.getByLabel('11 改革项目').fill('韦岚写的');
    await saving;
    await other.getByLabel('8 基本架构').fill('黄宇写的');
    await other.waitForResponse((response) => response.url().endsWith('/commands/saveForm') && response.ok());
    await other.goto(it_.at(`/filing/${id}/reform`));
    expect(await other.getByLabel('11 改革项目').inputValue()).toBe('韦岚写的');
    await other.goto(it_.at(`/filing/${id}/application`));
    expect(await other.getByLabel('8 基本架构').inputValue()).toBe('黄宇写的');
    await one.context().close();
    await other.context().close();
  });

  it('two people who fill in the same parts see both texts and choose place by place', async () => {
    const id = await draft('两人同编');
    const [one, other] = [await it_.as('wei-lan', `/filing/${id}/application`), await it_.as('huang-yu', `/filing/${id}/application`)];
    const saving = one.waitForResponse((response) => response.url().endsWith('/commands/saveForm'));
    await one.getByLabel('6 谋划基础').fill('韦岚写的基础');
    await one.getByLabel('8 基本架构').fill('韦岚写的架构');
    await saving;
    await other.getByLabel('6 谋划基础').fill('黄宇写的基础');
    await other.getByLabel('8 基本架构').fill('黄宇写的架构');
    await other.getByText('韦岚同时修改了同样的内容').waitFor();
    const basis = other.getByRole('group', { name: '多跨场景应用：6 谋划基础' });
    expect(await basis.innerText()).toContain('黄宇写的基础');
    expect(await basis.innerText()).toContain('韦岚写的基础');
    expect(await other.getByRole('button', { name: '还有 2 处没有选择' }).isDisabled()).toBe(true);
    await basis.getByLabel('韦岚的内容').check();
    await other.getByRole('group', { name: '多跨场景应用：8 基本架构' }).getByLabel('我的内容').check();
    const settled = other.waitForResponse((response) => response.url().endsWith('/commands/saveForm') && response.ok());
    await other.getByRole('button', { name: '按以上选择合并并保存' }).click();
    await settled;
    await other.reload();
    expect(await other.getByLabel('6 谋划基础').inputValue()).toBe('韦岚写的基础');
    expect(await other.getByLabel('8 基本架构').inputValue()).toBe('黄宇写的架构');
    await one.context().close();
    await other.context().close();
  });

  it('somebody faster: the case is read anew, and the form stays filled in', async () => {
    const id = await filed('慢了一步');
    const page = await it_.as('lu-fang', `/scenarios/${id}/act?do=aggregate`);
    await page.getByLabel('意见').fill('我的意见');
    await page.getByLabel('已加盖公章').check();
    // The city's other window: a finding of the supervisor moves the version and leaves the case where it is.
    await it_.story.command('long-fei', `/scenarios/${id}`, 'recordFinding', { finding: 'F-1', severity: 'ordinary', reason: '请核对数据来源' });
    await page.getByRole('button', { name: '确认汇总' }).click();
    await page.getByText('记录已被他人更新').waitFor();
    expect(await page.getByLabel('意见').inputValue()).toBe('我的意见');
    await page.getByRole('button', { name: '确认汇总' }).click();
    await page.getByText('已汇总。').waitFor();
    await page.context().close();
  });

  const breakPuts = async (page: Page, breaks: (count: number) => boolean): Promise<void> => {
    let puts = 0;
    await page.route(`${it_.cloud.endpoints.s3}/**`, (route) => (route.request().method() === 'PUT' && breaks((puts += 1)) ? route.abort('connectionreset') : route.continue()));
  };

  it('an upload whose line breaks goes on by itself, and the file is there once', async () => {
    const id = await it_.story.open('qin-hai', 'socialInvestment', socialFormFixture({ name: '断开的上传' }));
    const page = await it_.as('qin-hai', `/filing/${id}/files`);
    await breakPuts(page, (count) => count === 1);
    const box = page.getByRole('region', { name: '（六）承诺书' });
    await box.locator('input[type="file"]').setInputFiles({ name: '承诺书.pdf', mimeType: 'application/pdf', buffer: samplePdf('letter') });
    await box.getByText('网络中断，恢复后自动继续').waitFor();
    await box.getByRole('button', { name: '承诺书.pdf', exact: true }).waitFor();
    expect(await page.getByText(/^还缺 7 份/).count()).toBe(1);
    const files = await it_.story.as('qin-hai').get<{ items: unknown[] }>(`/scenarios/${id}/attachments`);
    expect(files.body.items).toHaveLength(1);
    const [download] = await Promise.all([page.waitForEvent('download'), box.getByRole('button', { name: '承诺书.pdf', exact: true }).click()]);
    expect(download.suggestedFilename()).toBe('承诺书.pdf');
    await page.context().close();
  });

  it('an upload whose answer was lost is not sent a second time, only checked', async () => {
    const id = await it_.story.open('qin-hai', 'socialInvestment', socialFormFixture({ name: '丢失的应答' }));
    const page = await it_.as('qin-hai', `/filing/${id}/files`);
    let lost = false;
    await page.route(`${it_.cloud.endpoints.s3}/**`, async (route) => {
      if (lost || route.request().method() !== 'PUT') return route.continue();
      lost = true;
      await route.fetch();
      return route.abort('connectionreset');
    });
    const box = page.getByRole('region', { name: '（六）承诺书' });
    await box.locator('input[type="file"]').setInputFiles({ name: '承诺书.pdf', mimeType: 'application/pdf', buffer: samplePdf('letter') });
    await box.getByRole('button', { name: '承诺书.pdf', exact: true }).waitFor();
    await page.context().close();
  });

  it('a large upload goes on piece by piece, even after the page was closed', async () => {
    const id = await it_.story.open('qin-hai', 'socialInvestment', socialFormFixture({ name: '分段的上传' }));
    const page = await it_.as('qin-hai', `/filing/${id}/files`);
    const sent: number[] = [];
    let down = true;
    await page.route(`${it_.cloud.endpoints.s3}/**`, (route) => {
      const request = route.request();
      if (request.method() !== 'PUT') return route.continue();
      const piece = Number(new URL(request.url()).searchParams.get('partNumber'));
      if (down && piece > 1) return route.abort('connectionreset');
      sent.push(piece);
      return route.continue();
    });
    const box = page.getByRole('region', { name: '（六）承诺书' });
    const buffer = Buffer.concat([samplePdf('letter'), Buffer.alloc(11 * 1024 * 1024, 0x20)]);
    const choose = () => box.locator('input[type="file"]').setInputFiles({ name: '承诺书.pdf', mimeType: 'application/pdf', buffer });
    await choose();
    await box.getByText('网络中断，恢复后自动继续').waitFor();
    await page.reload();
    down = false;
    await choose();
    await box.getByRole('button', { name: '承诺书.pdf', exact: true }).waitFor({ timeout: 30_000 });
    expect(sent).toEqual([1, 2, 3]);
    await page.context().close();
  });

  it('an upload whose line stays down is the person\'s to try again', async () => {
    const id = await it_.story.open('qin-hai', 'socialInvestment', socialFormFixture({ name: '断网的上传' }));
    const page = await it_.as('qin-hai', `/filing/${id}/files`);
    await breakPuts(page, (count) => count <= 4);
    const box = page.getByRole('region', { name: '（六）承诺书' });
    await box.locator('input[type="file"]').setInputFiles({ name: '承诺书.pdf', mimeType: 'application/pdf', buffer: samplePdf('letter') });
    await box.getByText('文件没有传完').waitFor({ timeout: 30_000 });
    await box.getByRole('button', { name: '重试' }).click();
    await box.getByRole('button', { name: '承诺书.pdf', exact: true }).waitFor();
    await page.context().close();
  });
});

describe('by keyboard alone', () => {
  it('one skips to the text, opens a task and answers it', async () => {
    await filed('键盘办理');
    const page = await it_.as('lu-fang');
    await page.getByRole('link', { name: '键盘办理' }).waitFor();
    await page.keyboard.press('Tab');
    await page.getByRole('link', { name: '键盘办理' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: '键盘办理' }).waitFor();
    expect(await page.evaluate('document.activeElement.tagName')).toBe('H1');
    await page.getByRole('link', { name: '汇总', exact: true }).focus();
    await page.keyboard.press('Enter');
    await page.getByLabel('意见').focus();
    await page.keyboard.type('同意');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByText('已汇总。').waitFor();
    await page.context().close();
  });
});

describe('the Bureau assigns experts', () => {
  it('chosen by name and unit, and one of them finds the case on the own desk', async () => {
    const id = await filed('指派专家');
    const path = `/scenarios/${id}`;
    await it_.story.command('lu-fang', path, 'aggregate', { opinion: '同意', sealed: true });
    await it_.story.command('lu-fang', path, 'submitToBureau');
    await it_.story.settle();
    await it_.story.command('li-ning', path, 'passFormalCheck');
    const page = await it_.as('li-ning', `${path}/act?do=assignExperts`);
    const experts = page.locator('form').getByLabel('专家', { exact: true });
    for (const name of ['陈思源', '周明', '吴秀兰', '林一帆', '谢春燕']) {
      const option = experts.locator('option', { hasText: name });
      await option.waitFor({ state: 'attached' });
      await experts.selectOption({ label: await option.innerText() });
    }
    await page.getByRole('button', { name: '确认指派专家' }).click();
    await page.getByText('已指派专家。').waitFor();
    await page.context().close();
    const expert = await it_.as('expert-chen');
    await expert.getByRole('link', { name: '指派专家' }).click();
    await expert.getByRole('link', { name: '声明无利害关系' }).waitFor();
    await expert.context().close();
  });

  it('nobody else reads who the experts are', async () => {
    const answer = await it_.story.as('wei-lan').get<{ type: string; needs: string[] }>('/experts');
    expect([answer.status, answer.body.type, answer.body.needs]).toEqual([403, '/problems/not-allowed', ['bureauOfficer', 'bureauLeader']]);
  });
});

describe('official prints', () => {
  it('a draft is downloaded as one, and a code that nobody printed is told so', async () => {
    const id = await it_.story.open('qin-hai', 'socialInvestment', socialFormFixture({ name: '打印的申报书' }));
    const page = await it_.as('qin-hai', `/scenarios/${id}/form`);
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: /PDF.*，草稿/ }).click()]);
    expect(file.suggestedFilename()).toMatch(/\.pdf$/);
    await page.goto(it_.at('/verify'));
    await page.getByLabel('核验码').fill('GX-0000');
    await page.getByRole('button', { name: '核验' }).click();
    await page.getByRole('alert').waitFor();
    await page.context().close();
  });
});
