import { createHash, randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, importJWK, SignJWT, type JWTPayload } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openIssuerKeys } from '../../../infra/local/oidc/keys.ts';
import { commands } from '../../../machines/commands.ts';
import { governmentFormFixture } from '../../fixtures/forms.ts';
import { commandHeaders, createHeaders, problemIn, startWholeCloud, type Wire, type WholeCloud } from './whole-cloud.ts';

type SigningKey = Parameters<SignJWT['sign']>[0];

let cloud: WholeCloud;
let path: string;
let foreignIssuer: Server;

beforeAll(async () => {
  cloud = await startWholeCloud();
  path = `/scenarios/${await cloud.story.open('wei-lan', 'governmentInvestment', governmentFormFixture())}`;
  await cloud.story.settle();
  foreignIssuer = createServer().listen(0, '127.0.0.1');
});
afterAll(async () => {
  foreignIssuer.close();
  await cloud.remove();
});

/** Does something that must leave no trace; answers what came back. */
async function withoutTrace<T>(attempt: () => Promise<T>): Promise<T> {
  const before = await cloud.records();
  const answer = await attempt();
  expect(await cloud.records()).toEqual(before);
  return answer;
}

const withdraw = (as: string | null | { readonly token: string }): Promise<Wire> =>
  cloud.send({ as, method: 'POST', path: `${path}/commands/withdraw`, headers: commandHeaders(1), body: JSON.stringify({ reason: '伪造的请求' }) });

describe('a forged command', () => {
  const reserved = ['xstate.init', 'xstate.stop', 'xstate.after.1.declaration.draft', 'xstate.done.state.declaration', 'xstate.error.actor.0', 'xstate.route', '*', '', '__proto__', 'constructor', 'toString', 'hasOwnProperty'];

  it.each(reserved)('named %j is not known, and nothing is stored', async (command) => {
    const answer = await withoutTrace(() => cloud.send({ as: 'wei-lan', method: 'POST', path: `${path}/commands/${encodeURIComponent(command)}`, headers: commandHeaders(1), body: '{}' }));
    expect(problemIn(answer).type).toBe('/problems/not-found');
    expect(answer.status).toBe(404);
  });

  const systemOnly = Object.entries(commands).filter(([, row]) => 'system' in row).map(([type]) => type);

  it.each([...systemOnly, 'confirmAttachment'])('that only the workflow sends (%s) is refused to everybody', async (command) => {
    const body = JSON.stringify({ leaf: 'declaration.draft', batch: '2026-H2', number: 'GX-1' });
    const answers = await withoutTrace(() => Promise.all(['wei-lan', 'li-ning', 'liang-shan', 'pan-hong'].map((as) => cloud.send({ as, method: 'POST', path: `${path}/commands/${command}`, headers: commandHeaders(1), body }))));
    for (const answer of answers) expect(problemIn(answer).type).toBe('/problems/not-allowed');
  });

  it('with the open command on a case that exists opens nothing', async () => {
    const answer = await withoutTrace(() => cloud.send({ as: 'wei-lan', method: 'POST', path: `${path}/commands/open`, headers: commandHeaders(1), body: '{}' }));
    expect(problemIn(answer).type).toBe('/problems/not-found');
  });

  it('under a key that another person used is decided as that person’s own, never answered with the other’s outcome', async () => {
    const key = randomUUID();
    const form = JSON.stringify({ lifecycle: 'governmentInvestment', form: governmentFormFixture({ name: '同一编号' }) });
    const [mine, theirs] = await Promise.all(['wei-lan', 'meng-jie'].map((as) => cloud.send({ as, method: 'POST', path: '/scenarios', headers: { ...createHeaders(), 'idempotency-key': key }, body: form })));
    const ids = [mine, theirs].map((answer) => (JSON.parse(answer?.text ?? '{}') as { id?: string }).id);
    expect(mine?.status).toBe(201);
    expect(ids[0]).not.toBe(ids[1]);
    await cloud.story.settle();
  });
});

