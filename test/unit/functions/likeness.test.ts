import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commonPassages } from '../../../functions/likeness/passages.ts';
import { compared, proseOf } from '../../../functions/likeness/prose.ts';
import { bandsOf, nameSketch, prosePlan, proseSketch, sketchLikeness } from '../../../functions/likeness/sketch.ts';
import { governmentFormFixture, socialFormFixture } from '../../fixtures/forms.ts';

const piece = (text: string) => ({ pointer: '/annex2/necessity', text });
const social = proseOf(socialFormFixture());
const hanzi = fc.array(fc.integer({ min: 0x4e00, max: 0x4fff }).map((code) => String.fromCodePoint(code)), { minLength: 200, maxLength: 400 }).map((all) => all.join(''));

function sketched(text: string) {
  const sketch = proseSketch([piece(text)]);
  if (!sketch) throw new Error('too short');
  return sketch;
}

describe('the prose of a form', () => {
  it('is what people wrote, not names, options and numbers', () => {
    const pointers = social.map(({ pointer }) => pointer);
    expect(pointers).toContain('/annex2/report/implementation');
    expect(pointers.filter((pointer) => /cover|basic|opinion|system/.test(pointer))).toEqual([]);
    expect(proseOf(governmentFormFixture()).map(({ pointer }) => pointer)).toContain('/annex1/demandContent');
  });

  it('is found in any form, also in none', () => expect([proseOf(null), proseOf({ annex2: {} }), proseOf('x')]).toEqual([[], [], []]));

  it('is compared without what a copyist changes first', () => {
    expect(compared('“ＡＩ” 赋能，\n提质 增效。').characters.join('')).toBe('ai赋能提质增效');
    expect(compared('一，二').places).toEqual([0, 2]);
  });
});

describe('a sketch', () => {
  it('agrees about as much as the texts do, whatever was changed where', () => {
    fc.assert(
      fc.property(hanzi, fc.integer({ min: 0, max: 9 }), (text, tenths) => {
        const kept = [...text].slice(0, Math.floor(([...text].length * tenths) / 10)).join('');
        const other = kept + [...text].slice([...kept].length).map((character) => String.fromCodePoint((character.codePointAt(0) ?? 0) + 0x1000)).join('');
        const likeness = sketchLikeness(sketched(text), sketched(other));
        const jaccard = tenths / (20 - tenths);
        return Math.abs(likeness - jaccard) < 0.42;
      }),
      { numRuns: 60 },
    );
  });

  it('meets the sketch of the same text with other punctuation in every band, and of another text in none', () => {
    const text = social.map(({ text: each }) => each).join('');
    expect(bandsOf(sketched(text), prosePlan)).toEqual(bandsOf(sketched(text.replaceAll('，', ', ')), prosePlan));
    const foreign = bandsOf(sketched(proseOf(governmentFormFixture()).map(({ text: each }) => each).join('')), prosePlan);
    expect(bandsOf(sketched(text), prosePlan).filter((band) => foreign.includes(band))).toEqual([]);
  });

  it('of nothing is none', () => expect([proseSketch([]), nameSketch(''), nameSketch('甲')]).toEqual([undefined, undefined, undefined]));
});

describe('passages in common', () => {
  const first = '本场景面向矿区无人驾驶运输，建设云端调度平台，实现装、运、卸全程无人化。';

  it('are found word for word although white space and punctuation differ, and shown as they were written', () => {
    const { share, passages } = commonPassages([piece(first)], [piece('某某公司：面向矿区 无人驾驶运输 建设云端调度平台实现装运卸全程无人化')]);
    expect(passages).toEqual([{ pointer: '/annex2/necessity', otherPointer: '/annex2/necessity', text: '面向矿区无人驾驶运输，建设云端调度平台，实现装、运、卸全程无人化' }]);
    expect(share).toBeGreaterThan(0.85);
  });

  it('are none in what has only words of the trade in common', () => expect(commonPassages([piece(first)], [piece('无人驾驶运输在港口应用，云端调度平台另行采购。')])).toEqual({ share: 0, passages: [] }));

  it('cover a text compared with itself, whatever it is', () => {
    fc.assert(fc.property(fc.array(hanzi, { minLength: 1, maxLength: 3 }), (texts) => commonPassages(texts.map(piece), texts.map(piece)).share === 1), { numRuns: 40 });
  });

  it('are found in texts that repeat themselves without end', () => {
    const again = piece('数字化转型升级'.repeat(2_000));
    expect(commonPassages([again], [again]).share).toBe(1);
  });
});
