import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import type { AuthorizerModel } from '../template/model.ts';

/** What the authorizer says of a token. */
export type Verdict =
  | { readonly ok: true; readonly claims: JWTPayload; readonly scopes: readonly string[] }
  | { readonly ok: false; readonly reason: 'missing' | 'invalid' | 'expired' | 'unreachable' };

/** Checks the tokens of one JWT authorizer. */
export interface Authorizer {
  readonly header: string;
  check(header: string | undefined): Promise<Verdict> | Verdict;
}

/** Tokens checked before are remembered until they expire, at most this many. */
const remembered = 5000;

/** API Gateway takes RSA signatures only. */
const algorithms = ['RS256', 'RS384', 'RS512'];

/**
 * Opens the authorizer: keys come from the issuer's discovery document at the first token, and again when a key is new.
 * Tokens live in real time: whoever is signed in stays so when the cloud's clock is moved.
 */
export function openAuthorizer(model: AuthorizerModel): Authorizer {
  const known = new Map<string, { verdict: Verdict & { ok: true }; until: number }>();
  let keys: Promise<JWTVerifyGetKey> | undefined;
  const keySet = (): Promise<JWTVerifyGetKey> => {
    keys ??= discover(model.issuer).catch((error: unknown) => {
      keys = undefined;
      throw error;
    });
    return keys;
  };
  const verify = async (token: string): Promise<Verdict> => {
    try {
      const { payload } = await jwtVerify(token, await keySet(), { issuer: model.issuer, algorithms, requiredClaims: ['exp'] });
      if (!meantForUs(payload, model.audience)) return { ok: false, reason: 'invalid' };
      const verdict = { ok: true as const, claims: payload, scopes: scopesOf(payload) };
      if (known.size >= remembered) known.clear();
      known.set(token, { verdict, until: (payload.exp ?? 0) * 1000 });
      return verdict;
    } catch (error) {
      if (error instanceof errors.JWTExpired) return { ok: false, reason: 'expired' };
      const unreachable = error instanceof Unreachable || (error instanceof errors.JWKSTimeout) || (error instanceof TypeError && error.message === 'fetch failed');
      return { ok: false, reason: unreachable ? 'unreachable' : 'invalid' };
    }
  };
  return {
    header: model.header,
    check: (header) => {
      const token = header?.replace(/^bearer +/i, '').trim();
      if (!token) return { ok: false, reason: 'missing' };
      const before = known.get(token);
      if (!before) return verify(token);
      if (before.until > Date.now()) return before.verdict;
      known.delete(token);
      return { ok: false, reason: 'expired' };
    },
  };
}

/** The issuer does not answer, which is not the caller's fault. */
class Unreachable extends Error {}

async function discover(issuer: string): Promise<JWTVerifyGetKey> {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const response = await fetch(address, { signal: AbortSignal.timeout(5000) }).catch((error: unknown) => {
    throw new Unreachable(`${address} does not answer`, { cause: error });
  });
  if (!response.ok) throw new Unreachable(`${address} answers ${response.status}`);
  const { jwks_uri: uri, issuer: named } = (await response.json()) as { jwks_uri?: string; issuer?: string };
  if (!uri || named !== issuer) throw new Unreachable(`${address} does not describe ${issuer}`);
  return createRemoteJWKSet(new URL(uri), { cooldownDuration: 10_000 });
}

/** `aud` must name us; a token without `aud` may name us as `client_id` (API Gateway Developer Guide, "JWT authorizers"). */
function meantForUs(claims: JWTPayload, audience: readonly string[]): boolean {
  const named = claims.aud === undefined ? [claims['client_id']] : [claims.aud].flat();
  return named.some((each) => typeof each === 'string' && audience.includes(each));
}

function scopesOf(claims: JWTPayload): string[] {
  const scope = claims['scope'] ?? claims['scp'];
  return typeof scope === 'string' ? scope.split(' ').filter(Boolean) : Array.isArray(scope) ? scope.map(String) : [];
}
