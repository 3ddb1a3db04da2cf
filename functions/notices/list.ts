import { queuesOf } from '../../machines/queues.ts';
import type { Actor } from '../../shared/actor.ts';
import type { Role } from '../../shared/roles.ts';
import type { Desk } from '../cases/act.ts';
import { limits, pageAnswer } from '../cases/lists.ts';
import { counted } from '../cases/steps-taken.ts';
import { taskRow } from '../cases/rows.ts';
import { badQuery, placeOf, queryNumber, queryValue, queryWord } from '../http/cursor.ts';
import { checked, jsonBody } from '../http/door.ts';
import { Problem } from '../http/problem.ts';
import type { HttpRequest } from '../http/shell.ts';
import { deliveriesById, deliveryPartition, idIn, reviveDelivery, type Delivery, type DeliveryStatus } from '../store/deliveries.ts';
import { placedItems } from '../store/lists.ts';
import { keepWishes, markAllSeen, markPlace, markSeen, marksBetween, noticesBefore, noticeSk, seenUpTo, unseenCount, wishesOf, type NoticeWishes, type StoredNotice } from '../store/notices.ts';
import { seenArgs, wishesArgs } from './args.ts';
import { digestOf, subjectOf } from './digest.ts';
import { keptUntil } from './tell.ts';

// A badge says 99+.
const mostUnseen = 100;

/** How many notices the reader has not seen. */
export async function unseenOf(desk: Desk, actor: Actor): Promise<{ count: number; more: boolean }> {
  return counted(await unseenCount(desk.table, actor.person, queuesOf(actor), mostUnseen), mostUnseen);
}

/** A page of what the reader's desks were told, the newest first, with how much of it is new to them. */
export async function noticeList(desk: Desk, request: HttpRequest, actor: Actor): Promise<Record<string, unknown>> {
  const limit = queryNumber(request, 'limit', limits);
  const queues = queuesOf(actor);
  const [found, upTo, unseen] = await Promise.all([noticesBefore(desk.table, queues, limit, cursorOf(request)), seenUpTo(desk.table, actor.person), unseenOf(desk, actor)]);
  const [newest, oldest] = [found[0], found.at(-1)];
  const marks = newest && oldest ? await marksBetween(desk.table, actor.person, noticeSk(oldest), noticeSk(newest)) : new Set<string>();
  const items = found.map((notice) => noticeRow(notice, notice.at <= upTo || marks.has(markPlace(notice))));
  return { items, unseen, ...(oldest && found.length === limit ? { next: encoded(noticeSk(oldest)) } : {}) };
}

function noticeRow({ queue, ...notice }: StoredNotice, seen: boolean): Record<string, unknown> {
  return { ...notice, notice: encoded(markPlace({ queue, ...notice })), queue, seen };
}

/** Notes what the reader has seen; twice is once. Answers what is still new. */
export async function noteSeen(desk: Desk, request: HttpRequest, actor: Actor): Promise<Record<string, unknown>> {
  const args = checked(seenArgs, jsonBody(request));
  if ('upTo' in args) {
    const now = new Date(desk.now).toISOString();
    const upTo = new Date(args.upTo).toISOString();
    await markAllSeen(desk.table, actor.person, upTo < now ? upTo : now);
  } else {
    const places = args.notices.map((notice) => placeIn(notice, actor));
    const upTo = await seenUpTo(desk.table, actor.person);
    await Promise.all(places.filter((place) => place > upTo).map((place) => markSeen(desk.table, actor.person, place, keptUntil(desk))));
  }
  return { unseen: await unseenOf(desk, actor) };
}

// `<instant>#<id>#<queue>`: only marks of the reader's own desks are kept.
function placeIn(notice: string, actor: Actor): string {
  const place = decoded(notice);
  const fits = /^\d{4}-\d\d-\d\dT[\d:.]+Z#[\w.:-]+#/.test(place) && queuesOf(actor).some((queue) => place.endsWith(`#${queue}`));
  if (!fits) throw new Problem('invalid-input', '没有这条通知，请刷新后重试', { errors: [{ pointer: '/notices', detail: '没有这条通知' }] });
  return place;
}

