import { pick, randomFrom } from '../walk/random.ts';

/** The dice of one thing in a season: the same seed and the same names give the same throws, whoever throws elsewhere meanwhile. */
export class Dice {
  readonly #random: () => number;

  constructor(seed: number, ...names: readonly (string | number)[]) {
    this.#random = randomFrom(names.reduce<number>((mixed, name) => mixedWith(mixed, String(name)), seed >>> 0));
  }

  /** Whether something happens that happens in `percent` of all cases. */
  chance(percent: number): boolean {
    return this.#random() * 100 < percent;
  }

  /** A whole number from `least` to `most`. */
  between(least: number, most: number): number {
    return least + Math.floor(this.#random() * (most - least + 1));
  }

  /** One of a list. */
  one<T>(list: readonly T[]): T {
    return pick(list, this.#random);
  }

  /** A list in another order. */
  shuffled<T>(list: readonly T[]): T[] {
    return list.map((item) => ({ item, at: this.#random() })).sort((a, b) => a.at - b.at).map(({ item }) => item);
  }

  /** The dice as the walk's samples throw them: a number in [0, 1). */
  get random(): () => number {
    return this.#random;
  }
}

// FNV-1a over the name, from where the last one ended.
function mixedWith(start: number, text: string): number {
  let hash = (start ^ 0x811c9dc5) >>> 0;
  for (const letter of text) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return hash;
}
