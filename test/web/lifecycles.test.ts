import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { commandLabels, eventLabel } from '../../machines/labels.zh.ts';
import type { CommandType } from '../../shared/contracts/commands.ts';
import { fileGovernment, fileSocial, today } from '../demo/chapters.ts';
import { acceptanceSteps } from '../harness/acceptance-steps.ts';
import { startConsole, type TestConsole } from './console.ts';

let it_: TestConsole;
const windows = new Map<string, Page>();
beforeAll(async () => void (it_ = await startConsole()));
afterAll(() => it_.close());

/** What somebody puts into a form: by label, in order; a list goes into fields of the same label one after the other. */
type Entries = Readonly<Record<string, string | true | readonly string[]>>;

/** A person carries out a command through its form, and the console says that it happened. */
async function does(person: string, path: string, command: CommandType, entries: Entries = {}): Promise<void> {
  const page = windows.get(person) ?? (await it_.as(person));
  windows.set(person, page);
  await page.goto(it_.at(`${path}/act`));
  await page.locator(`[data-command="${command}"]`).getByRole('link').click();
  // The fields come with the API's description.
  if (Object.keys(entries).length > 0) await page.locator('form .field').first().waitFor();
  for (const [label, value] of Object.entries(entries)) {
    const fields = page.locator('form').getByLabel(new RegExp(`^${label}`));
    if (value === true) await fields.first().check();
    else for (const [index, text] of [value].flat().entries()) await put(page, fields.nth(index), label, text);
  }
  await page.getByRole('button', { name: `确认${commandLabels[command]}` }).click();
  const done = page.getByText(`${eventLabel(command)}。`, { exact: true });
  const refused = page.getByRole('alert').filter({ hasText: /不符合|不能|失败|已被/ });
  await done.or(refused).first().waitFor();
  if (await refused.first().isVisible()) throw new Error(`${person} ${command}: ${await refused.first().innerText()}`);
  await done.waitFor();
}

async function put(page: Page, field: Locator, label: string, text: string): Promise<void> {
  const group = page.getByRole('group', { name: new RegExp(`^${label}`) });
  if ((await group.count()) > 0 && (await group.getByRole('radio').count()) > 0) return group.getByLabel(text, { exact: true }).check();
  if ((await field.evaluate((element) => (element as unknown as { readonly tagName: string }).tagName)) !== 'SELECT') return field.fill(text);
  const option = field.locator('option', { hasText: text }).first();
  await option.waitFor({ state: 'attached' });
  await field.selectOption({ label: await option.innerText() });
}

const experts = { 'expert-chen': '陈思源', 'expert-zhou': '周明', 'expert-wu': '吴秀兰', 'expert-lin': '林一帆', 'expert-xie': '谢春燕' };
const sheet: Entries = { '重大任务牵引': '80', '创新突破': '82', '预期目标': '85', '经济效益': '81', '社会效益': '84', '意见': '成效可量化，建议入选。', '本人与申报单位无利害关系': true };

async function select(path: string): Promise<void> {
  await does('li-ning', path, 'passFormalCheck', { '备注': '材料齐全' });
  const page = windows.get('li-ning') as Page;
  await page.goto(it_.at(`${path}/act?do=assignExperts`));
  for (const name of Object.values(experts)) await put(page, page.locator('form').getByLabel('专家', { exact: true }), '专家', name);
  await page.getByRole('button', { name: '确认指派专家' }).click();
  await page.getByText('已指派专家。').waitFor();
  for (const expert of Object.keys(experts)) {
    await does(expert, path, 'declareNoConflict', { '本人与申报单位无利害关系': true });
    await does(expert, path, 'submitSheet', sheet);
  }
  await does('li-ning', path, 'closeReview');
  await does('li-ning', path, 'proposeSelection', { '理由': '综合得分高于入选线。' });
  await does('liang-shan', path, 'approveSelection');
}

let social = '';
let government = '';

it('both classes are checked, reviewed and selected', { timeout: 240_000 }, async () => {
  social = await fileSocial(it_.story);
  government = await fileGovernment(it_.story);
  await select(social);
  await select(government);
  await does('zhao-wen', government, 'proposeLeadUnit', { '牵头单位': '广西壮族自治区市场监督管理局', '征求意见的部门': '广西壮族自治区市场监督管理局' });
  await does('nong-min', government, 'replyOnLeadUnit', { '同意': '是', '意见': '同意牵头。' });
  await does('zhao-wen', government, 'confirmLeadUnit', { '确认记录': '会商一致。' });
});

it('the half-yearly list is checked by one and signed by another', async () => {
  await it_.story.moveClock({ to: `${(await today(it_.story)).slice(0, 4)}-12-31T15:59:00.000Z` });
  await it_.story.settle();
  const page = windows.get('liang-shan') as Page;
  await page.goto(it_.at('/batches'));
  await page.getByRole('link', { name: /批次清单/ }).click();
  await page.waitForURL(/\/batches\/.+/);
  const path = new URL(page.url()).pathname.replace('/console', '');
  const { context } = await it_.story.read('liang-shan', path);
  await does('li-ning', path, 'checkList', { '清单摘要': String(context['listSha256']) });
  await does('liang-shan', path, 'signOff', { '文号': '桂数发〔2026〕58号', '清单摘要': String(context['listSha256']) });
  await it_.story.settle();
  // The next morning, so that no day ends while somebody types it.
  await it_.story.moveClock({ advance: 'PT10H' });
  await page.goto(it_.at('/published'));
  await page.getByRole('link', { name: /-H2$/ }).click();
  await page.getByText('石灰石矿山5G无人驾驶运输').waitFor();
});

