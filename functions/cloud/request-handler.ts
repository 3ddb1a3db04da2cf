import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { Sha256 } from './sha256.ts';

/** A request as the SDK hands it over once it is signed; our services are called with short JSON bodies only. */
interface SignedRequest {
  readonly protocol?: string;
  readonly hostname: string;
  readonly port?: number | undefined;
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body?: unknown;
}

/** An answer as the SDK takes it, its body read to the end. */
interface WholeResponse {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: Uint8Array;
}

/** What the SDK asks of a handler. */
export interface RequestHandler {
  readonly metadata: { readonly handlerProtocol: string };
  handle(request: SignedRequest, options?: { readonly abortSignal?: unknown }): Promise<{ response: WholeResponse }>;
  updateHttpClientConfig(): void;
  httpHandlerConfigs(): Record<string, never>;
  destroy(): void;
}

/** How our clients are made: over a handler for small answers, with each command's chain of middleware put together once, and signing with kept keys. */
export const smallCalls = () => ({ requestHandler: smallAnswers(), cacheMiddleware: true, sha256: Sha256 }) as const;

/** Takes out of a client what walks each call for nobody: its log, and the description of the SDK in a header. */
export function withoutTrimmings<C extends { readonly middlewareStack: { remove(name: string): unknown } }>(client: C): C {
  client.middlewareStack.remove('loggerMiddleware');
  client.middlewareStack.remove('getUserAgentMiddleware');
  return client;
}

/** A silent connection is given up after this many ms; the SDK then tries again. */
const silenceLimitMs = 10_000;
const connections = { keepAlive: true, maxSockets: 50, timeout: silenceLimitMs };

/**
 * Sends SDK requests over kept connections with Node's own HTTP, head and body in one write, answers read whole. For services
 * with small JSON answers (DynamoDB, Step Functions): the SDK's handler makes a stream, five timers and several listeners of each
 * call, which is half of what a call costs. Rejects with Node's network error, whose code tells the SDK to try again.
 */
function smallAnswers(): RequestHandler {
  const agents = { http: new HttpAgent(connections), https: new HttpsAgent(connections) };
  return {
    metadata: { handlerProtocol: 'http/1.1' },
    handle: async (request) => ({ response: await exchange(request, agents) }),
    updateHttpClientConfig: () => undefined,
    httpHandlerConfigs: () => ({}),
    destroy: () => {
      agents.http.destroy();
      agents.https.destroy();
    },
  };
}

function exchange({ protocol, hostname, port, method, path, headers, body }: SignedRequest, agents: { http: HttpAgent; https: HttpsAgent }): Promise<WholeResponse> {
  return new Promise((resolve, reject) => {
    const options = { host: hostname, port, method, path, headers };
    const take = (answer: IncomingMessage): void => collect(answer, resolve, reject);
    const sent = protocol === 'http:' ? httpRequest({ ...options, agent: agents.http }, take) : httpsRequest({ ...options, agent: agents.https }, take);
    sent.on('error', reject);
    sent.on('timeout', () => sent.destroy(Object.assign(new Error(`${hostname} was silent for ${silenceLimitMs} ms`), { name: 'TimeoutError', code: 'ETIMEDOUT' })));
    // Text joins the head in one write; as latin1 each byte stays what it is.
    sent.end(bytesOf(body).toString('latin1'), 'latin1');
  });
}

function collect(answer: IncomingMessage, resolve: (response: WholeResponse) => void, reject: (error: Error) => void): void {
  const chunks: Buffer[] = [];
  answer.on('data', (chunk: Buffer) => chunks.push(chunk));
  answer.on('error', reject);
  answer.on('end', () => {
    const body = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
    resolve({ statusCode: answer.statusCode ?? 0, headers: answer.headers as Record<string, string>, body });
  });
}

function bytesOf(body: unknown): Buffer {
  if (body instanceof Uint8Array) return Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  return Buffer.from(typeof body === 'string' ? body : '');
}
