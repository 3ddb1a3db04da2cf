import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide } from '../../../machines/decide.ts';
import { actingFor, decideFor, holdsAt, refusesStandIn, sharedRoles, type StandIn } from '../../../machines/stand-in.ts';
import type { Actor } from '../../../shared/actor.ts';
import { addDays } from '../../../shared/days.ts';
import { governmentFiling, review } from './steps.ts';
import { by, government, policy } from './story.ts';

const now = '2025-03-10T02:00:00.000Z';
const today = '2025-03-10';
const asked = { now, policy };
const refusal = (person: string, to: string, from = today, until = today, others: readonly StandIn[] = []) => refusesStandIn(by(person), { to: by(to), from, until }, others, asked);
const standIn = (person: string, other: string, from: string, until: string): StandIn => ({ id: 'x', person, by: other, from, until });

describe('a stand-in', () => {
  it('is a colleague of the same unit with a role in common', () => {
    expect(refusal('li-ning', 'he-ping')).toBeNull();
    expect(sharedRoles(by('wei-lan'), by('huang-yu'))).toEqual([]);
    for (const [person, to] of [['li-ning', 'li-ning'], ['li-ning', 'liang-shan'], ['li-ning', 'pan-hong'], ['lu-fang', 'mo-qiang'], ['expert-chen', 'expert-zhou']] as const) expect([person, to, refusal(person, to)?.problem]).toEqual([person, to, 'rule-refused']);
  });

  it('has days that make sense, ninety at most', () => {
    expect([refusal('li-ning', 'he-ping', today, addDays(today, 89)), refusal('li-ning', 'he-ping', '2025-04-01', '2025-04-30')]).toEqual([null, null]);
    for (const [from, until] of [[today, addDays(today, 90)], ['2025-03-12', '2025-03-11'], ['2025-03-01', '2025-03-09']] as const) expect(refusal('li-ning', 'he-ping', from, until)?.rule).toBe('standIn');
  });

  it('is one at a time, and never in a chain', () => {
    const day = fc.integer({ min: 0, max: 40 }).map((count) => addDays(today, count));
    fc.assert(fc.property(day, day, day, day, fc.constantFrom(['li-ning', 'x'], ['he-ping', 'x'], ['y', 'li-ning']), (a, b, c, d, [person, other]) => {
      const [from, until, otherFrom, otherUntil] = [a < b ? a : b, a < b ? b : a, c < d ? c : d, c < d ? d : c];
      const meets = otherFrom <= until && from <= otherUntil;
      return (refusal('li-ning', 'he-ping', from, until, [standIn(person!, other!, otherFrom, otherUntil)]) !== null) === meets;
    }));
  });

  it('holds from the first instant of the first day to the last of the last', () => {
    const one = standIn('a', 'b', '2025-03-10', '2025-03-11');
    expect(['2025-03-09T15:59:59.999Z', '2025-03-09T16:00:00.000Z', '2025-03-11T15:59:59.999Z', '2025-03-11T16:00:00.000Z'].map((at) => holdsAt(one, at))).toEqual([false, true, true, false]);
  });
});

describe('whoever acts in a colleague’s place', () => {
  const both: Actor['roles'] = ['bureauOfficer', 'bureauLeader'];
  const anna: Actor = { ...by('li-ning'), person: 'anna', name: '甲', roles: both };
  const bert: Actor = { ...by('he-ping'), person: 'bert', name: '乙', roles: [...both, 'finance'] };

  it('has the roles of both, and both names', () => {
    expect(actingFor(bert, anna)).toMatchObject({ person: 'bert', roles: both, onBehalfOf: { person: 'anna', name: '甲' } });
  });

  it('may not approve what the colleague proposed, nor what they proposed themselves: four eyes stay four', () => {
    const story = government().all([...governmentFiling, ...review]);
    const base = story.asked('li-ning', { type: 'proposeSelection', args: { reason: '达标' } });
    const proposed = decide(story.snapshot, { type: 'proposeSelection', args: { reason: '达标' } }, { ...base, actor: anna });
    if (!proposed.ok) throw new Error(proposed.detail);
    const approve = (actor: Actor, represented?: Actor) => decideFor(proposed.snapshot, { type: 'approveSelection', args: {} }, { ...base, actor }, represented);
    expect(approve(bert).ok).toBe(true);
    expect(approve(actingFor(bert, anna), anna)).toMatchObject({ ok: false, detail: expect.stringMatching(/^被代办人不能办理此事项：/) });
    expect(approve(actingFor(anna, bert), bert)).toMatchObject({ ok: false });
  });
});
