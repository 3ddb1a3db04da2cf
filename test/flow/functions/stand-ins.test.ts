import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandArgs } from '../../../shared/contracts/commands.ts';
import { parse } from '../../../shared/contracts/parse.ts';
import { Office, type Case } from '../../harness/office.ts';

interface StandIn {
  readonly id: string;
  readonly active: boolean;
  readonly by: { readonly person: string };
}
interface Event {
  readonly command: string;
  readonly actor: { readonly person: string; readonly onBehalfOf?: { readonly person: string; readonly name: string } };
}

let office: Office;
beforeAll(async () => {
  office = await Office.start();
}, 60_000);
afterAll(() => office.cloud.stop());

const handOver = (person: string, to: string, from: string, until: string, key = office.key()) => office.cloud.send<StandIn & { type: string }>(person, 'POST', '/stand-ins', { body: { to, from, until, reason: '出差' }, headers: { 'idempotency-key': key } });
const inPlace = async (person: string, of: string, path: string, command: string, args: object = {}) => {
  const { version } = await office.read(person, path);
  return office.cloud.send<Case & { type: string }>(person, 'POST', `${path}/commands/${command}`, { body: args, headers: { 'idempotency-key': office.key(), 'if-match': `"${version}"`, 'on-behalf-of': of } });
};

