import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startConsole, type TestConsole } from './console.ts';

let it_: TestConsole;
beforeAll(async () => void (it_ = await startConsole()));
afterAll(() => it_.close());

const answer = (page: Page, legend: string, option: string) => page.getByRole('group', { name: legend }).getByLabel(option, { exact: true }).check();
const goOn = (page: Page) => page.getByRole('button', { name: '保存并继续' }).click();
const title = (page: Page, name: string) => page.getByRole('heading', { level: 1, name }).waitFor();

/** Everything an applicant types for a government scenario, page by page. */
async function fillGovernment(page: Page): Promise<void> {
  await page.getByRole('link', { name: '场景与单位' }).click();
  await answer(page, '申报方向', '数字政府场景');
  await answer(page, '多跨', '跨部门');
  await page.getByLabel('联系电话').fill('0771-5550101');
  await goOn(page);
  await title(page, '投资与技术');
  await page.getByLabel('总投资', { exact: true }).fill('1200');
  await page.getByLabel('其中：地方财政资金', { exact: true }).fill('1200');
  await page.getByLabel(/^利用的IRS资源/).fill('统一身份认证\n电子证照');
  await goOn(page);
  await title(page, '重大需求');
  await page.getByLabel('2 需求名称').fill('江上物流一网统管');
  await answer(page, '3 需求类型', '企业的共性需求');
  await page.getByLabel('4 需求内容').fill('船、港、货信息不共享，等泊时间长。');
  await goOn(page);
  await title(page, '多跨场景应用');
  await page.getByLabel('6 谋划基础').fill('参考某港的调度应用');
  await answer(page, '7 项目类型', '增量开发');
  await page.getByLabel('8 基本架构').fill('一个平台、两类应用');
  await page.getByLabel('9 小切口子场景').fill('船舶到港预约\n泊位共享');
  await page.getByLabel('10 责任单位').fill('南宁市交通运输局');
  await goOn(page);
  await title(page, '改革任务');
  await page.getByLabel('11 改革项目').fill('调度流程改革');
  await page.getByLabel('数据开放共享', { exact: true }).check();
  await page.getByLabel('数据开放共享：改革任务').fill('开放船期数据');
  await goOn(page);
  await title(page, '附件');
}

