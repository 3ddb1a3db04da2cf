import type { Page } from 'playwright-core';
import { fileGovernment, fileSocial, publishHalfYear, select, today } from '../demo/chapters.ts';
import { addDays } from '../../shared/days.ts';
import { governmentFormFixture, socialFormFixture } from '../fixtures/forms.ts';
import { acceptanceSteps, opinionsOf } from '../harness/acceptance-steps.ts';
import { accepted } from '../demo/story.ts';
import type { TestConsole } from './console.ts';

/** A picture: its name, who looks, and at what; `before` is done on the page first. */
export interface Picture {
  readonly name: string;
  readonly person?: string;
  readonly path: string;
  readonly before?: (page: Page) => Promise<unknown>;
}

/** The cases that pages are shown of. */
export interface Cases {
  readonly draft: string;
  readonly returned: string;
  readonly filed: string;
  /** A filing that came back and was sent again. */
  readonly corrected: string;
  readonly social: string;
  /** A draft of an enterprise without attachments. */
  readonly gaps: string;
  readonly batch: string;
  /** A rehearsal of the next publication. */
  readonly rehearsal: string;
  /** A published scenario whose first half is paid. */
  readonly paid: string;
  /** A scenario whose acceptance is under way, with a rectification behind it. */
  readonly accepting: string;
  /** A list of annex 1 that is being gathered. */
  readonly list: string;
}

/** No cases: for the names of the pictures alone. */
export const noCases: Cases = { draft: '', returned: '', filed: '', corrected: '', gaps: '', social: '', batch: '', list: '', rehearsal: '', paid: '', accepting: '' };

/** Fills a cloud with cases in many states; moves its clock to the end of the half-year. */
export async function fillCloud({ story }: TestConsole): Promise<Cases> {
  const draft = await story.open('wei-lan', 'governmentInvestment', { system: { name: '邕江水上物流调度', stage: 'proposed', nonSecret: true, division: '450100' } });
  const social = await fileSocial(story);
  await select(story, social, false);
  const paid = await fileOther(story);
  await select(story, paid, true);
  const accepting = await fileOther(story, '桂江水质智能监测');
  await select(story, accepting, true);
  accepted(await story.as('li-ning').post('/selection-meetings', meetingOn(await today(story), [paid, accepting])), 'li-ning records a meeting');
  const batch = await publishHalfYear(story);
  await award(story, paid);
  await build(story, paid);
  await inspect(story, accepting);
  await story.command('qin-hai', social, 'submitCaseText', { title: '喀斯特矿山5G无人驾驶', background: '矿区无网络、混编作业多。', practice: '断网自停、低成本改造。', effect: '运输效率提高30%。', experience: '先封闭区域试行，再混编作业。' });
  await story.command('li-ning', social, 'acceptCase');
  await story.settle();
  accepted(await story.as('meng-jie').post('/scenarios', { lifecycle: 'socialInvestment', from: { kind: 'replication', case: social.slice(11) } }), 'meng-jie replicates');
  await correctList(story, batch.id, paid.slice(11));
  const returned = `/scenarios/${await story.open('wei-lan', 'governmentInvestment', governmentFormFixture({ name: '果蔬冷链一体监管' }))}`;
  await story.command('wei-lan', returned, 'submit', { handler: 'nanning-data' });
  await story.command('lu-fang', returned, 'returnForCorrection', { reason: '两处请补充。', items: [{ pointer: '/annex1/demandContent', reason: '需求子项没有写清监管对象' }, { pointer: '/system/irsResources', reason: '请列出拟利用的电子证照服务' }] });
  const filed = await fileGovernment(story);
  return { draft, returned: returned.slice(11), filed: filed.slice(11), corrected: await correct(story), paid: paid.slice(11), accepting: accepting.slice(11), gaps: await story.open('qin-hai', 'socialInvestment', socialFormFixture({ name: '石材加工粉尘在线监测' })), social: social.slice(11), batch: batch.id, list: await gather(story), rehearsal: await rehearseTwice(story) };
}

