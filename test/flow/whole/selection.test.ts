import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { personItem } from '../../../functions/store/people.ts';
import { statesClient } from '../../demo/promises.ts';
import { Story } from '../../demo/story.ts';
import { governmentFormFixture } from '../../fixtures/forms.ts';
import { divergenceOf } from '../../walk/agreement.ts';
import { startWholeCloud, type WholeCloud } from './whole-cloud.ts';

const officers = ['o-1', 'o-2', 'o-3', 'o-4'];
const because = { reason: '情况属实' };
let cloud: WholeCloud;
/** Told by everybody whom the records know, seeded or entered here. */
let story: Story;

beforeAll(async () => {
  cloud = await startWholeCloud();
  story = new Story(cloud.endpoints, cloud.tokenFor);
  const { client, name } = cloud.table;
  await Promise.all(officers.map((id) => client.send(new PutItemCommand({ TableName: name, Item: personItem({ id, name: `经办${id}`, roles: ['bureauOfficer'], org: 'gx-bureau' }) }))));
});
afterAll(() => cloud.remove());

const refusal = async (who: string, path: string, command: string, args: object = {}) => {
  const { version } = await story.read('li-ning', path);
  const { status, body } = await story.as(who).post<{ rule?: string }>(`${path}/commands/${command}`, args, version);
  return [status, body.rule];
};

async function filed(name: string): Promise<string> {
  const path = `/scenarios/${await story.open('wei-lan', 'governmentInvestment', governmentFormFixture({ name }))}`;
  await story.command('wei-lan', path, 'submit', { handler: 'nanning-data' });
  await story.command('lu-fang', path, 'aggregate', { opinion: '同意汇总报送', sealed: true });
  await story.command('lu-fang', path, 'submitToBureau');
  await story.settle();
  return path;
}

interface Signing {
  readonly countersign: { readonly round: number; readonly signers: readonly { readonly person: string; readonly signedAt: string | null }[] } | null;
}
const given = async (path: string): Promise<string[]> => {
  const { context } = (await story.read('li-ning', path)) as unknown as { readonly context: Signing };
  return (context.countersign?.signers ?? []).filter(({ signedAt }) => signedAt !== null).map(({ person }) => person);
};
const waiting = async (who: string): Promise<string[]> => (await story.as(who).get<{ items: { case: string; slot: string }[] }>('/tasks')).body.items.filter(({ slot }) => slot.includes(':sign-')).map((each) => `/scenarios/${each.case}`);

describe('a sign-off in the whole cloud', () => {
  it.each([
    ['one', ['o-1'], ['o-1']],
    ['any', ['o-1', 'o-2', 'o-3'], ['o-2']],
    ['all', ['o-1', 'o-2', 'o-3'], ['o-3', 'o-1', 'o-2']],
    ['inSequence', ['o-1', 'o-2', 'o-3'], ['o-1', 'o-2', 'o-3']],
  ] as const)('by %s goes through transfer, an added signer, withdrawal and a return in its middle', async (mode, signers, order) => {
      const path = await filed(`会签走查：${mode}`);
    await story.command('li-ning', path, 'askCountersigns', { mode, signers: [...signers], ...because });
    expect(await refusal('li-ning', path, 'passFormalCheck')).toEqual([422, 'countersignIsComplete']);
    expect(await waiting(order[0])).toContain(path);
    // Handed on and back, and one more asked before: the others keep their places.
    await story.command(order[0], path, 'transferCountersign', { to: 'o-4', ...because });
    expect([(await waiting(order[0])).includes(path), (await waiting('o-4')).includes(path)]).toEqual([false, true]);
    await story.command('o-4', path, 'transferCountersign', { to: order[0], ...because });
    await story.command(order[0], path, 'addCountersigner', { signer: 'he-ping', place: 'before', ...because });
    await story.command('he-ping', path, 'countersign', { opinion: '同意' });
    await story.command('he-ping', path, 'withdrawCountersign', because);
    expect(await given(path)).toEqual([]);
    await story.command('he-ping', path, 'countersign', { opinion: '再次核对，同意' });
    // A return in the middle: by the policy in force all signatures are void, and the unit may edit what was marked alone.
    await story.command('he-ping', path, 'returnForCorrection', { ...because, items: [{ pointer: '/attachments/otherEvidence', reason: '请补充' }] });
    expect([await given(path), await waiting('he-ping')]).toEqual([[], []]);
    await story.command('wei-lan', path, 'resubmit');
    await story.settle();
    const after = (await story.read('li-ning', path)) as unknown as { readonly context: Signing & { readonly returns: number } };
    expect([after.context.returns, after.context.countersign?.round]).toEqual([1, 2]);
    if (mode !== 'any') await story.command('he-ping', path, 'countersign', { opinion: '同意' });
    for (const who of order) await story.command(who, path, 'countersign', { opinion: '同意' });
    await story.command('li-ning', path, 'passFormalCheck');
    await story.settle();
    const { id, state } = await story.read('li-ning', path);
    expect([state, await divergenceOf(cloud.table, statesClient(cloud.endpoints), id)]).toEqual([['selection.reviewing'], undefined]);
  });
});

