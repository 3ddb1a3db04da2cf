/** Two texts taken apart: what they begin and end with alike, and what stands between in each. */
export interface TextDifference {
  readonly begin: string;
  readonly before: string;
  readonly after: string;
  readonly end: string;
}

/** Where two texts differ, by code points so that no character is cut in two. */
export function textDifference(before: string, after: string): TextDifference {
  const [one, other] = [[...before], [...after]];
  const most = Math.min(one.length, other.length);
  let begin = 0;
  while (begin < most && one[begin] === other[begin]) begin += 1;
  let end = 0;
  while (end < most - begin && one[one.length - 1 - end] === other[other.length - 1 - end]) end += 1;
  return {
    begin: one.slice(0, begin).join(''),
    before: one.slice(begin, one.length - end).join(''),
    after: other.slice(begin, other.length - end).join(''),
    end: end === 0 ? '' : one.slice(-end).join(''),
  };
}
