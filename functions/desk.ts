import type { Desk } from './cases/act.ts';
import { changeAccount, registerAccount, registerUnit, unitAccounts } from './accounts/accounts.ts';
import { organisationList } from './cases/organisations.ts';
import { colleagueList, handOver, standInList, takeBack } from './cases/stand-ins.ts';
import { workCounts, workList } from './cases/steps-taken.ts';
import { idFrom, routeOf } from './http/routes.ts';
import { jsonAnswer, type HttpAnswer, type HttpRequest } from './http/shell.ts';
import { whoAsks } from './http/who.ts';
import { meetingList, oneMeeting, recordMeeting } from './meetings/meetings.ts';
import { changeWishes, deliveryList, digestAnswer, noteSeen, noticeList, retryDelivery, unseenOf, wishesAnswer } from './notices/list.ts';
import type { Actor } from '../shared/actor.ts';

/** The routes of a person's own desk. */
export const deskRoutes = {
  desk: 'GET /desk',
  done: 'GET /done',
  mine: 'GET /mine',
  digest: 'GET /digest',
  notices: 'GET /notices',
  seen: 'POST /notices/seen',
  settings: 'GET /notices/settings',
  change: 'POST /notices/settings',
  deliveries: 'GET /deliveries',
  retry: 'POST /deliveries/{id}/retry',
  colleagues: 'GET /colleagues',
  organisations: 'GET /organisations',
  standIns: 'GET /stand-ins',
  handOver: 'POST /stand-ins',
  takeBack: 'POST /stand-ins/{id}/revoke',
  meetings: 'GET /selection-meetings',
  meeting: 'GET /selection-meetings/{id}',
  recordMeeting: 'POST /selection-meetings',
  accounts: 'GET /unit-accounts',
  register: 'POST /unit-accounts',
  changeAccount: 'POST /unit-accounts/{person}/change',
  registerUnit: 'POST /units',
} as const;

/** Answers what concerns the reader's own work: what they did and are told, who stands in, the meetings they keep records of, the accounts they look after. Throws `Problem`. */
export async function personalDesk(desk: Desk, request: HttpRequest): Promise<HttpAnswer> {
  const { name, parts } = routeOf(deskRoutes, request);
  return jsonAnswer(await answers[name](desk, request, await whoAsks(desk.table, request), parts));
}

type Answer = (desk: Desk, request: HttpRequest, actor: Actor, parts: Readonly<Record<string, string>>) => Promise<Record<string, unknown>>;

const answers: Readonly<Record<keyof typeof deskRoutes, Answer>> = {
  desk: async (desk, _, actor) => {
    const [counts, unseen] = await Promise.all([workCounts(desk, actor), unseenOf(desk, actor)]);
    return { ...counts, unseen };
  },
  done: (desk, request, actor) => workList(desk, request, actor, 'done'),
  mine: (desk, request, actor) => workList(desk, request, actor, 'mine'),
  digest: (desk, _, actor) => digestAnswer(desk, actor),
  notices: noticeList,
  seen: noteSeen,
  settings: (desk, _, actor) => wishesAnswer(desk, actor),
  change: changeWishes,
  deliveries: deliveryList,
  retry: (desk, _, actor, parts) => retryDelivery(desk, actor, parts['id'] ?? ''),
  colleagues: (desk, _, actor) => colleagueList(desk, actor),
  organisations: (desk, request) => organisationList(desk, request),
  standIns: (desk, _, actor) => standInList(desk, actor),
  handOver,
  takeBack: (desk, _, actor, parts) => takeBack(desk, actor, idFrom(parts, 'id')),
  meetings: meetingList,
  meeting: (desk, _, actor, parts) => oneMeeting(desk, actor, idFrom(parts, 'id')),
  recordMeeting,
  accounts: unitAccounts,
  register: registerAccount,
  changeAccount: (desk, request, actor, parts) => changeAccount(desk, request, actor, parts['person'] ?? ''),
  registerUnit,
};
