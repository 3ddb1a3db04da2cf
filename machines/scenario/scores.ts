import { policyOf, type Policy } from '../../shared/policy.ts';

/** The pack that a review goes by: the one in force when its panel was named, so that a new pack changes no weights under sheets already given. */
export function reviewPack({ reviewPolicy }: { readonly reviewPolicy?: string | null }, inForce: Policy): Policy {
  return reviewPolicy ? policyOf(reviewPolicy) : inForce;
}

/** The weighted score of one sheet in hundredths of a point (0 to 10,000): scores 0 to 100, weights of the policy adding up to 100. */
export function sheetScore(scores: { readonly [criterion: string]: number }, policy: Policy): number {
  return policy.criteria.value.reduce((sum, { id, weight }) => sum + (scores[id] ?? 0) * weight, 0);
}

/** The panel's score in hundredths: the mean of the sheets, without the highest and the lowest when there are enough of them, rounded down. */
export function panelScore(sheets: readonly number[], policy: Policy): number {
  const counted = countedSheets(Object.fromEntries(sheets.map((score, index) => [index, score])), policy).map((index) => sheets[Number(index)] ?? 0);
  return counted.length === 0 ? 0 : Math.floor(counted.reduce((sum, score) => sum + score, 0) / counted.length);
}

/** Whose sheets count: all, or, when there are enough of them, all but one highest and one lowest. */
export function countedSheets(sheets: { readonly [expert: string]: number }, policy: Policy): string[] {
  const sorted = Object.entries(sheets).sort(([, a], [, b]) => a - b).map(([expert]) => expert);
  return sorted.length >= policy.dropExtremesFrom.value ? sorted.slice(1, -1) : sorted;
}

/** How far apart the highest and the lowest of some scores are. */
export function rangeOf(scores: readonly number[]): number {
  return scores.length === 0 ? 0 : Math.max(...scores) - Math.min(...scores);
}
