/** The largest amount the programme handles: one hundred billion yuan in fen, far inside the safe integers. */
export const largestFen = 10_000_000_000_000;

/** How many fen one unit of input is worth: 1 元 = 100, 1 万元 = 1,000,000. */
export const fenPer = { yuan: 100, wanYuan: 1_000_000 } as const;

/** Whether a value is an amount in fen: a non-negative safe integer within `largestFen`. */
export function isFen(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= largestFen;
}

// As people write it behind an amount; another unit than the one that is asked for makes it another amount.
const unitWords = { yuan: /元$/, wanYuan: /万元?$/ } as const;

/** Parses a decimal string of 元 or 万元 to fen exactly, by digits and never by floats: full-width figures, thousands separators and the unit behind it are read; null when it is not an amount or finer than one fen. */
export function parseFen(text: string, unit: keyof typeof fenPer): number | null {
  const places = unit === 'yuan' ? 2 : 6;
  const match = /^(\d{1,12})(?:\.(\d+))?$/.exec(text.normalize('NFKC').replaceAll(',', '').trim().replace(unitWords[unit], '').trim());
  if (!match) return null;
  const fraction = (match[2] ?? '').replace(/0+$/, '');
  if (fraction.length > places) return null;
  const fen = Number(match[1]) * fenPer[unit] + Number(fraction.padEnd(places, '0'));
  return isFen(fen) ? fen : null;
}

/** Writes fen as yuan with two decimals and thousands separators, for people: 82600000 → `826,000.00元`. */
export function formatYuan(fen: number): string {
  const sign = fen < 0 ? '-' : '';
  const digits = String(Math.abs(fen)).padStart(3, '0');
  const whole = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',');
  return `${sign}${whole}.${digits.slice(-2)}元`;
}

/** Writes fen as 万元 without superfluous zeros, exactly: 826000000 → `826万元`. */
export function formatWanYuan(fen: number): string {
  const sign = fen < 0 ? '-' : '';
  const digits = String(Math.abs(fen)).padStart(7, '0');
  const fraction = digits.slice(-6).replace(/0+$/, '');
  return `${sign}${digits.slice(0, -6)}${fraction ? `.${fraction}` : ''}万元`;
}

/** Takes `percent` of an amount, rounded down: a ceiling ("不超过") is never rounded up past itself. */
export function percentOf(fen: number, percent: number): number {
  return Math.floor((fen * percent) / 100);
}
