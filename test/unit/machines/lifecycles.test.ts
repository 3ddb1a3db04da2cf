import { describe, expect, it } from 'vitest';
import { replay } from '../../../machines/replay.ts';
import { accept, approveProject, award, finishBuilding, intoLibrary, ordered, pay, paying, publish, readyForResult, registerIrs, reportCompletion, socialToPool, toPool } from './steps.ts';
import { government, social, type Story } from './story.ts';

const built = [...toPool, publish, approveProject, ...award(240_000_000), ...paying(120_000_000)];
const building = [...built, ...finishBuilding];

/** What a scenario tells the fund about money of its award that will not be paid any more. */
const releasing = (amountFen: number) => ({ type: 'tellCase', id: 'fund', command: 'returnFunds', args: { scenario: 'GX-2025-0001', line: 'reward', amountFen, because: 'released' } });

/** How many bytes a case's context takes as JSON. */
const size = (story: Story) => Buffer.byteLength(JSON.stringify(story.snapshot.context));

describe('a proposed government scenario', () => {
  it('goes from draft to the case library and is paid in two halves', () => {
    const story = government().all([...building, accept(1_200_000_000), ...paying(120_000_000), ...intoLibrary]);
    expect(story.leaves).toEqual(['inCaseLibrary']);
    expect(story.snapshot.status).toBe('done');
    expect(story.context.paid).toEqual({ advance: 120_000_000, remainder: 120_000_000, oneOff: null });
    const payments = story.decisions.flatMap((decision) => decision.effects).filter((effect) => effect.type === 'recordPayment');
    expect(payments.map((payment) => [payment.kind, payment.amountFen])).toEqual([['advance', 120_000_000], ['remainder', 120_000_000]]);
  });

  it('says in each event of money which article, tier, ceiling, cap and policy it rests on', () => {
    const story = government().all([...toPool, publish, approveProject, ...award(240_000_000)]);
    expect(story.last.event.money).toMatchObject({ article: 'art. 12(2)', tier: 3, percent: 20, ceilingFen: 240_000_000, capFen: 300_000_000, capped: false, nearTier: false, policy: 'gx-2025-draft', basis: 'approved', awardFen: 240_000_000, first: 120_000_000, second: 120_000_000 });
  });

  it('enters three regions at once and routes each on its own', () => {
    const story = government().all([...toPool, publish]);
    expect(story.last.routes).toEqual({ awaitingBatch: { to: 'construction' } });
    expect(Object.keys(story.last.entered)).toEqual(['construction.project.approval', 'construction.funding.awardProposing', 'construction.irs.registering']);
    expect(story.last.tasks.map((task) => [task.slot, task.queue])).toEqual([['project', 'applicant#nanning-logistics'], ['funding', 'bureauOfficer#gx-bureau'], ['irs', 'applicant#nanning-logistics']]);
    story.does(...approveProject);
    expect(story.last.routes).toEqual({ 'construction.project.approval': { to: 'construction.project.building' } });
  });

  it('routes the region that ends last to its final leaf and then to what follows', () => {
    const story = government().all([...built, registerIrs, reportCompletion]);
    expect(story.last.routes).toEqual({ 'construction.project.building': { to: 'construction.project.completed', then: 'acceptance.applying' } });
    expect(Object.keys(story.last.entered)).toEqual(['acceptance.applying']);
  });

  it('routes a region that ends before the others to its final leaf alone', () => {
    const story = government().all([...toPool, publish, registerIrs]);
    expect(story.last.routes).toEqual({ 'construction.irs.registering': { to: 'construction.irs.registered' } });
  });

  it('abandons every open region when it is terminated, and asks the advance back', () => {
    const story = government().all([...toPool, publish, approveProject, ...award(240_000_000), ...paying(120_000_000)]);
    story.does('liang-shan', 'terminate', { reason: '项目取消' });
    expect(story.last.routes).toEqual({
      'construction.project.building': { to: 'terminated', abandoned: true },
      'construction.irs.registering': { to: 'terminated', abandoned: true },
    });
    expect(story.last.effects).toMatchObject([{ type: 'openCase', lifecycle: 'recovery', id: 'GX-2025-0001-R1', input: { cause: 'terminated', line: 'reward', amountFen: 120_000_000, mandatory: true } }, releasing(120_000_000)]);
  });

  it('gets less for the second half when the final accounts are lower, and never more than the award', () => {
    const lower = government().all([...building, accept(900_000_000)]);
    expect(lower.last.event.money).toMatchObject({ basis: 'finalAccounts', ceilingFen: 135_000_000, settledFen: 135_000_000 });
    expect(lower.refused('pan-hong', 'confirmPayment', pay(120_000_000)[2])).toMatchObject({ rule: 'amountIsTheRemainder', figures: { dueFen: 15_000_000 } });
    const higher = government().all([...building, accept(2_000_000_000), ...ordered(120_000_000)]);
    expect(higher.ask('pan-hong', 'confirmPayment', pay(120_000_000)[2]).ok).toBe(true);
  });

  it('pays back what the final accounts leave without ground', () => {
    const story = government().all([...building, accept(400_000_000)]);
    expect(story.leaves).toEqual(['evaluation.evaluating']);
    expect(story.last.effects).toMatchObject([{ type: 'openCase', input: { cause: 'finalAccounts', amountFen: 80_000_000 } }, releasing(120_000_000)]);
  });

  it('may rectify once before acceptance fails, and a failure asks the advance back', () => {
    const rectify = { reason: '数据未联通', demands: ['接口'] };
    const story = government().all([...building, ['li-ning', 'orderRectification', rectify], ['wei-lan', 'reportRectified', { report: '已联通' }]]);
    expect(story.refused('li-ning', 'orderRectification', rectify)).toMatchObject({ rule: 'rectificationIsAllowed', figures: { used: 1, allowed: 1 } });
    story.does('liang-shan', 'failAcceptance', { reason: '仍不合格' });
    expect(story.leaves).toEqual(['acceptanceFailed']);
    expect(story.last.effects).toMatchObject([{ type: 'openCase', input: { cause: 'acceptanceFailed', amountFen: 120_000_000, mandatory: true } }, releasing(120_000_000)]);
  });

  it('asks the reward back when the performance target is missed; after full payment the Bureau decides', () => {
    const story = government().all([...building, accept(1_200_000_000), ...paying(120_000_000), ['li-ning', 'recordEvaluation', { year: 2025, grade: 'criticised', targetMet: false, summary: '未达目标' }]]);
    expect(story.last.effects).toMatchObject([{ type: 'openCase', input: { cause: 'targetMissed', amountFen: 240_000_000, mandatory: false } }]);
    story.does('li-ning', 'reportToGovernment', { documentNo: '桂数报〔2026〕4号', sentOn: '2025-03-10' }).does('wei-lan', 'submitCaseText', { title: 't', background: 't', practice: '以数据贯通业务。', effect: '办理时间缩短30%。', experience: '先统一标准，再推广。' });
    expect(story.refused('li-ning', 'acceptCase').rule).toBe('effectIsShown');
  });
});

