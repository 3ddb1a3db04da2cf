import { compared } from '../likeness/prose.ts';

/**
 * How many bits an entry keeps of its text: at 5,000 字 about a third of them are set, so that a term of three characters passes wrongly
 * in one entry of thirty. As many as leave room for the rest of the entry in a kilobyte, which is what a write is charged by; entries
 * of before November 2026 have 8192.
 */
const bits = 7424;

/** A text as it is searched: NFKC, lower case, without white space and punctuation. */
export function searched(text: string): string {
  return compared(text).characters.join('');
}

/** The words of a query, each as it is searched; what is only punctuation is none. */
export function termsOf(query: string): string[] {
  return [...new Set(query.split(/\s+/u).map(searched).filter((term) => term !== ''))];
}

/** The characters and pairs of characters of a text as a Bloom filter (Bloom 1970, one hash): what is not in it is not in the text. */
export function filterOf(text: string, size = bits): Uint8Array {
  const filter = new Uint8Array(size / 8);
  for (const bit of bitsOf(searched(text), size)) filter[bit >> 3] = (filter[bit >> 3] ?? 0) | (1 << (bit & 7));
  return filter;
}

/** Whether a text with this filter may contain all terms; a `no` is certain, a `yes` has to be looked at. */
export function mayContain(filter: Uint8Array, terms: readonly string[]): boolean {
  return terms.every((term) => bitsOf(term, filter.length * 8).every((bit) => ((filter[bit >> 3] ?? 0) & (1 << (bit & 7))) !== 0));
}

/** Whether a text contains all terms. */
export function contains(text: string, terms: readonly string[]): boolean {
  const all = searched(text);
  return terms.every((term) => all.includes(term));
}

const around = 40;

/** The part of a text around the first term that is in it, or its beginning. */
export function excerptOf(text: string, terms: readonly string[]): string {
  const { characters, places } = compared(text);
  const all = characters.join('');
  const hits = terms.map((term) => all.indexOf(term)).filter((at) => at >= 0);
  const first = hits.length === 0 ? 0 : Array.from(all.slice(0, Math.min(...hits))).length;
  const from = places[Math.max(0, first - around)] ?? 0;
  const to = places[first + 2 * around] ?? text.length;
  return `${from > 0 ? '…' : ''}${text.slice(from, to)}${to < text.length ? '…' : ''}`;
}

function bitsOf(text: string, size: number): number[] {
  const characters = [...text];
  const grams = characters.flatMap((one, at) => [one, ...(at + 1 < characters.length ? [`${one}${characters[at + 1]}`] : [])]);
  return grams.map((gram) => hashOf(gram) % size);
}

// FNV-1a over UTF-16 units.
function hashOf(gram: string): number {
  let hash = 0x81_1c_9d_c5;
  for (let at = 0; at < gram.length; at += 1) hash = Math.imul(hash ^ gram.charCodeAt(at), 0x01_00_01_93);
  return (hash ^ (hash >>> 13)) >>> 0;
}
