import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { act, open } from '../../../functions/cases/act.ts';
import { caseAnswer } from '../../../functions/cases/view.ts';
import type { Head } from '../../../functions/store/case.ts';
import { loadCase } from '../../../functions/store/load.ts';
import { openTasks } from '../../../machines/open-tasks.ts';
import { governmentFormFixture } from '../../fixtures/forms.ts';
import { Office } from '../../harness/office.ts';
import { by } from '../../unit/machines/story.ts';

let office: Office;
beforeAll(async () => {
  office = await Office.start();
}, 60_000);
afterAll(() => office.cloud.stop());

interface WhatIf {
  readonly base: string;
  readonly looked: number;
  readonly cases: readonly { readonly case: string; readonly differences: readonly { readonly what: string; readonly before: unknown; readonly after: unknown }[] }[];
  readonly totals: { readonly byChange: Readonly<Record<string, number>>; readonly ceilingBeforeFen: number; readonly ceilingAfterFen: number };
  readonly detail?: string;
}

const tryOut = (changes: object, person = 'liang-shan', more: object = {}) => office.cloud.send<WhatIf>(person, 'POST', '/policy-what-if', { body: { changes, ...more } });
const head = async (path: string): Promise<Head> => (await loadCase(office.cloud.table, path.slice(11))) as Head;

describe('policy packs', () => {
  it('try a change out on everything that is underway, and store nothing', async () => {
    const waiting = await office.toAwaitingBatch();
    const filed = await office.toBureau();
    const before = [await head(waiting), await head(filed)];
    const { body } = await tryOut({ capFen: 100_000_000, publicNotice: true, periods: { formalCheck: { workingDays: 2 } } });
    expect(body).toMatchObject({ base: 'gx-2025-draft', looked: 2, totals: { byChange: { ceilingFen: 2, publicNotice: 1, period: 1 }, ceilingBeforeFen: 480_000_000, ceilingAfterFen: 200_000_000 } });
    expect(body.cases.find((each) => each.case === waiting.slice(11))?.differences).toMatchObject([{ what: 'ceilingFen', before: 240_000_000, after: 100_000_000 }]);
    expect((await tryOut({})).body).toMatchObject({ looked: 2, cases: [] });
    expect([await head(waiting), await head(filed)]).toEqual(before);
  });

  it('are tried out by the Bureau and the Office alone, with changes that make sense', async () => {
    for (const person of ['wei-lan', 'lu-fang', 'pan-hong', 'long-fei']) expect((await tryOut({}, person)).status).toBe(403);
    for (const changes of [{ capFen: -1 }, { caps: 1 }, { governmentTiers: [] }, { periods: { lunch: { days: 1 } } }]) expect((await tryOut(changes)).status).toBe(400);
    expect((await tryOut({}, 'liang-shan', { cursor: 'x' })).status).toBe(400);
  });

  it('do not change what is underway: a case keeps the pack it was filed under, a new one takes the one in force', async () => {
    const path = await office.toBureau();
    const other = { ...office.cloud.desk(), policy: 'gx-2025-draft-notice' };
    const done = await act(other, await head(path), { actor: by('li-ning'), command: { type: 'passFormalCheck', args: {} } });
    expect(done.ok && [done.stored.event.policy, done.head.snapshot.context['policy']]).toEqual(['gx-2025-draft', 'gx-2025-draft']);
    const fresh = await open(other, { lifecycle: 'governmentInvestment', input: { id: 's-fresh', form: governmentFormFixture({ name: '新规则下的场景' }) as never }, actor: by('wei-lan') });
    expect(fresh.ok && fresh.stored.event.policy).toBe('gx-2025-draft-notice');
    // What the reader may do is said by the same pack that would decide it.
    const shown = caseAnswer(other, await head(path), by('li-ning'), { tasks: openTasks((await head(path)).snapshot) });
    expect(shown.context['policy']).toBe('gx-2025-draft');
  });
});
