import { createHash, randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname } from 'node:path';
import { exportJWK, generateKeyPair, importJWK, type JWK, type JWTPayload, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startCloud } from '../../../infra/local/cloud.ts';
import type { Cloud } from '../../../infra/local/cloud/types.ts';
import { readJson } from '../../../infra/local/data-folder.ts';
import { smallApp } from './small-app.ts';

const app = smallApp();
let cloud: Cloud;
let foreign: Server;
let foreignKey: Awaited<ReturnType<typeof generateKeyPair>>['privateKey'];

beforeAll(async () => {
  cloud = await startCloud(app);
  // An issuer of somebody else, complete with discovery and keys.
  const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
  foreignKey = privateKey;
  const jwk = { ...(await exportJWK(publicKey)), kid: 'foreign', alg: 'RS256' };
  foreign = createServer((request, response) => {
    const issuer = `http://127.0.0.1:${(foreign.address() as AddressInfo).port}`;
    response.end(JSON.stringify(request.url?.includes('openid') ? { issuer, jwks_uri: `${issuer}/jwks` } : { keys: [jwk] }));
  });
  await new Promise<void>((resolve) => foreign.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  await new Promise((resolve) => foreign.close(resolve));
  await cloud.stop();
  rmSync(dirname(app.dataFolder), { recursive: true });
});

const ask = (token?: string) => fetch(`${cloud.endpoints.api}/secured`, { headers: token === undefined ? {} : { authorization: `Bearer ${token}` } });
const ownJwk = (): JWK => readJson<{ jwks: { keys: JWK[] } }>(`${app.dataFolder}/oidc-keys.json`)?.jwks.keys[0] ?? {};
const seconds = () => Math.floor(Date.now() / 1000);
const claims = (): JWTPayload => ({ iss: cloud.endpoints.oidc, sub: 'an', aud: 'small', iat: seconds(), exp: seconds() + 600 });

const without = (name: string): JWTPayload => Object.fromEntries(Object.entries(claims()).filter(([each]) => each !== name));

/** A token signed with the issuer's own key, with the claims a test wants. */
async function signed(payload: JWTPayload): Promise<string> {
  const jwk = ownJwk();
  return new SignJWT(payload).setProtectedHeader({ alg: 'RS256', kid: jwk.kid ?? '' }).sign(await importJWK(jwk, 'RS256'));
}

describe('tokens', () => {
  test('a good one opens the door, the second time from memory', async () => {
    const token = await signed(claims());
    expect([(await ask(token)).status, (await ask(token)).status]).toEqual([200, 200]);
  });

  const bad: readonly [string, () => Promise<string | undefined> | string | undefined][] = [
    ['none', () => undefined],
    ['nonsense', () => 'a.b.c'],
    ['one that has run out', () => signed({ ...claims(), exp: seconds() - 1 })],
    ['one that is not valid yet', () => signed({ ...claims(), nbf: seconds() + 300 })],
    ['one without an end', () => signed(without('exp'))],
    ['one for somebody else', () => signed({ ...claims(), aud: 'other' })],
    ['one without an audience', () => signed(without('aud'))],
    ['one of another issuer, signed with our key', () => signed({ ...claims(), iss: 'https://evil.example' })],
    ['one of another issuer, signed with its own key', () => new SignJWT({ ...claims(), iss: `http://127.0.0.1:${(foreign.address() as AddressInfo).port}` }).setProtectedHeader({ alg: 'RS256', kid: 'foreign' }).sign(foreignKey)],
    ['one that names us, signed with another key', () => new SignJWT(claims()).setProtectedHeader({ alg: 'RS256', kid: ownJwk().kid ?? '' }).sign(foreignKey)],
    ['one without signature', () => unsigned(claims())],
    ['one signed with the public key as a secret', () => new SignJWT(claims()).setProtectedHeader({ alg: 'HS256', kid: ownJwk().kid ?? '' }).sign(new TextEncoder().encode(ownJwk().n ?? ''))],
    ['one whose claims were changed', async () => tampered(await signed(claims()))],
  ];
  test.each(bad)('%s is refused with a problem document', async (_, make) => {
    const answer = await ask(await make());
    expect([answer.status, answer.headers.get('content-type'), answer.headers.get('www-authenticate')]).toEqual([401, 'application/problem+json; charset=utf-8', expect.stringMatching(/^Bearer/)]);
    expect(await answer.json()).toMatchObject({ type: '/problems/not-signed-in', detail: expect.stringMatching(/登录/) as string });
  });

  test('a token outlives a restart of the cloud', async () => {
    const token = await cloud.tokenFor('an');
    const { api, oidc } = cloud.endpoints;
    await cloud.stop();
    cloud = await startCloud(app);
    expect([cloud.endpoints.oidc, cloud.endpoints.api]).toEqual([oidc, api]);
    expect((await ask(token)).status).toBe(200);
  });

  test('the admin endpoint gives tokens to known people only', async () => {
    const token = (person: string) => fetch(`${cloud.endpoints.admin}/token`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ person }) });
    const { access_token } = (await (await token('an')).json()) as { access_token: string };
    expect((await ask(access_token)).status).toBe(200);
    expect((await token('nobody')).status).toBe(404);
  });
});

