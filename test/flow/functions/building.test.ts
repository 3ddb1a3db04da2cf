import { createHash } from 'node:crypto';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { actAsSystem } from '../../../functions/cases/act.ts';
import { formatYuan } from '../../../shared/money.ts';
import { samplePdf } from '../../fixtures/sample-pdf.ts';
import { acceptanceSteps, opinionsOf, panel } from '../../harness/acceptance-steps.ts';
import { Office } from '../../harness/office.ts';
import { requestOf } from '../../harness/small-cloud.ts';
import { textOf } from '../../unit/documents/word-parts.ts';

const today = '2025-03-03';

interface Building {
  readonly reports: readonly { readonly percent: number; readonly risks?: string }[];
  readonly technologies: readonly { readonly name: string; readonly securityNo?: string; readonly attachment?: string }[];
  readonly documents: readonly { readonly part: string; readonly files: number }[];
  readonly panel: readonly { readonly expert: string; readonly name: string; readonly standing: string }[];
  readonly rounds: readonly { readonly round: number; readonly checks: readonly { readonly check: string; readonly result: string }[]; readonly opinions: readonly { readonly name: string; readonly verdict: string }[]; readonly rectification?: { readonly report?: string } }[];
  readonly ending: { readonly result: string; readonly conclusion: string } | null;
}

let office: Office;
let path: string;

async function published(): Promise<string> {
  const at = await office.toAwaitingBatch();
  const desk = { table: office.cloud.table, policy: 'gx-2025-draft', now: office.cloud.now() };
  await actAsSystem(desk, at.split('/')[2] ?? '', () => true, { command: { type: 'publish', args: { batch: '2025-H1', batchCase: 'batch-2025-H1', number: 'GX-2025-H1-0001' } } });
  await office.cloud.settle();
  return at;
}

async function attach(part: string, at = path): Promise<string> {
  const id = await announce(part, at);
  expect((await office.cloud.send('wei-lan', 'POST', `${at}/attachments/${id}/confirm`)).status).toBe(200);
  return id;
}

