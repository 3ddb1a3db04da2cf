import { describe, expect, it } from 'vitest';
import { policies, gx2025Draft, type Policy, type ReturnVoids } from '../../../shared/policy.ts';
import { signModes, turnsIn, type SignMode } from '../../../machines/countersign.ts';
import { decide } from '../../../machines/decide.ts';
import { openTasks } from '../../../machines/open-tasks.ts';
import type { Actor } from '../../../shared/actor.ts';
import type { Json, Snapshot } from '../../../machines/decision.ts';
import type { ScenarioContext } from '../../../machines/scenario/context.ts';
import { governmentFiling, review } from './steps.ts';
import { by, government } from './story.ts';

const because = { reason: '情况属实' };
const now = '2025-03-10T02:00:00.000Z';
const officers = ['o-1', 'o-2', 'o-3', 'o-4', 'o-5'];
const person = (id: string): Actor => (officers.includes(id) ? { ...by('li-ning'), person: id, name: id } : by(id));
const fact = (id: string): Json => ({ org: { ...person(id).org }, expert: false, roles: [...person(id).roles] });

// Snapshots never change, so a thousand cases may begin with the same one.
function once(make: () => Snapshot): () => Snapshot {
  let made: Snapshot | undefined;
  return () => (made ??= make());
}

/** One place where the Bureau decides: how a case gets there, who decides there and how, who sends it back and how it comes again. */
const places = {
  formalCheck: {
    start: once(() => government().all(governmentFiling).snapshot),
    asks: 'li-ning', decides: ['li-ning', 'passFormalCheck', {}],
    returns: (who: string): readonly Step[] => [[who, 'returnForCorrection', { ...because, items: [{ pointer: '/system/name', reason: '名称过长' }] }], ['wei-lan', 'resubmit', {}], ['system', 'finishPreflight', { gaps: 0, duplicates: [], similar: [] }]],
    outside: 'he-ping',
  },
  approving: {
    start: once(() => government().all([...governmentFiling, ...review, ['li-ning', 'proposeSelection', because]]).snapshot),
    asks: 'liang-shan', decides: ['liang-shan', 'approveSelection', {}],
    returns: (who: string): readonly Step[] => [[who, 'sendBack', because], ['li-ning', 'proposeSelection', because]],
    outside: 'liang-shan',
  },
} as const;

type Step = readonly [who: string, command: string, args: Record<string, unknown>];
const voids: readonly ReturnVoids[] = ['all', 'fromReturner', 'none'];
for (const each of voids) (policies as Record<string, Policy>)[`voids-${each}`] = { ...gx2025Draft, id: `voids-${each}`, returnVoids: { value: each, source: 'test' } };

const countersignIn = (snapshot: Snapshot) => (snapshot.context as unknown as ScenarioContext).countersign;
const ask = (snapshot: Snapshot, policy: string, [who, type, args]: Step) => {
  const named = [args['to'], args['signer'], ...((args['signers'] as readonly unknown[] | undefined) ?? [])].filter((id) => typeof id === 'string');
  return decide(snapshot, { type, args: args as Record<string, Json> }, { actor: person(who), now, policy, facts: { people: Object.fromEntries(named.map((id) => [id, fact(id)])) } });
};
const does = (snapshot: Snapshot, policy: string, step: Step): Snapshot => {
  const decision = ask(snapshot, policy, step);
  if (!decision.ok) throw new Error(`${step[0]} ${step[1]}: ${decision.rule ?? decision.problem} ${JSON.stringify(decision.figures ?? {})}`);
  return decision.snapshot;
};
const given = (snapshot: Snapshot): string[] => (countersignIn(snapshot)?.signers ?? []).filter(({ signedAt }) => signedAt).map((each) => each.person);
const signingTasks = (snapshot: Snapshot): string[] => openTasks(snapshot).filter(({ slot }) => slot.includes(':sign-')).map(({ queue }) => queue.replace('person#', ''));

const signersOf: Readonly<Record<SignMode, readonly string[]>> = { one: ['o-1'], any: ['o-1', 'o-2', 'o-3'], all: ['o-1', 'o-2', 'o-3'], inSequence: ['o-1', 'o-2', 'o-3'] };
const signFirst = (snapshot: Snapshot, policy: string): Snapshot => {
  const [next] = turnsIn(countersignIn(snapshot) as NonNullable<ScenarioContext['countersign']>);
  return next === undefined ? snapshot : does(snapshot, policy, [next, 'countersign', { opinion: '同意' }]);
};