/** A meeting of a day about some scenarios. */
function meetingOn(heldOn: string, paths: readonly string[]): object {
  return {
    heldOn, place: '自治区数据局三楼会议室', chair: '梁山', recorder: '李宁', absent: '谭军（因公出差）', discussion: '与会人员认为两个场景需求真实、示范性强，同意入选。',
    attendees: [{ name: '梁山', unit: '自治区数据局', duty: '负责人' }, { name: '李宁', unit: '自治区数据局' }, { name: '农敏', unit: '自治区市场监管局' }], scenarios: paths.map((path) => path.slice(11)),
  };
}

/** Rehearses the next list twice, so that the later one has something to compare with; hands over between two colleagues, too. */
async function rehearseTwice(story: TestConsole['story']): Promise<string> {
  await story.settle();
  const rehearse = async () => accepted(await story.as('li-ning').post<{ id: string }>('/rehearsals', {}), 'li-ning rehearses').id;
  await rehearse();
  const day = await today(story);
  accepted(await story.as('li-ning').post('/stand-ins', { to: 'he-ping', from: day, until: addDays(day, 5), reason: '赴柳州调研' }), 'li-ning hands over');
  return rehearse();
}

/** Publishes a second edition of a list, in which one scenario has another name. */
async function correctList(story: TestConsole['story'], batch: string, scenario: string): Promise<void> {
  const run = accepted(await story.as('li-ning').post<{ id: string }>(`/batches/${batch}/corrections`, { reason: '场景名称有误', changes: [{ scenario, change: 'amend', name: '邕城智慧停车一张网' }] }), 'li-ning corrects').id;
  await story.settle();
  const { listSha256 } = (await story.read('he-ping', `/batches/${run}`)).context;
  await story.command('he-ping', `/batches/${run}`, 'checkList', { listSha256, note: '已核对。' });
  await story.command('liang-shan', `/batches/${run}`, 'signOff', { documentNo: '桂数发〔2026〕66号', listSha256 });
  await story.settle();
}

/** Files another government scenario, through Nanning to the Bureau. */
async function fileOther(story: TestConsole['story'], name = '邕城智慧停车'): Promise<string> {
  const path = `/scenarios/${await story.open('wei-lan', 'governmentInvestment', governmentFormFixture({ name }))}`;
  await story.command('wei-lan', path, 'submit', { handler: 'nanning-data' });
  await story.command('lu-fang', path, 'aggregate', { opinion: '需求真实，同意汇总报送。', sealed: true });
  await story.command('lu-fang', path, 'submitToBureau');
  await story.settle();
  return path;
}

/** Approval, award and the first half of it, up to the voucher. */
async function award(story: TestConsole['story'], path: string): Promise<void> {
  await story.command('wei-lan', path, 'recordProjectApproval', { approvalNo: '南发改数〔2026〕16号', approvedOn: await today(story), totalInvestmentFen: 1_200_000_000 });
  await story.command('li-ning', path, 'proposeAward', { amountFen: 240_000_000, reason: '按梯度标准和上限核定。' });
  await story.command('liang-shan', path, 'approveAward');
  await story.command('pan-hong', path, 'orderPayment', { amountFen: 120_000_000, payee: '南宁市农产品流通服务中心', bank: '广西国库集中支付中心', account: '4501000012345678' });
  await story.command('su-mei', path, 'approvePayment');
  await story.command('liang-shan', path, 'approvePayment');
  await story.command('pan-hong', path, 'confirmPayment', { amountFen: 120_000_000, paidOn: await today(story), voucherNo: '桂财支-0001', fundSource: '数字广西建设资金' });
}

