import { describe, expect, it } from 'vitest';
import { commandArgs } from '../../../shared/contracts/commands.ts';
import { parse } from '../../../shared/contracts/parse.ts';
import { flagsOf } from '../../../machines/flags.ts';
import { noticesOf } from '../../../machines/notices.ts';
import { openTasks } from '../../../machines/open-tasks.ts';
import { replay } from '../../../machines/replay.ts';
import { progressOf } from '../../../machines/scenario/progress.ts';
import { accept, application, approveProject, award, declaration, evidence, finishBuilding, inspected, inspection, opinion, panelNamed, paying, publish, registerIrs, reportCompletion, toPool } from './steps.ts';
import { government, policy, type Step, type Story } from './story.ts';

const day = '2025-03-10';
const approved: readonly Step[] = [...toPool, publish, approveProject, evidence('projectApproval')];
const planned: readonly Step[] = [...approved, plan([['上线', '2025-06-01'], ['初验', '2025-09-01']], '2025-10-01')];
const flags = (story: Story): string[] => flagsOf(story.snapshot, story.now, policy).map(({ flag }) => flag);
const progress = (story: Story) => progressOf(story.context, day);

function plan(milestones: readonly (readonly [string, string])[], completionOn?: string): Step {
  return ['wei-lan', 'planMilestones', { milestones: milestones.map(([name, dueOn]) => ({ name, dueOn })), ...(completionOn ? { completionOn } : {}) }];
}

function report(percent: number, costFen: number, more: Record<string, unknown> = {}): Step {
  return ['wei-lan', 'fileStageReport', { period: '一季度', progress: '过半', percent, costFen, ...more }];
}

describe('the plan of a construction', () => {
  it('R-029: another plan keeps the first day of a milestone and moves what is expected', () => {
    const story = government().all([...planned, plan([['上线', '2025-07-01'], ['初验', '2025-09-01']], '2025-11-15')]);
    expect(story.context.milestones).toMatchObject([{ name: '上线', dueOn: '2025-06-01', forecastOn: '2025-07-01' }, { dueOn: '2025-09-01', forecastOn: '2025-09-01' }]);
    expect(story.context.completionPlan).toEqual({ baselineOn: '2025-10-01', forecastOn: '2025-11-15' });
    expect(flags(story)).toEqual(['milestoneForecastLate', 'completionForecastLate']);
  });

  it('R-029: a milestone that is done keeps its days whatever is planned later', () => {
    const story = government().all([...planned, ['wei-lan', 'completeMilestone', { name: '上线', completedOn: '2025-03-09' }], plan([['上线', '2026-01-01']])]);
    expect(story.context.milestones).toEqual([{ name: '上线', dueOn: '2025-06-01', doneOn: '2025-03-09' }]);
    expect(story.context.droppedMilestones).toMatchObject([{ name: '初验', dueOn: '2025-09-01' }]);
    expect(flags(story)).toContain('milestoneDropped');
  });

  it('R-029: a stage report moves forecasts of open milestones only', () => {
    const story = government().all([...planned, report(40, 1, { completionOn: '2025-12-01', forecasts: [{ name: '初验', expectedOn: '2025-10-10' }] })]);
    expect([story.context.milestones[1]?.forecastOn, progress(story)?.slipDays]).toEqual(['2025-10-10', 61]);
    expect(story.refused(...report(40, 1, { forecasts: [{ name: '没有这个', expectedOn: '2025-10-10' }] })).rule).toBe('forecastsAreOfOpenMilestones');
  });

  it('R-029: completion is never expected before the last milestone', () => {
    const story = government().all([...planned, plan([['上线', '2025-06-01'], ['初验', '2026-01-01']])]);
    expect([progress(story)?.forecastOn, progress(story)?.slipDays]).toEqual(['2026-01-01', 92]);
  });
});

