/** A day as documents print it: `2025年3月10日`; without one, room to write it by hand. */
export function chineseDay(day: string | undefined): string {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day ?? '');
  return match ? `${match[1]}年${Number(match[2])}月${Number(match[3])}日` : '';
}

/** A month as documents print it: `2025年3月`. */
export function chineseMonth(month: string | undefined): string {
  const match = /^(\d{4})-(\d\d)$/.exec(month ?? '');
  return match ? `${match[1]}年${Number(match[2])}月` : '';
}