/** What happens in the middle: each of it alone, and each pair of it in both orders. */
const events = {
  transfer: (snapshot: Snapshot): Step => [turnOf(snapshot), 'transferCountersign', { to: 'o-4', ...because }],
  before: (snapshot: Snapshot): Step => [turnOf(snapshot), 'addCountersigner', { signer: 'he-ping', place: 'before', ...because }],
  after: (snapshot: Snapshot): Step => [turnOf(snapshot), 'addCountersigner', { signer: 'o-5', place: 'after', ...because }],
  withdraw: (snapshot: Snapshot): Step | undefined => { const last = given(snapshot).at(-1); return last === undefined ? undefined : [last, 'withdrawCountersign', because]; },
  return: () => 'return' as const,
} as const;
type EventName = keyof typeof events;
const eventNames = Object.keys(events) as EventName[];
const turnOf = (snapshot: Snapshot): string => turnsIn(countersignIn(snapshot) as NonNullable<ScenarioContext['countersign']>)[0] ?? '';
const plans: readonly (readonly EventName[])[] = [...eventNames.map((one) => [one]), ...eventNames.flatMap((one) => eventNames.filter((other) => other !== one).map((other) => [one, other]))];

describe.each(Object.entries(places))('a sign-off at %s', (_, place) => {
  describe.each(signModes)('by %s', (mode) => {
    const combinations = voids.flatMap((each) => [0, 1].flatMap((signedBefore) => plans.map((plan) => ({ each, signedBefore, plan }))));
    it.each(combinations)('survives $plan after $signedBefore signatures, where a return voids $each', ({ each, signedBefore, plan }) => {
      const policy = `voids-${each}`;
      let snapshot = does(place.start(), policy, [place.asks, 'askCountersigns', { mode, signers: signersOf[mode], ...because }]);
      for (let count = 0; count < signedBefore; count += 1) snapshot = signFirst(snapshot, policy);
      for (const name of plan) snapshot = happens(snapshot, policy, name, place, each);
      // Until enough have signed nobody decides; then the one who decides does, and nothing of the sign-off is left.
      for (let more = 0; more < 6 && turnOf(snapshot) !== ''; more += 1) {
        expect(ask(snapshot, policy, place.decides)).toMatchObject({ ok: false, rule: 'countersignIsComplete' });
        expect(signingTasks(snapshot)).toEqual([...turnsIn(countersignIn(snapshot) as never)]);
        snapshot = signFirst(snapshot, policy);
      }
      expect(signingTasks(snapshot)).toEqual([]);
      const decided = ask(snapshot, policy, place.decides);
      expect(decided.ok && (countersignIn(decided.snapshot) ?? null)).toBeNull();
    });
  });

  it('asks nobody from outside, nobody twice, and never the one who asks or proposed', () => {
    const snapshot = does(place.start(), 'voids-all', [place.asks, 'askCountersigns', { mode: 'all', signers: ['o-1', 'o-2'], ...because }]);
    for (const to of ['o-2', place.asks, 'pan-hong', 'wei-lan', 'expert-chen']) expect(ask(snapshot, 'voids-all', ['o-1', 'transferCountersign', { to, ...because }])).toMatchObject({ rule: 'countersignersFit', figures: { misfits: [to] } });
    expect(ask(snapshot, 'voids-all', ['o-3', 'countersign', { opinion: '同意' }])).toMatchObject({ rule: 'isTheirTurnToSign' });
    expect(ask(snapshot, 'voids-all', ['o-1', 'recallCountersigns', because])).toMatchObject({ rule: 'askedForCountersigns' });
    expect(ask(snapshot, 'voids-all', [place.asks, 'askCountersigns', { mode: 'all', signers: ['o-3'], ...because }])).toMatchObject({ rule: 'noCountersignIsOpen' });
    expect(countersignIn(does(snapshot, 'voids-all', [place.asks, 'recallCountersigns', because]))).toBeNull();
  });
});

