import { setup } from '../setup.ts';
import { t } from '../words/language.ts';

// The API page reads the same key: one sign-in serves both. It ends with the tab.
const tokenKey = 'guijing.token';
const flowKey = 'guijing.console.flow';

interface Flow {
  readonly verifier: string;
  readonly state: string;
  /** The address to come back to. */
  readonly place: string;
}

/** Somebody who shows what depends on the session. */
type Listener = () => void;
const listeners = new Set<Listener>();

/** Whether the API said that the token is no longer good; set until somebody signs in again. */
let expired = false;

/** The session of this tab: who is told by the token, and whether it has run out. */
export const session = {
  token: (): string | null => sessionStorage.getItem(tokenKey),
  isExpired: (): boolean => expired,
  /** Who the token is about, as a name for what is kept on this machine; nothing is decided by it. */
  person(): string {
    try {
      const body = (sessionStorage.getItem(tokenKey) ?? '').split('.')[1] ?? '';
      return String((JSON.parse(atob(body.replaceAll('-', '+').replaceAll('_', '/'))) as { readonly sub?: string }).sub ?? '');
    } catch {
      return '';
    }
  },
  subscribe(listener: Listener): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  /** Begins a session with a token. */
  begin(token: string): void {
    sessionStorage.setItem(tokenKey, token);
    expired = false;
    changed();
  },
  /** The token has run out: pages stay as they are until the person signs in again. */
  expire(): void {
    expired = true;
    changed();
  },
  /** Forgets who was here. */
  end(): void {
    sessionStorage.removeItem(tokenKey);
    expired = false;
    changed();
  },
};

function changed(): void {
  for (const listener of listeners) listener();
}

const redirect = (): string => `${location.origin}/console/signed-in`;

/** Goes to the issuer (code flow with PKCE) and comes back to `place`; `another` has the issuer ask who it is even when it knows. */
export async function signIn(place: string, another: boolean): Promise<void> {
  const verifier = base64url(crypto.getRandomValues(new Uint8Array(32)));
  const state = base64url(crypto.getRandomValues(new Uint8Array(16)));
  sessionStorage.setItem(flowKey, JSON.stringify({ verifier, state, place } satisfies Flow));
  const challenge = base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))));
  const { authorization_endpoint } = await discover();
  const asked = {
    response_type: 'code', client_id: setup.client, redirect_uri: redirect(), scope: 'openid profile', state,
    code_challenge: challenge, code_challenge_method: 'S256', ...(another ? { prompt: 'login' } : {}),
  };
  location.assign(`${authorization_endpoint}?${new URLSearchParams(asked)}`);
}

/** Finishes a sign-in from the address that the issuer came back to; answers where the person was. Throws with a sentence for the person. */
export async function finishSignIn(query: URLSearchParams): Promise<string> {
  const flow = JSON.parse(sessionStorage.getItem(flowKey) ?? 'null') as Flow | null;
  const code = query.get('code');
  if (!code || !flow || query.get('state') !== flow.state) throw new Error(query.get('error_description') ?? t('登录请求已失效，请重新登录'));
  const { token_endpoint } = await discover();
  const form = new URLSearchParams({ grant_type: 'authorization_code', code, redirect_uri: redirect(), client_id: setup.client, code_verifier: flow.verifier });
  const answer = await fetch(token_endpoint, { method: 'POST', body: form });
  if (!answer.ok) throw new Error(t('登录没有完成，请重新登录'));
  sessionStorage.removeItem(flowKey);
  session.begin(((await answer.json()) as { readonly access_token: string }).access_token);
  return flow.place;
}

interface Discovery {
  readonly authorization_endpoint: string;
  readonly token_endpoint: string;
}

async function discover(): Promise<Discovery> {
  const address = `${(setup.issuer ?? '').replace(/\/$/, '')}/.well-known/openid-configuration`;
  const answer = await fetch(address).catch(() => undefined);
  if (!answer?.ok) throw new Error(t('登录服务没有应答，请稍后再试'));
  return (await answer.json()) as Discovery;
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
