import { describe, expect, test } from 'vitest';
import { simplePaths } from '../../../machines/derive/paths.ts';
import { scenarioRules } from '../../../machines/scenario/rules/table.ts';
import type { Question } from '../../../machines/question.ts';
import type { ScenarioContext } from '../../../machines/scenario/context.ts';
import { policyOf } from '../../../shared/policy.ts';
import { contradictionOf, contradictions } from '../../walk/contradictions.ts';
import { graphFor } from '../../walk/coverage.ts';

const paths = (['governmentInvestment', 'socialInvestment'] as const).flatMap((name) => [...simplePaths(graphFor(name))]);

/** Whether a rule holds at acceptance of a case that was awarded, waived its award, or neither. */
function holds(rule: 'awardIsMissing' | 'advanceIsDue' | 'remainderIsDue', past: 'awarded' | 'waived' | 'neither'): boolean {
  const award = past === 'awarded' ? { fen: 100, proposedBy: 'li-ning', approvedBy: 'liang-shan' } : null;
  const context = { funding: 'governmentInvestment', award, waived: past === 'waived', investmentFen: 1000, accountsFen: 1000, approval: null, paid: { advance: null, remainder: null, oneOff: null }, recoveries: {} };
  return scenarioRules[rule].holds({ context, policy: policyOf('gx-2025-draft') } as unknown as Question<ScenarioContext>);
}

describe('paths that contradict themselves', () => {
  test('after building an award is there or waived, so none is missing', () => {
    const funded = graphFor('governmentInvestment').leaves.filter(({ path, kind }) => path.startsWith('construction.funding.') && kind === 'final').map(({ path }) => path);
    expect(funded).toEqual(['construction.funding.advancePaid', 'construction.funding.advanceDeferred', 'construction.funding.waived']);
    expect([holds('awardIsMissing', 'awarded'), holds('awardIsMissing', 'waived')]).toEqual([false, false]);
  });

  test('what was built already has neither before acceptance, so its award is missing', () => {
    expect(holds('awardIsMissing', 'neither')).toBe(true);
  });

  test('whoever was awarded and not paid gets the first half next', () => {
    expect([holds('advanceIsDue', 'awarded'), holds('advanceIsDue', 'waived'), holds('advanceIsDue', 'neither')]).toEqual([true, false, false]);
  });

  test('whoever waived has no remainder to get', () => {
    expect(holds('remainderIsDue', 'waived')).toBe(false);
  });

  test('are a part of all, each reason being the reason of some', () => {
    const found = paths.map(contradictionOf);
    expect(new Set(found)).toEqual(new Set([undefined, ...contradictions.map(({ reason }) => reason)]));
    expect([found.length, found.filter((reason) => reason === undefined).length]).toEqual([1700, 780]);
  });
});
