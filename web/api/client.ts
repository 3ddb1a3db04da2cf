import { actingFor } from '../session/acting.ts';
import { session } from '../session/session.ts';
import { t } from '../words/language.ts';
import type { Case, Json, Problem, Reads, Writes } from './types.ts';

/** What the API refused, as the problem document says it; members beyond the common ones (`rule`, `needs`, `figures`) stay in `document`. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly document: Problem & { readonly [member: string]: unknown };

  constructor(document: Problem) {
    super(document.detail);
    this.document = document as Refused['document'];
  }

  /** The type's key (`stale-version`). */
  get kind(): string {
    return this.document.type.replace('/problems/', '');
  }
}

type Parts = Readonly<Record<string, string>>;

/** Reads a path of the API: `{id}` and the like are filled from `parts`. Throws `Refused`. */
export async function read<P extends keyof Reads>(path: P, parts: Parts = {}, query: Reads[P]['query'] = {}): Promise<Reads[P]['answer']> {
  return (await ask('GET', filled(path, parts) + queryText(query))).body as Reads[P]['answer'];
}

/** Writes to a path that is no command. `key` makes a repeated write the same write; `version` is what the write goes on from, where the path asks for it. Throws `Refused`. */
export async function write<P extends keyof Writes>(path: P, parts: Parts, body: Writes[P] extends { body: infer B } ? B : undefined, key: string, version?: number): Promise<Writes[P]['answer']> {
  return (await ask('POST', filled(path, parts), body, { 'idempotency-key': key, ...(version === undefined ? {} : { 'if-match': `"${version}"` }) })).body as Writes[P]['answer'];
}

/** A command as somebody wants to send it: on the version that was shown, with a key that stays the same when it is sent again. */
export interface Sending {
  readonly collection: string;
  readonly id: string;
  readonly command: string;
  readonly args: { readonly [name: string]: Json };
  readonly version: number;
  readonly key: string;
}

/** Sends a command, in the place of the colleague whom the person stands in for, if any; answers the case after it. Throws `Refused`. */
export async function send({ collection, id, command, args, version, key }: Sending): Promise<Case> {
  const path = `/${collection}/${encodeURIComponent(id)}/commands/${command}`;
  const represented = actingFor();
  return (await ask('POST', path, args, { 'idempotency-key': key, 'if-match': `"${version}"`, ...(represented ? { 'on-behalf-of': represented.person } : {}) })).body as Case;
}

/** Reads a file of the API and has the browser keep it under a name. Throws `Refused`. */
export async function download(path: string, name: string): Promise<void> {
  const answer = await fetch(path, { headers: { authorization: `Bearer ${session.token() ?? ''}` } }).catch(() => {
    throw new Refused(offline());
  });
  if (answer.status === 401) session.expire();
  if (!answer.ok) throw new Refused(((await answer.json().catch(() => undefined)) as Problem | undefined) ?? { ...offline(), status: answer.status });
  const address = URL.createObjectURL(await answer.blob());
  Object.assign(document.createElement('a'), { href: address, download: name }).click();
  URL.revokeObjectURL(address);
}

const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Sends a workbook as the body of a request; answers what the API says. Throws `Refused`. */
export async function sendWorkbook(path: string, file: File, headers: Record<string, string> = {}): Promise<unknown> {
  return (await ask('POST', path, file, { ...headers, 'content-type': workbookType })).body;
}

/** A fresh idempotency key. */
export const freshKey = (): string => crypto.randomUUID();

async function ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<{ readonly body: unknown }> {
  const token = session.token();
  const answer = await fetch(path, {
    method,
    headers: { ...(token ? { authorization: `Bearer ${token}` } : {}), ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: body instanceof Blob ? body : JSON.stringify(body) }),
  }).catch(() => {
    throw new Refused(offline());
  });
  const content: unknown = await answer.json().catch(() => undefined);
  if (answer.ok) return { body: content };
  if (answer.status === 401) session.expire();
  throw new Refused((content as Problem | undefined) ?? { ...offline(), status: answer.status });
}

const offline = (): Problem => ({ type: '/problems/unavailable', title: t('服务暂时不可用'), status: 503, detail: t('没有收到服务器的应答，请检查网络后重试'), instance: '', retry: 'yes' });

function filled(path: string, parts: Parts): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(parts[name] ?? ''));
}

function queryText(query: object): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '').map(([name, value]) => [name, String(value)]);
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`;
}
