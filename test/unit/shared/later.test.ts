import * as z from 'zod/mini';
import { describe, expect, it } from 'vitest';
import { parse } from '../../../shared/contracts/parse.ts';
import { eachLater, later } from '../../../shared/later.ts';

describe('what is made later', () => {
  it('is made at the first look, once, and serves as the thing itself', () => {
    let made = 0;
    const name = later(() => {
      made += 1;
      return z.string().check(z.minLength(2));
    });
    const outer = z.strictObject({ name, second: z.optional(name) });
    expect(made).toBeLessThanOrEqual(1);
    expect(parse(outer, { name: '南宁' })).toEqual({ ok: true, value: { name: '南宁' } });
    expect(parse(outer, { name: '南', second: 1 })).toMatchObject({ ok: false, errors: [{ pointer: '/name' }, { pointer: '/second' }] });
    expect(z.toJSONSchema(outer)).toMatchObject({ properties: { name: { type: 'string', minLength: 2 } }, required: ['name'] });
    expect(made).toBe(1);
  });

  it('of a table is made one by one, and the names are there before', () => {
    const made: string[] = [];
    const table = eachLater({ a: () => made.push('a'), b: () => made.push('b') });
    expect(Object.keys(table)).toEqual(['a', 'b']);
    expect(made).toEqual([]);
    expect([table.b, table.b]).toEqual([1, 1]);
    expect(made).toEqual(['b']);
  });
});
