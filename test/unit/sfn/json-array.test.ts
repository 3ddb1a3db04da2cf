import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arrayMembers, NoArray } from '../../../infra/local/sfn/json-array.ts';

async function* inPieces(text: string, length: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += length) yield text.slice(at, at + length);
}

const members = async (text: string, length = 3) => Array.fromAsync(arrayMembers(inPieces(text, length)));

describe('the members of an array that comes in pieces', () => {
  it('are those of the whole array, wherever the pieces are cut', async () => {
    const lists = fc.tuple(fc.array(fc.json().map((text) => JSON.parse(text) as unknown)), fc.constantFrom(0, 2), fc.integer({ min: 1, max: 9 }));
    await fc.assert(fc.asyncProperty(lists, async ([list, space, length]) => {
      expect(await members(JSON.stringify(list, null, space), length)).toEqual(list);
    }));
  });

  it.each(['', '   ', '[', '[1', '[1,', '[1,]', '[,1]', '[1 2]', '[1]]', '[1] x', '[1}', '["a', '[{]}]', 'not json', '{"a":1', '[1}]'])('are refused in %j, which is no JSON', async (text) => {
    await expect(members(text)).rejects.toBeInstanceOf(SyntaxError);
  });

  it.each(['{"a":[1]}', '"[1]"', '1', 'null'])('are not to be had from %j', async (text) => {
    await expect(members(text)).rejects.toBeInstanceOf(NoArray);
  });
});
