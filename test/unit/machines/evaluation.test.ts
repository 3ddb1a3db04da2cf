import { describe, expect, it } from 'vitest';
import { flagsOf } from '../../../machines/flags.ts';
import { fundId } from '../../../machines/fund/context.ts';
import { openTasks } from '../../../machines/open-tasks.ts';
import { openFen } from '../../../machines/recovery/rules.ts';
import { commandArgs } from '../../../shared/contracts/commands.ts';
import { parse } from '../../../shared/contracts/parse.ts';
import { accept, approveProject, award, finishBuilding, paying, publish, toPool } from './steps.ts';
import { government, opened, policy, type Step, type Story } from './story.ts';

const indicators = [
  { name: '办件量', measure: '万件', goal: 'atLeast', target: '10', dueOn: '2025-12-31' },
  { name: '办理时间', measure: '天', goal: 'atMost', target: '2.5', dueOn: '2026-12-31' },
] as const;
const advanced = [...toPool, publish, approveProject, ...award(240_000_000), ...paying(120_000_000)];
const accepted = [...advanced, ...finishBuilding, accept(1_200_000_000)];
const paid = [...accepted, ...paying(120_000_000)];
const waived: readonly Step[] = [...toPool, publish, approveProject, ['wei-lan', 'waiveAward', { reason: '放弃' }], ...finishBuilding, accept(1_200_000_000)];
const stated: Step = ['wei-lan', 'stateIndicators', { indicators }];
const evaluation = (targetMet: boolean, judgements?: readonly object[], year = 2025): Step => ['li-ning', 'recordEvaluation', { year, grade: targetMet ? 'ordinary' : 'criticised', targetMet, summary: '评估', ...(judgements && { judgements }) }];
const judgement = (actual: string, met: boolean, name = '办件量') => ({ name, actual, met });
const flags = (story: Story) => flagsOf(story.snapshot, story.now, policy).map(({ flag }) => flag);

describe('evaluation by indicators (R-031, A-25)', () => {
  it('R-031: is prepared by the unit, which states its indicators once and reports actuals with their evidence', () => {
    const story = government().all(paid);
    expect(openTasks(story.snapshot).map(({ slot, queue }) => [slot, queue])).toContainEqual(['main:ownResult', 'applicant#nanning-logistics']);
    const actuals = [{ name: '办件量', actual: '12.5', evidence: '平台运行报表' }];
    expect(story.refused('wei-lan', 'reportActuals', { year: 2025, actuals }).rule).toBe('indicatorsAreStated');
    expect(story.refused('li-ning', 'stateIndicators', { indicators }).problem).toBe('not-allowed');
    story.all([stated]);
    expect(story.refused(...stated).rule).toBe('indicatorsAreNew');
    expect(story.refused('wei-lan', 'reportActuals', { year: 2025, actuals: [] })).toMatchObject({ rule: 'everyActualIsGiven', figures: { indicators: ['办件量'] } });
    expect(story.does('wei-lan', 'reportActuals', { year: 2025, actuals }).context.ownResult).toEqual({ year: 2025, actuals: [{ name: '办件量', actual: '12.5' }] });
    expect(story.leaves).toEqual(['evaluation.evaluating']);
  });
  it('R-031: judges every indicator that is due by the year, by its figure, and the whole follows from the parts', () => {
    const story = government().all([...paid, stated]);
    expect(story.refused(...evaluation(true))).toMatchObject({ rule: 'everyIndicatorIsJudged', figures: { indicators: ['办件量'] } });
    expect(story.refused(...evaluation(true, [judgement('9.99', true)]))).toMatchObject({ rule: 'judgementsFollowFigures', figures: { missed: [{ name: '办件量', actual: '9.99' }] } });
    expect(story.refused(...evaluation(true, [judgement('9.99', false)])).rule).toBe('verdictFollowsJudgements');
    expect(story.refused(...evaluation(true, [judgement('10', true), judgement('1', true, '没有填报的')])).rule).toBe('everyIndicatorIsJudged');
    expect(story.at('2026-03-10T02:00:00.000Z').refused(...evaluation(true, [judgement('10', true)], 2026)).rule).toBe('everyIndicatorIsJudged');
    expect(story.does(...evaluation(true, [judgement('10', true)])).context.evaluation?.judgements).toEqual([judgement('10', true)]);
  });
  it('R-041, A-12: a missed indicator asks back the whole, by supervision once everything was paid', () => {
    const story = government().all([...paid, stated]).does(...evaluation(false, [judgement('9', false)]));
    expect(story.last.effects).toMatchObject([{ type: 'openCase', lifecycle: 'recovery', input: { cause: 'targetMissed', amountFen: 240_000_000, mandatory: false } }]);
  });
  it('R-031: does not wait for a unit that states nothing, and where nothing was paid nothing is asked back', () => {
    const story = government().all(waived).does(...evaluation(false));
    expect([story.leaves, story.last.effects, story.context.recoveries]).toEqual([['evaluation.reporting'], [], {}]);
  });
  it('A-25: a year without an evaluation is pointed out, until it comes', () => {
    const story = government().all([...paid, evaluation(true), ['li-ning', 'reportToGovernment', { documentNo: '1', sentOn: '2025-03-10' }]]);
    expect(flags(story.at('2026-12-31T15:59:59.999Z'))).not.toContain('evaluationOverdue');
    expect(flags(story.at('2026-12-31T16:00:00.000Z'))).toContain('evaluationOverdue');
    expect(flags(story.does(...evaluation(true, undefined, 2026)))).not.toContain('evaluationOverdue');
  });
});

