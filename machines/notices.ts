import type { Day } from '../shared/days.ts';
import { policyOf } from '../shared/policy.ts';
import type { Role } from '../shared/roles.ts';
import type { Leaf } from '../shared/step.ts';
import { warnings } from './building-flags.ts';
import { outcomes, warned } from './news.ts';
import { flagsOf } from './flags.ts';
import { commandLabels, lifecycleLabels, stateLabel } from './labels.zh.ts';
import type { Json, Snapshot, Task } from './decision.ts';
import { openTasks } from './open-tasks.ts';
import type { Milestone, ScenarioContext } from './scenario/context.ts';
import { queueOf } from './tasks.ts';

/** Why somebody is told something. */
export type NoticeKind = 'todo' | 'outcome' | 'warning' | 'reminder' | 'overdue' | 'escalation' | 'digest';

/** One thing that a desk is told: `queue` as of to-dos, `subject` a Chinese sentence; `key` tells it from others of the same event. */
export interface Notice {
  readonly kind: NoticeKind;
  readonly key: string;
  readonly queue: string;
  readonly subject: string;
  readonly leaf?: Leaf | undefined;
  readonly dueAt?: string | undefined;
}

/** What notices read of an event: what happened, by whose unit, and how often the deadline of its leaf has passed. */
export interface Told {
  readonly command: string;
  readonly args: { readonly [key: string]: Json };
  readonly unit: string;
  /** When, as a UTC instant. */
  readonly at: string;
  /** Slots of the to-dos that the event opened, or whose deadline it moved. */
  readonly opened: readonly string[];
  /** How often the deadline has passed on this visit of the leaf, this time included. */
  readonly passed: number;
}

/**
 * What desks are told of an event, as the case stands now: new to-dos that are still open, a deadline that passed (to the desk, and
 * by the policy to the office above it), and the outcome to the unit. What is over by now is not news.
 */
export function noticesOf(snapshot: Snapshot, told: Told): Notice[] {
  const open = openTasks(snapshot).filter(({ slot }) => told.opened.includes(slot));
  if (told.command === 'deadlinePassed') return open.filter(({ leaf }) => leaf === told.args['leaf']).flatMap((task) => overdue(snapshot, task, told.passed));
  return [...open.map((task) => todo(snapshot, task)), ...outcome(snapshot, told, open), ...warning(snapshot, told)];
}

/** What a desk is told some working days before a to-do is due. */
export function reminderOf(snapshot: Snapshot, task: Task, daysLeft: number): Notice {
  return { kind: 'reminder', key: `${task.slot}-${daysLeft}`, queue: task.queue, subject: `还有${daysLeft}个工作日到期：${nameOf(snapshot)}（${stateLabel(snapshot.lifecycle, task.leaf)}）`, leaf: task.leaf, dueAt: task.dueAt };
}

/**
 * What a construction's milestones bring by time alone: those that were due on `from` or later, before `today`, and are not done; the
 * Bureau follows them (art. 11(5)), the unit reports or gives a new forecast. A milestone passes its day once.
 */
export function milestonesPassed(snapshot: Snapshot, from: Day, today: Day): Notice[] {
  const { milestones = [], completedOn = null } = snapshot.context as unknown as Partial<ScenarioContext>;
  const own = unitQueue(snapshot);
  const bureau = queueOf('bureauOfficer', snapshot.context, policyOf(String(snapshot.context['policy'])));
  const passed = ({ doneOn, dueOn }: Milestone): boolean => completedOn === null && doneOn === null && dueOn >= from && dueOn < today;
  return milestones.map((each, index) => ({ ...each, index })).filter(passed).flatMap(({ name, dueOn, index }): Notice[] => [
    { kind: 'warning', key: `milestone-${index}`, queue: bureau, subject: `${nameOf(snapshot)}：里程碑“${name}”已超过计划日期（${dueOn}），请督促并核实原因` },
    ...(own === undefined ? [] : [{ kind: 'overdue' as const, key: `milestone-${index}-unit`, queue: own, subject: `已超过计划日期：${nameOf(snapshot)}的里程碑“${name}”（${dueOn}），请办理完成，或在阶段报告中说明最新预计日期` }]),
  ]);
}

