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
  if (typeof advance === 'string') return advanced(advance, now) ?? 'advance 应为 ISO 时长，例如 P30D 或 PT2H';
  return '请给出 {"to":"<ISO 时刻>"} 或 {"advance":"<ISO 时长>"}';
}

function advanced(duration: string, now: number): number | undefined {
  const found = /^P(?=.)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(duration);
  if (!found) return undefined;
  const [years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = found.slice(1).map((part) => Number(part ?? 0));
  const goal = new Date(now);
  goal.setUTCFullYear(goal.getUTCFullYear() + years, goal.getUTCMonth() + months, goal.getUTCDate() + weeks * 7 + days);
  return goal.getTime() + ((hours * 60 + minutes) * 60 + seconds) * 1000;
}
