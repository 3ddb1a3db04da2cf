import { addDays, startOfDay, type Day } from '../../shared/days.ts';

/** The season's days: it opens on the first Monday of January and lasts until most commitments of its lists are over. */
export interface Calendar {
  readonly opens: Day;
  readonly closes: Day;
}

const years = 7;

/** The calendar of a season that begins in the January after a day, so that no clock has to be turned back. */
export function calendarAfter(today: Day): Calendar {
  const year = Number(today.slice(0, 4)) + 1;
  const january = Array.from({ length: 7 }, (_, index) => `${year}-01-0${index + 1}`);
  const opens = january.find((day) => weekday(day) === monday) ?? `${year}-01-01`;
  return { opens, closes: `${year + years}-07-31` };
}

const monday = 1;
/** So many days lie between two meetings while scenarios are filed and built, and later, when most are only watched. */
const rhythm = { busy: 21, quiet: 56, quietAfter: 1100 } as const;

/** The day on which all who have something to do by `day` meet: every third Monday, later every eighth, and the days on which a list of the half-year is to be signed. */
export function meetingFor(day: Day, after: Day, { opens }: Calendar): Day {
  const earliest = daysBetween(opens, day > after ? day : addDays(after, 1));
  const step = earliest > rhythm.quietAfter ? rhythm.quiet : rhythm.busy;
  const regular = addDays(opens, Math.ceil(earliest / step) * step);
  const [list = regular] = listDays(after).filter((each) => each > after);
  return list < regular ? list : regular;
}

function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

/** The days of a year and of the next on which the list of a half-year is frozen. */
function listDays(day: Day): Day[] {
  const year = Number(day.slice(0, 4));
  return [`${year}-06-30`, `${year}-12-31`, `${year + 1}-06-30`];
}

/** The instant at which people meet: late in the morning of Guangxi, when the schedule of the list has fired. */
export function instantOf(day: Day): string {
  return new Date(Date.parse(startOfDay(day)) + 11 * 3_600_000).toISOString();
}

function weekday(day: Day): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay();
}
