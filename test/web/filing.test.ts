import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { governmentFormFixture, socialFormFixture } from '../fixtures/forms.ts';
import { samplePdf } from '../fixtures/sample-pdf.ts';
import { startConsole, type TestConsole } from './console.ts';

let it_: TestConsole;
beforeAll(async () => void (it_ = await startConsole()));
afterAll(() => it_.close());

const save = (person: string, id: string, form: object) => it_.story.command(person, `/scenarios/${id}`, 'saveForm', { form });

describe('before a filing is sent', () => {
  it('the formal check lists what must be mended with its article, and each line leads to the field', async () => {
    const id = await it_.story.open('qin-hai', 'socialInvestment', { ...socialFormFixture({ name: '缺项的申报' }) });
    const page = await it_.as('qin-hai', `/filing/${id}/check`);
    const list = page.getByRole('region', { name: '提交前自查' });
    await list.getByRole('heading', { name: /必须补正 \d+ 处/ }).waitFor();
    expect(await list.innerText()).toContain('缺少承诺书（签字盖章），请上传');
    expect(await list.innerText()).toContain('附件2第三部分');
    await list.getByRole('link', { name: '附件：承诺书（签字盖章）' }).click();
    await page.waitForURL(it_.at(`/filing/${id}/files`));
    await page.context().close();
  });

  it('a gap that is mended is gone from the list when one comes back', async () => {
    const form = governmentFormFixture({ name: '补上一处' });
    const id = await it_.story.open('wei-lan', 'governmentInvestment', { ...form, annex1: { ...form.annex1, demandContent: '' } });
    const page = await it_.as('wei-lan', `/filing/${id}/check`);
    await page.getByRole('link', { name: '重大需求：4 需求内容' }).click();
    await page.waitForURL(/\/demand#/);
    await page.locator('textarea:focus').waitFor();
    await page.getByLabel('4 需求内容').fill('写上需求内容。');
    await page.goto(it_.at(`/filing/${id}/check`));
    await page.getByText('✓ 没有缺项。').waitFor();
    await page.context().close();
  });
});

describe('what was saved before', () => {
  it('two revisions are compared place by place, and an earlier one is restored as the newest', async () => {
    const id = await it_.story.open('wei-lan', 'governmentInvestment', governmentFormFixture({ name: '版本比较' }));
    const first = governmentFormFixture({ name: '版本比较' });
    await save('wei-lan', id, { ...first, annex1: { ...first.annex1, architecture: '一个平台、两类应用' } });
    await save('huang-yu', id, { ...first, annex1: { ...first.annex1, architecture: '一个平台、三类应用' } });
    const page = await it_.as('wei-lan', `/scenarios/${id}/revisions`);
    const row = page.getByRole('row', { name: /8 基本架构/ });
    await row.waitFor();
    expect(await row.locator('del').innerText()).toBe('两');
    expect(await row.locator('ins').innerText()).toBe('三');
    expect(await row.innerText()).toContain('黄宇');
    const before = page.url();
    await page.reload();
    expect(page.url()).toBe(before);
    await page.getByRole('row', { name: /第 2 版/ }).getByRole('button', { name: /^恢复\s*第 2 版$/ }).click();
    await page.getByRole('button', { name: '确认恢复' }).click();
    await page.getByText('已恢复第 2 版的内容').waitFor();
    await page.goto(it_.at(`/filing/${id}/application`));
    expect(await page.getByLabel('8 基本架构').inputValue()).toBe('一个平台、两类应用');
    await page.context().close();
  });

  it('who is of another unit sees what was submitted, and restores nothing', async () => {
    const id = await it_.story.open('wei-lan', 'governmentInvestment', governmentFormFixture({ name: '他人看版本' }));
    await it_.story.command('wei-lan', `/scenarios/${id}`, 'submit', { handler: 'nanning-data' });
    const page = await it_.as('lu-fang', `/scenarios/${id}/revisions`);
    await page.getByRole('row', { name: /第 1 版 · 已提交/ }).waitFor();
    expect(await page.getByRole('button', { name: /恢复/ }).count()).toBe(0);
    await page.context().close();
  });
});

describe('a returned filing', () => {
  const returned = async (name: string): Promise<string> => {
    const id = await it_.story.open('wei-lan', 'governmentInvestment', governmentFormFixture({ name }));
    await it_.story.command('wei-lan', `/scenarios/${id}`, 'submit', { handler: 'nanning-data' });
    await it_.story.command('lu-fang', `/scenarios/${id}`, 'returnForCorrection', { reason: '请补充。', items: [{ pointer: '/annex1/demandContent', reason: '没有写清监管对象' }, { pointer: '/annex1/architecture', reason: '缺少架构图说明' }] });
    return id;
  };

  it('shows the unit its reasons beside the fields, and what is not marked stays shut', async () => {
    const id = await returned('退回的字段');
    const page = await it_.as('wei-lan', `/scenarios/${id}/form`);
    await page.getByText('退回意见：没有写清监管对象').waitFor();
    await page.goto(it_.at(`/filing/${id}/demand`));
    await page.getByText('退回意见：没有写清监管对象').waitFor();
    expect(await page.getByLabel('4 需求内容').isDisabled()).toBe(false);
    expect(await page.getByLabel('2 需求名称').isDisabled()).toBe(true);
    await page.context().close();
  });

  it('shows the unit and the officer what was changed since, and which mark was left as it was', async () => {
    const id = await returned('补正的差别');
    const form = governmentFormFixture({ name: '补正的差别' });
    await save('wei-lan', id, { ...form, annex1: { ...form.annex1, demandContent: `${form.annex1.demandContent}监管对象为冷链企业。` } });
    const unit = await it_.as('wei-lan', `/filing/${id}/check`);
    await unit.getByText('退回意见指出的 1 处还没有改动').waitFor();
    await unit.context().close();
    await it_.story.command('wei-lan', `/scenarios/${id}`, 'submit', { handler: 'nanning-data' });
    const page = await it_.as('lu-fang', `/scenarios/${id}/review`);
    const part = page.getByRole('region', { name: '与退回版本的差别' });
    await part.getByText('没有写清监管对象').waitFor();
    expect(await part.getByRole('listitem').filter({ hasText: '没有写清监管对象' }).innerText()).toContain('✓ 已修改');
    expect(await part.getByRole('listitem').filter({ hasText: '缺少架构图说明' }).innerText()).toContain('尚未修改');
    expect(await part.locator('ins').innerText()).toBe('监管对象为冷链企业。');
    await page.context().close();
  });
});

describe('what helps to judge a filing', () => {
  it('reviewers see filings like it with the passages, the unit does not', async () => {
    const text = '建设覆盖全区果蔬冷链仓储、运输、交易各环节的一体监管应用，汇聚温湿度、车辆轨迹与检验检疫数据，异常自动预警并派单处置。'.repeat(2);
    const form = (name: string) => { const base = governmentFormFixture({ name }); return { ...base, annex1: { ...base.annex1, demandContent: text } }; };
    const filed = async (name: string, person: string, city: string, officer: string): Promise<string> => {
      const id = await it_.story.open(person, 'governmentInvestment', form(name));
      const path = `/scenarios/${id}`;
      await it_.story.command(person, path, 'submit', { handler: city });
      await it_.story.command(officer, path, 'aggregate', { opinion: '同意', sealed: true });
      await it_.story.command(officer, path, 'submitToBureau');
      return id;
    };
    await filed('果蔬冷链监管甲', 'wei-lan', 'nanning-data', 'lu-fang');
    const id = await filed('果蔬冷链监管乙', 'wei-lan', 'nanning-data', 'lu-fang');
    await it_.story.settle();
    const page = await it_.as('li-ning', `/scenarios/${id}/review`);
    const part = page.getByRole('region', { name: '查重' });
    await part.getByRole('link', { name: '果蔬冷链监管甲' }).waitFor();
    expect(await part.locator('mark').first().innerText()).toContain('果蔬冷链仓储');
    const unit = await it_.as('wei-lan', `/scenarios/${id}/review`);
    await unit.getByRole('heading', { name: '形式审查' }).waitFor();
    expect(await unit.getByRole('region', { name: '查重' }).count()).toBe(0);
    await page.context().close();
    await unit.context().close();
  });

  it('a picture is looked at in place by a link of its own, and Escape gives the focus back', async () => {
    const id = await it_.story.open('qin-hai', 'socialInvestment', socialFormFixture({ name: '预览附件' }));
    const page = await it_.as('qin-hai', `/filing/${id}/files`);
    const box = page.getByRole('region', { name: '（一）身份证明' });
    await box.locator('input[type="file"]').setInputFiles({ name: '身份证.png', mimeType: 'image/png', buffer: Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64') });
    await box.getByRole('button', { name: /^预览\s*身份证.png$/ }).click();
    const picture = page.getByRole('dialog').getByRole('img', { name: '身份证.png' });
    await picture.waitFor();
    await expect.poll(() => picture.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth)).toBe(1);
    await page.keyboard.press('Escape');
    await picture.waitFor({ state: 'detached' });
    expect(await page.evaluate('document.activeElement.textContent')).toContain('预览');
    await box.locator('input[type="file"]').setInputFiles({ name: '身份证.pdf', mimeType: 'application/pdf', buffer: samplePdf('id') });
    await box.getByRole('button', { name: /^预览\s*身份证.pdf$/ }).click();
    await page.getByRole('dialog').locator('iframe, a').first().waitFor();
    await page.context().close();
  });
});

describe('where a case is', () => {
  it('one timeline says who holds it, since when, until when, and what comes next', async () => {
    const id = await it_.story.open('wei-lan', 'governmentInvestment', governmentFormFixture({ name: '进度一览' }));
    await it_.story.command('wei-lan', `/scenarios/${id}`, 'submit', { handler: 'nanning-data' });
    const page = await it_.as('wei-lan', `/scenarios/${id}`);
    const line = page.getByRole('list', { name: '进度' });
    const now = line.locator('[aria-current="step"]');
    await now.waitFor();
    expect(await now.innerText()).toMatch(/由谁办理 设区市或行业主管部门 · 自 .* 起 · 期限 /);
    await line.getByText('接下来').waitFor();
    expect(await line.innerText()).toMatch(/已汇总|退回/);
    await page.context().close();
  });
});
