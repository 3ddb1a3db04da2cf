import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { select } from '../demo/chapters.ts';
import { governmentFormFixture } from '../fixtures/forms.ts';
import { wordData } from '../unit/documents/word-tables.ts';
import { startConsole, type TestConsole } from './console.ts';

let it_: TestConsole;
beforeAll(async () => void (it_ = await startConsole()));
afterAll(() => it_.close());

async function atBureau(name: string): Promise<string> {
  const form = governmentFormFixture({ name });
  const id = await it_.story.open('wei-lan', 'governmentInvestment', { ...form, annex1: { ...form.annex1, architecture: `${name}的架构` } });
  const path = `/scenarios/${id}`;
  await it_.story.command('wei-lan', path, 'submit', { handler: 'nanning-data' });
  await it_.story.command('lu-fang', path, 'aggregate', { opinion: '同意', sealed: true });
  await it_.story.command('lu-fang', path, 'submitToBureau');
  await it_.story.settle();
  return id;
}

describe('many filings at once', () => {
  it('stand side by side, with what differs', async () => {
    const ids = [await atBureau('甲场景'), await atBureau('乙场景')];
    const page = await it_.as('li-ning', '/scenarios');
    for (const name of ['甲场景', '乙场景']) await page.getByLabel(`选择“${name}”`).check();
    await page.getByRole('link', { name: '比较所选的 2 个' }).click();
    await page.getByRole('columnheader', { name: /甲场景/ }).waitFor();
    expect(ids.every((id) => page.url().includes(id))).toBe(true);
    const row = page.getByRole('row', { name: /8 基本架构/ });
    expect(await row.innerText()).toContain('甲场景的架构');
    expect(await row.innerText()).toContain('乙场景的架构');
    await page.getByLabel('只看不同之处').check();
    await page.getByRole('row', { name: /4 需求内容/ }).waitFor({ state: 'detached' });
    expect(await row.count()).toBe(1);
    await page.context().close();
  });

  it('are decided together, and each says what came of it', async () => {
    const [one, other] = [await atBureau('丙场景'), await atBureau('丁场景')];
    await it_.story.command('li-ning', `/scenarios/${other}`, 'passFormalCheck');
    const page = await it_.as('li-ning', `/bulk?ids=${one},${other}`);
    await page.getByLabel('事项').selectOption({ label: '通过形式审查' });
    await page.getByRole('button', { name: '对 2 个场景通过形式审查' }).click();
    const result = (name: string) => page.getByRole('row', { name: new RegExp(name) });
    await result('丙场景').getByText('✓ 已办理').waitFor();
    expect(await result('丁场景').innerText()).toContain('不能办理');
    expect((await it_.story.read('li-ning', `/scenarios/${one}`)).state).toContain('selection.reviewing');
    await page.context().close();
  });
});

