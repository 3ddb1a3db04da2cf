import { describe, expect, it } from 'vitest';
import type { ReturnVoids } from '../../../shared/policy.ts';
import { added, afterReturn, begunCountersign, carriedTo, isComplete, mayWithdraw, signed, signModes, transferred, turnsIn, withdrawn, type Countersign } from '../../../machines/countersign.ts';

/** What somebody does in a sign-off. */
export type Act =
  | { readonly does: 'sign' | 'withdraw' | 'return'; readonly who: string }
  | { readonly does: 'transfer'; readonly who: string; readonly to: string }
  | { readonly does: 'before' | 'after'; readonly who: string; readonly to: string };

const voids: readonly ReturnVoids[] = ['all', 'fromReturner', 'none'];
const asker = 'asker';
const signersOf = { one: ['a'], any: ['a', 'b', 'c'], all: ['a', 'b', 'c'], inSequence: ['a', 'b', 'c'] } as const;
/** Whom a place can be handed to or who can be asked to sign as well. */
const others = ['x', 'y'];
const at = '2025-03-10T02:00:00.000Z';
// Enough for a place handed on, others added, signatures given and taken back and a return, in any order.
const depth = 6;

/** Everything that anybody may do now, by what the model offers. */
function actsIn(it_: Countersign): Act[] {
  const free = others.filter((each) => !it_.signers.some(({ person }) => person === each)).slice(0, 1);
  const turns = turnsIn(it_);
  return [
    ...turns.map((who): Act => ({ does: 'sign', who })),
    ...turns.flatMap((who) => free.flatMap((to): Act[] => [{ does: 'transfer', who, to }, { does: 'before', who, to }, { does: 'after', who, to }])),
    ...it_.signers.filter(({ person }) => mayWithdraw(it_, person)).map(({ person }): Act => ({ does: 'withdraw', who: person })),
    ...[asker, ...it_.signers.map(({ person }) => person)].map((who): Act => ({ does: 'return', who })),
  ];
}

function after(it_: Countersign, act: Act, policy: ReturnVoids): Countersign {
  switch (act.does) {
    case 'sign':
      return signed(it_, act.who, at);
    case 'withdraw':
      return withdrawn(it_, act.who);
    case 'return':
      return afterReturn(it_, act.who, policy);
    case 'transfer':
      return transferred(it_, act.who, act.to);
    default:
      return added(it_, act.who, act.to, act.does);
  }
}

const given = ({ signers }: Countersign): string[] => signers.filter(({ signedAt }) => signedAt !== null).map(({ person }) => person);
const people = ({ signers }: Countersign): string[] => signers.map(({ person }) => person);

/** What one act must do, said again from the words of the policy and not from the model's code. */
function mustHold(before: Countersign, act: Act, now: Countersign, policy: ReturnVoids): void {
  const signedBefore = new Set(given(before));
  const order = people(before);
  expect(new Set(people(now)).size).toBe(now.signers.length);
  expect(people(now)).not.toContain(asker);
  switch (act.does) {
    case 'sign':
      expect([people(now), given(now).toSorted()]).toEqual([order, [...signedBefore, act.who].toSorted()]);
      // Nobody signs twice, and in sequence nobody before those ahead of them.
      expect(signedBefore.has(act.who)).toBe(false);
      if (before.mode === 'inSequence') expect(order.slice(0, order.indexOf(act.who)).every((each) => signedBefore.has(each))).toBe(true);
      break;
    case 'transfer':
      expect([people(now), given(now)]).toEqual([order.map((each) => (each === act.who ? act.to : each)), given(before)]);
      break;
    case 'before':
    case 'after': {
      const place = order.indexOf(act.who) + (act.does === 'after' ? 1 : 0);
      expect([people(now), given(now)]).toEqual([order.toSpliced(place, 0, act.to), given(before)]);
      expect(now.mode).toBe(before.mode === 'one' ? 'inSequence' : before.mode);
      expect(isComplete(now)).toBe(false);
      break;
    }
    case 'withdraw':
      expect([people(now), given(now)]).toEqual([order, given(before).filter((each) => each !== act.who)]);
      break;
    case 'return': {
      const from = order.indexOf(act.who);
      const stand = (each: string): boolean => {
        if (policy === 'none') return true;
        if (policy === 'all' || from < 0) return false;
        return before.mode === 'inSequence' ? order.indexOf(each) < from : each !== act.who;
      };
      expect([people(now), given(now), now.round]).toEqual([order, given(before).filter(stand), before.round + 1]);
    }
  }
}

/** What every sign-off must be at any time: complete by the words of its mode, and else waiting for somebody. */
function mustBeSound(it_: Countersign): void {
  const count = given(it_).length;
  const enough = it_.mode === 'any' ? count > 0 : count === it_.signers.length;
  expect(isComplete(it_)).toBe(enough);
  const open = people(it_).filter((each) => !given(it_).includes(each));
  expect(turnsIn(it_)).toEqual(enough ? [] : it_.mode === 'inSequence' ? open.slice(0, 1) : open);
  for (const person of people(it_)) expect(mayWithdraw(it_, person)).toBe(given(it_).includes(person) && (it_.mode !== 'inSequence' || given(it_).at(-1) === person));
}

describe.each(signModes)('a sign-off by %s', (mode) => {
  it.each(voids)('holds through every sequence of signing, handing on, adding, withdrawing and returning that voids %s', (policy) => {
    // Which round it is changes nothing of what may be done: states that differ in it alone are one.
    const keyOf = (it_: Countersign): string => JSON.stringify({ ...it_, round: 0 });
    const first = begunCountersign(mode, asker, 'filing', signersOf[mode]);
    const seen = new Map([[keyOf(first), first]]);
    const kinds = new Set<string>();
    let acts = 0;
    let edge = [first];
    for (let step = 0; step < depth; step += 1) {
      const fresh = new Map<string, Countersign>();
      for (const it_ of edge) {
        mustBeSound(it_);
        for (const act of actsIn(it_)) {
          const now = after(it_, act, policy);
          mustHold(it_, act, now, policy);
          kinds.add(act.does);
          acts += 1;
          if (!seen.has(keyOf(now))) fresh.set(keyOf(now), now);
        }
      }
      for (const [key, it_] of fresh) seen.set(key, it_);
      edge = [...fresh.values()];
    }
    expect(acts).toBeGreaterThan(mode === 'one' ? 100 : 500);
    expect([...kinds].toSorted()).toEqual(['after', 'before', 'return', 'sign', 'transfer', 'withdraw']);
    // Whatever happened, the rest can be signed: there is no state from which a sign-off cannot come to its end.
    for (const it_ of seen.values()) expect(isComplete(signedOut(it_))).toBe(true);
  });

  it('is as nothing when something else is decided than was signed', () => {
    const done = signedOut(begunCountersign(mode, asker, 'select', signersOf[mode]));
    expect([given(carriedTo(done, 'select')).length > 0, given(carriedTo(done, 'reject'))]).toEqual([true, []]);
  });
});

function signedOut(it_: Countersign): Countersign {
  const [next] = turnsIn(it_);
  return next === undefined ? it_ : signedOut(signed(it_, next, at));
}
