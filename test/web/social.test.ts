import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { samplePdf } from '../fixtures/sample-pdf.ts';
import { startConsole, type TestConsole } from './console.ts';

let it_: TestConsole;
beforeAll(async () => void (it_ = await startConsole()));
afterAll(() => it_.close());

const answer = (page: Page, legend: string, option: string) => page.getByRole('group', { name: legend }).getByLabel(option, { exact: true }).check();
const goOn = (page: Page) => page.getByRole('button', { name: '保存并继续' }).click();
const title = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
const fill = (page: Page, label: string | RegExp, text: string) => page.getByLabel(label).first().fill(text);

async function fillPartOne(page: Page): Promise<void> {
  await page.getByRole('link', { name: '封面' }).click();
  await answer(page, '申报方向', '数字经济场景');
  await fill(page, '联系电话', '0772-5550188');
  await fill(page, '报送日期', '2026-11-20');
  await goOn(page);
  await title(page, '基本信息');
  await fill(page, '场景实施地址', '柳州市柳城县某石灰石矿区');
  await answer(page, '应用场景技术所属领域', '自动驾驶');
  await fill(page, '建设周期：开始', '2023-09');
  await fill(page, '建设周期：结束', '2024-12');
  expect(await page.getByLabel(/^在建/).isDisabled()).toBe(true);
  await page.getByText('社会投资类场景应为已建场景（第十三条）').first().waitFor();
  await fill(page, '场景扶持资金来源', '无');
  await fill(page, /^近两年内申请/, '无');
  await goOn(page);
  await title(page, '建设背景及必要性');
  await fill(page, '建设背景及必要性', '矿'.repeat(301));
  await page.getByText('301 / 300 字，超出 1 字').waitFor();
  await fill(page, '建设背景及必要性', '矿'.repeat(300));
  await page.getByText('300 / 300 字', { exact: false }).waitFor();
  await goOn(page);
  await title(page, '建设方案');
  for (const label of ['建设目标', '建设内容', '创新性', '技术先进性', '运营模式']) await fill(page, label, '车'.repeat(100));
  expect(await page.getByText('建设方案五项合计 500 / 500 字').count()).toBe(5);
  await goOn(page);
}

async function fillTheRest(page: Page): Promise<void> {
  await title(page, '经济效益和社会效益');
  await fill(page, '经济效益和社会效益', '年节约500万元');
  await goOn(page);
  await title(page, '申报单位意见');
  await page.getByLabel('申报材料真实、准确、完整').check();
  await fill(page, '法定代表人（签字）', '覃海');
  await page.getByLabel('已加盖单位公章').check();
  await fill(page, '日期', '2026-11-20');
  await goOn(page);
  await title(page, '一、项目情况');
  for (const label of ['1 建设背景', '2 建设目标', '3 实施方案', '4 资金情况', '5 经济效益和社会效益分析']) await fill(page, label, '内容若干');
  await goOn(page);
  await title(page, '二、团队；三、技术');
  for (const label of ['二 团队情况', '三.1 自主研发与知识产权', '三.2 创新性及先进性']) await fill(page, label, '内容若干');
  await goOn(page);
  await title(page, '四、应用与推广');
  for (const label of ['四.1 落地场景与效果', '四.2 产业链带动', '四.3 推广情况']) await fill(page, label, '内容若干');
  await goOn(page);
  await title(page, '投资、单位与技术');
  await page.getByLabel('总投资', { exact: true }).fill('826.5');
  await page.getByText('= 8,265,000.00元').waitFor();
  await page.getByLabel(/^申报单位在广西注册并纳税/).check();
  await goOn(page);
  await title(page, '附件');
}

async function attachAll(page: Page): Promise<void> {
  const parts: readonly (readonly [string, readonly (string | undefined)[]])[] = [
    ['（一）身份证明', ['法人代表身份证明', '项目负责人身份证明']],
    ['（二）法人证书、营业执照', ['营业执照（复印件盖章）']],
    ['（三）核准、备案与审批文件', [undefined]],
    ['（四）审计报告', [undefined]],
    ['（五）资金来源及投入凭证', ['资金来源证明', '投入（支出）凭证']],
    ['（六）承诺书', [undefined]],
  ];
  for (const [region, titles] of parts) {
    const box = page.getByRole('region', { name: region });
    for (const [index, part] of titles.entries()) {
      if (part) await box.getByLabel('文件属于哪一项').selectOption({ label: part });
      const name = `文件${region.slice(1, 2)}${index}.pdf`;
      await box.locator('input[type="file"]').setInputFiles({ name, mimeType: 'application/pdf', buffer: samplePdf(name) });
      await box.getByRole('button', { name, exact: true }).waitFor();
    }
  }
  await page.getByText('必需的附件已齐。').waitFor();
}

describe('a social scenario in the browser', () => {
  let id = '';

  it('what is not built yet is stopped before anything is typed', async () => {
    const page = await it_.as('qin-hai', '/filing/new');
    await answer(page, '建设资金中是否有地方财政资金？', '否');
    await answer(page, '场景是否已经建成？', '否');
    await page.getByRole('alert').getByText('第十三条').waitFor();
    expect(await page.getByRole('button', { name: '开始填写' }).count()).toBe(0);
    await page.context().close();
  });

  it('the company fills in annex 2 with its counters, attaches the six classes and submits', async () => {
    const page = await it_.as('qin-hai', '/filing/new');
    for (const [legend, option] of [['场景是否涉及国家秘密？', '否'], ['场景是否在广西实施？', '是'], ['建设资金中是否有地方财政资金？', '否'], ['场景是否已经建成？', '是']] as const) await answer(page, legend, option);
    await page.getByLabel('场景名称').fill('石灰石矿山无人驾驶运输');
    await page.getByRole('button', { name: '开始填写' }).click();
    await title(page, '申报：石灰石矿山无人驾驶运输');
    id = page.url().split('/').at(-1) ?? '';
    await fillPartOne(page);
    await fillTheRest(page);
    await attachAll(page);
    await page.getByRole('link', { name: '继续：检查并提交' }).click();
    await page.getByText('✓ 没有缺项。').waitFor();
    await page.getByLabel('受理单位').selectOption({ label: '南宁市大数据发展局' });
    await page.getByRole('button', { name: '确认提交申报' }).click();
    await page.getByRole('alert').getByText('只能提交给本地区设区市').waitFor();
    await page.getByLabel('受理单位').selectOption({ label: '柳州市大数据发展局' });
    await page.getByRole('button', { name: '确认提交申报' }).click();
    await page.getByText('已提交申报。').waitFor();
    await page.context().close();
  });

  it('the city endorses it with its opinion and forwards it', async () => {
    const page = await it_.as('mo-qiang', `/scenarios/${id}/act?do=endorse`);
    await page.getByLabel('意见').fill('已现场核实，同意报送。');
    await page.getByLabel('已加盖公章').check();
    await page.getByRole('button', { name: '确认审核通过' }).click();
    await page.getByText('已审核通过。').waitFor();
    await page.getByRole('link', { name: '报送自治区数据局' }).click();
    await page.getByRole('button', { name: '确认报送自治区数据局' }).click();
    await page.getByText('已报送自治区数据局。').waitFor();
    await page.getByRole('link', { name: '经过' }).click();
    await page.getByText('已现场核实，同意报送。').waitFor();
    await page.context().close();
  });
});
