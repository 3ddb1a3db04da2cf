import { randomUUID } from 'node:crypto';
import type { Endpoints } from './cloud-process.ts';

/** What the API answered: status, headers, and the body as JSON (or text where it is not JSON). */
export interface Answer<T = Record<string, unknown>> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
}

/** How somebody gets an access token; seeded people by the cloud itself, others by a test's own key. */
export type SignIn = (person: string) => Promise<string>;

/** One person at the API: signs in by itself, again when the token has run out under a moved clock. */
export class ApiClient {
  readonly person: string;
  readonly #endpoints: Endpoints;
  readonly #signIn: SignIn;
  #token: string | undefined;

  constructor(endpoints: Endpoints, person: string, signIn: SignIn = (id) => accessToken(endpoints, id)) {
    this.#endpoints = endpoints;
    this.#signIn = signIn;
    this.person = person;
  }

  /** Reads a path. */
  get<T = Record<string, unknown>>(path: string): Promise<Answer<T>> {
    return this.#ask<T>('GET', path);
  }

  /** Writes to a path; a fresh idempotency key is made when none is given. */
  post<T = Record<string, unknown>>(path: string, body: unknown, version?: number, key: string = randomUUID()): Promise<Answer<T>> {
    return this.#ask<T>('POST', path, body, { 'idempotency-key': key, ...(version === undefined ? {} : { 'if-match': `"${version}"` }) });
  }

  async #ask<T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}, again = true): Promise<Answer<T>> {
    this.#token ??= await this.#signIn(this.person);
    const response = await fetch(this.#endpoints.api + path, {
      method,
      headers: { authorization: `Bearer ${this.#token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (response.status === 401 && again) {
      this.#token = undefined;
      return this.#ask<T>(method, path, body, headers, false);
    }
    return { status: response.status, headers: response.headers, body: parsed(text) as T };
  }
}

/** An access token for a seeded person, from the local cloud's admin endpoint. */
export async function accessToken(endpoints: Endpoints, person: string): Promise<string> {
  const answer = await admin<{ access_token: string }>(endpoints, '/token', { person });
  return answer.access_token;
}

/** Asks the local cloud's admin endpoint; throws with its words when it refuses. */
export async function admin<T = Record<string, unknown>>(endpoints: Endpoints, path: string, body?: unknown): Promise<T> {
  const response = await fetch(endpoints.admin + path, {
    method: body === undefined ? 'GET' : 'POST',
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
  return parsed(text) as T;
}

/** Waits until nothing is in flight: no stream record, no execution step, no invocation. */
export const settle = (endpoints: Endpoints): Promise<unknown> => admin(endpoints, '/settle', {});

/** Moves the cloud's clock to an instant or on by a duration (`P30D`); everything due on the way has happened when it answers. */
export const moveClock = (endpoints: Endpoints, to: { to: string } | { advance: string }): Promise<unknown> => admin(endpoints, '/clock', to);

function parsed(text: string): unknown {
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch {
    return text;
  }
}