function todo(snapshot: Snapshot, { slot, leaf, queue, dueAt }: Task): Notice {
  return { kind: 'todo', key: slot, queue, subject: `新的待办：${nameOf(snapshot)}（${stateLabel(snapshot.lifecycle, leaf)}）`, leaf, dueAt };
}

function overdue(snapshot: Snapshot, { slot, leaf, queue, dueAt }: Task, passed: number): Notice[] {
  const what = `${nameOf(snapshot)}（${stateLabel(snapshot.lifecycle, leaf)}）`;
  const above = escalatedTo(snapshot, queue, passed);
  return [
    { kind: 'overdue', key: slot, queue, subject: `已超过期限：${what}，请尽快办理`, leaf, dueAt },
    ...(above === undefined ? [] : [{ kind: 'escalation' as const, key: `${slot}-up`, queue: above, subject: `下级逾期未办（第${passed}次提醒）：${what}，请督促`, leaf, dueAt }]),
  ];
}

/** The queue of the office that is told when a to-do's deadline passes for the n-th time; none where the policy or the case names none. What a unit never submitted is its own affair. */
export function escalatedTo(snapshot: Snapshot, queue: string, passed: number): string | undefined {
  const { context } = snapshot;
  const policy = policyOf(String(context['policy']));
  const role = queue.startsWith('person#') ? 'expert' : (queue.split('#', 1)[0] as Role);
  if (role === 'applicant' && context['handler'] === null) return undefined;
  const chain = (policy.escalation.value[role] ?? []).map((above) => queueOf(above, context, policy)).filter((above) => above !== queue && !above.endsWith('#'));
  return chain[Math.min(passed, chain.length) - 1];
}

function outcome(snapshot: Snapshot, { command, unit }: Told, open: readonly Task[]): Notice[] {
  const own = unitQueue(snapshot);
  if (own === undefined || !outcomes.includes(command) || own === `applicant#${unit}` || open.some(({ queue }) => queue === own)) return [];
  return [{ kind: 'outcome', key: 'outcome', queue: own, subject: `办理进展：${nameOf(snapshot)}已${(commandLabels as Readonly<Record<string, string>>)[command] ?? command}` }];
}

/** What the Bureau is told of a construction that runs late or over its budget (art. 11(5), R-029). */
function warning(snapshot: Snapshot, { command, at }: Told): Notice[] {
  if (!warned.includes(command)) return [];
  const policy = policyOf(String(snapshot.context['policy']));
  // That a day passes is told by the calendar, once; a plan may name a day that is over already.
  const news = (flag: string): boolean => (warnings as readonly string[]).includes(flag) && (flag !== 'milestoneOverdue' || command === 'planMilestones');
  const raised = flagsOf(snapshot, at, policy.id).filter(({ flag }) => news(flag));
  return raised.map(({ flag, sentence }) => ({ kind: 'warning', key: flag, queue: queueOf('bureauOfficer', snapshot.context, policy), subject: `${nameOf(snapshot)}：${sentence}` }));
}

function unitQueue({ context }: Snapshot): string | undefined {
  const { unit } = context;
  const id = typeof unit === 'string' ? unit : (unit as { readonly id?: string } | undefined)?.id;
  return id === undefined ? undefined : `applicant#${id}`;
}

function nameOf({ context, lifecycle }: Snapshot): string {
  const title = [context['name'], context['title'], context['scenarioName']].find((each) => typeof each === 'string' && each !== '');
  if (typeof title !== 'string') return lifecycleLabels[lifecycle];
  return lifecycle === 'recovery' ? `“${title}”的${lifecycleLabels[lifecycle]}` : `“${title}”`;
}
