import chineseDays from 'chinese-days';

/** A calendar day in Asia/Shanghai, `YYYY-MM-DD`. */
export type Day = string;

/** An instant in UTC, ISO 8601 with milliseconds and `Z`. */
export type Instant = string;

const dayMs = 86_400_000;

// China has kept UTC+8 without summer time since 1991, so the offset may be a constant.
const shanghaiMs = 8 * 3_600_000;

/** The calendar day in Asia/Shanghai on which an instant falls. */
export function dayOf(instant: Instant): Day {
  return new Date(Date.parse(instant) + shanghaiMs).toISOString().slice(0, 10);
}

/** The last millisecond of a day in Asia/Shanghai, as an instant: a deadline "by that day" ends then. */
export function endOfDay(day: Day): Instant {
  return new Date(Date.parse(day) + dayMs - 1 - shanghaiMs).toISOString();
}

/** The first instant of a day in Asia/Shanghai. */
export function startOfDay(day: Day): Instant {
  return new Date(Date.parse(day) - shanghaiMs).toISOString();
}

/** The day `count` calendar days later (or earlier, when negative). */
export function addDays(day: Day, count: number): Day {
  return new Date(Date.parse(day) + count * dayMs).toISOString().slice(0, 10);
}

/** The same day of the year `count` years later; 29 February becomes 28 February. */
export function addYears(day: Day, count: number): Day {
  const year = String(Number(day.slice(0, 4)) + count).padStart(4, '0');
  const moved = year + day.slice(4);
  return isDay(moved) ? moved : `${year}-02-28`;
}

/** The same day of the month `count` months later (or earlier, when negative); the last day of a month that is too short. */
export function addMonths(day: Day, count: number): Day {
  const months = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + count;
  const month = `${String(Math.floor(months / 12)).padStart(4, '0')}-${String((months % 12) + 1).padStart(2, '0')}`;
  return [day.slice(8), '30', '29', '28'].map((last) => `${month}-${last}`).find(isDay) ?? `${month}-28`;
}

const counted = new Map<string, Day>();

/** The `count`-th working day after a day, by Chinese holidays and make-up working days (调休). */
export function addWorkingDays(day: Day, count: number): Day {
  // Every decision of a day asks for the same few periods, and counting them costs more than the decision.
  const key = `${day}+${count}`;
  const end = counted.get(key) ?? countWorkingDays(day, count);
  if (counted.size < 20_000) counted.set(key, end);
  return end;
}

function countWorkingDays(day: Day, count: number): Day {
  let at = day;
  for (let left = count; left > 0; ) {
    at = addDays(at, 1);
    if (isWorkingDay(at)) left -= 1;
  }
  return at;
}

const known = new Map<Day, boolean>();

/** Whether people work on a day in China: weekdays without holidays, and weekends made up for. */
export function isWorkingDay(day: Day): boolean {
  const answer = known.get(day) ?? askCalendar(day);
  if (known.size < 20_000) known.set(day, answer);
  return answer;
}

// Noon of the machine's own zone, because the library reads local dates. Known limit of chinese-days 1.5: west of Greenwich
// it loses the make-up working days; machines run in UTC or Asia/Shanghai.
function askCalendar(day: Day): boolean {
  // oxlint-disable-next-line import/no-named-as-default-member -- a CommonJS module: Node sees no named exports of it
  return chineseDays.isWorkday(new Date(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, Number(day.slice(8)), 12));
}

/** Whether a text is a real calendar day. */
export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text);
}

/** The half-year a day lies in, as the key of a publication batch (art. 11(4)): `2025-H1`. */
export function halfYearOf(day: Day): string {
  return `${day.slice(0, 4)}-H${Number(day.slice(5, 7)) <= 6 ? 1 : 2}`;
}

/** The instant `seconds` later. */
export function addSeconds(instant: Instant, seconds: number): Instant {
  return new Date(Date.parse(instant) + seconds * 1000).toISOString();
}
