/** A name as it is compared for duplicates: NFKC, lower case, without white space, punctuation and brackets. */
export function normalisedName(name: string): string {
  return name.normalize('NFKC').toLowerCase().replace(/[\s\p{P}\p{S}]+/gu, '');
}
