import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays } from '../../shared/days.ts';
import { fileSocial, publishHalfYear, select, today } from '../demo/chapters.ts';
import { governmentFormFixture } from '../fixtures/forms.ts';
import { startConsole, type TestConsole } from './console.ts';

let it_: TestConsole;
let published = '';
let batch = '';
beforeAll(async () => {
  it_ = await startConsole();
  published = await fileSocial(it_.story);
  await select(it_.story, published, false);
  batch = (await publishHalfYear(it_.story)).id;
}, 180_000);
afterAll(() => it_.close());

const focused = (page: Page): Promise<string> => page.evaluate('document.activeElement.textContent');

async function atBureau(name: string): Promise<string> {
  const path = `/scenarios/${await it_.story.open('wei-lan', 'governmentInvestment', governmentFormFixture({ name }))}`;
  await it_.story.command('wei-lan', path, 'submit', { handler: 'nanning-data' });
  await it_.story.command('lu-fang', path, 'aggregate', { opinion: '同意', sealed: true });
  await it_.story.command('lu-fang', path, 'submitToBureau');
  await it_.story.settle();
  return path;
}

describe('a filing that begins from another one', () => {
  it('is copied from what one began, is a draft with the same text, and both say so', async () => {
    const source = await it_.story.open('wei-lan', 'governmentInvestment', governmentFormFixture({ name: '旧的申报' }));
    const page = await it_.as('wei-lan', '/mine');
    await page.getByRole('row', { name: /旧的申报/ }).getByRole('link', { name: /复制/ }).click();
    await page.getByRole('heading', { name: '复制以前的申报' }).waitFor();
    await page.getByRole('button', { name: '以此开始填写' }).click();
    await page.getByRole('heading', { level: 1, name: '申报：旧的申报' }).waitFor();
    const copy = page.url().split('/').at(-1) ?? '';
    expect(copy).not.toBe(source);
    await page.goto(it_.at(`/filing/${copy}/reform`));
    expect(await page.getByLabel('11 改革项目').inputValue()).toBe(governmentFormFixture().annex1.reformProject);
    await page.goto(it_.at(`/scenarios/${copy}`));
    await page.getByText('由以前的申报复制而来').getByRole('link', { name: '旧的申报' }).click();
    await page.getByText('重新申报 1 次，复制推广 0 次。').waitFor();
    expect((await it_.story.read('wei-lan', `/scenarios/${copy}`)).state).toEqual(['declaration.draft']);
    await page.context().close();
  });

  it('has its blanks filled from what the unit keeps of itself, where that is wanted', async () => {
    const page = await it_.as('meng-jie', '/unit-profile');
    await page.getByLabel('联系人').fill('蒙洁');
    await page.getByLabel('联系电话').fill('电话');
    await page.getByRole('button', { name: '保存资料' }).click();
    await page.getByText('联系电话格式不正确').first().waitFor();
    await page.getByLabel('联系电话').fill('0771-5550199');
    await page.getByRole('button', { name: '保存资料' }).click();
    await page.getByText('蒙洁 于').waitFor();
    const source = await it_.story.open('meng-jie', 'socialInvestment', { system: { name: '只有名称' } });
    await page.goto(it_.at(`/filing/copy?kind=refiling&case=${source}`));
    await page.getByLabel('空白处用本单位资料补齐').check();
    await page.getByRole('button', { name: '以此开始填写' }).click();
    await page.getByRole('heading', { level: 1, name: '申报：只有名称' }).waitFor();
    const { form } = (await it_.story.as('meng-jie').get<{ form: { form: { system: { contact: unknown } } } }>(`/scenarios/${page.url().split('/').at(-1)}`)).body;
    expect(form.form.system.contact).toEqual({ name: '蒙洁', phone: '0771-5550199' });
    await page.context().close();
  });

  it('replicates a case of the library of another unit', async () => {
    await it_.story.command('qin-hai', published, 'submitCaseText', { title: '喀斯特矿山5G无人驾驶', background: '混编作业、断网自停、低成本改造。', practice: '以数据贯通业务。', effect: '办理时间缩短30%。', experience: '先统一标准，再推广。' });
    await it_.story.command('li-ning', published, 'acceptCase');
    await it_.story.settle();
    const page = await it_.as('meng-jie', '/filing/copy?kind=replication');
    await page.getByRole('link', { name: /^复制推广/ }).click();
    await page.getByLabel('政府投资类场景').check();
    await page.getByRole('button', { name: '以此开始填写' }).click();
    await page.getByRole('heading', { level: 1, name: /^申报：/ }).waitFor();
    await page.goto(it_.at(`/scenarios/${page.url().split('/').at(-1)}`));
    await page.getByText('复制推广自案例').getByText('石灰石矿山5G无人驾驶运输').waitFor();
    await page.context().close();
  });

  it('is refused from a filing of another unit, and from a case that one’s own unit has in the library', async () => {
    const source = await it_.story.open('wei-lan', 'governmentInvestment', governmentFormFixture({ name: '别人的申报' }));
    const stranger = await it_.as('meng-jie', `/filing/copy?kind=refiling&case=${source}`);
    await stranger.getByRole('alert').getByText('没有找到').first().waitFor();
    await stranger.context().close();
    const owner = await it_.as('qin-hai', `/filing/copy?kind=replication&case=${published.slice(11)}`);
    await owner.getByRole('button', { name: '以此开始填写' }).click();
    await owner.getByRole('alert').getByText('这是本单位自己的场景').waitFor();
    await owner.context().close();
  });
});

