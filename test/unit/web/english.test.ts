import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesUnder } from '../../../infra/build/freshness.ts';
import { english } from '../../../web/words/english.ts';

const root = join(import.meta.dirname, '../../../web');
const sources = filesUnder(root).filter((file) => /\.tsx?$/.test(file) && !file.startsWith('words/')).map((file) => readFileSync(join(root, file), 'utf8'));

/** Every Chinese text that some page asks the English of: a literal in a call of `t`, whichever branch it stands in. */
const asked = sources.flatMap((source) => [...source.matchAll(/\bt\(([^()]*)[,)]/g)].flatMap(([, inside = '']) => [...inside.matchAll(/'([^']+)'/g)].map(([, text = '']) => text))).filter((text) => /\p{Script=Han}/u.test(text));

describe('English', () => {
  it('has a word for every text that a page asks for', () => {
    expect([...new Set(asked)].filter((text) => english[text] === undefined)).toEqual([]);
  });

  it('has no word that no page shows', () => {
    const all = sources.join('\n');
    expect(Object.keys(english).filter((text) => !all.includes(text))).toEqual([]);
  });

  it('keeps the places that are filled in', () => {
    const places = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(([place]) => place).toSorted();
    for (const [chinese, words] of Object.entries(english)) expect([chinese, places(words)]).toEqual([chinese, places(chinese)]);
  });
});
