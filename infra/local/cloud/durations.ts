/**
 * The instant (ms) that `{ to: ISO instant }` or `{ advance: ISO duration }` names; durations count calendar months and
 * years in UTC. Answers a Chinese sentence when it names none.
 */
export function goalOf(asked: unknown, now: number): number | string {
  const { to, advance } = (typeof asked === 'object' && asked !== null ? asked : {}) as { to?: unknown; advance?: unknown };
  if (typeof to === 'string') {
    const instant = Date.parse(to);
    return Number.isNaN(instant) || !/^\d{4}-\d\d-\d\dT/.test(to) ? 'to 应为 ISO 时刻，例如 2026-06-30T00:00:00Z' : instant;
  }
  if (typeof advance === 'string') return advanced(advance, now) ?? 'advance 应为 ISO 时长，例如 P30D 或 PT2H，且不晚于公元9999年';
  return '请给出 {"to":"<ISO 时刻>"} 或 {"advance":"<ISO 时长>"}';
}

// Later ones have more digits, which records are not sorted by; beyond a quarter of a million years there are none, and no clock arrives.
const lastInstant = Date.parse('9999-12-31T23:59:59.999Z');

function advanced(duration: string, now: number): number | undefined {
  const found = /^P(?=.)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(duration);
  if (!found) return undefined;
  const [years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = found.slice(1).map((part) => Number(part ?? 0));
  const goal = new Date(now);
  goal.setUTCFullYear(goal.getUTCFullYear() + years, goal.getUTCMonth() + months, goal.getUTCDate() + weeks * 7 + days);
  const instant = goal.getTime() + ((hours * 60 + minutes) * 60 + seconds) * 1000;
  return instant <= lastInstant ? instant : undefined;
}