describe('a rehearsal of the publication', () => {
  it('shows what would be published, what keeps the rest from it, and what changed since the last', async () => {
    const waiting = await atBureau('预演甲');
    const page = await it_.as('li-ning', '/rehearsals');
    await page.getByRole('button', { name: '预演一次' }).click();
    await page.getByRole('region', { name: '预演甲' }).getByText('请自治区数据局经办人办理“通过形式审查”').waitFor();
    await page.getByRole('link', { name: '与上次相比' }).click();
    await page.getByText('这是第一次预演').waitFor();
    await select(it_.story, waiting, true);
    await it_.story.settle();
    await page.getByRole('link', { name: '全部预演' }).click();
    await page.getByRole('button', { name: '预演一次' }).click();
    await page.getByRole('link', { name: '将列入清单（1）' }).click();
    await page.getByRole('row', { name: /预演甲/ }).waitFor();
    await page.getByRole('link', { name: '与上次相比' }).click();
    await page.getByRole('heading', { name: '新列入的（1）' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: '新列入的（1）' }).waitFor();
    await page.context().close();
  });

  it('is not for an applicant, who is told for whom it is; supervision reads and makes none', async () => {
    const page = await it_.as('wei-lan', '/rehearsals');
    await page.getByRole('alert').getByText('清单预演由自治区数据局办理').waitFor();
    await page.context().close();
    const supervisor = await it_.as('long-fei', '/rehearsals');
    await supervisor.getByRole('row', { name: /李宁/ }).first().waitFor();
    expect(await supervisor.getByRole('button', { name: '预演一次' }).count()).toBe(0);
    await supervisor.context().close();
  });
});

describe('a published list', () => {
  it('is corrected as another edition by two people, and anybody sees what changed', async () => {
    const page = await it_.as('li-ning', `/batches/${batch}`);
    await page.getByRole('link', { name: '提出更正' }).click();
    await page.getByLabel('从清单中删去').check();
    await page.getByLabel('更正的理由').fill('场景更名');
    await page.getByRole('button', { name: '提出更正' }).click();
    await page.getByRole('alert').getByText('仍在办理，不能从清单中撤销').waitFor();
    await page.reload();
    expect(await page.getByLabel('更正的理由').inputValue()).toBe('场景更名');
    await page.getByLabel('更名').check();
    await page.getByLabel(/的场景名称$/).fill('石灰石矿山无人驾驶运输');
    await page.getByRole('button', { name: '提出更正' }).click();
    await page.getByText('已提出更正').waitFor();
    await page.getByRole('row', { name: /原为|石灰石矿山5G无人驾驶运输/ }).last().waitFor();
    const run = `/batches/${page.url().split('/').at(-1)}`;
    await page.context().close();
    await it_.story.settle();
    const { listSha256 } = (await it_.story.read('he-ping', run)).context;
    await it_.story.command('he-ping', run, 'checkList', { listSha256, note: '已核对' });
    await it_.story.command('liang-shan', run, 'signOff', { documentNo: '桂数发〔2026〕66号', listSha256 });
    await it_.story.settle();
    const half = batch.replace('batch-', '');
    const anybody = await it_.browser.window();
    await anybody.goto(it_.at(`/published/${half}`));
    const changes = anybody.getByRole('table', { name: '第 2 版更正的内容' });
    await changes.locator('del').getByText('石灰石矿山5G无人驾驶运输').waitFor();
    expect(await changes.locator('ins').innerText()).toBe('石灰石矿山无人驾驶运输');
    await anybody.getByRole('table', { name: `${half} 批次清单` }).getByText('石灰石矿山无人驾驶运输').waitFor();
    await anybody.getByRole('link', { name: '显示这一版' }).click();
    await anybody.getByRole('table', { name: `${half} 批次清单` }).getByText('石灰石矿山5G无人驾驶运输').waitFor();
    expect(anybody.url()).toContain('edition=1');
    await anybody.context().close();
  });

  it('is not for a leader to correct', async () => {
    const page = await it_.as('liang-shan', `/batches/${batch}`);
    await page.getByRole('link', { name: '查看清单' }).waitFor();
    expect(await page.getByRole('link', { name: '提出更正' }).count()).toBe(0);
    await page.goto(it_.at(`/batches/${batch}/correct`));
    await page.getByLabel('更名').first().check();
    await page.getByLabel(/的场景名称$/).first().fill('另一个名称');
    await page.getByLabel('更正的理由').fill('试一试');
    await page.getByRole('button', { name: '提出更正' }).click();
    await page.getByRole('alert').getByText('可以办理的角色：自治区数据局经办人').waitFor();
    await page.context().close();
  });
});

