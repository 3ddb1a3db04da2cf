import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { personItem } from '../../../functions/store/people.ts';
import { statesClient } from '../../demo/promises.ts';
import { evidenceIn } from '../../faults/evidence.ts';
import { governmentFormFixture } from '../../fixtures/forms.ts';
import { divergenceOf } from '../../walk/agreement.ts';
import { commandHeaders, problemIn, startWholeCloud, type WholeCloud } from './whole-cloud.ts';

const crowd = Array.from({ length: 50 }, (_, index) => `officer-${index + 1}`);
let cloud: WholeCloud;

beforeAll(async () => {
  cloud = await startWholeCloud();
  const { client, name } = cloud.table;
  await Promise.all(crowd.map((id) => client.send(new PutItemCommand({ TableName: name, Item: personItem({ id, name: `经办${id}`, roles: ['bureauOfficer'], org: 'gx-bureau' }) }))));
});
afterAll(() => cloud.remove());

/** A scenario that waits for the formal check; each has a name of its own, or it would be refused as filed twice. */
async function filed(name: string): Promise<string> {
  const { story } = cloud;
  const path = `/scenarios/${await story.open('wei-lan', 'governmentInvestment', governmentFormFixture({ name }))}`;
  await story.command('wei-lan', path, 'submit', { handler: 'nanning-data' });
  await story.command('lu-fang', path, 'aggregate', { opinion: '同意汇总报送。', sealed: true });
  await story.command('lu-fang', path, 'submitToBureau');
  await story.settle();
  return path;
}

const body = (command: string): string => JSON.stringify(command === 'rejectFiling' ? { reason: '材料不全，不予受理。' } : {});

it.each([
  ['all of the same mind', () => 'passFormalCheck'],
  ['of two minds', (index: number) => (index % 2 === 0 ? 'passFormalCheck' : 'rejectFiling')],
])('when 50 people decide one task at the same moment, %s, one wins and 49 are told why not', async (minds, choice) => {
  const path = await filed(`五十人同时办理：${minds}`);
  const { version, id } = await cloud.story.read('li-ning', path);
  await Promise.all(crowd.map((person) => cloud.tokenFor(person)));
  const answers = await Promise.all(
    crowd.map((as, index) => cloud.send({ as, method: 'POST', path: `${path}/commands/${choice(index)}`, headers: commandHeaders(version), body: body(choice(index)) })),
  );
  const refused = answers.filter(({ status }) => status !== 200);
  expect(refused).toHaveLength(49);
  expect(refused.map(({ status }) => status).filter((status) => status !== 409 && status !== 412)).toEqual([]);
  for (const answer of refused) expect(problemIn(answer).detail.length).toBeGreaterThan(5);
  await cloud.story.settle();
  const evidence = (await evidenceIn(cloud.table)).get(id);
  expect(evidence?.events.filter(({ event }) => event.n > version && event.actor.person !== 'system')).toHaveLength(1);
  expect(await divergenceOf(cloud.table, statesClient(cloud.endpoints), id)).toBeUndefined();
});
