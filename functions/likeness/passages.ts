import { compared, type Compared, type Piece } from './prose.ts';

/** A passage that stands in two forms: where in each, and how it reads in the first. */
export interface Passage {
  readonly pointer: string;
  readonly otherPointer: string;
  readonly text: string;
}

/** What two forms have in common: the share of the first one's characters that stand in the other, and the longest passages. */
export interface Common {
  readonly share: number;
  readonly passages: readonly Passage[];
}

// Twelve characters in a row are a clause: fewer are found in any two texts of the same trade.
const shortestPassage = 12;
const seed = 8;
const mostPassages = 20;
const mostShown = 300;

interface Part extends Compared {
  readonly pointer: string;
  readonly text: string;
}

interface Run {
  readonly part: Part;
  readonly from: number;
  readonly length: number;
  readonly otherPointer: string;
}

/** Finds the passages of one form in another: word for word but for white space and punctuation, longest first. Time and memory grow with the two texts. */
export function commonPassages(one: readonly Piece[], other: readonly Piece[]): Common {
  const parts = one.map(partOf);
  const others = other.map(partOf);
  const known = seedsOf(others);
  const runs = parts.flatMap((part) => runsIn(part, others, known));
  const total = parts.reduce((sum, { characters }) => sum + characters.length, 0);
  const covered = runs.reduce((sum, { length }) => sum + length, 0);
  const passages = runs.toSorted((a, b) => b.length - a.length).slice(0, mostPassages).map(passageOf);
  return { share: total === 0 ? 0 : covered / total, passages };
}

function partOf({ pointer, text }: Piece): Part {
  return { pointer, text, ...compared(text) };
}

type Seeds = ReadonlyMap<string, readonly (readonly [part: number, at: number])[]>;

// A phrase that is repeated over and over would make every look at it long; eight places of it find it as well.
const mostPlaces = 8;

function seedsOf(parts: readonly Part[]): Seeds {
  const seeds = new Map<string, [number, number][]>();
  for (const [index, { characters }] of parts.entries()) {
    for (let at = 0; at + seed <= characters.length; at += 1) {
      const key = characters.slice(at, at + seed).join('');
      const places = seeds.get(key);
      if (!places) seeds.set(key, [[index, at]]);
      else if (places.length < mostPlaces) places.push([index, at]);
    }
  }
  return seeds;
}

function runsIn(part: Part, others: readonly Part[], seeds: Seeds): Run[] {
  const runs: Run[] = [];
  for (let at = 0; at + seed <= part.characters.length; ) {
    const run = longestAt(part, at, others, seeds);
    if (run && run.length >= shortestPassage) runs.push(run);
    at += run && run.length >= shortestPassage ? run.length : 1;
  }
  return runs;
}

function longestAt(part: Part, at: number, others: readonly Part[], seeds: Seeds): Run | undefined {
  let best: Run | undefined;
  for (const [index, from] of seeds.get(part.characters.slice(at, at + seed).join('')) ?? []) {
    const other = others[index] as Part;
    let length = seed;
    while (at + length < part.characters.length && part.characters[at + length] === other.characters[from + length]) length += 1;
    if (!best || length > best.length) best = { part, from: at, length, otherPointer: other.pointer };
  }
  return best;
}

function passageOf({ part, from, length, otherPointer }: Run): Passage {
  const start = part.places[from] ?? 0;
  const text = part.text.slice(start, (part.places[from + length - 1] ?? start) + 1);
  return { pointer: part.pointer, otherPointer, text: [...text].length > mostShown ? `${[...text].slice(0, mostShown).join('')}…` : text };
}