describe('somebody who is away', () => {
  it('names a colleague, who acts in their place under both names until it is ended', async () => {
    const path = await atBureau('代办一次');
    const day = await today(it_.story);
    const away = await it_.as('li-ning', '/stand-ins');
    await away.getByLabel('委托给').selectOption({ label: '何平（自治区数据局经办人）' });
    await away.getByLabel('开始日期').fill(day);
    await away.getByLabel('结束日期').fill(addDays(day, 100));
    await away.getByLabel('事由').fill('赴柳州调研');
    await away.getByRole('button', { name: '委托代办' }).click();
    await away.getByRole('alert').getByText('一次委托最多90天').waitFor();
    await away.getByLabel('结束日期').fill(addDays(day, 5));
    await away.getByRole('button', { name: '委托代办' }).click();
    await away.getByText('已委托何平代办。').waitFor();

    const page = await it_.as('he-ping', '/stand-ins');
    await page.getByRole('button', { name: '代李宁办理' }).click();
    await page.getByRole('banner').getByText('正在代李宁办理').waitFor();
    await page.goto(it_.at(`${path}/act?do=passFormalCheck`));
    await page.getByRole('button', { name: '确认通过形式审查' }).click();
    await page.getByText('已通过形式审查。').waitFor();
    await page.goto(it_.at(`${path}/events`));
    await page.getByText('何平（代李宁办理）').waitFor();

    const other = await atBureau('撤销以后');
    await away.getByRole('button', { name: '撤销 何平' }).click();
    await away.keyboard.press('Escape');
    await expect.poll(() => focused(away), { timeout: 10_000 }).toContain('撤销');
    await away.keyboard.press('Enter');
    await away.getByRole('button', { name: '撤销委托' }).click();
    await away.getByText('您没有委托他人代办。').waitFor();
    await expect.poll(() => focused(away), { timeout: 10_000 }).toBe('我委托的');
    await page.goto(it_.at(`${other}/act?do=passFormalCheck`));
    await page.getByRole('button', { name: '确认通过形式审查' }).click();
    await page.getByRole('alert').getByText('对方今天没有委托您代办').waitFor();
    await page.getByRole('banner').getByRole('button', { name: '不再代办' }).click();
    await page.getByRole('button', { name: '确认通过形式审查' }).click();
    await page.getByText('已通过形式审查。').waitFor();
    await page.context().close();
    await away.context().close();
  });

  it('cannot hand over a review, and who has no colleague is told so', async () => {
    for (const person of ['expert-chen', 'meng-jie']) {
      const page = await it_.as(person, '/stand-ins');
      await page.getByText('本单位没有与您同角色的同事').waitFor();
      await page.context().close();
    }
  });
});

