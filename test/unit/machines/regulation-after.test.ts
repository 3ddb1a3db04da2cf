import { describe, expect, it } from 'vitest';
import { commandArgs } from '../../../shared/contracts/commands.ts';
import { parse } from '../../../shared/contracts/parse.ts';
import type { LifecycleName } from '../../../machines/decision.ts';
import { flagsOf } from '../../../machines/flags.ts';
import { graphOf } from '../../../machines/derive/graph.ts';
import { lifecycles } from '../../../machines/lifecycles.ts';
import { offers } from '../../../machines/offers.ts';
import { replay } from '../../../machines/replay.ts';
import { accept, approveProject, award, evidence, finishBuilding, governmentFiling, intoLibrary, ordered, pay, paying, publish, registerIrs, reportCompletion, review, socialFiling, socialToPool, toPool } from './steps.ts';
import { government, opened, policy, social, type Step, type Story } from './story.ts';

const building = [...toPool, publish];
const advanced = [...building, approveProject, ...award(240_000_000), ...paying(120_000_000)];
const built = [...advanced, ...finishBuilding];
const accepted = [...built, accept(1_200_000_000)];
const paid = [...accepted, ...paying(120_000_000)];
const subsidised = [...socialToPool, publish, ...award(165_200_000), ...paying(165_200_000)];
const flags = (story: Story) => flagsOf(story.snapshot, story.now, policy).map((flag) => flag.flag);
const recovery = (story: Story) => story.last.effects.find((effect) => effect.type === 'openCase');
const evaluate = (grade: string, targetMet = true, year = 2025): Step => ['li-ning', 'recordEvaluation', { year, grade, targetMet, summary: '评估' }];
const reportOn = (sentOn: string): Step => ['li-ning', 'reportToGovernment', { documentNo: '1', sentOn }];
const report = reportOn('2025-03-10');
const note = (id: string, recoveredFen: number, closed: boolean): Step => ['system', 'noteRecovery', { recovery: id, recoveredFen, closed }];
const commandsOf = (lifecycle: LifecycleName) => new Set(graphOf(lifecycle, '0.1.0', lifecycles[lifecycle].machine).edges.map((edge) => edge.command));

describe('supervision', () => {
  it('R-011, R-012: supervisors see an open finding on the case, and it blocks acceptance until they close it', () => {
    const story = government().all(built).does('long-fei', 'recordFinding', { finding: 'F1', reason: '弱口令' });
    expect([flags(story), story.refused(...accept(1_200_000_000)).rule]).toEqual([['findingOpen'], 'noFindingIsOpen']);
    for (const who of ['wei-lan', 'li-ning', 'liang-shan']) expect(story.refused(who, 'resolveFinding', { finding: 'F1', reason: '好了' }).problem).toBe('not-allowed');
    expect(story.does('long-fei', 'resolveFinding', { finding: 'F1', reason: '已整改' }).ask(...accept(1_200_000_000)).ok).toBe(true);
  });
  it('R-011, R-012, R-064: a severe finding blocks every payment until the office that found it closes it', () => {
    const payment: Step = ['pan-hong', 'confirmPayment', { amountFen: 120_000_000, paidOn: '2025-03-10', voucherNo: '1', fundSource: '数字广西建设资金' }];
    const story = government().all(advanced.slice(0, -1));
    expect(story.ask(...payment).ok).toBe(true);
    story.does('ou-lin', 'recordFinding', { finding: 'S1', severity: 'severe', reason: '虚列支出' });
    expect(story.refused(...payment)).toMatchObject({ problem: 'rule-refused', rule: 'noSevereFindingIsOpen', figures: { findings: ['S1'] } });
    expect(story.refused('long-fei', 'resolveFinding', { finding: 'S1', reason: '已整改' }).rule).toBe('findingIsOwn');
    expect(story.does('zhong-an', 'recordFinding', { finding: 'O1', severity: 'ordinary', reason: '日志不全' }).does('ou-lin', 'resolveFinding', { finding: 'S1', reason: '已整改' }).ask(...payment).ok).toBe(true);
  });
  it('R-064: whoever received money stays under supervision in both classes', () => {
    for (const story of [government().all(paid), social().all(subsidised)]) expect(story.ask('long-fei', 'recordFinding', { finding: 'F1', reason: '核查' }).ok).toBe(true);
  });
});

