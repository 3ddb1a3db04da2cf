import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Story } from '../demo/story.ts';
import { ApiClient, type Answer } from '../harness/api-client.ts';
import type { Endpoints } from '../harness/cloud-process.ts';

/** One write as its client saw it end: what was asked under which key, and the answer that counts. */
export interface Outcome {
  readonly person: string;
  readonly path: string;
  readonly body: unknown;
  readonly version: number | undefined;
  readonly key: string;
  /** How often the request was sent; more than once when the connection broke or the service was away. */
  readonly sent: number;
  readonly status: number;
  readonly answer: Record<string, unknown>;
}

/** What all clients of a run share: the journal of their writes, answers nobody should get, and how long they bear with an outage (ms). */
export interface Journal {
  readonly outcomes: Outcome[];
  readonly surprises: string[];
  readonly patience: number;
}

/** A client that is cut off asks again with the same idempotency key until it has an answer, and writes down what it was told. */
class StubbornClient extends ApiClient {
  readonly #journal: Journal;

  constructor(endpoints: Endpoints, person: string, journal: Journal) {
    super(endpoints, person);
    this.#journal = journal;
  }

  override async get<T = Record<string, unknown>>(path: string): Promise<Answer<T>> {
    return (await this.#until(`GET ${path}`, () => super.get<T>(path))).answer;
  }

  override async post<T = Record<string, unknown>>(path: string, body: unknown, version?: number, key: string = randomUUID()): Promise<Answer<T>> {
    const { answer, sent } = await this.#until(`POST ${path}`, () => super.post<T>(path, body, version, key));
    this.#journal.outcomes.push({ person: this.person, path, body, version, key, sent, status: answer.status, answer: answer.body as Record<string, unknown> });
    return answer;
  }

  async #until<T>(what: string, ask: () => Promise<Answer<T>>): Promise<{ readonly answer: Answer<T>; readonly sent: number }> {
    const deadline = performance.now() + this.#journal.patience;
    for (let sent = 1; ; sent += 1) {
      const answer = await ask().catch(cutOff);
      if (answer && ![429, 503].includes(answer.status)) {
        if (answer.status >= 500) this.#journal.surprises.push(`${what}: ${answer.status} ${JSON.stringify(answer.body)}`);
        if (answer.status < 500) return { answer, sent };
      }
      if (performance.now() > deadline) throw new Error(`${what} by ${this.person}: no answer within ${this.#journal.patience} ms, ${sent} tries, last ${answer?.status ?? 'cut off'}`);
      await delay(50);
    }
  }
}

// The token endpoint goes away with the API: its refusal to connect is the same outage.
function cutOff(error: unknown): undefined {
  if (error instanceof TypeError || (error as { cause?: unknown }).cause !== undefined || /\/token: 5\d\d/.test(String(error))) return undefined;
  throw error;
}

/** A story whose people do not give up when the cloud dies under them. */
export class StubbornStory extends Story {
  readonly #journal: Journal;
  readonly #clients = new Map<string, StubbornClient>();

  constructor(endpoints: Endpoints, journal: Journal) {
    super(endpoints);
    this.#journal = journal;
  }

  override as(person: string): ApiClient {
    const client = this.#clients.get(person) ?? new StubbornClient(this.endpoints, person, this.#journal);
    this.#clients.set(person, client);
    return client;
  }
}
