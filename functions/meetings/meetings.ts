import { createHash } from 'node:crypto';
import type * as z from 'zod/mini';
import type { Actor } from '../../shared/actor.ts';
import { canonical } from '../../shared/canonical.ts';
import { meetingArgs, type MeetingArgs } from '../../shared/contracts/meeting.ts';
import { dayOf } from '../../shared/days.ts';
import type * as answers from '../api/meeting-answers.ts';
import type { Desk } from '../cases/act.ts';
import { maySee, seesReview } from '../cases/see.ts';
import { queryNumber, queryValue } from '../http/cursor.ts';
import { checked, idempotencyKey, jsonBody } from '../http/door.ts';
import { badInput, Problem } from '../http/problem.ts';
import { collections } from '../http/routes.ts';
import type { HttpRequest } from '../http/shell.ts';
import type { Head } from '../store/case.ts';
import { loadHeads } from '../store/load.ts';
import { keepMeeting, meetingById, meetingsBefore, type KeptMeeting, type Meeting } from './records.ts';
import { selectionFacts, type SelectionFacts } from './selection-facts.ts';

/** Lets pass who may read how scenarios were selected. Throws `Problem`. */
export function mustReadMeetings(actor: Actor): void {
  if (!seesReview(actor)) throw new Problem('not-allowed', '遴选会议的材料和纪要只供自治区数据局和监督人员查阅', { needs: ['bureauOfficer', 'bureauLeader', 'supervisor'] });
}

/**
 * Keeps the record of a meeting with the decisions it was about, as the log tells them now: what is recorded later changes nothing in it.
 * The same request again gets the same record. Throws `Problem` for scenarios that are not decided, or were before the meeting.
 */
export async function recordMeeting(desk: Desk, request: HttpRequest, actor: Actor): Promise<Meeting> {
  if (!actor.roles.some((role) => role === 'bureauOfficer' || role === 'bureauLeader')) throw new Problem('not-allowed', '遴选会议由自治区数据局登记', { needs: ['bureauOfficer', 'bureauLeader'] });
  const key = idempotencyKey(request);
  const asked = checked(meetingArgs, jsonBody(request));
  const id = `m-${asked.heldOn.replaceAll('-', '')}-${sha256(`${actor.person} ${key}`).slice(0, 12)}`;
  const mark = sha256(canonical({ ...asked, attendees: asked.attendees.map((each) => ({ ...each })) }));
  const before = await meetingById(desk.table, id);
  if (before) return sameAgain(before, mark);
  const now = new Date(desk.now).toISOString();
  if (asked.heldOn > dayOf(now)) throw badInput('/heldOn', '会议日期不能晚于今天');
  if (asked.replaces !== undefined) await mustBeReplaceable(desk, asked.replaces, id);
  const { scenarios: _scenarios, ...said } = asked;
  const meeting: Meeting = { id, ...said, recordedAt: now, recordedBy: actor.name, items: await decidedOnes(desk, actor, asked) };
  if (await keepMeeting(desk.table, { meeting, request: mark })) return meeting;
  const other = await meetingById(desk.table, id);
  if (other) return sameAgain(other, mark);
  throw new Problem('conflict', '这份会议记录刚刚已被另一份记录更正，请刷新后查看');
}

/** Records of meetings, a page at a time. Throws `Problem`. */
export async function meetingList(desk: Desk, request: HttpRequest, actor: Actor): Promise<z.infer<typeof answers.meetingList>> {
  mustReadMeetings(actor);
  const limit = queryNumber(request, 'limit', { least: 1, most: 50, otherwise: 20 });
  const found = await meetingsBefore(desk.table, queryValue(request, 'before'), limit + 1);
  const items = found.slice(0, limit).map(({ attendees: _attendees, absent: _absent, discussion: _discussion, items: about, ...row }) => ({ ...row, count: about.length, selected: about.filter(({ decision }) => decision?.outcome === 'selected').length }));
  const last = items.at(-1);
  return { items, ...(found.length > limit && last ? { next: last.id } : {}) };
}

/** One record of a meeting. Throws `Problem`. */
export async function oneMeeting({ table }: Pick<Desk, 'table'>, actor: Actor, id: string): Promise<Meeting> {
  mustReadMeetings(actor);
  const kept = await meetingById(table, id);
  if (!kept) throw new Problem('not-found', '没有这份会议记录，请核对编号');
  return kept.meeting;
}

/** The scenarios that a request names, each with how its selection stands, in that order. Throws `Problem` for one that is not there for the reader. */
export async function selectionsOf(desk: Desk, actor: Actor, ids: readonly string[]): Promise<SelectionFacts[]> {
  mustReadMeetings(actor);
  const heads = new Map((await loadHeads(desk.table, ids)).filter((head) => isScenario(head) && maySee(head.snapshot, actor)).map((head) => [head.id, head]));
  const found: SelectionFacts[] = [];
  for (const [index, id] of ids.entries()) {
    const head = heads.get(id);
    if (!head) throw badInput(`/scenarios/${index}`, '没有这个场景，或您无权查看');
    found.push(await selectionFacts(desk, head, actor));
  }
  return found;
}

async function decidedOnes(desk: Desk, actor: Actor, { scenarios, heldOn }: MeetingArgs): Promise<SelectionFacts[]> {
  const items = await selectionsOf(desk, actor, scenarios);
  for (const [index, { title, decision }] of items.entries()) {
    if (!decision) throw badInput(`/scenarios/${index}`, `“${title}”还没有作出遴选决定，请先办结再登记会议`);
    if (dayOf(decision.on) < heldOn) throw badInput('/heldOn', `“${title}”在${dayOf(decision.on)}已经决定，会议日期不能晚于决定`);
  }
  return items;
}

async function mustBeReplaceable({ table }: Desk, id: string, by: string): Promise<void> {
  const before = await meetingById(table, id);
  if (!before) throw badInput('/replaces', '没有要更正的会议记录，请核对编号');
  // By the same request, sent twice, it is replaced once.
  if (before.meeting.replacedBy !== undefined && before.meeting.replacedBy !== by) throw badInput('/replaces', `这份会议记录已由 ${before.meeting.replacedBy} 更正，请更正最新的一份`);
}

function sameAgain({ meeting, request }: KeptMeeting, mark: string): Meeting {
  if (request !== mark) throw new Problem('conflict', '这个 Idempotency-Key 已用于另一份会议记录，请换用新的编号');
  return meeting;
}

function isScenario({ lifecycle }: Head): boolean {
  return (collections.scenarios as readonly string[]).includes(lifecycle);
}

const sha256 = (words: string): string => createHash('sha256').update(words).digest('hex');
