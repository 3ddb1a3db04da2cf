import { describe, expect, it } from 'vitest';
import { packOf } from '../../../machines/pack.ts';
import { differencesOf } from '../../../machines/what-if.ts';
import { policyChanges, triedOut, type PolicyChanges } from '../../../shared/contracts/policy-changes.ts';
import { gx2025Draft, gx2025DraftWithNotice, packOn, policyOf, type Policy } from '../../../shared/policy.ts';
import { approveProject, award, governmentFiling, paying, publish, review, toPool } from './steps.ts';
import { government, social, type Story } from './story.ts';

const base = policyOf('gx-2025-draft');
const under = (story: Story, changes: PolicyChanges) => differencesOf(story.snapshot, base, triedOut(base, changes)).map(({ what, before, after }) => [what, before, after]);
const awarded = () => government().all([...toPool, publish, approveProject, ...award(240_000_000)]);

describe('a pack with changes', () => {
  it('changes nothing for anybody when nothing is changed', () => {
    for (const story of [government(), social(), awarded()]) expect(under(story, {})).toEqual([]);
    expect(triedOut(base, {})).toEqual(base);
  });

  it('shows what an award and its halves would become', () => {
    expect(under(awarded(), { capFen: 200_000_000 })).toEqual([['ceilingFen', 240_000_000, 200_000_000], ['awardWithinCeiling', true, false], ['advanceFen', 120_000_000, 100_000_000], ['remainderFen', 120_000_000, 100_000_000]]);
    expect(under(awarded(), { advancePercent: 30 })).toContainEqual(['advanceFen', 120_000_000, 72_000_000]);
    // What was paid is paid: no pack changes it, nor asks about it again.
    expect(under(awarded().all(paying(120_000_000)), { advancePercent: 30 }).map(([what]) => what)).not.toContain('advanceFen');
  });

  it('shows who would pass, and where a notice would be put in', () => {
    const reviewing = government().all([...governmentFiling, ...review]);
    expect(reviewing.leaves[0]).toMatch(/^selection\./);
    expect(under(reviewing, { passLine: 100 })).toContainEqual(['passes', true, false]);
    expect(under(reviewing, { quorum: 9 })).toContainEqual(['quorumReached', true, false]);
    expect(under(reviewing, { publicNotice: true })).toContainEqual(['publicNotice', false, true]);
    expect(under(awarded(), { publicNotice: true, passLine: 100, quorum: 9 })).toEqual([]);
  });

  it('shows which waits would be longer or shorter, at the leaf', () => {
    expect(differencesOf(government().snapshot, base, triedOut(base, { periods: { draft: { days: 90 } } }))).toEqual([{ what: 'period', article: 'policy requirements 0.8', before: { days: 180 }, after: { days: 90 }, leaf: 'declaration.draft' }]);
    expect(under(government(), { periods: { recovery: { days: 1 } } })).toEqual([]);
  });

  it('is asked of open cases only', () => {
    expect(under(government().does('wei-lan', 'withdraw', { reason: '撤回' }), { capFen: 1 })).toEqual([]);
  });

  it.each<[string, unknown]>([
    ['an unknown parameter', { caps: 1 }],
    ['tiers that do not rise', { governmentTiers: [{ upToFen: 5, percent: 1 }, { upToFen: 5, percent: 2 }, { upToFen: null, percent: 3 }] }],
    ['tiers that end', { governmentTiers: [{ upToFen: 5, percent: 1 }] }],
    ['no tier', { socialTiers: [] }],
    ['more than all', { advancePercent: 101 }],
    ['a period that is none', { periods: { award: { workingDays: 0 } } }],
    ['an unknown period', { periods: { lunch: { days: 1 } } }],
  ])('is refused with %s', (_, changes) => {
    expect(policyChanges.safeParse(changes).success).toBe(false);
  });
});

describe('which pack a case is decided under', () => {
  const later: Policy = { ...gx2025Draft, id: 'later', effectiveOn: { value: '2027-01-01', source: 'art. 21' } };
  const latest: Policy = { ...gx2025Draft, id: 'latest', effectiveOn: { value: '2029-01-01', source: 'art. 21' } };
  const packs = { [gx2025Draft.id]: gx2025Draft, later, latest };
  const replaced = { [gx2025Draft.id]: 'later', later: 'latest' };

  it('is the last that took effect by the day', () => {
    expect(['2026-12-31', '2027-01-01', '2028-12-31', '2029-01-01'].map((day) => packOn(gx2025Draft.id, day, packs, replaced))).toEqual([gx2025Draft.id, 'later', 'later', 'latest']);
    expect(packOn(gx2025Draft.id, '2099-01-01')).toBe(gx2025Draft.id);
  });

  it('is its own from the filing on; a draft goes by the day', () => {
    const now = '2025-03-10T02:00:00.000Z';
    const draft = government();
    expect(packOf(draft.snapshot, gx2025DraftWithNotice.id, now)).toBe(gx2025DraftWithNotice.id);
    draft.does('wei-lan', 'submit', { handler: 'nanning-data' });
    expect(packOf(draft.snapshot, gx2025DraftWithNotice.id, now)).toBe(gx2025Draft.id);
  });
});