describe('a government scenario in the browser', () => {
  let id = '';

  it('the applicant learns the class, fills in, checks and submits', async () => {
    const page = await it_.as('wei-lan', '/filing/new');
    await answer(page, '场景是否涉及国家秘密？', '否');
    await answer(page, '场景是否在广西实施？', '是');
    await answer(page, '建设资金中是否有地方财政资金？', '是');
    await answer(page, '场景是否已经建成？', '否');
    await page.getByText('属于政府投资类场景').waitFor();
    await page.getByLabel('场景名称').fill('邕江水上物流调度');
    await page.getByRole('button', { name: '开始填写' }).click();
    await title(page, '申报：邕江水上物流调度');
    id = page.url().split('/').at(-1) ?? '';
    await fillGovernment(page);
    await page.getByRole('link', { name: '继续：检查并提交' }).click();
    await page.getByText('✓ 没有缺项。').waitFor();
    await page.getByLabel('受理单位').selectOption({ label: '南宁市大数据发展局' });
    await page.getByRole('button', { name: '确认提交申报' }).click();
    await page.getByText('已提交申报。').waitFor();
    await page.getByText('待市或主管部门汇总').first().waitFor();
    await page.context().close();
  });

  it('the city officer returns it with marks', async () => {
    const page = await it_.as('lu-fang');
    await page.getByRole('link', { name: '邕江水上物流调度' }).click();
    await page.getByRole('link', { name: '退回补正' }).click();
    await page.getByLabel('理由').first().fill('一处请补充。');
    await page.getByLabel('涉及的内容').selectOption({ label: '4 需求内容' });
    await page.getByLabel('理由').nth(1).fill('请写清等泊时间');
    await page.getByRole('button', { name: '确认退回补正' }).click();
    await page.getByText('已退回补正。').waitFor();
    await page.context().close();
  });

  it('the applicant may change what was marked and nothing else, and submits again', async () => {
    const page = await it_.as('wei-lan', `/filing/${id}/demand`);
    await page.getByText('退回意见：请写清等泊时间').waitFor();
    expect(await page.getByLabel('2 需求名称').isDisabled()).toBe(true);
    await page.getByLabel('4 需求内容').fill('船、港、货信息不共享，平均等泊六小时。');
    await page.getByText(/已保存 \d\d:\d\d/).waitFor();
    await page.goto(it_.at(`/filing/${id}/check`));
    await page.getByLabel('受理单位').selectOption({ label: '南宁市大数据发展局' });
    await page.getByRole('button', { name: '确认提交申报' }).click();
    await page.getByText('已提交申报。').waitFor();
    await page.context().close();
  });

  it('the city aggregates and forwards it, and the Bureau finds it on its desk', async () => {
    const page = await it_.as('lu-fang', `/scenarios/${id}/act?do=aggregate`);
    await page.getByLabel('意见').fill('需求真实，同意汇总报送。');
    await page.getByLabel('已加盖公章').check();
    await page.getByRole('button', { name: '确认汇总' }).click();
    await page.getByText('已汇总。').waitFor();
    await page.getByRole('link', { name: '报送自治区数据局' }).click();
    await page.getByRole('button', { name: '确认报送自治区数据局' }).click();
    await page.getByText('已报送自治区数据局。').waitFor();
    await page.context().close();
    await it_.story.settle();
    const officer = await it_.as('li-ning');
    await officer.getByRole('link', { name: '邕江水上物流调度' }).click();
    await officer.getByRole('link', { name: '通过形式审查' }).waitFor();
    await officer.context().close();
  });

  it('the picture shows where the case is, and steps back to where it was', async () => {
    const page = await it_.as('li-ning', `/scenarios/${id}/chart`);
    const fill = (leaf: string) => page.locator(`[data-leaf="${leaf}"] rect`).first().evaluate((box) => (globalThis as unknown as { getComputedStyle(of: unknown): { fill: string } }).getComputedStyle(box).fill);
    expect(await fill('intake.formalCheck')).toBe('rgb(255, 217, 160)');
    expect(await fill('declaration.returned')).toBe('rgb(219, 234, 254)');
    await page.getByRole('slider').fill('1');
    expect(await fill('declaration.draft')).toBe('rgb(255, 217, 160)');
    await page.context().close();
  });

  it('a person of another unit is told that there is no such case', async () => {
    const page = await it_.as('meng-jie', `/scenarios/${id}`);
    await page.getByRole('alert').getByText('没有找到').first().waitFor();
    await page.context().close();
  });

  it('another city finds nothing to do with it', async () => {
    const page = await it_.as('mo-qiang');
    await page.getByText('目前没有待办事项。').waitFor();
    await page.goto(it_.at(`/scenarios/${id}`));
    await page.getByRole('alert').getByText('没有找到').first().waitFor();
    await page.context().close();
  });
});

it.each([['wei-lan', '韦岚', '申报人'], ['lu-fang', '陆芳', '设区市或行业主管部门'], ['li-ning', '李宁', '自治区数据局经办人'], ['expert-chen', '陈思源', '评审专家'], ['long-fei', '龙飞', '监督人员']])('%s signs in and is named in the top bar', async (person, name, role) => {
  const page = await it_.as(person);
  await page.getByRole('banner').getByText(name).waitFor();
  await page.getByRole('banner').getByText(role).waitFor();
  await page.reload();
  await page.getByRole('banner').getByText(name).waitFor();
  await page.getByRole('button', { name: '退出' }).click();
  await page.locator('main').getByRole('button', { name: '登录' }).waitFor();
  await page.context().close();
});
