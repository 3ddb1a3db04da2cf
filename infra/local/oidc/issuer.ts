import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import OidcProvider from 'oidc-provider';
import { readBody } from '../front/body.ts';
import { isLocal } from '../local-only.ts';
import { type IssuerKeys, tokenLifetime } from './keys.ts';
import { errorPage, signInPage } from './page.ts';
import type { SignInPerson } from './people.ts';
import { sessionAdapter } from './sessions.ts';

/** What the issuer is made for. */
export interface IssuerPlan {
  readonly issuer: string;
  readonly audience: string;
  readonly keys: IssuerKeys;
  readonly people: readonly SignInPerson[];
}

/** Public clients; a native client's loopback redirects match on any port (RFC 8252, section 7.3). */
const redirects = ['', '/', '/callback', '/signed-in', '/console/signed-in', '/docs/oauth2-redirect.html'];

/** What the API is called among resources (RFC 8707); the audience inside tokens is the template's. */
const resource = 'urn:guijing:api';

/** The part of oidc-provider's Koa context that is used here. */
interface Context {
  readonly oidc: {
    readonly client: { readonly clientId: string };
    readonly session: { readonly accountId: string; grantIdFor(clientId: string): string | undefined };
    readonly result?: { readonly consent?: { readonly grantId?: string } };
    readonly provider: { readonly Grant: GrantClass };
  };
}

interface Grant {
  addOIDCScope(scope: string): void;
  addResourceScope(resource: string, scope: string): void;
  save(): Promise<string>;
}

interface GrantClass {
  new (of: { clientId: string; accountId: string }): Grant;
  find(id: string): Promise<Grant | undefined>;
}

/** An OpenID Connect issuer with the seeded people: discovery, JWKS, the code flow with PKCE, a page that lets one choose who to be. */
export function openIssuer(plan: IssuerPlan): RequestListener {
  const provider = new OidcProvider(plan.issuer, configuration(plan));
  const flow = provider.callback();
  return (request, response) => {
    if (!isLocal(request, 'null')) {
      page(response, 403, errorPage('只接受本机访问'));
      return;
    }
    if (!request.url?.startsWith('/interaction/')) {
      flow(request, response);
      return;
    }
    interact(provider, plan, request, response).catch(() => page(response, 400, errorPage('登录请求已失效，请回到原页面重新登录')));
  };
}

async function interact(provider: OidcProvider, plan: IssuerPlan, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const details = await provider.interactionDetails(request, response);
  // Native clients are asked for consent whatever was granted; ours are granted what they are made for.
  if (details.prompt.name === 'consent') {
    await provider.interactionFinished(request, response, { consent: {} }, { mergeWithLastSubmission: true });
    return;
  }
  if (request.method !== 'POST') {
    page(response, 200, signInPage(plan.people, `/interaction/${details.uid}`));
    return;
  }
  const form = new URLSearchParams((await readBody(request, 10_000)).toString('utf8'));
  const person = plan.people.find(({ id }) => id === form.get('person'));
  if (person) await provider.interactionFinished(request, response, { login: { accountId: person.id } }, { mergeWithLastSubmission: false });
  else page(response, 400, errorPage('没有这位人员，请重新选择'));
}

function page(response: ServerResponse, status: number, html: string): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  });
  response.end(html);
}

function configuration({ audience, keys, people }: IssuerPlan) {
  const names = new Map(people.map(({ id, name }) => [id, name]));
  return {
    adapter: sessionAdapter(),
    jwks: keys.jwks,
    clients: ['console', 'docs', 'tests'].map(publicClient),
    cookies: { keys: keys.cookieKeys },
    claims: { openid: ['sub'], profile: ['name'] },
    scopes: ['openid', 'profile', 'offline_access'],
    pkce: { required: () => true },
    ttl: { AccessToken: tokenLifetime, IdToken: tokenLifetime, AuthorizationCode: 60, Interaction: 3600, Session: 12 * 3600, Grant: 12 * 3600, RefreshToken: 12 * 3600 },
    features: {
      devInteractions: { enabled: false },
      userinfo: { enabled: false },
      rpInitiatedLogout: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => resource,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({ scope: 'api', audience, accessTokenFormat: 'jwt', accessTokenTTL: tokenLifetime, jwt: { sign: { alg: 'RS256' } } }),
      },
    },
    interactions: { url: (_: unknown, interaction: { uid: string }) => `/interaction/${interaction.uid}` },
    // Browsers of this machine only; the API's page runs on another port than the issuer.
    clientBasedCORS: (_: unknown, origin: string) => /^http:\/\/(127\.0\.0\.1|localhost)(:\d+)?$/.test(origin),
    findAccount: (_: unknown, id: string) => (names.has(id) ? { accountId: id, claims: () => ({ sub: id, name: names.get(id) }) } : undefined),
    loadExistingGrant: grantWithoutAsking,
    renderError: (ctx: { type: string; body: string }, out: { error: string; error_description?: string }) => {
      ctx.type = 'html';
      ctx.body = errorPage(`${out.error}：${out.error_description ?? ''}`);
    },
  };
}

function publicClient(client_id: string) {
  return {
    client_id,
    application_type: 'native',
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    redirect_uris: ['http://127.0.0.1', 'http://localhost'].flatMap((origin) => redirects.map((path) => origin + path)),
    post_logout_redirect_uris: ['http://127.0.0.1:8080/', 'http://localhost:8080/'],
  };
}

/** All clients are our own: nobody is asked for consent to their own programme. */
async function grantWithoutAsking(context: Context): Promise<Grant | undefined> {
  const { client, session, provider, result } = context.oidc;
  const known = result?.consent?.grantId ?? session.grantIdFor(client.clientId);
  if (known) return provider.Grant.find(known);
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  grant.addOIDCScope('openid profile offline_access');
  grant.addResourceScope(resource, 'api');
  await grant.save();
  return grant;
}
