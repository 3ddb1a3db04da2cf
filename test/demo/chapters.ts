import { governmentFormFixture, socialFormFixture } from '../fixtures/forms.ts';
import { samplePdf } from '../fixtures/sample-pdf.ts';
import { dayOf } from '../../shared/days.ts';
import { acceptanceSteps } from '../harness/acceptance-steps.ts';
import { admin } from '../harness/api-client.ts';
import type { CaseView, Story } from './story.ts';

const score = (base: number) => ({
  scores: { majorTask: base, innovation: base - 3, expectedTarget: base + 2, economicBenefit: base, socialBenefit: base + 4 },
  comment: '任务明确，数据贯通，成效可量化，建议入选。',
  conflictFree: true,
});

/** The cloud's calendar day. */
export async function today(story: Story): Promise<string> {
  const { now } = await admin<{ now: string }>(story.endpoints, '/clock');
  return dayOf(now);
}

/** Files the regulation's own example (annex 1) through Nanning and answers its path. */
export async function fileGovernment(story: Story): Promise<string> {
  const path = `/scenarios/${await story.open('wei-lan', 'governmentInvestment', governmentFormFixture())}`;
  await story.command('wei-lan', path, 'submit', { handler: 'nanning-data' });
  await story.command('lu-fang', path, 'aggregate', { opinion: '需求真实、目标清晰，同意汇总报送。', sealed: true });
  await story.command('lu-fang', path, 'submitToBureau');
  await story.settle();
  return path;
}

const socialParts = ['legalRepresentativeId', 'projectLeadId', 'businessLicence', 'approvalDocument', 'auditReport', 'fundingProof', 'spendingProof', 'commitmentLetter'];

/** Files the mine (annex 2, six classes of attachments) through Liuzhou and answers its path. */
export async function fileSocial(story: Story): Promise<string> {
  const path = `/scenarios/${await story.open('qin-hai', 'socialInvestment', socialFormFixture())}`;
  for (const part of socialParts) await story.attach('qin-hai', path, part, samplePdf(part));
  await story.command('qin-hai', path, 'submit', { handler: 'liuzhou-data' });
  await story.command('mo-qiang', path, 'endorse', { opinion: '材料齐全，已现场核实建成情况，同意报送。', sealed: true });
  await story.command('mo-qiang', path, 'submitToBureau');
  await story.settle();
  return path;
}

/** Formal check, five experts, proposal and approval by two people; a cross-cutting scenario also gets its lead unit. */
export async function select(story: Story, path: string, crossCutting: boolean): Promise<void> {
  const experts = ['expert-chen', 'expert-zhou', 'expert-wu', 'expert-lin', 'expert-xie'];
  await story.command('li-ning', path, 'passFormalCheck');
  await story.command('li-ning', path, 'assignExperts', { experts });
  if (crossCutting) await settleLeadUnit(story, path);
  for (const [index, expert] of experts.entries()) {
    await story.command(expert, path, 'declareNoConflict', { conflictFree: true });
    await story.command(expert, path, 'submitSheet', score(78 + index * 3));
  }
  await story.command('li-ning', path, 'closeReview');
  await story.command('li-ning', path, 'proposeSelection', { reason: '五位专家评分均达标，综合得分高于入选线。' });
  await story.command('liang-shan', path, 'approveSelection');
}

async function settleLeadUnit(story: Story, path: string): Promise<void> {
  await story.command('zhao-wen', path, 'proposeLeadUnit', { leadUnit: 'gx-market', departments: ['gx-market', 'gx-industry'] });
  await story.command('nong-min', path, 'replyOnLeadUnit', { agree: true, comment: '同意牵头。' });
  await story.command('tan-jun', path, 'replyOnLeadUnit', { agree: true, comment: '同意，配合做好数据共享。' });
  await story.command('zhao-wen', path, 'confirmLeadUnit', { record: '经与两部门会商，确认自治区市场监管局为牵头单位。' });
}

/** Moves the clock to the half-year's end, has the officer check and the leader sign the list, and answers the batch; it is the next morning then, so that no day ends while somebody types it. */
export async function publishHalfYear(story: Story): Promise<CaseView> {
  const path = await signHalfYear(story);
  await story.settle();
  await story.moveClock({ advance: 'PT10H' });
  return story.read('liang-shan', path);
}

/** The same up to the signature: the batch at this path then publishes its scenarios. */
export async function signHalfYear(story: Story): Promise<string> {
  const [year, month] = (await today(story)).split('-');
  await story.moveClock({ to: `${year}-${Number(month) <= 6 ? '06-30' : '12-31'}T15:59:00.000Z` });
  await story.settle();
  const { items } = (await story.as('liang-shan').get<{ items: { id: string }[] }>('/batches')).body;
  const path = `/batches/${items[0]?.id ?? 'missing'}`;
  const batch = await story.read('liang-shan', path);
  await story.command('li-ning', path, 'checkList', { listSha256: batch.context['listSha256'], note: '清单与遴选结果一致。' });
  await story.command('liang-shan', path, 'signOff', { documentNo: `桂数发〔${year}〕58号`, listSha256: batch.context['listSha256'] });
  return path;
}

