import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonical } from '../../../shared/canonical.ts';
import { addWorkingDays, addYears, dayOf, endOfDay, halfYearOf, isDay, isWorkingDay, startOfDay } from '../../../shared/days.ts';
import { cities, cityOf, divisionName } from '../../../shared/divisions.ts';
import { departments } from '../../../shared/sectors.ts';
import { formatWanYuan, formatYuan, parseFen } from '../../../shared/money.ts';
import { changedPointers } from '../../../shared/pointers.ts';
import { problems } from '../../../shared/problems.ts';
import { checkCharacter, isUscc } from '../../../shared/uscc.ts';

describe('money', () => {
  it.each([['826', 826_000_000], ['500.000001', 500_000_001], ['0', 0], ['0.1', 100_000], ['1,200.50', 1_200_500_000], ['500.0000010', 500_000_001], ['１，２００．５', 1_200_500_000], ['1200万元', 1_200_000_000], ['1200 万', 1_200_000_000]])('%s 万元 is %i fen', (text, fen) => expect(parseFen(text, 'wanYuan')).toBe(fen));
  it.each(['500.0000001', '-1', '1e3', '', 'abc', '1.2.3', '99999999999', '一百', '1200元', ' . '])('%j is no amount', (text) => expect(parseFen(text, 'wanYuan')).toBeNull());
  it('reads back what it writes', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 10_000_000_000_000 }), (fen) => parseFen(formatWanYuan(fen).replace('万元', ''), 'wanYuan') === fen && parseFen(formatYuan(fen).replace('元', ''), 'yuan') === fen));
  });
  it('takes the unit behind an amount for what it is', () => expect([parseFen('1200元', 'yuan'), parseFen('1200万元', 'yuan')]).toEqual([120_000, null]));
  it('reads the largest amount in either unit', () => expect([parseFen('100000000000.00', 'yuan'), parseFen('10000000', 'wanYuan'), parseFen('100000000000.01', 'yuan')]).toEqual([10_000_000_000_000, 10_000_000_000_000, null]));
  it('writes for people', () => expect([formatYuan(82_600_001), formatWanYuan(826_000_000), formatWanYuan(1), formatYuan(-5)]).toEqual(['826,000.01元', '826万元', '0.000001万元', '-0.05元']));
});

describe('days in Asia/Shanghai', () => {
  it('change at 16:00 UTC', () => expect([dayOf('2025-06-30T15:59:59.999Z'), dayOf('2025-06-30T16:00:00.000Z')]).toEqual(['2025-06-30', '2025-07-01']));
  it('begin and end', () => expect([startOfDay('2025-07-01'), endOfDay('2025-06-30')]).toEqual(['2025-06-30T16:00:00.000Z', '2025-06-30T15:59:59.999Z']));
  it('know Chinese holidays and make-up working days', () => expect(['2025-01-26', '2025-01-28', '2025-02-08', '2025-10-01', '2025-10-11', '2025-03-08'].map(isWorkingDay)).toEqual([true, false, true, false, true, false]));
  it('count working days over the Spring Festival', () => expect([addWorkingDays('2025-01-24', 3), addWorkingDays('2025-03-10', 0)]).toEqual(['2025-02-05', '2025-03-10']));
  it('have the same day five years later', () => expect([addYears('2025-03-09', 5), addYears('2024-02-29', 5), addYears('2024-02-29', 4)]).toEqual(['2030-03-09', '2029-02-28', '2028-02-29']));
  it('know what a day is', () => expect(['2025-02-29', '2024-02-29', '2025-2-1', '2025-13-01', 'today'].map(isDay)).toEqual([false, true, false, false, false]));
  it('know their half-year', () => expect(['2025-06-30', '2025-07-01'].map(halfYearOf)).toEqual(['2025-H1', '2025-H2']));
});

describe('a unified social credit code (GB 32100)', () => {
  it.each(['91350100M000100Y43', '91450100MA5KA0001U', '91450200MA5KA00024', '12450000MB0000001G', '11450000MB0000002N', '52450000MJ00000031', '91450100MA5K000260'])('%s is valid', (code) => expect(isUscc(code)).toBe(true));
  it.each(['91350100M000100Y4Z', '91350100M000100Y4', '91350100m000100y43', 'O1350100M000100Y43', ''])('%s is not', (code) => expect(isUscc(code)).toBe(false));
  it('is wrong with any one character changed to any other', () => {
    const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
    const body = fc.string({ unit: fc.constantFrom(...alphabet), minLength: 17, maxLength: 17 });
    fc.assert(fc.property(body, (first) => {
      const code = first + checkCharacter(first);
      expect(isUscc(code)).toBe(true);
      for (const at of [...code].keys()) for (const other of alphabet) if (other !== code[at]) expect(isUscc(code.slice(0, at) + other + code.slice(at + 1))).toBe(false);
    }), { numRuns: 200 });
  });
});

describe('places and offices', () => {
  it('are the 14 cities with their counties and 45 departments', () => {
    expect([cities.length, departments.length, new Set(departments.map((each) => each.id)).size]).toEqual([14, 45, 45]);
    for (const city of cities) for (const county of city.counties) expect([cityOf(county.code), divisionName(county.code)]).toEqual([city.code, county.name]);
  });
  it('a county belongs to its city, the region to none', () => expect([cityOf('450181'), cityOf('450000'), divisionName('110000')]).toEqual(['450100', undefined, undefined]));
});

describe('canonical JSON', () => {
  it('follows the example of RFC 8785', () => {
    const input = { numbers: [Number('333333333.33333329'), 1e30, 4.5, 2e-3, 1e-27], string: '€$\u000f\nA\'B"\\\\"/', literals: [null, true, false] };
    expect(canonical(input)).toBe('{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}');
  });
  it('does not depend on the order of members', () => {
    fc.assert(fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (object) => {
      const turned = Object.fromEntries(Object.entries(object).toReversed());
      return canonical(turned) === canonical(object);
    }));
  });
  it('refuses what JSON cannot say', () => {
    for (const value of [Number.NaN, Infinity, undefined, '\ud800', 1n]) expect(() => canonical(value)).toThrow();
  });
});

describe('pointers of changes', () => {
  it('name the leaves that differ, lists as a whole', () => expect(changedPointers({ a: { b: 1, 'c/d': 2 }, e: [1] }, { a: { b: 1, 'c/d': 3 }, e: [1, 2], f: null })).toEqual(['/a/c~1d', '/e', '/f']));
  it('are none between equals', () => fc.assert(fc.property(fc.jsonValue(), (value) => changedPointers(value, structuredClone(value)).length === 0)));
});

describe('problems', () => {
  it('each have a status, a Chinese title and a word on trying again', () => {
    for (const [type, row] of Object.entries(problems)) {
      expect(type).toMatch(/^[a-z-]+$/);
      expect(row.status).toBeGreaterThanOrEqual(400);
      expect(row.title).toMatch(/[一-鿿]/);
    }
  });
});