describe('building', () => {
  it('R-023: acceptance waits for the registration in IRS', () => {
    const story = government().all([...advanced, reportCompletion]);
    expect([story.leaves, story.refused(...accept(1_200_000_000)).problem]).toEqual([['construction.irs.registering'], 'wrong-state']);
    expect(government({ stage: 'built' }).all(building).refused(...accept(1_200_000_000)).problem).toBe('wrong-state');
    expect(government({ stage: 'built' }).all([...building, registerIrs]).leaves).toEqual(['acceptance.applying']);
  });
  it('R-029: an overdue milestone is flagged and blocks nothing but completion', () => {
    const story = government().all([...building, approveProject, evidence('projectApproval'), ['wei-lan', 'planMilestones', { milestones: [{ name: '初验', dueOn: '2025-06-01' }] }]]);
    expect(flags(story.at('2025-06-01T15:59:59.999Z'))).toEqual([]);
    expect(flags(story.at('2025-06-01T16:00:00.000Z'))).toEqual(['milestoneOverdue']);
    expect(story.refused('wei-lan', 'reportCompletion', { completedOn: '2025-06-01', effect: '好' }).rule).toBe('milestonesAreDone');
    story.does('wei-lan', 'completeMilestone', { name: '初验', completedOn: '2025-06-02' });
    expect(flags(story)).toEqual(['milestoneWasLate', 'completionForecastLate']);
  });
  it('R-029: stages report progress and cost at any time of the building', () => {
    const story = government().all([...building, approveProject]);
    expect(story.ask('wei-lan', 'fileStageReport', { period: '一季度', progress: '过半', percent: 50, costFen: 5 }).ok).toBe(true);
    expect(parse(commandArgs.fileStageReport, { period: '一季度', progress: '过半', percent: 50 }).ok).toBe(false);
  });
  it('R-035, R-036: only what is on the list has its approval recorded here; what was not selected earns nothing', () => {
    expect(government().all(toPool).refused(...approveProject).problem).toBe('wrong-state');
    expect(government().all(building).does(...approveProject).context.listNumber).toBe('桂景2025-1-001');
    const out = government().all([...governmentFiling, ...review, ['li-ning', 'proposeRejection', { reason: '低' }], ['liang-shan', 'approveRejection', {}]]);
    expect(out.refused('li-ning', 'proposeAward', { amountFen: 10, reason: '核定' }).problem).toBe('wrong-state');
  });
});

describe('changes after selection (A-40)', () => {
  const items = (...pointers: string[]) => ({ reason: '合作单位调整', items: pointers.map((pointer) => ({ pointer, reason: '调整' })) });
  const renamed = (story: Story, more: object = {}) => {
    const form = structuredClone(story.form) as { system: object; annex1: object };
    return { form: { ...form, annex1: { ...form.annex1, architecture: '新的架构' }, system: { ...form.system, ...more } } };
  };

  it('A-40: are asked for, agreed to by a leader, and made only as far as agreed', () => {
    const story = government().all(building).does('wei-lan', 'requestChange', items('/annex1/architecture'));
    expect(story.refused('wei-lan', 'amendForm', renamed(story)).rule).toBe('changeIsGranted');
    expect(story.refused('wei-lan', 'approveChange').problem).toBe('not-allowed');
    expect(story.last.tasks.at(-1)).toMatchObject({ slot: 'change', queue: 'bureauLeader#gx-bureau' });
    story.does('liang-shan', 'approveChange');
    expect(story.last.tasks.at(-1)).toMatchObject({ slot: 'change', queue: 'applicant#nanning-logistics', commands: ['amendForm'] });
    expect(story.refused('wei-lan', 'amendForm', renamed(story, { name: '别名' }))).toMatchObject({ rule: 'onlyGrantedPartsChanged', figures: { ungranted: ['/system/name'] } });
    story.does('wei-lan', 'amendForm', renamed(story));
    expect([story.last.effects, story.context.change, story.last.routes]).toMatchObject([[{ type: 'storeRevision' }], null, {}]);
    expect(story.refused('wei-lan', 'amendForm', renamed(story)).rule).toBe('changeIsGranted');
  });
  it('A-40: may be refused, and then nothing changes', () => {
    const story = government().all(toPool).does('wei-lan', 'requestChange', items('/annex1')).does('liang-shan', 'refuseChange', { reason: '不必要' });
    expect(story.refused('wei-lan', 'amendForm', renamed(story)).rule).toBe('changeIsGranted');
  });
  it.each(['/system/stage', '/system/localFiscalFen', '/system/totalInvestmentFen', '/system', '/attachments/auditReport'])('R-016: never reach %s, which class and ceiling rest on', (pointer) => {
    expect(government().all(toPool).refused('wei-lan', 'requestChange', items(pointer))).toMatchObject({ rule: 'partsMayChange', figures: { fixed: [pointer] } });
  });
  it('A-40: withdrawal is over with the selection; before it, it is free', () => {
    for (const steps of [[], governmentFiling.slice(0, 2), governmentFiling, [...governmentFiling, ...review]]) expect(government().all(steps).ask('wei-lan', 'withdraw', { reason: '撤回' }).ok).toBe(true);
    for (const steps of [toPool, building, built]) expect(government().all(steps).refused('wei-lan', 'withdraw', { reason: '撤回' }).problem).toBe('wrong-state');
    expect(social().all(socialFiling).ask('qin-hai', 'withdraw', { reason: '撤回' }).ok).toBe(true);
    expect(social().all(socialToPool).refused('qin-hai', 'withdraw', { reason: '撤回' }).problem).toBe('wrong-state');
  });
});