/** Approval, reward, IRS, milestones, completion, acceptance, the second half, evaluation, case library. */
export async function buildAndPromote(story: Story, path: string): Promise<void> {
  await story.command('wei-lan', path, 'recordProjectApproval', { approvalNo: '南发改数〔2027〕16号', approvedOn: await today(story), totalInvestmentFen: 1_200_000_000 });
  await story.command('wei-lan', path, 'planMilestones', { milestones: [{ name: '交易链在线化', dueOn: '2027-06-30' }, { name: '监管链贯通', dueOn: '2027-10-31' }] });
  await pay(story, path, 240_000_000, 'li-ning', ['pan-hong']);
  await story.command('wei-lan', path, 'registerIrs', { appCode: 'GXIRS-450100-0286', registeredOn: await today(story), resources: [{ resourceKind: 'cloud', name: '自治区政务云' }, { resourceKind: 'data', name: '市场主体登记库' }] });
  await story.moveClock({ advance: 'P150D' });
  await story.command('wei-lan', path, 'completeMilestone', { name: '交易链在线化', completedOn: await today(story) });
  await story.command('wei-lan', path, 'fileStageReport', { period: '2027年上半年', progress: '交易票证数字化上线，日均交易1.2万笔。', percent: 55, costFen: 530_000_000, effect: '追溯覆盖率达到60%。', risks: '冷链数据对接较慢。', completionOn: '2027-11-15' });
  await story.moveClock({ advance: 'P120D' });
  await story.command('wei-lan', path, 'completeMilestone', { name: '监管链贯通', completedOn: await today(story) });
  await story.command('wei-lan', path, 'reportCompletion', { completedOn: await today(story), effect: '八个子场景全部上线，食品安全全程可追溯。' });
  for (const [who, command, args] of acceptanceSteps(await today(story))) await story.command(who, path, command, args);
  await story.command('li-ning', path, 'passAcceptance', { conclusion: '功能与绩效目标全部达到，验收合格。', inspectedOn: await today(story), finalAccountsFen: 1_150_000_000 });
  await payOut(story, path, 110_000_000, 'su-mei');
  const year = Number((await today(story)).slice(0, 4));
  await story.command('wei-lan', path, 'stateIndicators', { indicators: [{ name: '追溯覆盖率', measure: '%', goal: 'atLeast', target: '95', dueOn: `${year}-12-31` }, { name: '单笔交易办理时间', measure: '分钟', goal: 'atMost', target: '3', dueOn: `${year}-12-31` }] });
  await story.command('wei-lan', path, 'reportActuals', { year, actuals: [{ name: '追溯覆盖率', actual: '98.2', evidence: '平台运行年报第3页' }, { name: '单笔交易办理时间', actual: '2.4', evidence: '交易系统日志统计' }] });
  await story.command('li-ning', path, 'recordEvaluation', { year, grade: 'commended', targetMet: true, summary: '降本增效明显，形成可复制模式。', judgements: [{ name: '追溯覆盖率', actual: '98.2', met: true }, { name: '单笔交易办理时间', actual: '2.4', met: true, remark: '抽查属实' }] });
  await story.command('li-ning', path, 'reportToGovernment', { documentNo: '桂数报〔2027〕9号', sentOn: await today(story) });
  await story.command('wei-lan', path, 'submitCaseText', { title: '一云三链：批发市场数智化', background: '批发市场票证不全、追溯难。', practice: '以票证数字化为切口，重塑交易链、监管链、治理链。', effect: '追溯覆盖率98.2%，单笔交易2.4分钟。', experience: '先统一标准，再推广。' });
  await story.command('li-ning', path, 'acceptCase');
  await story.settle();
}

/** The one-off subsidy, the case text, and five yearly checks until the commitment ends. */
export async function subsidiseAndWatch(story: Story, path: string): Promise<void> {
  await pay(story, path, 165_200_000, 'he-ping', ['su-mei']);
  await story.command('qin-hai', path, 'submitCaseText', { title: '喀斯特矿山5G无人驾驶', background: '混编作业、断网自停、低成本改造。', practice: '以数据贯通业务。', effect: '办理时间缩短30%。', experience: '先统一标准，再推广。' });
  await story.command('li-ning', path, 'acceptCase');
  for (let year = 1; year <= 5; year += 1) {
    await story.moveClock({ advance: 'P360D' });
    if ((await story.read('li-ning', path)).state.length > 0 && year < 5) await story.command('li-ning', path, 'recordCommitmentCheck', { kept: true, note: `第${year}年核查：在桂注册纳税，未搬离。`, proofs: [{ proof: 'registrationExtract', reference: '登记机关摘录' }] });
  }
  await story.moveClock({ advance: 'P30D' });
  await story.settle();
}

async function pay(story: Story, path: string, awardFen: number, officer: string, [payer = '']: readonly string[]): Promise<void> {
  await story.command(officer, path, 'proposeAward', { amountFen: awardFen, reason: '按梯度标准和上限核定。' });
  await story.command('liang-shan', path, 'approveAward');
  const { context } = await story.read(officer, path);
  const first = context['funding'] === 'governmentInvestment' ? Math.floor(awardFen / 2) : awardFen;
  await payOut(story, path, first, payer);
}

/** One finance officer orders, the other approves, above half a million yuan the Bureau's leader as well, and the first pays. */
async function payOut(story: Story, path: string, amountFen: number, payer: string): Promise<void> {
  const { unit } = (await story.read(payer, path)).context as { readonly unit: { readonly name: string } };
  await story.command(payer, path, 'orderPayment', { amountFen, payee: unit.name, bank: '广西国库集中支付中心', account: '4501000012345678' });
  await story.command(payer === 'su-mei' ? 'pan-hong' : 'su-mei', path, 'approvePayment');
  if (amountFen > 50_000_000) await story.command('liang-shan', path, 'approvePayment');
  await story.command(payer, path, 'confirmPayment', { amountFen, paidOn: await today(story), voucherNo: `桂财支-${amountFen}`, fundSource: '数字广西建设资金' });
}