/** How the reader wants to be told. */
export async function wishesAnswer(desk: Desk, actor: Actor): Promise<Record<string, unknown>> {
  return asAnswer(await wishesOf(desk.table, actor.person));
}

/** Changes how the reader wants to be told. */
export async function changeWishes(desk: Desk, request: HttpRequest, actor: Actor): Promise<Record<string, unknown>> {
  const { mail, atOnce, digest } = checked(wishesArgs, jsonBody(request));
  const wishes: NoticeWishes = { ...(mail === null ? {} : { mail }), atOnce, digest };
  await keepWishes(desk.table, actor.person, wishes);
  return asAnswer(wishes);
}

function asAnswer({ mail, atOnce, digest }: NoticeWishes): Record<string, unknown> {
  return { mail: mail ?? null, atOnce, digest };
}

/** The reader's digest as of now. */
export async function digestAnswer(desk: Desk, actor: Actor): Promise<Record<string, unknown>> {
  const digest = await digestOf(desk, actor);
  const { day, tasks, soon, first, unseen } = digest;
  return { day, subject: subjectOf(digest), tasks, soon, unseen, first: first.map(({ head, task }) => taskRow(head, task)) };
}

const statuses: readonly DeliveryStatus[] = ['waiting', 'delivered', 'dead'];
const operators: readonly Role[] = ['bureauLeader', 'bureauOfficer', 'supervisor'];

/** A page of the delivery log by status; for the Bureau and supervision. */
export async function deliveryList(desk: Desk, request: HttpRequest, actor: Actor): Promise<Record<string, unknown>> {
  mustHave(actor, operators, '发送记录只供自治区数据局和监督人员查阅');
  const status = queryWord(request, 'status', statuses) ?? 'dead';
  const name = `deliveries:${status}`;
  const page = await placedItems(desk.table, { index: 'byLeaf', partitions: [deliveryPartition(status)], forward: false }, queryNumber(request, 'limit', limits), placeOf(request, name), idIn);
  const found = new Map((await deliveriesById(desk.table, page.items.map(({ value }) => value))).map((delivery) => [delivery.id, delivery]));
  return pageAnswer(page.items.flatMap(({ value }) => deliveryRow(found.get(value)) ?? []), page, name);
}

// Whose address it is stands in their own settings.
function deliveryRow(delivery: Delivery | undefined): Record<string, unknown> | undefined {
  if (!delivery) return undefined;
  const { id, channel, status, notice, to, attempts, nextAt } = delivery;
  return { id, channel, status, kind: notice.kind, subject: notice.subject, case: notice.case, to: to.map(({ person, name }) => ({ person, name })), attempts, nextAt };
}

/** Sends a dead letter once more, from the beginning. */
export async function retryDelivery(desk: Desk, actor: Actor, id: string): Promise<Record<string, unknown>> {
  mustHave(actor, ['bureauLeader', 'bureauOfficer'], '重新发送由自治区数据局办理');
  if (!(await reviveDelivery(desk.table, id, new Date(desk.now).toISOString()))) throw new Problem('wrong-state', '这条发送记录不是“未能送达”，无需重新发送');
  return { id, status: 'waiting' };
}

function mustHave(actor: Actor, roles: readonly Role[], sentence: string): void {
  if (!actor.roles.some((role) => roles.includes(role))) throw new Problem('not-allowed', sentence, { needs: [...roles] });
}

function cursorOf(request: HttpRequest): string | undefined {
  const text = queryValue(request, 'cursor');
  if (text === undefined) return undefined;
  const place = decoded(text);
  if (!/^\d{4}-\d\d-\d\dT[\d:.]+Z#[\w.:-]+$/.test(place)) throw badQuery('cursor', '翻页标记无效，请从第一页重新开始');
  return place;
}

const encoded = (text: string): string => Buffer.from(text).toString('base64url');
const decoded = (text: string): string => Buffer.from(text, 'base64url').toString('utf8');
