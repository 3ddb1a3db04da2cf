import { describe, expect, it, vi } from 'vitest';

// A browser's, for the preferences that words follow.
vi.stubGlobal('matchMedia', () => ({ matches: false }));
const { figuresLine } = await import('../../../web/parts/figures-line.ts');

describe('the figures behind a refusal', () => {
  it('are read in words, money in yuan, in the order of a sentence', () => {
    expect(figuresLine({ ceilingFen: 240_000_000, tier: 3, amountFen: 240_000_001, article: 'art. 12(2)', capped: false })).toEqual(['所填金额：2,400,000.01元 · 上限：2,400,000.00元']);
    expect(figuresLine({ opinions: 2, quorum: 3 })).toEqual(['已签意见：2 · 至少：3']);
  });
  it('name the earliest day that would do, the instant of an end as its day, and things by their names', () => {
    expect(figuresLine({ early: [{ day: '2027-01-03', earliest: '2027-01-04' }, { day: '2027-01-03', earliest: '2027-01-09' }] })).toEqual(['不能早于：2027-01-09']);
    expect(figuresLine({ until: '2027-01-31T16:00:00.000Z' })).toEqual(['期满：2027-02-01']);
    expect(figuresLine({ open: ['初验', '终验'] })).toEqual(['未完成：初验 / 终验']);
  });
  it.each([undefined, null, 'text', {}, { amountFen: null }, { open: ['siteVisit'] }, { open: [] }, { early: [] }, { pointers: ['/system/name'] }])('show nothing of %j', (figures) => {
    expect(figuresLine(figures)).toEqual([]);
  });
});
