import { policyOf } from '../../shared/policy.ts';
import type { Desk } from '../cases/act.ts';
import { putDelivery, type Channel, type Recipient } from '../store/deliveries.ts';
import { personKey } from '../store/keys.ts';
import { peopleIn } from '../store/lists.ts';
import { nameOf, readItems } from '../store/load.ts';
import { noticeItem, wishesIn, wishesKey, type StoredNotice } from '../store/notices.ts';
import { personOf, type Person } from '../store/people.ts';
import type { PutItem } from '../store/put.ts';

/** A desk with the ways out of the house that the operator has set up; none of them is needed. */
export interface NoticeDesk extends Desk {
  readonly channels: readonly Channel[];
}

/** Until when notices are kept, as epoch seconds. */
export function keptUntil({ policy, now }: Pick<Desk, 'policy' | 'now'>): number {
  return Math.floor(now / 1000) + policyOf(policy).noticeDays.value * 86_400;
}

/** Lays a notice on its desk and, where a way out is set up, into the outbox; twice is once. */
export async function tell(desk: NoticeDesk, put: PutItem, notice: StoredNotice): Promise<void> {
  const until = keptUntil(desk);
  await put(noticeItem(notice, until));
  if (desk.channels.length === 0) return;
  const people = await peopleAt(desk, notice.queue);
  const now = new Date(desk.now).toISOString();
  if (desk.channels.includes('webhook')) await putDelivery(desk.table, { id: `${notice.id}-webhook`, channel: 'webhook', notice, to: people.map(({ id, name }) => ({ person: id, name })) }, now, until);
  if (!desk.channels.includes('mail')) return;
  for (const to of await atOnceByMail(desk, people)) await putDelivery(desk.table, { id: `${notice.id}-mail-${to.person}`, channel: 'mail', notice, to: [to] }, now, until);
}

/** Who sits at a desk: `person#p` alone, or everybody of an organisation with the role (a unit's administrators sit with its applicants). */
export async function peopleAt({ table }: Pick<Desk, 'table'>, queue: string): Promise<readonly Person[]> {
  const cut = queue.indexOf('#');
  const [role, id] = [queue.slice(0, cut), queue.slice(cut + 1)];
  if (role === 'person') return [...(await readItems(table, [personKey(id)])).values()].map(personOf);
  return (await peopleIn(table, id)).filter(({ roles }) => roles.some((each) => each === role || (role === 'applicant' && each === 'unitAdmin')));
}

async function atOnceByMail({ table }: NoticeDesk, people: readonly Person[]): Promise<Recipient[]> {
  const found: Recipient[] = [];
  for (let from = 0; from < people.length; from += 100) {
    const some = people.slice(from, from + 100);
    const items = await readItems(table, some.map(({ id }) => wishesKey(id)));
    for (const { id, name } of some) {
      const { mail, atOnce } = wishesIn(items.get(nameOf(wishesKey(id))));
      if (mail !== undefined && atOnce) found.push({ person: id, name, mail });
    }
  }
  return found;
}
