import { describe, expect, it } from 'vitest';
import { dayRules } from '../../../machines/scenario/rules/days.ts';
import type { Question } from '../../../machines/question.ts';
import type { ScenarioContext } from '../../../machines/scenario/context.ts';
import { addDays } from '../../../shared/days.ts';
import { policyOf } from '../../../shared/policy.ts';
import { approveProject, award, ordered, publish, toPool } from './steps.ts';
import { by, government, opened, policy, type Step } from './story.ts';

const inspected = { acceptance: { round: 1, appliedOn: '2025-03-02', absent: [], experts: [], recused: [], checks: { siteVisit: { result: 'met', on: '2025-03-05' } }, opinions: {} } } as const;
const milestones = [{ name: '初验', dueOn: '2025-03-01', doneOn: '2025-03-04' }, { name: '终验', dueOn: '2025-03-09', doneOn: null }];
const approval = { approval: { no: '1', on: '2025-03-01', fen: 1 } };

/** Whether typed days may stand where a case is. */
const holds = (context: Partial<ScenarioContext>, args: object): boolean =>
  dayRules.dayFollowsTheCase.holds({ context: { ...government().context, ...context }, args, policy: policyOf(policy), now: '2025-03-10T02:00:00.000Z' } as unknown as Question<ScenarioContext>);

describe('days that people type', () => {
  it.each([
    ['the completion follows the last milestone', { ...approval, milestones }, 'completedOn', '2025-03-04'],
    ['the completion follows the approval', { ...approval, milestones: [] }, 'completedOn', '2025-03-01'],
    ['what was inspected follows the application', inspected, 'checkedOn', '2025-03-02'],
    ['the acceptance follows what was inspected', inspected, 'inspectedOn', '2025-03-05'],
    ['a payment follows the last word on its order', { order: { by: 'pan-hong', fen: 1, approvals: ['su-mei'], on: '2025-03-08' } }, 'paidOn', '2025-03-08'],
    ['a report follows its evaluation', { evaluation: { year: 2025, grade: 'ordinary', targetMet: true, on: '2025-03-06', reportedOn: null } }, 'sentOn', '2025-03-06'],
    ['a breach follows the payment', { commitmentUntil: '2030-03-07' }, 'foundOn', '2025-03-07'],
  ] as const)('%s', (_, context, argument, earliest) => {
    const before = addDays(earliest, -1);
    expect([holds(context, { [argument]: earliest }), holds(context, { [argument]: before })]).toEqual([true, false]);
  });

  it('a milestone may lie before the approval, which may itself be one; and nothing binds where nothing was kept', () => {
    expect(holds({ ...approval, milestones }, { name: '终验', completedOn: '2025-02-01' })).toBe(true);
    expect(holds({ order: { by: 'pan-hong', fen: 1, approvals: [] }, evaluation: { year: 2025, grade: 'ordinary', targetMet: true, reportedOn: null } }, { paidOn: '2020-01-01', sentOn: '2020-01-01' })).toBe(true);
  });

  it('R-057: a meeting follows the demand for data, and data follow the second signature', () => {
    const promises = [{ name: '接口', dueOn: '2025-03-20' }];
    const story = opened('dataDemand', { id: 'D', scenario: { id: 'X', name: '数智大市场', unit: 'nanning-logistics', division: '450100' }, level: 'city', handler: by('shi-qing').org, dataTypes: ['登记'], scope: '全市', purpose: '核验' }, 'wei-lan');
    const meeting = (heldOn: string): Step => ['shi-qing', 'recordMeeting', { heldOn, participants: ['双方'], minutes: '商定', promises }];
    story.all([['shi-qing', 'acceptDemand', { provider: 'gx-market' }], ['shi-qing', 'callMeeting', { reason: '会商' }]]);
    expect(story.refused(...meeting('2025-03-09'))).toMatchObject({ rule: 'meetingFollowsTheDemand', figures: { earliest: '2025-03-10' } });
    story.does(...meeting('2025-03-10'));
    story.does('wei-lan', 'signAsUser', { responsible: '韦岚', undertaken: true }).at('2025-03-12T02:00:00.000Z').does('nong-min', 'signAsProvider', { responsible: '农敏', undertaken: true }).does('shi-qing', 'releaseData');
    expect(story.refused('nong-min', 'recordDelivery', { name: '接口', deliveredOn: '2025-03-11' })).toMatchObject({ rule: 'deliveryFollowsTheSigning', figures: { earliest: '2025-03-12' } });
    expect(story.ask('nong-min', 'recordDelivery', { name: '接口', deliveredOn: '2025-03-12' }).ok).toBe(true);
  });
});

describe('R-064: an open severe finding', () => {
  it('stops the approval of a payment order, and not only its voucher', () => {
    const [order, approve] = ordered(120_000_000);
    const story = government().all([...toPool, publish, approveProject, ...award(240_000_000)]).does(...order!).does('ou-lin', 'recordFinding', { finding: 'S1', severity: 'severe', reason: '虚列支出' });
    expect(story.refused(...approve!).rule).toBe('noSevereFindingIsOpen');
    expect(story.does('ou-lin', 'resolveFinding', { finding: 'S1', reason: '已整改' }).ask(...approve!).ok).toBe(true);
  });
});
