/** A name as it is compared for duplicates: NFKC, lower case, without white space, punctuation and brackets. */
export function normalisedName(name: string): string {
  return name.normalize('NFKC').toLowerCase().replace(/[\s\p{P}\p{S}]+/gu, '');
}

/** How alike two names are, from 0 to 1: the share of their neighbouring character pairs that they have in common (Dice). */
export function likeness(one: string, other: string): number {
  const first = pairs(normalisedName(one));
  const second = pairs(normalisedName(other));
  if (first.length === 0 || second.length === 0) return normalisedName(one) === normalisedName(other) ? 1 : 0;
  const open = [...second];
  const shared = first.filter((pair) => {
    const at = open.indexOf(pair);
    if (at >= 0) open.splice(at, 1);
    return at >= 0;
  });
  return (2 * shared.length) / (first.length + second.length);
}

function pairs(text: string): string[] {
  const characters = [...text];
  return characters.slice(1).map((character, index) => `${characters[index]}${character}`);
}