describe('acceptance and evaluation', () => {
  it('R-030: ends passed or failed, decided by the Bureau', () => {
    for (const who of ['wei-lan', 'lu-fang', 'pan-hong', 'expert-chen']) expect(government().all(built).refused(who, 'passAcceptance', accept(1)[2]).problem).toBe('not-allowed');
    expect(government().all(accepted).leaves).toEqual(['settlement.remainderPayable']);
    expect(government().all(built).does('liang-shan', 'failAcceptance', { reason: '不合格' }).leaves).toEqual(['acceptanceFailed']);
  });
  it('R-031: each evaluation is reported to the regional government; a late report is flagged', () => {
    const story = government().all([...paid, evaluate('ordinary')]);
    expect([story.leaves, story.refused('wei-lan', 'submitCaseText', { title: 't', background: 't', practice: '以数据贯通业务。', effect: '办理时间缩短30%。', experience: '先统一标准，再推广。' }).problem]).toEqual([['evaluation.reporting'], 'wrong-state']);
    expect(flags(story.at('2025-03-24T15:59:59.999Z'))).toEqual([]);
    expect(flags(story.at('2025-03-24T16:00:00.000Z'))).toEqual(['reportOverdue']);
    expect(story.refused(...reportOn('2025-03-09'))).toMatchObject({ rule: 'dayFollowsTheCase', figures: { early: [{ day: '2025-03-09', earliest: '2025-03-10' }] } });
    expect(flags(story.does(...report))).toEqual([]);
  });
  it('R-031: comes back every year, never twice for one', () => {
    const story = government().all([...paid, evaluate('ordinary'), report]);
    expect(story.refused(...evaluate('ordinary')).rule).toBe('yearIsNew');
    expect(story.at('2026-03-10T02:00:00.000Z').does(...evaluate('ordinary', true, 2026)).leaves).toEqual(['evaluation.reporting']);
  });
  it('R-032, R-033: commends or criticises, and nothing else', () => {
    for (const grade of ['commended', 'ordinary', 'criticised']) expect(government().all([...paid, evaluate(grade)]).context.evaluation?.grade).toBe(grade);
    expect(parse(commandArgs.recordEvaluation, { year: 2026, grade: 'excellent', targetMet: true, summary: 's' }).ok).toBe(false);
  });
  it('R-034, R-050: a case text that is late is reminded of, nothing more', () => {
    const reminded = (story: Story, leaf: string) => story.at('2026-06-01T00:00:00.000Z').does('system', 'deadlinePassed', { leaf });
    const state = reminded(government().all([...paid, evaluate('ordinary'), report]), 'promotion.drafting');
    expect([state.leaves, state.context.reminders]).toEqual([['promotion.drafting'], 1]);
    const own = reminded(social().all(subsidised), 'support.promotion.drafting');
    expect([own.leaves.includes('support.promotion.drafting'), own.context.reminders]).toEqual([true, 1]);
  });
  it('R-043, R-052: enters the case library when its effect shows, and only the Bureau takes it in', () => {
    const drafted = (grade: string) => government().all([...paid, evaluate(grade), report, ['wei-lan', 'submitCaseText', { title: 't', background: 't', practice: '以数据贯通业务。', effect: '办理时间缩短30%。', experience: '先统一标准，再推广。' }]]);
    expect(drafted('criticised').refused('li-ning', 'acceptCase').rule).toBe('effectIsShown');
    expect(drafted('commended').refused('wei-lan', 'acceptCase').problem).toBe('not-allowed');
    expect(drafted('commended').does('li-ning', 'acceptCase').context.inCaseLibrary).toBe(true);
    expect(social().all([...subsidised, ['qin-hai', 'submitCaseText', { title: 't', background: 't', practice: '以数据贯通业务。', effect: '办理时间缩短30%。', experience: '先统一标准，再推广。' }], ['li-ning', 'acceptCase', {}]]).context.inCaseLibrary).toBe(true);
  });
});