describe('budget and progress', () => {
  it('R-029: compares what was spent with the approved total and with the work done', () => {
    expect(progress(government().all([...planned, report(30, 600_000_000)]))).toMatchObject({ budgetFen: 1_200_000_000, costFen: 600_000_000, leftFen: 600_000_000, costPercent: 50, donePercent: 30, reportedOn: day });
  });

  it.each([[30, 600_000_000, []], [29, 600_000_000, ['costAheadOfProgress']], [90, 1_200_000_001, ['costOverBudget']], [90, 1_200_000_000, []]])('R-029: at %i%% with %i fen spent it warns of %j', (percent, costFen, expected) => {
    expect(flags(government().all([...planned, report(percent, costFen)]))).toEqual(expected);
  });

  it('R-029: what a report warns of is told to the Bureau, and nothing where all is well', () => {
    const told = (step: Step) => {
      const story = government().all([...planned, step]);
      return noticesOf(story.snapshot, { command: step[1], args: {}, unit: 'nanning-logistics', at: story.now, opened: [], passed: 0 });
    };
    expect(told(report(10, 1_300_000_000))).toMatchObject([{ kind: 'warning', key: 'costOverBudget', queue: 'bureauOfficer#gx-bureau' }, { key: 'costAheadOfProgress' }]);
    expect(told(report(50, 600_000_000))).toEqual([]);
  });

  it('R-029: a report names progress in percent and cost so far; outcome, risks and forecasts are free', () => {
    const args = { period: '一季度', progress: '过半', percent: 50, costFen: 5 };
    for (const [changed, ok] of [[{}, true], [{ percent: 101 }, false], [{ percent: 0.5 }, false], [{ costFen: undefined }, false], [{ effect: '好', risks: '无', completionOn: '2025-12-01' }, true]] as const) expect([changed, parse(commandArgs.fileStageReport, { ...args, ...changed }).ok]).toEqual([changed, ok]);
  });

  it('R-038: an approval without its document is pointed out until it is uploaded', () => {
    const story = government().all([...toPool, publish, approveProject]);
    expect(flags(story)).toEqual(['approvalDocumentMissing']);
    expect(flags(story.does(...evidence('projectApproval')))).toEqual([]);
  });
});

describe('IRS and technologies', () => {
  it('R-022: IRS resources are named, or why there are none', () => {
    const story = government().all(approved);
    const args = { appCode: 'A', registeredOn: '2025-03-05' };
    expect(story.refused('wei-lan', 'registerIrs', args).rule).toBe('resourcesAreNamed');
    expect(story.ask('wei-lan', 'registerIrs', { ...args, reason: '单机部署' }).ok).toBe(true);
    expect(story.does(...registerIrs).context.irs).toMatchObject({ code: 'A45000001', resources: [{ resourceKind: 'cloud', name: '自治区政务云' }] });
  });

  it('R-019, R-020: a product without a certificate is shown with or without a reason, and blocks nothing', () => {
    const technologies = [{ name: '数据库', technologyKind: 'basicSoftware', xinchuangNo: 'XC-1', cryptographyNo: 'MP-1' }, { name: '组件', technologyKind: 'applicationSoftware', reason: '自研' }, { name: '终端', technologyKind: 'hardware' }];
    const story = government().all([...approved, ['wei-lan', 'declareTechnologies', { technologies }]]);
    expect(story.context.technologies?.[0]).toEqual({ name: '数据库', technologyKind: 'basicSoftware', proofs: ['xinchuang', 'cryptography'], explained: false });
    expect(flagsOf(story.snapshot, story.now, policy)).toMatchObject([{ flag: 'technologyUnproved', article: 'art. 9, policy R-019, R-020', figures: { technologies: [{ name: '组件', explained: true }, { name: '终端', explained: false }] } }]);
    expect(story.all([...award(240_000_000), ...paying(120_000_000), ...finishBuilding]).ask(...accept(1_200_000_000)).ok).toBe(true);
  });

  it('R-019: a scenario that is built already names them before its acceptance, too', () => {
    const story = government({ stage: 'built' }).all([...toPool, publish, registerIrs]);
    expect(story.leaves).toEqual(['acceptance.applying']);
    expect(story.ask('wei-lan', 'declareTechnologies', { technologies: [{ name: '终端', technologyKind: 'hardware' }] }).ok).toBe(true);
  });
});