describe('a built government scenario', () => {
  it('skips construction, needs IRS, and gets both halves after acceptance', () => {
    const story = government({ stage: 'built' }).all([...toPool, publish]);
    expect(story.leaves).toEqual(['irsRegistration']);
    story.all([registerIrs, ...readyForResult, accept(1_200_000_000), ...award(200_000_001), ...paying(100_000_000), ...paying(100_000_001), ...intoLibrary]);
    expect(story.leaves).toEqual(['inCaseLibrary']);
    expect(story.context.paid).toEqual({ advance: 100_000_000, remainder: 100_000_001, oneOff: null });
  });
});

describe('a social scenario', () => {
  const supported = [...socialToPool, publish];
  const subsidy = [...award(165_200_000), ...paying(165_200_000)];
  const caseText = [['qin-hai', 'submitCaseText', { title: '无人驾驶', background: '经验', practice: '以数据贯通业务。', effect: '办理时间缩短30%。', experience: '先统一标准，再推广。' }], ['li-ning', 'acceptCase', {}]] as const;

  it('is paid once, enters the library and closes when five years are over', () => {
    const story = social().all([...supported, ...subsidy, ...caseText]);
    expect(story.context.commitmentUntil).toBe('2030-03-10');
    story.at('2030-03-09T15:59:00.000Z').does('system', 'deadlinePassed', { leaf: 'support.commitment.watching' });
    expect(story.leaves).toEqual(['support.commitment.watching']);
    story.at('2030-03-10T15:59:59.999Z').does('system', 'deadlinePassed', { leaf: 'support.commitment.watching' });
    expect(story.last.routes).toEqual({ 'support.commitment.watching': { to: 'support.commitment.kept', then: 'archiving' } });
    story.does('system', 'finishArchive', { key: 'cases/x.json', sha256: 'b'.repeat(64) });
    expect(story.leaves).toEqual(['closed']);
  });

  it('R-072, A-17: checks the commitment every year counted from payment, once a year, and each check begins the wait again', () => {
    const story = social().all([...supported, ...subsidy]);
    expect([story.last.routes['support.commitment.watching'], story.context.due['support.commitment.watching']]).toEqual([undefined, '2026-03-10T15:59:59.999Z']);
    story.at('2026-03-01T02:00:00.000Z').does('li-ning', 'recordCommitmentCheck', { kept: true, note: '仍在广西', proofs: [{ proof: 'registrationExtract', reference: '登记机关摘录' }] });
    expect(story.last.routes).toEqual({ 'support.commitment.watching': { to: 'support.commitment.watching' } });
    expect(story.last.entered).toEqual({ 'support.commitment.watching': '2027-03-10T15:59:59.999Z' });
    expect(story.refused('li-ning', 'recordCommitmentCheck', { kept: true, note: '再查', proofs: [{ proof: 'registrationExtract', reference: '登记机关摘录' }] })).toMatchObject({ rule: 'checkOfTheYearIsOpen', figures: { checks: 1 } });
    story.at('2029-12-01T02:00:00.000Z').does('li-ning', 'recordCommitmentCheck', { kept: true, note: '仍在广西', proofs: [{ proof: 'registrationExtract', reference: '登记机关摘录' }] });
    expect(story.last.entered).toEqual({ 'support.commitment.watching': '2030-03-10T15:59:59.999Z' });
  });

  it('records a breach of the commitment and opens a case that the Bureau decides', () => {
    const story = social().all([...supported, ...subsidy]).does('li-ning', 'recordBreach', { reason: '已迁出', foundOn: '2025-03-10' });
    expect(story.last.effects).toMatchObject([{ type: 'openCase', input: { cause: 'commitmentBroken', amountFen: 165_200_000, mandatory: false } }]);
  });

  it('is void at any time when its materials are untrue, and the whole subsidy is asked back', () => {
    const story = social().all([...supported, ...subsidy]).does('liang-shan', 'void', { reason: '材料不实' });
    expect(story.leaves).toEqual(['voided']);
    expect(story.last.effects).toMatchObject([{ type: 'openCase', input: { cause: 'voided', amountFen: 165_200_000, mandatory: true } }]);
  });

  it('may waive the subsidy and is then released from the commitment', () => {
    const story = social().all([...supported, ['qin-hai', 'waiveAward', { reason: '不申请' }], ...caseText, ['li-ning', 'releaseCommitment', { reason: '未领取补助' }]]);
    expect(story.leaves).toEqual(['archiving']);
  });
});

describe('a case', () => {
  it('can be told again from its events alone', () => {
    const story = government().all([...building, accept(1_200_000_000), ...paying(120_000_000), ...intoLibrary]);
    expect(replay('governmentInvestment', story.events)).toEqual({ ok: true, snapshot: story.snapshot });
    const forged = story.events.map((event, i) => (i === 23 ? { ...event, command: 'publish' } : event));
    expect(replay('governmentInvestment', forged).ok).toBe(false);
  });

  it('keeps a small context', () => {
    const stories = [government().all([...built, registerIrs, reportCompletion]), government().all(toPool), social().all([...socialToPool, publish])];
    expect(Math.max(...stories.map(size))).toBeLessThan(1900);
    expect(size(government().all(building))).toBeLessThan(2600);
  });
});
