import { countCharacters } from '../../shared/contracts/text.ts';

/** One text of a form that people write themselves, with its place (JSON pointer). */
export interface Piece {
  readonly pointer: string;
  readonly text: string;
}

// Shorter texts (names of units, numbers, options) are alike in honest filings too.
const shortest = 12;

/** Everything that somebody wrote in a form: each text of annex 1 or annex 2 that is long enough to be copied. The system fields are facts, not prose. */
export function proseOf(form: unknown): Piece[] {
  const { annex1, annex2 } = (form ?? {}) as { annex1?: unknown; annex2?: { cover?: unknown; basic?: unknown } };
  const { cover: _cover, basic: _basic, ...told } = annex2 ?? {};
  return [...textsIn(annex1 ?? {}, '/annex1'), ...textsIn(told, '/annex2')].filter(({ text }) => countCharacters(text) >= shortest);
}

function textsIn(value: unknown, pointer: string): Piece[] {
  if (typeof value === 'string') return [{ pointer, text: value }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => textsIn(inner, `${pointer}/${key}`));
}

/** A text as it is compared, character by character, and for each character its place (UTF-16) in the text as it was written. */
export interface Compared {
  readonly characters: readonly string[];
  readonly places: readonly number[];
}

/** NFKC, lower case, without white space and punctuation: what a copyist changes first. */
export function compared(text: string): Compared {
  const characters: string[] = [];
  const places: number[] = [];
  let place = 0;
  for (const written of text) {
    for (const character of written.normalize('NFKC').toLowerCase()) {
      if (/[\s\p{P}\p{S}]/u.test(character)) continue;
      characters.push(character);
      places.push(place);
    }
    place += written.length;
  }
  return { characters, places };
}
