import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, importJWK, SignJWT, type JWK } from 'jose';
import { readJson, writeDurably } from '../data-folder.ts';

/** The issuer's secrets of one data folder: tokens signed before a restart stay good after it. */
export interface IssuerKeys {
  readonly jwks: { readonly keys: readonly JWK[] };
  readonly cookieKeys: readonly string[];
}

/** Opens `<folder>/oidc-keys.json` (mode 0600), making an RSA key of 2,048 bits when it is not there. */
export async function openIssuerKeys(folder: string): Promise<IssuerKeys> {
  const file = join(folder, 'oidc-keys.json');
  const stored = readJson<IssuerKeys>(file);
  if (stored) return stored;
  const { privateKey } = await generateKeyPair('RS256', { modulusLength: 2048, extractable: true });
  const key = { ...(await exportJWK(privateKey)), kid: randomUUID(), alg: 'RS256', use: 'sig' };
  const made = { jwks: { keys: [key] }, cookieKeys: [randomBytes(32).toString('base64url')] };
  writeDurably(file, JSON.stringify(made));
  return made;
}

/** How long an access token is good, in seconds. */
export const tokenLifetime = 3600;

/** Signs access tokens without a sign-in, for scripts and tests: the same key, issuer and claims as the real flow. */
export async function openTokenPress(keys: IssuerKeys, issuer: string, audience: string): Promise<(person: string) => Promise<string>> {
  const [jwk] = keys.jwks.keys;
  if (!jwk) throw new Error('oidc-keys.json holds no key');
  const key = await importJWK(jwk, 'RS256');
  return (person) =>
    new SignJWT({ client_id: 'scripts', scope: 'api' })
      .setProtectedHeader({ alg: 'RS256', typ: 'at+jwt', ...(jwk.kid ? { kid: jwk.kid } : {}) })
      .setIssuer(issuer)
      .setSubject(person)
      .setAudience(audience)
      .setIssuedAt()
      .setJti(randomUUID())
      .setExpirationTime(`${tokenLifetime}s`)
      .sign(key);
}
