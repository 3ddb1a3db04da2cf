import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadHeads } from '../../../functions/store/load.ts';
import { statesClient } from '../../demo/promises.ts';
import { evidenceIn } from '../../faults/evidence.ts';
import { divergenceOf } from '../../walk/agreement.ts';
import { awaitingScenarios } from './awaiting-scenarios.ts';
import { startWholeCloud, type WholeCloud } from './whole-cloud.ts';

const scenarios = 6;
const half = '2026-H2';
const batch = `/batches/batch-${half}`;
let cloud: WholeCloud;
let ids: readonly string[];

beforeAll(async () => {
  cloud = await startWholeCloud();
  ids = await awaitingScenarios(cloud.story, scenarios);
  await cloud.story.moveClock({ to: '2026-12-31T15:59:00.000Z' });
  await cloud.story.settle();
  await sign(`batch-${half}`, '桂数发〔2026〕58号');
  await cloud.story.settle();
}, 240_000);
afterAll(() => cloud.remove());

/** An officer checks the frozen list, a leader signs it. */
async function sign(run: string, documentNo: string): Promise<void> {
  const path = `/batches/${run}`;
  const { listSha256 } = (await cloud.story.read('liang-shan', path)).context;
  await cloud.story.command('he-ping', path, 'checkList', { listSha256 });
  await cloud.story.command('liang-shan', path, 'signOff', { documentNo, listSha256 });
}

const publishEvents = async (): Promise<number[]> => {
  const evidence = await evidenceIn(cloud.table);
  return ids.map((id) => evidence.get(id)?.events.filter(({ event }) => event.command === 'publish').length ?? 0);
};
interface Entry { readonly case: string; readonly number: string; readonly name: string }
const listOf = async (): Promise<readonly Entry[]> => (await cloud.story.as('wei-lan').get<{ items: Entry[] }>(`/published/${half}`)).body.items;

describe('a correction of the published list', () => {
  const kills = ['freezing', 'publishing', 'publishing'] as const;
  const runs = kills.map((_, index) => index + 1);
  const runOf = (n: number): string => `batch-${half}-c${n}`;
  const asked = (index: number) => ({ reason: '场景名称有错字', changes: [{ scenario: ids[index], change: 'amend', name: `更正后的场景${index}` }] });
  const stateOf = async (id: string): Promise<unknown> => (await loadHeads(cloud.table, [id]))[0]?.snapshot.value;

  /** Kills the cloud while a run does its own work, not while it waits for a person; says whether it was caught at it. */
  async function killWhile(id: string, state: (typeof kills)[number]): Promise<boolean> {
    const caught = (await stateOf(id)) === state;
    await cloud.killAndRestart();
    await cloud.story.settle();
    await cloud.story.moveClock({ advance: 'PT10M' });
    await cloud.story.settle();
    return caught;
  }

  interface Edition { readonly edition: number; readonly case: string; readonly count: number; readonly sha256: string; readonly documentNo: string }
  const editions = async () => (await cloud.story.as('wei-lan').get<{ items: Edition[] }>(`/published/${half}/editions`)).body.items;

  it('that is killed while it is asked for, freezes and publishes ends with one edition each, its file there as it was proved, nothing twice', async () => {
    const first = await listOf();
    let caught = 0;
    for (const [round, state] of kills.entries()) {
      const n = round + 1;
      const key = `correction-${round}-key`;
      const ask = () => cloud.story.as('li-ning').post<{ id: string }>(`${batch}/corrections`, asked(round), undefined, key);
      expect(await ask()).toMatchObject({ status: 201, body: { id: runOf(n) } });
      if (state === 'freezing') caught += Number(await killWhile(runOf(n), state));
      else await cloud.story.settle();
      expect(await ask(), 'the same request again').toMatchObject({ status: 201, body: { id: runOf(n) } });
      await sign(runOf(n), `桂数发〔2026〕${60 + n}号`);
      if (state === 'publishing') caught += Number(await killWhile(runOf(n), state));
      else await cloud.story.settle();
      expect(await stateOf(runOf(n))).toBe('published');
    }
    expect(caught, 'kills that hit a run at its own work').toBeGreaterThan(0);

    const made = await editions();
    expect(made.map(({ edition, case: run, count, documentNo }) => [edition, run, count, documentNo])).toEqual([[1, `batch-${half}`, scenarios, '桂数发〔2026〕58号'], ...runs.map((n) => [n + 1, runOf(n), scenarios, `桂数发〔2026〕${60 + n}号`])]);
    for (const { edition, sha256 } of made) {
      const file = await cloud.send({ path: `/published/${half}/documents/list.json?edition=${edition}` });
      expect([file.status, createHash('sha256').update(file.text).digest('hex')], `edition ${edition}`).toEqual([200, sha256]);
    }
    expect(await listOf()).toEqual(first.map((entry) => { const index = ids.indexOf(entry.case); return index < runs.length ? { ...entry, name: `更正后的场景${index}` } : entry; }));
    expect(await publishEvents()).toEqual(ids.map(() => 1));
    const client = statesClient(cloud.endpoints);
    for (const n of runs) expect(await divergenceOf(cloud.table, client, runOf(n))).toBeUndefined();
    const { body } = await cloud.story.as('liang-shan').get<{ items: { id: string }[] }>('/batches?limit=100');
    expect(body.items.map(({ id }) => id).filter((id) => id.includes('-c'))).toHaveLength(runs.length);
  }, 300_000);

  it('that is killed before it was acknowledged is asked for again under the same key, and is one run', async () => {
    const ask = () => cloud.story.as('li-ning').post<{ id: string }>(`${batch}/corrections`, asked(5), undefined, 'correction-unheard-key');
    const unheard = ask().catch(() => undefined);
    await new Promise((resolve) => setImmediate(resolve));
    await cloud.killAndRestart();
    await unheard;
    const answers = await Promise.all([ask(), ask(), ask()]);
    await cloud.story.settle();
    expect(new Set(answers.filter(({ status }) => status === 201).map(({ body }) => body.id))).toEqual(new Set([runOf(4)]));
    expect(await ask()).toMatchObject({ status: 201, body: { id: runOf(4) } });
    expect((await editions()).at(-1)?.edition).toBe(4);
    expect(await stateOf(runOf(5))).toBeUndefined();
    expect(await stateOf(runOf(4))).toBe('awaitingSignOff');
  }, 120_000);
});