describe('a token', () => {
  const claims = { client_id: 'scripts', scope: 'api' };

  async function signed(payload: JWTPayload, change: { readonly key?: SigningKey; readonly alg?: string; readonly issuer?: string; readonly audience?: string; readonly expires?: number; readonly header?: object } = {}): Promise<string> {
    const { jwks } = await openIssuerKeys(cloud.dataFolder);
    const [jwk] = jwks.keys;
    const key = change.key ?? (await importJWK(jwk ?? {}, 'RS256'));
    return new SignJWT({ ...claims, ...payload })
      .setProtectedHeader({ alg: change.alg ?? 'RS256', typ: 'at+jwt', kid: jwk?.kid ?? '', ...change.header })
      .setIssuer(change.issuer ?? cloud.endpoints.oidc)
      .setAudience(change.audience ?? 'guijing')
      .setIssuedAt()
      .setExpirationTime(change.expires ?? Math.floor(Date.now() / 1000) + 600)
      .sign(key as SigningKey);
  }

  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const now = (): number => Math.floor(Date.now() / 1000);

  const forgeries: readonly (readonly [string, () => Promise<string> | string])[] = [
    ['without a signature (alg none)', () => `${part({ alg: 'none', typ: 'at+jwt' })}.${part({ ...claims, iss: cloud.endpoints.oidc, sub: 'wei-lan', aud: 'guijing', exp: now() + 600 })}.`],
    ['signed with the public key as a shared secret (HS256)', async () => {
      const [jwk] = (await openIssuerKeys(cloud.dataFolder)).jwks.keys;
      const secret = new TextEncoder().encode(String(jwk?.n));
      return new SignJWT({ ...claims, sub: 'wei-lan' }).setProtectedHeader({ alg: 'HS256', kid: jwk?.kid ?? '' }).setIssuer(cloud.endpoints.oidc).setAudience('guijing').setExpirationTime('10m').sign(secret);
    }],
    ['signed by another key under our key’s id', async () => signed({ sub: 'wei-lan' }, { key: (await generateKeyPair('RS256')).privateKey })],
    ['that brings its own key along', async () => {
      const own = await generateKeyPair('RS256', { extractable: true });
      return signed({ sub: 'wei-lan' }, { key: own.privateKey, header: { jwk: await exportJWK(own.publicKey), kid: 'mine' } });
    }],
    ['that names a foreign place for its key', async () => {
      const { port } = foreignIssuer.address() as AddressInfo;
      return signed({ sub: 'wei-lan' }, { key: (await generateKeyPair('RS256')).privateKey, header: { jku: `http://127.0.0.1:${port}/keys`, kid: 'theirs' } });
    }],
    ['that has expired', () => signed({ sub: 'wei-lan' }, { expires: now() - 10 })],
    ['that is not good yet', () => signed({ sub: 'wei-lan', nbf: now() + 600 })],
    ['for another audience', () => signed({ sub: 'wei-lan' }, { audience: 'somebody-else' })],
    ['of a foreign issuer', () => signed({ sub: 'wei-lan' }, { issuer: 'http://127.0.0.1:1/' })],
    ['whose subject was changed after signing', async () => {
      const [header, , signature] = (await signed({ sub: 'wei-lan' })).split('.');
      return `${header}.${part({ ...claims, iss: cloud.endpoints.oidc, sub: 'liang-shan', aud: 'guijing', exp: now() + 600 })}.${signature}`;
    }],
    ['cut in half', async () => (await signed({ sub: 'wei-lan' })).slice(0, 200)],
    ['that is no token', () => 'x'],
    ['with three empty parts', () => '..'],
  ];

  it.each(forgeries)('%s is refused, and nothing is stored', async (_, make) => {
    const token = await make();
    const answer = await withoutTrace(() => withdraw({ token }));
    expect(problemIn(answer).type).toBe('/problems/not-signed-in');
    expect(String(answer.headers['www-authenticate'])).toContain('Bearer');
  });

  it('that is missing is asked for', async () => {
    expect(problemIn(await withoutTrace(() => withdraw(null))).type).toBe('/problems/not-signed-in');
  });

  it.each(['nobody-knows', 'system', 'PERSON#wei-lan', '../wei-lan', '韦岚', 'x'.repeat(3000)])('good in itself, of a subject that is not registered (%.20s), opens nothing', async (person) => {
    const answer = await withoutTrace(() => withdraw(person));
    expect(problemIn(answer).type).toBe('/problems/not-allowed');
  });

  it('that claims roles gives none: the records decide', async () => {
    const token = await signed({ sub: 'wei-lan', roles: ['bureauLeader', 'system'], groups: ['admin'], org: 'gx-bureau' });
    const { text } = await cloud.send({ as: { token }, path: '/me' });
    expect((JSON.parse(text) as { roles: string[] }).roles).toEqual(['applicant']);
    const answer = await withoutTrace(() => cloud.send({ as: { token }, method: 'POST', path: `${path}/commands/void`, headers: commandHeaders(1), body: JSON.stringify({ reason: '伪造' }) }));
    expect(problemIn(answer).type).toBe('/problems/not-allowed');
  });
});

describe('a path', () => {
  const digest = createHash('sha256').update('x').digest('hex');
  const tricks = ['/scenarios/..%2f..%2fme', '/scenarios/%2e%2e/events', '/scenarios/C%23x', '/scenarios/s-%00', '/scenarios/%E4%B8%AD', `/scenarios/${digest.repeat(3)}`, '/scenarios/__proto__', '/scenarios/HEAD/events', '/batches/__proto__', '/published/..%2F..%2Fattachments', '/published/2026-H1%2F..', '/derived/..%2F..%2Findex.js', '/derived/%2e%2e%2findex.js', '/docs/..%2findex.js', '/derived/....//index.js', '//etc/passwd', '/scenarios//events', '/SCENARIOS', '/me/', '/.env', '/scenarios/%zz', '/%', '/scenarios/%c0%af'];

  it.each(tricks)('like %s leads nowhere', async (trick) => {
    const answer = await withoutTrace(() => cloud.send({ as: 'li-ning', path: trick }));
    expect([400, 404]).toContain(answer.status);
    problemIn(answer);
  });

  it('of another collection does not show a scenario', async () => {
    const id = path.split('/').at(-1);
    for (const collection of ['batches', 'recoveries']) expect((await cloud.send({ as: 'li-ning', path: `/${collection}/${id}` })).status).toBe(404);
  });
});
