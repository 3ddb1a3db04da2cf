import { describe, expect, test } from 'vitest';
import { recurrence } from '../../../infra/local/events/cron.ts';

const next = (expression: string, timezone: string, after: string): string | undefined => {
  const at = recurrence(expression, timezone, Date.parse(after)).next(Date.parse(after));
  return at === undefined ? undefined : new Date(at).toISOString();
};

describe('schedule expressions', () => {
  const table: readonly [string, string, string, string | undefined][] = [
    ['cron(0 9 30 6 ? *)', 'Asia/Shanghai', '2026-01-01T00:00:00Z', '2026-06-30T01:00:00.000Z'],
    ['cron(0 9 30 6 ? *)', 'Asia/Shanghai', '2026-06-30T01:00:00Z', '2027-06-30T01:00:00.000Z'],
    ['cron(0 0 31 12 ? *)', 'Asia/Shanghai', '2026-12-30T15:59:59Z', '2026-12-30T16:00:00.000Z'],
    ['cron(0/15 8-10 ? * MON-FRI *)', 'UTC', '2026-11-20T10:45:00Z', '2026-11-23T08:00:00.000Z'],
    ['cron(30 6 L 2 ? 2028)', 'UTC', '2026-01-01T00:00:00Z', '2028-02-29T06:30:00.000Z'],
    ['cron(0 12 ? * 2#1 *)', 'UTC', '2026-11-23T00:00:00Z', '2026-12-07T12:00:00.000Z'],
    ['cron(0 12 ? * 6L *)', 'UTC', '2026-11-01T00:00:00Z', '2026-11-27T12:00:00.000Z'],
    ['cron(0 12 15W 8 ? *)', 'UTC', '2026-01-01T00:00:00Z', '2026-08-14T12:00:00.000Z'],
    ['cron(0 0 1 1 ? 2020)', 'UTC', '2026-01-01T00:00:00Z', undefined],
    // Daylight saving: 02:30 does not exist in New York on 8 March 2026.
    ['cron(30 2 8,9 3 ? *)', 'America/New_York', '2026-03-08T00:00:00Z', '2026-03-09T06:30:00.000Z'],
    ['rate(5 minutes)', 'UTC', '2026-01-01T00:00:00Z', '2026-01-01T00:05:00.000Z'],
    ['at(2026-07-01T08:00:00)', 'Asia/Shanghai', '2026-01-01T00:00:00Z', '2026-07-01T00:00:00.000Z'],
    ['at(2025-07-01T08:00:00)', 'Asia/Shanghai', '2026-01-01T00:00:00Z', undefined],
  ];
  test.each(table)('%s in %s after %s comes at %4$s', (expression, timezone, after, expected) => {
    expect(next(expression, timezone, after)).toBe(expected);
  });

  test.each(['cron(0 9 30 6 * *)', 'cron(61 0 * * ? *)', 'rate(five minutes)', 'every day', 'cron(0 9 30 6 ?)'])('%s is refused with its own words', (expression) => {
    expect(() => next(expression, 'UTC', '2026-01-01T00:00:00Z')).toThrow(expression.slice(0, 8));
  });
});
