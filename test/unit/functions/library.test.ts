import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contains, excerptOf, filterOf, mayContain, searched, termsOf } from '../../../functions/library/grams.ts';

const chinese = fc.string({ unit: fc.constantFrom(...'数字广西农产品流通监管平台一网通办，。 ABc１２\n'), maxLength: 80 });

describe('the search by characters and pairs of them', () => {
  it('never loses a text that contains the words', () => {
    fc.assert(
      fc.property(chinese, fc.nat(80), fc.integer({ min: 1, max: 12 }), (text, from, length) => {
        const part = [...searched(text)].slice(from, from + length).join('');
        const terms = termsOf(part);
        expect(mayContain(filterOf(text), terms)).toBe(true);
        expect(contains(text, terms)).toBe(true);
      }),
    );
  });

  it('rules out nearly all texts that do not contain a word', () => {
    const filter = filterOf('以数据贯通业务，以业务带动应用。'.repeat(40));
    const strangers = ['海洋渔业', '桉树', '螺蛳粉', '甘蔗', '航空', '口岸通关', '糖厂', '地铁', '疫苗', '电网'];
    expect(strangers.filter((term) => mayContain(filter, termsOf(term)))).toEqual([]);
    expect(mayContain(filter, termsOf('数据 应用'))).toBe(true);
  });

  it('reads the larger filters of earlier entries', () => {
    const text = '以数据贯通业务，以业务带动应用。';
    const earlier = filterOf(text, 8192);
    expect([earlier.length, filterOf(text).length]).toEqual([1024, 928]);
    expect([mayContain(earlier, termsOf('数据 应用')), mayContain(earlier, termsOf('螺蛳粉'))]).toEqual([true, false]);
  });

  it('takes half-width, full-width, case and punctuation for the same', () => {
    expect(termsOf('ＩＲＳ　平台')).toEqual(['irs', '平台']);
    expect(contains('接入“irs”平台', termsOf('IRS平台'))).toBe(true);
    expect(termsOf(' ，。 ')).toEqual([]);
  });

  it('shows the place that was found', () => {
    const text = `${'前'.repeat(100)}农产品价格监测${'后'.repeat(200)}`;
    expect(excerptOf(text, termsOf('价格'))).toMatch(/^…前{37}农产品价格监测后+…$/);
    expect(excerptOf('短文', [])).toBe('短文');
  });
});