/** A file that lies in the bucket and is not confirmed yet. */
async function announce(part: string, at = path): Promise<string> {
  const bytes = samplePdf(`${at} ${part}`);
  const file = { part, name: `${part}.pdf`, type: 'application/pdf', size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
  const { body } = await office.cloud.send<{ attachment: { id: string }; upload: { url: string; headers: Record<string, string> } }>('wei-lan', 'POST', `${at}/attachments`, { body: file, headers: { 'idempotency-key': office.key() } });
  await fetch(body.upload.url, { method: 'PUT', headers: body.upload.headers, body: new Uint8Array(bytes) });
  return body.attachment.id;
}

const building = async (person: string): Promise<Building> => (await office.cloud.send<Building>(person, 'GET', `${path}/building`)).body;
const read = async (person: string) => (await office.cloud.send<{ progress?: Record<string, unknown>; flags: { flag: string }[]; context: Record<string, Record<string, unknown>> }>(person, 'GET', path)).body;
const flags = async (): Promise<string[]> => (await read('li-ning')).flags.map(({ flag }) => flag);
const refusal = async (person: string, command: string, args: object) => {
  const { version } = await office.read('li-ning', path);
  return office.send(person, path, command, args, version);
};

async function file(person: string | undefined, at: string): Promise<{ readonly status: number; readonly bytes: Buffer }> {
  const answer = await office.cloud.raw(requestOf(person, 'GET', at));
  return { status: answer.statusCode ?? 0, bytes: Buffer.from(answer.body ?? '', answer.isBase64Encoded ? 'base64' : 'utf8') };
}

/** The certificate as Word reads it: its text, and what stands in its headers. */
async function certificate(person: string): Promise<{ readonly text: string; readonly draft: boolean }> {
  const { status, bytes } = await file(person, `${path}/documents/acceptance.docx`);
  expect(status).toBe(200);
  const parts = unzipSync(bytes);
  const headers = Object.keys(parts).filter((name) => name.startsWith('word/header')).map((name) => strFromU8(parts[name] ?? new Uint8Array())).join('');
  return { text: textOf(strFromU8(parts['word/document.xml'] ?? new Uint8Array())), draft: headers.includes('草稿') };
}

const result = { conclusion: '建设内容全部完成，指标达到批复要求，验收合格。', inspectedOn: today, finalAccountsFen: 1_150_000_000 };

beforeAll(async () => {
  office = await Office.start();
  path = await published();
}, 60_000);
afterAll(() => office.cloud.stop());

describe('a construction, from its approval to the last result', () => {
  it('R-029, R-038: is followed against approval and first plan; a late forecast warns the Bureau', async () => {
    const attachment = await attach('projectApproval');
    await office.does('wei-lan', path, 'recordProjectApproval', { approvalNo: '南发改数〔2025〕16号', approvedOn: today, totalInvestmentFen: 1_200_000_000, attachment });
    await office.does('wei-lan', path, 'planMilestones', { milestones: [{ name: '上线', dueOn: '2025-06-01' }], completionOn: '2025-07-01' });
    expect(await flags()).toEqual([]);
    await office.does('wei-lan', path, 'fileStageReport', { period: '一季度', progress: '主体完成', percent: 20, costFen: 600_000_000, risks: '对接较慢', completionOn: '2025-09-01', forecasts: [{ name: '上线', expectedOn: '2025-08-01' }] });
    await office.cloud.settle();
    const { progress, context } = await read('li-ning');
    expect(context['approval']).toMatchObject({ no: '南发改数〔2025〕16号', attachment });
    expect(progress).toMatchObject({ budgetFen: 1_200_000_000, costFen: 600_000_000, costPercent: 50, donePercent: 20, baselineOn: '2025-07-01', forecastOn: '2025-09-01', slipDays: 62, milestones: [{ baselineOn: '2025-06-01', forecastOn: '2025-08-01', state: 'open' }] });
    expect(await flags()).toEqual(['milestoneForecastLate', 'completionForecastLate', 'costAheadOfProgress']);
    const { body } = await office.cloud.send<{ items: { kind: string; subject: string }[] }>('li-ning', 'GET', '/notices?limit=100');
    expect(body.items.filter(({ kind }) => kind === 'warning').map(({ subject }) => subject.replace(/^“.*”：/, ''))).toEqual(expect.arrayContaining(['预警：预计竣工日期晚于最初计划，请督促并核实原因']));
  });

  it('names no file that is not its own, uploaded and in force: each such member is said by name', async () => {
    const own = await attach('securityCertificate');
    const foreign = await attach('securityCertificate', await published());
    const technology = (name: string, attachment: string) => ({ name, technologyKind: 'basicSoftware', securityNo: 'AK', attachment });
    const { status, body } = await refusal('wei-lan', 'declareTechnologies', { technologies: [technology('自有', own), technology('他案', foreign), technology('杜撰', 'a-made-up')] });
    expect([status, body]).toMatchObject([422, { rule: 'attachmentIsOfTheCase', detail: '本场景没有这份附件，请先在“附件”中上传，再从列表中选择' }]);
    expect((body as unknown as { errors: { pointer: string }[] }).errors.map(({ pointer }) => pointer)).toEqual(['/technologies/1/attachment', '/technologies/2/attachment']);
    const pending = await announce('otherEvidence');
    expect(await refusal('wei-lan', 'declareTechnologies', { technologies: [technology('未传', pending)] })).toMatchObject({ status: 422, body: { errors: [{ pointer: '/technologies/0/attachment', detail: '这份附件还没有上传完成，请完成上传后再选择' }] } });
  });

  it('R-019, R-020, R-022: names its IRS resources and its technologies with certificates', async () => {
    await office.does('wei-lan', path, 'waiveAward', { reason: '自筹' });
    expect((await refusal('wei-lan', 'registerIrs', { appCode: 'A45', registeredOn: today })).body).toMatchObject({ status: 422, rule: 'resourcesAreNamed' });
    await office.does('wei-lan', path, 'registerIrs', { appCode: 'A45', registeredOn: today, resources: [{ resourceKind: 'cloud', name: '自治区政务云' }] });
    const attachment = await attach('securityCertificate');
    await office.does('wei-lan', path, 'declareTechnologies', { technologies: [{ name: '数据库', technologyKind: 'basicSoftware', securityNo: 'AK2025-018', attachment }, { name: '终端', technologyKind: 'hardware' }] });
    expect(await flags()).toContain('technologyUnproved');
    expect((await building('wei-lan')).technologies).toMatchObject([{ securityNo: 'AK2025-018', attachment }, { name: '终端' }]);
  });

  it('R-030, R-039: is accepted on application, by a panel whose members declare or step back; opinions are the Bureau’s while it inspects', async () => {
    await office.does('wei-lan', path, 'completeMilestone', { name: '上线', completedOn: today });
    await office.does('wei-lan', path, 'reportCompletion', { completedOn: today, effect: '达到预期成效' });
    await attach('completionReport');
    expect((await refusal('wei-lan', 'applyForAcceptance', { achieved: '全部完成' })).body).toMatchObject({ rule: 'completionDocumentsAreThere', figures: { missing: ['finalAccounts'] } });
    await attach('finalAccounts');
    await office.does('wei-lan', path, 'applyForAcceptance', { achieved: '批复的建设内容全部完成。' });
    await office.does('li-ning', path, 'returnAcceptance', { reason: '竣工决算不完整', lacking: ['补充审计报告'] });
    expect(await building('wei-lan')).toMatchObject({ appliedOn: null, rounds: [{ round: 1, returned: { reason: '竣工决算不完整', lacking: ['补充审计报告'] } }, { round: 2, checks: [] }] });
    await office.does('wei-lan', path, 'applyForAcceptance', { achieved: '批复的建设内容全部完成。' });
    await office.does('li-ning', path, 'assignExperts', { experts: ['expert-chen', 'expert-lin', 'expert-xie'], alternates: ['expert-zhou'] });
    await office.does('expert-lin', path, 'recuse', { reason: '参与过监理' });
    for (const expert of ['expert-chen', 'expert-xie', 'expert-zhou']) await office.does(expert, path, 'declareNoConflict', { conflictFree: true });
    await office.does('li-ning', path, 'recordInspection', { check: 'demonstration', result: 'unmet', checkedOn: today, remark: '冷链数据没有联通' });
    await office.does('expert-chen', path, 'giveOpinion', { verdict: 'rectify', comment: '冷链数据须联通', signed: true });
    expect((await refusal('li-ning', 'passAcceptance', result)).body).toMatchObject({ status: 422, rule: 'inspectionIsComplete', figures: { open: ['documents', 'siteVisit'] } });
    expect((await building('li-ning')).panel.map(({ expert, standing }) => [expert, standing])).toEqual([['expert-chen', 'submitted'], ['expert-xie', 'declared'], ['expert-zhou', 'declared'], ['expert-lin', 'recused']]);
    const seen = async (person: string) => (await building(person)).rounds.at(-1)?.opinions.map(({ verdict }) => verdict);
    expect([await seen('li-ning'), await seen('expert-chen'), await seen('wei-lan'), await seen('expert-xie')]).toEqual([['rectify'], ['rectify'], [], []]);
    expect((await read('wei-lan')).context['acceptance']).toMatchObject({ opinions: {} });
    const draft = await certificate('wei-lan');
    expect([draft.draft, draft.text.includes('冷链数据须联通'), draft.text.includes('（尚未作出验收结论）')]).toEqual([true, false, true]);
  });

  it('A-13: is mended once, inspected anew, and then passes with most of the panel', async () => {
    await office.does('li-ning', path, 'orderRectification', { reason: '一项未达要求', demands: ['联通冷链数据'] });
    expect((await building('wei-lan')).rounds[1]?.opinions).toMatchObject([{ verdict: 'rectify' }]);
    await office.does('wei-lan', path, 'reportRectified', { report: '冷链数据已联通' });
    for (const [who, command, args] of acceptanceSteps(today).filter(([, name]) => name === 'recordInspection')) await office.does(who, path, command, args);
    for (const [who, command, args] of opinionsOf(['expert-chen', 'expert-xie'])) await office.does(who, path, command, args);
    expect((await refusal('li-ning', 'passAcceptance', result)).body).toMatchObject({ rule: 'opinionsReachQuorum', figures: { opinions: 2, quorum: 3 } });
    await office.does('expert-zhou', path, 'giveOpinion', { verdict: 'fail', comment: '指标口径不一', signed: true });
    await office.does('li-ning', path, 'passAcceptance', result);
    const { rounds, ending } = await building('wei-lan');
    expect(rounds.map(({ round, opinions, rectification }) => [round, opinions.length, rectification?.report])).toEqual([[1, 0, undefined], [2, 1, '冷链数据已联通'], [3, 3, undefined]]);
    expect(ending).toMatchObject({ result: 'passed', conclusion: result.conclusion });
  });

  it('R-030: has a certificate that says all this, with a code that anybody can check, whatever is done later', async () => {
    const { text, draft } = await certificate('wei-lan');
    expect(draft).toBe(false);
    for (const words of ['数字应用场景验收证书', '南发改数〔2025〕16号', 'AK2025-018', '未说明', '退回验收申请：竣工决算不完整', '补充审计报告', '现场演示', '冷链数据须联通', '指标口径不一', '冷链数据已联通', '合格', formatYuan(1_150_000_000), result.conclusion]) expect(text).toContain(words);
    const code = /核验码：([\w-]+)/.exec(text)?.[1] ?? '';
    await office.does('li-ning', path, 'recordEvaluation', { year: 2025, grade: 'ordinary', targetMet: true, summary: '成效明显' });
    const answer = JSON.parse((await file(undefined, `/verify/${code}`)).bytes.toString()) as Record<string, unknown>;
    expect(answer).toMatchObject({ form: 'acceptance', title: '数字应用场景验收证书', unchanged: true, latest: false });
    expect((await certificate('li-ning')).text).toContain(code);
    expect((await file(undefined, `/verify/${code.slice(0, -1)}${code.endsWith('0') ? '1' : '0'}`)).status).toBe(404);
    const pdf = await file('li-ning', `${path}/documents/acceptance.pdf`);
    expect([pdf.status, pdf.bytes.subarray(0, 5).toString()]).toEqual([200, '%PDF-']);
    expect((await office.cloud.send<{ items: { name: string; draft?: boolean }[] }>('wei-lan', 'GET', `${path}/documents`)).body.items.filter(({ name }) => name.startsWith('acceptance'))).toMatchObject([{ name: 'acceptance.docx', draft: false }, { name: 'acceptance.pdf', draft: false }]);
    for (const stranger of ['qin-hai', 'mo-qiang']) expect((await file(stranger, `${path}/documents/acceptance.pdf`)).status).toBe(404);
  });
});

describe('a construction that fails its acceptance', () => {
  it('R-041: is decided by a leader with the opinions in view, and what was prepaid is asked back', async () => {
    path = await published();
    await office.does('wei-lan', path, 'recordProjectApproval', { approvalNo: '1', approvedOn: today, totalInvestmentFen: 1_200_000_000 });
    expect((await file('wei-lan', `${path}/documents/acceptance.docx`)).status).toBe(404);
    await office.does('li-ning', path, 'proposeAward', { amountFen: 240_000_000, reason: '核定' });
    await office.does('liang-shan', path, 'approveAward');
    await office.pays(path, 120_000_000, today);
    await office.does('wei-lan', path, 'registerIrs', { appCode: 'A46', registeredOn: today, reason: '独立部署' });
    await office.does('wei-lan', path, 'reportCompletion', { completedOn: today, effect: '部分建成' });
    for (const [who, command, args] of acceptanceSteps(today).filter(([, name]) => name !== 'giveOpinion')) await office.does(who, path, command, args);
    for (const [who, command, args] of opinionsOf(panel, 'fail')) await office.does(who, path, command, args);
    expect((await refusal('li-ning', 'passAcceptance', result)).body).toMatchObject({ rule: 'mostOpinionsPass', figures: { opinions: 3, pass: 0 } });
    await office.does('liang-shan', path, 'failAcceptance', { reason: '核心功能没有建成' });
    await office.cloud.settle();
    const { text, draft } = await certificate('wei-lan');
    expect([draft, text.includes('数字应用场景验收意见书'), text.includes('不合格'), text.includes('核心功能没有建成')]).toEqual([false, true, true, true]);
    const { body } = await office.cloud.send<{ context: { cause: string; amountFen: number } }>('li-ning', 'GET', `/recoveries/${path.split('/')[2]}-R1`);
    expect(body.context).toMatchObject({ cause: 'acceptanceFailed', amountFen: 120_000_000 });
  });
});
