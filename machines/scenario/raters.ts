/** One closed review: the weighted score of each expert's sheet, in hundredths of a point. */
export interface ClosedReview {
  readonly sheets: { readonly [expert: string]: number };
}

/**
 * How an expert has scored so far, in points (two decimals): `leniency` is how far their sheets lie above the mean of the others on
 * the same panels (below: negative, severe), `spread` the standard deviation of their own scores: small where somebody gives everybody
 * the same. Null where there is too little to say.
 */
export interface RaterRecord {
  readonly reviews: number;
  readonly leniency: number | null;
  readonly spread: number | null;
}

/** The record of every expert in some closed reviews. */
export function raterRecords(reviews: readonly ClosedReview[]): ReadonlyMap<string, RaterRecord> {
  const given = new Map<string, { readonly own: number[]; readonly above: number[] }>();
  for (const { sheets } of reviews) {
    for (const [expert, score] of Object.entries(sheets)) {
      const record = given.get(expert) ?? { own: [], above: [] };
      const others = Object.entries(sheets).filter(([other]) => other !== expert).map(([, each]) => each);
      record.own.push(score);
      if (others.length > 0) record.above.push(score - meanOf(others));
      given.set(expert, record);
    }
  }
  return new Map([...given].map(([expert, { own, above }]) => [expert, { reviews: own.length, leniency: above.length === 0 ? null : points(meanOf(above)), spread: own.length < 2 ? null : points(deviationOf(own)) }]));
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function deviationOf(values: readonly number[]): number {
  const mean = meanOf(values);
  return Math.sqrt(meanOf(values.map((value) => (value - mean) ** 2)));
}

// `+ 0` because a mean just below nothing would round to -0.
function points(hundredths: number): number {
  return Math.round(hundredths) / 100 + 0;
}