describe('signing in', () => {
  test('the code flow with PKCE ends with a token that the API takes', async () => {
    const verifier = randomBytes(32).toString('base64url');
    const code = await signIn({ code_challenge: createHash('sha256').update(verifier).digest('base64url'), code_challenge_method: 'S256' }, 'an');
    const answer = await exchange(code ?? '', verifier);
    expect(answer.status).toBe(200);
    const { access_token, id_token } = (await answer.json()) as { access_token: string; id_token: string };
    expect((await ask(access_token)).status).toBe(200);
    expect(JSON.parse(Buffer.from(id_token.split('.')[1] ?? '', 'base64url').toString())).toMatchObject({ sub: 'an', aud: 'console' });
  });

  test('who signs in as somebody else in the same browser becomes that person', async () => {
    const cookies = new Map<string, string>();
    const subjects: unknown[] = [];
    for (const person of ['an', 'bo']) {
      const verifier = randomBytes(32).toString('base64url');
      const code = await signIn({ code_challenge: createHash('sha256').update(verifier).digest('base64url'), code_challenge_method: 'S256', prompt: 'login' }, person, cookies);
      const { id_token } = (await (await exchange(code ?? '', verifier)).json()) as { id_token?: string };
      subjects.push((JSON.parse(Buffer.from(id_token?.split('.')[1] ?? '', 'base64url').toString() || '{}') as { sub?: string }).sub);
    }
    expect(subjects).toEqual(['an', 'bo']);
  });

  test('a code with another verifier is worth nothing', async () => {
    const code = await signIn({ code_challenge: createHash('sha256').update('x'.repeat(50)).digest('base64url'), code_challenge_method: 'S256' }, 'an');
    expect(code).toMatch(/./);
    expect((await exchange(code ?? '', 'y'.repeat(50))).status).toBe(400);
  });

  test('without PKCE there is no code, and somebody unknown cannot be chosen', async () => {
    expect(await signIn({}, 'an')).toBeUndefined();
    expect(await signIn({ code_challenge: 'z'.repeat(43), code_challenge_method: 'S256' }, 'nobody')).toBeUndefined();
  });
});

/** Goes through the sign-in pages as a browser would: keeps cookies, follows redirects, presses a person's button; answers the code. */
async function signIn(extra: Record<string, string>, person: string, cookies = new Map<string, string>()): Promise<string | undefined> {
  const visit = async (url: string, init: RequestInit = {}) => {
    const answer = await fetch(url, { ...init, redirect: 'manual', headers: { ...init.headers, cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') } });
    for (const line of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = line.split(';')[0]?.split(/=(.*)/s) ?? [];
      cookies.set(name, value);
    }
    return answer;
  };
  const query = new URLSearchParams({ client_id: 'console', response_type: 'code', scope: 'openid profile', redirect_uri: 'http://127.0.0.1:8080/callback', state: 's', ...extra });
  let answer = await visit(`${cloud.endpoints.oidc}/auth?${query}`);
  for (let hops = 0; hops < 8; hops += 1) {
    const location = answer.headers.get('location');
    if (!location) {
      const form = selfSubmitting(await answer.text());
      if (!form) return undefined;
      answer = await visit(form.action, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'null' }, body: form.fields });
      continue;
    }
    const next = new URL(location, cloud.endpoints.oidc);
    if (next.pathname === '/callback') return next.searchParams.get('code') ?? undefined;
    answer = await visit(next.href);
    if (!next.pathname.startsWith('/interaction/') || answer.headers.get('location')) continue;
    expect(await answer.text()).toContain('选择登录人员');
    answer = await visit(next.href, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'null' }, body: `person=${person}` });
  }
  return undefined;
}

/** The form that a page submits by itself: so the issuer ends one person's session before the next begins. */
function selfSubmitting(html: string): { action: string; fields: string } | undefined {
  const action = /<form[^>]*\saction="([^"]+\/session\/end[^"]*)"/.exec(html)?.[1];
  if (!action) return undefined;
  const fields = [...html.matchAll(/<input[^>]*\sname="([^"]*)"[^>]*\svalue="([^"]*)"/g)].map(([, name = '', value = '']): [string, string] => [name, value]);
  return { action, fields: new URLSearchParams(fields).toString() };
}

const exchange = (code: string, verifier: string) =>
  fetch(`${cloud.endpoints.oidc}/token`, { method: 'POST', body: new URLSearchParams({ grant_type: 'authorization_code', client_id: 'console', code, redirect_uri: 'http://127.0.0.1:8080/callback', code_verifier: verifier }) });

const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const unsigned = (payload: JWTPayload) => `${encoded({ alg: 'none' })}.${encoded(payload)}.`;

function tampered(token: string): string {
  const [header, payload = '', signature] = token.split('.');
  const changed = { ...(JSON.parse(Buffer.from(payload, 'base64url').toString()) as object), sub: 'someone-else' };
  return `${header}.${encoded(changed)}.${signature}`;
}
