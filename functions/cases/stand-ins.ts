import { createHash } from 'node:crypto';
import { holdsAt, refusesStandIn, sharedRoles } from '../../machines/stand-in.ts';
import type { Actor } from '../../shared/actor.ts';
import { checked, idempotencyKey, jsonBody } from '../http/door.ts';
import { Problem } from '../http/problem.ts';
import type { HttpRequest } from '../http/shell.ts';
import { peopleIn } from '../store/lists.ts';
import { loadAsking } from '../store/load.ts';
import { actorOf } from '../store/people.ts';
import { isHeld, keepStandIn, revokeStandIn, standInsBy, standInsFor, standInsOf, type StoredStandIn } from '../store/stand-ins.ts';
import type { Desk } from './act.ts';
import { refused } from './refusals.ts';
import { standInArgs } from './stand-in-args.ts';

/** The colleagues to whom the reader may hand over: of the same unit, with a role in common. */
export async function colleagueList(desk: Desk, actor: Actor): Promise<Record<string, unknown>> {
  const people = (await peopleIn(desk.table, actor.org.id)).filter(({ id }) => id !== actor.person);
  return { items: people.flatMap((person) => rowOf(person.id, person.name, sharedRoles(actor, actorOf(person, actor.org)))) };
}

function rowOf(person: string, name: string, roles: readonly string[]): Record<string, unknown>[] {
  return roles.length === 0 ? [] : [{ person, name, roles }];
}

/** Who stands in for the reader, and for whom the reader stands in. */
export async function standInList(desk: Desk, actor: Actor): Promise<Record<string, unknown>> {
  const [given, received] = await Promise.all([standInsFor(desk.table, actor.person), standInsBy(desk.table, actor.person)]);
  const names = new Map((await peopleIn(desk.table, actor.org.id)).map(({ id, name }) => [id, name]));
  const answer = (each: StoredStandIn) => standInAnswer(desk, each, names);
  return { given: given.map(answer), received: received.map(answer) };
}

// Two people who hand over at the same moment are weighed one after the other.
const tries = 10;

/** Hands the reader's work over to a colleague for some days. The same request again gets the same stand-in. */
export async function handOver(desk: Desk, request: HttpRequest, actor: Actor): Promise<Record<string, unknown>> {
  const key = idempotencyKey(request);
  const { to: by, from, until, reason } = checked(standInArgs, jsonBody(request));
  const { actor: to } = await loadAsking(desk.table, by);
  if (!to) throw new Problem('invalid-input', '没有这个人员，请从同事名单中选择', { errors: [{ pointer: '/to', detail: '没有这个人员' }] });
  const id = createHash('sha256').update(`${actor.person} ${key}`).digest('hex').slice(0, 16);
  const stored: StoredStandIn = { id, person: actor.person, by, from, until, reason, madeAt: new Date(desk.now).toISOString() };
  const names = new Map([[actor.person, actor.name], [by, to.name]]);
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const [own, theirs, mine] = await Promise.all([standInsOf(desk.table, actor.person), standInsOf(desk.table, by), standInsBy(desk.table, actor.person)]);
    const before = own.all.find((each) => each.id === id);
    if (before) return sameAgain(desk, before, stored, names);
    const refusal = refusesStandIn(actor, { to, from, until }, [...[...own.all, ...theirs.all].filter(isHeld), ...mine], { now: stored.madeAt, policy: desk.policy });
    if (refusal) throw refused(refusal);
    if (await keepStandIn(desk.table, stored, { person: own.parts, by: theirs.parts })) return standInAnswer(desk, stored, names);
  }
  throw new Problem('unavailable', '同时办理的人较多，请稍后重试');
}

function sameAgain(desk: Desk, before: StoredStandIn, wanted: StoredStandIn, names: ReadonlyMap<string, string>): Record<string, unknown> {
  const same = (['by', 'from', 'until', 'reason'] as const).every((name) => before[name] === wanted[name]);
  if (!same) throw new Problem('conflict', '这个 Idempotency-Key 已用于另一次委托，请换用新的编号');
  return standInAnswer(desk, before, names);
}

/** Takes a hand-over back; it ends at once, what was done stays. Taken back twice is taken back. */
export async function takeBack(desk: Desk, actor: Actor, id: string): Promise<Record<string, unknown>> {
  if (!(await revokeStandIn(desk.table, actor.person, id, new Date(desk.now).toISOString()))) throw new Problem('not-found', '没有这项委托，请核对编号');
  return { id, revoked: true };
}

function standInAnswer({ now }: Desk, each: StoredStandIn, names: ReadonlyMap<string, string>): Record<string, unknown> {
  const { id, person, by, from, until, reason } = each;
  const named = (one: string) => ({ person: one, name: names.get(one) ?? one });
  return { id, person: named(person), by: named(by), from, until, reason, active: isHeld(each) && holdsAt(each, new Date(now).toISOString()) };
}
