import { describe, expect, it } from 'vitest';
import { cleanLine, cleanText } from '../../../web/forms/clean-text.ts';

describe('a text that was pasted', () => {
  it('keeps its line breaks, of whatever kind, and its tabs', () => {
    expect(cleanText('一\r\n二\v三\u2028四\f五\n\t六')).toBe('一\n二\n三\n四\n五\n\t六');
  });

  it('loses what nobody sees', () => {
    expect(cleanText('\ufeff甲\u0001乙\u200b丙\u009f')).toBe('甲乙丙');
  });

  it('keeps rare characters and those of several code points', () => {
    expect(cleanLine('𠮷㛃 葛󠄀 👨‍👩‍👧')).toBe('𠮷㛃 葛󠄀 👨‍👩‍👧');
  });

  it('has no tab, line break or mark of direction in one line', () => {
    expect(cleanLine('智慧\t停车\r\n一张网\u202e')).toBe('智慧 停车 一张网');
  });
});
