import { createHash, randomUUID } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { inspect } from 'node:util';
import type { Item } from '../../../functions/store/keys.ts';
import type { Table } from '../../../functions/store/table.ts';
import { openIssuerKeys, openTokenPress } from '../../../infra/local/oidc/keys.ts';
import { problems } from '../../../shared/problems.ts';
import { Story } from '../../demo/story.ts';
import { allItems } from '../../faults/evidence.ts';
import { startCloudProcess, type CloudProcess, type Endpoints } from '../../harness/cloud-process.ts';
import { recordsOf } from '../../walk/world.ts';

/** What came back over the wire, whatever it was. */
export interface Wire {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** A request exactly as it goes over the wire: nothing is normalised, nothing added but the token. */
export interface Sent {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** Who is signed in; `null` sends no token, `{ token }` any text as one. */
  readonly as?: string | null | { readonly token: string };
}

/** The whole local cloud as a process, roles enforced, with people, raw requests and the records behind it. */
export interface WholeCloud {
  readonly dataFolder: string;
  readonly endpoints: Endpoints;
  readonly story: Story;
  readonly table: Table;
  /** A good token for any subject, known or not. */
  tokenFor(person: string): Promise<string>;
  send(sent: Sent): Promise<Wire>;
  /** Every item of the table by key and fingerprint, to see whether anything was stored. */
  records(): Promise<string[]>;
  /** Ends the cloud with SIGKILL and starts it again over the same data. */
  killAndRestart(): Promise<void>;
  remove(): Promise<void>;
}

/** Starts a cloud of its own for one file of tests. */
export async function startWholeCloud(more: Record<string, string> = {}): Promise<WholeCloud> {
  const env = { GUIJING_ENFORCE: '1', ...more };
  let process: CloudProcess = await startCloudProcess({ env });
  const { dataFolder } = process;
  const endpoints = { ...process.endpoints };
  const press = await openTokenPress(await openIssuerKeys(dataFolder), endpoints.oidc, 'guijing');
  const known = new Map<string, Promise<string>>();
  const tokenFor = (person: string) => {
    const token = known.get(person) ?? press(person);
    known.set(person, token);
    return token;
  };
  const table = await recordsOf(endpoints);
  return {
    dataFolder, endpoints, table, tokenFor,
    story: new Story(endpoints),
    send: async ({ as = null, ...sent }) => overTheWire(endpoints.api, sent, as === null ? undefined : typeof as === 'string' ? await tokenFor(as) : as.token),
    records: async () => [...(await allItems(table))].map(([key, item]) => `${key} ${fingerprint(item)}`).sort(),
    killAndRestart: async () => {
      await process.kill();
      process = await startCloudProcess({ dataFolder, env: { ...env, GUIJING_BUILD: '0' } });
      Object.assign(endpoints, process.endpoints);
    },
    remove: () => process.remove(),
  };
}

// The engine answers attributes in any order.
function fingerprint(item: Item): string {
  const attributes = Object.keys(item).sort().map((name) => `${name} ${inspect(item[name], { depth: null, maxArrayLength: null, maxStringLength: null })}`);
  return createHash('sha256').update(attributes.join('\n')).digest('hex').slice(0, 16);
}

/** The headers of a command that is well formed: JSON, a fresh key, a version. */
export const commandHeaders = (version: number): Record<string, string> => ({ 'content-type': 'application/json', 'idempotency-key': randomUUID(), 'if-match': `"${version}"` });

/** The headers of a write that needs no version. */
export const createHeaders = (): Record<string, string> => ({ 'content-type': 'application/json', 'idempotency-key': randomUUID() });

/** What a refusal says; throws unless it is a problem document of our table, whole, in Chinese, with its own status. */
export function problemIn({ status, headers, text }: Wire): { readonly type: string; readonly detail: string; readonly errors?: readonly { readonly pointer: string; readonly detail: string }[] } {
  const shown = `${status} ${String(headers['content-type'])} ${text.slice(0, 300)}`;
  if (!String(headers['content-type']).startsWith('application/problem+json')) throw new Error(`no problem document: ${shown}`);
  const body = JSON.parse(text) as { type: string; title: string; status: number; detail: string };
  const name = body.type.replace('/problems/', '') as keyof typeof problems;
  if (body.status !== status || status >= 500) throw new Error(`the status is wrong: ${shown}`);
  if (problems[name]?.title !== body.title) throw new Error(`no such problem: ${shown}`);
  if (!/[\u4e00-\u9fff]/.test(body.detail)) throw new Error(`not a Chinese sentence: ${shown}`);
  return body;
}

function overTheWire(api: string, { method = 'GET', path, headers = {}, body }: Omit<Sent, 'as'>, token: string | undefined): Promise<Wire> {
  const { hostname, port } = new URL(api);
  const all = { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }), ...headers };
  return new Promise((resolve, reject) => {
    const request = httpRequest({ hostname, port, method, path, headers: all }, (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text: Buffer.concat(pieces).toString('utf8') }));
      response.on('error', reject);
    });
    request.on('error', reject);
    request.end(body);
  });
}
