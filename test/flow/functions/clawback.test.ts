import { StartExecutionCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { act } from '../../../functions/cases/act.ts';
import { loadAsking, loadCase } from '../../../functions/store/load.ts';
import { Conflict } from '../../../functions/store/save.ts';
import { recoveriesOf } from '../../../functions/store/recoveries.ts';
import { digestsOf } from '../../../functions/store/digest.ts';
import { canonical } from '../../../shared/canonical.ts';
import { checkCaseFile } from '../../../shared/case-file.ts';
import { Office, type Case } from '../../harness/office.ts';

let office: Office;
beforeAll(async () => {
  office = await Office.start();
}, 60_000);
afterAll(() => office.cloud.stop());

const today = (): string => new Date(office.cloud.now() + 8 * 3_600_000).toISOString().slice(0, 10);

async function published(): Promise<readonly [string, string]> {
  const paths = [await office.toAwaitingBatch(), await office.toAwaitingBatch()] as const;
  await office.cloud.states.send(new StartExecutionCommand({ stateMachineArn: 'arn:aws:states:ap-southeast-1:000000000000:stateMachine:publication:live', name: 'run', input: JSON.stringify({ scheduledTime: '2025-06-30T01:00:00Z' }) }));
  await office.cloud.settle();
  const batch = await office.read('liang-shan', '/batches/batch-2025-H1');
  await office.does('li-ning', '/batches/batch-2025-H1', 'checkList', { listSha256: batch.context['listSha256'] });
  await office.does('liang-shan', '/batches/batch-2025-H1', 'signOff', { documentNo: '桂数发〔2025〕58号', listSha256: batch.context['listSha256'] });
  await office.cloud.settle();
  return paths;
}

async function proposed(path: string): Promise<void> {
  await office.does('wei-lan', path, 'recordProjectApproval', { approvalNo: '南发改数〔2025〕16号', approvedOn: today(), totalInvestmentFen: 1_200_000_000 });
  await office.does('li-ning', path, 'proposeAward', { amountFen: 240_000_000, reason: '按梯度核定' });
}

async function approvalOf(path: string) {
  const { table } = office.cloud;
  const [head, { actor }] = [await loadCase(table, path.split('/')[2] ?? ''), await loadAsking(table, 'liang-shan')];
  if (!head || !actor) throw new Error('nobody to ask, or nothing to ask about');
  return { head, actor, command: { type: 'approveAward', args: {} } };
}

describe('money that is asked back', () => {
  it('opens a recovery in the same transaction, blocks the unit while it is open, and tells the scenario how it goes', async () => {
    const [path, other] = await published();
    await proposed(path);
    await office.does('liang-shan', path, 'approveAward');
    await office.pays(path, 120_000_000, today());
    await proposed(other);
    // Another award to the unit is decided on before the recovery is ordered, and would be written after it: it does not slip through.
    const approval = await approvalOf(other);
    await expect(act(office.cloud.desk(), approval.head, { ...approval, unless: async () => void (await office.does('liang-shan', path, 'orderRecovery', { amountFen: 120_000_000, reason: '挪用奖励资金' })) })).rejects.toThrow(Conflict);
    expect(await act(office.cloud.desk(), approval.head, approval)).toMatchObject({ ok: false, rule: 'unitHasNoOpenRecovery' });
    await office.cloud.settle();

    expect(await recoveriesOf(office.cloud.table, 'nanning-logistics')).toEqual({ open: 1, opened: 1 });
    const { body } = await office.cloud.send<{ items: { id: string; state: string[] }[] }>('wei-lan', 'GET', '/recoveries');
    expect(body.items).toMatchObject([{ state: ['noticing'] }]);
    // The workflow opened it, on the leader's order: it is what the leader began (我发起的).
    expect((await office.cloud.send('liang-shan', 'GET', '/mine')).body['items']).toMatchObject([{ case: body.items[0]?.id, command: 'open' }]);
    const recovery = `/recoveries/${body.items[0]?.id}`;
    expect(await office.executions('recovery')).toEqual([`${body.items[0]?.id}-1 RUNNING`]);

    await office.does('li-ning', recovery, 'issueNotice', { documentNo: '桂数函〔2025〕1号', reason: '项目终止，收回预拨资金' });
    await office.does('wei-lan', recovery, 'fileStatement', { statement: '无异议' });
    await office.does('li-ning', recovery, 'proposeRecovery', { amountFen: 120_000_000, reason: '全额收回' });
    await office.does('liang-shan', recovery, 'approveRecovery', { documentNo: '桂数决〔2025〕1号' });
    await office.does('li-ning', recovery, 'issueDemand', { documentNo: '桂数函〔2025〕2号', dueOn: '2025-12-31' });
    await office.does('pan-hong', recovery, 'recordRepayment', { amountFen: 120_000_000, receiptNo: 'SK-1', paidOn: today() });
    await office.cloud.settle();
    const scenario = await office.read('li-ning', path);
    expect(Object.values(scenario.context['recoveries'] as object)).toMatchObject([{ recoveredFen: 120_000_000 }]);

    await office.does('pan-hong', recovery, 'confirmRecovered', {});
    await office.cloud.settle();
    expect(await recoveriesOf(office.cloud.table, 'nanning-logistics')).toEqual({ open: 0, opened: 1 });
    expect(Object.values((await office.read('li-ning', path)).context['recoveries'] as object)).toMatchObject([{ open: false }]);
    expect(await office.executions('recovery')).toEqual([`${body.items[0]?.id}-1 SUCCEEDED`]);

    const file = await office.cloud.send<{ payments: { kind: string; amountFen: number }[]; verification: { ok: boolean } }>('long-fei', 'GET', `${path}/case-file`);
    expect(file.body).toMatchObject({ payments: [{ kind: 'advance', amountFen: 120_000_000 }], verification: { ok: true } });
    // Whoever exports, whole or with events withheld: what comes out is proven.
    for (const [person, of] of [['long-fei', path], ['wei-lan', path], ['pan-hong', recovery]] as const) {
      const { body: exported } = await office.cloud.send(person, 'GET', `${of}/case-file`);
      expect(checkCaseFile(Buffer.from(canonical(exported)), digestsOf)).toMatchObject({ whole: true });
    }
  });

  it('R-073: makes a scenario void even after its end, and the file stays one chain', async () => {
    const { body } = await office.cloud.send<{ items: Case[] }>('wei-lan', 'GET', '/scenarios');
    const path = `/scenarios/${body.items[0]?.id}`;
    await office.does('liang-shan', path, 'terminate', { reason: '项目取消' });
    await office.cloud.settle();
    const over = await office.read('liang-shan', path);
    expect([over.state, over.offers.filter(({ allowed }) => allowed).map(({ command }) => command)]).toEqual([['terminated'], ['void']]);
    await office.does('liang-shan', path, 'void', { reason: '申报材料不实' });
    await office.cloud.settle();
    expect(await office.read('liang-shan', path)).toMatchObject({ status: 'done', state: ['voided'], tasks: [] });
    const file = await office.cloud.send<{ verification: { ok: boolean } }>('long-fei', 'GET', `${path}/case-file`);
    expect(file.body.verification).toMatchObject({ ok: true });
  });

  it('withholds bank accounts from those who have nothing to do with the money', async () => {
    const { body } = await office.cloud.send<{ items: Case[] }>('wei-lan', 'GET', '/scenarios');
    const path = `/scenarios/${body.items[0]?.id}`;
    const orders = async (who: string) => (await office.cloud.send<{ items: { command: string; args: { account?: string }; withheld?: true }[] }>(who, 'GET', `${path}/events?limit=100`)).body.items.filter(({ command }) => command === 'orderPayment');
    for (const who of ['expert-chen', 'lu-fang']) expect([who, (await orders(who)).map(({ args, withheld }) => [args.account, withheld])]).toEqual([who, [[undefined, true]]]);
    for (const who of ['wei-lan', 'pan-hong', 'liang-shan', 'long-fei']) expect([who, (await orders(who)).map(({ args, withheld }) => [typeof args.account, withheld])]).toEqual([who, [['string', undefined]]]);
    const file = await office.cloud.send<object>('expert-chen', 'GET', `${path}/case-file`);
    expect(JSON.stringify(file.body)).not.toContain('"bank":');
  });

  it('withholds who reviewed from those whom the review is blind to', async () => {
    const { body } = await office.cloud.send<{ items: Case[] }>('wei-lan', 'GET', '/scenarios');
    const path = `/scenarios/${body.items[0]?.id}`;
    const events = await office.cloud.send<{ items: { command: string; withheld?: boolean; actor: { person: string } }[] }>('wei-lan', 'GET', `${path}/events?limit=100`);
    const sheets = events.body.items.filter(({ command }) => command === 'submitSheet');
    expect(sheets).toHaveLength(5);
    expect(sheets.every(({ withheld, actor }) => withheld === true && actor.person === '')).toBe(true);
    expect((await office.read('wei-lan', path)).context).not.toHaveProperty('sheets');
    expect((await office.read('li-ning', path)).context).toHaveProperty('sheets');
    expect((await office.read('expert-chen', path)).context['sheets']).toEqual({ 'expert-chen': 8500 });
  });
});
