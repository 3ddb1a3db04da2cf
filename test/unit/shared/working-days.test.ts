import chineseDays from 'chinese-days';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, addWorkingDays, dayOf, endOfDay, isDay, isWorkingDay, startOfDay } from '../../../shared/days.ts';

// Years whose holidays the State Council has announced and the library holds.
const days = fc.integer({ min: 0, max: 7 * 365 }).map((count) => addDays('2019-01-02', count));
const counts = fc.integer({ min: 0, max: 60 });
const between = (from: string, to: string): number => {
  let count = 0;
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) count += Number(isWorkingDay(day));
  return count;
};

describe('working days in China', () => {
  it('added to a day end on a working day, with exactly so many of them in between', () => {
    fc.assert(fc.property(days, counts, (day, count) => {
      const end = addWorkingDays(day, count);
      expect(between(day, end)).toBe(count);
      expect(count === 0 || isWorkingDay(end)).toBe(true);
    }));
  });

  it('add up: first some, then some more, is both at once', () => {
    fc.assert(fc.property(days, counts, counts, (day, some, more) => addWorkingDays(addWorkingDays(day, some), more) === addWorkingDays(day, some + more)));
  });

  it('keep the order of days, and never run away from the calendar', () => {
    fc.assert(fc.property(days, fc.integer({ min: 0, max: 40 }), counts, (day, later, count) => addWorkingDays(day, count) <= addWorkingDays(addDays(day, later), count)));
    // The longest holidays are eight days with their weekends made up for; no stretch of the calendar has less than one working day in ten.
    fc.assert(fc.property(days, counts, (day, count) => addWorkingDays(day, count) <= addDays(day, count * 2 + 12)));
  });

  it('are weekdays but for holidays, and weekends only where they are made up for', () => {
    fc.assert(fc.property(days, (day) => {
      const weekend = [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());
      const named = chineseDays.isHoliday(`${day} 12:00`) !== weekend || chineseDays.getDayDetail(day).name.includes(',');
      return isWorkingDay(day) === !weekend || named;
    }));
  });

  it('are the same in every year’s announcement as on paper', () => {
    // 国务院办公厅关于2025年部分节假日安排的通知 (国办发明电〔2024〕12号)
    const free = ['2025-01-01', '2025-01-28', '2025-02-04', '2025-04-04', '2025-05-01', '2025-05-05', '2025-05-31', '2025-06-02', '2025-10-01', '2025-10-08'];
    const madeUp = ['2025-01-26', '2025-02-08', '2025-04-27', '2025-09-28', '2025-10-11'];
    expect([free.filter(isWorkingDay), madeUp.filter((day) => !isWorkingDay(day))]).toEqual([[], []]);
  });
});

describe('a day in Asia/Shanghai', () => {
  it('holds exactly its own instants', () => {
    fc.assert(fc.property(days, fc.integer({ min: 0, max: 86_399_999 }), (day, ms) => {
      const instant = new Date(Date.parse(startOfDay(day)) + ms).toISOString();
      return dayOf(instant) === day && instant <= endOfDay(day) && dayOf(new Date(Date.parse(endOfDay(day)) + 1).toISOString()) === addDays(day, 1);
    }));
  });
  it('is a day after any number of days', () => fc.assert(fc.property(days, fc.integer({ min: -3000, max: 3000 }), (day, count) => isDay(addDays(day, count)) && addDays(addDays(day, count), -count) === day)));
});