describe('money of government scenarios', () => {
  it('R-037, R-040: no award above the ceiling of the approved investment, by one fen', () => {
    const story = government().all([...building, approveProject]);
    expect(story.refused('li-ning', 'proposeAward', { amountFen: 240_000_001, reason: '核定' })).toMatchObject({ rule: 'awardWithinCeiling', figures: { ceilingFen: 240_000_000, tier: 3 } });
    expect(story.ask('li-ning', 'proposeAward', { amountFen: 240_000_000, reason: '核定' }).ok).toBe(true);
  });
  it('R-038: the first half waits for the project approval and is exactly half', () => {
    expect(government().all(building).refused('li-ning', 'proposeAward', { amountFen: 10, reason: '核定' }).rule).toBe('projectIsApproved');
    const payable = government().all([...building, approveProject, ...award(240_000_000)]);
    for (const fen of [119_999_999, 120_000_001, 240_000_000]) expect(payable.refused(...pay(fen)).rule).toBe('amountIsTheAdvance');
    expect(payable.all(paying(120_000_000)).context.paid.advance).toBe(120_000_000);
  });
  it('R-039: the second half waits for completion and passed acceptance, both', () => {
    expect(government().all(advanced).refused(...pay(120_000_000)).problem).toBe('wrong-state');
    expect(government().all(built).refused(...pay(120_000_000)).problem).toBe('wrong-state');
    expect(government().all(accepted).all(paying(120_000_000)).context.paid.remainder).toBe(120_000_000);
  });
  it('R-040: what is paid never exceeds the award, and nothing is paid a third time', () => {
    const story = government().all(accepted);
    expect(story.refused(...pay(120_000_001)).rule).toBe('amountIsTheRemainder');
    expect(story.all(paying(120_000_000)).refused(...pay(1)).problem).toBe('wrong-state');
  });
  it('R-041: a failed acceptance and a missed target ask the advance back, and mandatorily', () => {
    const failed = government().all(built).does('liang-shan', 'failAcceptance', { reason: '不合格' });
    expect(recovery(failed)).toMatchObject({ input: { cause: 'acceptanceFailed', amountFen: 120_000_000, mandatory: true } });
    const none = government().all([...building, approveProject, ['wei-lan', 'waiveAward', { reason: '不申请' }], ...finishBuilding]).does('liang-shan', 'failAcceptance', { reason: '不合格' });
    expect(recovery(none)).toBeUndefined();
  });
  it('R-041, A-12: after full payment the Bureau decides whether a missed target costs the reward', () => {
    const missed = government().all([...paid, evaluate('criticised', false)]);
    expect(recovery(missed)).toMatchObject({ input: { cause: 'targetMissed', amountFen: 240_000_000, mandatory: false } });
    expect(recovery(government().all([...paid, evaluate('criticised', true)]))).toBeUndefined();
  });
  it('R-041: an open recovery of the case blocks its second payment until it is over', () => {
    const story = government().all(accepted).does('liang-shan', 'orderRecovery', { amountFen: 1, reason: '挪用' });
    expect([flags(story), story.refused(...pay(120_000_000)).rule]).toEqual([['recoveryOpen'], 'caseHasNoOpenRecovery']);
    expect(story.does(...note('GX-2025-0001-R1', 0, true)).all(ordered(120_000_000)).ask(...pay(120_000_000)).ok).toBe(true);
  });
  it('R-041: an open recovery anywhere blocks new awards and payments to the unit', () => {
    const proposing = government().all([...building, approveProject]);
    const approving = government().all([...building, approveProject, ...award(10).slice(0, 1)]);
    const payable = government().all([...building, approveProject, ...award(240_000_000)]);
    for (const [story, step] of [[proposing, award(10)[0]], [approving, award(10)[1]], [payable, ...paying(120_000_000)]] as const) {
      expect(step && story.ask(...step).ok).toBe(true);
      story.openRecoveries = 1;
      expect(step && story.refused(...step).rule).toBe('unitHasNoOpenRecovery');
    }
  });
  it('R-062: a payment names its source, and an award without money stays payable, reminded of', () => {
    expect(parse(commandArgs.confirmPayment, { amountFen: 1, paidOn: '2025-03-10', voucherNo: 'V' }).ok).toBe(false);
    const story = government().all([...building, approveProject, ...award(240_000_000)]).at('2026-03-01T00:00:00.000Z');
    story.does('system', 'deadlinePassed', { leaf: 'construction.funding.advancePayable' });
    expect([story.leaves.includes('construction.funding.advancePayable'), story.context.award?.fen]).toEqual([true, 240_000_000]);
  });
  it('R-063: misused money is asked back by a leader up to what is outstanding, while it runs and after its end', () => {
    for (const story of [government().all(advanced), government().all([...paid, ...intoLibrary])]) {
      expect(story.refused('li-ning', 'orderRecovery', { amountFen: 1, reason: '挪用' }).problem).toBe('not-allowed');
      expect(story.refused('liang-shan', 'orderRecovery', { amountFen: 240_000_001, reason: '挪用' }).rule).toBe('amountIsOutstanding');
      expect(recovery(story.does('liang-shan', 'orderRecovery', { amountFen: 100, reason: '挪用' }))).toMatchObject({ input: { cause: 'misuse', amountFen: 100, mandatory: false } });
    }
    expect(government().all(building).refused('liang-shan', 'orderRecovery', { amountFen: 1, reason: '挪用' }).rule).toBe('somethingIsOutstanding');
  });
});

