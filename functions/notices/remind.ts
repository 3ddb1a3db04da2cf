import { openTasks } from '../../machines/open-tasks.ts';
import { milestonesPassed, reminderOf } from '../../machines/notices.ts';
import { addDays, addWorkingDays, dayOf, endOfDay, isWorkingDay, startOfDay } from '../../shared/days.ts';
import { policyOf } from '../../shared/policy.ts';
import { roles } from '../../shared/roles.ts';
import { leafPartition } from '../store/case.ts';
import { allOrganisations, casesIn, expertsIn, placedTasks, type Listed } from '../store/lists.ts';
import { loadHeads } from '../store/load.ts';
import { keepReminded, remindedOn } from '../store/notices.ts';
import { joinedPuts } from '../store/put.ts';
import { sendDigests } from './digest.ts';
import { tell, type NoticeDesk } from './tell.ts';

/** What a look at the calendar led to. */
export interface Reminded {
  readonly day: string;
  readonly reminders: number;
  /** Notices of milestones that passed their day. */
  readonly milestones: number;
  readonly digests: number;
}

// Half past eight in Shanghai: before people begin to work.
const opensAfterMs = 8.5 * 3_600_000;

/**
 * On the first look of a working day: reminds of what is due some working days on (policy `remindBeforeDays`), tells of milestones
 * that passed their day, and sends digests.
 * Does nothing before half past eight, on free days, or twice a day. Days on which nobody looked are made up for: to-dos as far as
 * they are still to come, milestones all.
 */
export async function remindOfTheDay(desk: NoticeDesk): Promise<Reminded | undefined> {
  const today = dayOf(new Date(desk.now).toISOString());
  if (desk.now < Date.parse(startOfDay(today)) + opensAfterMs || !isWorkingDay(today)) return undefined;
  const last = await remindedOn(desk.table);
  if (last !== undefined && last >= today) return undefined;
  const since = last ?? addDays(today, -1);
  const reminders = await remind(desk, today, since);
  const milestones = await tellOfMilestones(desk, today, since);
  const digests = await sendDigests(desk, today);
  await keepReminded(desk.table, today);
  return { day: today, reminders, milestones, digests };
}

async function remind(desk: NoticeDesk, today: string, last: string): Promise<number> {
  const spans = policyOf(desk.policy).remindBeforeDays.value.map((days) => ({ days, from: dueAfter(last, days, today), to: endOfDay(addWorkingDays(today, days)) }));
  let reminders = 0;
  for (const queues of chunks(await allQueues(desk), queuesAtOnce)) {
    const counts = await Promise.all(queues.map((queue) => remindQueue(desk, queue, spans, today)));
    reminders += counts.reduce((sum, count) => sum + count, 0);
  }
  return reminders;
}

const queuesAtOnce = 10;

interface Span {
  readonly days: number;
  readonly from: string;
  readonly to: string;
}

// What the last look reminded of ends where this one begins; what is over by now is told by the log.
function dueAfter(last: string, days: number, today: string): string {
  const next = startOfDay(addDays(addWorkingDays(last, days), 1));
  return next > startOfDay(today) ? next : startOfDay(today);
}

// The spans lie close together: one look over all of them costs less than one for each, most desks having nothing due.
async function remindQueue(desk: NoticeDesk, queue: string, spans: readonly Span[], today: string): Promise<number> {
  const from = spans.map((span) => span.from).reduce((least, each) => (each < least ? each : least));
  const to = spans.map((span) => span.to).reduce((most, each) => (each > most ? each : most));
  let reminded = 0;
  for (let place: Parameters<typeof placedTasks>[4] | undefined = { partition: 0 }; place; ) {
    const page: Awaited<ReturnType<typeof placedTasks>> = await placedTasks(desk.table, [queue], [from, to], 100, place);
    const due = spans.flatMap((span) => page.items.filter(({ value }) => value.dueAt >= span.from && value.dueAt <= span.to).map(({ value }) => ({ ...value, days: span.days })));
    reminded += await remindOf(desk, due, today);
    place = page.next;
  }
  return reminded;
}

async function remindOf(desk: NoticeDesk, listed: readonly (Listed & Pick<Span, 'days'>)[], today: string): Promise<number> {
  const heads = new Map((await loadHeads(desk.table, [...new Set(listed.map(({ case: id }) => id))])).map((head) => [head.id, head]));
  const put = joinedPuts(desk.table);
  const told = listed.map(async ({ case: id, slot, queue, days }) => {
    const head = heads.get(id);
    const task = head && openTasks(head.snapshot).find((each) => each.slot === slot && each.queue === queue);
    if (!task) return 0;
    const { key, ...notice } = reminderOf(head.snapshot, task, days);
    await tell(desk, put, { ...notice, id: `${id}-${today}-${key}`, at: new Date(desk.now).toISOString(), case: id, lifecycle: head.lifecycle });
    return 1;
  });
  return (await Promise.all(told)).reduce<number>((sum, one) => sum + one, 0);
}

/** Looks at every construction, a page at a time. What was due on the day of the last look was not over then. */
async function tellOfMilestones(desk: NoticeDesk, today: string, last: string): Promise<number> {
  const put = joinedPuts(desk.table);
  let told = 0;
  for (let place: Parameters<typeof casesIn>[4] | undefined = { partition: 0 }; place; ) {
    const page: Awaited<ReturnType<typeof casesIn>> = await casesIn(desk.table, 'byLeaf', [leafPartition('governmentInvestment', 'construction')], 100, place);
    const passed = (await loadHeads(desk.table, page.items)).flatMap((head) => milestonesPassed(head.snapshot, last, today).map(({ key, ...notice }) => ({ ...notice, id: `${head.id}-${today}-${key}`, at: new Date(desk.now).toISOString(), case: head.id, lifecycle: head.lifecycle })));
    await Promise.all(passed.map((notice) => tell(desk, put, notice)));
    told += passed.length;
    place = page.next;
  }
  return told;
}

/** Every desk there can be: of each role in each office, of the applicants of each unit, and of each expert. */
async function allQueues({ table }: NoticeDesk): Promise<string[]> {
  const [organisations, experts] = await Promise.all([allOrganisations(table), expertsIn(table)]);
  const atDesks = roles.filter((role) => !['unitAdmin', 'expert', 'public', 'system'].includes(role));
  return [...organisations.flatMap(({ id, office }) => (office === 'none' ? ['applicant'] : atDesks).map((role) => `${role}#${id}`)), ...experts.map(({ id }) => `person#${id}`)];
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));
}
