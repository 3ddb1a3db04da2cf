import { describe, expect, it } from 'vitest';
import { cleanLine, cleanText } from '../../../web/forms/clean-text.ts';
import { verificationCode } from '../../../web/public/verification-code.ts';

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

describe('a verification code', () => {
  const code = 's-5a17f921b4e1f994237e-31-0a1b2c3d4e5f6071';

  it.each([
    [' s-5a17f921b4e1f994237e-31-0a1b2c3d4e5f6071\n', 'with blanks around'],
    ['s-5a17f921 b4e1f994237e\n-31-0a1b2c3d4e5f6071', 'in several pieces'],
    ['ｓ－５ａ17f921b4e1f994237e－31－0a1b2c3d4e5f6071', 'in full-width signs'],
    ['s–5a17f921b4e1f994237e—31‑0a1b2c3d4e5f6071', 'with the dashes of a text program'],
    [`https://scenes.example.org/console/verify/${code}?from=qr`, 'as the address that is in the QR code'],
  ])('is read from %j, %s', (typed) => expect(verificationCode(typed)).toBe(code));
});
