import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { MovableClock } from './clock.ts';
import { goalOf } from './cloud/durations.ts';
import type { EntryResult, EventEntry } from './events/bus.ts';
import { readBody } from './front/body.ts';
import { isLocal } from './local-only.ts';

/** What the admin endpoint works on. */
export interface AdminHost {
  readonly clock: MovableClock;
  readonly people: readonly { readonly id: string }[];
  settle(): Promise<void>;
  /** Puts an event of a service of AWS on its bus, such as a verdict of GuardDuty, which no machine of one's own has. */
  announce(entry: EventEntry): EntryResult;
  tokenFor(person: string): Promise<string>;
  /** Figures for people and benches. */
  figures(): Readonly<Record<string, unknown>>;
}

interface AdminAnswer {
  readonly status: number;
  readonly body: unknown;
}

type Route = (host: AdminHost, body: unknown) => Promise<AdminAnswer> | AdminAnswer;

const routes: Readonly<Record<string, Route>> = {
  'GET /clock': ({ clock }) => ok(clockAnswer(clock)),
  'POST /clock': moveClock,
  'POST /settle': async ({ clock, settle }) => {
    await settle();
    return ok(clockAnswer(clock));
  },
  'POST /events': ({ announce }, body) => {
    const result = announce((body ?? {}) as EventEntry);
    return result.ErrorCode === undefined ? ok(result) : refusal(400, `${result.ErrorCode}: ${result.ErrorMessage}`);
  },
  'GET /figures': ({ figures }) => ok(figures()),
  'GET /people': ({ people }) => ok({ people }),
  'POST /token': async ({ people, tokenFor }, body) => {
    const person = (body as { person?: unknown } | undefined)?.person;
    if (typeof person !== 'string' || !people.some(({ id }) => id === person)) {
      return refusal(404, `没有人员 ${String(person)}；可选：${people.map(({ id }) => id).join('、')}`);
    }
    return ok({ access_token: await tokenFor(person), token_type: 'Bearer', expires_in: 3600 });
  },
};

/**
 * The admin endpoint: reads and moves the clock, waits for rest, gives tokens to scripts. It has no password, so it takes
 * requests of this machine's own programs only: foreign Host and Origin headers are refused, and so is a body that is not
 * declared as JSON (another site's form cannot declare that).
 */
export function adminServer(host: AdminHost): Server {
  return createServer((request, response) => {
    void answer(host, request)
      .catch((error: Error) => failed(error))
      .then((done) => send(response, done));
  });
}

async function answer(host: AdminHost, request: IncomingMessage): Promise<AdminAnswer> {
  if (!isLocal(request)) return refusal(403, '管理端口只接受本机程序的访问');
  const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
  const route = routes[`${request.method} ${pathname}`];
  if (!route) return refusal(404, `管理端口没有 ${request.method} ${pathname}；可用：${Object.keys(routes).join('、')}`);
  const body = await readBody(request, 100_000);
  if (body.length > 0 && !request.headers['content-type']?.startsWith('application/json')) return refusal(415, '请求内容应为 application/json');
  return route(host, body.length === 0 ? undefined : JSON.parse(body.toString('utf8')));
}

async function moveClock(host: AdminHost, body: unknown): Promise<AdminAnswer> {
  const { clock } = host;
  const goal = goalOf(body, clock.now());
  if (typeof goal === 'string') return refusal(400, goal);
  if (goal < clock.now()) return refusal(409, `时钟只能向前：现在是 ${new Date(clock.now()).toISOString()}`);
  await clock.moveTo(goal, host.settle);
  return ok(clockAnswer(clock));
}

const clockAnswer = (clock: MovableClock) => ({ now: new Date(clock.now()).toISOString(), offsetMs: clock.now() - Date.now() });
const ok = (body: unknown): AdminAnswer => ({ status: 200, body });
const refusal = (status: number, detail: string): AdminAnswer => ({ status, body: { status, detail } });

function failed(error: Error): AdminAnswer {
  if (error instanceof SyntaxError) return refusal(400, '请求内容不是有效的 JSON');
  if (error instanceof RangeError) return refusal(409, error.message);
  if (error.name === 'Restless') return refusal(503, error.message);
  if (error.name === 'BodyTooLarge') return refusal(413, '请求内容过大');
  console.error('admin', error);
  return refusal(500, error.message);
}

function send(response: ServerResponse, { status, body }: AdminAnswer): void {
  const text = JSON.stringify(body);
  response.writeHead(status, { 'content-type': status < 400 ? 'application/json; charset=utf-8' : 'application/problem+json; charset=utf-8', 'content-length': Buffer.byteLength(text) });
  response.end(text);
}
