import { describe, expect, it } from 'vitest';
import { contestOf, together, type Conflict } from '../../../web/filing/conflict.ts';
import { governmentPages } from '../../../web/filing/government.ts';
import { textDifference } from '../../../web/revisions/text-difference.ts';

const pages = governmentPages;
const met = (parts: Partial<Conflict>): Conflict => ({ revision: 3, savedAt: '2026-03-02T01:00:00.000Z', by: { person: 'huang-yu', name: '黄宇' }, theirs: [], yours: [], both: [], ...parts });

describe('two people who meet in one draft', () => {
  it('choose field by field where both began a group that was not there', () => {
    const contest = contestOf(pages, met({ both: [{ pointer: '/annex1', before: null, yours: { architecture: '甲', demandName: '名' }, theirs: { architecture: '乙', planningBasis: '基' } }] }));
    expect(contest.contested).toEqual([{ pointer: '/annex1/architecture', one: '甲', other: '乙' }]);
    expect(contest.beside.map(({ pointer }) => pointer)).toEqual(['/annex1/planningBasis']);
    expect(together({ annex1: { architecture: '甲', demandName: '名' } }, contest, () => 'theirs')).toEqual({ annex1: { architecture: '乙', demandName: '名', planningBasis: '基' } });
    expect(together({ annex1: { architecture: '甲', demandName: '名' } }, contest, () => 'mine')).toEqual({ annex1: { architecture: '甲', demandName: '名', planningBasis: '基' } });
  });

  it('keep what only the other changed, also where it was taken away', () => {
    const contest = contestOf(pages, met({ theirs: [{ pointer: '/system/name', before: '旧', after: null }] }));
    expect(together({ system: { name: '旧', stage: 'built' } }, contest, () => 'mine')).toEqual({ system: { stage: 'built' } });
  });

  it('choose a unit as a whole', () => {
    const contest = contestOf(pages, met({ both: [{ pointer: '/system/constructUnit', before: { name: '一' }, yours: { name: '二', uscc: 'A' }, theirs: { name: '三', uscc: 'B' } }] }));
    expect(contest.contested.map(({ pointer }) => pointer)).toEqual(['/system/constructUnit']);
  });
});

describe('the difference of two texts', () => {
  it.each([
    ['一个平台', '两个平台', { begin: '', before: '一', after: '两', end: '个平台' }],
    ['甲乙', '甲丙乙', { begin: '甲', before: '', after: '丙', end: '乙' }],
    ['同', '同', { begin: '同', before: '', after: '', end: '' }],
    ['', '新', { begin: '', before: '', after: '新', end: '' }],
    ['𠮷野', '𠮶野', { begin: '', before: '𠮷', after: '𠮶', end: '野' }],
    ['aa', 'aaa', { begin: 'aa', before: '', after: 'a', end: '' }],
  ])('%s → %s', (before, after, difference) => expect(textDifference(before, after)).toEqual(difference));
});