describe('a recovery by instalments (R-041, A-12)', () => {
  const collecting = () => {
    const story = opened('recovery', { id: 'R1', scenario: 'S', scenarioName: '数智大市场', unit: government().context.unit, line: 'reward', cause: 'misuse', amountFen: 100, mandatory: false, reason: '挪用' }, 'liang-shan');
    return story.all([['li-ning', 'issueNotice', { documentNo: '1', reason: '告知' }], ['wei-lan', 'fileStatement', { statement: '无异议' }], ['li-ning', 'proposeRecovery', { amountFen: 100, reason: '收回' }], ['liang-shan', 'approveRecovery', { documentNo: '1' }], ['li-ning', 'issueDemand', { documentNo: '2', dueOn: '2025-04-01' }]]);
  };
  const plan = (...parts: readonly (readonly [string, number])[]): Step => ['li-ning', 'proposeInstalments', { instalments: parts.map(([dueOn, amountFen]) => ({ dueOn, amountFen })), reason: '经营困难' }];

  it('waits until the day of the demand, then says that it is overdue', () => {
    const story = collecting();
    expect([story.leaves, story.last.entered]).toEqual([['collecting'], { collecting: '2025-04-01T15:59:59.999Z' }]);
    expect(flags(story.at('2025-04-01T15:59:59.999Z'))).toEqual([]);
    expect(flags(story.at('2025-04-01T16:00:00.000Z'))).toEqual(['repaymentOverdue']);
  });
  it('takes a plan that adds up, from one person, by the approval of another', () => {
    const story = collecting();
    expect(story.refused(...plan(['2025-04-01', 40], ['2025-05-01', 59]))).toMatchObject({ rule: 'planFitsWhatIsOwed', figures: { plannedFen: 99, openFen: 100 } });
    expect(story.refused(...plan(['2025-03-09', 40], ['2025-05-01', 60])).rule).toBe('planFitsWhatIsOwed');
    expect(story.refused('liang-shan', 'approveInstalments').rule).toBe('planIsProposed');
    story.does(...plan(['2025-03-20', 40], ['2025-05-01', 60]));
    expect(openTasks(story.snapshot).map(({ queue }) => queue)).toContain('bureauLeader#gx-bureau');
    expect(story.refused('li-ning', 'approveInstalments').problem).toBe('not-allowed');
    story.does('liang-shan', 'approveInstalments');
    expect([story.leaves, story.last.entered]).toEqual([['collecting'], { collecting: '2025-03-20T15:59:59.999Z' }]);
  });
  it('reminds of each instalment in turn, and names what is late', () => {
    const story = collecting().all([plan(['2025-03-20', 40], ['2025-05-01', 60]), ['liang-shan', 'approveInstalments']]);
    story.at('2025-03-20T16:00:00.000Z').does('system', 'deadlinePassed', { leaf: 'collecting' });
    expect([story.snapshot.context['reminders'], flags(story)]).toEqual([1, ['instalmentOverdue']]);
    story.does('pan-hong', 'recordRepayment', { amountFen: 50, receiptNo: '1', paidOn: '2025-03-20' });
    expect([flags(story), story.context.due['collecting']]).toEqual([[], '2025-05-01T15:59:59.999Z']);
    expect(flagsOf(story.at('2025-05-02T00:00:00.000Z').snapshot, story.now, policy)[0]?.figures).toEqual({ instalments: [{ dueOn: '2025-05-01', missingFen: 50 }] });
    story.does('pan-hong', 'recordRepayment', { amountFen: 50, receiptNo: '2', paidOn: '2025-05-01' }).does('pan-hong', 'confirmRecovered');
    expect(story.leaves).toEqual(['recovered']);
  });
  it('does not take a plan that money overtook, and forgets one that is refused', () => {
    const story = collecting().all([plan(['2025-03-20', 100]), ['pan-hong', 'recordRepayment', { amountFen: 1, receiptNo: '1', paidOn: '2025-03-10' }]]);
    expect(story.refused('liang-shan', 'approveInstalments').rule).toBe('planStillFits');
    expect(story.does('liang-shan', 'rejectInstalments', { reason: '重拟' }).snapshot.context['planProposal']).toBeNull();
  });
  it('takes what is kept back of other money due to the unit, by the approval of another, and counts it as come back', () => {
    const story = collecting();
    const offset = (amountFen: number): Step => ['pan-hong', 'proposeOffset', { amountFen, against: '2025年转移支付', documentNo: '桂财抵〔2025〕1号', reason: '年终结算扣缴' }];
    expect(story.refused(...offset(101)).rule).toBe('repaymentIsOwed');
    expect(story.refused('liang-shan', 'approveOffset').rule).toBe('offsetIsProposed');
    story.does(...offset(60));
    expect([openFen(story.context as never), openTasks(story.snapshot).map(({ slot }) => slot)]).toEqual([100, ['main', 'main:offset']]);
    story.does('pan-hong', 'recordRepayment', { amountFen: 50, receiptNo: '1', paidOn: '2025-03-10' });
    expect(story.refused('liang-shan', 'approveOffset')).toMatchObject({ rule: 'offsetStillFits', figures: { amountFen: 60, openFen: 50 } });
    story.does('liang-shan', 'rejectOffset', { reason: '金额有误' }).does(...offset(50)).does('liang-shan', 'approveOffset');
    expect(story.last.effects).toEqual([
      { type: 'recordPayment', kind: 'recovered', amountFen: 50, explanation: { article: 'art. 12(2)', policy, scenario: 'S', cause: 'misuse', offsetAgainst: '2025年转移支付', receiptNo: '桂财抵〔2025〕1号', paidOn: '2025-03-10' } },
      { type: 'tellCase', id: 'S', command: 'noteRecovery', args: { recovery: 'R1', recoveredFen: 100, closed: false } },
      { type: 'tellCase', id: fundId, command: 'returnFunds', args: { scenario: 'S', line: 'reward', amountFen: 50, because: 'repaid', receiptNo: '桂财抵〔2025〕1号', paidOn: '2025-03-10' } },
    ]);
    expect(story.does('pan-hong', 'confirmRecovered').leaves).toEqual(['recovered']);
  });
});