/** A plan that slips: a report moves what is expected behind what was planned, and money runs ahead of the work. */
async function build(story: TestConsole['story'], path: string): Promise<void> {
  const day = await today(story);
  await story.command('wei-lan', path, 'planMilestones', { milestones: [{ name: '车位感知网络建成', dueOn: addDays(day, -3) }, { name: '平台上线试运行', dueOn: addDays(day, 120) }, { name: '初步验收', dueOn: addDays(day, 200) }], completionOn: addDays(day, 220) });
  await story.command('wei-lan', path, 'fileStageReport', { period: '2027年一季度', progress: '感知设备到货安装，平台完成主体开发。', percent: 35, costFen: 730_000_000, effect: '接入公共车位6200个。', risks: '部分路段电力接入未批复，可能影响感知网络建成。', completionOn: addDays(day, 260), forecasts: [{ name: '平台上线试运行', expectedOn: addDays(day, 165) }] });
  await story.command('wei-lan', path, 'declareTechnologies', { technologies: [{ name: '分布式数据库', technologyKind: 'basicSoftware', supplier: '某数据库公司', securityNo: 'AK2026-0182', xinchuangNo: 'XC-2026-77' }, { name: '车位感知终端', technologyKind: 'hardware', supplier: '某物联网公司', reason: '物联网终端尚无对应测评目录，已做渗透测试。' }, { name: '短信网关', technologyKind: 'cloudService' }] });
}

/** An acceptance in its second round: one item was mended, two of three experts have signed. */
async function inspect(story: TestConsole['story'], path: string): Promise<void> {
  const day = await today(story);
  await story.command('wei-lan', path, 'recordProjectApproval', { approvalNo: '南发改数〔2026〕31号', approvedOn: day, totalInvestmentFen: 860_000_000 });
  await story.command('wei-lan', path, 'waiveAward', { reason: '本级财政全额安排' });
  await story.command('wei-lan', path, 'registerIrs', { appCode: 'GXIRS-450100-0301', registeredOn: day, resources: [{ resourceKind: 'cloud', name: '自治区政务云' }, { resourceKind: 'data', name: '水文监测数据' }] });
  await story.command('wei-lan', path, 'reportCompletion', { completedOn: day, effect: '监测断面全覆盖。' });
  const steps = acceptanceSteps(day);
  for (const [who, command, args] of steps.filter(([, command]) => command !== 'giveOpinion')) await story.command(who, path, command, args);
  await story.command('expert-chen', path, 'giveOpinion', { verdict: 'rectify', comment: '预警短信送达率只有82%，低于批复指标，请整改后复验。', signed: true });
  await story.command('li-ning', path, 'orderRectification', { reason: '一项指标未达批复要求', demands: ['预警短信送达率达到95%'] });
  await story.command('wei-lan', path, 'reportRectified', { report: '更换短信通道，连续两周送达率96.4%。' });
  for (const [who, command, args] of steps.filter(([, command]) => command === 'recordInspection')) await story.command(who, path, command, args);
  for (const [who, command, args] of opinionsOf(['expert-chen', 'expert-zhou'])) await story.command(who, path, command, args);
}

async function gather(story: TestConsole['story']): Promise<string> {
  const { id } = accepted(await story.as('lu-fang').post<{ id: string }>('/lists', { title: '2026年下半年南宁市多跨数字应用场景清单' }), 'lu-fang opens a list');
  const row = (name: string) => { const { seqNo: _place, ...content } = governmentFormFixture({ name }).annex1 as Record<string, unknown>; return { ...content, applicationName: name, demandName: `${name}需求` }; };
  await story.command('lu-fang', `/lists/${id}`, 'proposeRows', { rows: ['数智大市场', '邕江水上物流调度', '果蔬冷链一体监管'].map(row) });
  return id;
}

async function correct(story: TestConsole['story']): Promise<string> {
  const form = governmentFormFixture({ name: '港口危化品联合监管' });
  const id = await story.open('wei-lan', 'governmentInvestment', form);
  const path = `/scenarios/${id}`;
  await story.command('wei-lan', path, 'submit', { handler: 'nanning-data' });
  await story.command('lu-fang', path, 'returnForCorrection', { reason: '请补充后再报。', items: [{ pointer: '/annex1/demandContent', reason: '没有写清监管对象' }, { pointer: '/annex1/architecture', reason: '缺少与部门系统的关系' }] });
  await story.command('huang-yu', path, 'saveForm', { form: { ...form, annex1: { ...form.annex1, demandContent: `${form.annex1.demandContent}监管对象为港区危化品仓储与运输企业。` } } });
  await story.command('wei-lan', path, 'submit', { handler: 'nanning-data' });
  return id;
}

