import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { governmentFormFixture } from '../../fixtures/forms.ts';
import { Office, type Case } from '../../harness/office.ts';

let office: Office;
beforeAll(async () => {
  office = await Office.start();
}, 60_000);
afterAll(() => office.cloud.stop());

interface Similar {
  readonly items: readonly { readonly case: string; readonly unit: string; readonly share: number; readonly likeness: number; readonly passages: readonly { readonly pointer: string; readonly text: string }[] }[];
}

/** Files a form and leads it to the Bureau; answers its path. */
async function filed(form: object, person = 'wei-lan'): Promise<string> {
  const { body } = await office.cloud.send<Case>(person, 'POST', '/scenarios', { body: { lifecycle: 'governmentInvestment', form }, headers: { 'idempotency-key': office.key() } });
  const path = `/scenarios/${body.id}`;
  await office.does(person, path, 'submit', { handler: 'nanning-data' });
  await office.does('lu-fang', path, 'aggregate', { opinion: '同意', sealed: true });
  await office.does('lu-fang', path, 'submitToBureau');
  await office.cloud.settle();
  return path;
}

const similarTo = async (person: string, path: string) => office.cloud.send<Similar>(person, 'GET', `${path}/similar`);

function own(name: string, text: (written: string) => string) {
  const form = governmentFormFixture({ name });
  const annex1 = Object.fromEntries(Object.entries(form.annex1 as Record<string, unknown>).map(([key, value]) => [key, typeof value === 'string' && !['projectType'].includes(key) ? text(value) : value]));
  return { ...form, annex1: { ...annex1, smallEntryScenarios: [text('近期先建一个子场景')], reformTasks: [{ option: 'dataSharing', text: text('共享数据') }] } };
}

// Another text of the same length: no character in common.
const foreign = (text: string): string => [...text].map((character) => (character >= '\u4e00' ? String.fromCodePoint(character.codePointAt(0)! + 0x300) : character)).join('').replaceAll('\n', '');

describe('filings like one (requirements 8.14)', () => {
  it('are found among all, with their passages, whatever was changed in punctuation; the unit is not told of others', async () => {
    const first = await filed(own('农贸市场智慧监管', (text) => text));
    const other = await filed(own('桥梁健康监测预警', foreign));
    const copy = await filed(own('批发市场数智升级', (text) => text.replaceAll('，', ', ').replaceAll('。', '；')));
    const { items } = (await similarTo('li-ning', copy)).body;
    expect(items.map((each) => each.case)).toEqual([first.split('/').at(-1)]);
    expect(items[0]).toMatchObject({ unit: '南宁市农产品流通服务中心（演示）', share: expect.closeTo(1, 0) as unknown });
    expect(items[0]?.share).toBeGreaterThan(0.9);
    expect(items[0]?.passages[0]?.pointer).toBe('/annex1/demandContent');
    expect((await similarTo('li-ning', other)).body.items).toEqual([]);
    expect((await similarTo('wei-lan', copy)).status).toBe(403);
    const events = (await office.cloud.send<{ items: { command: string; args: { similar?: string[] } }[] }>('li-ning', 'GET', `${copy}/events`)).body.items;
    expect(events.find(({ command }) => command === 'finishPreflight')?.args.similar).toEqual([first.split('/').at(-1)]);
  });

  it('are no longer found by a text that a correction took out', async () => {
    const original = await filed(own('水库水位监测', (text) => foreign(foreign(text))));
    const copied = await filed(own('湿地鸟类识别', (text) => foreign(foreign(text))));
    expect((await similarTo('li-ning', original)).body.items).toHaveLength(1);
    await office.does('li-ning', copied, 'returnForCorrection', { reason: '与他人雷同', items: [{ pointer: '/annex1', reason: '请自行撰写' }] });
    const { version } = await office.read('wei-lan', copied);
    await office.send('wei-lan', copied, 'saveForm', { form: own('湿地鸟类识别', (text) => foreign(foreign(foreign(foreign(text))))) }, version);
    await office.does('wei-lan', copied, 'resubmit');
    await office.cloud.settle();
    expect((await similarTo('li-ning', original)).body.items).toEqual([]);
  });
});