describe('a selection in the whole cloud, every function in its role', () => {
  it('goes from candidates over sealed files, drafts and sheets to decisions on many cases', async () => {
      const paths = [await filed('遴选走查一'), await filed('遴选走查二')];
    const experts = ['expert-chen', 'expert-zhou', 'expert-wu'];
    for (const path of paths) {
      await story.command('li-ning', path, 'passFormalCheck');
      const { body } = await story.as('li-ning').get<{ items: { id: string; conflicts: unknown[] }[] }>(`${path}/candidates`);
      expect(body.items.filter(({ conflicts }) => conflicts.length === 0).map(({ id }) => id)).toEqual(expect.arrayContaining(experts));
      await story.command('li-ning', path, 'assignExperts', { experts, alternates: ['expert-lin'] });
      expect((await story.as('expert-chen').get(`${path}/events`)).status).toBe(403);
      for (const expert of experts) await story.command(expert, path, 'declareNoConflict', { conflictFree: true });
      const draft = await story.as('expert-chen').post(`${path}/sheet-draft`, { comment: '草稿' }, 0);
      expect([draft.status, (await story.as('expert-chen').get(`${path}/sheet-draft`)).status, (await story.as('expert-zhou').get(`${path}/sheet-draft`)).status]).toEqual([200, 200, 404]);
      for (const expert of experts) await story.command(expert, path, 'submitSheet', { scores: { majorTask: 80, innovation: 82, expectedTarget: 85, economicBenefit: 81, socialBenefit: 84 }, comment: '建议入选', conflictFree: true });
      expect((await story.as('li-ning').get<{ score: number }>(`${path}/review`)).body.score).toBe(82.4);
    }
    const decide = async (who: string, command: string, args: object, key = randomUUID()) => {
      const cases = await Promise.all(paths.map(async (path) => ({ id: path.split('/')[2] ?? '', version: (await story.read('li-ning', path)).version })));
      return { cases, ...(await story.as(who).post<{ items: { ok: boolean }[] }>('/decisions', { command, args, cases }, undefined, key)) };
    };
    expect((await decide('li-ning', 'closeReview', {})).body.items.map(({ ok }) => ok)).toEqual([true, true]);
    expect((await decide('li-ning', 'proposeSelection', { reason: '综合得分高于入选线' })).body.items.map(({ ok }) => ok)).toEqual([true, true]);
    const key = randomUUID();
    const approved = await decide('liang-shan', 'approveSelection', {}, key);
    await cloud.killAndRestart();
    const again = await story.as('liang-shan').post<{ items: { ok: boolean }[] }>('/decisions', { command: 'approveSelection', args: {}, cases: approved.cases }, undefined, key);
    expect([approved.body.items.map(({ ok }) => ok), again.body]).toEqual([[true, true], approved.body]);
    await story.settle();
    for (const path of paths) expect(await divergenceOf(cloud.table, statesClient(cloud.endpoints), path.split('/')[2] ?? '')).toBeUndefined();
    expect((await story.as('li-ning').get<{ items: { id: string; reviews: number }[] }>('/experts')).body.items.find(({ id }) => id === 'expert-chen')?.reviews).toBe(2);
    expect((await story.as('li-ning').get<{ items: { id: string }[] }>('/signers')).body.items.map(({ id }) => id)).toEqual(['he-ping', 'liang-shan', 'ma-jun', ...officers]);
  });
});