/** Every page of the console in the states that are worth a look. */
export function pictures({ draft, returned, filed, corrected, gaps, social, batch, list, rehearsal, paid, accepting }: Cases): readonly Picture[] {
  return [
    { name: 'sign-in', path: '/' },
    { name: 'chooser', path: '/', before: (page) => page.locator('main').getByRole('button', { name: '登录' }).click().then(() => page.locator('button[value="wei-lan"]').waitFor()) },
    { name: 'todo-applicant', person: 'wei-lan', path: '/' },
    { name: 'todo-done', person: 'lu-fang', path: '/done' },
    { name: 'mine', person: 'wei-lan', path: '/mine' },
    { name: 'todo-empty', person: 'expert-chen', path: '/' },
    { name: 'todo-bureau', person: 'li-ning', path: '/' },
    { name: 'list', person: 'li-ning', path: '/scenarios' },
    { name: 'list-batches', person: 'liang-shan', path: '/batches' },
    { name: 'case-summary', person: 'li-ning', path: `/scenarios/${filed}` },
    { name: 'case-returned', person: 'wei-lan', path: `/scenarios/${returned}` },
    { name: 'case-review', person: 'lu-fang', path: `/scenarios/${corrected}/review` },
    { name: 'case-review-bureau', person: 'li-ning', path: `/scenarios/${filed}/review` },
    { name: 'case-revisions', person: 'wei-lan', path: `/scenarios/${corrected}/revisions` },
    { name: 'case-form-returned', person: 'wei-lan', path: `/scenarios/${returned}/form` },
    { name: 'case-form', person: 'mo-qiang', path: `/scenarios/${social}/form` },
    { name: 'case-files', person: 'qin-hai', path: `/scenarios/${social}/files` },
    { name: 'panel-officer', person: 'li-ning', path: `/scenarios/${social}/panel` },
    { name: 'notices', person: 'wei-lan', path: '/notices' },
    { name: 'building-officer', person: 'li-ning', path: `/scenarios/${paid}/building`, before: (page) => page.getByRole('heading', { name: '里程碑' }).waitFor() },
    { name: 'building-warnings', person: 'li-ning', path: `/scenarios/${paid}` },
    { name: 'building-report', person: 'wei-lan', path: `/scenarios/${paid}/act?do=fileStageReport`, before: (page) => page.getByRole('button', { name: '确认报送阶段报告' }).waitFor() },
    { name: 'building-technologies', person: 'wei-lan', path: `/scenarios/${paid}/act?do=declareTechnologies`, before: (page) => page.getByRole('button', { name: '再加一项' }).waitFor() },
    { name: 'building-acceptance', person: 'li-ning', path: `/scenarios/${accepting}/building`, before: (page) => page.getByRole('heading', { name: '验收证书' }).waitFor() },
    { name: 'building-acceptance-unit', person: 'wei-lan', path: `/scenarios/${accepting}/building`, before: (page) => page.getByRole('heading', { name: '验收证书' }).waitFor() },
    { name: 'building-opinion', person: 'expert-wu', path: `/scenarios/${accepting}/act?do=giveOpinion`, before: (page) => page.getByRole('button', { name: '确认签署验收意见' }).waitFor() },
    { name: 'copy-own', person: 'wei-lan', path: '/filing/copy?kind=refiling' },
    { name: 'copy-chosen', person: 'wei-lan', path: `/filing/copy?kind=refiling&case=${returned}` },
    { name: 'unit-profile', person: 'wei-lan', path: '/unit-profile' },
    { name: 'copy-library', person: 'wei-lan', path: '/filing/copy?kind=replication' },
    { name: 'rehearsals', person: 'li-ning', path: '/rehearsals' },
    { name: 'rehearsal-blocked', person: 'li-ning', path: `/rehearsals/${rehearsal}`, before: (page) => page.getByRole('heading', { name: '为什么不能列入' }).waitFor() },
    { name: 'rehearsal-list', person: 'liang-shan', path: `/rehearsals/${rehearsal}?show=list` },
    { name: 'rehearsal-difference', person: 'long-fei', path: `/rehearsals/${rehearsal}?show=difference` },
    { name: 'correct', person: 'li-ning', path: `/batches/${batch}/correct`, before: (page) => page.getByLabel('更名').first().check() },
    { name: 'money-balance', person: 'pan-hong', path: '/money' },
    { name: 'money-waiting', person: 'pan-hong', path: '/money?show=waiting' },
    { name: 'money-disbursements', person: 'pan-hong', path: '/money?show=disbursements' },
    { name: 'money-journal', person: 'li-ning', path: '/money?show=journal' },
    { name: 'case-money', person: 'li-ning', path: `/scenarios/${paid}/money` },
    { name: 'stand-ins', person: 'li-ning', path: '/stand-ins' },
    { name: 'stand-ins-ask', person: 'li-ning', path: '/stand-ins', before: (page) => page.getByRole('button', { name: '撤销' }).click().then(() => page.getByRole('dialog').waitFor()) },
    { name: 'stand-ins-acting', person: 'he-ping', path: '/stand-ins', before: (page) => page.getByRole('button', { name: '代李宁办理' }).click().then(() => page.getByRole('banner').getByText('正在代李宁办理').waitFor()) },
    { name: 'evaluations', person: 'liang-shan', path: '/evaluations?year=2026' },
    { name: 'reuse', person: 'liang-shan', path: '/reuse', before: (page) => page.getByRole('table').waitFor() },
    { name: 'what-if', person: 'liang-shan', path: '/what-if' },
    { name: 'what-if-result', person: 'liang-shan', path: '/what-if?changes=%7B%22capFen%22%3A100000000%2C%22passLine%22%3A90%7D', before: (page) => page.getByRole('heading', { name: '推演结果' }).waitFor() },
    { name: 'search', path: '/search' },
    { name: 'list-rows', person: 'lu-fang', path: `/lists/${list}/rows`, before: (page) => page.locator('[data-cell="1-3"]').waitFor() },
    { name: 'lists', person: 'lu-fang', path: '/lists' },
    { name: 'compare', person: 'li-ning', path: `/compare?ids=${filed},${social}` },
    { name: 'bulk', person: 'li-ning', path: `/bulk?ids=${filed}`, before: (page) => page.getByLabel('事项').selectOption({ label: '通过形式审查' }) },
    { name: 'accounts', person: 'huang-yu', path: '/accounts', before: (page) => page.getByRole('button', { name: /停用账号/ }).first().waitFor() },
    { name: 'accounts-superior', person: 'lu-fang', path: '/accounts?org=nanning-logistics', before: (page) => page.getByRole('button', { name: /停用账号/ }).first().waitFor() },
    { name: 'meetings', person: 'liang-shan', path: '/meetings', before: (page) => page.getByRole('table').waitFor() },
    { name: 'meetings-new', person: 'li-ning', path: `/meetings?ids=${paid},${accepting}`, before: (page) => page.getByRole('button', { name: '登记会议' }).click().then(() => page.getByRole('alert').waitFor()) },
    { name: 'case-events', person: 'li-ning', path: `/scenarios/${social}/events` },
    { name: 'case-chart', person: 'li-ning', path: `/scenarios/${social}/chart` },
    { name: 'case-act', person: 'li-ning', path: `/scenarios/${filed}/act` },
    { name: 'case-act-form', person: 'li-ning', path: `/scenarios/${filed}/act?do=returnForCorrection` },
    { name: 'case-act-money', person: 'li-ning', path: `/scenarios/${social}/act?do=proposeAward`, before: (page) => page.getByLabel('金额', { exact: true }).fill('160.5') },
    { name: 'case-forbidden', person: 'meng-jie', path: `/scenarios/${filed}` },
    { name: 'batch', person: 'liang-shan', path: `/batches/${batch}` },
    { name: 'filing-new', person: 'meng-jie', path: '/filing/new', before: (page) => page.getByRole('group', { name: '是否涉及国家秘密' }).getByLabel('是').check() },
    { name: 'filing-tasks', person: 'wei-lan', path: `/filing/${draft}` },
    { name: 'filing-question', person: 'wei-lan', path: `/filing/${draft}/demand`, before: (page) => page.getByLabel('4 需求内容').fill('水上物流调度环节多、信息不共享。') },
    { name: 'filing-errors', person: 'wei-lan', path: `/filing/${draft}/reform`, before: (page) => page.getByRole('button', { name: '保存并继续' }).click() },
    { name: 'filing-returned', person: 'wei-lan', path: `/filing/${returned}/demand` },
    { name: 'filing-files', person: 'qin-hai', path: `/scenarios/${social}/files` },
    { name: 'filing-check', person: 'wei-lan', path: `/filing/${draft}/check` },
    { name: 'filing-check-social', person: 'qin-hai', path: `/filing/${gaps}/check`, before: (page) => page.getByRole('heading', { name: /必须补正/ }).waitFor() },
    { name: 'filing-conflict', person: 'huang-yu', path: `/filing/${draft}/application`, before: (page) => meet(page) },
    { name: 'file-preview', person: 'qin-hai', path: `/scenarios/${social}/files`, before: (page) => page.getByRole('button', { name: /^预览/ }).first().click().then(() => page.getByRole('dialog').getByText('关闭预览').waitFor()) },
    { name: 'filing-submit', person: 'wei-lan', path: `/filing/${returned}/check`, before: (page) => page.getByRole('button', { name: '确认提交申报' }).waitFor() },
    { name: 'published', path: '/published' },
    { name: 'published-batch', path: '/published/2026-H2' },
    { name: 'verify', path: '/verify/GX-0000-0000', before: (page) => page.getByRole('alert').waitFor() },
    { name: 'rules', path: '/rules' },
    { name: 'dark-large', person: 'wei-lan', path: `/filing/${draft}/scenario`, before: async (page) => { await page.getByRole('button', { name: '深色' }).click(); await page.getByRole('button', { name: '大字' }).click(); } },
    { name: 'missing', path: '/nothing/here' },
  ];
}

