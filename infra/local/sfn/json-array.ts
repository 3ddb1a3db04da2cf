/** A text that is JSON, but no array. */
export class NoArray extends Error {}

/**
 * The members of a JSON array whose text comes in pieces, one by one, so that a list of any length is never held whole. Throws
 * SyntaxError for what is no JSON and NoArray for other JSON, maybe after some members.
 */
export async function* arrayMembers(pieces: AsyncIterable<string>): AsyncGenerator<unknown> {
  const splitter = new Splitter();
  for await (const piece of pieces) for (const member of splitter.take(piece)) yield JSON.parse(member);
  splitter.end();
}

/** Cuts the text of an array at the signs of its outermost level; what lies between them is for JSON.parse to judge. */
class Splitter {
  #place: 'before' | 'inside' | 'after' | 'elsewhere' = 'before';
  #open = '';
  #isFirst = true;
  #depth = 0;
  #isString = false;
  #isEscaped = false;

  /** The members that end in this piece. */
  *take(piece: string): Generator<string> {
    let from = 0;
    for (let at = 0; at < piece.length; at += 1) {
      const sign = piece.charAt(at);
      if (!this.#isCut(sign)) continue;
      const member = this.#cut(this.#open + piece.slice(from, at), sign);
      this.#open = '';
      from = at + 1;
      if (member !== undefined) yield member;
    }
    this.#open += piece.slice(from);
  }

  /** Throws unless the text was one array, and over. */
  end(): void {
    if (this.#place === 'after' && this.#open.trim() === '') return;
    if (this.#place !== 'elsewhere') throw new SyntaxError('the array does not end where the text ends');
    JSON.parse(this.#open);
    throw new NoArray('the text is no array');
  }

  #isCut(sign: string): boolean {
    if (this.#place === 'inside') return this.#isOutermost(sign);
    if (this.#place !== 'before' || sign.trim() === '') return false;
    if (sign !== '[') this.#place = 'elsewhere';
    return sign === '[';
  }

  #isOutermost(sign: string): boolean {
    if (this.#isString) return this.#passInString(sign);
    if (sign === '"') this.#isString = true;
    else if (sign === '[' || sign === '{') this.#depth += 1;
    else if (sign === ']' || sign === '}') return this.#depth-- === 0;
    return sign === ',' && this.#depth === 0;
  }

  #passInString(sign: string): false {
    if (this.#isEscaped) this.#isEscaped = false;
    else if (sign === '\\') this.#isEscaped = true;
    else if (sign === '"') this.#isString = false;
    return false;
  }

  /** What a cut makes of the text before it: a member, or nothing at the opening bracket and in an empty array. */
  #cut(text: string, sign: string): string | undefined {
    const isFirst = this.#isFirst;
    if (sign === '[') this.#place = 'inside';
    else this.#isFirst = false;
    if (sign === ']') this.#place = 'after';
    if (sign === '[' || (sign === ']' && isFirst && text.trim() === '')) return undefined;
    // No member can end with a brace that it did not open: JSON.parse refuses it.
    return sign === '}' ? `${text}}` : text;
  }
}
