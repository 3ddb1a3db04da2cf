/** When something recurs: the first instant (ms) after `after`, or undefined when there is none. */
export interface Recurrence {
  next(after: number): number | undefined;
  /** Set for `rate(...)`: the period in ms. */
  readonly periodMs?: number;
}

const units: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/**
 * Reads `rate(n unit)`, `cron(minutes hours days months weekdays years)` or `at(yyyy-mm-ddThh:mm:ss)` in a time zone. A rate
 * counts from `since` (ms). Throws with the expression in the message when it is none of these (EventBridge Scheduler User
 * Guide, "Schedule types").
 */
export function recurrence(expression: string, timezone: string, since: number): Recurrence {
  const [, kind, body = ''] = /^(rate|cron|at)\((.+)\)$/.exec(expression.trim()) ?? [];
  if (kind === 'rate') return rate(body, since, expression);
  if (kind === 'at') return at(body, timezone, expression);
  if (kind === 'cron') return cron(body, timezone, expression);
  throw new Error(`${expression} is not a schedule expression: rate(…), cron(…) or at(…) is expected`);
}

function rate(body: string, since: number, expression: string): Recurrence {
  const [, count, unit = ''] = /^(\d+) (minute|hour|day)s?$/.exec(body) ?? [];
  const periodMs = Number(count) * (units[unit] ?? Number.NaN);
  if (!(periodMs > 0)) throw new Error(`${expression} is not a rate`);
  return { periodMs, next: (after) => since + (Math.floor(Math.max(0, after - since) / periodMs) + 1) * periodMs };
}

function at(body: string, timezone: string, expression: string): Recurrence {
  const [, year, month, day, hour, minute, second] = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)$/.exec(body)?.map(Number) ?? [];
  if (year === undefined || month === undefined || day === undefined) throw new Error(`${expression} is not an instant`);
  const instant = instantOf({ year, month, day }, (hour ?? 0) * 60 + (minute ?? 0), timezone);
  const due = instant === undefined ? undefined : instant + (second ?? 0) * 1000;
  return { next: (after) => (due !== undefined && due > after ? due : undefined) };
}

interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** A schedule may lie some years ahead (29 February on a Monday), not more. */
const horizonDays = 366 * 30;

function cron(body: string, timezone: string, expression: string): Recurrence {
  const [minutes, hours, days, months, weekdays, years] = body.trim().split(/\s+/);
  if (!minutes || !hours || !days || !months || !weekdays || !years) throw new Error(`${expression} must have six fields`);
  if ((days === '?') === (weekdays === '?')) throw new Error(`${expression} must have ? in exactly one of day-of-month and day-of-week`);
  const times = crossed(field(hours, 0, 23, expression), field(minutes, 0, 59, expression));
  const inMonth = new Set(field(months, 1, 12, expression, monthNames));
  const inYear = new Set(field(years, 1970, 2199, expression));
  const onDay = days === '?' ? weekdayTest(weekdays, expression) : dayTest(days, expression);
  const last = Math.max(...inYear);
  return {
    next: (after) => {
      for (let day = dayOf(after, timezone), tried = 0; tried < horizonDays && day.year <= last; day = dayAfter(day), tried += 1) {
        if (!inYear.has(day.year) || !inMonth.has(day.month) || !onDay(day)) continue;
        for (const time of times) {
          const instant = instantOf(day, time, timezone);
          if (instant !== undefined && instant > after) return instant;
        }
      }
      return undefined;
    },
  };
}

const crossed = (hours: readonly number[], minutes: readonly number[]): number[] => hours.flatMap((hour) => minutes.map((minute) => hour * 60 + minute));

const monthNames = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const weekdayNames = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/** Every value that `*`, `a`, `a-b`, `a/n`, `a-b/n` and lists of these name, ascending. */
function field(text: string, low: number, high: number, expression: string, names: readonly string[] = []): number[] {
  const values = new Set<number>();
  for (const part of text.split(',')) {
    const [range = '', step] = part.split('/');
    const [from = '', to] = range.split('-');
    const first = from === '*' || from === '?' ? low : numberOf(from, names);
    const end = from === '*' || from === '?' ? high : to === undefined ? (step === undefined ? first : high) : numberOf(to, names);
    const by = step === undefined ? 1 : Number(step);
    if (!(first >= low && end <= high && first <= end && by >= 1)) throw new Error(`${expression}: ${part} is not between ${low} and ${high}`);
    for (let value = first; value <= end; value += by) values.add(value);
  }
  return [...values].sort((left, right) => left - right);
}

