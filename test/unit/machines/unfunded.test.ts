import { describe, expect, it } from 'vitest';
import { accept, approveProject, award, finishBuilding, ordered, paying, publish, toPool } from './steps.ts';
import { government } from './story.ts';

const building = [...toPool, publish];

describe('an award without money', () => {
  it('R-062: an award that waits for money keeps no finished building from its acceptance; both halves follow it', () => {
    const story = government().all([...building, approveProject, ...award(240_000_000)]);
    expect(story.refused('pan-hong', 'deferAdvance', { reason: '预算用尽' }).rule).toBe('awardIsUnfunded');
    story.placeInFund = 1;
    expect(story.refused('li-ning', 'deferAdvance', { reason: '预算用尽' }).problem).toBe('not-allowed');
    story.does('pan-hong', 'deferAdvance', { reason: '预算用尽' }).all([...finishBuilding, accept(1_150_000_000)]);
    expect([story.leaves, story.last.effects]).toMatchObject([['settlement.advancePayable'], [{ type: 'tellCase', command: 'returnFunds', args: { amountFen: 10_000_000, because: 'released' } }]]);
    expect(story.refused(...ordered(115_000_000)[0]!).rule).toBe('awardIsFunded');
    story.placeInFund = 0;
    story.all([...paying(115_000_000), ...paying(115_000_000)]);
    expect([story.leaves, story.context.paid]).toEqual([['evaluation.evaluating'], { advance: 115_000_000, remainder: 115_000_000, oneOff: null }]);
  });
  it('R-062: what waits for money and fails its acceptance is asked nothing back, and gives its place up', () => {
    const story = government().all([...building, approveProject, ...award(240_000_000)]);
    story.placeInFund = 1;
    story.does('pan-hong', 'deferAdvance', { reason: '预算用尽' }).all(finishBuilding).does('liang-shan', 'failAcceptance', { reason: '不合格' });
    expect([story.context.recoveries, story.last.effects]).toMatchObject([{}, [{ command: 'returnFunds', args: { amountFen: 240_000_000, because: 'released' } }]]);
  });
});