describe('what if the policy were another', () => {
  it('shows for each open scenario what would be different; the address holds the question', async () => {
    await atBureau('政策不同');
    const page = await it_.as('liang-shan', '/what-if');
    await page.getByText('请改动一项或几项参数，再推演。').waitFor();
    await page.getByRole('textbox', { name: '单个场景上限' }).fill('100');
    await page.getByRole('button', { name: '推演', exact: true }).click();
    const one = page.getByRole('region', { name: '政策不同' });
    await one.getByRole('row', { name: /奖补上限/ }).getByText('1,000,000.00元').waitFor();
    await page.reload();
    await one.getByRole('row', { name: /奖补上限/ }).waitFor();
    expect(await page.getByRole('textbox', { name: '单个场景上限' }).inputValue()).toBe('100');
    await page.getByRole('button', { name: '恢复现行参数' }).click();
    await page.getByText('请改动一项或几项参数，再推演。').waitFor();
    await page.getByLabel('套用政策版本').selectOption('gx-2025-draft-notice');
    await page.getByRole('button', { name: '推演', exact: true }).click();
    await one.getByRole('row', { name: /是否公示/ }).waitFor();
    await page.context().close();
  });

  it('is asked by keyboard alone', async () => {
    const page = await it_.as('liang-shan', '/what-if');
    await page.getByLabel('入选线（分）').focus();
    await page.keyboard.press('Control+A');
    await page.keyboard.type('70');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.id')).toBe('dropExtremesFrom');
    await page.keyboard.press('Enter');
    await page.getByRole('status').getByText('看了').waitFor();
    expect(decodeURIComponent(page.url())).toContain('"passLine":70');
    await page.context().close();
  });

  it('tells what cannot be tried, and whom it is for', async () => {
    const page = await it_.as('li-ning', '/what-if');
    await page.getByRole('textbox', { name: '政府投资类奖励梯度第 1 档上限' }).fill('5000');
    await page.getByRole('button', { name: '推演', exact: true }).click();
    await page.getByText('各档上限应依次增大').waitFor();
    await page.context().close();
    const stranger = await it_.as('wei-lan', '/what-if');
    await stranger.getByRole('alert').getByText('政策推演由自治区数据局和领导小组办公室使用').waitFor();
    await stranger.context().close();
  });
});

describe('the books of the fund', () => {
  it('show the budget, what waits, what was paid as a table and a workbook, and each entry', async () => {
    await it_.story.command('he-ping', published, 'proposeAward', { amountFen: 165_200_000, reason: '按上限核定。' });
    await it_.story.command('liang-shan', published, 'approveAward');
    const page = await it_.as('pan-hong', '/money');
    await page.getByText('试算平衡').waitFor();
    await page.getByRole('region', { name: '社会投资类补助' }).getByRole('row', { name: /已承诺未拨付.*1,652,000.00元/ }).waitFor();
    await page.getByRole('link', { name: '待拨付' }).click();
    await page.getByRole('link', { name: '石灰石矿山5G无人驾驶运输' }).click();
    await page.getByText('第 1 档，不超过投资的 20%').waitFor();
    expect(await page.getByRole('region', { name: '核定与拨付' }).innerText()).toContain('1,652,000.00元');
    await page.context().close();
    await it_.story.command('pan-hong', published, 'orderPayment', { amountFen: 165_200_000, payee: '柳州桂岭矿业有限公司', bank: '国库', account: '4501000012345678' });
    await it_.story.command('su-mei', published, 'approvePayment');
    await it_.story.command('liang-shan', published, 'approvePayment');
    const day = await today(it_.story);
    await it_.story.command('pan-hong', published, 'confirmPayment', { amountFen: 165_200_000, paidOn: day, voucherNo: '桂财支-7', fundSource: '数字广西建设资金' });
    const ledger = await it_.as('su-mei', `/money?show=disbursements&year=${day.slice(0, 4)}`);
    await ledger.getByRole('row', { name: /桂财支-7/ }).getByText('1,652,000.00元').first().waitFor();
    const [file] = await Promise.all([ledger.waitForEvent('download'), ledger.getByRole('button', { name: '导出Excel' }).click()]);
    expect(file.suggestedFilename()).toBe(`资金拨付台账-${day.slice(0, 4)}.xlsx`);
    await ledger.getByRole('link', { name: '分录' }).click();
    await ledger.getByText('借 已拨付 1,652,000.00元').waitFor();
    await ledger.context().close();
  });

  it('are not for an applicant, who is told for whom they are', async () => {
    const page = await it_.as('wei-lan', '/money');
    await page.getByRole('alert').getByText('资金总账只供').waitFor();
    await page.context().close();
  });
});