describe('social scenarios', () => {
  it('R-051: are paid once, at most a fifth of the investment', () => {
    const story = social().all([...socialToPool, publish]);
    expect(story.refused('li-ning', 'proposeAward', { amountFen: 165_200_001, reason: '核定' })).toMatchObject({ rule: 'awardWithinCeiling', article: 'art. 12(2), art. 15(1)' });
    story.all([...award(165_200_000), ...paying(165_200_000)]);
    expect(story.refused(...pay(165_200_000)).problem).toBe('wrong-state');
    expect(story.refused('li-ning', 'proposeAward', { amountFen: 10, reason: '再补' }).problem).toBe('wrong-state');
  });
  it('R-053: have no acceptance, evaluation, IRS, milestones or second half: not in the chart, not as a button', () => {
    const hidden = ['passAcceptance', 'failAcceptance', 'orderRectification', 'recordEvaluation', 'reportToGovernment', 'registerIrs', 'recordProjectApproval', 'planMilestones', 'completeMilestone', 'fileStageReport', 'reportCompletion'];
    const commands = { social: commandsOf('socialInvestment'), government: commandsOf('governmentInvestment') };
    expect(hidden.filter((command) => commands.social.has(command))).toEqual([]);
    expect(hidden.filter((command) => commands.government.has(command))).toEqual(hidden);
    const story = social().all(subsidised);
    for (const who of ['qin-hai', 'li-ning', 'liang-shan', 'pan-hong']) {
      const shown = offers(story.snapshot, story.asked(who, { type: 'hold', args: {} })).map((offer) => offer.command);
      expect(shown.filter((command) => hidden.includes(command))).toEqual([]);
    }
    const leaves = graphOf('socialInvestment', '0.1.0', lifecycles.socialInvestment.machine).leaves.map((leaf) => leaf.path);
    expect(leaves.filter((leaf) => /acceptance|evaluation|irs|advance|remainder|settlement/i.test(leaf))).toEqual([]);
  });
  it('R-072: keep their promise for five years from payment; a breach is a case that the Bureau decides', () => {
    const story = social().all([...socialToPool, publish]);
    expect(story.refused('li-ning', 'recordBreach', { reason: '迁出', foundOn: '2025-03-10' }).rule).toBe('subsidyIsPaid');
    story.all([...award(165_200_000), ...paying(165_200_000)]);
    expect(story.context.commitmentUntil).toBe('2030-03-10');
    expect(recovery(story.does('li-ning', 'recordBreach', { reason: '迁出', foundOn: '2025-03-10' }))).toMatchObject({ input: { cause: 'commitmentBroken', mandatory: false } });
  });
  it('R-072, A-17: a check that is not made is flagged from the day after the anniversary', () => {
    const story = social().all(subsidised);
    expect([flags(story.at('2026-03-10T15:59:59.999Z')), flags(story.at('2026-03-10T16:00:00.000Z'))]).toEqual([[], ['checkOverdue']]);
    expect(flags(story.does('li-ning', 'recordCommitmentCheck', { kept: true, note: '在桂', proofs: [{ proof: 'registrationExtract', reference: '登记机关摘录' }] }))).toEqual([]);
    expect(flags(story.at('2027-03-10T16:00:00.000Z'))).toEqual(['checkOverdue']);
  });
});

