import type { Clock, Due } from '../clock.ts';
import type { Model, ScheduleModel } from '../template/model.ts';
import type { Bus } from './bus.ts';
import { recurrence, type Recurrence } from './cron.ts';
import type { Deliveries } from './deliveries.ts';
import type { EventStore } from './store.ts';

/** One recurring thing; `last` is the instant up to which it has been fired. */
interface Entry {
  readonly key: string;
  readonly recurrence: Recurrence;
  /** True for what ticks within the hour: a jump of the clock fires it at its end and every 60 days on the way, not once per tick. */
  readonly ticking: boolean;
  last: number;
  next: number | undefined;
  fire(at: number): void;
}

/** What a server missed while it was off is made up, but no more than this of one schedule. */
const catchUpLimit = 100;
const hourMs = 3_600_000;
const longWayMs = 60 * 24 * hourMs;

/**
 * Fires the scheduled rules and the schedules of the model by the cloud's clock. What has fired is kept together with the
 * deliveries it caused, so that nothing fires twice, and what fell due while the cloud was off fires at the next start.
 * Throws at once when an expression cannot be read.
 */
export function openSchedules(model: Model, clock: Clock, store: EventStore, bus: Bus, deliveries: Deliveries): Due {
  const entries: Entry[] = [];
  const add = (arn: string, expression: string, timezone: string, fire: (at: number) => void) => {
    const key = `schedule ${arn} ${expression} ${timezone}`;
    const stored = store.position(key);
    const last = stored === undefined ? clock.now() : Number(stored.split(' ')[0]);
    const since = stored === undefined ? last : Number(stored.split(' ')[1]);
    if (stored === undefined) store.setPosition(key, `${last} ${since}`);
    const recurs = recurrence(expression, timezone, since);
    entries.push({ key: `${key}`, recurrence: recurs, ticking: isTicking(recurs, last), last, next: recurs.next(last), fire });
  };
  for (const rule of model.rules.values()) {
    if (rule.enabled && rule.schedule) add(rule.arn, rule.schedule, 'UTC', (at) => bus.tick(rule, at));
  }
  for (const schedule of model.schedules.values()) {
    if (schedule.enabled) add(schedule.arn, schedule.expression, schedule.timezone, (at) => fireSchedule(schedule, at, clock.now(), deliveries));
  }
  const soonest = (all: readonly Entry[]) => {
    const due = all.flatMap((entry) => entry.next ?? []);
    return due.length === 0 ? undefined : Math.min(...due);
  };
  return {
    nextDue: () => soonest(entries),
    nextStop: () => soonest(entries.filter((entry) => !entry.ticking)),
    fireDue: (now, passing = false) => {
      for (const { entry, at } of dueUntil(entries.filter((each) => !passing || !each.ticking || now - each.last >= longWayMs), now)) {
        store.together(() => {
          entry.fire(at);
          const since = store.position(entry.key)?.split(' ')[1] ?? at;
          store.setPosition(entry.key, `${at} ${since}`);
        });
      }
    },
  };
}

function isTicking(recurs: Recurrence, from: number): boolean {
  if (recurs.periodMs !== undefined) return recurs.periodMs < 24 * hourMs;
  const first = recurs.next(from);
  const second = first === undefined ? undefined : recurs.next(first);
  return first !== undefined && second !== undefined && second - first < hourMs;
}

/** Everything due until `now`, of all entries, in order of time; ticking entries once, at their last tick. */
function dueUntil(entries: readonly Entry[], now: number): { entry: Entry; at: number }[] {
  const due: { entry: Entry; at: number }[] = [];
  for (const entry of entries) {
    let ticks: number[] = [];
    for (let at = entry.next; at !== undefined && at <= now; at = entry.recurrence.next(at)) {
      ticks.push(at);
      if (ticks.length > catchUpLimit) ticks = ticks.slice(1);
      entry.last = at;
      entry.next = undefined;
    }
    if (entry.next === undefined) entry.next = entry.recurrence.next(Math.max(entry.last, ticks.at(-1) ?? 0));
    for (const at of entry.ticking ? ticks.slice(-1) : ticks) due.push({ entry, at });
  }
  return due.sort((left, right) => left.at - right.at);
}

function fireSchedule(schedule: ScheduleModel, at: number, now: number, deliveries: Deliveries): void {
  if (schedule.startAt !== undefined && at < schedule.startAt) return;
  if (schedule.endAt !== undefined && at >= schedule.endAt) return;
  const { target } = schedule;
  const id = `${schedule.name}-${at}`.replaceAll(/[^\w-]/g, '-').slice(0, 80);
  const context: Readonly<Record<string, string>> = {
    'aws.scheduler.schedule-arn': schedule.arn,
    'aws.scheduler.scheduled-time': `${new Date(at).toISOString().slice(0, 19)}Z`,
    'aws.scheduler.execution-id': id,
    'aws.scheduler.attempt-number': '1',
  };
  deliveries.post({
    id,
    kind: 'event',
    arn: target.arn,
    payload: (target.input ?? '{}').replaceAll(/<([\w.-]+)>/g, (whole, name: string) => context[name] ?? whole),
    from: { service: 'scheduler.amazonaws.com', arn: schedule.arn },
    retries: target.retries,
    expiresAt: now + target.maxAgeSeconds * 1000,
    ...(target.roleArn ? { roleArn: target.roleArn } : {}),
    ...(target.deadLetterArn ? { deadLetterArn: target.deadLetterArn } : {}),
  });
}