describe('what has to be written down', () => {
  const text = { title: 't', background: 'b', practice: 'p', effect: '减少30%', experience: 'e' };
  it('R-018, R-034: a case has background, practice, effect in figures and experience', () => {
    expect(parse(commandArgs.submitCaseText, text).ok).toBe(true);
    for (const part of Object.keys(text)) expect(parse(commandArgs.submitCaseText, { ...text, [part]: undefined }).ok, part).toBe(false);
    expect(parse(commandArgs.submitCaseText, { ...text, effect: '大幅减少' }).ok).toBe(false);
  });
  it('R-072, A-17: a yearly check says what it rests on', () => {
    expect(parse(commandArgs.recordCommitmentCheck, { kept: true, note: '在桂' }).ok).toBe(false);
    expect(parse(commandArgs.recordCommitmentCheck, { kept: true, note: '在桂', proofs: [{ proof: 'taxProof', reference: '（2025）桂税证1号' }] }).ok).toBe(true);
  });
  it('R-063: money misused is asked back by the finding that says so', () => {
    const story = government().all(advanced).does('ou-lin', 'recordFinding', { finding: 'S1', severity: 'severe', reason: '挪用' });
    expect(story.refused('liang-shan', 'orderRecovery', { amountFen: 10, reason: '挪用', finding: 'S2' }).rule).toBe('findingIsOpen');
    expect(story.does('liang-shan', 'orderRecovery', { amountFen: 10, reason: '挪用', finding: 'S1' }).last.effects).toMatchObject([{ type: 'openCase', input: { cause: 'misuse', amountFen: 10 } }]);
  });
});

describe('money that was given up', () => {
  it('R-040, R-041: is not asked back a second time', () => {
    const story = government().all(advanced).does('liang-shan', 'orderRecovery', { amountFen: 50_000_000, reason: '挪用' });
    const [id = ''] = Object.keys(story.context.recoveries);
    story.does('system', 'noteRecovery', { recovery: id, recoveredFen: 20_000_000, closed: true, writtenOffFen: 30_000_000 }).does('liang-shan', 'terminate', { reason: '终止' });
    expect(Object.values(story.context.recoveries)[1]).toMatchObject({ cause: 'terminated', fen: 70_000_000 });
  });
});