const completed: readonly Step[] = [...approved, ...award(240_000_000), ...paying(120_000_000), registerIrs, reportCompletion];
const applied: readonly Step[] = [...completed, ...application];
const named: readonly Step[] = [...applied, ...panelNamed];
const ready: readonly Step[] = [...named, ...inspected];
const fails = (story: Story) => story.refused(...accept(1_200_000_000)).rule;

describe('an acceptance', () => {
  it('R-030, R-039: is applied for with the documents of completion, or with the reason why one is missing', () => {
    const story = government().all([...completed, evidence('completionReport')]);
    expect(story.refused('wei-lan', 'applyForAcceptance', { achieved: '完成' })).toMatchObject({ rule: 'completionDocumentsAreThere', figures: { missing: ['finalAccounts'] } });
    story.does('wei-lan', 'applyForAcceptance', { achieved: '完成', absent: [{ part: 'finalAccounts', reason: '审计中' }] });
    expect(flagsOf(story.snapshot, story.now, policy)).toMatchObject([{ flag: 'technologiesUnnamed' }, { flag: 'acceptanceDocumentAbsent', figures: { parts: ['finalAccounts'] } }]);
    expect(flags(story.does(...evidence('finalAccounts')))).toEqual(['technologiesUnnamed']);
  });

  it('A-10: what was built already proves no project approval', () => {
    const story = government({ stage: 'built' }).all([...toPool, publish, registerIrs, evidence('completionReport'), evidence('finalAccounts')]);
    expect(story.does('wei-lan', 'applyForAcceptance', { achieved: '完成' }).leaves).toEqual(['acceptance.inspecting']);
  });

  it('R-030: has a panel of its own, beside that of the review', () => {
    const story = government().all(named);
    expect(story.context.acceptance).toMatchObject({ experts: ['expert-chen', 'expert-zhou', 'expert-wu'], round: 1 });
    expect([story.context.sheets, story.context.scoreHundredths]).toEqual([{ 'expert-chen': 9000, 'expert-zhou': 8000, 'expert-wu': 8500 }, 8500]);
    expect(openTasks(story.snapshot).map(({ queue }) => queue)).toEqual(['bureauOfficer#gx-bureau', 'person#expert-chen', 'person#expert-zhou', 'person#expert-wu']);
  });

  it('R-030: who has not declared to be free of conflicts gives no opinion, and who was not asked neither', () => {
    const story = government().all([...applied, ['li-ning', 'assignExperts', { experts: ['expert-chen'] }]]);
    expect(story.refused(...opinion('expert-chen')).rule).toBe('hasDeclared');
    // Zhou was on the review's panel, which is over.
    expect(story.refused(...opinion('expert-zhou')).problem).toBe('not-allowed');
    expect(story.all([declaration('expert-chen'), opinion('expert-chen')]).refused(...opinion('expert-chen', 'fail')).rule).toBe('sheetIsOpen');
  });

  it('R-030: an expert who steps back makes room for an alternate, and is not asked again', () => {
    const story = government().all([...applied, ['li-ning', 'assignExperts', { experts: ['expert-chen'], alternates: ['expert-lin'] }], ['expert-chen', 'recuse', { reason: '参与过本项目监理' }]]);
    expect(story.context.acceptance).toMatchObject({ experts: ['expert-lin'], recused: ['expert-chen'], alternates: [] });
    expect(story.context.recused).toEqual([]);
    expect(story.refused('li-ning', 'assignExperts', { experts: ['expert-chen'] }).rule).toBe('expertsAreNew');
    expect(story.refused('expert-chen', 'recuse', { reason: '再次' }).problem).toBe('not-allowed');
  });

  it('R-030: passes when everything is inspected and met, the quorum has spoken and most of it agrees', () => {
    const steps = [...named, ...inspected];
    for (const [left, rule] of [['siteVisit', 'inspectionIsComplete'], ['expert-wu', 'opinionsReachQuorum']] as const) {
      expect(fails(government().all(steps.filter(([who, command, args]) => (command !== 'recordInspection' || args?.['check'] !== left) && (command !== 'giveOpinion' || who !== left))))).toBe(rule);
    }
    const story = government().all(ready);
    expect(fails(story.all([inspection('demonstration', 'unmet')]))).toBe('inspectionIsMet');
    expect(story.all([inspection('demonstration', 'notApplicable'), accept(1_200_000_000)]).context.acceptance?.outcome).toEqual({ result: 'passed', on: day });
    expect(replay('governmentInvestment', story.events)).toEqual({ ok: true, snapshot: story.snapshot });
  });

  it('R-030: does not pass against most of the panel', () => {
    expect(fails(government().all([...named, ...inspected.slice(0, 4), opinion('expert-zhou', 'rectify'), opinion('expert-wu', 'fail')]))).toBe('mostOpinionsPass');
  });

  it('A-13: a rectification is inspected anew by the same panel, and once', () => {
    const story = government().all([...ready, ['li-ning', 'orderRectification', { reason: '一项未联通', demands: ['联通冷链'] }], ['wei-lan', 'reportRectified', { report: '已联通' }]]);
    expect(story.context.acceptance).toMatchObject({ round: 2, checks: {}, opinions: {}, experts: ['expert-chen', 'expert-zhou', 'expert-wu'], declared: ['expert-chen', 'expert-zhou', 'expert-wu'] });
    expect([fails(story), story.refused('li-ning', 'orderRectification', { reason: '又一项', demands: ['再改'] }).rule]).toEqual(['inspectionIsComplete', 'rectificationIsAllowed']);
    expect(story.all([...inspected, accept(1_200_000_000)]).leaves).toEqual(['settlement.remainderPayable']);
  });

  it('R-030: an application with poor documents goes back to the unit, which applies again in another round; the panel stays', () => {
    const giveBack: Step = ['li-ning', 'returnAcceptance', { reason: '竣工决算不完整', lacking: ['补充竣工决算审计报告'] }];
    const story = government().all([...named, inspection('documents', 'unmet')]);
    expect(story.refused('wei-lan', 'returnAcceptance', giveBack[2]).problem).toBe('not-allowed');
    story.does(...giveBack);
    expect([story.leaves, openTasks(story.snapshot).map(({ queue }) => queue)]).toEqual([['acceptance.applying'], ['applicant#nanning-logistics']]);
    expect(story.context.acceptance).toMatchObject({ round: 2, appliedOn: null, checks: {}, opinions: {}, experts: ['expert-chen', 'expert-zhou', 'expert-wu'] });
    expect(story.all([application.at(-1) as Step, ...inspected]).ask(...accept(1_200_000_000)).ok).toBe(true);
  });

  it('A-13: once more than the documents was inspected, a return is no way around the one rectification', () => {
    const giveBack: Step = ['li-ning', 'returnAcceptance', { reason: '材料不完整', lacking: ['补充决算'] }];
    const story = government().all(named);
    expect(story.all([inspection('siteVisit', 'unmet')]).refused(...giveBack).rule).toBe('onlyDocumentsAreInspected');
    expect(government().all([...named, opinion('expert-chen')]).refused(...giveBack).rule).toBe('onlyDocumentsAreInspected');
  });

  it('R-041: a leader decides a failure, and what was prepaid is asked back', () => {
    const story = government().all([...named, ...inspected.slice(0, 3), ...['expert-chen', 'expert-zhou', 'expert-wu'].map((expert) => opinion(expert, 'fail'))]);
    expect(story.refused('li-ning', 'failAcceptance', { reason: '不达标' }).problem).toBe('not-allowed');
    story.does('liang-shan', 'failAcceptance', { reason: '核心功能未建成' });
    expect([story.leaves, story.context.acceptance?.outcome?.result]).toEqual([['acceptanceFailed'], 'failed']);
    expect(story.last.effects).toMatchObject([{ type: 'openCase', lifecycle: 'recovery', input: { cause: 'acceptanceFailed', amountFen: 120_000_000 } }, {}]);
  });

  it('goes on from a case that was being inspected before applications were asked for', () => {
    const story = government().all(applied);
    const { acceptance: _none, ...context } = story.context;
    story.snapshot = { ...story.snapshot, context: context as never };
    expect(story.all([...panelNamed, ...inspected, accept(1_200_000_000)]).context.acceptance).toMatchObject({ round: 1, appliedOn: null, outcome: { result: 'passed' } });
    expect(story.context.experts).toEqual(['expert-chen', 'expert-zhou', 'expert-wu']);
  });
});
