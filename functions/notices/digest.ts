import { lifecycleLabels, stateLabel } from '../../machines/labels.zh.ts';
import { queuesOf } from '../../machines/queues.ts';
import type { Actor } from '../../shared/actor.ts';
import { addWorkingDays, dayOf, endOfDay, startOfDay } from '../../shared/days.ts';
import { titleOf } from '../cases/about.ts';
import { taskPage, type OpenTask } from '../cases/lists.ts';
import { counted, type Counted } from '../cases/steps-taken.ts';
import type { Sieve } from '../cases/sieve.ts';
import { putDelivery } from '../store/deliveries.ts';
import { text } from '../store/keys.ts';
import { countIn, listedItems } from '../store/lists.ts';
import { loadAsking } from '../store/load.ts';
import { digestPartition, unseenCount, wishesOf, type NoticeWishes, type StoredNotice } from '../store/notices.ts';
import { keptUntil, type NoticeDesk } from './tell.ts';

/** A person's day: how much is to be done, what is due in the next working days, and what was not looked at. */
export interface Digest {
  readonly day: string;
  readonly tasks: Counted;
  readonly soon: Counted;
  readonly first: readonly OpenTask[];
  readonly unseen: Counted;
}

const everything: Sieve = { name: '', words: [] };
const soonDays = 3;
const mostCounted = 1000;
const mostUnseen = 100;
const mostShown = 10;

/** The digest of one person as of now. */
export async function digestOf({ table, now, policy }: Pick<NoticeDesk, 'table' | 'now' | 'policy'>, actor: Actor): Promise<Digest> {
  const queues = queuesOf(actor);
  const day = dayOf(new Date(now).toISOString());
  const between = [startOfDay(day), `${endOfDay(addWorkingDays(day, soonDays))}#\uffff`] as const;
  const [tasks, soon, { items }, unseen] = await Promise.all([
    countIn(table, { index: 'byQueue', partitions: queues }, mostCounted),
    countIn(table, { index: 'byQueue', partitions: queues, between }, mostCounted),
    taskPage({ table, now, policy }, actor, { ...everything, due: [between[0], endOfDay(addWorkingDays(day, soonDays))] }, { limit: mostShown, from: { partition: 0 } }),
    unseenCount(table, actor.person, queues, mostUnseen),
  ]);
  return { day, tasks: counted(tasks), soon: counted(soon), first: items, unseen: counted(unseen, mostUnseen) };
}

/** Puts the digest of everybody who wants one into the outbox, once a day; who has nothing to do gets none. */
export async function sendDigests(desk: NoticeDesk, day: string): Promise<number> {
  if (desk.channels.length === 0) return 0;
  let sent = 0;
  for (const item of await listedItems(desk.table, { index: 'byOwner', partition: digestPartition })) {
    const person = text(item, 'pk').slice('PERSON#'.length);
    const { actor } = await loadAsking(desk.table, person);
    if (actor && (await sendDigest(desk, day, actor, await wishesOf(desk.table, person)))) sent += 1;
  }
  return sent;
}

async function sendDigest(desk: NoticeDesk, day: string, actor: Actor, { mail, digest: wanted }: NoticeWishes): Promise<boolean> {
  const digest = await digestOf(desk, actor);
  if (!wanted || (digest.tasks.count === 0 && digest.unseen.count === 0)) return false;
  const at = new Date(desk.now).toISOString();
  const notice: StoredNotice = { id: `digest-${day}-${actor.person}`, queue: `person#${actor.person}`, at, kind: 'digest', subject: subjectOf(digest), case: '', lifecycle: '' };
  const body = { notice, text: linesOf(digest).join('\n') };
  const to = { person: actor.person, name: actor.name };
  const until = keptUntil(desk);
  if (desk.channels.includes('webhook')) await putDelivery(desk.table, { id: `${notice.id}-webhook`, channel: 'webhook', to: [to], ...body }, at, until);
  if (desk.channels.includes('mail') && mail !== undefined) await putDelivery(desk.table, { id: `${notice.id}-mail`, channel: 'mail', to: [{ ...to, mail }], ...body }, at, until);
  return true;
}

/** A digest in one line. */
export function subjectOf({ day, tasks, soon, unseen }: Digest): string {
  return `${day} 待办摘要：待办${shown(tasks)}件，其中${soonDays}个工作日内到期${shown(soon)}件，未读通知${shown(unseen)}条`;
}

function linesOf(digest: Digest): string[] {
  const lines = digest.first.map(({ head, task }) => `· ${dayOf(task.dueAt)} 前：${titleOf(head.snapshot)}（${lifecycleLabels[head.lifecycle]}，${stateLabel(head.lifecycle, task.leaf)}）`);
  return [subjectOf(digest), '', ...(lines.length > 0 ? ['即将到期：', ...lines] : ['近期没有到期的待办。'])];
}

const shown = ({ count, more }: Counted): string => `${count}${more ? '+' : ''}`;