/** Has a colleague save the same field meanwhile; what is typed here meets it. */
async function meet(page: Page): Promise<void> {
  await page.getByLabel('8 基本架构').fill('一个调度平台，船端、港端两类应用。');
  await page.getByText(/已保存 \d\d:\d\d/).waitFor();
  await page.route('**/commands/saveForm', (route) => route.continue({ headers: { ...route.request().headers(), 'if-match': '"1"' } }));
  await page.getByLabel('8 基本架构').fill('一个调度平台，船端、港端、货主三类应用。');
  await page.getByText('同时修改了同样的内容').waitFor();
}

/** Opens a picture's page in a window; the caller closes its context. */
export async function openPicture(of: TestConsole, { person, path, before }: Picture, options: { viewport: { width: number; height: number }; colorScheme?: 'dark' }): Promise<Page> {
  const page = person ? await of.as(person, path, options) : await of.browser.window(options);
  if (!person) await page.goto(of.at(path));
  await page.locator('h1').first().waitFor();
  await before?.(page);
  await page.waitForLoadState('networkidle');
  // On a busy machine a page has asked for everything before it shows it.
  await page.waitForFunction(() => document.querySelector('.ant-skeleton') === null);
  return page;
}

/** The two widths at which pages are looked at. */
export const widths = { wide: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const;