function numberOf(text: string, names: readonly string[]): number {
  const named = names.indexOf(text.toUpperCase());
  if (named >= 0) return named + 1;
  return /^\d+$/.test(text) ? Number(text) : Number.NaN;
}

function dayTest(text: string, expression: string): (day: Day) => boolean {
  if (text === 'L') return (day) => day.day === daysIn(day);
  if (text === 'LW') return (day) => day.day === weekdayNear(daysIn(day), day);
  const [, near] = /^(\d+)W$/.exec(text) ?? [];
  if (near !== undefined) return (day) => day.day === weekdayNear(Number(near), day);
  const allowed = new Set(field(text, 1, 31, expression));
  return (day) => allowed.has(day.day);
}

function weekdayTest(text: string, expression: string): (day: Day) => boolean {
  const [, weekday, nth] = /^(\w+)#([1-5])$/.exec(text) ?? [];
  if (weekday !== undefined) return (day) => weekdayOf(day) === numberOf(weekday, weekdayNames) && Math.ceil(day.day / 7) === Number(nth);
  const [, last] = /^(\w+)L$/.exec(text) ?? [];
  if (last !== undefined) return (day) => weekdayOf(day) === numberOf(last, weekdayNames) && day.day + 7 > daysIn(day);
  const allowed = new Set(field(text === 'L' ? '7' : text, 1, 7, expression, weekdayNames));
  return (day) => allowed.has(weekdayOf(day));
}

/** The working day nearest to a day of the month, within that month. */
function weekdayNear(wanted: number, { year, month }: Day): number {
  const day = Math.min(wanted, daysIn({ year, month, day: 1 }));
  const weekday = weekdayOf({ year, month, day });
  if (weekday === 7) return day > 1 ? day - 1 : day + 2;
  if (weekday === 1) return day < daysIn({ year, month, day: 1 }) ? day + 1 : day - 2;
  return day;
}

const daysIn = ({ year, month }: Day): number => new Date(Date.UTC(year, month, 0)).getUTCDate();
/** 1 is Sunday, as in cron fields. */
const weekdayOf = ({ year, month, day }: Day): number => new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 1;

function dayAfter({ year, month, day }: Day): Day {
  const next = new Date(Date.UTC(year, month - 1, day + 1));
  return { year: next.getUTCFullYear(), month: next.getUTCMonth() + 1, day: next.getUTCDate() };
}

function dayOf(instant: number, timezone: string): Day {
  const local = new Date(instant + offsetAt(instant, timezone));
  return { year: local.getUTCFullYear(), month: local.getUTCMonth() + 1, day: local.getUTCDate() };
}

/** The instant of a wall-clock time; undefined where daylight saving skips it; the first one where it comes twice. */
function instantOf({ year, month, day }: Day, minuteOfDay: number, timezone: string): number | undefined {
  const wall = Date.UTC(year, month - 1, day, 0, minuteOfDay);
  const candidates = [wall - offsetAt(wall - 86_400_000, timezone), wall - offsetAt(wall + 86_400_000, timezone)];
  return candidates.filter((instant) => instant + offsetAt(instant, timezone) === wall).sort((left, right) => left - right)[0];
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** What local time is ahead of UTC, in ms. */
function offsetAt(instant: number, timezone: string): number {
  if (timezone === 'UTC') return 0;
  let format = formats.get(timezone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', { timeZone: timezone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' });
    formats.set(timezone, format);
  }
  const part = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const local = Date.UTC(part['year'] ?? 0, (part['month'] ?? 1) - 1, part['day'], part['hour'], part['minute'], part['second']);
  return local - Math.floor(instant / 1000) * 1000;
}
