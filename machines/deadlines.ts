import type { AnyMachineSnapshot, AnyStateNode } from 'xstate';
import { addDays, addSeconds, addWorkingDays, addYears, dayOf, endOfDay } from '../shared/days.ts';
import type { Period, PeriodName, Policy } from '../shared/policy.ts';
import type { WaitingMeta } from './define.ts';
import { nextRepaymentDay, type Collecting } from './recovery/instalments.ts';
import { activeLeaves, metaOf, pathOf } from './position.ts';

/**
 * The leaves whose wait begins: `entered` by the step, of these those only `renewed`, because their wait was over and nothing
 * moved, and `moved`, whose end another region moved while they go on.
 */
export interface Waits {
  readonly entered: readonly string[];
  readonly renewed: readonly string[];
  readonly moved?: readonly string[];
}

/** What deadlines read of a case beside the policy: until when a commitment runs and how many yearly checks were recorded, what was promised until when, or what is to be paid back. */
interface Committed extends Collecting {
  readonly promises?: readonly { readonly dueOn: string; readonly doneOn: string | null }[];
  readonly commitmentUntil?: string | null;
  readonly commitmentChecks?: number;
}

/** How long a working leaf may take before somebody is told. */
const workingSeconds = 3600;

/** When each newly entered leaf's wait is over: the end of the last day of its period (Asia/Shanghai), one hour for working leaves. */
export function dueAt(leaf: AnyStateNode, context: unknown, policy: Policy, now: string): string {
  const meta = metaOf(leaf);
  if (meta.kind === 'working') return addSeconds(now, workingSeconds);
  const until = (context as Committed).commitmentUntil;
  if (meta.deadline === 'commitmentCheck' && until) return endOfDay(nextCheck(until, context as Committed, policy, dayOf(now)));
  const promised = meta.deadline === 'dataDelivery' ? lastPromise(context as Committed) : undefined;
  if (promised !== undefined && promised >= dayOf(now)) return endOfDay(promised);
  const back = meta.deadline === 'recovery' ? nextRepaymentDay(context as Committed) : undefined;
  if (back !== undefined && back >= dayOf(now)) return endOfDay(back);
  return endOfDay(endDay(policy.periods.value[meta.deadline as PeriodName], dayOf(now)));
}

/** The leaves whose end a payment moved: the yearly checks of the commitment count from it, and what comes back leaves the next instalment to wait for. */
export function movedBy(before: unknown, state: AnyMachineSnapshot): readonly string[] {
  const [then, now] = [before as Committed, state.context as Committed];
  const deadlines = [...(then.commitmentUntil === now.commitmentUntil ? [] : ['commitmentCheck']), ...(nextRepaymentDay(then) === nextRepaymentDay(now) ? [] : ['recovery'])];
  return activeLeaves(state).filter((leaf) => deadlines.includes((metaOf(leaf) as WaitingMeta).deadline)).map(pathOf);
}

/** The wait of every active leaf: kept where it goes on, new where it was entered, and until the next reminder where it was over for nothing. */
export function dues(state: AnyMachineSnapshot, { entered, renewed, moved = [] }: Waits, policy: Policy, now: string): { readonly [leaf: string]: string } {
  const before = (state.context as { readonly due: { readonly [leaf: string]: string } }).due;
  return Object.fromEntries(
    activeLeaves(state).map((leaf) => {
      const path = pathOf(leaf);
      const kept = entered.includes(path) || moved.includes(path) ? undefined : before[path];
      const due = kept ?? dueAt(leaf, state.context, policy, now);
      return [path, renewed.includes(path) ? nextReminder(leaf, due, state.context, policy, now) : due];
    }),
  );
}

/** The last day of what is promised and open (art. 16: by the agreed plan). */
function lastPromise({ promises = [] }: Committed): string | undefined {
  return promises.flatMap(({ dueOn, doneOn }) => (doneOn === null ? [dueOn] : [])).sort().at(-1);
}

// Whoever let a week pass is not helped by a reminder each week for years: reminders keep a distance.
function nextReminder(leaf: AnyStateNode, due: string, context: unknown, policy: Policy, now: string): string {
  const meta = metaOf(leaf);
  const again = endOfDay(addDays(dayOf(now), policy.reminderDays.value));
  return meta.kind === 'waiting' && again > due ? clipped(meta.deadline, again, context) : due;
}

function endDay(period: Period, from: string): string {
  if (period.workingDays !== undefined) return addWorkingDays(from, period.workingDays);
  if (period.years !== undefined) return addYears(from, period.years);
  return addDays(from, period.days ?? 0);
}

/** The next anniversary of the payment that no check has answered yet; the last one is the end of the commitment itself. */
function nextCheck(until: string, { commitmentChecks = 0 }: Committed, policy: Policy, today: string): string {
  const years = policy.commitmentYears.value;
  const anniversaries = Array.from({ length: years }, (_, i) => addYears(until, i + 1 - years));
  return anniversaries.slice(commitmentChecks).find((day) => day > today) ?? until;
}

/** A reminder never reaches past the commitment itself, so that its end is noticed on the day. */
function clipped(deadline: string, end: string, context: unknown): string {
  const until = (context as Committed).commitmentUntil;
  return deadline === 'commitmentCheck' && until && endOfDay(until) < end ? endOfDay(until) : end;
}
