import { describe, expect, it } from 'vitest';
import { roles, type Role } from '../../../shared/roles.ts';
import type { Actor } from '../../../shared/actor.ts';
import { decide } from '../../../machines/decide.ts';
import { approveProject, award, governmentFiling, ordered, publish, review, sheet, toPool } from './steps.ts';
import { by, government, policy, type Story } from './story.ts';

/** One person per role; those who belong to the case, and the same role elsewhere. */
const own: Readonly<Record<Role, string>> = {
  applicant: 'wei-lan', unitAdmin: 'huang-yu', aggregator: 'lu-fang', bureauOfficer: 'li-ning', bureauLeader: 'liang-shan', expert: 'expert-chen',
  leadingGroupOffice: 'zhao-wen', finance: 'pan-hong', dataAuthority: 'deng-bo', supervisor: 'long-fei', public: 'public', system: 'system',
};
const foreign: Partial<Record<Role, string>> = { applicant: 'qin-hai', unitAdmin: 'meng-jie', aggregator: 'mo-qiang', expert: 'expert-xie' };

const anybody: Actor = { person: 'anybody', name: '公众', roles: ['public'], org: { id: 'nowhere', name: '', kind: 'enterprise', office: 'none', division: '450000' } };
const actorOf = (id: string) => (id === 'public' ? anybody : by(id));

const paid = (story: Story) => story.all([...toPool, publish, approveProject, ...award(240_000_000)]);

/** Situation, command, its arguments, the roles that may, and whether a foreigner of the same role may not. */
const table = [
  ['draft', government(), 'submit', { handler: 'nanning-data' }, ['applicant', 'unitAdmin']],
  ['at the city', government().all(governmentFiling.slice(0, 1)), 'aggregate', { opinion: '同意', sealed: true }, ['aggregator']],
  ['aggregated', government().all(governmentFiling.slice(0, 2)), 'submitToBureau', {}, ['aggregator']],
  ['preflight', government().all(governmentFiling.slice(0, 3)), 'finishPreflight', { gaps: 0, duplicates: [], similar: [] }, ['system']],
  ['formal check', government().all(governmentFiling), 'passFormalCheck', {}, ['bureauOfficer']],
  ['review', government().all([...governmentFiling, ...review.slice(0, 3)]), 'submitSheet', sheet('expert-chen', 80)[2], ['expert']],
  ['review', government().all([...governmentFiling, ...review.slice(0, 2)]), 'proposeLeadUnit', { leadUnit: 'gx-market', departments: ['gx-market'] }, ['leadingGroupOffice']],
  ['proposed', government().all([...governmentFiling, ...review, ['li-ning', 'proposeSelection', { reason: '好' }]]), 'approveSelection', {}, ['bureauLeader']],
  ['in the pool', government().all(toPool), 'publish', publish[2], ['system']],
  ['building', government().all([...toPool, publish]), 'registerIrs', { appCode: 'A', registeredOn: '2025-03-01', reason: '不使用' }, ['applicant', 'unitAdmin']],
  ['award', government().all([...toPool, publish, approveProject]), 'proposeAward', { amountFen: 10, reason: '核定' }, ['bureauOfficer']],
  ['payable', paid(government()), 'orderPayment', { amountFen: 120_000_000, payee: '单位', bank: '银行', account: '4501000012345' }, ['finance']],
  ['ordered', paid(government()).all(ordered(120_000_000)), 'confirmPayment', { amountFen: 120_000_000, paidOn: '2025-03-10', voucherNo: 'V', fundSource: 'F' }, ['finance']],
  ['any', government(), 'terminate', { reason: '终止' }, ['bureauLeader']],
  ['any', government(), 'hold', { reason: '暂停' }, ['bureauOfficer', 'bureauLeader']],
  ['any', government(), 'recordFinding', { finding: 'F1', severity: 'ordinary', reason: '漏洞' }, ['supervisor']],
] as const satisfies readonly (readonly [string, Story, string, unknown, readonly Role[]])[];

describe.each(table)('%s: who may %3$s', (_, story, command, args, allowed) => {
  const ask = (actor: Actor) => decide(story.snapshot, { type: command, args: args as never }, { ...story.asked('li-ning', { type: command, args: args as never }), actor, policy });

  it.each(roles)('%s', (role) => {
    const decision = ask(actorOf(own[role]));
    const may = (allowed as readonly Role[]).includes(role);
    expect(decision.ok).toBe(may);
    if (!decision.ok) expect(decision).toMatchObject({ problem: 'not-allowed', detail: expect.stringMatching(/[一-鿿]/) });
  });

  it.each(Object.entries(foreign))('the role %s of another organisation may not', (_role, id) => {
    expect(ask(actorOf(id))).toMatchObject({ ok: false, problem: 'not-allowed' });
  });
});

describe('nobody', () => {
  it('decides on a case they filed themselves, whatever roles they hold', () => {
    const filer: Actor = { ...by('wei-lan'), roles: ['applicant', 'bureauLeader', 'bureauOfficer'] };
    const story = government().all(governmentFiling);
    expect(decide(story.snapshot, { type: 'passFormalCheck', args: {} }, { actor: filer, now: story.now, policy })).toMatchObject({ problem: 'not-allowed' });
  });

  it('approves their own proposal, even with both roles', () => {
    const both: Actor = { ...by('li-ning'), roles: ['bureauOfficer', 'bureauLeader'] };
    const story = government().all([...governmentFiling, ...review, ['li-ning', 'proposeSelection', { reason: '好' }]]);
    expect(decide(story.snapshot, { type: 'approveSelection', args: {} }, { actor: both, now: story.now, policy })).toMatchObject({ rule: 'isAnotherPerson' });
  });

  it('reviews as an expert because their department was asked about the lead unit', () => {
    const story = government().all([...governmentFiling, ...review.slice(0, 2), ['zhao-wen', 'proposeLeadUnit', { leadUnit: 'gx-market', departments: ['gx-market'] }]]);
    const actor: Actor = { ...by('nong-min'), roles: ['aggregator', 'expert'] };
    const command = { type: 'submitSheet', args: sheet('nong-min', 80)[2] as never };
    expect(decide(story.snapshot, command, { actor, now: story.now, policy })).toMatchObject({ problem: 'not-allowed' });
    expect(decide(story.snapshot, { type: 'replyOnLeadUnit', args: { agree: true, comment: '同意' } }, { actor, now: story.now, policy }).ok).toBe(true);
  });

  it('reviews after recusal', () => {
    const story = government().all([...governmentFiling, ...review.slice(0, 2), ['expert-chen', 'recuse', { reason: '亲属' }]]);
    expect(story.refused('expert-chen', 'submitSheet', sheet('expert-chen', 80)[2]).problem).toBe('not-allowed');
    expect(story.refused('li-ning', 'assignExperts', { experts: ['expert-chen'] }).rule).toBe('expertsAreNew');
  });
});