describe('somebody who is away', () => {
  it('hands over to a colleague for some days, once however often it is sent, and takes it back', async () => {
    expect((await office.cloud.send('li-ning', 'GET', '/colleagues')).body['items']).toEqual([{ person: 'he-ping', name: '何平', roles: ['bureauOfficer'] }]);
    const key = office.key();
    const first = await handOver('li-ning', 'he-ping', '2025-03-03', '2025-03-05', key);
    expect(first).toMatchObject({ status: 200, body: { active: true, by: { person: 'he-ping', name: '何平' } } });
    expect((await handOver('li-ning', 'he-ping', '2025-03-03', '2025-03-05', key)).body).toEqual(first.body);
    expect((await handOver('li-ning', 'he-ping', '2025-03-03', '2025-03-06', key)).status).toBe(409);
    expect((await handOver('li-ning', 'he-ping', '2025-03-05', '2025-03-06')).status).toBe(422);
    expect((await handOver('he-ping', 'li-ning', '2025-03-04', '2025-03-04')).status).toBe(422);
    expect((await handOver('li-ning', 'nobody', '2025-03-10', '2025-03-11')).status).toBe(400);
    expect((await office.cloud.send('he-ping', 'GET', '/stand-ins')).body).toMatchObject({ given: [], received: [{ person: { person: 'li-ning', name: '李宁' }, active: true }] });
  });

  it('is named beside the colleague who acts, in the log and in nobody’s own words', async () => {
    const path = await office.toBureau();
    expect(await inPlace('he-ping', 'li-ning', path, 'passFormalCheck')).toMatchObject({ status: 200 });
    const { body } = await office.cloud.send<{ items: Event[] }>('long-fei', 'GET', `${path}/events?limit=100`);
    expect(body.items.find(({ command }) => command === 'passFormalCheck')?.actor).toMatchObject({ person: 'he-ping', onBehalfOf: { person: 'li-ning', name: '李宁' } });
    expect(body.items.filter(({ actor }) => actor.onBehalfOf)).toHaveLength(1);
    expect((await office.cloud.send<{ items: { case: string; command: string }[] }>('he-ping', 'GET', '/done')).body.items[0]).toMatchObject({ command: 'passFormalCheck' });
    const file = await office.cloud.send<{ verification: { ok: boolean } }>('long-fei', 'GET', `${path}/case-file`);
    expect(file.body.verification.ok).toBe(true);
  });

  it('is represented by nobody else, for nothing else, and on no other day', async () => {
    const path = await office.toBureau();
    for (const [person, of] of [['li-ning', 'he-ping'], ['he-ping', 'wei-lan'], ['liang-shan', 'li-ning'], ['he-ping', '../x'], ['he-ping', '']] as const) {
      expect([person, of, (await inPlace(person, of, path, 'passFormalCheck')).status]).toEqual([person, of, 403]);
    }
    const [standIn] = (await office.cloud.send<{ given: StandIn[] }>('li-ning', 'GET', '/stand-ins')).body.given;
    await office.cloud.moveTo('2025-03-05T15:59:00.000Z');
    expect((await inPlace('he-ping', 'li-ning', path, 'passFormalCheck')).status).toBe(200);
    await office.cloud.moveTo('2025-03-05T16:01:00.000Z');
    const next = await office.toBureau();
    expect((await inPlace('he-ping', 'li-ning', next, 'passFormalCheck')).status).toBe(403);
    const again = await handOver('li-ning', 'he-ping', '2025-03-06', '2025-03-07');
    expect((await office.cloud.send('he-ping', 'POST', `/stand-ins/${again.body.id}/revoke`)).status).toBe(404);
    expect((await office.cloud.send('li-ning', 'POST', `/stand-ins/${again.body.id}/revoke`)).status).toBe(200);
    expect((await inPlace('he-ping', 'li-ning', next, 'passFormalCheck')).status).toBe(403);
    expect(standIn?.by.person).toBe('he-ping');
  });

  it('takes back once what is taken back twice, and for good: the request that made it comes late and makes nothing', async () => {
    const key = office.key();
    const made = await handOver('liang-shan', 'ma-jun', '2025-03-10', '2025-03-11', key);
    const revoke = () => office.cloud.send('liang-shan', 'POST', `/stand-ins/${made.body.id}/revoke`);
    const answers = [...(await Promise.all(Array.from({ length: 8 }, revoke))), await revoke()];
    expect(answers.map(({ status }) => status)).toEqual(Array(9).fill(200));
    expect(await handOver('liang-shan', 'ma-jun', '2025-03-10', '2025-03-11', key)).toMatchObject({ status: 200, body: { id: made.body.id, active: false } });
    expect((await office.cloud.send('liang-shan', 'GET', '/stand-ins')).body).toEqual({ given: [], received: [] });
    expect((await office.cloud.send('ma-jun', 'GET', '/stand-ins')).body).toEqual({ given: [], received: [] });
  });

  it('hands over to one colleague at a time, however many requests arrive at the same moment, and not to who hands over in that moment', async () => {
    for (let round = 0; round < 3; round += 1) {
      const answers = await Promise.all(Array.from({ length: 8 }, (_, index) => handOver('liang-shan', 'ma-jun', '2025-03-12', `2025-03-1${2 + (index % 4)}`)));
      expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array<number>(7).fill(422)]);
      const mutual = await Promise.all([handOver('pan-hong', 'su-mei', '2025-03-12', '2025-03-13'), handOver('su-mei', 'pan-hong', '2025-03-12', '2025-03-13')]);
      expect(mutual.map(({ status }) => status).toSorted()).toEqual([200, 422]);
      const made = [['liang-shan', answers.find(({ status }) => status === 200)], ['pan-hong', mutual[0]], ['su-mei', mutual[1]]] as const;
      for (const [person, answer] of made) if (answer?.status === 200) await office.cloud.send(person, 'POST', `/stand-ins/${answer.body.id}/revoke`);
    }
  });

  it('hands over to somebody whose account is a mail address, who hands over in turn', async () => {
    const account = 'li@unit.example';
    const registered = await office.cloud.send('huang-yu', 'POST', '/unit-accounts', { body: { person: account, name: '李', roles: ['applicant'], reason: '新到岗' } });
    expect(registered.status).toBe(200);
    expect((await handOver('wei-lan', account, '2025-03-20', '2025-03-20')).status).toBe(200);
    expect((await handOver(account, 'wei-lan', '2025-03-06', '2025-03-06')).status).toBe(200);
    const { id } = await office.open();
    expect((await inPlace('wei-lan', account, `/scenarios/${id}`, 'withdraw', { reason: '重复' })).status).toBe(200);
    const reason = '请会签';
    expect([
      parse(commandArgs.askCountersigns, { mode: 'one', signers: [account], reason }),
      parse(commandArgs.addCountersigner, { signer: account, place: 'before', reason }),
      parse(commandArgs.transferCountersign, { to: account, reason }),
      parse(commandArgs.assignExperts, { experts: [account], alternates: [account] }),
      parse(commandArgs.dismissExpert, { expert: account, reason }),
    ].filter(({ ok }) => !ok)).toEqual([]);
  });
});
