import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Office, type Case } from '../../harness/office.ts';
import { storedScenario } from '../money/stored-story.ts';

let office: Office;
beforeAll(async () => {
  office = await Office.start('2025-03-11T01:00:00.000Z');
}, 60_000);
afterAll(() => office.cloud.stop());

type Flagged = Case & { readonly flags: readonly { readonly flag: string }[] };
const flags = async (path: string) => ((await office.read('li-ning', path)) as Flagged).flags.map(({ flag }) => flag);
const proofs = [{ proof: 'taxProof', reference: '（2026）桂税证字第1号' }];
const days = 366;

const today = (): string => new Date(office.cloud.now() + 8 * 3_600_000).toISOString().slice(0, 10);

async function subsidised(id: string): Promise<string> {
  const path = await storedScenario(office.cloud.table, 'socialInvestment', id);
  await office.cloud.settle({ lost: true });
  await office.later(0.01);
  await office.cloud.sweep();
  await office.cloud.settle();
  await office.does('li-ning', path, 'proposeAward', { amountFen: 50_000_000, reason: '按标准核定' });
  await office.does('liang-shan', path, 'approveAward');
  await office.pays(path, 50_000_000, today());
  await office.cloud.settle();
  return path;
}

describe('five years of watch over the commitment (R-072, A-17)', () => {
  it('goes on for ten years in leg after leg: checks with proof, missed ones flagged and reminded of, kept at its end', async () => {
    const path = await subsidised('s-watch-1');
    await office.later(days);
    expect(await flags(path)).toContain('checkOverdue');
    const overdue = await office.cloud.send<{ items: { case: string; dueAt: string }[] }>('li-ning', 'GET', '/tasks');
    expect(overdue.body.items.filter((item) => item.case === 's-watch-1').length).toBeGreaterThan(0);
    await office.does('li-ning', path, 'recordCommitmentCheck', { kept: true, note: '在桂注册纳税', proofs });
    expect(await flags(path)).not.toContain('checkOverdue');
    await office.later(days);
    expect(await flags(path)).toContain('checkOverdue');
    for (let years = 2; years < 10; years += 1) await office.later(days);
    const { context, state } = await office.read('li-ning', path);
    expect([state, context['commitment'], context['commitmentChecks']]).toEqual([['support.subsidy.paid', 'support.promotion.drafting', 'support.commitment.kept'], 'kept', 1]);
    expect(context['reminders']).toBeGreaterThan(5);
    // Step Functions remembers a closed execution for ninety days: of all legs the one that runs is left, and its number tells how many there were.
    const running = (await office.executions('socialInvestment')).filter((line) => line.startsWith('s-watch-1-') && line.endsWith('RUNNING'));
    expect(running).toHaveLength(1);
    expect(Number(/^s-watch-1-(\d+) /.exec(running[0] ?? '')?.[1])).toBeGreaterThanOrEqual(10);
  }, 300_000);

  it('that was broken is a case of supervision with its explanation, decided by the Bureau', async () => {
    const path = await subsidised('s-watch-2');
    await office.does('li-ning', path, 'recordBreach', { reason: '注册地已迁至省外', foundOn: today(), evidence: '登记机关迁出通知' });
    await office.cloud.settle();
    const recovery = await office.read('li-ning', '/recoveries/s-watch-2-R1');
    expect(recovery.context).toMatchObject({ cause: 'commitmentBroken', amountFen: 50_000_000, mandatory: false });
    const events = await office.cloud.send<{ items: { command: string; money?: object }[] }>('li-ning', 'GET', `${path}/events?limit=100`);
    expect(events.body.items.find(({ command }) => command === 'recordBreach')?.money).toMatchObject({ cause: 'commitmentBroken', amountFen: 50_000_000, recovery: 's-watch-2-R1' });
  }, 120_000);
});
