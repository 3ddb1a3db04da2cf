import { isDay } from '../../../shared/days.ts';

/** Reads a day as people write it (`2025年3月10日`, `2025-3-10`, `2025.3.10`, `20250310`); `''` for an empty form of it (`  年  月  日`), `undefined` when it is no day. */
export function dayIn(text: string): string | undefined {
  const plain = text.normalize('NFKC').replace(/\s+/gu, '');
  if (/^年?月?日?$/.test(plain)) return '';
  const match = /^(\d{4})[年\-/.](\d{1,2})[月\-/.](\d{1,2})日?$/.exec(plain) ?? /^(\d{4})(\d\d)(\d\d)$/.exec(plain);
  const day = match ? `${match[1]}-${match[2]?.padStart(2, '0')}-${match[3]?.padStart(2, '0')}` : '';
  return isDay(day) ? day : undefined;
}