it('the company gets its subsidy: proposed, approved by another, paid', async () => {
  await does('he-ping', social, 'proposeAward', { '金额': '165.2', '理由': '按上限核定。' });
  await does('liang-shan', social, 'approveAward');
  await order(social, '165.2', 'su-mei', 'pan-hong');
  await does('su-mei', social, 'confirmPayment', { '金额': '165.2', '款项日期': await today(it_.story), '凭证号': '桂财支-1', '资金来源': '数字广西建设资金' });
  await does('qin-hai', social, 'submitCaseText', { '标题': '矿山无人驾驶', '背景': '混编作业、断网自停、低成本改造。', '做法': '以数据贯通业务。', '实施成效': '效率提高30%。', '可供借鉴的经验': '先统一标准，再推广。' });
  await does('li-ning', social, 'acceptCase');
  const page = windows.get('su-mei') as Page;
  await page.goto(it_.at(`${social}/events`));
  await page.getByText('1,652,000.00元').first().waitFor();
});

/** A payment order, approved by the other finance officer and, above half a million yuan, by the Bureau's leader. */
async function order(path: string, amount: string, by: string, other: string): Promise<void> {
  await does(by, path, 'orderPayment', { '金额': amount, '收款单位': '申报单位（演示）', '开户银行': '国库集中支付', '收款账号': '4501000012345678' });
  await does(other, path, 'approvePayment');
  await does('liang-shan', path, 'approvePayment');
}

it('an amount over the ceiling is refused with the article', async () => {
  await does('wei-lan', government, 'recordProjectApproval', { '批复文号': '南发改数〔2027〕16号', '批复日期': await today(it_.story), '批复总投资': '1200' });
  const page = windows.get('li-ning') as Page;
  await page.goto(it_.at(`${government}/act?do=proposeAward`));
  await page.getByLabel('金额', { exact: true }).fill('241');
  await page.getByLabel(/^理由/).fill('超过上限');
  await page.getByRole('button', { name: '确认建议奖补金额' }).click();
  const alert = page.getByRole('alert').filter({ hasText: '不符合管理办法或政策规定' });
  await alert.waitFor();
  expect(await alert.innerText()).toContain('第十二条（二）');
  expect(await alert.innerText()).toContain('上限：2,400,000.00元');
});

it('the government scenario is built, accepted, paid in two halves, evaluated and kept as a case', { timeout: 240_000 }, async () => {
  const day = await today(it_.story);
  const money = { '款项日期': day, '资金来源': '数字广西建设资金' };
  await does('wei-lan', government, 'planMilestones', { '名称': '交易链在线化', '期限': '2027-06-30' });
  await does('li-ning', government, 'proposeAward', { '金额': '240', '理由': '按梯度标准和上限核定。' });
  await does('liang-shan', government, 'approveAward');
  await order(government, '120', 'pan-hong', 'su-mei');
  await does('pan-hong', government, 'confirmPayment', { ...money, '金额': '120', '凭证号': '桂财支-2' });
  await does('wei-lan', government, 'registerIrs', { 'IRS应用编码': 'GXIRS-450100-0286', '登记日期': day, '资源类别': '云资源', '名称': '自治区政务云' });
  await does('wei-lan', government, 'completeMilestone', { '名称': '交易链在线化', '完成日期': day });
  await does('wei-lan', government, 'reportCompletion', { '完成日期': day, '实施成效': '全部上线。' });
  for (const [who, command, args] of acceptanceSteps(day)) await it_.story.command(who, government, command, args);
  await does('li-ning', government, 'passAcceptance', { '验收结论': '验收合格。', '验收日期': day, '竣工决算金额': '1150' });
  await order(government, '110', 'su-mei', 'pan-hong');
  await does('su-mei', government, 'confirmPayment', { ...money, '金额': '110', '凭证号': '桂财支-3' });
  await does('li-ning', government, 'recordEvaluation', { '评估年度': day.slice(0, 4), '评估等次': '表扬', '达到预算绩效目标': '是', '评估情况': '降本增效明显。' });
  await does('li-ning', government, 'reportToGovernment', { '文号': '桂数报〔2027〕9号', '报送日期': day });
  await does('wei-lan', government, 'submitCaseText', { '标题': '一云三链', '背景': '以票证数字化为切口。', '做法': '以数据贯通业务。', '实施成效': '效率提高30%。', '可供借鉴的经验': '先统一标准，再推广。' });
  await does('li-ning', government, 'acceptCase');
  await it_.story.settle();
  const page = windows.get('li-ning') as Page;
  await page.goto(it_.at(government));
  await page.getByText('已入案例库').first().waitFor();
  expect(it_.browser.failures).toEqual([]);
});
