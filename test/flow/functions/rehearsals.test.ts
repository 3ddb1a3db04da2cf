import { StartExecutionCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepRehearsal, latestRehearsals } from '../../../functions/rehearsal/records.ts';
import { Office } from '../../harness/office.ts';

interface Rehearsal { readonly id: string; readonly half: string; readonly listed: number; readonly blocked: number; readonly reasons: { sentence: string; count: number }[]; readonly difference?: { since: string; joinedCount: number; leftCount: number; joined: { case: string }[]; left: { case: string; why: string }[] } }
interface Listed { readonly items: { case: string; number: string }[] }
interface Held { readonly items: { case: string; phase: string; blockers: { command: string; rule?: string; sentence: string; article: string }[] }[] }

let office: Office;
beforeAll(async () => void (office = await Office.start()), 60_000);
afterAll(() => office.cloud.stop());

const rehearse = async (person = 'li-ning', key = office.key()) => office.cloud.send<Rehearsal>(person, 'POST', '/rehearsals', { headers: { 'idempotency-key': key } });
const read = async <T>(path: string, person = 'li-ning'): Promise<T> => (await office.cloud.send<T>(person, 'GET', path)).body;
const idOf = (path: string): string => path.split('/')[2] ?? '';

describe('a rehearsal of the publication', () => {
  it('says who would be listed under which number, what keeps each of the rest and who mends it, and what changed since the last', async () => {
    const [first, second] = [await office.toAwaitingBatch(), await office.toAwaitingBatch()];
    const waiting = await office.toBureau();
    const one = (await rehearse()).body;
    expect(one).toMatchObject({ half: '2025-H1', listed: 2, blocked: 1, reasons: [{ count: 1, sentence: expect.stringContaining('通过形式审查') as unknown }] });
    expect(one.difference).toBeUndefined();
    const list = await read<Listed>(`/rehearsals/${one.id}/list`);
    expect(list.items.map(({ case: id }) => id).toSorted()).toEqual([idOf(first), idOf(second)].toSorted());
    expect(list.items.map(({ number }) => number)).toEqual(['GX-2025-H1-0001', 'GX-2025-H1-0002']);
    expect((await read<Held>(`/rehearsals/${one.id}/blocked`)).items).toMatchObject([{ case: idOf(waiting), phase: 'intake', blockers: [{ command: 'passFormalCheck' }] }]);

    const third = await office.toAwaitingBatch();
    await office.does('li-ning', second, 'hold', { reason: '核查中' });
    await office.does('liang-shan', first, 'void', { reason: '材料不实' });
    const two = (await rehearse('liang-shan')).body;
    expect(two).toMatchObject({ listed: 1, blocked: 2, difference: { since: one.id, joinedCount: 1, leftCount: 2, joined: [{ case: idOf(third) }] } });
    expect(new Map(two.difference?.left.map(({ case: id, why }) => [id, why]))).toEqual(new Map([[idOf(first), '已撤回、终止或认定无效'], [idOf(second), expect.stringContaining('暂停') as unknown as string]]));
    expect((await read<Held>(`/rehearsals/${two.id}/blocked`)).items.find(({ case: id }) => id === idOf(second))?.blockers).toMatchObject([{ rule: 'isNotHeld', command: 'resume' }]);
    expect((await read<{ items: Rehearsal[] }>('/rehearsals', 'long-fei')).items.map(({ id }) => id).toSorted()).toEqual([one.id, two.id].toSorted());
  });

  it('decides nothing, and the same request again is the same rehearsal', async () => {
    const before = await read<{ items: { id: string; version: number }[] }>('/scenarios');
    const key = office.key();
    const [once, again] = [await rehearse('he-ping', key), await rehearse('he-ping', key)];
    expect([once.status, again.status, again.body]).toEqual([201, 201, once.body]);
    expect(await read('/scenarios')).toEqual(before);
    expect((await read<{ items: unknown[] }>('/batches')).items).toEqual([]);
  });

  it('asked for by requests that arrive at the same moment is one', async () => {
    const key = office.key();
    const answers = await Promise.all(Array.from({ length: 4 }, () => rehearse('he-ping', key)));
    expect(answers.map(({ status }) => status)).toEqual(Array(4).fill(201));
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    // Which of them began first nobody knows: one that comes a moment later is the same.
    const { table } = office.cloud;
    const [kept] = await latestRehearsals(table);
    if (!kept) throw new Error('there is no rehearsal');
    expect(await keepRehearsal(table, { ...kept, at: new Date(Date.parse(kept.at) + 1).toISOString() })).toBe(false);
    expect((await read<{ items: Rehearsal[] }>('/rehearsals')).items.filter(({ id }) => id === answers[0]?.body.id)).toHaveLength(1);
  });

  it('says what a freeze at the same moment gives', async () => {
    const { id } = (await rehearse()).body;
    const list = await read<Listed>(`/rehearsals/${id}/list`);
    const alias = 'arn:aws:states:ap-southeast-1:000000000000:stateMachine:publication:live';
    await office.cloud.states.send(new StartExecutionCommand({ stateMachineArn: alias, input: JSON.stringify({ scheduledTime: '2025-06-30T01:00:00Z' }) }));
    await office.cloud.settle();
    const { frozenEntries } = await import('../../../functions/activities/freeze-batch.ts');
    const frozen: unknown[] = [];
    for await (const entry of frozenEntries(office.cloud.desk(), 'batch-2025-H1')) frozen.push(entry);
    expect(frozen).toEqual(list.items);
    expect((await rehearse()).body.half).toBe('2025-H2');
  });

  it('is the Bureau’s to make and supervision’s to read', async () => {
    for (const person of ['wei-lan', 'lu-fang', 'expert-chen', 'long-fei', 'zhao-wen']) expect((await rehearse(person)).status, person).toBe(403);
    for (const person of ['wei-lan', 'lu-fang', 'expert-chen']) expect((await office.cloud.send(person, 'GET', '/rehearsals')).status, person).toBe(403);
    expect((await office.cloud.send('li-ning', 'POST', '/rehearsals')).status).toBe(400);
    for (const path of ['r-none', '..%2f..', 'r-none/list']) expect((await office.cloud.send('li-ning', 'GET', `/rehearsals/${path}`)).status, path).toBe(404);
    const { id } = (await rehearse()).body;
    expect((await office.cloud.send('li-ning', 'GET', `/rehearsals/${id}/other`)).status).toBe(404);
    for (const cursor of ['x', 'MQ', Buffer.from('99999999').toString('base64url')]) expect((await office.cloud.send('li-ning', 'GET', `/rehearsals/${id}/blocked?cursor=${cursor}`)).status, cursor).toBe(400);
  });
});
