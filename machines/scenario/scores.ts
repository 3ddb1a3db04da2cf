import type { Policy } from '../../shared/policy.ts';

/** The weighted score of one sheet in hundredths of a point (0 to 10,000): scores 0 to 100, weights of the policy adding up to 100. */
export function sheetScore(scores: { readonly [criterion: string]: number }, policy: Policy): number {
  return policy.criteria.value.reduce((sum, { id, weight }) => sum + (scores[id] ?? 0) * weight, 0);
}

/** The panel's score in hundredths: the mean of the sheets, without the highest and the lowest when there are enough of them, rounded down. */
export function panelScore(sheets: readonly number[], policy: Policy): number {
  const sorted = [...sheets].sort((a, b) => a - b);
  const counted = sorted.length >= policy.dropExtremesFrom.value ? sorted.slice(1, -1) : sorted;
  return counted.length === 0 ? 0 : Math.floor(counted.reduce((sum, score) => sum + score, 0) / counted.length);
}