describe('untrue materials', () => {
  const everywhere: readonly [string, () => Story][] = [
    ['in draft', () => government()],
    ['in review', () => government().all([...governmentFiling, ...review])],
    ['in the pool', () => social().all(socialToPool)],
    ['after publication', () => government().all(advanced)],
    ['on hold', () => government().all(advanced).does('li-ning', 'hold', { reason: '核查' })],
    ['in the case library', () => government().all([...paid, ...intoLibrary])],
    ['after a failed acceptance', () => government().all(built).does('liang-shan', 'failAcceptance', { reason: '不合格' })],
    ['after termination', () => social().all(subsidised).does('liang-shan', 'terminate', { reason: '终止' })],
  ];

  it.each(everywhere)('R-073: make a scenario void %s, at the word of a leader', (_, tell) => {
    const story = tell();
    expect(story.refused('li-ning', 'void', { reason: '不实' }).problem).toBe('not-allowed');
    story.does('liang-shan', 'void', { reason: '材料不实' });
    expect([story.leaves, story.snapshot.status, story.last.tasks]).toEqual([['voided'], 'done', []]);
    expect(story.refused('liang-shan', 'void', { reason: '再次' }).problem).toBe('wrong-state');
  });
  it('R-073: ask back what was paid and is not being asked back already, also after the end', () => {
    const inLibrary = government().all([...paid, ...intoLibrary]).does('liang-shan', 'void', { reason: '不实' });
    expect(recovery(inLibrary)).toMatchObject({ input: { cause: 'voided', amountFen: 240_000_000, mandatory: true } });
    const failed = government().all(built).does('liang-shan', 'failAcceptance', { reason: '不合格' }).does('liang-shan', 'void', { reason: '不实' });
    expect(recovery(failed)).toBeUndefined();
  });
  it('R-041, R-073: a finished scenario hears how its recovery goes, leaves nothing and wakes nobody', () => {
    const story = government().all(built).does('liang-shan', 'failAcceptance', { reason: '不合格' }).does(...note('GX-2025-0001-R1', 20_000_000, true));
    expect([story.leaves, story.snapshot.status, story.last.routes, story.last.entered]).toEqual([['acceptanceFailed'], 'done', {}, {}]);
    expect(story.context.recoveries['GX-2025-0001-R1']).toMatchObject({ recoveredFen: 20_000_000, open: false });
    expect(recovery(story.does('liang-shan', 'void', { reason: '不实' }))).toMatchObject({ id: 'GX-2025-0001-R2', input: { amountFen: 100_000_000 } });
    expect(replay('governmentInvestment', story.events)).toEqual({ ok: true, snapshot: story.snapshot });
  });
  it('R-073: nothing else happens to a finished case, and batches and recoveries stay finished', () => {
    const story = government().all([...paid, ...intoLibrary]);
    for (const command of ['terminate', 'hold', 'recordEvaluation', 'confirmPayment', 'withdraw'])
      for (const who of ['liang-shan', 'li-ning', 'pan-hong', 'wei-lan']) expect(story.refused(who, command, { reason: 'x' }).problem).toBe('wrong-state');
    const batch = opened('publication', { id: 'B', half: '2025-H1' }, 'system').does('system', 'finishFreeze', { count: 0, number: '1', listKey: 'k', listSha256: 'd'.repeat(64) }).does('liang-shan', 'cancelBatch', { reason: '空' });
    expect(batch.refused('liang-shan', 'void', { reason: 'x' }).problem).toBe('wrong-state');
  });
});
