import { createHash } from 'node:crypto';
import { ApiClient, moveClock, settle, type Answer, type SignIn } from '../harness/api-client.ts';
import type { Endpoints } from '../harness/cloud-process.ts';

/** A case as the API answers it, as far as a story reads it. */
export interface CaseView {
  readonly id: string;
  readonly version: number;
  readonly state: readonly string[];
  readonly context: Readonly<Record<string, unknown>>;
}

/** Tells a story through the API as its people would: signs them in, sends what they ask for, and stops at the first thing that is not as promised. */
export class Story {
  readonly endpoints: Endpoints;
  readonly #people = new Map<string, ApiClient>();
  readonly #signIn: SignIn | undefined;

  constructor(endpoints: Endpoints, signIn?: SignIn) {
    this.endpoints = endpoints;
    this.#signIn = signIn;
  }

  /** Somebody at the API. */
  as(person: string): ApiClient {
    const client = this.#people.get(person) ?? new ApiClient(this.endpoints, person, this.#signIn);
    this.#people.set(person, client);
    return client;
  }

  /** Opens a scenario; answers its id. */
  async open(person: string, lifecycle: string, form: unknown): Promise<string> {
    return accepted(await this.as(person).post<CaseView>('/scenarios', { lifecycle, form }), `${person} opens`).id;
  }

  /** Sends a command at the version the person sees. */
  async command(person: string, path: string, command: string, args: object = {}): Promise<CaseView> {
    const { version } = await this.read(person, path);
    return accepted(await this.as(person).post<CaseView>(`${path}/commands/${command}`, args, version), `${person} ${command}`);
  }

  /** Reads a case as a person sees it. */
  async read(person: string, path: string): Promise<CaseView> {
    return accepted(await this.as(person).get<CaseView>(path), `${person} reads ${path}`);
  }

  /** Uploads and confirms one attachment: announced, put to its address, its bytes checked by the server. */
  async attach(person: string, path: string, part: string, bytes: Buffer): Promise<void> {
    const confirm = await this.upload(person, path, part, bytes);
    await confirm();
  }

  /** Uploads one attachment; what it answers confirms it. */
  async upload(person: string, path: string, part: string, bytes: Buffer): Promise<() => Promise<void>> {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const announced = accepted(await this.as(person).post<Ticket>(`${path}/attachments`, { part, name: `${part}.pdf`, type: 'application/pdf', size: bytes.length, sha256 }), `${person} announces ${part}`);
    const put = await fetch(announced.upload.url, { method: 'PUT', headers: announced.upload.headers, body: new Uint8Array(bytes) });
    if (!put.ok) throw new Error(`upload of ${part}: ${put.status} ${await put.text()}`);
    return async () => void accepted(await this.as(person).post(`${path}/attachments/${announced.attachment.id}/confirm`, {}), `${person} confirms ${part}`);
  }

  /** Waits until nothing is in flight. */
  settle(): Promise<unknown> {
    return settle(this.endpoints);
  }

  /** Moves the cloud's clock; everything due on the way has happened when it answers. */
  moveClock(to: { to: string } | { advance: string }): Promise<unknown> {
    return moveClock(this.endpoints, to);
  }
}

interface Ticket {
  readonly attachment: { readonly id: string };
  readonly upload: { readonly url: string; readonly headers: Record<string, string> };
}

/** The body of an answer that was accepted; anything else ends the story with what the server said. */
export function accepted<T>(answer: Answer<T>, what: string): T {
  if (answer.status >= 200 && answer.status < 300) return answer.body;
  throw new Error(`${what}: ${answer.status} ${JSON.stringify(answer.body)}`);
}
