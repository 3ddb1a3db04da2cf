import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gx2025Draft, policyOf } from '../../../shared/policy.ts';
import { ceilingOf, splitAward } from '../../../machines/scenario/money.ts';

const policy = policyOf(gx2025Draft.id);

/** Requirements, section 3: investment, government ceiling, its halves, social ceiling, all in fen. */
const vectors = [
  [0, 0, 0, 0, 0],
  [9, 0, 0, 0, 1],
  [99, 9, 4, 5, 19],
  [499_999_999, 49_999_999, 24_999_999, 25_000_000, 99_999_999],
  [500_000_000, 50_000_000, 25_000_000, 25_000_000, 100_000_000],
  [500_000_001, 75_000_000, 37_500_000, 37_500_000, 100_000_000],
  [500_000_007, 75_000_001, 37_500_000, 37_500_001, 100_000_001],
  [999_999_999, 149_999_999, 74_999_999, 75_000_000, 199_999_999],
  [1_000_000_000, 150_000_000, 75_000_000, 75_000_000, 200_000_000],
  [1_000_000_001, 200_000_000, 100_000_000, 100_000_000, 200_000_000],
  [1_499_999_999, 299_999_999, 149_999_999, 150_000_000, 299_999_999],
  [1_500_000_000, 300_000_000, 150_000_000, 150_000_000, 300_000_000],
  [2_000_000_000, 300_000_000, 150_000_000, 150_000_000, 300_000_000],
  [826_000_000, 123_900_000, 61_950_000, 61_950_000, 165_200_000],
] as const;

describe('the ceiling of a reward or subsidy (art. 12(2), art. 15(1))', () => {
  it.each(vectors)('an investment of %i fen', (investment, government, first, second, social) => {
    expect(ceilingOf('governmentInvestment', investment, policy).ceilingFen).toBe(government);
    expect(splitAward(government, policy)).toEqual({ first, second });
    expect(ceilingOf('socialInvestment', investment, policy).ceilingFen).toBe(social);
  });

  it('flags what lies up to two per cent above a tier, and only that', () => {
    const near = (fen: number) => ceilingOf('governmentInvestment', fen, policy).nearTier;
    expect([500_000_000, 500_000_001, 510_000_000, 510_000_001, 1_000_000_001, 1_020_000_000, 1_020_000_001].map(near)).toEqual([false, true, true, false, true, true, false]);
  });

  it('is a whole number of fen, never above the cap and never above its rate', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000_000_000_000 }), (fen) => {
        const { ceilingFen, percent } = ceilingOf('governmentInvestment', fen, policy);
        const { first, second } = splitAward(ceilingFen, policy);
        return Number.isSafeInteger(ceilingFen) && ceilingFen <= 300_000_000 && ceilingFen * 100 <= fen * percent && first + second === ceilingFen && second - first <= 1;
      }),
    );
  });
});

describe('the policy pack', () => {
  it('names a source for every parameter', () => {
    for (const [name, parameter] of Object.entries(policy)) if (typeof parameter === 'object') expect(parameter.source, name).toMatch(/art\.|A-|R|annex/);
  });
  it('has criteria whose weights add up to a hundred', () => {
    expect(policy.criteria.value.reduce((sum, criterion) => sum + criterion.weight, 0)).toBe(100);
  });
});