describe('a meeting that selects', () => {
  it('gets its summary beforehand, is recorded with its decisions, and has minutes that anybody can verify; a slip is put right by another record', async () => {
    const ids = [await atBureau('戊场景'), await atBureau('己场景')];
    for (const id of ids) await select(it_.story, `/scenarios/${id}`, true);
    const page = await it_.as('li-ning', `/bulk?ids=${ids.join(',')}`);
    const [summary] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '评审情况汇总（Word）' }).click()]);
    expect(wordData(readFileSync(await summary.path())).tables[0]?.slice(1).map((row) => row[1])).toEqual(['戊场景', '己场景']);

    await page.getByRole('link', { name: '登记遴选会议' }).click();
    await page.getByRole('heading', { name: '登记遴选会议：2 个场景' }).waitFor();
    await page.getByLabel('地点').fill('三楼会议室');
    await page.getByRole('button', { name: '登记会议' }).click();
    await page.getByRole('alert').getByText('参会人员').waitFor();
    await page.getByLabel('会议日期').fill(new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10));
    await page.getByLabel('主持人').fill('梁山');
    await page.getByLabel('记录人').fill('李宁');
    await page.getByLabel('参会人员').fill('梁山 自治区数据局 负责人\n农敏，自治区市场监管局');
    await page.reload();
    expect(await page.getByLabel('地点').inputValue()).toBe('三楼会议室');
    await page.getByRole('button', { name: '登记会议' }).click();
    const row = page.getByRole('row', { name: /三楼会议室/ });
    await row.getByText('2 个，入选 2 个').waitFor();
    const [minutes] = await Promise.all([page.waitForEvent('download'), row.getByRole('button', { name: /^Word/ }).click()]);
    const { tables } = wordData(readFileSync(await minutes.path()));
    expect(tables[0]).toContainEqual(['参会人员', '梁山（自治区数据局，负责人）、农敏（自治区市场监管局）']);

    await row.getByRole('link', { name: /更正/ }).click();
    await page.getByRole('heading', { name: '更正会议记录：2 个场景' }).waitFor();
    await page.getByLabel('地点').fill('五楼会议室');
    await page.getByRole('button', { name: '登记会议' }).click();
    await page.getByRole('row', { name: /五楼会议室/ }).getByText('更正了前一份').waitFor();
    await row.getByText('已更正').waitFor();
    await page.goto(it_.at(`/verify/${/核验码：([\w-]+)/.exec(tables.flat(2).join(' '))?.[1]}`));
    await page.getByText('广西数字应用场景遴选会议纪要').waitFor();
    await page.getByText('此后内容有修改').waitFor();
    await page.context().close();
  });
});

describe('a review', () => {
  it('is opened with the fittest experts, each sheet is kept while it is written, and the Bureau sees them side by side', async () => {
    const id = await atBureau('评审一遍');
    await it_.story.command('li-ning', `/scenarios/${id}`, 'passFormalCheck');
    const officer = await it_.as('li-ning', `/scenarios/${id}/panel`);
    for (const name of ['陈思源', '周明', '吴秀兰', '林一帆', '谢春燕']) await officer.getByLabel(`指派${name}`).check();
    await officer.getByRole('button', { name: '指派所选的 5 位专家' }).click();
    await officer.getByText('待声明无利害关系：').waitFor();

    const expert = await it_.as('expert-chen', `/scenarios/${id}/act?do=declareNoConflict`);
    await expert.getByLabel('本人与申报单位无利害关系').check();
    await expert.getByRole('button', { name: '确认声明无利害关系' }).click();
    await expert.getByText('已声明无利害关系。').waitFor();
    await expert.goto(it_.at(`/scenarios/${id}/panel`));
    await expert.getByText('评审一遍的架构').waitFor();
    for (const [name, score] of [['重大任务牵引', '86'], ['创新突破', '80'], ['预期目标', '90'], ['经济效益', '84'], ['社会效益', '88']] as const) await expert.getByLabel(name).fill(score);
    await expert.getByText(/已保存 \d\d:\d\d/).waitFor();
    await expert.reload();
    await expert.waitForLoadState('networkidle');
    expect(await expert.getByLabel('创新突破').inputValue()).toBe('80');
    await expert.getByRole('button', { name: '提交评分表' }).click();
    await expert.getByRole('alert').waitFor();
    await expert.getByRole('textbox', { name: '意见' }).fill('需求真实，架构清楚。');
    await expert.getByLabel('本人与申报单位无利害关系').check();
    await expert.getByRole('button', { name: '提交评分表' }).click();
    await expert.getByText('已提交评分表。').waitFor();
    await expert.context().close();

    await officer.reload();
    await officer.getByText('已收 1 份').waitFor();
    expect(await officer.getByRole('row', { name: /创新突破/ }).innerText()).toContain('80');
    await officer.context().close();

    const unit = await it_.as('wei-lan', `/scenarios/${id}/panel`);
    await unit.getByText('评审情况只供自治区数据局和监督人员查看').waitFor();
    await unit.context().close();
  });
});