describe('a sign-off', () => {
  it('dies with the filing that the unit withdraws in the middle of it', () => {
    let snapshot = does(places.formalCheck.start(), 'voids-all', ['li-ning', 'askCountersigns', { mode: 'all', signers: ['o-1', 'o-2'], ...because }]);
    snapshot = does(signFirst(snapshot, 'voids-all'), 'voids-all', ['wei-lan', 'withdraw', because]);
    expect([snapshot.status, openTasks(snapshot)]).toEqual(['done', []]);
    expect(ask(snapshot, 'voids-all', ['o-2', 'countersign', { opinion: '同意' }])).toMatchObject({ problem: 'wrong-state' });
  });

  it('on a selection counts for nothing when a rejection is proposed instead', () => {
    let snapshot = does(places.approving.start(), 'voids-none', ['liang-shan', 'askCountersigns', { mode: 'all', signers: ['o-1'], ...because }]);
    snapshot = does(signFirst(snapshot, 'voids-none'), 'voids-none', ['liang-shan', 'sendBack', because]);
    snapshot = does(snapshot, 'voids-none', ['li-ning', 'proposeRejection', because]);
    expect([given(snapshot), countersignIn(snapshot)?.matter, signingTasks(snapshot)]).toEqual([[], 'reject', ['o-1']]);
  });

  it('leaves rounds and marks of the correction as they are: only what was marked can be edited meanwhile', () => {
    let snapshot = does(places.formalCheck.start(), 'voids-none', ['li-ning', 'askCountersigns', { mode: 'all', signers: ['o-1', 'o-2'], ...because }]);
    snapshot = does(signFirst(snapshot, 'voids-none'), 'voids-none', places.formalCheck.returns('he-ping')[0] as Step);
    const story = government();
    const form = story.form as { readonly system: object };
    const save = (system: object) => decide(snapshot, { type: 'saveForm', args: { form: { ...form, system: { ...form.system, ...system } } as Json } }, { actor: by('wei-lan'), now, policy: 'voids-none', facts: { latestForm: form as Json } });
    expect(save({ name: '改后的名称' }).ok).toBe(true);
    expect(save({ totalInvestmentFen: 1 })).toMatchObject({ rule: 'onlyMarkedPartsChanged', figures: { unmarked: ['/system/totalInvestmentFen'], marked: ['/system/name'] } });
    expect([snapshot.context['returns'], countersignIn(snapshot)?.round, given(snapshot), openTasks(snapshot).map(({ queue }) => queue)]).toEqual([1, 2, ['o-1'], ['applicant#nanning-logistics']]);
  });
});

/** Does one thing in the middle, where it can be done, and sees that it did exactly that. */
function happens(snapshot: Snapshot, policy: string, name: EventName, place: (typeof places)[keyof typeof places], each: ReturnVoids): Snapshot {
  const before = countersignIn(snapshot) as NonNullable<ScenarioContext['countersign']>;
  if (name === 'return') {
    const returner = place.outside;
    const after = place.returns(returner).reduce((at, step) => does(at, policy, step), snapshot);
    const { round } = countersignIn(after) as NonNullable<ScenarioContext['countersign']>;
    const own = before.signers.findIndex((signer) => signer.person === returner);
    const stand = (person: string, index: number) => each === 'none' || (each === 'fromReturner' && own >= 0 && (before.mode === 'inSequence' ? index < own : person !== returner));
    const expected = before.signers.filter((signer, index) => signer.signedAt !== null && stand(signer.person, index)).map(({ person: id }) => id);
    expect([given(after), round]).toEqual([expected, before.round + 1]);
    return after;
  }
  const step = events[name](snapshot);
  if (step === undefined) return snapshot; // nobody has signed: nothing to take back
  if (step[0] === '') {
    // It is complete: nobody's turn, so there is nothing to hand on or to add to.
    expect(ask(snapshot, policy, ['o-1', step[1], step[2]])).toMatchObject({ rule: 'isTheirTurnToSign' });
    return snapshot;
  }
  const after = does(snapshot, policy, step);
  const kept = given(after);
  expect(kept).toEqual(name === 'withdraw' ? before.signers.filter(({ person: id, signedAt }) => signedAt && id !== step[0]).map(({ person: id }) => id) : given(snapshot));
  return after;
}
